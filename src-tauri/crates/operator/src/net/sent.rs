//! The shelf of those who were sent: whom this desk has moved stays in sight until somebody answers.

use ami::event::{DialEvent, DialStatus};
use board::{Board, Millis, PbxId, Ref, RefKind};
use serde::Serialize;
use ts_rs::TS;

use super::Who;
use super::sight::{Sight, Stand};
use crate::intent::OperationId;
use crate::outcome::{Evidence, Failure, Outcome};
use crate::preview::Place;
use crate::way::{Before, Way};

/// Somebody who has been answered is shown for a moment longer.
const ANSWERED: Millis = 4_000;
/// A phone that stops ringing may be followed by the next one of a group: only then has nobody taken it.
const QUIET: Millis = 1_000;
/// Who has hung up is shown until the operator has had time to see it.
const KEPT: Millis = 300_000;
/// Far more than anybody sends in five minutes.
const MOST: usize = 100;

/// How it stands with somebody who was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SentState {
    /// The target's phone rings.
    Ringing,
    /// Somebody has answered; gone in a moment.
    Answered,
    /// The target did not take it: the caller is in the dialplan with nobody, or was hung up by it (`alive` tells which).
    NotTaken,
    /// The caller hung up while it rang.
    GaveUp,
    /// It rings at the operator again.
    CameBack,
    /// Nothing was seen of what became of it, and the caller is still there.
    Unknown,
}

/// A caller who was sent, as the operator sees it. To get them back is `Take` on the leg, to send them on `Transfer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SentView {
    /// `sent:pbx:uniqueid`.
    pub id: Ref,
    /// The leg that was sent.
    pub leg: Ref,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Where to.
    pub to: Place,
    /// When it began to ring there; before that, when it was sent.
    pub since: Millis,
    /// When the operator is warned.
    pub until: Millis,
    /// How it stands.
    pub state: SentState,
    /// Since when it stands so.
    pub changed: Millis,
    /// The channel exists: the caller can be fetched and sent on.
    pub alive: bool,
    /// Nobody has answered for too long.
    pub overdue: bool,
}

#[derive(Debug)]
struct Sent {
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
    /// A phone of the target was seen to ring.
    rang: bool,
    /// How the last dial for it ended: true, the target did not take it.
    refused: bool,
    /// And that somebody did, though perhaps not for as long as from one look to the next.
    answered: bool,
    /// How the operation that sent it has ended.
    outcome: Option<Outcome>,
    quiet: Option<Millis>,
}

/// Who is gone after a gap, where they had been sent, and by which operation.
pub(super) type Vanished = (Who, Place, OperationId);

/// All who were sent.
#[derive(Debug, Default)]
pub(super) struct Shelf(Vec<Sent>);

impl Shelf {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(
        &mut self,
        (who, to): (Who, Place),
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        self.forget(&who.leg);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(Sent {
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
            rang: false,
            refused: false,
            answered: false,
            outcome: None,
            quiet: None,
        });
    }

    /// Somebody who was sent in an earlier run of the program: where they stand now is where they were sent.
    pub(super) fn resume(
        &mut self,
        sent: (Who, Place),
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        self.add(sent, by, sight, now);
        if let Some(sent) = self.0.last_mut() {
            sent.before = Before::default();
            sent.way.has_come();
        }
    }

    /// The operation that sent it has ended.
    pub(super) fn ended(&mut self, leg: &Ref, outcome: &Outcome, now: Millis) {
        let still_there = matches!(
            outcome,
            Outcome::Refused { .. }
                | Outcome::Failed {
                    failure: Failure::Pbx { .. }
                }
        );
        if still_there {
            self.forget(leg);
        }
        let sent = self.0.iter_mut().find(|sent| sent.who.leg == *leg);
        if let Some(sent) = sent {
            let evidence = Evidence::Ringing;
            if *outcome == (Outcome::Done { evidence }) && sent.state.is_none() {
                sent.rings_from(now);
            }
            // The plan has seen it arrive, though the dialplan may have led on before anybody told its number; or nobody was looking.
            if matches!(outcome, Outcome::Done { .. } | Outcome::Unknown { .. }) {
                sent.way.has_come();
            }
            sent.outcome = Some(outcome.clone());
        }
    }

