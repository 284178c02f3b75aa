//! One plan on one stage: what it writes is counted, what it is told goes to the board first.

use ami::{Event, Frame, Request};
use board::{Millis, Ref};
use operator::{After, Answer, Intent, Outcome, Plan, Refusal, Seen, Verb};
use uuid::Uuid;

use crate::stage::{Stage, reply};

/// A plan under way.
pub(crate) struct Trial {
    pub(crate) stage: Stage,
    pub(crate) plan: Plan,
    /// Everything that changes a call.
    pub(crate) written: Vec<Request>,
    /// The questions asked before.
    pub(crate) asked: Vec<Request>,
}

pub(crate) fn intent(verb: Verb, subject: Ref, target: Option<Ref>) -> Intent {
    Intent {
        target,
        ..Intent::new(Uuid::from_u128(7), verb, subject)
    }
}

/// As it stood on the screen when the gesture began.
pub(crate) fn seen(stage: &Stage, subject: &Ref) -> Option<Seen> {
    stage.with(|scene| operator::offers(subject, scene).seen)
}

impl Trial {
    pub(crate) fn begin(stage: Stage, intent: Intent) -> Result<Self, Refusal> {
        let (plan, requests) = stage.with(|scene| Plan::begin(intent, scene, stage.now))?;
        let mut trial = Self {
            stage,
            plan,
            written: Vec::new(),
            asked: Vec::new(),
        };
        trial.sent(requests);
        trial.go_on();
        Ok(trial)
    }

    /// Begun, checked, written and accepted.
    pub(crate) fn written(stage: Stage, intent: Intent) -> Self {
        let mut trial = Self::begin(stage, intent).expect("a plan");
        while trial.written.is_empty() && trial.plan.outcome().is_none() {
            trial.answer(true, "", Some("1"));
        }
        assert!(
            !trial.written.is_empty(),
            "nothing was written: {:?}",
            trial.plan.outcome()
        );
        trial.answer(true, "accepted", None);
        trial
    }

    fn sent(&mut self, requests: Vec<Request>) {
        for request in requests {
            let list = if request.name() == "Getvar" {
                &mut self.asked
            } else {
                &mut self.written
            };
            list.push(request);
        }
    }

    /// As the desk does: whatever is due is done in the same turn. The journal of these tables is quick.
    fn go_on(&mut self) {
        if self.plan.is_due(self.stage.now) {
            let Self { stage, plan, .. } = self;
            let requests = stage.with(|scene| plan.proceed(scene));
            self.sent(requests);
        }
        while self.plan.awaits_journal() {
            let Self { stage, plan, .. } = self;
            let requests = stage.with(|scene| plan.journaled(scene, stage.now));
            self.sent(requests);
        }
    }

    pub(crate) fn answer(&mut self, accepted: bool, message: &str, value: Option<&str>) {
        let reply = reply(accepted, message, value);
        self.give(Answer::Reply(&reply));
    }

    pub(crate) fn give(&mut self, answer: Answer<'_>) {
        let Self { stage, plan, .. } = self;
        let requests = stage.with(|scene| plan.answer(answer, scene, stage.now));
        self.sent(requests);
        self.go_on();
    }

    /// An event that the board has taken in already.
    pub(crate) fn hear(&mut self, frame: &Frame) {
        self.plan
            .event(&Event::read(frame), &self.stage.board, self.stage.now);
        self.go_on();
    }

    /// Something happens on the stage that is told in one event.
    pub(crate) fn event(&mut self, act: impl FnOnce(&mut Stage) -> Frame) {
        let frame = act(&mut self.stage);
        self.hear(&frame);
    }

    /// Something happens of which the plan learns by looking at the board.
    pub(crate) fn then(&mut self, act: impl FnOnce(&mut Stage)) {
        act(&mut self.stage);
        self.wait(0);
    }

    /// Time goes by, and the plan is looked at as often as the desk does.
    pub(crate) fn wait(&mut self, millis: Millis) {
        let until = self.stage.now + millis;
        while self.stage.now < until {
            self.stage.now = until.min(self.stage.now + 200);
            self.plan.observe(&self.stage.board, self.stage.now);
            self.go_on();
        }
        self.plan.observe(&self.stage.board, self.stage.now);
        self.go_on();
    }

    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.plan.outcome()
    }

    pub(crate) fn after(&self) -> Option<After> {
        self.plan.view().after
    }

    /// The leg has left its bridge for `exten`, its partner is hung up, and the target's phone is called.
    pub(crate) fn moved(&mut self, who: &str, partner: &str, exten: &str) {
        self.stage.at(who, exten);
        self.event(|stage| stage.leave(who));
        self.event(|stage| stage.leave(partner));
        self.event(|stage| stage.hang_up(partner, "Normal Clearing"));
    }
}
