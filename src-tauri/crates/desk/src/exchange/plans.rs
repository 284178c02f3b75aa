//! The operations of one PBX: those under way and, for a while, those that have ended.

use std::collections::{BTreeMap, BTreeSet};

use ami::{Event, Permissions, Request};
use board::{Board, Millis, Picture, Ref, Thing};
use operator::{Answer, Intent, Offers, OperationId, OperationView, Outcome, Plan, Preview, Refusal, Scene};

use super::Exchange;
use super::sync::Purpose;
use crate::clock::Now;

/// Open operations are looked at this often, for deadlines and for evidence that time brings.
const LOOK: Millis = 200;
/// An operation that went well stays on show for a moment; one that did not, until somebody has had time to see it.
const SHOWN_WHEN_DONE: Millis = 8_000;
const SHOWN_OTHERWISE: Millis = 300_000;

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

    pub(super) fn answer(&mut self, id: OperationId, answer: Answer<'_>, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        self.all.get_mut(&id).map(|plan| plan.answer(answer, scene, now)).unwrap_or_default()
    }

    pub(super) fn views(&self) -> impl Iterator<Item = OperationView> {
        self.all.values().map(Plan::view)
    }

    /// Legs that an open operation is about, other than `own`.
    pub(super) fn pending_legs(&self, own: Option<OperationId>) -> BTreeSet<Ref> {
        let open = self.all.iter().filter(|(id, plan)| Some(**id) != own && !plan.has_ended());
        open.flat_map(|(_, plan)| plan.legs()).collect()
    }

    fn has_open(&self) -> bool {
        self.all.values().any(|plan| !plan.has_ended())
    }

    pub(super) fn due(&self) -> Option<Millis> {
        let watching = self.all.values().any(|plan| !plan.is_over()).then_some(self.looked + LOOK);
        watching.into_iter().chain(self.all.values().filter_map(disappears)).min()
    }

    fn look(&mut self, board: &Board, now: Millis) {
        self.looked = now;
        self.all.values_mut().filter(|plan| !plan.is_over()).for_each(|plan| plan.observe(board, now));
        self.all.retain(|_, plan| disappears(plan).is_none_or(|at| now < at));
    }
}

fn disappears(plan: &Plan) -> Option<Millis> {
    let ended = plan.ended_at().filter(|_| plan.is_over())?;
    let shown = match plan.view().outcome {
        Some(Outcome::Done { .. }) => SHOWN_WHEN_DONE,
        _ => SHOWN_OTHERWISE,
    };
    Some(ended + shown)
}

pub(super) fn scene<'a>(
    board: &'a Board,
    picture: &'a Picture<Thing>,
    permissions: &'a Permissions,
    live: bool,
    pending: &'a BTreeSet<Ref>,
) -> Scene<'a> {
    Scene { board, picture, permissions, live, pending }
}

impl Exchange {
    pub(crate) fn offers(&self, subject: &Ref) -> Offers {
        self.with_scene(|scene| operator::offers(subject, scene))
    }

    pub(crate) fn preview(&self, intent: &Intent) -> Preview {
        self.with_scene(|scene| operator::preview(intent, scene))
    }

    fn with_scene<T>(&self, look: impl FnOnce(Scene<'_>) -> T) -> T {
        let picture = self.board.picture();
        let pending = self.plans.pending_legs(None);
        look(scene(&self.board, &picture, &self.permissions, self.is_live(), &pending))
    }

    /// Begins an operation. The same gesture twice is one operation.
    pub(crate) fn perform(&mut self, intent: Intent, now: Now) -> Result<OperationId, Refusal> {
        let id = intent.id;
        if self.plans.all.contains_key(&id) {
            return Ok(id);
        }
        let (plan, requests) = self.with_scene(|scene| Plan::begin(intent, scene, now.millis))?;
        self.plans.all.insert(id, plan);
        for request in requests {
            self.ask(&request, Purpose::Plan(id), now);
        }
        self.watch_plans(now);
        self.transmit();
        Ok(id)
    }

    pub(super) fn watch_plans(&mut self, now: Now) {
        self.plans.look(&self.board, now.millis);
        let brisk = self.plans.has_open();
        if let Some(session) = &mut self.session {
            session.set_brisk(brisk);
        }
    }
}
