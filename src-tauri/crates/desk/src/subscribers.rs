//! Who follows the feed. A reader too slow for the batches gets a fresh snapshot, never a growing queue.

use board::{Batch, Feed, Picture};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::{FeedMessage, Tile};

const BATCHES_IN_FLIGHT: usize = 64;

#[derive(Debug)]
struct Subscriber {
    sender: mpsc::Sender<FeedMessage>,
    /// It missed a batch: only a snapshot helps.
    behind: bool,
}

/// All followers.
#[derive(Debug, Default)]
pub(crate) struct Subscribers {
    all: Vec<Subscriber>,
}

impl Subscribers {
    /// Begins with the picture as last published.
    pub(crate) fn add(&mut self, epoch: u64, feed: &Feed<Tile>) -> mpsc::Receiver<FeedMessage> {
        let (sender, receiver) = mpsc::channel(BATCHES_IN_FLIGHT);
        let behind = sender.try_send(snapshot(epoch, feed.rev(), feed.picture())).is_err();
        self.all.push(Subscriber { sender, behind });
        receiver
    }

    pub(crate) fn publish(&mut self, epoch: u64, batch: &Batch<Tile>, feed: &Feed<Tile>) {
        let message = FeedMessage::Batch { epoch, rev: batch.rev, deltas: batch.deltas.clone() };
        self.all.retain_mut(|subscriber| {
            let next = if subscriber.behind { snapshot(epoch, feed.rev(), feed.picture()) } else { message.clone() };
            match subscriber.sender.try_send(next) {
                Ok(()) => subscriber.behind = false,
                Err(TrySendError::Full(_)) => subscriber.behind = true,
                Err(TrySendError::Closed(_)) => return false,
            }
            true
        });
    }

    /// Somebody still waits for a snapshot, even if nothing changes any more.
    pub(crate) fn catch_up(&mut self, epoch: u64, feed: &Feed<Tile>) {
        for subscriber in self.all.iter_mut().filter(|subscriber| subscriber.behind) {
            subscriber.behind = subscriber.sender.try_send(snapshot(epoch, feed.rev(), feed.picture())).is_err();
        }
    }

    pub(crate) fn any_behind(&self) -> bool {
        self.all.iter().any(|subscriber| subscriber.behind && !subscriber.sender.is_closed())
    }
}

fn snapshot(epoch: u64, rev: u64, picture: &Picture<Tile>) -> FeedMessage {
    FeedMessage::Snapshot { epoch, rev, tiles: picture.values().cloned().collect() }
}
