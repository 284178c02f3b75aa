//! A desk on an office, and somebody who follows its feed.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use board::view::ExtensionState;
use board::{Delta, Ref, RefKind, Thing};
use desk::{Connection, Desk, DeskThing, FeedMessage, Status, Tile};
use tokio::sync::mpsc::Receiver;

use crate::client::profile;
use crate::office::Office;
use crate::pbx::{Line, PATIENCE, Pbx};

/// A desk that is live on an office.
#[derive(Debug)]
pub(crate) struct Live {
    /// The PBX.
    pub(crate) pbx: Pbx,
    /// The way from the PBX to the desk.
    pub(crate) line: Line,
    /// The desk.
    pub(crate) desk: Desk,
    /// Its feed.
    pub(crate) feed: Receiver<FeedMessage>,
    /// What has been seen of it.
    pub(crate) eye: Eye,
    /// When the feed said that the picture is the PBX's.
    pub(crate) at: Instant,
}

/// Brings a desk up on this office, until it is live. It may still ask whose phones they are.
pub(crate) async fn live(office: Office) -> Result<Live> {
    live_with(office, desk::start()).await
}

/// The same with a desk that keeps a journal.
pub(crate) async fn live_with(office: Office, desk: Desk) -> Result<Live> {
    let pbx = office.open()?;
    connect(&desk, pbx.port).await?;
    let mut feed = desk.subscribe().await?;
    let mut eye = Eye::default();
    eye.follow(&mut feed, Eye::is_live).await?;
    let at = Instant::now();
    Ok(Live {
        line: pbx.line()?,
        pbx,
        desk,
        feed,
        eye,
        at,
    })
}

/// Has the desk hold a link to the PBX on this port.
pub(crate) async fn connect(desk: &Desk, port: u16) -> Result<()> {
    let profile = profile(port)?;
    let dialer = desk::net_dialer(&profile)?;
    let secret = ami::Secret::new("bench".to_owned());
    desk.connect(Connection {
        profile,
        secret,
        dialer,
    })
    .await
    .context("the desk has stopped")
}

/// What a subscriber knows from the feed, as far as a benchmark asks.
#[derive(Debug, Default)]
pub(crate) struct Eye {
    status: Option<Status>,
    calls: BTreeSet<Ref>,
    extensions: BTreeSet<Ref>,
    /// Extensions that are anything but idle, or have a call.
    busy: BTreeSet<Ref>,
    /// Snapshots seen: more than one says that this reader was too slow for the batches.
    pub(crate) snapshots: u64,
    /// Batches seen.
    pub(crate) batches: u64,
}

impl Eye {
    /// How many calls and extensions are on show.
    pub(crate) fn sizes(&self) -> [usize; 2] {
        [self.calls.len(), self.extensions.len()]
    }

    /// The picture is the PBX's.
    pub(crate) fn is_live(&self) -> bool {
        self.status == Some(Status::Live)
    }

    /// The link was there and is gone.
    pub(crate) fn is_lost(&self) -> bool {
        matches!(self.status, Some(Status::Lost { .. }))
    }

    /// Live, and nobody calls.
    pub(crate) fn is_empty(&self) -> bool {
        self.is_live() && self.calls.is_empty() && self.busy.is_empty()
    }

    /// Reads the feed until it is so.
    pub(crate) async fn follow(
        &mut self,
        feed: &mut Receiver<FeedMessage>,
        is_so: impl Fn(&Self) -> bool,
    ) -> Result<()> {
        let reading = async {
            while let Some(message) = feed.recv().await {
                self.take(message);
                if is_so(self) {
                    return Ok(());
                }
            }
            bail!("the feed has ended")
        };
        tokio::time::timeout(PATIENCE, reading)
            .await
            .context("the feed does not show what was waited for")?
    }

    /// Takes in what the feed told.
    pub(crate) fn take(&mut self, message: FeedMessage) {
        match message {
            FeedMessage::Snapshot { tiles, .. } => {
                let (snapshots, batches) = (self.snapshots + 1, self.batches);
                *self = Self {
                    snapshots,
                    batches,
                    ..Self::default()
                };
                tiles.into_iter().for_each(|tile| self.show(tile));
            }
            FeedMessage::Batch { deltas, .. } => {
                self.batches += 1;
                for delta in deltas {
                    match delta {
                        Delta::Upsert { value } => self.show(value),
                        Delta::Remove { id, .. } => self.forget(&id),
                    }
                }
            }
        }
    }

    fn show(&mut self, tile: Tile) {
        match tile {
            Tile::Desk(DeskThing::Pbx(pbx)) => self.status = Some(pbx.status),
            Tile::Board(Thing::Call(call)) => drop(self.calls.insert(call.id)),
            Tile::Board(Thing::Extension(extension)) => {
                let idle = extension.state == ExtensionState::Idle && extension.calls.is_empty();
                if idle {
                    self.busy.remove(&extension.id);
                } else {
                    self.busy.insert(extension.id.clone());
                }
                self.extensions.insert(extension.id);
            }
            Tile::Desk(_) => {}
            Tile::Board(
                Thing::Queue(_)
                | Thing::Parked(_)
                | Thing::Conference(_)
                | Thing::Trunk(_)
                | Thing::Agent(_)
                | Thing::Ended(_),
            ) => {}
        }
    }

    fn forget(&mut self, id: &Ref) {
        if id.kind == RefKind::Pbx {
            self.status = None;
        }
        self.calls.remove(id);
        self.extensions.remove(id);
        self.busy.remove(id);
    }
}
