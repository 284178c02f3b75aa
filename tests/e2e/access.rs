//! A screen reader's view of the page, as axe judges it.

use std::fs;

use anyhow::{Context, Result, ensure};
use lab::{Pbx, Version};
use serde_json::Value;

use crate::office::{MY_CALL, Office};
use crate::page::Page;

/// Puts axe into the page and waits for its verdict: one line for each thing that shuts somebody out. One rule is off:
/// a tile's name leaves out its timer, for a reader would speak it every second.
async fn complaints(page: &Page) -> Result<Vec<String>> {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../ui/node_modules/axe-core/axe.min.js"
    );
    let axe = fs::read_to_string(file).context("axe is not installed: make setup")?;
    page.run(&axe).await?;
    page.run(
        "window.verdict = null;\
         window.axe.run(document, { resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: false } } }).then((all) => {\
           window.verdict = all.violations.filter((each) => ['serious', 'critical'].includes(each.impact))\
             .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));\
         }, (error) => { window.verdict = [String(error)]; });",
    )
    .await?;
    page.wait("window.verdict !== null").await?;
    let verdict = page.ask("window.verdict").await?;
    let lines = verdict.as_array().context("a verdict")?;
    Ok(lines.iter().map(Value::to_string).collect())
}

async fn expect_open_to_all(page: &Page, view: &str) -> Result<()> {
    let found = complaints(page).await?;
    ensure!(found.is_empty(), "{view}:\n{}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_board() -> Result<()> {
    let office = Office::open(Version::V22).await?;
    let page = &office.page;
    expect_open_to_all(page, "the board").await?;
    page.click_at(page.grip(MY_CALL).await?).await?;
    page.wait_for("[data-region=detail] [data-verb=transfer]")
        .await?;
    expect_open_to_all(page, "the board with a call selected").await?;
    let tiles = "[data-kind]:is([data-kind=call], [data-kind=leg], [data-kind=extension], [data-kind=queue], [data-kind=conference], [data-kind=parked])";
    let nameless = format!(
        "[...document.querySelectorAll(\"{tiles}\")].filter((each) => !each.dataset.id || !each.dataset.state || !each.getAttribute('aria-label')).map((each) => each.outerHTML.slice(0, 200))"
    );
    let nameless = page.ask(&nameless).await?;
    ensure!(
        nameless == serde_json::json!([]),
        "tiles without id, state or name: {nameless}"
    );
    ensure!(page.count(tiles).await? > 10, "hardly a tile");
    Ok(())
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_first_page() -> Result<()> {
    let page = Page::open(&[]).await?;
    page.wait_for("#host").await?;
    expect_open_to_all(&page, "the first page").await?;
    let dark = Page::open_with(&[], Some(r#"{"version": 1, "theme": "dark"}"#)).await?;
    dark.wait_for("#host").await?;
    expect_open_to_all(&dark, "the first page in dark").await
}

#[tokio::test]
async fn nobody_is_shut_out_of_the_dark_board() -> Result<()> {
    let pbx = Pbx::start(Version::V16).await?;
    let dark = r#"{"version": 1, "theme": "dark"}"#;
    let page = Page::on_board_with(pbx.ami_port(), dark).await?;
    page.wait_for("[data-kind=extension]").await?;
    page.picture("dark").await?;
    expect_open_to_all(&page, "the dark board").await
}
