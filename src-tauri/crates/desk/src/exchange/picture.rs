//! What the operator sees of one PBX.

use std::sync::Arc;

use board::{Change, Millis, Picture, Ref, RefKind, Thing};

use ami::Session;

use super::Exchange;
use super::blind::is_a_loss;
use super::boot::Boot;
use crate::clock::Now;
use crate::flight::Mark;
use crate::{Blind, DeskThing, Diagnostics, GapView, PbxView, Tile};

/// The picture while it was last live.
#[derive(Debug)]
pub(super) struct Frozen {
    picture: Picture<Arc<Thing>>,
    /// Nothing is known from then on.
    pub(super) since: Millis,
    /// The run of the PBX it is of.
    boot: Boot,
}

/// What has been given out.
#[derive(Debug, Default)]
pub(super) struct Given {
    things: Picture<Arc<Thing>>,
    own: Picture<Arc<Tile>>,
}

impl Exchange {
    /// What is on show: while the board is not live the last things that were, or none. Half a board is no truth.
    fn things(&self) -> Option<&Picture<Arc<Thing>>> {
        if self.is_live() {
            Some(self.board.shown())
        } else {
            self.frozen.as_ref().map(|frozen| &frozen.picture)
        }
    }

    /// Keeps what is live as what was.
    pub(super) fn freeze(&mut self, now: Now) {
        self.frozen = Some(Frozen {
            picture: self.board.show().clone(),
            since: self.heard.unwrap_or(now.millis),
            boot: self.boot.clone(),
        });
    }

    /// Live again: what is other than before is told.
    pub(super) fn thaw(&mut self, now: Now) {
        let Some(frozen) = self.frozen.take() else {
            return;
        };
        let restarted = self.boot.is_another(&frozen.boot);
        self.flight.mark(Mark::Back { restarted }, now.millis);
        let pbx = self.pbx().clone();
        let gap = GapView::between(
            &pbx,
            (&frozen.picture, frozen.since),
            (self.board.show(), now.millis),
            restarted,
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

    /// What is other on show than when last asked: the board's things, the PBX, the operations, the gap.
    pub(crate) fn changes(&mut self) -> Vec<Change<Tile>> {
        if self.is_live() {
            self.board.show();
        }
        let nothing = Picture::new();
        let things = board::changes(&self.given.things, self.things().unwrap_or(&nothing));
        let own = self.own_tiles();
        let mut found = board::changes(&self.given.own, &own);
        self.given.own = own;
        for Change { id, now } in things {
            match &now {
                Some(thing) => drop(self.given.things.insert(id.clone(), Arc::clone(thing))),
                None => drop(self.given.things.remove(&id)),
            }
            let now = now.map(|thing| Arc::new(Tile::Board(Thing::clone(&thing))));
            found.push(Change { id, now });
        }
        found
    }

    /// Everything that is shown of it goes.
    pub(crate) fn goes(&self) -> impl Iterator<Item = Change<Tile>> {
        let ids = self.given.things.keys().chain(self.given.own.keys());
        ids.map(|id| Change {
            id: id.clone(),
            now: None,
        })
    }

    /// The call a leg is in now.
    pub(crate) fn call_of(&self, leg: &Ref) -> Option<Ref> {
        self.board.call_of(&leg.key)
    }

    fn own_tiles(&self) -> Picture<Arc<Tile>> {
        let pbx = self.view();
        let pbx = (pbx.id.clone(), DeskThing::Pbx(pbx));
        let operations = self.plans.views();
        let operations = operations.map(|view| (view.id.clone(), DeskThing::Operation(view)));
        let consultations = self.plans.consultation_views(&self.board);
        let consultations =
            consultations.map(|view| (view.id.clone(), DeskThing::Consultation(view)));
        let gap = self.gap.iter().cloned();
        let gap = gap.map(|gap| (gap.id.clone(), DeskThing::Gap(gap)));
        let all = std::iter::once(pbx)
            .chain(operations)
            .chain(consultations)
            .chain(self.net_tiles())
            .chain(gap);
        all.map(|(id, thing)| (id, Arc::new(Tile::Desk(thing))))
            .collect()
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
            advisories: self.advisories.clone(),
            booting: !self.booted,
            me: self.me(),
            context: profile.context.clone(),
            unprotected: !self.is_private(),
            blind: self.blind(),
            anomalies: self.board.anomalies().total(),
            started: self.boot.started().map(str::to_owned),
            stopping: self.stopping,
            best_effort: self.session.as_ref().is_some_and(Session::best_effort),
            lag: self.lag,
            diagnostics: self.diagnostics(),
        }
    }

    fn diagnostics(&self) -> Diagnostics {
        let odd = self.board.anomalies();
        Diagnostics {
            journal: self.keeping.state().clone(),
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
        let place = self.board.place();
        let mine = place.my_extension(self.pbx(), self.things()?);
        mine.map(|extension| extension.id.clone())
    }
}

/// Fine enough for an age, coarse enough not to be news at every byte.
fn whole_seconds(millis: u64) -> u64 {
    millis / 1000 * 1000
}
