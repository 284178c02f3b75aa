//! After the write: what the board shows, until there is an outcome or the deadline has come.

use board::{Board, Millis};

use super::journey::{Journey, Progress};
use super::{Plan, Proof, Stage, WHOLE};
use crate::operation::{After, Step};
use crate::outcome::{Evidence, Failure, Outcome};
use crate::preview::Party;
use crate::verb::{Act, Move};

/// For the evidence of a move.
const EVIDENCE: Millis = 10_000;
/// How long the first phone of an originate rings.
pub(super) const RING: Millis = 30_000;
/// For the news that the first phone has not answered, after it has stopped ringing.
const LATE_NEWS: Millis = 5_000;
/// A hang-up may come just after other news of the same end: the cause of a rejected call, or who was left with the one who hung up.
const CAUSE: Millis = 500;

/// The first phone of an originate.
#[derive(Debug, Default)]
pub(super) enum FirstPhone {
    /// Nothing is known of it yet.
    #[default]
    Asked,
    /// Its channel exists.
    Rings,
    /// It has answered.
    Answered,
    /// It has not, or its channel is gone.
    Failed { reason: Option<u32>, at: Millis },
}

impl Plan {
    pub(super) fn watch(&mut self, at: Millis, board: &Board, now: Millis) {
        // Of moves that follow each other the last has what the others have left of the time.
        let whole = self.written.unwrap_or(at) + WHOLE;
        let deadline = (at + EVIDENCE).min(whole);
        match self.now_doing() {
            Some(Move::HangUp { legs }) => {
                let mut keys = legs.iter().filter_map(|party| party.leg.as_ref());
                let gone = keys.all(|leg| board.channel(&leg.key).is_none());
                let evidence = Evidence::HungUp;
                let done = gone.then_some(Outcome::Done { evidence });
                self.conclude(done, deadline, now);
            }
            Some(Move::Send { .. }) => {
                let progress = if self.has_more() {
                    self.all_left(board, now)
                } else {
                    self.progress(board, now)
                };
                self.conclude(progress, deadline, now);
            }
            Some(Move::Originate { .. } | Move::Spy { .. }) => self.watch_originate(at, board, now),
            Some(Move::Act(act)) => {
                let outcome = self.proven(act, board);
                self.conclude(outcome, deadline, now);
            }
            None => {}
        }
    }

    fn proven(&self, act: &Act, board: &Board) -> Option<Outcome> {
        if act.proof == Proof::Word {
            return None;
        }
        if self.answered && act.proof.holds(board) {
            let evidence = act.proof.evidence();
            return Some(Outcome::Done { evidence });
        }
        let needs = act.proof.needs().into_iter();
        let gone: Vec<_> = needs.filter(|leg| board.channel(leg).is_none()).collect();
        let cause = self.cause.clone().unwrap_or_default();
        (!gone.is_empty()).then(|| Outcome::Failed {
            failure: if act.proof.is_in_place() {
                Failure::Ended { cause }
            } else {
                self.without(&gone, cause)
            },
        })
    }

    /// These legs have hung up: whoever they were may be lost, unless it was nobody but the operator.
    pub(super) fn without(&self, gone: &[&str], cause: String) -> Failure {
        // Who travels alone is the one who was to be moved, whoever that is.
        let alone = self.journeys.len() == 1;
        let own = self.what.all.iter().filter(|_| !alone).flat_map(Move::own);
        let own: Vec<_> = own.collect();
        let is_own = |gone: &&str| own.iter().any(|leg| leg.key == *gone);
        if gone.iter().all(is_own) {
            Failure::OwnPhone { cause }
        } else {
            Failure::Lost { cause }
        }
    }

