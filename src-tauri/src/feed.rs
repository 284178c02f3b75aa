//! What the desk tells, on its way into the window.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use desk::FeedMessage;
use tauri::async_runtime::{JoinHandle, spawn};
use tokio::sync::mpsc::Receiver;

/// The running feeds, one to a window.
#[derive(Debug, Default)]
pub(crate) struct Feeds {
    running: Mutex<BTreeMap<String, JoinHandle<()>>>,
}

impl Feeds {
    /// Feeds this window from now on, in place of its earlier feed: a reloaded page asks again, and its old channel leads nowhere.
    pub(crate) fn replace(
        &self,
        window: &str,
        messages: Receiver<FeedMessage>,
        deliver: impl Fn(FeedMessage) -> bool + Send + 'static,
    ) {
        let fresh = spawn(pump(messages, deliver));
        tracing::info!("the window reads the feed");
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = running.insert(window.to_owned(), fresh) {
            earlier.abort();
        }
    }
}

/// Until the desk stops or the window takes no more. The desk has made batches of the events already.
async fn pump(mut messages: Receiver<FeedMessage>, deliver: impl Fn(FeedMessage) -> bool) {
    while let Some(message) = messages.recv().await {
        if !deliver(message) {
            tracing::debug!("the window takes no more of the feed");
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::sync::mpsc;

    fn message(rev: u64) -> FeedMessage {
        FeedMessage::Batch {
            epoch: 1,
            rev,
            deltas: Vec::new(),
        }
    }

    async fn soon(done: impl Future<Output = ()>) {
        tokio::time::timeout(Duration::from_secs(5), done)
            .await
            .expect("within five seconds");
    }

    #[tokio::test]
    async fn messages_arrive_in_order() {
        let (desk, messages) = mpsc::channel(8);
        let (window, mut seen) = mpsc::unbounded_channel();
        Feeds::default().replace("main", messages, move |message| {
            window.send(message).is_ok()
        });
        for rev in 1..=3 {
            desk.send(message(rev)).await.expect("taken");
        }
        for rev in 1..=3 {
            assert_eq!(seen.recv().await, Some(message(rev)));
        }
    }

    #[tokio::test]
    async fn a_second_feed_of_a_window_ends_the_first_and_spares_the_others() {
        let feeds = Feeds::default();
        let (first, messages) = mpsc::channel(1);
        feeds.replace("main", messages, |_| true);
        let (other, messages) = mpsc::channel(1);
        feeds.replace("wall", messages, |_| true);
        let (second, messages) = mpsc::channel(1);
        feeds.replace("main", messages, |_| true);
        soon(first.closed()).await;
        assert!(!second.is_closed() && !other.is_closed());
    }

    #[tokio::test]
    async fn a_window_that_is_gone_ends_its_feed() {
        let (desk, messages) = mpsc::channel(1);
        Feeds::default().replace("main", messages, |_| false);
        desk.send(message(1)).await.expect("taken");
        soon(desk.closed()).await;
    }
}
