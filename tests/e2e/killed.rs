//! The app's own process is killed with an operation open, at an exact place of the exchange with Asterisk. Started again it shows the
//! operation as unknown, then what it found; it sends nothing a second time, and nobody is lost.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lab::{Channel, Pbx, Phone, Place, Proxy, Version};

use crate::keys::to_my_call;
use crate::office::{CARA, MY_CALL, Office};
use crate::page::Page;

const PATIENCE: Duration = Duration::from_secs(15);

const UNKNOWN: &str = "[data-kind=operation][data-state=unknown]";
const NOBODY_KNOWS: &str =
    "unknown: the link or this program ended while it was under way. It is never sent twice";
const NOT_DONE: &str = "found afterwards: it did not happen. Do it again if it is still meant";

/// Everything this app can write that changes a call.
const CHANGES: [&str; 7] = [
    "Redirect",
    "BlindTransfer",
    "Atxfer",
    "Hangup",
    "Originate",
    "Park",
    "Bridge",
];

/// What changes calls, as the app wrote it over all its lives.
fn written(proxy: &Proxy) -> Vec<String> {
    let actions = proxy.client_actions();
    let names = actions.iter().map(|one| one.get("Action").to_owned());
    names
        .filter(|name| CHANGES.contains(&name.as_str()))
        .collect()
}

/// Kills the app where the trap holds the link, and starts it again before a PBX that cannot be reached.
async fn kill(page: &mut Page, proxy: &Proxy) -> Result<()> {
    tokio::time::timeout(PATIENCE, proxy.sprung())
        .await
        .context("what the app was to be killed at never came by")?;
    page.kill9().await?;
    page.start_again().await
}

/// The operation is there, unknown before the PBX is seen again, and then with what was found.
async fn is_looked_into(page: &Page, proxy: &Proxy, about: &str, found: &str) -> Result<()> {
    page.wait_words(UNKNOWN, about).await?;
    page.wait_words(UNKNOWN, NOBODY_KNOWS).await?;
    page.wait_for(&format!("{UNKNOWN}[data-form=dashed]"))
        .await?;
    page.picture(&format!("killed-{}", name(about))).await?;
    proxy.accept_again();
    page.wait_for(".board[data-status=live]").await?;
    page.wait_words(UNKNOWN, found).await?;
    page.wait_words(UNKNOWN, about).await?;
    page.picture(&format!("killed-{}-found", name(about)))
        .await?;
    let operations = page.count("[data-kind=operation]").await?;
    ensure!(operations == 1, "{operations} operations are shown");
    Ok(())
}

/// For a file.
fn name(words: &str) -> String {
    let letters = words.chars().filter(char::is_ascii_alphanumeric);
    letters.collect()
}

/// Jane's channel, wherever she is.
async fn jane(pbx: &Pbx) -> Result<Channel> {
    pbx.truth()
        .channel_of("trunk")
        .await
        .context("Jane is lost")
}

