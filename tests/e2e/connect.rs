//! The first start: the app asks, tries, and says in words what is wrong.

use anyhow::{Result, ensure};
use lab::{Pbx, Version};

use crate::page::Page;

const TRY: &str = "button[data-act=try]:not([disabled])";
const CONNECT: &str = "button[data-act=connect]:not([disabled])";

async fn fill_in(page: &Page, port: u16, secret: &str) -> Result<()> {
    page.wait_for("#host").await?;
    page.fill("#host", "127.0.0.1").await?;
    page.fill("#user", "cordboard").await?;
    page.fill("#secret", secret).await?;
    page.fill("#me", "101").await?;
    page.fill("#context", "internal").await?;
    page.fill("#port", &port.to_string()).await
}

async fn try_on(page: &Page, port: u16, words: &str) -> Result<()> {
    page.fill("#port", &port.to_string()).await?;
    page.click(TRY).await?;
    page.wait_words("aside h2", words).await
}

#[tokio::test]
async fn the_first_start_says_what_is_wrong_until_it_is_right() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    let page = Page::open(&[]).await?;
    page.wait_words("h1", "Plug in.").await?;
    page.picture("connect").await?;
    page.click("[role=radio]:nth-of-type(2)").await?;
    fill_in(&page, pbx.ami_port(), "not-the-secret").await?;
    page.click(TRY).await?;
    page.wait_words("aside h2", "Login refused").await?;
    page.picture("connect-wrong-secret").await?;
    page.fill("#secret", "cordboard-secret").await?;
    try_on(&page, 9, "Nothing listens there").await?;
    try_on(&page, pbx.tls_port(), "no greeting came").await?;
    page.fill("#port", &pbx.ami_port().to_string()).await?;
    page.click(TRY).await?;
    page.wait_words("aside h2", "It works. Asterisk 22").await?;
    page.picture("connect-works").await?;
    page.click(CONNECT).await?;
    page.wait_for(".board[data-status=live]").await?;
    page.wait_for("[data-kind=extension]").await
}

#[tokio::test]
async fn an_unknown_key_is_shown_and_pinned() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    let page = Page::open(&[]).await?;
    fill_in(&page, pbx.tls_port(), "cordboard-secret").await?;
    page.click(TRY).await?;
    page.wait_words("aside h2", "Is this your PBX?").await?;
    let shown = page
        .ask("document.querySelector('aside code').textContent.replaceAll(/\\s/g, '')")
        .await?;
    ensure!(
        shown == pbx.key_fingerprint()?,
        "another fingerprint: {shown}"
    );
    page.picture("connect-untrusted").await?;
    page.click("button[data-act=trust]").await?;
    page.wait_words("aside h2", "It works.").await?;
    page.click(CONNECT).await?;
    page.wait_for(".board[data-status=live]").await?;
    ensure!(
        !page.text(".pill").await?.contains("not encrypted"),
        "plain"
    );
    Ok(())
}

#[tokio::test]
async fn a_port_that_speaks_no_tls_is_told() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    let page = Page::open(&[]).await?;
    fill_in(&page, pbx.ami_port(), "cordboard-secret").await?;
    page.click(TRY).await?;
    page.wait_words("aside h2", "That port does not speak TLS")
        .await
}
