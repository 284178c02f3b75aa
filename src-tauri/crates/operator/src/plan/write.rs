//! Before the write and at it: the target is checked, the world is looked at once more, and the action goes out. Once.

use ami::action::{Getvar, Goto, Hangup, Originate, OriginateSpy, Redirect, SpyMode};
use ami::{Action, Request};
use board::{Board, Millis};

use super::journey::Journey;
use super::{Answer, Plan, Proof, Question, Stage};
use crate::goal::Goal;
use crate::operation::Step;
use crate::outcome::{Evidence, Failure, Outcome};
use crate::preview::Warning;
use crate::refusal::Refusal;
use crate::scene::Scene;
use crate::verb::{Move, Trip, resolve};

impl Plan {
    /// Begins to ask for every place that must exist.
    pub(super) fn check(&mut self, scene: Scene<'_>) -> Vec<Request> {
        let goals = self.what.goals().into_iter();
        let mut questions: Vec<_> = goals.flat_map(questions).collect();
        questions.sort();
        questions.dedup();
        self.step = Step::Checking;
        self.stage = Stage::Checking {
            questions: questions.into(),
        };
        self.next_check(scene)
    }

    fn next_check(&mut self, scene: Scene<'_>) -> Vec<Request> {
        let Stage::Checking { questions } = &self.stage else {
            return Vec::new();
        };
        let context = &scene.board.place().context;
        match questions.front() {
            Some(Question::Number(number)) => {
                vec![Getvar::dialplan_exists(context, number).request()]
            }
            Some(Question::Mailbox { id, .. }) => vec![Getvar::mailbox_exists(id).request()],
            None => {
                self.stage = Stage::Journaling;
                Vec::new()
            }
        }
    }

    pub(super) fn checked(
        &mut self,
        answer: Answer<'_>,
        scene: Scene<'_>,
        now: Millis,
    ) -> Vec<Request> {
        let Stage::Checking { questions } = &mut self.stage else {
            return Vec::new();
        };
        let Some(question) = questions.pop_front() else {
            return Vec::new();
        };
        let value = match answer {
            Answer::Reply(reply) if reply.accepted => reply
                .frame
                .get("Value")
                .map(|value| value.text().trim().to_owned()),
            Answer::Reply(_) | Answer::Expired => None,
            Answer::NotSent => {
                self.refuse(Refusal::BadNumber, now);
                return Vec::new();
            }
        };
        match value.as_deref() {
            Some("1") => {}
            Some("0") => {
                self.refuse(question.absent(), now);
                return Vec::new();
            }
            Some(_) | None if question.is_known() => {}
            Some(_) | None if self.intent.confirmed => {
                self.preview.warnings.push(Warning::Unverified)
            }
            Some(_) | None => {
                self.refuse(Refusal::Unverified, now);
                return Vec::new();
            }
        }
        self.next_check(scene)
    }

    /// The world is looked at once more, in the same turn as the write: what would be written must be what was previewed and checked.
    pub(super) fn write(&mut self, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        if now > self.meant_until() {
            self.too_late(now);
            return Vec::new();
        }
        if self.turn > 0 {
            return self.write_next(scene, now);
        }
        match resolve(&self.intent, scene) {
            Ok(what) if what.is_same_deed(&self.what) => self.what = what,
            Ok(_) => {
                self.refuse(Refusal::MovedOn, now);
                return Vec::new();
            }
            Err(refusal) => {
                self.refuse(refusal, now);
                return Vec::new();
            }
        }
        self.written = Some(now);
        self.go(scene, now)
    }

    /// A move that follows another of ours: the world is as we made it, but whoever moves must still be there.
    fn write_next(&mut self, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        let legs = self.now_doing().map(Move::legs).unwrap_or_default();
        let gone = legs.iter().map(|leg| leg.key.as_str());
        let gone: Vec<_> = gone
            .filter(|leg| scene.board.channel(leg).is_none())
            .collect();
        let all_there = gone.is_empty();
        if !scene.live {
            self.end(Outcome::Unknown { found: None }, now);
            return Vec::new();
        }
        if !all_there && matches!(self.now_doing(), Some(Move::HangUp { .. })) {
            self.happened(Evidence::HungUp, now);
            return Vec::new();
        }
        if !all_there {
            let failure = self.without(&gone, String::new());
            self.end(Outcome::Failed { failure }, now);
            return Vec::new();
        }
        self.go(scene, now)
    }

    fn go(&mut self, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        self.journeys = self.start_journeys(scene.board);
        self.step = Step::Asked;
        (self.answered, self.refused) = (false, 0);
        self.stage = Stage::Written { at: now };
        self.requests(&scene.board.place().context)
    }

    pub(super) fn requests(&self, context: &str) -> Vec<Request> {
        match self.now_doing() {
            Some(Move::Send { trips, .. }) => trips
                .iter()
                .map(|trip| redirect(trip, context).request())
                .collect(),
            Some(Move::HangUp { legs }) => {
                let legs = legs.iter().filter_map(|party| party.leg.as_ref());
                legs.map(|leg| {
                    Hangup {
                        uniqueid: leg.key.clone(),
                    }
                    .request()
                })
                .collect()
            }
            Some(Move::Originate { device, to, .. }) => {
                vec![self.originate(device, to, context).request()]
            }
            Some(Move::Spy {
                device,
                mode,
                channel,
                ..
            }) => self.spy(device, *mode, channel),
            Some(Move::Act(act)) => vec![act.request.clone()],
            None => Vec::new(),
        }
    }

