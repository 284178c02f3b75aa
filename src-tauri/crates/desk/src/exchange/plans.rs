//! The operations of one PBX: those under way and, for a while, those that have ended.

use std::collections::{BTreeMap, BTreeSet};

use ami::{Event, Request};
use board::{Board, Millis, Ref};
use operator::{
    Answer, Consultation, ConsultationView, Intent, Offers, OperationId, OperationView, Outcome,
    Plan, Preview, Refusal, Scene, Verb,
};

use uuid::Uuid;

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
    pub(super) all: BTreeMap<OperationId, Plan>,
    looked: Millis,
    /// Consultations that were begun here, until they are over.
    pub(super) consultations: Vec<Consultation>,
    /// Those whose caller has been taken note of.
    consulted: BTreeSet<OperationId>,
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

    pub(super) fn consultation_views(
        &self,
        board: &Board,
    ) -> impl Iterator<Item = ConsultationView> {
        self.consultations.iter().filter_map(|one| one.view(board))
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

    fn is_due(&self, id: OperationId, now: Millis) -> bool {
        self.all.get(&id).is_some_and(|plan| plan.is_due(now))
    }

    fn due_now(&self, now: Millis) -> Vec<OperationId> {
        let due = self.all.iter().filter(|(_, plan)| plan.is_due(now));
        due.map(|(id, _)| *id).collect()
    }

    /// Consultations that have begun since.
    fn note_consultations(&mut self) {
        for (id, plan) in &self.all {
            if self.consulted.contains(id) {
                continue;
            }
            if let Some(consultation) = plan.consultation() {
                self.consulted.insert(*id);
                self.consultations.push(consultation);
            }
        }
        let known = &self.all;
        self.consulted.retain(|id| known.contains_key(id));
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

    pub(super) fn with_scene<T>(&mut self, look: impl FnOnce(Scene<'_>) -> T) -> T {
        let pending = self.plans.pending_legs(None);
        self.board.show();
        look(self.scene(&pending))
    }

    /// The board and the picture of this very moment.
    pub(super) fn scene<'a>(&'a self, pending: &'a BTreeSet<Ref>) -> Scene<'a> {
        Scene {
            board: &self.board,
            picture: self.board.shown(),
            permissions: &self.permissions,
            live: self.is_live(),
            pending,
            rules: &self.connection.profile.rules,
            consultations: &self.plans.consultations,
            muted: self.net.muted(),
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

    /// Takes an operation back of which nothing has been sent. False: too late, or not one of ours.
    pub(crate) fn take_back(&mut self, id: OperationId, now: Now) -> bool {
        self.changed = true;
        let plan = self.plans.all.get_mut(&id);
        plan.is_some_and(|plan| plan.take_back(now.millis))
    }

    /// The answer to one of a plan's requests; what it wants to send next is written in the same turn.
    pub(super) fn answer_plan(&mut self, id: OperationId, answer: Answer<'_>, now: Now) {
        self.count_messages(id, answer);
        self.with_plan(id, now, |plan, scene| {
            plan.answer(answer, scene, now.millis)
        });
        self.proceed(id, now);
    }

    /// A box that somebody has asked about: the answer itself is the news.
    fn count_messages(&mut self, id: OperationId, answer: Answer<'_>) {
        let Answer::Reply(reply) = answer else {
            return;
        };
        let asked = self.plans.all.get(&id).map(|plan| plan.intent().verb);
        let mailbox = reply
            .frame
            .get("Mailbox")
            .map(|value| value.text().into_owned());
        if let (Some(Verb::AskMailbox), Some(mailbox)) = (asked, mailbox) {
            self.mailbox_counted(&mailbox, reply);
        }
    }

    /// A plan looks at the world, and what it wants to send is written in the same turn.
    fn with_plan(
        &mut self,
        id: OperationId,
        now: Now,
        turn: impl FnOnce(&mut Plan, Scene<'_>) -> Vec<Request>,
    ) {
        let Some(mut plan) = self.plans.all.remove(&id) else {
            return;
        };
        let pending = self.plans.pending_legs(Some(id));
        self.board.show();
        let requests = turn(&mut plan, self.scene(&pending));
        let list = plan.take_list();
        self.plans.all.insert(id, plan);
        self.changed = true;
        self.ask_for_plan(id, requests, now);
        if let Some(list) = list {
            self.read_again(&[list], now);
        }
    }

    /// Lets a plan go on for as long as it has something to do in this turn.
    fn proceed(&mut self, id: OperationId, now: Now) {
        while self.plans.is_due(id, now.millis) {
            self.with_plan(id, now, |plan, scene| plan.proceed(scene, now.millis));
        }
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
        for id in self.plans.due_now(now.millis) {
            self.proceed(id, now);
        }
        self.watch_consultations(now);
        self.tell_net(now);
        let brisk = self.plans.has_open();
        if let Some(session) = &mut self.session {
            session.set_brisk(brisk);
        }
    }

    /// What has been begun is followed; a caller who is left alone comes back to the operator.
    fn watch_consultations(&mut self, now: Now) {
        self.plans.note_consultations();
        if !self.is_live() {
            return;
        }
        let (board, pending) = (&self.board, self.plans.pending_legs(None));
        let before = self.plans.consultations.len();
        let mut alone = Vec::new();
        for consultation in &mut self.plans.consultations {
            let caller = consultation.caller_ref().clone();
            if !pending.contains(&caller) && consultation.observe(board, now.millis) {
                alone.push(caller);
            }
        }
        self.plans.consultations.retain(|one| !one.is_over(board));
        self.changed |= self.plans.consultations.len() != before;
        for subject in alone {
            let intent = Intent::automatic(Uuid::new_v4(), Verb::Take, subject);
            if let Err(refusal) = self.perform(intent, now) {
                tracing::warn!(pbx = %self.pbx(), ?refusal, "a caller who was left alone could not be brought back");
            }
        }
    }
}