    pub(super) fn forget(&mut self, leg: &Ref) -> bool {
        let before = self.0.len();
        self.0.retain(|sent| sent.who.leg != *leg);
        self.0.len() != before
    }

    /// Somebody is being sent there, and nobody has answered yet.
    pub(super) fn is_awaited_at(&self, target: &Ref) -> bool {
        let open = |sent: &&Sent| matches!(sent.state, None | Some(SentState::Ringing));
        let open = self.0.iter().filter(open).filter(|sent| sent.alive);
        open.map(|sent| &sent.to.target).any(|to| to == target)
    }

    /// The end of a dial is told only once.
    pub(super) fn dial(&mut self, dial: &DialEvent<'_>, board: &Board) {
        let Some(caller) = &dial.caller else { return };
        let all = self.0.iter_mut();
        let mut of_caller = all.filter(|sent| sent.who.leg.key == caller.uniqueid);
        let Some(sent) = of_caller.next() else { return };
        sent.way.look(false, board);
        if dial.status == DialStatus::Cancel {
            sent.way.cancelled(&dial.dest.uniqueid, board);
        }
        sent.answered = dial.status == DialStatus::Answer && !sent.way.is_sent_on();
        match dial.status {
            DialStatus::Busy | DialStatus::NoAnswer | DialStatus::Unreachable => {
                sent.refused = true
            }
            DialStatus::Begun
            | DialStatus::Ringing
            | DialStatus::Progress
            | DialStatus::Answer
            | DialStatus::Cancel
            | DialStatus::Otherwise => sent.refused = false,
        }
    }

    /// Looks at the board of now. Whoever vanished while nobody looked is handed over.
    pub(super) fn observe(&mut self, sight: &Sight<'_>, blind: bool, now: Millis) -> Vec<Vanished> {
        let mut vanished = Vec::new();
        let mut all = std::mem::take(&mut self.0);
        all.retain_mut(|sent| {
            if blind && sent.alive && !sight.is_there(&sent.who.leg) {
                let open = sent.state != Some(SentState::Answered);
                vanished.extend(open.then(|| (sent.who.clone(), sent.to.clone(), sent.by)));
                return false;
            }
            sent.observe(sight, now)
        });
        self.0 = all;
        vanished
    }

    pub(super) fn due(&self) -> Option<Millis> {
        let times = self.0.iter().filter_map(Sent::due);
        times.min()
    }

    pub(super) fn views<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = SentView> + 'a {
        self.0.iter().filter_map(move |sent| {
            Some(SentView {
                id: Ref::new(RefKind::Sent, pbx, sent.who.leg.key.clone()),
                leg: sent.who.leg.clone(),
                name: sent.who.name.clone(),
                number: sent.who.number.clone(),
                to: sent.to.clone(),
                since: sent.since,
                until: sent.until,
                state: sent.state?,
                changed: sent.changed,
                alive: sent.alive,
                overdue: sent.overdue,
            })
        })
    }
}

impl Sent {
    fn set(&mut self, state: SentState, now: Millis) {
        if self.state != Some(state) {
            self.state = Some(state);
            self.changed = now;
        }
    }

    fn due(&self) -> Option<Millis> {
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
    fn observe(&mut self, sight: &Sight<'_>, now: Millis) -> bool {
        if !self.alive {
            return now < self.changed + KEPT;
        }
        self.way.look(false, sight.scene.board);
        let keeps = match sight.stand(&self.who.leg, &mut self.before) {
            Stand::Gone => self.gone(now),
            Stand::Under => self.under(now),
            Stand::Heard { mine: true } | Stand::Placed => false,
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
        if mine {
            self.set(SentState::CameBack, now);
            return true;
        }
        if !self.rang {
            self.rings_from(now);
        }
        self.set(SentState::Ringing, now);
        true
    }

    fn rings_from(&mut self, now: Millis) {
        self.rang = true;
        self.until = now + (self.until - self.since);
        self.since = now;
        self.set(SentState::Ringing, now);
    }

    /// Nothing proves anything yet, and what the operation ended with is all that is known.
    fn under(&mut self, now: Millis) -> bool {
        let untold = matches!(
            self.outcome,
            Some(Outcome::Unknown { .. } | Outcome::Expired)
        );
        if untold && self.state.is_none() {
            self.set(SentState::Unknown, now);
        }
        if self.state == Some(SentState::Ringing) {
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
