//! One who was sent, from the write until somebody has answered: what is shown of them, and for how long.

use ami::event::{DialEvent, DialStatus};
use board::{Board, Millis, PbxId, Ref, RefKind};

use super::super::Who;
use super::super::sight::{Sight, Stand};
use super::Vanished;
use super::view::{SentState, SentView};
use crate::intent::OperationId;
use crate::outcome::{Evidence, Outcome};
use crate::preview::Place;
use crate::way::{Before, Way};

/// Somebody who has been answered is shown for a moment longer.
const ANSWERED: Millis = 4_000;
/// A phone that stops ringing may be followed by the next one of a group: only then has nobody taken it.
const QUIET: Millis = 1_000;
/// Who has hung up is shown until the operator has had time to see it.
const KEPT: Millis = 300_000;

#[derive(Debug)]
pub(super) struct Sent {
    who: Who,
    to: Place,
    by: OperationId,
    way: Way,
    before: Before,
    since: Millis,
    until: Millis,
    /// `None`: nothing has been seen yet; it is not shown.
    state: Option<SentState>,
    changed: Millis,
    alive: bool,
    overdue: bool,
    /// It comes to my own phone, and needs no row while it rings there.
    fetched: bool,
    /// A phone of the target, or mine, was seen to ring.
    rang: bool,
    /// How the last dial for it ended: true, the target did not take it.
    refused: bool,
    /// And that somebody did, though perhaps not for as long as from one look to the next.
    answered: bool,
    /// How the operation that sent it has ended.
    outcome: Option<Outcome>,
    quiet: Option<Millis>,
}

impl Sent {
    pub(super) fn new(
        (who, to): (Who, Place),
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) -> Self {
        Self {
            way: Way::of_leg(&who.leg.key, &to.number),
            before: Before::of(&who.leg.key, sight.scene.board),
            who,
            to,
            by,
            since: now,
            until: now + sight.scene.rules.sent_after(),
            state: None,
            changed: now,
            alive: true,
            overdue: false,
            fetched: false,
            rang: false,
            refused: false,
            answered: false,
            outcome: None,
            quiet: None,
        }
    }

    /// It was sent in an earlier run of the program: where it stands now is where it was sent.
    pub(super) fn resumed(mut self) -> Self {
        self.before = Before::default();
        self.way.has_come();
        self
    }

    /// It comes to the operator's own phone.
    pub(super) fn fetched(self) -> Self {
        let fetched = true;
        Self { fetched, ..self }
    }

    pub(super) fn leg(&self) -> &Ref {
        &self.who.leg
    }

    pub(super) fn is_by(&self, operation: OperationId) -> bool {
        self.by == operation
    }

    /// The operation that sent it has ended.
    pub(super) fn ended(&mut self, outcome: &Outcome, now: Millis) {
        let evidence = Evidence::Ringing;
        if *outcome == (Outcome::Done { evidence }) && self.state.is_none() {
            self.rings(self.fetched, now);
        }
        // The plan has seen it arrive, though the dialplan may have led on before anybody told its number; or nobody was looking.
        if matches!(outcome, Outcome::Done { .. } | Outcome::Unknown { .. }) {
            self.way.has_come();
        }
        self.outcome = Some(outcome.clone());
    }

    /// It is being sent there, and nobody has answered yet.
    pub(super) fn is_awaited_at(&self, target: &Ref) -> bool {
        let open = matches!(self.state, None | Some(SentState::Ringing));
        open && self.alive && self.to.target == *target
    }

    /// A dial of it: how one ends is told only once.
    pub(super) fn dial(&mut self, dial: &DialEvent<'_>, board: &Board) {
        self.way.look(false, board);
        if dial.status == DialStatus::Cancel {
            self.way.cancelled(&dial.dest.uniqueid, board);
        }
        self.answered = dial.status == DialStatus::Answer && !self.way.is_sent_on();
        self.refused = match dial.status {
            DialStatus::Busy | DialStatus::NoAnswer | DialStatus::Unreachable => true,
            DialStatus::Begun
            | DialStatus::Ringing
            | DialStatus::Progress
            | DialStatus::Answer
            | DialStatus::Cancel
            | DialStatus::Otherwise => false,
        };
    }

    /// It was there when the link was lost, and is gone.
    pub(super) fn has_vanished(&self, sight: &Sight<'_>) -> bool {
        self.alive && !sight.is_there(&self.who.leg)
    }

    /// Whom to ask after, if nobody had answered when it vanished.
    pub(super) fn vanished(&self) -> Option<Vanished> {
        let open = self.state != Some(SentState::Answered);
        open.then(|| (self.who.clone(), self.to.clone(), self.by))
    }

