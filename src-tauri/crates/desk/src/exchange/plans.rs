//! The operations of one PBX: those under way and, for a while, those that have ended.

use std::collections::{BTreeMap, BTreeSet};

use ami::{Event, Request};
use board::{Board, Millis, Ref};
use operator::{
    After, Answer, Consultation, ConsultationView, Intent, Offers, OperationId, OperationView,
    Outcome, Pending, Plan, Preview, Refusal, Remembered, Scene, Step, Verb,
};

use super::boot::Boot;
use super::sync::Purpose;
use super::unsettled::Adrift;
use super::{Exchange, journaling};
use crate::clock::Now;
use crate::journal::Consulting;

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
    pub(super) all: BTreeMap<OperationId, Running>,
    /// Operations whose end nobody has seen.
    pub(super) unsettled: BTreeMap<OperationId, Adrift>,
    looked: Millis,
    /// Consultations that were begun here, until they are over.
    pub(super) consultations: Vec<Consultation>,
    /// Those of an earlier run, until the picture shows what has become of them.
    pub(super) broken_off: Vec<Consulting>,
    /// Those whose caller has been taken note of.
    consulted: BTreeSet<OperationId>,
}

/// A plan, and how it stands with the journal.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) plan: Plan,
    /// Its write waits for this entry.
    pub(super) waits: Option<Waits>,
    /// What to look for if nobody sees its end, and the run of the PBX it was written to; from the write on.
    pub(super) kept: Option<(Remembered, Boot)>,
    /// What the journal and the recorder were told of it last.
    pub(super) told: (Step, Option<After>),
}

/// An entry on its way to the disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waits {
    pub(super) number: u64,
    /// Nobody is held up by a disk for longer.
    pub(super) until: Millis,
}

impl Running {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            waits: None,
            kept: None,
            told: (Step::Checking, None),
        }
    }
}

impl Plans {
    pub(super) fn event(&mut self, event: &Event<'_>, board: &Board, now: Millis) {
        for plan in self.under_way() {
            plan.event(event, board, now);
        }
    }

    fn under_way(&mut self) -> impl Iterator<Item = &mut Plan> {
        let all = self.all.values_mut().map(|running| &mut running.plan);
        all.filter(|plan| !plan.is_over())
    }

    fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.all.values().map(|running| &running.plan)
    }

    pub(super) fn consultation_views(
        &self,
        board: &Board,
    ) -> impl Iterator<Item = ConsultationView> {
        self.consultations.iter().filter_map(|one| one.view(board))
    }

    pub(super) fn views(&self) -> impl Iterator<Item = OperationView> {
        let unsettled = self.unsettled.values();
        self.plans()
            .map(Plan::view)
            .chain(unsettled.map(|adrift| adrift.operation.view()))
    }

    /// What the open operations other than `own` are about.
    pub(super) fn pending(&self, own: Option<OperationId>) -> Pending {
        let others = self.all.iter().filter(|(id, _)| Some(**id) != own);
        Pending::of(others.map(|(_, running)| &running.plan))
    }

    fn has_open(&self) -> bool {
        self.plans().any(|plan| !plan.has_ended())
    }

    pub(super) fn due(&self) -> Option<Millis> {
        let moves = self.plans().any(|plan| !plan.is_over());
        let watching = (moves || !self.consultations.is_empty()).then_some(self.looked + LOOK);
        let waits = self.all.values().filter_map(|running| running.waits);
        let settled = self.unsettled.values().filter_map(disappears_settled);
        watching
            .into_iter()
            .chain(waits.map(|waits| waits.until))
            .chain(self.plans().filter_map(disappears))
            .chain(settled)
            .min()
    }

    /// Whether anything may have changed.
    fn look(&mut self, board: &Board, now: Millis) -> bool {
        self.looked = now;
        let before = self.count();
        let moving = self.plans().any(|plan| !plan.is_over());
        self.under_way().for_each(|plan| plan.observe(board, now));
        self.all
            .retain(|_, running| disappears(&running.plan).is_none_or(|at| now < at));
        self.unsettled
            .retain(|_, adrift| disappears_settled(adrift).is_none_or(|at| now < at));
        while self.all.len() > MOST_SHOWN && self.forget_the_oldest() {}
        moving || self.count() != before
    }

    fn count(&self) -> usize {
        self.all.len() + self.unsettled.len()
    }

    fn due_now(&self, now: Millis) -> Vec<OperationId> {
        self.those(|plan| plan.is_due(now))
    }

    /// Something was accepted that no event has told of.
    fn take_doubt(&mut self, now: Millis) -> bool {
        let doubts = self
            .under_way()
            .filter_map(|plan| plan.take_doubt(now).then_some(()));
        doubts.count() > 0
    }

    /// Those whose next move waits to be written.
    fn ready(&self) -> Vec<OperationId> {
        self.those(Plan::awaits_journal)
    }

    fn those(&self, wanted: impl Fn(&Plan) -> bool) -> Vec<OperationId> {
        let all = self.all.iter();
        let wanted = all.filter(|(_, running)| wanted(&running.plan));
        wanted.map(|(id, _)| *id).collect()
    }

    /// Consultations that have begun since.
    pub(super) fn note_consultations(&mut self) {
        for (id, running) in &self.all {
            if self.consulted.contains(id) {
                continue;
            }
            if let Some(consultation) = running.plan.consultation() {
                self.consulted.insert(*id);
                self.consultations.push(consultation);
            }
        }
        let known = &self.all;
        self.consulted.retain(|id| known.contains_key(id));
    }

    /// False: all that are left are still under way.
    fn forget_the_oldest(&mut self) -> bool {
        let over = self
            .all
            .iter()
            .filter(|(_, running)| running.plan.is_over());
        let oldest = over
            .min_by_key(|(_, running)| running.plan.ended_at())
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

/// What became of it is told first, however long the link is away.
fn disappears_settled(adrift: &Adrift) -> Option<Millis> {
    Some(adrift.operation.settled()? + SHOWN_OTHERWISE)
}

impl Exchange {
    pub(crate) fn offers(&mut self, subject: &Ref) -> Offers {
        self.with_scene(|scene| operator::offers(subject, scene))
    }

    pub(crate) fn preview(&mut self, intent: &Intent) -> Preview {
        self.with_scene(|scene| operator::preview(intent, scene))
    }

    pub(super) fn with_scene<T>(&mut self, look: impl FnOnce(Scene<'_>) -> T) -> T {
        let pending = self.plans.pending(None);
        self.board.show();
        look(self.scene(&pending))
    }

    /// The board and the picture of this very moment.
    pub(super) fn scene<'a>(&'a self, pending: &'a Pending) -> Scene<'a> {
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
        self.plans.all.insert(id, Running::new(plan));
        self.ask_for_plan(id, requests, now);
        self.write_or_wait(id, now);
        self.watch_plans(now);
        self.transmit();
        Ok(id)
    }

    /// Takes an operation back of which nothing has been sent. False: too late, or not one of ours.
    pub(crate) fn take_back(&mut self, id: OperationId, now: Now) -> bool {
        self.changed = true;
        let running = self.plans.all.get_mut(&id);
        running.is_some_and(|running| running.plan.take_back(now.millis))
    }

    /// The answer to one of a plan's requests; what it wants to send next is written in the same turn, unless it waits for the journal.
    pub(super) fn answer_plan(&mut self, id: OperationId, answer: Answer<'_>, now: Now) {
        self.count_messages(id, answer);
        if self
            .plans
            .all
            .get(&id)
            .is_some_and(|running| running.kept.is_some())
        {
            self.keeping.answered(id, &answer, now);
        }
        self.with_plan(id, now, |plan, scene| {
            plan.answer(answer, scene, now.millis)
        });
    }

    /// A box that somebody has asked about: the answer itself is the news.
    fn count_messages(&mut self, id: OperationId, answer: Answer<'_>) {
        let Answer::Reply(reply) = answer else {
            return;
        };
        let asked = self.plans.all.get(&id);
        let asked = asked.map(|running| running.plan.intent().verb);
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
        let Some(mut running) = self.plans.all.remove(&id) else {
            return;
        };
        let pending = self.plans.pending(Some(id));
        self.board.show();
        let requests = turn(&mut running.plan, self.scene(&pending));
        let list = running.plan.take_list();
        self.plans.all.insert(id, running);
        self.changed = true;
        self.ask_for_plan(id, requests, now);
        if let Some(list) = list {
            self.read_again(&[list], now);
        }
        self.write_or_wait(id, now);
    }

    /// Under these ids the answers will come.
    pub(super) fn ask_for_plan(
        &mut self,
        id: OperationId,
        requests: Vec<Request>,
        now: Now,
    ) -> Vec<Vec<String>> {
        let mut written = Vec::new();
        for request in requests {
            match self.ask_for(&request, Purpose::Plan(id), now) {
                Some(action) => written.push(journaling::words(&request, Some(&action))),
                None => self.answer_plan(id, Answer::NotSent, now),
            }
        }
        written
    }

    pub(super) fn watch_plans(&mut self, now: Now) {
        self.changed |= self.plans.look(&self.board, now.millis);
        if self.plans.take_doubt(now.millis) {
            self.audit.hurry(now);
        }
        for id in self.plans.due_now(now.millis) {
            self.with_plan(id, now, |plan, scene| plan.proceed(scene));
        }
        for id in self.plans.ready() {
            self.write_or_wait(id, now);
        }
        self.watch_consultations(now);
        self.look_at_unsettled(now);
        self.tell_of_plans(now);
        self.tell_net(now);
        let brisk = self.plans.has_open();
        if let Some(session) = &mut self.session {
            session.set_brisk(brisk);
        }
    }
}
