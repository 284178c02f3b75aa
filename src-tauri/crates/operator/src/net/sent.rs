//! The shelf of those who were sent: whom this desk has moved stays in sight until somebody answers.

mod one;
mod view;

use ami::event::DialEvent;
use board::{Board, Millis, PbxId, Ref};

use super::Who;
use super::sight::Sight;
use crate::intent::OperationId;
use crate::outcome::{Failure, Outcome};
use crate::preview::Place;
use one::Sent;
pub use view::{SentState, SentView};

/// Far more than anybody sends in five minutes.
const MOST: usize = 100;

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
        sent: (Who, Place),
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        self.put(Sent::new(sent, by, sight, now));
    }

    /// Somebody comes to my own phone: nobody to wait for while it rings there, and not to be forgotten when I do not take them.
    pub(super) fn add_fetched(
        &mut self,
        sent: (Who, Place),
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        self.put(Sent::new(sent, by, sight, now).fetched());
    }

    /// Somebody who was sent in an earlier run of the program.
    pub(super) fn resume(
        &mut self,
        sent: (Who, Place),
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        self.put(Sent::new(sent, by, sight, now).resumed());
    }

    /// Somebody who was to come to my own phone in an earlier run of the program.
    pub(super) fn resume_fetched(
        &mut self,
        sent: (Who, Place),
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        self.put(Sent::new(sent, by, sight, now).resumed().fetched());
    }

    fn put(&mut self, sent: Sent) {
        self.forget(sent.leg());
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push(sent);
    }

    /// An operation that was to move it has ended.
    pub(super) fn ended(&mut self, leg: &Ref, by: OperationId, outcome: &Outcome, now: Millis) {
        let still_there = matches!(
            outcome,
            Outcome::Refused { .. }
                | Outcome::Failed {
                    failure: Failure::Pbx { .. }
                }
        );
        if still_there {
            // Whoever was sent by another operation is where that one has left them.
            self.0.retain(|sent| sent.leg() != leg || !sent.is_by(by));
            return;
        }
        let mut all = self.0.iter_mut();
        if let Some(sent) = all.find(|sent| sent.leg() == leg) {
            sent.ended(outcome, now);
        }
    }

    pub(super) fn has(&self, leg: &Ref) -> bool {
        self.0.iter().any(|sent| sent.leg() == leg)
    }

    pub(super) fn forget(&mut self, leg: &Ref) -> bool {
        let before = self.0.len();
        self.0.retain(|sent| sent.leg() != leg);
        self.0.len() != before
    }

    /// Somebody is being sent there, and nobody has answered yet.
    pub(super) fn is_awaited_at(&self, target: &Ref) -> bool {
        self.0.iter().any(|sent| sent.is_awaited_at(target))
    }

    pub(super) fn dial(&mut self, dial: &DialEvent<'_>, board: &Board) {
        let Some(caller) = &dial.caller else { return };
        let mut all = self.0.iter_mut();
        if let Some(sent) = all.find(|sent| sent.leg().key == caller.uniqueid) {
            sent.dial(dial, board);
        }
    }

    /// Looks at the board of now. Whoever vanished while nobody looked is handed over.
    pub(super) fn observe(&mut self, sight: &Sight<'_>, blind: bool, now: Millis) -> Vec<Vanished> {
        let mut vanished = Vec::new();
        self.0.retain_mut(|sent| {
            if blind && sent.has_vanished(sight) {
                vanished.extend(sent.vanished());
                return false;
            }
            sent.observe(sight, now)
        });
        vanished
    }

    pub(super) fn due(&self) -> Option<Millis> {
        let times = self.0.iter().filter_map(Sent::due);
        times.min()
    }

    pub(super) fn views<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = SentView> + 'a {
        self.0.iter().filter_map(move |sent| sent.view(pbx))
    }
}