    pub(super) fn view(&self, pbx: &PbxId) -> Option<SentView> {
        let shown = |state: &SentState| !(self.fetched && *state == SentState::CameBack);
        let state = self.state.filter(shown)?;
        Some(SentView {
            id: Ref::new(RefKind::Sent, pbx, self.who.leg.key.clone()),
            leg: self.who.leg.clone(),
            name: self.who.name.clone(),
            number: self.who.number.clone(),
            to: self.to.clone(),
            since: self.since,
            until: self.until,
            state,
            changed: self.changed,
            alive: self.alive,
            overdue: self.overdue,
        })
    }

    fn set(&mut self, state: SentState, now: Millis) {
        if self.state != Some(state) {
            self.state = Some(state);
            self.changed = now;
        }
    }

    pub(super) fn due(&self) -> Option<Millis> {
        match (self.state, self.alive) {
            (Some(SentState::Answered), _) => Some(self.changed + ANSWERED),
            (Some(SentState::GaveUp | SentState::NotTaken), false) => Some(self.changed + KEPT),
            (Some(SentState::Ringing | SentState::NotTaken), true) if !self.overdue => {
                Some(self.quiet.map_or(self.until, |at| at + QUIET))
            }
            (
                Some(
                    SentState::Ringing
                    | SentState::NotTaken
                    | SentState::GaveUp
                    | SentState::CameBack
                    | SentState::Unknown,
                )
                | None,
                _,
            ) => None,
        }
    }

    /// False: it need not be followed any more.
    pub(super) fn observe(&mut self, sight: &Sight<'_>, now: Millis) -> bool {
        if !self.alive {
            return now < self.changed + KEPT;
        }
        self.way.look(false, sight.scene.board);
        let keeps = match sight.stand(&self.who.leg, &mut self.before) {
            Stand::Gone => self.gone(now),
            Stand::Under => self.under(now),
            Stand::Heard { mine: true } => false,
            // Late news of a place it was in before our own move, which is still to come.
            Stand::Placed if !self.way.came() && self.outcome.is_none() => true,
            Stand::Placed => false,
            // Another desk has sent them elsewhere: theirs to tell of, unless our own move is still to come.
            Stand::Rings { mine: false } | Stand::Heard { mine: false } if !self.way.is_ours() => {
                self.outcome.is_none()
            }
            Stand::Rings { mine } => self.rings(mine, now),
            Stand::Heard { mine: false } => {
                self.set(SentState::Answered, now);
                now < self.changed + ANSWERED
            }
            Stand::Alone => self.alone(now),
        };
        let waits = matches!(self.state, Some(SentState::Ringing | SentState::NotTaken));
        self.overdue = waits && self.alive && now >= self.until;
        keeps
    }

    fn rings(&mut self, mine: bool, now: Millis) -> bool {
        self.quiet = None;
        if !self.rang {
            self.rang = true;
            self.until = now + (self.until - self.since);
            self.since = now;
        }
        let state = if mine {
            SentState::CameBack
        } else {
            SentState::Ringing
        };
        self.set(state, now);
        true
    }

    /// Nothing proves anything yet, and what the operation ended with is all that is known.
    fn under(&mut self, now: Millis) -> bool {
        let untold = matches!(
            self.outcome,
            Some(Outcome::Unknown { .. } | Outcome::Expired)
        );
        let failed = matches!(self.outcome, Some(Outcome::Failed { .. }));
        match self.state {
            None if untold => self.set(SentState::Unknown, now),
            // Not answered by anybody yet, and with nobody.
            None if failed => self.set(SentState::NotTaken, now),
            Some(_) | None => {}
        }
        if matches!(self.state, Some(SentState::Ringing | SentState::CameBack)) {
            self.not_taken_if_quiet(now);
        }
        true
    }

    fn alone(&mut self, now: Millis) -> bool {
        match (&self.outcome, self.rang) {
            (_, true) => self.not_taken_if_quiet(now),
            (Some(Outcome::Failed { .. }), false) => self.set(SentState::NotTaken, now),
            // It is with an application there, as it should be.
            (Some(Outcome::Done { .. } | Outcome::Refused { .. }), false) => return false,
            (Some(Outcome::Unknown { .. } | Outcome::Expired), false) => {
                self.set(SentState::Unknown, now)
            }
            (None, false) => {}
        }
        true
    }

    fn not_taken_if_quiet(&mut self, now: Millis) {
        let quiet = *self.quiet.get_or_insert(now);
        if self.refused || now >= quiet + QUIET {
            self.quiet = None;
            self.set(SentState::NotTaken, now);
        }
    }

    /// Who never rang is no matter of the shelf: see `lost`.
    fn gone(&mut self, now: Millis) -> bool {
        self.alive = false;
        if self.answered {
            return false;
        }
        match self.state {
            Some(SentState::Ringing | SentState::CameBack) if !self.refused => {
                self.set(SentState::GaveUp, now);
                true
            }
            Some(SentState::Ringing | SentState::CameBack | SentState::NotTaken) => {
                self.set(SentState::NotTaken, now);
                self.changed = now;
                true
            }
            Some(SentState::Answered | SentState::GaveUp | SentState::Unknown) | None => false,
        }
    }
}
