//! The journal: what the operator asked for is on the disk before the first byte of it goes out, then what came of it. After a crash the
//! operations without an end come back, and are looked into; nothing is ever sent again.
//!
//! The desk's one task never waits for a disk. A clerk writes beside it, as many entries at once as have come, and tells up to which
//! one they would survive a power cut; a plan writes in that very turn. A disk that is full or slow holds nobody up for longer than a
//! moment: the receptionist goes on, and the board says that the journal does not.

mod book;
mod clerk;
mod disk;
mod entry;
mod file;
mod seal;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use board::Millis;
use serde::Serialize;
use tokio::sync::mpsc;
use ts_rs::TS;

pub(crate) use book::Reading;
pub(crate) use disk::ThisComputer;
pub use disk::{Disk, DiskWait, DiskWork, SharedDisk};
pub(crate) use entry::{Asked, Consulting, Entry, OpenEntry, is_secret, words};
pub(crate) use file::{make_folder, new_private};

/// How it stands with the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "journal",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum JournalState {
    /// None is kept: the practice PBX, or a desk without a folder for it.
    #[default]
    Off,
    /// Every action is in it before it is sent.
    Kept {
        /// A file of an earlier run that could not be read to its end lies under this name.
        aside: Option<String>,
    },
    /// It cannot be written; actions are sent all the same.
    Failing {
        /// The system's words.
        reason: String,
    },
}

/// What the clerk has to tell.
#[derive(Debug)]
pub(crate) enum JournalNews {
    /// What earlier runs have left.
    Opened(Reading),
    /// Every entry up to this one is on the disk.
    Durable(u64),
    /// Entries up to this one are not, and nobody should wait for them.
    Failing {
        /// The last one that was tried.
        upto: u64,
        /// The system's words.
        reason: String,
    },
}

/// The way to the clerk; clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    notes: mpsc::UnboundedSender<Note>,
    last: Arc<AtomicU64>,
}

/// An entry on its way.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) number: u64,
    pub(crate) at: Millis,
    pub(crate) entry: Entry,
}

impl Journal {
    /// Begins to keep a journal in this folder.
    pub(crate) fn start(
        folder: PathBuf,
        disk: SharedDisk,
    ) -> (Self, mpsc::UnboundedReceiver<JournalNews>) {
        let (journal, notes) = Self::over();
        let (post, news) = mpsc::unbounded_channel();
        tokio::spawn(clerk::run(folder, disk, notes, post));
        (journal, news)
    }

    /// With the other end in the caller's hand.
    pub(crate) fn over() -> (Self, mpsc::UnboundedReceiver<Note>) {
        let (notes, taken) = mpsc::unbounded_channel();
        let last = Arc::default();
        (Self { notes, last }, taken)
    }

    /// The number of the last entry taken.
    pub(crate) fn last(&self) -> u64 {
        self.last.load(Ordering::Relaxed)
    }

    /// Takes an entry, and tells its number: it is on the disk once that number is.
    pub(crate) fn write(&self, at: Millis, entry: Entry) -> u64 {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        // A clerk that has ended can only be at the end of the program.
        drop(self.notes.send(Note { number, at, entry }));
        number
    }
}
