//! A plan carries one intent out: check the target, write once, watch for evidence, end. A small machine without I/O:
//! replies and events go in, requests come out, and `now` is an argument.

mod journey;

use std::collections::VecDeque;

use ami::action::{Getvar, Goto, Hangup, Originate, Redirect};
use ami::event::ChannelEvent;
use ami::session::Reply;
use ami::{Action, Event, Request};
use board::{Board, Millis, PbxId, Ref, RefKind};

use crate::intent::Intent;
use crate::operation::{After, OperationView, Step};
use crate::outcome::{Evidence, Failure, Outcome};
use crate::preview::{Preview, Warning};
use crate::refusal::Refusal;
use crate::scene::{Goal, Scene};
use crate::verb::{Move, resolve};
use journey::{Journey, Progress};

/// From the gesture to the write; later it is no longer what the operator means.
const FRESH: Millis = 2_000;
/// For the evidence of a move.
const EVIDENCE: Millis = 10_000;
/// How long the first phone of an originate rings.
const RING: Millis = 30_000;
/// A call that dies this soon after our move is a lost call.
const LOST: Millis = 5_000;

/// What came back for one of a plan's requests.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// The PBX's response.
    Reply(&'a Reply),
    /// None in time.
    Expired,
}

#[derive(Debug)]
enum Stage {
    /// Asking whether these numbers exist.
    Checking { goals: VecDeque<Goal> },
    /// Written: so many responses are still out.
    Written { at: Millis, open: usize },
    /// Over, except perhaps for what becomes of a call that rings at its target.
    Ended,
}

/// One operation under way.
#[derive(Debug)]
pub struct Plan {
    intent: Intent,
    pbx: PbxId,
    what: Move,
    preview: Preview,
    stage: Stage,
    step: Step,
    outcome: Option<Outcome>,
    after: Option<After>,
    journeys: Vec<Journey>,
    /// The channel an originate will make.
    channel_id: String,
    first_phone_answered: bool,
    cause: Option<String>,
    since: Millis,
    ended: Option<Millis>,
}

impl Plan {
    /// Begins to carry an intent out: the requests are to be sent at once.
    ///
    /// # Errors
    /// Why it is not possible now; nothing has been sent.
    pub fn begin(intent: Intent, scene: Scene<'_>, now: Millis) -> Result<(Self, Vec<Request>), Refusal> {
        let what = resolve(&intent, scene)?;
        let goals: VecDeque<_> = what.goals().into_iter().cloned().collect();
        let mut plan = Self {
            preview: what.preview(intent.verb),
            pbx: scene.board.pbx().clone(),
            channel_id: format!("cordboard-{}-{}.1", intent.id.0.simple(), now / 1000),
            intent,
            what,
            stage: Stage::Checking { goals },
            step: Step::Checking,
            outcome: None,
            after: None,
            journeys: Vec::new(),
            first_phone_answered: false,
            cause: None,
            since: now,
            ended: None,
        };
        let requests = plan.next_check(scene, now);
        match plan.outcome.take() {
            Some(Outcome::Refused { refusal }) => Err(refusal),
            other => {
                plan.outcome = other;
                Ok((plan, requests))
            }
        }
    }