/// The app is killed at this place of the action that such keys on Jane's call ask for.
async fn killed_in(
    version: Version,
    (action, place): (&'static str, Place),
    keys: &[&[&str]],
) -> Result<Office> {
    let mut office = Office::open(version).await?;
    to_my_call(&office.page).await?;
    let (last, first) = keys.split_last().context("keys")?;
    for keys in first {
        office.page.keys(keys).await?;
        office.page.wait_for("[data-region=pick]").await?;
    }
    office.proxy.hold(action, place);
    office.page.keys(last).await?;
    kill(&mut office.page, &office.proxy).await?;
    Ok(office)
}

/// Jane talks to the receptionist as before, and the window says so.
async fn is_as_before(office: &Office) -> Result<()> {
    office.pbx.truth().wait_talking("trunk", "101").await?;
    office.page.wait_for(MY_CALL).await?;
    office
        .page
        .wait_for(&format!("{CARA}[data-state=idle]"))
        .await
}

const TO_CARA: [&[&str]; 2] = [&["Enter"], &["cara", "Enter"]];

async fn a_transfer_killed_before_asterisk_has_it(version: Version) -> Result<()> {
    let office = killed_in(version, ("Redirect", Place::Before), &TO_CARA).await?;
    is_looked_into(&office.page, &office.proxy, "Jane Doe → 103", NOT_DONE).await?;
    is_as_before(&office).await?;
    ensure!(written(&office.proxy) == ["Redirect"]);
    Ok(())
}

async fn a_transfer_killed_before_its_outcome(version: Version) -> Result<()> {
    let office = killed_in(version, ("Redirect", Place::After), &TO_CARA).await?;
    let found = "found afterwards: it happened, answered";
    office.pbx.truth().wait_talking("trunk", "103").await?;
    is_looked_into(&office.page, &office.proxy, "Jane Doe → 103", found).await?;
    office.pbx.truth().wait_talking("trunk", "103").await?;
    let others = "[data-region=others] [data-kind=call][data-state=talking]";
    office.page.wait_words(others, "Jane Doe").await?;
    office.page.wait_gone(MY_CALL).await?;
    ensure!(written(&office.proxy) == ["Redirect"]);
    Ok(())
}

/// Nothing that changes a call was written, nor stood in the journal: nothing comes back.
async fn a_transfer_killed_at_its_check(version: Version) -> Result<()> {
    let office = killed_in(version, ("Getvar", Place::Before), &TO_CARA).await?;
    office.proxy.accept_again();
    office.page.wait_for(".board[data-status=live]").await?;
    is_as_before(&office).await?;
    office.expect_nothing_sent().await
}

async fn a_park_killed_before_asterisk_has_it(version: Version) -> Result<()> {
    let office = killed_in(version, ("Park", Place::Before), &[&["p"]]).await?;
    is_looked_into(&office.page, &office.proxy, "Park: Jane Doe", NOT_DONE).await?;
    is_as_before(&office).await?;
    ensure!(written(&office.proxy) == ["Park"]);
    Ok(())
}

async fn a_park_killed_before_its_outcome(version: Version) -> Result<()> {
    let office = killed_in(version, ("Park", Place::After), &[&["p"]]).await?;
    let found = "found afterwards: it happened, parked";
    office.pbx.truth().wait_gone("101").await?;
    is_looked_into(&office.page, &office.proxy, "Park: Jane Doe", found).await?;
    let jane = jane(&office.pbx).await?.uniqueid;
    let lot = [("Action", "ParkedCalls")];
    let lot = office.pbx.truth().action(&lot).await?;
    let parked = lot.iter().any(|item| item.get("ParkeeUniqueid") == jane);
    ensure!(parked, "Jane is not parked: {lot:?}");
    office
        .page
        .wait_words("[data-kind=parked]", "Jane Doe")
        .await?;
    ensure!(written(&office.proxy) == ["Park"]);
    Ok(())
}

/// The receptionist dials Cara; her own phone is to ring first.
struct Dialling {
    page: Page,
    proxy: Proxy,
    reception: Phone,
    _cara: Phone,
    pbx: Pbx,
}

impl Dialling {
    /// The app is killed at this place of the originate.
    async fn killed_in(version: Version, place: Place) -> Result<Self> {
        let pbx = Pbx::start(version).await?;
        let proxy = Proxy::start(pbx.ami_port()).await?;
        let (mut page, reception, cara) = tokio::try_join!(
            Page::on_board(proxy.port()),
            pbx.phone("101"),
            pbx.answering_phone("103"),
        )?;
        page.wait_for(&format!("{CARA}[data-state=idle]")).await?;
        page.keys(&["/"]).await?;
        page.wait("document.activeElement?.id === 'search'").await?;
        page.keys(&["cara", "Down"]).await?;
        page.wait("document.activeElement?.dataset.id?.includes(':103@')")
            .await?;
        proxy.hold("Originate", place);
        page.keys(&["d"]).await?;
        kill(&mut page, &proxy).await?;
        Ok(Self {
            page,
            proxy,
            reception,
            _cara: cara,
            pbx,
        })
    }
}

async fn an_originate_killed_before_asterisk_has_it(version: Version) -> Result<()> {
    let desk = Dialling::killed_in(version, Place::Before).await?;
    let found = "found afterwards: the call it was to make is not there";
    is_looked_into(&desk.page, &desk.proxy, "→ 103", found).await?;
    desk.pbx.truth().wait_silent().await?;
    desk.reception.wait_idle().await?;
    ensure!(desk.page.count("[data-kind=call]").await? == 0);
    ensure!(written(&desk.proxy) == ["Originate"]);
    Ok(())
}

async fn an_originate_killed_while_the_first_phone_rings(version: Version) -> Result<()> {
    let desk = Dialling::killed_in(version, Place::After).await?;
    desk.reception.wait_ringing().await?;
    let found = "found afterwards: it had begun; look how it goes on";
    is_looked_into(&desk.page, &desk.proxy, "→ 103", found).await?;
    desk.reception.answer().await?;
    desk.pbx.truth().wait_talking("101", "103").await?;
    desk.page.wait_for(MY_CALL).await?;
    ensure!(written(&desk.proxy) == ["Originate"]);
    Ok(())
}

/// How it ended went into the journal before the program did.
#[tokio::test]
async fn what_had_ended_when_the_window_was_closed_does_not_come_back() -> Result<()> {
    let mut office = Office::open(Version::V22).await?;
    to_my_call(&office.page).await?;
    office.page.keys(&["Enter"]).await?;
    office.page.wait_for("[data-region=pick]").await?;
    office.page.keys(&["cara", "Enter"]).await?;
    let done = "[data-kind=operation][data-state=done]";
    office.page.wait_for(done).await?;
    office.page.close().await?;
    office.page.start_again().await?;
    office.page.wait_for(".board[data-status=live]").await?;
    let others = "[data-region=others] [data-kind=call][data-state=talking]";
    office.page.wait_words(others, "Jane Doe").await?;
    let operations = office.page.count("[data-kind=operation]").await?;
    ensure!(operations == 0, "{operations} operations came back");
    ensure!(written(&office.proxy) == ["Redirect"]);
    Ok(())
}

#[tokio::test]
async fn a_transfer_killed_at_its_check_on_22() -> Result<()> {
    a_transfer_killed_at_its_check(Version::V22).await
}

#[tokio::test]
async fn a_transfer_killed_before_asterisk_has_it_on_22() -> Result<()> {
    a_transfer_killed_before_asterisk_has_it(Version::V22).await
}

#[tokio::test]
async fn a_transfer_killed_before_its_outcome_on_22() -> Result<()> {
    a_transfer_killed_before_its_outcome(Version::V22).await
}

#[tokio::test]
async fn a_transfer_killed_before_its_outcome_on_16() -> Result<()> {
    a_transfer_killed_before_its_outcome(Version::V16).await
}

#[tokio::test]
async fn a_park_killed_before_asterisk_has_it_on_22() -> Result<()> {
    a_park_killed_before_asterisk_has_it(Version::V22).await
}

#[tokio::test]
async fn a_park_killed_before_its_outcome_on_22() -> Result<()> {
    a_park_killed_before_its_outcome(Version::V22).await
}

#[tokio::test]
async fn a_park_killed_before_its_outcome_on_16() -> Result<()> {
    a_park_killed_before_its_outcome(Version::V16).await
}

#[tokio::test]
async fn an_originate_killed_before_asterisk_has_it_on_22() -> Result<()> {
    an_originate_killed_before_asterisk_has_it(Version::V22).await
}

#[tokio::test]
async fn an_originate_killed_while_the_first_phone_rings_on_22() -> Result<()> {
    an_originate_killed_while_the_first_phone_rings(Version::V22).await
}
