//! Who follows the feed. A reader too slow for the batches gets a fresh snapshot, never a growing queue.

use std::sync::Arc;

use board::{Batch, Feed, Picture};
use tokio::sync::mpsc;

use crate::{FeedMessage, Tile};

const BATCHES_IN_FLIGHT: usize = 64;

#[derive(Debug)]
struct Subscriber {
    sender: mpsc::Sender<FeedMessage>,
    /// It missed a batch: only a snapshot helps.
    behind: bool,
}

impl Subscriber {
    fn new(sender: mpsc::Sender<FeedMessage>) -> Self {
        Self {
            sender,
            behind: true,
        }
    }

    fn send(&mut self, message: &FeedMessage) {
        self.behind |= self.sender.try_send(message.clone()).is_err();
    }

    /// A snapshot is big: one at a time, and only for somebody who has read everything before it.
    fn catch_up(&mut self, snapshot: impl FnOnce() -> FeedMessage) {
        let idle = self.sender.capacity() == self.sender.max_capacity();
        if self.behind && idle {
            self.behind = self.sender.try_send(snapshot()).is_err();
        }
    }
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
        self.all.push(Subscriber::new(sender));
        self.catch_up(epoch, feed);
        receiver
    }

    pub(crate) fn publish(&mut self, epoch: u64, batch: Batch<Tile>) {
        let message = FeedMessage::Batch {
            epoch,
            rev: batch.rev,
            deltas: batch.deltas,
        };
        for subscriber in self.all.iter_mut().filter(|subscriber| !subscriber.behind) {
            subscriber.send(&message);
        }
    }

    /// Somebody still waits for a snapshot, even if nothing changes any more.
    pub(crate) fn catch_up(&mut self, epoch: u64, feed: &Feed<Tile>) {
        self.all.retain(|subscriber| !subscriber.sender.is_closed());
        for subscriber in &mut self.all {
            subscriber.catch_up(|| snapshot(epoch, feed.rev(), feed.picture()));
        }
    }

    pub(crate) fn any_waits(&self) -> bool {
        self.all
            .iter()
            .any(|subscriber| subscriber.behind && !subscriber.sender.is_closed())
    }
}

fn snapshot(epoch: u64, rev: u64, picture: &Picture<Arc<Tile>>) -> FeedMessage {
    FeedMessage::Snapshot {
        epoch,
        rev,
        tiles: picture.values().map(|tile| Tile::clone(tile)).collect(),
    }
}