    /// The answer to one of its requests; more requests may follow.
    pub fn answer(&mut self, answer: Answer<'_>, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        match &mut self.stage {
            Stage::Checking { .. } => self.checked(answer, scene, now),
            Stage::Written { open, .. } => {
                *open = open.saturating_sub(1);
                self.acknowledged(answer, now);
                Vec::new()
            }
            Stage::Ended => Vec::new(),
        }
    }

    /// An event, after the board has taken it in.
    pub fn event(&mut self, event: &Event<'_>, board: &Board, now: Millis) {
        if let Event::Channel(ChannelEvent::Hangup { channel, cause_text, .. }) = event
            && self.concerns(&channel.uniqueid)
        {
            self.cause = cause_text.as_deref().map(str::to_owned);
        }
        if let (Event::Originate(response), Move::Originate { .. }) = (event, &self.what)
            && response.uniqueid.as_deref() == Some(self.channel_id.as_str())
        {
            self.first_phone(response.success, response.reason, now);
        }
        for journey in &mut self.journeys {
            journey.event(event, board);
        }
        self.observe(board, now);
    }

    /// Looks at the board of now: evidence, the end of a channel, deadlines.
    pub fn observe(&mut self, board: &Board, now: Millis) {
        match (&self.stage, &self.what) {
            (Stage::Checking { .. }, _) if now > self.since + FRESH => self.refuse(Refusal::TooLate, now),
            (Stage::Checking { .. }, _) => {}
            (Stage::Written { at, .. }, Move::HangUp { legs }) => {
                let at = *at;
                let gone = legs.iter().filter_map(|party| party.leg.as_ref()).all(|leg| board.channel(&leg.key).is_none());
                self.conclude(gone.then_some(Outcome::Done { evidence: Evidence::HungUp }), at + EVIDENCE, now);
            }
            (Stage::Written { at, .. }, Move::Send { .. }) => {
                let (at, progress) = (*at, self.progress(board, now));
                self.conclude(progress, at + EVIDENCE, now);
            }
            (Stage::Written { .. }, Move::Originate { .. }) => self.observe_originate(board, now),
            (Stage::Ended, _) => self.follow(board),
        }
    }

    /// The link is gone. What was written may have happened: nobody will ever send it again.
    pub fn link_lost(&mut self, now: Millis) {
        match self.stage {
            Stage::Checking { .. } => self.refuse(Refusal::NotLive, now),
            Stage::Written { .. } => self.end(Outcome::Unknown, now),
            Stage::Ended => self.after = self.after.filter(|after| *after != After::Ringing),
        }
    }

    /// It has ended, and nothing more will be told about it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Ended) && self.after != Some(After::Ringing)
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

    /// The legs it is about.
    #[must_use]
    pub fn legs(&self) -> Vec<Ref> {
        let mut legs = self.what.legs();
        if matches!(self.what, Move::Originate { .. }) {
            legs.push(Ref::new(RefKind::Leg, &self.pbx, self.channel_id.clone()));
        }
        legs
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
            outcome: self.outcome.clone(),
            after: self.after,
            since: self.since,
            ended: self.ended,
        }
    }

    fn concerns(&self, uniqueid: &str) -> bool {
        uniqueid == self.channel_id || self.what.legs().iter().any(|leg| leg.key == uniqueid)
    }

    fn next_check(&mut self, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        let Stage::Checking { goals } = &self.stage else { return Vec::new() };
        match goals.front() {
            Some(goal) => vec![Getvar::dialplan_exists(&scene.board.place().context, &goal.number).request()],
            None => self.write(scene, now),
        }
    }

    fn checked(&mut self, answer: Answer<'_>, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        let Stage::Checking { goals } = &mut self.stage else { return Vec::new() };
        let number = goals.pop_front().map(|goal| goal.number).unwrap_or_default();
        let value = match answer {
            Answer::Reply(reply) if reply.accepted => reply.frame.get("Value").map(|value| value.text().trim().to_owned()),
            Answer::Reply(_) | Answer::Expired => None,
        };
        match value.as_deref() {
            Some("1") => {}
            Some("0") => {
                self.refuse(Refusal::NoSuchExtension { number }, now);
                return Vec::new();
            }
            Some(_) | None if self.intent.confirmed => self.preview.warnings.push(Warning::Unverified),
            Some(_) | None => {
                self.refuse(Refusal::Unverified, now);
                return Vec::new();
            }
        }
        self.next_check(scene, now)
    }

    /// The world is looked at once more, in the same turn as the write.
    fn write(&mut self, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        if now > self.since + FRESH {
            self.refuse(Refusal::TooLate, now);
            return Vec::new();
        }
        match resolve(&self.intent, scene) {
            Ok(what) => self.what = what,
            Err(refusal) => {
                self.refuse(refusal, now);
                return Vec::new();
            }
        }
        let requests = self.requests(&scene.board.place().context);
        self.journeys = self.start_journeys(scene.board, now);
        self.step = Step::Asked;
        self.stage = Stage::Written { at: now, open: requests.len() };
        requests
    }

    fn requests(&self, context: &str) -> Vec<Request> {
        let place = |goal: &Goal| Goto { context: context.to_owned(), exten: goal.number.clone() };
        match &self.what {
            Move::Send { who, with, .. } => {
                let extra = with.as_ref().map(|with| (with.leg.key.clone(), place(&with.to)));
                vec![Redirect { uniqueid: who.leg.key.clone(), to: place(&who.to), extra }.request()]
            }
            Move::HangUp { legs } => {
                let legs = legs.iter().filter_map(|party| party.leg.as_ref());
                legs.map(|leg| Hangup { uniqueid: leg.key.clone() }.request()).collect()
            }
            Move::Originate { device, to, .. } => vec![
                Originate {
                    channel: device.clone(),
                    to: place(to),
                    timeout: u32::try_from(RING).unwrap_or(u32::MAX),
                    caller_id: Some((to.name.clone().unwrap_or_default(), to.number.clone())),
                    channel_id: self.channel_id.clone(),
                    other_channel_id: format!("{}2", self.channel_id),
                }
                .request(),
            ],
        }
    }

    fn start_journeys(&self, board: &Board, now: Millis) -> Vec<Journey> {
        match &self.what {
            Move::Send { who, with, .. } => {
                std::iter::once(who).chain(with).map(|one| Journey::new(&one.leg.key, one.to.clone(), board, now)).collect()
            }
            Move::HangUp { .. } => Vec::new(),
            Move::Originate { to, .. } => vec![Journey::new(&self.channel_id, to.clone(), board, now)],
        }
    }

    fn acknowledged(&mut self, answer: Answer<'_>, now: Millis) {
        let Answer::Reply(reply) = answer else { return };
        if reply.accepted {
            self.step = self.step.max(Step::Accepted);
            return;
        }
        let outcome = match &self.what {
            Move::Originate { to, .. } if reply.message.starts_with("Extension does not exist") => {
                Outcome::Refused { refusal: Refusal::NoSuchExtension { number: to.number.clone() } }
            }
            // The leg we name is gone already: for a hang-up that is the evidence, which the board brings.
            Move::HangUp { .. } if reply.message.starts_with("No such channel") => return,
            Move::Originate { .. } | Move::HangUp { .. } | Move::Send { .. } => {
                Outcome::Failed { failure: Failure::Pbx { message: reply.message.clone() } }
            }
        };
        self.end(outcome, now);
    }

    fn first_phone(&mut self, success: bool, reason: Option<u32>, now: Millis) {
        if success {
            self.first_phone_answered = true;
            self.stage = Stage::Written { at: now, open: 0 };
        } else if matches!(self.stage, Stage::Written { .. }) {
            let cause = self.cause.clone().unwrap_or_else(|| reason_words(reason).to_owned());
            self.end(Outcome::Failed { failure: Failure::FirstPhone { cause } }, now);
        }
    }

    fn observe_originate(&mut self, board: &Board, now: Millis) {
        let Stage::Written { at, .. } = self.stage else { return };
        if self.first_phone_answered {
            let progress = self.progress(board, now);
            self.conclude(progress, at + EVIDENCE, now);
            return;
        }
        if board.channel(&self.channel_id).is_some() {
            self.step = Step::FirstPhoneRings;
        }
        self.conclude(None, at + RING + 5_000, now);
    }

    /// All journeys together: the worst of the failures, else the weakest evidence, once all have some.
    fn progress(&mut self, board: &Board, now: Millis) -> Option<Outcome> {
        let mut done = Vec::new();
        for journey in &mut self.journeys {
            match journey.progress(board, now) {
                Progress::Under => {}
                Progress::Reached(evidence) => done.push(evidence),
                Progress::Failed(failure) => return Some(Outcome::Failed { failure }),
                Progress::Gone if now <= journey.started() + LOST || done.is_empty() => {
                    let cause = self.cause.clone().unwrap_or_default();
                    return Some(Outcome::Failed { failure: Failure::Lost { cause } });
                }
                Progress::Gone => {}
            }
        }
        let all = done.len() == self.journeys.len();
        let ringing = done.contains(&Evidence::Ringing);
        let evidence = if ringing { Some(Evidence::Ringing) } else { done.first().copied() };
        evidence.filter(|_| all).map(|evidence| Outcome::Done { evidence })
    }

    fn conclude(&mut self, outcome: Option<Outcome>, deadline: Millis, now: Millis) {
        match outcome {
            Some(outcome) => self.end(outcome, now),
            None if now >= deadline => self.end(Outcome::Expired, now),
            None => {}
        }
    }

    fn refuse(&mut self, refusal: Refusal, now: Millis) {
        self.end(Outcome::Refused { refusal }, now);
    }

    fn end(&mut self, outcome: Outcome, now: Millis) {
        let rings = outcome == Outcome::Done { evidence: Evidence::Ringing } && self.journeys.len() == 1;
        self.after = rings.then_some(After::Ringing);
        self.outcome = Some(outcome);
        self.step = Step::Ended;
        self.ended = Some(now);
        self.stage = Stage::Ended;
    }

    /// A call that was put through rings on: somebody wants to know what became of it.
    fn follow(&mut self, board: &Board) {
        if self.after == Some(After::Ringing)
            && let Some(journey) = self.journeys.first_mut()
        {
            self.after = Some(journey.after(board));
        }
    }
}

/// Reasons of `OriginateResponse`; a rejected call comes as 0, so the hang-up's cause says more where there is one.
fn reason_words(reason: Option<u32>) -> &'static str {
    match reason {
        Some(1) => "hung up",
        Some(3) => "no answer",
        Some(5) => "busy",
        Some(8) => "congestion",
        Some(_) | None => "failed",
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
