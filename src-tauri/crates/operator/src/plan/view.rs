//! A plan as others see it: whom it is about, and how it stands.

use board::{Millis, Ref, RefKind};

use super::{Plan, Stage};
use crate::operation::OperationView;
use crate::verb::Move;

impl Plan {
    /// The legs it is about.
    #[must_use]
    pub fn legs(&self) -> Vec<Ref> {
        let mut legs = self.what.legs();
        let rings = |one: &Move| matches!(one, Move::Originate { .. } | Move::Spy { .. });
        if self.what.all.iter().any(rings) {
            legs.push(Ref::new(RefKind::Leg, &self.pbx, self.channel_id.clone()));
        }
        legs
    }

    /// The parking lot in which it is about to take a space.
    pub(crate) fn lot(&self) -> Option<&str> {
        self.what.all.iter().find_map(Move::lot)
    }

    /// The devices it rings first.
    pub(crate) fn rung(&self) -> impl Iterator<Item = &str> {
        self.what.all.iter().filter_map(Move::rung)
    }

    /// As the operator sees it.
    #[must_use]
    pub fn view(&self) -> OperationView {
        OperationView {
            id: Ref::new(RefKind::Operation, &self.pbx, self.intent.id.to_string()),
            operation: self.intent.id,
            verb: self.intent.verb,
            legs: self.legs(),
            target: self.intent.target.clone(),
            preview: self.preview.clone(),
            step: self.step,
            grace: self.grace_until(),
            details: self.intent.details.clone(),
            outcome: self.outcome.clone(),
            after: self.after,
            since: self.since,
            ended: self.ended,
        }
    }

    fn grace_until(&self) -> Option<Millis> {
        match self.stage {
            Stage::Waiting { until } => Some(until),
            Stage::Checking { .. } | Stage::Journaling | Stage::Written { .. } | Stage::Ended => {
                None
            }
        }
    }
}
