//! What the PBX has accepted, and no event tells of: the account may be one that is told nothing. It may hang up with the class `system` or
//! `call`, while channels are told of to those alone who may read `call`, and no answer says what an account may read.

use board::Millis;

use super::{Plan, Stage};
use crate::verb::Move;

/// A channel that was asked to hang up is gone well before.
const UNTOLD: Millis = 2_000;

impl Plan {
    /// A hang-up was accepted, and by now an event should have told of it: the PBX's own list should be read. Said once.
    pub fn take_doubt(&mut self, now: Millis) -> bool {
        let hangs_up = matches!(self.now_doing(), Some(Move::HangUp { .. }));
        let late = matches!(self.stage, Stage::Written { at } if now >= at + UNTOLD);
        let doubts = hangs_up && late && self.answered && !self.doubted;
        self.doubted |= doubts;
        doubts
    }
}
