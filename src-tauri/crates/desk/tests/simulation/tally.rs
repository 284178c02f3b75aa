//! How much was put to the test: courses, wishes, and the ways they ended.

use std::collections::BTreeMap;
use std::fmt;

use operator::{OperationView, Outcome};

#[derive(Debug, Default)]
pub(crate) struct Tally {
    courses: u64,
    ends: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Of one course.
    pub(crate) fn of<'a>(operations: impl Iterator<Item = &'a OperationView>) -> Self {
        let mut tally = Self {
            courses: 1,
            ends: BTreeMap::new(),
        };
        for view in operations {
            let end = match view.outcome {
                Some(Outcome::Done { .. }) => "done",
                Some(Outcome::Refused { .. }) => "refused",
                Some(Outcome::Failed { .. }) => "failed",
                Some(Outcome::Expired) => "expired",
                Some(Outcome::Unknown { .. }) => "unknown, and looked into",
                None => "open",
            };
            *tally.ends.entry(end).or_default() += 1;
        }
        tally
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.courses += other.courses;
        for (end, count) in &other.ends {
            *self.ends.entry(end).or_default() += count;
        }
    }

    /// A simulation in which nothing ever fails, or nothing ever works, proves nothing.
    pub(crate) fn has_seen_everything(&self) {
        for end in [
            "done",
            "refused",
            "failed",
            "expired",
            "unknown, and looked into",
        ] {
            assert!(
                self.ends.get(end).is_some_and(|count| *count > 20),
                "{end}: {self}"
            );
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations: u64 = self.ends.values().sum();
        write!(f, "{} courses, {operations} operations", self.courses)?;
        let mut ends = self.ends.iter();
        ends.try_for_each(|(end, count)| write!(f, ", {count} {end}"))
    }
}
