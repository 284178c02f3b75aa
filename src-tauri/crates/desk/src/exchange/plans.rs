//! The operations of one PBX: those under way and, for a while, those that have ended.

use std::collections::{BTreeMap, BTreeSet};

use ami::{Event, Request};
use board::{Board, Millis, Ref};
use operator::{
    Answer, Intent, Offers, OperationId, OperationView, Outcome, Plan, Preview, Refusal, Scene,
};

use super::Exchange;
use super::sync::Purpose;
use crate::clock::Now;

/// Open operations are looked at this often, for deadlines and for evidence that time brings.
const LOOK: Millis = 200;
/// An operation that went well stays on show for a moment; one that did not, until somebody has had time to see it.
const SHOWN_WHEN_DONE: Millis = 8_000;
const SHOWN_OTHERWISE: Millis = 300_000;
/// Somebody who drops and drops again must not fill the memory.
const MOST_SHOWN: usize = 256;

/// All plans.
#[derive(Debug, Default)]
pub(super) struct Plans {
    all: BTreeMap<OperationId, Plan>,
    looked: Millis,
}

impl Plans {
    pub(super) fn event(&mut self, event: &Event<'_>, board: &Board, now: Millis) {
        for plan in self.all.values_mut().filter(|plan| !plan.is_over()) {
            plan.event(event, board, now);
        }
    }

    pub(super) fn link_lost(&mut self, now: Millis) {
        self.all.values_mut().for_each(|plan| plan.link_lost(now));
    }

    pub(super) fn views(&self) -> impl Iterator<Item = OperationView> {
        self.all.values().map(Plan::view)
    }

    /// Legs that an open operation is about, other than `own`.
    pub(super) fn pending_legs(&self, own: Option<OperationId>) -> BTreeSet<Ref> {
        let open = self
            .all
            .iter()
            .filter(|(id, plan)| Some(**id) != own && !plan.has_ended());
        open.flat_map(|(_, plan)| plan.legs()).collect()
    }

    fn has_open(&self) -> bool {
        self.all.values().any(|plan| !plan.has_ended())
    }

    pub(super) fn due(&self) -> Option<Millis> {
        let watching = self
            .all
            .values()
            .any(|plan| !plan.is_over())
            .then_some(self.looked + LOOK);
        watching
            .into_iter()
            .chain(self.all.values().filter_map(disappears))
            .min()
    }

    /// Whether anything may have changed.
    fn look(&mut self, board: &Board, now: Millis) -> bool {
        self.looked = now;
        let before = self.all.len();
        let moving = self.all.values().any(|plan| !plan.is_over());
        self.all
            .values_mut()
            .filter(|plan| !plan.is_over())
            .for_each(|plan| plan.observe(board, now));
        self.all
            .retain(|_, plan| disappears(plan).is_none_or(|at| now < at));
        while self.all.len() > MOST_SHOWN && self.forget_the_oldest() {}
        moving || self.all.len() != before
    }

    /// False: all that are left are still under way.
    fn forget_the_oldest(&mut self) -> bool {
        let over = self.all.iter().filter(|(_, plan)| plan.is_over());
        let oldest = over
            .min_by_key(|(_, plan)| plan.ended_at())
            .map(|(id, _)| *id);
        oldest.is_some_and(|id| self.all.remove(&id).is_some())
    }
}

fn disappears(plan: &Plan) -> Option<Millis> {
    let ended = plan.ended_at().filter(|_| plan.is_over())?;
    let well = matches!(plan.outcome(), Some(Outcome::Done { .. }));
    Some(
        ended
            + if well {
                SHOWN_WHEN_DONE
            } else {
                SHOWN_OTHERWISE
            },
    )
}

impl Exchange {
    pub(crate) fn offers(&mut self, subject: &Ref) -> Offers {
        self.with_scene(|scene| operator::offers(subject, scene))
    }

    pub(crate) fn preview(&mut self, intent: &Intent) -> Preview {
        self.with_scene(|scene| operator::preview(intent, scene))
    }

    fn with_scene<T>(&mut self, look: impl FnOnce(Scene<'_>) -> T) -> T {
        let pending = self.plans.pending_legs(None);
        look(self.scene(&pending))
    }

    /// The board and the picture of this very moment.
    fn scene<'a>(&'a mut self, pending: &'a BTreeSet<Ref>) -> Scene<'a> {
        self.board.show();
        Scene {
            board: &self.board,
            picture: self.board.shown(),
            permissions: &self.permissions,
            live: self.is_live(),
            pending,
        }
    }

    /// Begins an operation.
    pub(crate) fn perform(&mut self, intent: Intent, now: Now) -> Result<OperationId, Refusal> {
        let id = intent.id;
        let (plan, requests) = self.with_scene(|scene| Plan::begin(intent, scene, now.millis))?;
        self.plans.all.insert(id, plan);
        self.ask_for_plan(id, requests, now);
        self.watch_plans(now);
        self.transmit();
        Ok(id)
    }

    /// The answer to one of a plan's requests; what it wants to send next is written in the same turn.
    pub(super) fn answer_plan(&mut self, id: OperationId, answer: Answer<'_>, now: Now) {
        let Some(mut plan) = self.plans.all.remove(&id) else {
            return;
        };
        let pending = self.plans.pending_legs(Some(id));
        let requests = plan.answer(answer, self.scene(&pending), now.millis);
        self.plans.all.insert(id, plan);
        self.changed = true;
        self.ask_for_plan(id, requests, now);
    }

    fn ask_for_plan(&mut self, id: OperationId, requests: Vec<Request>, now: Now) {
        for request in requests {
            if !self.ask(&request, Purpose::Plan(id), now) {
                self.answer_plan(id, Answer::NotSent, now);
            }
        }
    }

    pub(super) fn watch_plans(&mut self, now: Now) {
        self.changed |= self.plans.look(&self.board, now.millis);
        let brisk = self.plans.has_open();
        if let Some(session) = &mut self.session {
            session.set_brisk(brisk);
        }
    }
}
