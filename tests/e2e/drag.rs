//! Moving a call with the pointer, as WebDriver moves it.

use anyhow::{Result, ensure};
use lab::{Pbx, Version};
use serde_json::json;

use crate::office::{CARA, MY_CALL, Office};
use crate::page::{Page, Point, down, keyboard, mouse, moves, named, up};

async fn a_dragged_call_moves(version: Version) -> Result<()> {
    let office = Office::open(version).await?;
    let page = &office.page;
    page.carry(page.grip(MY_CALL).await?, page.middle(CARA).await?)
        .await?;
    page.wait_words(
        "[data-ghost]",
        "Jane Doe goes to 103 Cara Müller, idle. You are released.",
    )
    .await?;
    page.wait_for(&format!("{CARA}[data-standing=legal][data-over=true]"))
        .await?;
    page.picture("drag-preview").await?;
    office.slow_down();
    page.release().await?;
    page.wait_for("[data-kind=operation]").await?;
    page.picture("drag-operation").await?;
    office.expect_transferred().await?;
    office.expect_pending_then_done().await?;
    page.picture("drag-done").await
}

#[tokio::test]
async fn a_dragged_call_moves_on_22() -> Result<()> {
    a_dragged_call_moves(Version::V22).await
}

#[tokio::test]
async fn a_dragged_call_moves_on_16() -> Result<()> {
    a_dragged_call_moves(Version::V16).await
}

#[tokio::test]
async fn a_call_that_ends_in_the_hand_is_not_moved() -> Result<()> {
    let mut office = Office::open(Version::V22).await?;
    let page = &office.page;
    page.carry(page.grip(MY_CALL).await?, page.middle(CARA).await?)
        .await?;
    page.wait_words("[data-ghost]", "Jane Doe goes to 103")
        .await?;
    if let Some(caller) = office.caller.take() {
        caller.hangup()?;
    }
    page.wait_gone(MY_CALL).await?;
    page.wait_words("[data-ghost]", "That call has ended. Nothing was moved.")
        .await?;
    page.picture("drag-gone").await?;
    page.release().await?;
    page.wait_gone("[data-ghost]").await?;
    page.wait_words("[data-region=foot]", "That call has ended")
        .await?;
    office.pbx.truth().wait_silent().await?;
    office.expect_nothing_sent().await
}

#[tokio::test]
async fn escape_puts_back_and_the_next_drag_works() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    let (call, cara) = (page.grip(MY_CALL).await?, page.middle(CARA).await?);
    page.carry(call, cara).await?;
    page.wait_words("[data-ghost]", "goes to 103").await?;
    page.keys(&["Escape"]).await?;
    page.wait_gone("[data-ghost]").await?;
    page.release().await?;
    page.wait_words("[aria-live]", "Put back. Nothing was moved.")
        .await?;
    office.expect_nothing_moved().await?;
    page.carry(page.grip(MY_CALL).await?, cara).await?;
    page.wait_words("[data-ghost]", "goes to 103").await?;
    page.release().await?;
    office.expect_transferred().await
}

#[tokio::test]
async fn let_go_over_nothing_a_call_stays() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    let nowhere = page.middle("[data-region=foot] .age").await?;
    page.carry(page.grip(MY_CALL).await?, nowhere).await?;
    page.wait_for("[data-ghost]").await?;
    page.release().await?;
    page.wait_gone("[data-ghost]").await?;
    office.expect_nothing_moved().await
}

/// Two colleagues talk, neither of them the receptionist.
#[tokio::test]
async fn both_parties_are_dragged_into_a_conference() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    let (page, hélène, _ingrid) = tokio::try_join!(
        Page::on_board(pbx.ami_port()),
        pbx.phone("108"),
        pbx.answering_phone("109"),
    )?;
    hélène.dial("109").await?;
    pbx.truth().wait_talking("108", "109").await?;
    let call = "[data-region=others] [data-kind=call][data-state=talking]";
    let (from, to) = (
        page.grip(call).await?,
        page.middle("[data-kind=conference][data-id$=':680']")
            .await?,
    );
    let near = Point {
        x: from.x + 12,
        y: from.y + 6,
    };
    let steps = [moves(from, 0), down(), moves(near, 100), moves(to, 300)];
    page.act(json!([mouse(&steps)])).await?;
    let shift = json!({"type": "keyDown", "value": named("Shift")});
    page.act(json!([keyboard(&[shift])])).await?;
    page.wait_words("[data-ghost]", "Hélène Dubois goes to")
        .await?;
    page.wait_words("[data-ghost]", "Ingrid Østergaard goes to")
        .await?;
    page.picture("drag-both").await?;
    page.release().await?;
    let shift = json!({"type": "keyUp", "value": named("Shift")});
    page.act(json!([keyboard(&[shift])])).await?;
    let inside = |channels: &[lab::Channel]| {
        let of = |number: &str| {
            let mut all = channels.iter();
            all.any(|each| each.endpoint() == number && each.application == "ConfBridge")
        };
        of("108") && of("109")
    };
    let channels = pbx
        .truth()
        .wait_until(inside, std::time::Duration::from_secs(10))
        .await?;
    ensure!(channels.len() == 2, "somebody else is there: {channels:?}");
    page.wait_for("[data-kind=operation][data-state=done]")
        .await
}

#[tokio::test]
async fn a_call_moves_by_clicks_alone() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    page.click_at(page.grip(MY_CALL).await?).await?;
    page.wait_for(&format!("{MY_CALL}[aria-selected=true]"))
        .await?;
    page.click("[data-region=detail] [data-verb=transfer][aria-disabled=false]")
        .await?;
    page.wait_for("[data-region=pick]").await?;
    page.picture("click-picked").await?;
    page.click(CARA).await?;
    office.expect_transferred().await
}

/// A plain click is no drag, however the hand trembles.
#[tokio::test]
async fn a_trembling_click_drags_nothing() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    let at = page.grip(MY_CALL).await?;
    let near = Point {
        x: at.x + 3,
        y: at.y + 2,
    };
    let steps = [moves(at, 0), down(), moves(near, 50), up()];
    page.act(json!([mouse(&steps)])).await?;
    page.wait_for(&format!("{MY_CALL}[aria-selected=true]"))
        .await?;
    ensure!(page.count("[data-ghost]").await? == 0, "a drag began");
    office.expect_nothing_moved().await
}
