//! The README's pictures: the real window on a real office at work. Taken by `make screenshots`; they prove nothing.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use lab::{Outside, Pbx, Phone, TrunkCall, Version};
use serde_json::json;

use crate::office::MY_CALL;
use crate::page::{Page, mouse, moves};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/pictures");
/// Who gets the call: a colleague without one, and in no queue that somebody waits in.
const FATMA: &str = "[data-kind=extension][data-id*=':106@']";

/// Everybody who is in the pictures; they stay as long as this lives.
#[derive(Debug)]
struct Cast {
    _phones: Vec<Phone>,
    _callers: Vec<TrunkCall>,
    _world: Outside,
}

/// One phone calls another, which answers.
async fn talk(pbx: &Pbx, from: &str, to: &str) -> Result<[Phone; 2]> {
    let (caller, called) = tokio::try_join!(pbx.phone(from), pbx.answering_phone(to))?;
    caller.dial(to).await?;
    pbx.truth().wait_talking(from, to).await?;
    Ok([caller, called])
}

/// One phone calls a number that answers by itself.
async fn dial(pbx: &Pbx, from: &str, number: &str) -> Result<Phone> {
    let phone = pbx.phone(from).await?;
    phone.dial(number).await?;
    phone.wait_established().await?;
    Ok(phone)
}

/// 117 parks the one who called.
async fn park(pbx: &Pbx) -> Result<[Phone; 2]> {
    let phones = talk(pbx, "119", "117").await?;
    let truth = pbx.truth();
    let (parked, by) = (
        truth.channel_of("119").await?,
        truth.channel_of("117").await?,
    );
    let park = [
        ("Action", "Park"),
        ("Channel", parked.name.as_str()),
        ("TimeoutChannel", by.name.as_str()),
        ("Timeout", "600000"),
    ];
    truth.action(&park).await?;
    Ok(phones)
}

async fn cast(pbx: &Pbx) -> Result<Cast> {
    let world = pbx.outside().await?;
    let mut phones = Vec::new();
    let mut callers = Vec::new();
    phones.extend(talk(pbx, "103", "104").await?);
    phones.push(dial(pbx, "111", "680").await?);
    phones.push(dial(pbx, "112", "680").await?);
    phones.push(dial(pbx, "116", "90301234567").await?);
    let [george, hélène] = talk(pbx, "107", "108").await?;
    george.hold().await?;
    phones.extend([george, hélène]);
    phones.extend(park(pbx).await?);
    let reception = pbx.phone("101").await?;
    callers.push(
        pbx.trunk_call("4930555003", "+442079460123", "Jane Doe")
            .await?,
    );
    reception.wait_ringing().await?;
    reception.answer().await?;
    pbx.truth().wait_talking("trunk", "101").await?;
    phones.push(reception);
    for (number, name) in [
        ("+4915112345678", "Zoë Krüger"),
        ("+390612345678", "Studio Ferri"),
    ] {
        callers.push(pbx.trunk_call("4930555001", number, name).await?);
    }
    let (ingrid, jānis) = tokio::try_join!(pbx.phone("109"), pbx.phone("110"))?;
    ingrid.dial("110").await?;
    jānis.wait_ringing().await?;
    phones.extend([ingrid, jānis]);
    for idle in ["102", "105", "106", "113", "115", "120"] {
        phones.push(pbx.phone(idle).await?);
    }
    let sofía = pbx.phone("118").await?;
    sofía.dial("101").await?;
    pbx.truth().wait_ringing("101").await?;
    phones.push(sofía);
    Ok(Cast {
        _phones: phones,
        _callers: callers,
        _world: world,
    })
}

/// The house is told whole, so that every move is there to be seen.
async fn window(pbx: &Pbx, theme: &str) -> Result<Page> {
    let settings = format!(r#"{{"version": 1, "theme": "{theme}"}}"#);
    let port = pbx.ami_port().to_string();
    let account = ["--user", "cordboard", "--secret-env", "CORDBOARD_SECRET"];
    let desk = ["--me", "101", "--context", "internal"];
    let house = ["--conference", "680", "--music", "601", "--voicemail", "*"];
    let mut arguments = vec!["--host", "127.0.0.1", "--port", &port];
    arguments.extend(account.into_iter().chain(desk).chain(house));
    let page = Page::open_with(&arguments, Some(&settings)).await?;
    page.wait_for(".board[data-status=live]").await?;
    Ok(page)
}

/// Waits until everything is on the board, chooses the receptionist's caller, and takes the hand away.
async fn choose(page: &Page) -> Result<()> {
    page.wait_for("[data-region=mine] [data-kind=call][data-state=ringing]")
        .await?;
    page.wait_for("[data-region=parked] [data-kind=parked]")
        .await?;
    let talked = format!("/0:[1-5]/.test(document.querySelector('{MY_CALL} .timer')?.textContent)");
    page.wait_long(&talked, Duration::from_secs(30)).await?;
    page.click_at(page.grip(MY_CALL).await?).await?;
    page.wait_for("[data-region=detail] [data-verb=transfer]")
        .await?;
    let away = moves(page.middle("[data-region=foot]").await?, 0);
    page.act(json!([mouse(&[away])])).await
}

async fn take(page: &Page, name: &str) -> Result<()> {
    let folder = Path::new(FOLDER);
    std::fs::create_dir_all(folder).context("the folder of the pictures")?;
    page.painted().await?;
    page.desktop
        .picture(&folder.join(format!("{name}.png")))
        .await
}

#[tokio::test]
#[ignore = "takes pictures, tests nothing: make screenshots"]
async fn the_readme_shows_the_window() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    // The windows are there first, so that every timer runs from what they saw.
    let (light, dark) = tokio::try_join!(window(&pbx, "light"), window(&pbx, "dark"))?;
    let _cast = cast(&pbx).await?;
    choose(&light).await?;
    take(&light, "board-light").await?;
    choose(&dark).await?;
    take(&dark, "board-dark").await?;
    light
        .carry(light.grip(MY_CALL).await?, light.middle(FATMA).await?)
        .await?;
    light.wait_words("[data-ghost]", "Jane Doe goes to").await?;
    take(&light, "drag").await?;
    light.keys(&["Escape"]).await?;
    light.release().await
}
