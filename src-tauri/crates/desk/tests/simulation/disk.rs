//! The disk under a journal, in virtual time: each write of the clerk's takes a moment, and may be the last thing that a program does.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use desk::{Disk, DiskWait, DiskWork};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::far::Far;
use crate::notebook::Notebook;
use crate::program::{Doom, Program};

/// A desk waits for 150 ms: for one write that is under way, and for the one that follows it.
const SLOWEST: u64 = 30;

#[derive(Debug, Clone)]
pub(crate) struct SlowDisk {
    far: Far,
    program: Arc<Program>,
    notebook: Notebook,
    chance: Arc<Mutex<StdRng>>,
}

impl SlowDisk {
    pub(crate) fn new(far: &Far, program: &Arc<Program>, notebook: &Notebook, seed: u64) -> Self {
        Self {
            far: far.clone(),
            program: Arc::clone(program),
            notebook: notebook.clone(),
            chance: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))),
        }
    }

    fn any(&self, below: u64) -> u64 {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        chance.random_range(0..=below)
    }

    async fn takes_a_moment(&self) {
        let moment = self.any(SLOWEST);
        if moment > 0 {
            tokio::time::sleep(Duration::from_millis(moment)).await;
        }
    }

    fn dies(&self, moment: Doom) -> bool {
        let dies = self.program.meets(moment, self.far.now());
        if dies {
            self.far.mourn();
        }
        dies || self.program.is_dead()
    }

    /// Some of what was written last is not there after all.
    fn tear(&self, before: u64) {
        let file = &self.notebook.file;
        let lost = self.any(length(file).saturating_sub(before));
        let file = OpenOptions::new().write(true).open(file);
        if let Ok(file) = file {
            let left = file.metadata().map_or(0, |file| file.len()) - lost;
            file.set_len(left).expect("a file that can be cut");
        }
    }
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |file| file.len())
}

impl Disk for SlowDisk {
    fn work(&self, work: DiskWork) -> DiskWait {
        let disk = self.clone();
        Box::pin(async move {
            disk.takes_a_moment().await;
            // Dropped undone, with the lock on the file.
            if disk.dies(Doom::BeforeJournal) {
                return;
            }
            let before = length(&disk.notebook.file);
            work();
            if disk.dies(Doom::InJournal) {
                disk.tear(before);
                return;
            }
            disk.takes_a_moment().await;
            disk.dies(Doom::AfterJournal);
        })
    }
}
