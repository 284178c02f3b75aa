//! How badly things go between the desks and the PBX.

use rand::Rng;
use rand::rngs::StdRng;

/// Where a line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// The write never arrives.
    Before,
    /// Half of it does.
    Inside,
    /// All of it does, and nothing is heard any more.
    After,
    /// The same, but nobody closes the line: it is silent.
    Silent,
    /// So many bytes are heard after it.
    Later(usize),
}

/// The weather of a course.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// The longest lag of a path of the PBX's, in milliseconds.
    pub(crate) lag: u64,
    /// One write in so many breaks the line; none: never.
    breaks: Option<u32>,
    /// What is said comes in pieces.
    pub(crate) pieces: bool,
}

impl Weather {
    pub(crate) const FINE: Self = Self {
        lag: 0,
        breaks: None,
        pieces: false,
    };

    pub(crate) fn any(chance: &mut StdRng) -> Self {
        Self {
            lag: [0, 0, 20, 120][chance.random_range(0..4)],
            breaks: [None, None, Some(3), Some(10)][chance.random_range(0..4)],
            pieces: chance.random_bool(0.3),
        }
    }

    /// Whether this write breaks the line.
    pub(crate) fn strikes(self, chance: &mut StdRng) -> Option<Break> {
        let one_in = self.breaks?;
        if chance.random_range(0..one_in) > 0 {
            return None;
        }
        Some(match chance.random_range(0..5) {
            0 => Break::Before,
            1 => Break::Inside,
            2 => Break::After,
            3 => Break::Silent,
            _ => Break::Later(chance.random_range(1..3_000)),
        })
    }
}
