//! Before the write and at it: the target is checked, the world is looked at once more, and the action goes out. Once.

use ami::action::{Getvar, Goto, Hangup, Originate, Redirect};
use ami::{Action, Request};
use board::{Board, Millis};

use super::evidence::RING;
use super::journey::Journey;
use super::{Answer, FRESH, Plan, Stage};
use crate::operation::Step;
use crate::outcome::{Failure, Outcome};
use crate::preview::Warning;
use crate::refusal::Refusal;
use crate::scene::{Goal, Scene};
use crate::verb::{Move, resolve};

impl Plan {
    pub(super) fn next_check(&mut self, scene: Scene<'_>) -> Vec<Request> {
        let Stage::Checking { goals } = &self.stage else {
            return Vec::new();
        };
        match goals.front() {
            Some(goal) => {
                vec![Getvar::dialplan_exists(&scene.board.place().context, &goal.number).request()]
            }
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
        let Stage::Checking { goals } = &mut self.stage else {
            return Vec::new();
        };
        let number = goals
            .pop_front()
            .map(|goal| goal.number)
            .unwrap_or_default();
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
                self.refuse(Refusal::NoSuchExtension { number }, now);
                return Vec::new();
            }
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
        if now > self.since + FRESH {
            self.refuse(Refusal::TooLate, now);
            return Vec::new();
        }
        let numbers = |what: &Move| {
            what.goals()
                .into_iter()
                .map(|goal| goal.number.clone())
                .collect::<Vec<_>>()
        };
        match resolve(&self.intent, scene) {
            Ok(what)
                if what.legs() == self.what.legs() && numbers(&what) == numbers(&self.what) =>
            {
                self.what = what
            }
            Ok(_) => {
                self.refuse(Refusal::MovedOn, now);
                return Vec::new();
            }
            Err(refusal) => {
                self.refuse(refusal, now);
                return Vec::new();
            }
        }
        self.journeys = self.start_journeys(scene.board);
        self.step = Step::Asked;
        self.stage = Stage::Written { at: now };
        self.requests(&scene.board.place().context)
    }

    pub(super) fn requests(&self, context: &str) -> Vec<Request> {
        let place = |goal: &Goal| Goto {
            context: context.to_owned(),
            exten: goal.number.clone(),
        };
        match &self.what {
            Move::Send { who, with, .. } => {
                let extra = with
                    .as_ref()
                    .map(|with| (with.leg.key.clone(), place(&with.to)));
                vec![
                    Redirect {
                        uniqueid: who.leg.key.clone(),
                        to: place(&who.to),
                        extra,
                    }
                    .request(),
                ]
            }
            Move::HangUp { legs } => {
                let legs = legs.iter().filter_map(|party| party.leg.as_ref());
                legs.map(|leg| {
                    Hangup {
                        uniqueid: leg.key.clone(),
                    }
                    .request()
                })
                .collect()
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

    fn start_journeys(&self, board: &Board) -> Vec<Journey> {
        match &self.what {
            Move::Send { who, with, .. } => std::iter::once(who)
                .chain(with)
                .map(|one| Journey::of_leg(&one.leg.key, one.to.clone(), board))
                .collect(),
            Move::HangUp { .. } => Vec::new(),
            Move::Originate { to, .. } => vec![Journey::of_new_leg(&self.channel_id, to.clone())],
        }
    }

    pub(super) fn acknowledged(&mut self, answer: Answer<'_>, now: Millis) {
        let message = match answer {
            Answer::Reply(reply) if reply.accepted => {
                self.step = self.step.max(Step::Accepted);
                return;
            }
            Answer::Reply(reply) => reply.message.clone(),
            Answer::Expired => return,
            Answer::NotSent => "not sent: a value that AMI cannot carry".to_owned(),
        };
        let outcome = match &self.what {
            Move::Originate { to, .. } if message.starts_with("Extension does not exist") => {
                Outcome::Refused {
                    refusal: Refusal::NoSuchExtension {
                        number: to.number.clone(),
                    },
                }
            }
            // The leg we name is gone already: for a hang-up that is the evidence, which the board brings.
            Move::HangUp { .. } if message.starts_with("No such channel") => return,
            Move::Originate { .. } | Move::HangUp { .. } | Move::Send { .. } => Outcome::Failed {
                failure: Failure::Pbx { message },
            },
        };
        self.end(outcome, now);
    }
}
