//! What the window says.

use anyhow::{Result, ensure};
use serde_json::json;

use super::turn::Sight;
use super::{By, Day};
use crate::page::Page;

/// Wherever a sentence says beforehand what would happen.
const SENTENCES: &str = "[data-ghost], [data-region=pick], [data-region=command], [data-act=told], [data-region=menu], [data-region=who], [data-region=people] [aria-disabled] .why";
/// Whatever a task must have left behind it.
const LEFTOVERS: &str = "[data-kind=call]:not([data-state=ending]), [data-kind=parked], [data-kind=note], [data-kind=camp], [data-kind=consultation], [data-region=waiting] [data-kind=leg]:not([data-gone=true]), [data-region=pick], [data-region=menu], [data-region=command], [data-region=who]";

impl Day {
    /// Notes which hand ever touched the window.
    pub(super) async fn watch_hands(&self) -> Result<()> {
        let watch = "window.touched = { keys: 0, pointer: 0 };\
            addEventListener('keydown', () => (window.touched.keys += 1), true);\
            addEventListener('pointerdown', () => (window.touched.pointer += 1), true);";
        self.page.run(watch).await.map(drop)
    }

    /// The other hand has done nothing all day.
    pub(super) async fn one_hand_only(&self) -> Result<()> {
        let (used, idle) = match self.by {
            By::Keyboard => ("window.touched.keys", "window.touched.pointer"),
            By::Mouse => ("window.touched.pointer", "window.touched.keys"),
        };
        let (used, idle) = (self.page.ask(used).await?, self.page.ask(idle).await?);
        ensure!(
            used != 0 && idle == 0,
            "{used} by one hand, {idle} by the other"
        );
        Ok(())
    }

    /// From now on only new moves count.
    pub(super) async fn begin_task(&self) -> Result<()> {
        let note = "window.movesBefore = new Set([...document.querySelectorAll('[data-kind=operation]')].map((each) => each.dataset.id))";
        self.page.run(note).await.map(drop)
    }

    /// Nobody is left on the board, and nothing in the hand.
    pub(super) async fn board_clear(&self) -> Result<()> {
        self.page.wait_gone(LEFTOVERS).await
    }
}

/// Waits until the window shows it.
pub(super) async fn expect(page: &Page, sight: &Sight) -> Result<()> {
    match sight {
        Sight::Shows(selector) => page.wait_for(selector).await,
        Sight::Gone(selector) => page.wait_gone(selector).await,
        Sight::Says(selector, words) => page.wait_words(selector, words).await,
        Sight::Ends(state, words) => {
            let moves = format!("[data-kind=operation][data-state={state}]");
            let (moves, words) = (json!(moves), json!(words));
            let ended = format!(
                "[...document.querySelectorAll({moves})].some((each) => !window.movesBefore.has(each.dataset.id) && {words}.every((word) => each.textContent.includes(word)))"
            );
            page.wait(&ended).await.map(drop)
        }
    }
}

/// Waits until a sentence on the screen says what would happen.
pub(super) async fn foretold(page: &Page, words: &str) -> Result<()> {
    page.wait_words(SENTENCES, words).await
}
