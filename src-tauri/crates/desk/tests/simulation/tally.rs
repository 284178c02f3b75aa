//! How much was put to the test: courses, the ways operations ended, and whatever else must have happened at least sometimes.

use std::collections::BTreeMap;
use std::fmt;

use operator::{Found, OperationView, Outcome};

use crate::program::Doom;
use crate::seat::Seat;

/// How operations end, of which there are many in each part.
const ENDS: [&str; 5] = [
    "done",
    "refused",
    "failed",
    "expired",
    "unknown, and looked into",
];
/// What becomes of one that was open when its program died.
const AFTER_DEATH: [&str; 5] = [
    "came back: happened",
    "came back: did not happen",
    "came back: gone",
    "came back: nothing there",
    "came back: cannot tell",
];
/// And what else there is in each part.
const ELSE: [&str; 4] = [
    "both operators grab the same",
    "two seats",
    "wished again after a death",
    "never reached the wire",
];

#[derive(Debug, Default)]
pub(crate) struct Tally {
    courses: u64,
    seen: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// This has happened.
    pub(crate) fn saw(&mut self, what: &'static str) {
        self.saw_times(what, 1);
    }

    pub(crate) fn saw_times(&mut self, what: &'static str, times: u64) {
        *self.seen.entry(what).or_default() += times;
    }

    /// A course is over.
    pub(crate) fn note(&mut self, seats: &[Seat]) {
        self.courses += 1;
        self.saw_times("two seats", u64::from(seats.len() > 1));
        for seat in seats {
            seat.screen
                .operations
                .values()
                .for_each(|view| self.saw(end(view)));
            self.saw_times("wished again after a death", seat.again);
            for death in &seat.deaths {
                self.saw(death.doom.word());
                let back = death
                    .open
                    .iter()
                    .filter_map(|id| seat.screen.operations.get(id));
                back.filter_map(came_back).for_each(|what| self.saw(what));
            }
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.courses += other.courses;
        for (what, count) in &other.seen {
            self.saw_times(what, *count);
        }
    }

    /// A simulation in which nothing ever fails, nothing ever works or nobody ever dies proves nothing.
    pub(crate) fn has_seen_everything(&self) {
        let deaths = Doom::ALL.map(Doom::word);
        let rare = deaths.iter().chain(&AFTER_DEATH).chain(&ELSE);
        let often = ENDS.iter().map(|end| (*end, 8));
        for (what, least) in rare.map(|what| (*what, 1)).chain(often) {
            let count = self.seen.get(what).copied().unwrap_or_default();
            assert!(count >= least, "only {count} {what}: {self}");
        }
    }
}

fn end(view: &OperationView) -> &'static str {
    match view.outcome {
        Some(Outcome::Done { .. }) => "done",
        Some(Outcome::Refused { .. }) => "refused",
        Some(Outcome::Failed { .. }) => "failed",
        Some(Outcome::Expired) => "expired",
        Some(Outcome::Unknown { .. }) => "unknown, and looked into",
        None => "open",
    }
}

fn came_back(view: &OperationView) -> Option<&'static str> {
    let Some(Outcome::Unknown { found: Some(found) }) = view.outcome else {
        return None;
    };
    Some(match found {
        Found::Happened { .. } => "came back: happened",
        Found::Begun => "came back: begun",
        Found::DidNotHappen => "came back: did not happen",
        Found::Gone { .. } => "came back: gone",
        Found::NothingThere => "came back: nothing there",
        Found::Restarted { .. } => "came back: the PBX was started anew",
        Found::CannotTell => "came back: cannot tell",
    })
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} courses", self.courses)?;
        let mut seen = self.seen.iter();
        seen.try_for_each(|(what, count)| write!(f, ", {count} {what}"))
    }
}
