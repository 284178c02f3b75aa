//! The stream: calls as recorded from a real Asterisk, with people, ids and channels of their own, 300 of them interleaved, each hung up
//! at the end. The same seed gives the same bytes.

use std::collections::VecDeque;
use std::io::Write;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::cast;
use crate::day::day;
use crate::template::{Line, Piece, Slot, Template};

/// How many calls are under way at any time.
const INTERLEAVED: usize = 300;

/// How long the stream is to be: both figures are reached.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Length {
    /// Events.
    pub(crate) events: u64,
    /// Calls.
    pub(crate) calls: u64,
}

/// A stream.
#[derive(Debug)]
pub(crate) struct Stream {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// How many events they are.
    pub(crate) events: u64,
    /// How many calls they are about.
    pub(crate) calls: u64,
}

/// One call under way.
struct Call {
    template: usize,
    next: usize,
    serial: usize,
    phones: Vec<usize>,
    queue: usize,
    /// Where its channels, Uniqueids and bridges begin in the numbering of the stream.
    counters: usize,
    uniqueids: usize,
    bridges: Vec<u128>,
}

struct Maker {
    chance: StdRng,
    day: Vec<(u32, Template)>,
    agents: Vec<Vec<usize>>,
    others: Vec<usize>,
    lines: Vec<VecDeque<usize>>,
    calls: usize,
    counters: usize,
    uniqueids: usize,
    out: Vec<u8>,
}

/// Calls under way, event by event, for as long as anybody wants more.
pub(crate) struct Traffic {
    maker: Maker,
    under_way: Vec<Call>,
}

impl Traffic {
    /// The same seed gives the same calls.
    pub(crate) fn new(seed: u64) -> Self {
        let agents = cast::QUEUES * cast::AGENTS;
        let seats = |queue| (0..cast::AGENTS).map(move |seat| queue * cast::AGENTS + seat);
        let maker = Maker {
            chance: StdRng::seed_from_u64(seed),
            day: day(),
            agents: (0..cast::QUEUES)
                .map(|queue| seats(queue).collect())
                .collect(),
            others: (agents..cast::PHONES).collect(),
            lines: vec![VecDeque::new(); cast::QUEUES],
            calls: 0,
            counters: 0,
            uniqueids: 0,
            out: Vec::new(),
        };
        Self {
            maker,
            under_way: Vec::new(),
        }
    }

    /// How many calls have begun.
    pub(crate) fn calls(&self) -> u64 {
        self.maker.calls as u64
    }

    /// Writes the next event. Without `more` no call begins any more, and it says no once all have ended.
    pub(crate) fn event(&mut self, more: bool) -> bool {
        while more && self.under_way.len() < INTERLEAVED {
            let call = self.maker.begin();
            self.under_way.push(call);
        }
        if self.under_way.is_empty() {
            return false;
        }
        let which = self.maker.chance.random_range(0..self.under_way.len());
        if self.maker.write(&mut self.under_way[which]) {
            let call = self.under_way.swap_remove(which);
            self.maker.end(&call);
        }
        true
    }

    /// What has been written since last asked.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.maker.out)
    }
}

/// Makes the stream of this seed.
pub(crate) fn make(seed: u64, length: Length) -> Stream {
    let mut traffic = Traffic::new(seed);
    let mut events = 0;
    while traffic.event(events < length.events || traffic.calls() < length.calls) {
        events += 1;
    }
    Stream {
        bytes: traffic.take(),
        events,
        calls: traffic.calls(),
    }
}

impl Maker {
    fn begin(&mut self) -> Call {
        let template = self.draw_template();
        let queue = self.queue_with_free_agents();
        let numbers = self.day[template].1.phones.clone();
        let phones = numbers
            .iter()
            .map(|number| self.seat(number, queue))
            .collect();
        let [counters, uniqueids, bridges] = self.day[template].1.sizes();
        let call = Call {
            template,
            next: 0,
            serial: self.calls,
            phones,
            queue,
            counters: self.counters,
            uniqueids: self.uniqueids,
            bridges: (0..bridges).map(|_| self.chance.random()).collect(),
        };
        self.calls += 1;
        self.counters += counters;
        self.uniqueids += uniqueids;
        call
    }

    fn draw_template(&mut self) -> usize {
        let all = self.day.iter().map(|(weight, _)| weight).sum();
        let mut draw = self.chance.random_range(0..all);
        let found = self.day.iter().position(|(weight, _)| {
            let here = draw < *weight;
            draw = draw.saturating_sub(*weight);
            here
        });
        found.unwrap_or(0)
    }

    /// The lab's 103 to 106 serve queues there; whoever stands for them here serves this call's queue.
    fn seat(&mut self, number: &str, queue: usize) -> usize {
        let free = if matches!(number, "103" | "104" | "105" | "106") {
            &mut self.agents[queue]
        } else {
            &mut self.others
        };
        let which = self.chance.random_range(0..free.len());
        free.swap_remove(which)
    }

