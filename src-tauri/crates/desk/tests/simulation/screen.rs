//! What the operator sees, and everything that was ever shown of an operation.

use std::collections::BTreeMap;

use board::view::CallView;
use board::{Delta, Ref, Thing};
use desk::{Desk, DeskThing, FeedMessage, Status, Tile};
use operator::{OperationId, OperationView};
use tokio::sync::mpsc;

pub(crate) struct Screen {
    feed: mpsc::Receiver<FeedMessage>,
    pub(crate) tiles: BTreeMap<Ref, Tile>,
    rev: u64,
    /// The last that was shown of each operation.
    pub(crate) operations: BTreeMap<OperationId, OperationView>,
}

impl Screen {
    pub(crate) async fn of(desk: &Desk) -> Self {
        Self {
            feed: desk.subscribe().await.expect("a running desk"),
            tiles: BTreeMap::new(),
            rev: 0,
            operations: BTreeMap::new(),
        }
    }

    /// Takes whatever has come by now.
    pub(crate) fn catch_up(&mut self) {
        while let Ok(message) = self.feed.try_recv() {
            match message {
                FeedMessage::Snapshot { rev, tiles, .. } => {
                    self.rev = rev;
                    self.tiles.clear();
                    tiles.into_iter().for_each(|tile| self.put(tile));
                }
                FeedMessage::Batch { rev, deltas, .. } => {
                    assert_eq!(rev, self.rev + 1, "a gap in the feed");
                    self.rev = rev;
                    deltas.into_iter().for_each(|delta| match delta {
                        Delta::Upsert { value } => self.put(value),
                        Delta::Remove { id, .. } => drop(self.tiles.remove(&id)),
                    });
                }
            }
        }
    }

    fn put(&mut self, tile: Tile) {
        let id = match &tile {
            Tile::Board(thing) => thing.id(),
            Tile::Desk(thing) => thing.id(),
        };
        if let Tile::Desk(DeskThing::Operation(view)) = &tile {
            self.operations.insert(view.operation, view.clone());
        }
        self.tiles.insert(id.clone(), tile);
    }

    pub(crate) fn is_live(&self) -> bool {
        self.tiles.values().any(|tile| match tile {
            Tile::Desk(DeskThing::Pbx(view)) => view.status == Status::Live,
            Tile::Desk(_) | Tile::Board(_) => false,
        })
    }

    /// Operations that are on the screen now.
    pub(crate) fn on_show(&self) -> impl Iterator<Item = &OperationView> {
        self.tiles.values().filter_map(|tile| match tile {
            Tile::Desk(DeskThing::Operation(view)) => Some(view),
            Tile::Desk(_) | Tile::Board(_) => None,
        })
    }

    pub(crate) fn things(&self) -> impl Iterator<Item = &Thing> {
        self.tiles.values().filter_map(|tile| match tile {
            Tile::Board(thing) => Some(thing),
            Tile::Desk(_) => None,
        })
    }

    pub(crate) fn calls(&self) -> impl Iterator<Item = &CallView> {
        self.things().filter_map(|thing| match thing {
            Thing::Call(call) => Some(call),
            Thing::Extension(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        })
    }
}
