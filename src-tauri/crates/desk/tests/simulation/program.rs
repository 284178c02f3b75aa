//! One run of the program at a seat, and its death: in the middle of whatever it does, with nobody to tidy up.
//!
//! A dead program is cut off from the world: no byte of it reaches the PBX or its disk any more, and nobody looks at its screen. What its
//! tasks still do until they have been dropped comes to nothing.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// When it dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doom {
    /// Before the next lines stand in the journal.
    BeforeJournal,
    /// In the middle of them, as if the power had gone: the last line is torn.
    InJournal,
    /// They stand there, and the desk does not know it yet.
    AfterJournal,
    /// Before the next write reaches the PBX.
    BeforeWire,
    /// The PBX has read it, and has not answered.
    AfterWire,
    /// At no moment in particular.
    Anytime,
}

impl Doom {
    pub(crate) const ALL: [Self; 6] = [
        Self::BeforeJournal,
        Self::InJournal,
        Self::AfterJournal,
        Self::BeforeWire,
        Self::AfterWire,
        Self::Anytime,
    ];

    /// For the tally.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::BeforeJournal => "killed before the journal",
            Self::InJournal => "killed in the middle of a line",
            Self::AfterJournal => "killed between journal and write",
            Self::BeforeWire => "killed before the wire",
            Self::AfterWire => "killed between write and evidence",
            Self::Anytime => "killed at any time",
        }
    }
}

/// A run of the program.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) seat: usize,
    fate: Mutex<Fate>,
}

#[derive(Debug, Default)]
struct Fate {
    doom: Option<Doom>,
    died: Option<(Doom, u64)>,
}

impl Program {
    pub(crate) fn new(seat: usize) -> Self {
        let fate = Mutex::default();
        Self { seat, fate }
    }

    fn fate(&self) -> MutexGuard<'_, Fate> {
        self.fate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It will die at the next such moment; none: it lives on.
    pub(crate) fn set_doom(&self, doom: Option<Doom>) {
        self.fate().doom = doom;
    }

    /// Such a moment is now. True: it is the end.
    pub(crate) fn meets(&self, moment: Doom, now: u64) -> bool {
        let mut fate = self.fate();
        let dies = fate.died.is_none() && fate.doom == Some(moment);
        if dies {
            fate.died = Some((moment, now));
        }
        dies
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.died().is_some()
    }

    /// Of what, and when.
    pub(crate) fn died(&self) -> Option<(Doom, u64)> {
        self.fate().died
    }
}
