//! The whole desk without a mouse.

use anyhow::Result;
use lab::{Pbx, Version};

use crate::office::{CARA, MY_CALL, Office};
use crate::page::Page;

const FOCUSED_CALL: &str = "document.activeElement?.dataset.kind === 'call'";

/// Goes to the first of my calls.
pub(crate) async fn to_my_call(page: &Page) -> Result<()> {
    page.keys(&["Alt 1"]).await?;
    page.wait(FOCUSED_CALL).await.map(drop)
}

async fn a_typed_name_takes_the_call(version: Version) -> Result<()> {
    let office = Office::open(version).await?;
    let page = &office.page;
    to_my_call(page).await?;
    page.keys(&["Enter"]).await?;
    page.wait_for("[data-region=pick]").await?;
    page.wait_words("[aria-live]", "goes to").await?;
    page.keys(&["cara"]).await?;
    let sentence = "Jane Doe goes to 103 Cara Müller, idle. You are released.";
    page.wait_words("[aria-live]", sentence).await?;
    page.wait_for(&format!("{CARA}[data-over=true]")).await?;
    page.picture("keys-picked").await?;
    page.keys(&["Enter"]).await?;
    office.expect_transferred().await
}

#[tokio::test]
async fn a_typed_name_takes_the_call_on_22() -> Result<()> {
    a_typed_name_takes_the_call(Version::V22).await
}

#[tokio::test]
async fn a_typed_name_takes_the_call_on_16() -> Result<()> {
    a_typed_name_takes_the_call(Version::V16).await
}

#[tokio::test]
async fn arrows_lead_to_the_target() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    to_my_call(page).await?;
    page.keys(&["Enter"]).await?;
    page.wait("document.activeElement?.dataset.kind === 'extension'")
        .await?;
    let cara = "document.activeElement?.dataset.id?.includes(':103@')";
    // Wherever the first target is, Cara is reached by arrows alone.
    for _ in 0..40 {
        if page.ask(cara).await? == true {
            break;
        }
        page.keys(&["Right"]).await?;
    }
    page.wait(cara).await?;
    page.wait_words("[aria-live]", "Jane Doe goes to 103 Cara Müller")
        .await?;
    page.keys(&["Enter"]).await?;
    office.expect_transferred().await
}

#[tokio::test]
async fn escape_puts_a_picked_call_back() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    to_my_call(page).await?;
    page.keys(&["Enter"]).await?;
    page.wait_for("[data-region=pick]").await?;
    page.keys(&["Escape"]).await?;
    page.wait_gone("[data-region=pick]").await?;
    page.wait_words("[aria-live]", "Put back. Nothing was moved.")
        .await?;
    page.wait(FOCUSED_CALL).await?;
    office.expect_nothing_moved().await
}

#[tokio::test]
async fn h_hangs_up_the_selected_call() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    to_my_call(page).await?;
    page.keys(&["h"]).await?;
    office.pbx.truth().wait_silent().await?;
    office.reception.wait_idle().await?;
    page.wait_gone(MY_CALL).await
}

#[tokio::test]
async fn both_parties_go_to_a_typed_number() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    let (page, hélène, _ingrid) = tokio::try_join!(
        Page::on_board(pbx.ami_port()),
        pbx.phone("108"),
        pbx.answering_phone("109"),
    )?;
    hélène.dial("109").await?;
    pbx.truth().wait_talking("108", "109").await?;
    page.wait_for("[data-region=others] [data-kind=call][data-state=talking]")
        .await?;
    page.keys(&["Alt 2"]).await?;
    page.wait(FOCUSED_CALL).await?;
    page.keys(&["b"]).await?;
    page.wait_for("[data-region=pick]").await?;
    page.wait_words("[aria-live]", "goes to").await?;
    page.keys(&["681"]).await?;
    page.wait_words("[aria-live]", "Ingrid Østergaard goes to 681")
        .await?;
    page.keys(&["Enter"]).await?;
    let inside = |channels: &[lab::Channel]| {
        let meeting =
            |each: &&lab::Channel| each.application == "ConfBridge" && each.exten == "681";
        channels.iter().filter(meeting).count() == 2
    };
    let patience = std::time::Duration::from_secs(10);
    pbx.truth().wait_until(inside, patience).await?;
    page.wait_for("[data-kind=operation][data-state=done]")
        .await
}

#[tokio::test]
async fn d_dials_a_person_and_my_phone_rings_first() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    let (page, reception, _cara) = tokio::try_join!(
        Page::on_board(pbx.ami_port()),
        pbx.phone("101"),
        pbx.answering_phone("103"),
    )?;
    page.wait_for(&format!("{CARA}[data-state=idle]")).await?;
    page.keys(&["/"]).await?;
    page.wait("document.activeElement?.id === 'search'").await?;
    page.keys(&["cara", "Down"]).await?;
    page.wait("document.activeElement?.dataset.id?.includes(':103@')")
        .await?;
    page.keys(&["d"]).await?;
    reception.wait_ringing().await?;
    let cara_is_called = pbx.truth().channels_of("103").await?;
    anyhow::ensure!(cara_is_called.is_empty(), "Cara rang before me");
    page.wait_for("[data-kind=operation][data-state=firstPhoneRings]")
        .await?;
    page.picture("dial-my-phone-rings").await?;
    reception.answer().await?;
    pbx.truth().wait_talking("101", "103").await?;
    page.wait_for(MY_CALL).await?;
    page.wait_for("[data-kind=operation][data-state=done]")
        .await
}