    fn queue_with_free_agents(&mut self) -> usize {
        loop {
            let queue = self.chance.random_range(0..cast::QUEUES);
            if self.agents[queue].len() >= 4 {
                return queue;
            }
        }
    }

    fn end(&mut self, call: &Call) {
        for phone in &call.phones {
            let is_agent = *phone < cast::QUEUES * cast::AGENTS;
            let home = if is_agent {
                &mut self.agents[*phone / cast::AGENTS]
            } else {
                &mut self.others
            };
            home.push(*phone);
        }
    }

    /// Writes the call's next event; says whether it was its last.
    fn write(&mut self, call: &mut Call) -> bool {
        let frame = &self.day[call.template].1.frames[call.next];
        let line = &mut self.lines[call.queue];
        if frame.line == Line::Joins {
            line.push_back(call.serial);
        }
        let place = line.iter().position(|waiting| *waiting == call.serial);
        if let (Line::Leaves, Some(place)) = (frame.line, place) {
            line.remove(place);
        }
        let line = (place.map_or(1, |place| place + 1), line.len());
        for piece in &frame.pieces {
            match piece {
                Piece::Text(text) => self.out.extend_from_slice(text),
                Piece::Slot(slot) => fill(&mut self.out, *slot, call, line),
            }
        }
        call.next += 1;
        call.next == self.day[call.template].1.frames.len()
    }
}

fn fill(out: &mut Vec<u8>, slot: Slot, call: &Call, (position, count): (usize, usize)) {
    let written = match slot {
        Slot::Counter(at) => write!(out, "{:08x}", call.counters + at),
        Slot::Uniqueid(at) => {
            let serial = call.uniqueids + at;
            write!(out, "{}.{serial}", 1_795_200_000 + serial / 40)
        }
        Slot::Chosen(at) => write!(out, "cord-{}", call.uniqueids + at),
        Slot::Bridge(at) => write!(out, "{}", uuid::Uuid::from_u128(call.bridges[at])),
        Slot::Lot => write!(out, "{}", uuid::Uuid::from_u128(cast::LOT)),
        Slot::Phone(at) => write!(out, "{}", cast::number(call.phones[at])),
        Slot::Group(at) => write!(out, "{}", cast::group(call.phones[at])),
        Slot::Person(at) => write!(out, "{}", cast::person(call.phones[at])),
        Slot::Outside => write!(out, "{}", cast::outside(call.serial * 7_919)),
        Slot::OutsideName => write!(out, "{}", cast::outside_name(call.serial)),
        Slot::Space => write!(out, "{}", cast::space(call.serial)),
        Slot::Room => write!(out, "{}", cast::room(call.serial)),
        Slot::Account => write!(out, "{}", cast::account(call.queue)),
        Slot::Queue => write!(out, "{}", cast::queue(call.queue)),
        Slot::Position => write!(out, "{position}"),
        Slot::Count => write!(out, "{count}"),
    };
    // A vector takes whatever is written to it.
    drop(written);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stream() {
        let length = Length {
            events: 5_000,
            calls: 100,
        };
        assert_eq!(make(7, length).bytes, make(7, length).bytes);
    }

    /// More calls than a board remembers endings of.
    #[test]
    fn no_channel_of_the_stream_is_announced_twice() {
        let length = Length {
            events: 0,
            calls: 10_000,
        };
        let mut reader = ami::FrameReader::new(ami::Limits::default());
        reader.push(&make(1, length).bytes);
        let mut known = std::collections::BTreeSet::new();
        while let Some(ami::Read::Frame(frame)) = reader.next_frame() {
            let event = ami::Event::read(&frame);
            if let ami::Event::Channel(ami::event::ChannelEvent::Newchannel(channel)) = event {
                let uniqueid = channel.uniqueid.into_owned();
                assert!(known.insert(uniqueid.clone()), "{uniqueid}");
            }
        }
        assert!(known.len() > 20_000, "{} channels", known.len());
    }

    #[test]
    fn a_board_that_has_followed_the_stream_is_empty() {
        let stream = make(
            1,
            Length {
                events: 20_000,
                calls: 500,
            },
        );
        let pbx = board::PbxId::new("bench").expect("an id");
        let mut board = board::Board::new(pbx, board::Place::default());
        let mut reader = ami::FrameReader::new(ami::Limits::default());
        reader.push(&stream.bytes);
        let mut events = 0;
        while let Some(ami::Read::Frame(frame)) = reader.next_frame() {
            let event = ami::Event::read(&frame);
            assert!(!matches!(event, ami::Event::Malformed(_)), "{event:?}");
            board.apply(&event, events / 10);
            events += 1;
        }
        assert_eq!(events, stream.events);
        assert_eq!((board.channel_count(), board.call_count()), (0, 0));
        assert_eq!(board.anomalies().strangers, 0);
    }
}
