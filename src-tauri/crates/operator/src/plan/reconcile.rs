//! After a lost link, or a program that ended: what became of an operation whose end nobody saw. Told from the pictures that come after it;
//! nothing is ever sent again.

mod sight;

use std::collections::BTreeSet;

use board::{Board, Millis, Ref};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Plan;
use crate::intent::{Details, OperationId, Verb};
use crate::operation::{After, OperationView, Step};
use crate::outcome::{Evidence, Outcome};
use crate::preview::Preview;
use crate::verb::Move;
use sight::{Before, Expected, Sight};

/// Two looks are this far apart: a PBX that had read the action has done it by then, and what it did has been told.
const APART: Millis = 2_000;

/// What was found of an operation whose end nobody saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "found",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Found {
    /// It happened: the picture shows it.
    Happened {
        /// What was seen.
        evidence: Evidence,
    },
    /// The call that an originate makes is there; its target is not reached yet, as far as can be seen.
    Begun,
    /// Everything is as it was before. Whoever still wants it asks again.
    DidNotHappen,
    /// The leg that was to move is gone, and nobody saw how it ended: a caller may be lost.
    Gone {
        /// The PBX was started anew, which ends every call.
        restarted: bool,
    },
    /// The call that an originate was to make is not there: it never was, or is over.
    NothingThere,
    /// The PBX was started anew, and keeps what was asked beyond that, or forgets it: who serves a queue, and how. Whether it happened
    /// before is known to nobody.
    Restarted {
        /// It is so now.
        so: bool,
    },
    /// What is there fits neither.
    CannotTell,
}

/// What is kept of an operation before it is written: enough to show it, and to find out later what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Remembered {
    /// `operation:pbx:uuid`.
    pub id: Ref,
    /// The intent's id.
    pub operation: OperationId,
    /// What was wished.
    pub verb: Verb,
    /// The legs it moves or ends; for an originate the channel it makes.
    pub legs: Vec<Ref>,
    /// Where to.
    pub target: Option<Ref>,
    /// The sentence that was read before.
    pub preview: Preview,
    /// What was said with it.
    #[serde(default)]
    pub details: Details,
    /// When it was wished.
    pub since: Millis,
    /// What will be there if it happens, and what was there before.
    expected: Vec<Expected>,
    /// An earlier move of it had been seen: nothing is quite as it was.
    #[serde(default)]
    begun: bool,
}

impl Remembered {
    /// It is about no call, nor about a room, which is one: a PBX that is started anew ends those.
    fn outlives_a_run(&self) -> bool {
        self.legs.is_empty() && self.expected.iter().all(Expected::outlives_a_run)
    }

    /// Whether what was asked is so; of some things no picture tells.
    fn is_so(&self, board: &Board) -> Option<bool> {
        let mut all = self.expected.iter().map(|one| one.is_so(board));
        all.try_fold(true, |so, one| one.map(|one| so && one))
    }
}

impl Plan {
    /// What to keep of it, as the board is now; to be asked for before the write, and in the turn of the write.
    #[must_use]
    pub fn remembered(&self, board: &Board) -> Remembered {
        let view = self.view();
        Remembered {
            id: view.id,
            operation: view.operation,
            verb: view.verb,
            legs: view.legs,
            target: view.target,
            preview: view.preview,
            details: view.details,
            since: view.since,
            expected: self.expected(board),
            begun: self.turn > 0,
        }
    }

    /// How far it has come, and what became of it after; without the rest of the view.
    #[must_use]
    pub fn stands(&self) -> (Step, Option<After>) {
        (self.step, self.after)
    }

    /// What will be there when all that is still to be done has been: of a leg that is moved more than once, the last.
    fn expected(&self, board: &Board) -> Vec<Expected> {
        let mut last: BTreeSet<Ref> = BTreeSet::new();
        let mut all = Vec::new();
        for one in self.what.all.iter().skip(self.turn).rev() {
            all.extend(self.expected_of(one, &last, board));
            last.extend(one.legs());
        }
        all
    }

    fn expected_of(&self, one: &Move, but: &BTreeSet<Ref>, board: &Board) -> Vec<Expected> {
        match one {
            Move::Send { .. } => one
                .travellers()
                .filter(|traveller| !but.contains(&traveller.leg))
                .map(|traveller| Expected::Sent {
                    leg: traveller.leg.key.clone(),
                    to: (&traveller.to).into(),
                    before: Before::of(&traveller.leg.key, board),
                })
                .collect(),
            Move::HangUp { legs } => legs
                .iter()
                .filter_map(|party| party.leg.as_ref())
                .map(|leg| Expected::Ended {
                    leg: leg.key.clone(),
                })
                .collect(),
            Move::Originate { to, .. } => vec![Expected::Begun {
                channel: self.channel_id.clone(),
                to: to.into(),
            }],
            Move::Spy { on, .. } => vec![Expected::Listens {
                channel: self.channel_id.clone(),
                on: on
                    .leg
                    .as_ref()
                    .map(|leg| leg.key.clone())
                    .unwrap_or_default(),
            }],
            Move::Act(act) => vec![Expected::proven(&act.proof, board)],
        }
    }
}

