//! The net under the moves: who was sent and is not answered yet, who was lost on the way, who waits where for whom, and rows that cannot
//! be. It looks at the board and at how operations end, and says what the desk should do by itself so that nobody is forgotten.

mod camp;
mod follow;
mod lost;
mod note;
mod sent;
mod sight;
mod stuck;
mod wish;

use std::collections::{BTreeMap, BTreeSet};

use ami::Event;
use board::{Board, Millis, PbxId, Ref, RefKind};

use crate::intent::OperationId;
use crate::scene::Scene;
pub use camp::{CampState, CampView};
use follow::Known;
pub use lost::LostView;
pub use note::NoteView;
pub use sent::{SentState, SentView};
use sight::Sight;
pub use stuck::{ListedChannel, StatusSays, StuckQuestion, StuckVerdict, StuckView, StuckWhy};
pub use wish::{Look, Wish};

/// How often the board is looked at while somebody is followed.
const LOOK: Millis = 200;
/// And else, for rows that cannot be.
const IDLE: Millis = 5_000;

/// Somebody who is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Who {
    leg: Ref,
    name: Option<String>,
    number: Option<String>,
}

/// The net of one PBX.
#[derive(Debug, Default)]
pub struct Net {
    sent: sent::Shelf,
    alarm: lost::Alarm,
    notes: note::Notes,
    camps: camp::Camps,
    surgeon: stuck::Surgeon,
    /// How far the operations are known that have been written: with an outcome, or still open.
    known: BTreeMap<OperationId, Known>,
    /// The link was lost since the board was last looked at.
    blind: bool,
    looked: Millis,
}

impl Net {
    /// Legs this desk has silenced where no event tells of it.
    #[must_use]
    pub fn muted(&self) -> &BTreeSet<Ref> {
        &self.notes.muted
    }

    /// An event, after the board has taken it in.
    pub fn event(&mut self, event: &Event<'_>, board: &Board) {
        match event {
            Event::Channel(event) => self.alarm.hangup(event),
            Event::Dial(dial) => self.sent.dial(dial, board),
            Event::Bridge(_)
            | Event::Transfer(_)
            | Event::Parking(_)
            | Event::Queue(_)
            | Event::State(_)
            | Event::Conference(_)
            | Event::Recording(_)
            | Event::Spy(_)
            | Event::Agent(_)
            | Event::Originate(_)
            | Event::System(_)
            | Event::Other(_)
            | Event::Malformed(_) => {}
        }
    }

    /// The link is gone: what was known is shown as it was, and looked at anew when the board is live again.
    pub fn link_lost(&mut self) {
        self.blind = true;
        self.surgeon.link_lost();
    }

    /// When it wants to look at the board again.
    #[must_use]
    pub fn due(&self) -> Option<Millis> {
        let moving = !self.alarm.is_idle();
        let moving = moving.then_some(self.looked + LOOK);
        let times = [
            moving,
            self.sent.due(),
            self.camps.due(),
            self.surgeon.due(),
        ];
        let next = times.into_iter().flatten().min();
        next.map(|at| at.max(self.looked + LOOK))
    }

    /// Whether looking at the board may bring anything.
    #[must_use]
    pub fn has_work(&self, now: Millis) -> bool {
        let nobody = self.alarm.is_idle() && self.sent.is_empty() && self.notes.is_empty();
        let idle = nobody && self.camps.is_empty() && !self.blind;
        let due = self.due().is_some_and(|at| now >= at);
        due || now >= self.looked + if idle { IDLE } else { LOOK }
    }

    /// Looks at the board of now, which must be live.
    pub fn observe(&mut self, scene: Scene<'_>, now: Millis) -> Look {
        self.looked = now;
        if !scene.live {
            return Look::default();
        }
        let sight = Sight::of(scene);
        let blind = std::mem::take(&mut self.blind);
        self.alarm.observe(&sight, blind, now);
        for vanished in self.sent.observe(&sight, blind, now) {
            let (who, to, by) = vanished;
            self.alarm.gone(who, Some(to), by, now);
        }
        self.notes.observe(&sight, now);
        let Self {
            sent,
            camps,
            notes,
            surgeon,
            ..
        } = self;
        let wishes = camps.observe(&sight, |target| sent.is_awaited_at(target), now);
        let consulted = |leg: &Ref| scene.consultation_of(leg).is_some();
        let ours = |leg: &Ref| notes.is_held(leg) || camps.has(leg) || consulted(leg);
        let question = surgeon.observe(&sight, ours, now);
        Look { wishes, question }
    }

    /// What was wished could not be begun.
    pub fn refused(&mut self, subject: &Ref, now: Millis) {
        self.camps.stays(subject, now);
    }

    /// The operator has read it, or wants it no more. A caller who waited for somebody waits on, to music. False: there is no such thing.
    pub fn dismiss(&mut self, id: &Ref, scene: Scene<'_>, now: Millis) -> bool {
        let leg = Ref {
            kind: RefKind::Leg,
            ..id.clone()
        };
        match id.kind {
            RefKind::Lost => self.alarm.dismiss(id),
            RefKind::Sent => self.sent.forget(&leg),
            RefKind::Stuck => self.surgeon.dismiss(&id.key, now),
            RefKind::Camp => {
                let was = self.camps.forget(&leg);
                if was {
                    self.notes.hold(&leg, None, scene.rules.hold_warn(), now);
                }
                was
            }
            RefKind::Note => {
                self.notes.label(&leg, "", None);
                true
            }
            RefKind::Pbx
            | RefKind::Call
            | RefKind::Leg
            | RefKind::Extension
            | RefKind::Queue
            | RefKind::Parked
            | RefKind::Conference
            | RefKind::Trunk
            | RefKind::Agent
            | RefKind::Ended
            | RefKind::Gap
            | RefKind::Number
            | RefKind::Operation
            | RefKind::Consultation => false,
        }
    }

    /// Writes on a leg for whom it waits, or why. False: there is no such leg.
    pub fn label(&mut self, leg: &Ref, text: &str, scene: Scene<'_>) -> bool {
        let there = leg.kind == RefKind::Leg && scene.board.channel(&leg.key).is_some();
        if there {
            self.notes.label(leg, text, None);
        }
        there
    }

    /// The list of channels that a question asked for.
    pub fn listed(&mut self, list: &[ListedChannel], scene: Scene<'_>, now: Millis) {
        let board = scene.board;
        let known = |id: &str| board.channel(id).is_some();
        self.surgeon.listed(list, board.pbx(), known, now);
    }

    /// What the PBX says about the one channel that a question named.
    pub fn status(&mut self, says: StatusSays, now: Millis) {
        self.surgeon.status(says, now);
    }

    /// Who was sent.
    pub fn sent<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = SentView> + 'a {
        self.sent.views(pbx)
    }

    /// Who was lost.
    pub fn lost(&self) -> impl Iterator<Item = LostView> + '_ {
        self.alarm.views()
    }

    /// What is noted about legs.
    pub fn notes<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = NoteView> + 'a {
        self.notes.views(pbx)
    }

    /// Who waits for somebody to be free.
    pub fn camps<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = CampView> + 'a {
        self.camps.views(pbx)
    }

    /// Rows that cannot be.
    pub fn stuck<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = StuckView> + 'a {
        self.surgeon.views(pbx)
    }
}
