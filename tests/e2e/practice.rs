//! What a newcomer meets: no Asterisk, and calls that can be moved all the same.

use std::time::Duration;

use anyhow::Result;

use crate::page::Page;

const FREE: &str = "[data-kind=extension][data-state=idle]:not([data-id*=':201@'])";

#[tokio::test]
async fn a_newcomer_moves_a_call_within_half_a_minute() -> Result<()> {
    let page = Page::open(&["--practice"]).await?;
    page.wait_for(".board[data-status=live]").await?;
    let call = "[data-kind=call]:is([data-state=talking], [data-state=ringing])";
    let there = format!("document.querySelector(\"{call}\") !== null");
    page.wait_long(&there, Duration::from_secs(20)).await?;
    page.picture("practice").await?;
    page.carry(page.grip(call).await?, page.middle(FREE).await?)
        .await?;
    page.wait_words("[data-ghost]", "goes to").await?;
    page.release().await?;
    page.wait_for("[data-kind=operation]").await?;
    let done = "document.querySelector('[data-kind=operation][data-state=done]') !== null";
    page.wait_long(done, Duration::from_secs(30)).await?;
    page.picture("practice-done").await
}
