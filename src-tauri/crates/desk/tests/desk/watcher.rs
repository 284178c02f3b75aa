//! A window of our own: follows the feed, and fails on a gap.

use std::collections::BTreeMap;
use std::time::Duration;

use board::{Delta, Ref, RefKind, Thing};
use desk::{Desk, DeskThing, FeedMessage, GapView, PbxView, Status, Tile};
use operator::{OperationId, OperationView};
use tokio::sync::mpsc;

/// Longer than anything the desk waits for.
const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) struct Watcher {
    feed: mpsc::Receiver<FeedMessage>,
    pub(crate) tiles: BTreeMap<Ref, Tile>,
    pub(crate) rev: u64,
    pub(crate) snapshots: usize,
    pub(crate) batches: usize,
}

impl Watcher {
    pub(crate) async fn of(desk: &Desk) -> Self {
        let feed = desk.subscribe().await.expect("a running desk");
        Self {
            feed,
            tiles: BTreeMap::new(),
            rev: 0,
            snapshots: 0,
            batches: 0,
        }
    }

    fn fold(&mut self, message: FeedMessage) {
        match message {
            FeedMessage::Snapshot { rev, tiles, .. } => {
                self.snapshots += 1;
                self.rev = rev;
                self.tiles = tiles.into_iter().map(|tile| (id(&tile), tile)).collect();
            }
            FeedMessage::Batch { rev, deltas, .. } => {
                assert_eq!(rev, self.rev + 1, "a gap in the feed");
                self.batches += 1;
                self.rev = rev;
                deltas.into_iter().for_each(|delta| self.take(delta));
            }
        }
    }

    fn take(&mut self, delta: Delta<Tile>) {
        match delta {
            Delta::Upsert { value } => drop(self.tiles.insert(id(&value), value)),
            Delta::Remove { id, .. } => drop(self.tiles.remove(&id)),
        }
    }

    /// Whatever has come by now.
    pub(crate) fn catch_up(&mut self) {
        while let Ok(message) = self.feed.try_recv() {
            self.fold(message);
        }
    }

    /// Follows the feed until it shows this.
    pub(crate) async fn until(&mut self, what: &str, shows: impl Fn(&Self) -> bool) {
        let wait = async {
            while !shows(self) {
                let message = self.feed.recv().await.expect("the desk runs");
                self.fold(message);
            }
        };
        if tokio::time::timeout(PATIENCE, wait).await.is_err() {
            panic!("never: {what}; shown is {:?}", self.tiles.values());
        }
    }

    /// Lets this many seconds pass, and keeps up with the feed.
    pub(crate) async fn for_seconds(&mut self, seconds: u64) {
        for _ in 0..seconds {
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.catch_up();
        }
    }

    pub(crate) async fn live(&mut self, pbx: &str) {
        self.until("live", |watcher| watcher.status(pbx) == Some(Status::Live))
            .await;
    }

    pub(crate) async fn lost(&mut self, pbx: &str) {
        self.until("lost", |watcher| {
            matches!(watcher.status(pbx), Some(Status::Lost { .. }))
        })
        .await;
    }

    pub(crate) fn pbx(&self, pbx: &str) -> Option<&PbxView> {
        let id = Ref::new(RefKind::Pbx, &desk::pbx_id(pbx), "");
        match self.tiles.get(&id)? {
            Tile::Desk(DeskThing::Pbx(view)) => Some(view),
            Tile::Desk(_) | Tile::Board(_) => None,
        }
    }

    /// What was found after this PBX's last gap.
    pub(crate) fn gap(&self, pbx: &str) -> Option<&GapView> {
        let id = Ref::new(RefKind::Gap, &desk::pbx_id(pbx), "");
        match self.tiles.get(&id)? {
            Tile::Desk(DeskThing::Gap(view)) => Some(view),
            Tile::Desk(_) | Tile::Board(_) => None,
        }
    }

    /// What cannot be seen, as the actions that would have told.
    pub(crate) fn blind(&self, pbx: &str) -> Vec<&str> {
        let pbx = self.pbx(pbx).expect("shown");
        pbx.blind
            .iter()
            .map(|blind| blind.action.as_str())
            .collect()
    }

    pub(crate) fn status(&self, pbx: &str) -> Option<Status> {
        self.pbx(pbx).map(|view| view.status.clone())
    }

    pub(crate) fn operation(&self, id: OperationId) -> Option<&OperationView> {
        self.tiles.values().find_map(|tile| match tile {
            Tile::Desk(DeskThing::Operation(view)) if view.operation == id => Some(view),
            Tile::Desk(_) | Tile::Board(_) => None,
        })
    }

    /// Ids of what is on a PBX's board, by kind.
    pub(crate) fn things(&self, pbx: &str, kind: RefKind) -> Vec<&Ref> {
        self.tiles
            .keys()
            .filter(|id| id.kind == kind && id.pbx == desk::pbx_id(pbx))
            .collect()
    }
}

fn id(tile: &Tile) -> Ref {
    match tile {
        Tile::Board(thing) => Thing::id(thing).clone(),
        Tile::Desk(thing) => thing.id().clone(),
    }
}
