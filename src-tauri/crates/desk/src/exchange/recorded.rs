//! What the recorder of one PBX is asked.

use board::{Ref, RefKind, Thing};

use super::Exchange;
use crate::clock::Now;
use crate::flight::{Flight, Question};
use crate::handle::Recording;

impl Exchange {
    /// What is needed to tell why this call dropped.
    pub(crate) fn why(&mut self, call: Ref) -> (Flight, Question) {
        self.board.show();
        let ended = Ref::new(RefKind::Ended, self.pbx(), call.key.as_str());
        let ended = self.board.shown().get(&ended);
        let end = match ended.map(|thing| &**thing) {
            Some(Thing::Ended(ended)) => Some(ended.end),
            Some(
                Thing::Call(_)
                | Thing::Extension(_)
                | Thing::Queue(_)
                | Thing::Parked(_)
                | Thing::Conference(_)
                | Thing::Trunk(_)
                | Thing::Agent(_),
            )
            | None => None,
        };
        let question = Question {
            alive: self.board.channel(&call.key).is_some(),
            end,
            me: self.connection.profile.me.clone(),
            call,
        };
        (self.flight.clone(), question)
    }

    /// Everything the recorder holds.
    pub(crate) fn recording(&self, now: Now) -> Recording {
        Recording {
            flight: self.flight.clone(),
            version: self.version.clone(),
            at: now.millis,
        }
    }
}
