//! A seat: an operator with a phone, a desk, a screen and, at some, a journal. The program may die there and be started again.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use board::Ref;
use desk::{Computer, Connection, Desk, SharedDisk};
use operator::{Intent, OperationId, OperationView};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use tempfile::TempDir;

use crate::disk::SlowDisk;
use crate::far::Far;
use crate::line::Line;
use crate::notebook::Notebook;
use crate::program::{Doom, Program};
use crate::screen::{Screen, brief};
use crate::wishes;

/// What the wall clocks show when a course begins.
pub(crate) const MIDNIGHT: u64 = 1_795_200_000_000;
/// Our operators' own phones.
const ME: [&str; 2] = ["101", "102"];
/// Somebody who starts a program again takes a while to find its icon.
const START: std::ops::Range<u64> = 300..8_000;

/// A wish the desk has taken.
pub(crate) struct Wished {
    pub(crate) begun: u64,
    pub(crate) intent: Box<Intent>,
}

/// The end of a program.
pub(crate) struct Death {
    pub(crate) at: u64,
    pub(crate) doom: Doom,
    /// Operations that stood in the journal without an end.
    pub(crate) open: Vec<OperationId>,
}

pub(crate) struct Seat {
    pub(crate) number: usize,
    pub(crate) screen: Screen,
    pub(crate) wished: Vec<Wished>,
    /// The programs that have died here.
    pub(crate) deaths: Vec<Death>,
    /// Whatever stood in the journal when they did.
    pub(crate) noted: BTreeMap<OperationId, OperationView>,
    /// Wishes made again after the death of the program that had taken them.
    pub(crate) again: u64,
    desk: Option<Desk>,
    program: Arc<Program>,
    folder: Option<TempDir>,
    /// When somebody starts it again.
    back: u64,
    seed: u64,
}

impl Seat {
    pub(crate) async fn open(number: usize, far: &Far, journal: bool, seed: u64) -> Self {
        let folder = journal.then(folder);
        let program = Arc::new(Program::new(number));
        let desk = start((number, seed), far, &program, folder.as_ref()).await;
        Self {
            number,
            screen: Screen::of(&desk).await,
            wished: Vec::new(),
            deaths: Vec::new(),
            noted: BTreeMap::new(),
            again: 0,
            desk: Some(desk),
            program,
            folder,
            back: 0,
            seed,
        }
    }

    pub(crate) fn keeps_a_journal(&self) -> bool {
        self.folder.is_some()
    }

    pub(crate) fn catch_up(&mut self, far: &Far) {
        if self.desk.is_some() {
            self.screen.catch_up(far.now());
        }
    }

    /// The program will die of this; none: it lives on.
    pub(crate) fn set_doom(&self, doom: Option<Doom>) {
        self.program.set_doom(doom);
    }

    /// Such a moment is now.
    pub(crate) fn meets(&self, moment: Doom, far: &Far) {
        if self.program.meets(moment, far.now()) {
            far.mourn();
        }
    }

    /// If the program has died, nobody sees anything any more; somebody will start it again.
    pub(crate) fn bury(&mut self, far: &Far, chance: &mut StdRng) {
        let Some((doom, at)) = self.program.died().filter(|_| self.desk.is_some()) else {
            return;
        };
        self.catch_up(far);
        self.desk = None;
        let left = self.folder.as_ref().map(|folder| notebook(folder).left());
        let left = left.unwrap_or_default();
        far.say(format!("seat {}: {}", self.number, doom.word()));
        self.noted.extend(left.all);
        let open = left.open;
        self.deaths.push(Death { at, doom, open });
        self.back = far.now() + chance.random_range(START);
    }

