//! What a desk has of the computer it runs on: a simulation gives it another one.

use std::path::PathBuf;
use std::time::Duration;

use crate::SharedDisk;

/// A computer that never sleeps.
#[derive(Debug)]
pub struct Computer {
    /// Of all chance: what is played again takes the same course.
    pub seed: u64,
    /// What the wall clock shows, since the epoch.
    pub time: Duration,
    /// The folder of the journal, and the disk it lies on. None: nothing is kept.
    pub journal: Option<(PathBuf, SharedDisk)>,
}