    /// Others wait for this move: it is enough that everybody is on the way, unless they are taken from there at once.
    fn all_left(&mut self, board: &Board, now: Millis) -> Option<Outcome> {
        let taken = matches!(self.what.all.get(self.turn + 1), Some(Move::Act(_)));
        let legs = self.journeys.iter().map(Journey::uniqueid);
        let gone: Vec<_> = legs.filter(|leg| board.channel(leg).is_none()).collect();
        if !gone.is_empty() {
            let cause = self.journeys.iter().find_map(Journey::cause);
            let failure = self.without(&gone, cause.unwrap_or_default().to_owned());
            return Some(Outcome::Failed { failure });
        }
        // Each for itself: they need not have left at the same moment.
        let mut all = true;
        for journey in &mut self.journeys {
            all &= if taken {
                journey.rests(board, now)
            } else {
                journey.has_left(board)
            };
        }
        all.then_some(Outcome::Done {
            evidence: Evidence::Arrived,
        })
    }

    fn has_more(&self) -> bool {
        self.turn + 1 < self.what.all.len()
    }

    /// The move under way has happened: the next one's turn, or the end.
    pub(super) fn happened(&mut self, evidence: Evidence, now: Millis) {
        // A hang-up at the end only tidies up: what was wished is proved by the move before it.
        let tidies = matches!(self.now_doing(), Some(Move::HangUp { .. }));
        let evidence = self.proved.filter(|_| tidies).unwrap_or(evidence);
        self.proved = Some(evidence);
        if self.has_more() {
            self.turn += 1;
            self.stage = Stage::Journaling;
        } else {
            self.end(Outcome::Done { evidence }, now);
        }
    }

    /// How long the first phone rings.
    pub(super) fn rings_for(&self) -> Millis {
        match self.outgoing.ring {
            0 => RING,
            seconds => Millis::from(seconds.min(120)) * 1000,
        }
    }

    /// All journeys together: a failure of one is the outcome, else the weakest evidence, once all have some. Where it is my own leg that
    /// has hung up, what has become of the others is told first.
    fn progress(&mut self, board: &Board, now: Millis) -> Option<Outcome> {
        let (mut done, mut gone) = (Vec::new(), Vec::new());
        for journey in &mut self.journeys {
            match journey.progress(board, now) {
                Progress::Under => {}
                Progress::Reached(evidence) => done.push(evidence),
                Progress::Failed(failure) => return Some(Outcome::Failed { failure }),
                Progress::Gone => {
                    let cause = journey.cause().unwrap_or_default().to_owned();
                    gone.push((journey.uniqueid().to_owned(), cause));
                }
            }
        }
        let all = done.len() + gone.len() == self.journeys.len();
        let failures = gone.into_iter();
        let mut failures = failures.map(|(leg, cause)| self.without(&[&leg], cause));
        let is_lost = |failure: &Failure| matches!(failure, Failure::Lost { .. });
        match failures.next() {
            Some(own) if !is_lost(&own) => {
                let failure = failures.next().or_else(|| all.then_some(own));
                self.own_gone.get_or_insert(now);
                return failure.map(|failure| Outcome::Failed { failure });
            }
            Some(failure) => return Some(Outcome::Failed { failure }),
            None => {}
        }
        let ringing = done.contains(&Evidence::Ringing);
        let evidence = if ringing {
            Some(Evidence::Ringing)
        } else {
            done.first().copied()
        };
        evidence
            .filter(|_| all)
            .map(|evidence| Outcome::Done { evidence })
    }

    /// `OriginateResponse` has come. A plan that has ended already does not begin anew.
    pub(super) fn first_phone(&mut self, success: bool, reason: Option<u32>, now: Millis) {
        if !matches!(self.stage, Stage::Written { .. }) {
            return;
        }
        if success {
            self.first_phone = FirstPhone::Answered;
            self.stage = Stage::Written { at: now };
        } else {
            self.first_phone = FirstPhone::Failed { reason, at: now };
        }
    }

