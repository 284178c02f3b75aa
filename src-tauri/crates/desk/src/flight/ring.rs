//! What is kept, oldest first, until it weighs too much.

use std::collections::VecDeque;

use ami::Frame;
use board::Millis;
use operator::OperationView;

/// Some minutes of a busy PBX, some hours of a quiet one.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Larger frames are not kept: an event is some hundred bytes.
const LARGEST: usize = 16 * 1024;
/// What a record weighs beside its text.
const FRAME: usize = 640;
const OTHER: usize = 1024;

/// One thing that happened.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(super) at: Millis,
    pub(super) what: What,
}

#[derive(Debug, Clone)]
pub(super) enum What {
    /// A live event.
    Frame(Frame),
    /// An action of ours, line by line.
    Said(Vec<String>),
    /// An operation has come further.
    Operation(Box<OperationView>),
    /// How the link stands.
    Mark(Mark),
}

/// How the link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// From here on nothing was seen.
    Lost,
    /// From here on everything is seen again.
    Back {
        /// It is another run of the PBX.
        restarted: bool,
    },
}

/// The recorder of one PBX.
#[derive(Debug, Default, Clone)]
pub(crate) struct Flight {
    records: VecDeque<Record>,
    bytes: usize,
}

impl Flight {
    /// An event; moved in, never copied.
    pub(crate) fn frame(&mut self, frame: Frame, at: Millis) {
        if frame.bytes().len() <= LARGEST {
            self.keep(What::Frame(frame), at);
        }
    }

    /// Something of ours went out.
    pub(crate) fn said(&mut self, words: Vec<String>, at: Millis) {
        self.keep(What::Said(words), at);
    }

    /// An operation has come further.
    pub(crate) fn operation(&mut self, view: OperationView, at: Millis) {
        self.keep(What::Operation(Box::new(view)), at);
    }

    /// The link has gone, or is back.
    pub(crate) fn mark(&mut self, mark: Mark, at: Millis) {
        self.keep(What::Mark(mark), at);
    }

    fn keep(&mut self, what: What, at: Millis) {
        self.bytes += what.weight();
        self.records.push_back(Record { at, what });
        while self.bytes > MOST_BYTES {
            let Some(oldest) = self.records.pop_front() else {
                return;
            };
            self.bytes -= oldest.what.weight();
        }
    }

    pub(super) fn records(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.iter()
    }

    /// Frames that name this channel anywhere, oldest first.
    pub(crate) fn about(&self, uniqueid: &str) -> impl Iterator<Item = &Frame> {
        let frames = self.records.iter().filter_map(|record| match &record.what {
            What::Frame(frame) => Some(frame),
            What::Said(_) | What::Operation(_) | What::Mark(_) => None,
        });
        frames.filter(move |frame| {
            let mut values = frame.pairs().map(|(_, value)| value.bytes());
            values.any(|value| value == uniqueid.as_bytes())
        })
    }
}

impl What {
    fn weight(&self) -> usize {
        match self {
            Self::Frame(frame) => frame.bytes().len() + FRAME,
            Self::Said(_) | Self::Operation(_) | Self::Mark(_) => OTHER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(uniqueid: usize, more: &str) -> Frame {
        let text = format!("Event: Newstate\nUniqueid: 1.{uniqueid}\nChannel: {more}\n");
        Frame::parse(text.as_bytes()).expect("a frame")
    }

    #[test]
    fn the_latest_are_kept_up_to_their_weight_and_huge_ones_are_not() {
        let mut flight = Flight::default();
        let count = 2 * MOST_BYTES / FRAME;
        for number in 0..count {
            flight.frame(frame(number, "PJSIP/101-1"), 1);
        }
        flight.frame(frame(0, &"x".repeat(LARGEST)), 1);
        let about = |number: usize| flight.about(&format!("1.{number}")).count();
        assert_eq!((about(0), about(count - 1)), (0, 1));
        let weight: usize = flight.records().map(|record| record.what.weight()).sum();
        assert_eq!(weight, flight.bytes);
        assert!((MOST_BYTES - LARGEST..=MOST_BYTES).contains(&flight.bytes));
    }
}
