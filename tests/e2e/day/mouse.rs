//! The operator's mouse.

use anyhow::Result;
use serde_json::json;

use super::turn::Hand;
use super::window;
use crate::hand::click_other;
use crate::page::{Page, mouse, moves};

/// Points, presses, carries and lets go, each once the window has followed the last.
pub(super) async fn work(page: &Page, hands: &[Hand]) -> Result<()> {
    for hand in hands {
        match hand {
            Hand::Click(selector) => page.click(selector).await?,
            Hand::Pick(tile) => page.click_at(page.grip(tile).await?).await?,
            Hand::Ask(tile) => click_other(page, page.grip(tile).await?).await?,
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
