//! The operator's keyboard.

use anyhow::{Result, bail};
use serde_json::json;

use super::turn::Key;
use super::window;
use crate::page::Page;

/// More steps than from one end of any list to the other.
const FAR: usize = 60;

/// Presses the keys one after the other, each once the window has followed the last.
pub(super) async fn press(page: &Page, keys: &[Key]) -> Result<()> {
    for key in keys {
        match key {
            Key::Press(cap) | Key::Type(cap) => page.keys(&[*cap]).await?,
            Key::On(selector) => page.wait(&focused(selector)).await.map(drop)?,
            Key::Walk(cap, selector) => walk(page, cap, selector).await?,
            Key::Read(words) => window::foretold(page, words).await?,
        }
    }
    Ok(())
}

async fn walk(page: &Page, cap: &str, selector: &str) -> Result<()> {
    let there = focused(selector);
    for _ in 0..FAR {
        if page.ask(&there).await? == true {
            return Ok(());
        }
        page.run("window.cameFrom = document.activeElement").await?;
        page.keys(&[cap]).await?;
        page.wait("document.activeElement !== window.cameFrom")
            .await?;
    }
    bail!("{cap} does not lead to {selector}")
}

fn focused(selector: &str) -> String {
    format!(
        "document.activeElement?.matches({}) === true",
        json!(selector)
    )
}
