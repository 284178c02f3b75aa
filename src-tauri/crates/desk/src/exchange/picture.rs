//! What the operator sees of one PBX.

use board::{Millis, Picture, Ref, RefKind, Thing};

use super::Exchange;
use super::blind::is_a_loss;
use super::boot::Boot;
use crate::clock::Now;
use crate::{Blind, DeskThing, Diagnostics, GapView, PbxView, Tile};

/// The picture while it was last live.
#[derive(Debug)]
pub(super) struct Frozen {
    picture: Picture<Thing>,
    /// Nothing is known from then on.
    pub(super) since: Millis,
    /// The run of the PBX it is of.
    boot: Boot,
}

impl Exchange {
    /// The board of now.
    pub(super) fn picture(&self) -> &Picture<Thing> {
        self.picture.get_or_init(|| self.board.picture())
    }

    /// What is on show: while the board is not live the last things that were, or none. Half a board is no truth.
    fn things(&self) -> Option<&Picture<Thing>> {
        if self.is_live() {
            Some(self.picture())
        } else {
            self.frozen.as_ref().map(|frozen| &frozen.picture)
        }
    }

    /// Keeps what is live as what was.
    pub(super) fn freeze(&mut self, now: Now) {
        let picture = self.picture.take();
        self.frozen = Some(Frozen {
            picture: picture.unwrap_or_else(|| self.board.picture()),
            since: self.heard.unwrap_or(now.millis),
            boot: self.boot.clone(),
        });
    }

    /// Live again: what is other than before is told.
    pub(super) fn thaw(&mut self, now: Now) {
        let Some(frozen) = self.frozen.take() else {
            return;
        };
        let gap = GapView::between(
            self.pbx(),
            (&frozen.picture, frozen.since),
            (self.picture(), now.millis),
            self.boot.is_another(&frozen.boot),
        );
        if let Some(gap) = gap {
            tracing::info!(pbx = %self.pbx(), restarted = gap.restarted, changes = gap.changes.len(), "found after the gap");
            self.gap = Some(gap);
        }
    }

    /// Somebody has read what was found after the gap.
    pub(crate) fn dismiss_gap(&mut self) {
        self.changed |= self.gap.take().is_some();
    }

    /// All its tiles: the board's things, the PBX, the operations, the gap.
    pub(crate) fn tiles(&self) -> Vec<(Ref, Tile)> {
        let things = self.things().into_iter().flatten();
        let mut tiles: Vec<_> = things
            .map(|(id, thing)| (id.clone(), Tile::Board(thing.clone())))
            .collect();
        let pbx = self.view();
        tiles.push((pbx.id.clone(), Tile::Desk(DeskThing::Pbx(pbx))));
        tiles.extend(
            self.plans
                .views()
                .map(|view| (view.id.clone(), Tile::Desk(DeskThing::Operation(view)))),
        );
        let gap = self.gap.iter().cloned();
        tiles.extend(gap.map(|gap| (gap.id.clone(), Tile::Desk(DeskThing::Gap(gap)))));
        tiles
    }

    /// What cannot be seen: lists that were refused, and channels beyond what a board holds.
    fn blind(&self) -> Vec<Blind> {
        let beyond = self.board.anomalies().turned_away;
        let overfull = (beyond > 0).then(|| Blind {
            action: "CoreShowChannels".to_owned(),
            message: format!("{beyond} channels too many for one board are not shown"),
        });
        let lost = self.blind.iter();
        lost.filter(|blind| is_a_loss(blind, &self.board))
            .cloned()
            .chain(overfull)
            .collect()
    }

    pub(crate) fn view(&self) -> PbxView {
        let profile = &self.connection.profile;
        PbxView {
            id: Ref::new(RefKind::Pbx, self.pbx(), ""),
            name: profile.name.clone(),
            status: self.status.clone(),
            since: self.since,
            heard: self.heard.map(whole_seconds),
            version: self.version.clone(),
            booting: !self.booted,
            me: self.me(),
            context: profile.context.clone(),
            unprotected: !self.is_private(),
            blind: self.blind(),
            anomalies: self.board.anomalies().total(),
            started: self.boot.started().map(str::to_owned),
            stopping: self.stopping,
            best_effort: false,
            lag: self.lag,
            diagnostics: self.diagnostics(),
        }
    }

    fn diagnostics(&self) -> Diagnostics {
        let odd = self.board.anomalies();
        Diagnostics {
            malformed: odd.malformed,
            strangers: odd.strangers,
            revived: odd.revived,
            turned_away: odd.turned_away,
            audits: self.audit.done,
            audited: self.audit.last,
            healed: self.audit.healed,
        }
    }

    /// Also while the picture is old: the operator's calls stay the operator's.
    fn me(&self) -> Option<Ref> {
        self.things()?.values().find_map(|thing| match thing {
            Thing::Extension(extension) if extension.me => Some(extension.id.clone()),
            Thing::Extension(_)
            | Thing::Call(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        })
    }
}

/// Fine enough for an age, coarse enough not to be news at every byte.
fn whole_seconds(millis: u64) -> u64 {
    millis / 1000 * 1000
}
