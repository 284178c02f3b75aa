//! The operator's mouse.

use anyhow::Result;
use serde_json::{Value, json};

use super::turn::Hand;
use super::window;
use crate::page::{Page, down, mouse, moves, up};

/// Points, presses, carries and lets go, each once the window has followed the last.
pub(super) async fn work(page: &Page, hands: &[Hand]) -> Result<()> {
    for hand in hands {
        match hand {
            Hand::Click(selector) => page.click(selector).await?,
            Hand::Pick(tile) => page.click_at(page.grip(tile).await?).await?,
            Hand::Ask(tile) => ask(page, tile).await?,
            Hand::Carry(tile, to) => {
                let (from, to) = (page.grip(tile).await?, page.middle(to).await?);
                page.carry(from, to).await?;
            }
            Hand::LetGo => page.release().await?,
            Hand::Away => {
                let nowhere = page.middle("[data-region=foot] .age").await?;
                page.act(json!([mouse(&[moves(nowhere, 0)])])).await?;
            }
            Hand::See(words) => window::foretold(page, words).await?,
        }
    }
    Ok(())
}

async fn ask(page: &Page, tile: &str) -> Result<()> {
    let at = page.grip(tile).await?;
    let steps = [moves(at, 0), other(down()), other(up())];
    page.act(json!([mouse(&steps)])).await
}

/// The same with the other button.
fn other(mut press: Value) -> Value {
    press["button"] = json!(2);
    press
}