    fn originate(&self, device: &str, to: &Goal, context: &str) -> Originate {
        let rules = &self.outgoing;
        let own = || (to.name.clone().unwrap_or_default(), to.number.clone());
        Originate {
            channel: device.to_owned(),
            to: place(to, context),
            timeout: u32::try_from(self.rings_for()).unwrap_or(u32::MAX),
            caller_id: Some(rules.caller_id.clone().unwrap_or_else(own)),
            account: rules.account.clone(),
            codecs: rules.codecs.clone(),
            early_media: rules.early_media,
            channel_id: self.channel_id.clone(),
            other_channel_id: format!("{}2", self.channel_id),
        }
    }

    fn spy(&self, device: &str, mode: SpyMode, channel: &str) -> Vec<Request> {
        let spy = OriginateSpy {
            channel: device.to_owned(),
            spied: channel.to_owned(),
            mode,
            timeout: u32::try_from(self.rings_for()).unwrap_or(u32::MAX),
            caller_id: Some(("Cordboard".to_owned(), String::new())),
            channel_id: self.channel_id.clone(),
            other_channel_id: format!("{}2", self.channel_id),
        };
        vec![spy.request()]
    }

    fn start_journeys(&self, board: &Board) -> Vec<Journey> {
        match self.now_doing() {
            Some(Move::Originate { to, .. }) => {
                vec![Journey::of_new_leg(&self.channel_id, to.clone())]
            }
            Some(doing) => doing
                .travellers()
                .map(|one| Journey::of_leg(&one.leg.key, one.to.clone(), board))
                .collect(),
            None => Vec::new(),
        }
    }

    pub(super) fn acknowledged(&mut self, answer: Answer<'_>, now: Millis) {
        self.answered = true;
        let message = match answer {
            Answer::Reply(reply) if reply.accepted => return self.accepted(now),
            Answer::Reply(reply) => reply.message.clone(),
            Answer::Expired => return,
            Answer::NotSent => "not sent: a value that AMI cannot carry".to_owned(),
        };
        if self.others_go(&message) {
            return;
        }
        let outcome = match self.now_doing() {
            Some(Move::Originate { to, .. }) if message.starts_with("Extension does not exist") => {
                let number = to.number.clone();
                let refusal = Refusal::NoSuchExtension { number };
                Outcome::Refused { refusal }
            }
            // The leg we name is gone already: for a hang-up that is the evidence, which the board brings.
            Some(Move::HangUp { .. }) if message.starts_with("No such channel") => return,
            Some(
                Move::Originate { .. }
                | Move::HangUp { .. }
                | Move::Send { .. }
                | Move::Spy { .. }
                | Move::Act(_),
            )
            | None => Outcome::Failed {
                failure: Failure::Pbx { message },
            },
        };
        self.end(outcome, now);
    }

    /// One of several requests was refused, or one of two who went together: the others may be on their way, and the board tells how they
    /// fare. Whoever says "failed" now lets go of them.
    fn others_go(&mut self, message: &str) -> bool {
        let many = match self.now_doing() {
            // The first of the two has gone.
            Some(Move::Send { .. }) if message.starts_with("Secondary redirect failed") => {
                return true;
            }
            Some(Move::Send { trips, .. }) => trips.len(),
            Some(Move::HangUp { legs }) => legs.len(),
            Some(Move::Originate { .. } | Move::Spy { .. } | Move::Act(_)) | None => 1,
        };
        self.refused += 1;
        self.refused < many
    }

    fn accepted(&mut self, now: Millis) {
        self.step = self.step.max(Step::Accepted);
        let Some(Move::Act(act)) = self.now_doing() else {
            return;
        };
        if act.proof == Proof::Word {
            self.happened(Evidence::Word, now);
        } else {
            self.fresh = act.fresh;
        }
    }
}

/// The number has to be there, and the box behind it.
fn questions(goal: &Goal) -> impl Iterator<Item = Question> {
    let mailbox = goal.mailbox.clone().map(|own| Question::Mailbox {
        id: own.id,
        known: own.known,
    });
    std::iter::once(Question::Number(goal.number.clone())).chain(mailbox)
}

impl Question {
    /// The PBX says that there is no such thing.
    fn absent(self) -> Refusal {
        match self {
            Self::Number(number) => Refusal::NoSuchExtension { number },
            Self::Mailbox { id, .. } => Refusal::NoSuchMailbox { mailbox: id },
        }
    }

    /// Messages were told of: the box is there even where the PBX has no way to say so.
    fn is_known(&self) -> bool {
        match self {
            Self::Number(_) => false,
            Self::Mailbox { known, .. } => *known,
        }
    }
}

fn place(goal: &Goal, context: &str) -> Goto {
    Goto {
        context: context.to_owned(),
        exten: goal.number.clone(),
    }
}

fn redirect(trip: &Trip, context: &str) -> Redirect {
    let extra = trip.with.as_ref();
    Redirect {
        uniqueid: trip.who.leg.key.clone(),
        to: place(&trip.who.to, context),
        extra: extra.map(|with| (with.leg.key.clone(), place(&with.to, context))),
    }
}
