//! What is kept, oldest first, until it weighs too much.

use std::collections::VecDeque;

use ami::Frame;
use board::Millis;
use operator::OperationView;

/// Some minutes of a busy PBX, some hours of a quiet one.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Larger frames are not kept: an event is some hundred bytes.
const LARGEST: usize = 16 * 1024;
/// What a record weighs beside what it holds: its slot in a queue that may be half empty, and what the allocator adds.
const RECORD: usize = 2 * size_of::<Record>() + 32;
/// What a frame keeps of each of its lines: where its name and its value begin and end.
const LINE: usize = 4 * size_of::<u32>();
/// What a text weighs beside its letters.
const TEXT: usize = size_of::<String>() + 16;

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
    /// What it takes of the memory, so that the bound is one.
    fn weight(&self) -> usize {
        let held = match self {
            Self::Frame(frame) => {
                let bytes = frame.bytes();
                let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
                bytes.len() + lines * LINE
            }
            Self::Said(words) => words.iter().map(|word| word.len() + TEXT).sum(),
            Self::Operation(view) => size_of::<OperationView>() + text_of(view),
            Self::Mark(_) => 0,
        };
        RECORD + held
    }
}

/// The names and ids of an operation, with as much around them as they take when they are written down.
fn text_of(view: &OperationView) -> usize {
    serde_json::to_vec(view).map_or(LARGEST, |text| text.len())
}

#[cfg(test)]
mod tests {
    use board::{PbxId, Ref, RefKind};
    use operator::{Details, OperationId, Preview, Refusal, Step, Verb};
    use uuid::Uuid;

    use super::*;

    fn frame(uniqueid: usize, more: &str) -> Frame {
        let text = format!("Event: Newstate\nUniqueid: 1.{uniqueid}\nChannel: {more}\n");
        Frame::parse(text.as_bytes()).expect("a frame")
    }

    #[test]
    fn the_latest_are_kept_up_to_their_weight_and_huge_ones_are_not() {
        let mut flight = Flight::default();
        let count = 2 * MOST_BYTES / RECORD;
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

    fn operation(label: &str) -> OperationView {
        let pbx = PbxId::new("lab").expect("an id");
        let id = OperationId(Uuid::from_u128(7));
        OperationView {
            id: Ref::new(RefKind::Operation, &pbx, id.to_string()),
            operation: id,
            verb: Verb::Park,
            legs: Vec::new(),
            target: None,
            preview: Preview::refused(Verb::Park, Refusal::Gone),
            step: Step::Ended,
            grace: None,
            details: Details {
                label: Some(label.to_owned()),
                ..Details::default()
            },
            outcome: None,
            after: None,
            since: 1,
            ended: None,
        }
    }

    /// How many of one kind are kept of so many that they would take twice the memory there is.
    fn kept(size: usize, keep: impl Fn(&mut Flight)) -> usize {
        let mut flight = Flight::default();
        (0..2 * MOST_BYTES / size).for_each(|_| keep(&mut flight));
        flight.records().count()
    }

    #[test]
    fn whatever_is_kept_weighs_what_it_takes_of_the_memory() {
        let size = 64 * 1024;
        let words = || vec!["x".repeat(size)];
        let operation = operation(&"x".repeat(size));
        let most = MOST_BYTES / size;
        assert!(kept(size, |flight| flight.said(words(), 1)) <= most);
        assert!(kept(size, |flight| flight.operation(operation.clone(), 1)) <= most);
    }

    #[test]
    fn a_frame_of_nothing_but_short_lines_weighs_more_than_its_text() {
        let lines = LARGEST / 4;
        let frame = Frame::parse("A:1\n".repeat(lines).as_bytes()).expect("a frame");
        let size = lines * (4 + LINE);
        assert!(kept(size, |flight| flight.frame(frame.clone(), 1)) <= MOST_BYTES / size);
    }

    #[test]
    fn a_mark_weighs_no_more_than_its_place() {
        let mut flight = Flight::default();
        flight.mark(Mark::Lost, 1);
        assert_eq!(flight.bytes, RECORD);
    }
}
