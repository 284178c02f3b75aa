//! What the operator sees, and everything that was ever shown of an operation.

use std::collections::BTreeMap;

use board::view::CallView;
use board::{Delta, Ref, Thing};
use desk::{Desk, DeskThing, FeedMessage, Status, Tile};
use operator::{OperationId, OperationView, Outcome};
use tokio::sync::mpsc;

use crate::seat::MIDNIGHT;

/// Nobody knows yet how it ends, or has ended.
fn is_open(view: &OperationView) -> bool {
    matches!(view.outcome, None | Some(Outcome::Unknown { found: None }))
}

pub(crate) struct Screen {
    feed: mpsc::Receiver<FeedMessage>,
    pub(crate) tiles: BTreeMap<Ref, Tile>,
    rev: u64,
    /// The last that was shown of each operation.
    pub(crate) operations: BTreeMap<OperationId, OperationView>,
    /// Since when the board is live.
    live: Option<u64>,
    /// What was found of an operation, when, and since when the board was live.
    pub(crate) found: BTreeMap<OperationId, (u64, u64)>,
}

impl Screen {
    pub(crate) async fn of(desk: &Desk) -> Self {
        Self {
            feed: desk.subscribe().await.expect("a running desk"),
            tiles: BTreeMap::new(),
            rev: 0,
            operations: BTreeMap::new(),
            live: None,
            found: BTreeMap::new(),
        }
    }

    /// The window of a program that was started again. What the old one had left open is shown no more: it is for the new one to say.
    pub(crate) async fn again(&mut self, desk: &Desk) {
        self.feed = desk.subscribe().await.expect("a running desk");
        self.tiles.clear();
        self.live = None;
        self.operations.retain(|_, view| !is_open(view));
    }

    /// Takes whatever has come by now.
    pub(crate) fn catch_up(&mut self, now: u64) {
        while let Ok(message) = self.feed.try_recv() {
            match message {
                FeedMessage::Snapshot { rev, tiles, .. } => {
                    self.rev = rev;
                    self.tiles.clear();
                    tiles.into_iter().for_each(|tile| self.put(tile, now));
                }
                FeedMessage::Batch { rev, deltas, .. } => {
                    assert_eq!(rev, self.rev + 1, "a gap in the feed");
                    self.rev = rev;
                    deltas.into_iter().for_each(|delta| match delta {
                        Delta::Upsert { value } => self.put(value, now),
                        Delta::Remove { id, .. } => drop(self.tiles.remove(&id)),
                    });
                }
            }
            self.live = match self.is_live() {
                true => self.live.or(Some(now)),
                false => None,
            };
        }
    }

    fn put(&mut self, tile: Tile, now: u64) {
        let id = match &tile {
            Tile::Board(thing) => thing.id(),
            Tile::Desk(thing) => thing.id(),
        };
        if let Tile::Desk(DeskThing::Operation(view)) = &tile {
            let before = self.operations.get(&view.operation);
            let is_news = before.is_none_or(|before| before.outcome != view.outcome);
            let is_found = matches!(view.outcome, Some(Outcome::Unknown { found: Some(_) }));
            if is_found && is_news {
                let since = self.live.unwrap_or(now);
                self.found.insert(view.operation, (now, since));
            }
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

/// An operation in a line.
pub(crate) fn brief(view: &OperationView) -> String {
    let legs: Vec<_> = view.legs.iter().map(|leg| leg.key.as_str()).collect();
    let target = view.target.as_ref().map(ToString::to_string);
    let since = view.since - MIDNIGHT;
    let ended = view.ended.unwrap_or_default().saturating_sub(MIDNIGHT);
    format!(
        "{} {:?} {} to {}, {since} to {ended}: {:?} {:?}",
        view.operation,
        view.verb,
        legs.join(" "),
        target.unwrap_or_default(),
        view.outcome,
        view.after,
    )
}