    /// Starts the program again: when it is time for it, or at once.
    pub(crate) async fn revive(&mut self, far: &Far, at_once: bool) {
        if self.desk.is_some() || !at_once && far.now() < self.back {
            return;
        }
        far.say(format!(
            "seat {}: the program is started again",
            self.number
        ));
        self.seed = self.seed.wrapping_add(1);
        self.program = Arc::new(Program::new(self.number));
        let folder = self.folder.as_ref();
        let desk = start((self.number, self.seed), far, &self.program, folder).await;
        self.screen.again(&desk).await;
        self.desk = Some(desk);
    }

    /// The operator wants something: whatever it is, or what was wanted when the program died. Tells about what, if the desk has taken it.
    pub(crate) async fn wish(&mut self, far: &Far, chance: &mut StdRng) -> Option<Ref> {
        self.catch_up(far);
        let desk = self.desk.clone()?;
        let broken = !self.deaths.is_empty() && chance.random_bool(0.1);
        let intent = match self.wished.choose(chance).filter(|_| broken) {
            Some(wished) => {
                self.again += 1;
                *wished.intent.clone()
            }
            None => wishes::any(&desk, &self.screen, chance).await?,
        };
        self.perform(intent, far).await
    }

    /// The operator wants something with this very thing.
    pub(crate) async fn wish_about(
        &mut self,
        subject: Ref,
        far: &Far,
        chance: &mut StdRng,
    ) -> bool {
        let Some(desk) = self.desk.clone() else {
            return false;
        };
        let Some(intent) = wishes::about(&desk, subject, chance).await else {
            return false;
        };
        self.perform(intent, far).await.is_some()
    }

    async fn perform(&mut self, intent: Intent, far: &Far) -> Option<Ref> {
        let begun = far.now();
        if self.program.is_dead() {
            return None;
        }
        let answer = self.desk.as_ref()?.perform(intent.clone()).await;
        let answer = answer.expect("a running desk");
        let told = match &answer {
            Ok(id) => format!("taken as {id}"),
            Err(refusal) => format!("refused: {refusal:?}"),
        };
        let target = intent.target.as_ref().map(ToString::to_string);
        far.say(format!(
            "seat {} wants {:?} of {} to {}: {told}",
            self.number,
            intent.verb,
            intent.subject,
            target.unwrap_or_default(),
        ));
        answer.ok()?;
        let subject = intent.subject.clone();
        let intent = Box::new(intent);
        self.wished.push(Wished { begun, intent });
        Some(subject)
    }

    /// What the operator was told of each operation.
    pub(crate) fn tell(&self) -> String {
        let operations = self.screen.operations.values();
        let told = operations.map(|view| format!("seat {}: {}\n", self.number, brief(view)));
        told.collect()
    }

    /// The first death after this moment.
    pub(crate) fn death_after(&self, at: u64) -> Option<u64> {
        let mut deaths = self.deaths.iter().map(|death| death.at);
        deaths.find(|death| *death >= at)
    }
}

/// In memory, where that is a folder: a disk's own time is not ours.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .expect("a folder")
}

fn notebook(folder: &TempDir) -> Notebook {
    let file: PathBuf = folder.path().join("journal").join("journal.jsonl");
    Notebook { file }
}

async fn start(
    (number, seed): (usize, u64),
    far: &Far,
    program: &Arc<Program>,
    folder: Option<&TempDir>,
) -> Desk {
    let notebook = folder.map(notebook);
    let journal = folder.zip(notebook.as_ref()).map(|(folder, notebook)| {
        let disk: SharedDisk = Arc::new(SlowDisk::new(far, program, notebook, seed));
        (folder.path().to_owned(), disk)
    });
    let desk = desk::start_on(Computer {
        seed,
        time: Duration::from_millis(MIDNIGHT + far.now()),
        journal,
    });
    let mut profile = desk::practice_profile();
    profile.me = Some(ME[number].to_owned());
    let dialer = Arc::new(Line {
        far: far.clone(),
        program: Arc::clone(program),
        notebook,
    });
    let secret = desk::practice_secret();
    let connection = Connection {
        profile,
        secret,
        dialer,
    };
    desk.connect(connection).await.expect("a running desk");
    desk
}
