//! A line of the table that `make soak` prints.

use std::fmt;

use anyhow::{Result, ensure};
use lab::Version;

use super::Storm;

/// What came of a storm.
#[derive(Debug)]
pub(super) struct Report {
    seed: u64,
    version: Version,
    wishes: u64,
    events: u64,
    comparisons: u64,
    differences: Vec<String>,
    healed: u64,
    reconnects: usize,
}

impl Report {
    /// The heads of the columns.
    pub(super) const HEADS: &str =
        "seed version wishes  events comparisons differences healed reconnects";

    pub(super) fn of(storm: &Storm) -> Self {
        let tally = &storm.eyes.tally;
        Self {
            seed: storm.seed,
            version: storm.pbx.version(),
            wishes: storm.crowd.wishes,
            events: storm.ear.events(),
            comparisons: tally.comparisons,
            differences: tally.differences.clone(),
            healed: tally.healed,
            reconnects: storm.proxy.count("Login").saturating_sub(1),
        }
    }

    /// The board never differed from Asterisk.
    pub(super) fn is_clean(&self) -> Result<()> {
        eprintln!("{}\n{self}", Self::HEADS);
        ensure!(
            self.differences.is_empty(),
            "SEED={} on {}: {}",
            self.seed,
            self.version,
            self.differences.join("\n")
        );
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>4} {:>7} {:>6} {:>7} {:>11} {:>11} {:>6} {:>10}",
            self.seed,
            self.version.to_string(),
            self.wishes,
            self.events,
            self.comparisons,
            self.differences.len(),
            self.healed,
            self.reconnects
        )
    }
}
