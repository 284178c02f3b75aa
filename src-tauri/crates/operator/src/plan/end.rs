//! How a plan ends: with an outcome, too late, or with the link; and how long it may take.

use board::Millis;

use super::{FRESH, LONGEST_GRACE, Plan, Stage, WHOLE};
use crate::operation::{After, Step};
use crate::outcome::{Evidence, Outcome};
use crate::refusal::Refusal;

impl Plan {
    /// The link is gone. What was written may have happened: nobody will ever send it again.
    pub fn link_lost(&mut self, now: Millis) {
        match self.stage {
            Stage::Journaling if self.written.is_some() => {
                self.end(Outcome::Unknown { found: None }, now)
            }
            Stage::Waiting { .. } | Stage::Checking { .. } | Stage::Journaling => {
                self.refuse(Refusal::NotLive, now)
            }
            Stage::Written { .. } => self.end(Outcome::Unknown { found: None }, now),
            Stage::Ended => self.after = self.after.filter(|after| *after != After::Ringing),
        }
    }

    /// It has ended, and nothing more will be told about it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.has_ended() && self.after != Some(After::Ringing)
    }

    /// It has an outcome.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended)
    }

    /// When it ended.
    #[must_use]
    pub fn ended_at(&self) -> Option<Millis> {
        self.ended
    }

    /// How it ended.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Later it is no longer what the operator means. A move that others wait for must follow as soon.
    pub(super) fn meant_until(&self) -> Millis {
        let grace = Millis::from(self.intent.details.grace.unwrap_or_default());
        match self.written {
            None => self.since + grace.min(LONGEST_GRACE) + FRESH,
            Some(written) => written + WHOLE,
        }
    }

    /// Nothing more is written. Once something has been, nobody may say that nothing was sent.
    pub(super) fn too_late(&mut self, now: Millis) {
        let refusal = Refusal::TooLate;
        match self.written {
            None => self.refuse(refusal, now),
            Some(_) => self.end(Outcome::Expired, now),
        }
    }

    pub(super) fn refuse(&mut self, refusal: Refusal, now: Millis) {
        self.end(Outcome::Refused { refusal }, now);
    }

    pub(super) fn end(&mut self, outcome: Outcome, now: Millis) {
        let rings = outcome
            == Outcome::Done {
                evidence: Evidence::Ringing,
            }
            && self.journeys.len() == 1;
        self.after = rings.then_some(After::Ringing);
        self.outcome = Some(outcome);
        self.step = Step::Ended;
        self.ended = Some(now);
        self.stage = Stage::Ended;
    }
}