    fn watch_originate(&mut self, at: Millis, board: &Board, now: Millis) {
        let exists = board.channel(&self.channel_id).is_some();
        match self.first_phone {
            FirstPhone::Asked if exists => {
                self.first_phone = FirstPhone::Rings;
                self.step = Step::FirstPhoneRings;
            }
            FirstPhone::Rings if !exists => {
                self.first_phone = FirstPhone::Failed {
                    reason: None,
                    at: now,
                }
            }
            FirstPhone::Asked
            | FirstPhone::Rings
            | FirstPhone::Answered
            | FirstPhone::Failed { .. } => {}
        }
        match self.first_phone {
            FirstPhone::Asked | FirstPhone::Rings => {
                self.conclude(None, at + self.rings_for() + LATE_NEWS, now)
            }
            FirstPhone::Answered => {
                let progress = if let Some(Move::Spy { on, .. }) = self.now_doing() {
                    self.listens(on, board)
                } else {
                    self.progress(board, now)
                        .map(|outcome| self.of_first_phone(outcome))
                };
                self.conclude(progress, at + EVIDENCE, now);
            }
            FirstPhone::Failed { reason, at } => {
                let cause = reason_words(reason)
                    .map(str::to_owned)
                    .or_else(|| self.first_cause());
                if cause.is_some() || !exists || now >= at + CAUSE {
                    let cause = cause.unwrap_or_else(|| "failed".to_owned());
                    self.end(
                        Outcome::Failed {
                            failure: Failure::FirstPhone { cause },
                        },
                        now,
                    );
                }
            }
        }
    }

    fn listens(&self, on: &Party, board: &Board) -> Option<Outcome> {
        let heard = board.spied_by(&self.channel_id);
        let there = heard.is_some() && heard == on.leg.as_ref().map(|leg| leg.key.as_str());
        if there {
            let evidence = Evidence::Told;
            return Some(Outcome::Done { evidence });
        }
        let gone = board.channel(&self.channel_id).is_none();
        gone.then(|| Outcome::Failed {
            failure: Failure::FirstPhone {
                cause: String::new(),
            },
        })
    }

    /// No caller is lost when the phone that rang first hangs up.
    fn of_first_phone(&self, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Failed {
                failure: Failure::Lost { cause },
            } => Outcome::Failed {
                failure: Failure::FirstPhone { cause },
            },
            Outcome::Failed { .. }
            | Outcome::Done { .. }
            | Outcome::Refused { .. }
            | Outcome::Expired
            | Outcome::Unknown { .. } => outcome,
        }
    }

    fn first_cause(&self) -> Option<String> {
        let cause = self.journeys.first()?.cause()?;
        (!cause.is_empty()).then(|| cause.to_owned())
    }

    fn conclude(&mut self, outcome: Option<Outcome>, deadline: Millis, now: Millis) {
        match outcome {
            // What is seen before the PBX has answered may have been so before, or be another's doing; a line may be silent.
            Some(Outcome::Done { .. }) if !self.answered && now < deadline => {}
            Some(Outcome::Done { evidence }) => self.happened(evidence, now),
            Some(Outcome::Failed {
                failure: Failure::OwnPhone { .. },
            }) if self.others_may_follow(now) => {}
            Some(outcome) => self.end(outcome, now),
            None if now >= deadline => self.end(Outcome::Expired, now),
            None => {}
        }
    }

    /// Hang-ups are told one after the other, and mine may come first though somebody else hung up.
    fn others_may_follow(&mut self, now: Millis) -> bool {
        self.legs().len() > 1 && now < *self.own_gone.get_or_insert(now) + CAUSE
    }

    /// A call that was put through rings on: somebody wants to know what became of it.
    pub(super) fn follow(&mut self, board: &Board, now: Millis) {
        if self.after == Some(After::Ringing)
            && let Some(journey) = self.journeys.first_mut()
        {
            self.after = Some(journey.after(board, now));
        }
    }
}

/// Reasons of `OriginateResponse` that say something; a rejected call comes as 0, and the hang-up's cause says more.
fn reason_words(reason: Option<u32>) -> Option<&'static str> {
    match reason? {
        1 => Some("hung up"),
        3 => Some("no answer"),
        5 => Some("busy"),
        8 => Some("congestion"),
        _ => None,
    }
}
