//! The PBX dies under the board, and comes back.

use std::time::Duration;

use anyhow::{Result, ensure};
use lab::Version;

use crate::office::{CARA, MY_CALL, Office};
use crate::page::Page;

async fn a_dead_pbx_is_shown_as_unknown(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.pbx.kill9();
    let page = &office.page;
    page.wait_for(".board[data-status=lost]").await?;
    page.wait_for("[data-region=mine] [data-kind=call][data-state=unknown]")
        .await?;
    for words in ["unknown", "since "] {
        page.wait_words("[data-region=mine] [data-kind=call]", words)
            .await?;
    }
    // The card has room for the time and the unknown's own sign; a screen reader hears the whole of it.
    page.wait_words(CARA, "since ").await?;
    page.wait_for(&format!("{CARA}[aria-label*='unknown since']"))
        .await?;
    let certain = "[data-kind=extension]:not([data-state=unknown])";
    ensure!(
        page.count(certain).await? == 0,
        "somebody is painted as known"
    );
    let cut = "[...document.querySelectorAll('[data-kind=extension] .word')].filter((each) => each.scrollWidth > each.clientWidth).length";
    ensure!(page.ask(cut).await? == 0, "since when is cut off");
    expect_no_needless_scroll_bar(page).await?;
    page.keys(&["Alt 1"]).await?;
    page.wait("document.activeElement?.dataset.kind === 'call'")
        .await?;
    page.keys(&["h"]).await?;
    page.wait_words("[data-region=foot]", "the board is not live")
        .await?;
    page.keys(&["Enter"]).await?;
    ensure!(
        page.count("[data-region=pick]").await? == 0,
        "a call was picked up"
    );
    page.picture("lost").await?;
    office.pbx.boot().await?;
    let page = &office.page;
    let live = "document.querySelector('.board')?.dataset.status === 'live'";
    page.wait_long(live, Duration::from_secs(30)).await?;
    page.wait_gone(MY_CALL).await?;
    ensure!(
        page.count("[data-kind=call]").await? == 0,
        "a dead call is shown"
    );
    page.wait_gone("[data-kind=extension][data-state=unknown]")
        .await?;
    page.wait_words("[data-region=foot]", "live").await?;
    office.expect_nothing_sent().await?;
    office.page.picture("back").await
}

/// One call has room enough in its list.
async fn expect_no_needless_scroll_bar(page: &Page) -> Result<()> {
    let over = "(() => { const list = document.querySelector('[data-region=mine] [role=tree]').parentElement; return list.scrollHeight - list.clientHeight; })()";
    let over = page.ask(over).await?;
    ensure!(over == 0, "one call is {over} px too high for its list");
    Ok(())
}

#[tokio::test]
async fn a_dead_pbx_is_shown_as_unknown_on_22() -> Result<()> {
    a_dead_pbx_is_shown_as_unknown(Version::V22).await
}

#[tokio::test]
async fn a_dead_pbx_is_shown_as_unknown_on_16() -> Result<()> {
    a_dead_pbx_is_shown_as_unknown(Version::V16).await
}