/// An operation that was written, or may have been, and whose end nobody saw.
#[derive(Debug, Clone)]
pub struct Unsettled {
    what: Remembered,
    /// Since when nothing is known of it.
    lost: Millis,
    first: Option<(Millis, Vec<Sight>)>,
    found: Option<(Millis, Found)>,
}

impl Unsettled {
    /// Nobody knows since `lost`.
    #[must_use]
    pub fn new(what: Remembered, lost: Millis) -> Self {
        Self {
            what,
            lost,
            first: None,
            found: None,
        }
    }

    /// What is kept of it.
    #[must_use]
    pub fn remembered(&self) -> &Remembered {
        &self.what
    }

    /// When it was found out what became of it.
    #[must_use]
    pub fn settled(&self) -> Option<Millis> {
        self.found.map(|(at, _)| at)
    }

    /// When to look the next time, once the picture is live.
    #[must_use]
    pub fn due(&self) -> Option<Millis> {
        match (self.found, &self.first) {
            (Some(_), _) => None,
            (None, Some((at, _))) => Some(at + APART),
            (None, None) => Some(0),
        }
    }

    /// The link is gone again: what was seen first counts no more.
    pub fn link_lost(&mut self) {
        self.first = None;
    }

    /// Looks at a picture that is live. `restarted`: it is another run of the PBX than the one it was written to. Tells once what was
    /// found: at once if the picture shows it, else when a second look after two seconds shows no more.
    pub fn look(&mut self, board: &Board, restarted: bool, now: Millis) -> Option<Found> {
        if self.found.is_some() {
            return None;
        }
        if restarted && !self.what.outlives_a_run() {
            return Some(self.settle(Found::Gone { restarted }, now));
        }
        if restarted && self.what.is_so(board) == Some(true) {
            return Some(self.settle(Found::Restarted { so: true }, now));
        }
        let sights: Vec<_> = self
            .what
            .expected
            .iter()
            .map(|one| one.look(board))
            .collect();
        if let Some(evidence) = evidence(&sights).filter(|_| !restarted) {
            return Some(self.settle(Found::Happened { evidence }, now));
        }
        match &self.first {
            None => {
                self.first = Some((now, sights));
                None
            }
            Some((at, _)) if now < at + APART => None,
            Some(_) if restarted => {
                let so = self.what.is_so(board);
                let found = so.map_or(Found::CannotTell, |so| Found::Restarted { so });
                Some(self.settle(found, now))
            }
            Some((_, earlier)) => {
                let concluded = conclude(earlier, &sights);
                let half_done = concluded == Found::DidNotHappen && self.what.begun;
                let found = if half_done {
                    Found::CannotTell
                } else {
                    concluded
                };
                Some(self.settle(found, now))
            }
        }
    }

    /// As the operator sees it.
    #[must_use]
    pub fn view(&self) -> OperationView {
        let what = self.what.clone();
        OperationView {
            id: what.id,
            operation: what.operation,
            verb: what.verb,
            legs: what.legs,
            target: what.target,
            preview: what.preview,
            step: Step::Ended,
            grace: None,
            details: what.details,
            outcome: Some(Outcome::Unknown {
                found: self.found.map(|(_, found)| found),
            }),
            after: None,
            since: what.since,
            ended: Some(self.lost),
        }
    }

    fn settle(&mut self, found: Found, now: Millis) -> Found {
        self.found = Some((now, found));
        found
    }
}

/// All of it was seen; the weakest counts.
fn evidence(sights: &[Sight]) -> Option<Evidence> {
    let seen = sights.iter().map(|sight| match sight {
        Sight::There(evidence) => Some(*evidence),
        Sight::Begun | Sight::AsBefore | Sight::Gone | Sight::Nothing | Sight::Elsewhere => None,
    });
    let seen: Option<Vec<_>> = seen.collect();
    let seen = seen?;
    let ringing = seen.contains(&Evidence::Ringing);
    if ringing {
        Some(Evidence::Ringing)
    } else {
        seen.first().copied()
    }
}

/// Two looks that do not show it. Whoever may be lost is told first.
fn conclude(earlier: &[Sight], now: &[Sight]) -> Found {
    let all = |sight: Sight| now.iter().all(|one| *one == sight) && !now.is_empty();
    if now.contains(&Sight::Gone) {
        Found::Gone { restarted: false }
    } else if all(Sight::AsBefore) && earlier == now {
        Found::DidNotHappen
    } else if all(Sight::Nothing) {
        Found::NothingThere
    } else if all(Sight::Begun) {
        Found::Begun
    } else {
        Found::CannotTell
    }
}
