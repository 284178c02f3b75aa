//! Servers older than Asterisk 13, by transcripts written by hand: what they say, translated as a session translates it, gives the
//! pictures a person would draw, and the laws hold on it.

mod first;
mod later;
mod twelve;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ami::{Event, Frame, FrameReader, Limits, Quirks, Read};
use expect_test::Expect;
use proptest::prelude::*;

use board::view::End;
use board::{Board, Thing};

use crate::draw::draw;
use crate::laws::Window;
use crate::replay::{Follower, News, START, empty_board, frames, news};
use crate::transcript::{Step, parse, server_bytes};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts/old")
}

/// The steps of a transcript, with the server's frames in today's words.
fn translated(dialect: &str, scenario: &str) -> Vec<Step> {
    let path = folder().join(dialect).join(format!("{scenario}.ami"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut quirks = Quirks::for_greeting(dialect).expect("an old dialect");
    let mut reader = FrameReader::new(Limits::default());
    let mut out = Vec::new();
    for step in parse(&bytes) {
        if let Step::Sent {
            action, action_id, ..
        } = &step
        {
            quirks.asked(action, action_id);
        }
        match step {
            Step::Server(bytes) if !bytes.starts_with(b"Asterisk Call Manager/") => {
                reader.push(&bytes);
                out.extend(in_todays_words(&mut reader, &mut quirks));
            }
            Step::Server(_) | Step::Sent { .. } | Step::At(_) | Step::Mark(_) => out.push(step),
        }
    }
    out
}

fn in_todays_words(reader: &mut FrameReader, quirks: &mut Quirks) -> Vec<Step> {
    let read = std::iter::from_fn(|| reader.next_frame());
    let frames = read.flat_map(|read| match read {
        Read::Frame(frame) => quirks.translate(frame),
        Read::Skipped => Vec::new(),
    });
    frames
        .map(|frame| Step::Server([frame.bytes(), b"\r\n\r\n"].concat()))
        .collect()
}

/// Every transcript there is: its name, and its steps in today's words.
fn all() -> Vec<(String, Vec<Step>)> {
    let dialects = ["1.0", "1.1", "2.0"];
    let names = dialects.into_iter().flat_map(|dialect| {
        let entries = std::fs::read_dir(folder().join(dialect)).expect("transcripts");
        entries.map(move |entry| (dialect, entry.expect("an entry").path()))
    });
    let mut out: Vec<_> = names
        .map(|(dialect, path)| {
            let scenario = path.file_stem().expect("a name").to_string_lossy();
            let steps = translated(dialect, &scenario);
            (format!("{dialect}/{scenario}"), steps)
        })
        .collect();
    out.sort_by(|(one, _), (other, _)| one.cmp(other));
    out
}

fn check(dialect: &str, scenario: &str, expected: Expect) {
    let mut out = String::new();
    let mut follower = Follower::new();
    for (now, news) in news(&translated(dialect, scenario)) {
        follower.now = now;
        follower.take(&news);
        if let News::Mark(mark) = news {
            let drawn = draw(&follower.board.picture());
            let _ = match (mark.as_str(), drawn.is_empty()) {
                ("connected" | "ended", true) => Ok(()),
                (_, true) => writeln!(out, "{mark}: nothing"),
                (_, false) => write!(out, "{mark}:\n{drawn}"),
            };
        }
    }
    let odd = follower.board.anomalies();
    if odd.total() > 0 {
        let _ = writeln!(out, "{odd:?}");
    }
    expected.assert_eq(&out);
}

/// What became of a caller's call.
fn ends(dialect: &str, scenario: &str) -> Vec<End> {
    let mut follower = Follower::new();
    for (now, news) in news(&translated(dialect, scenario)) {
        follower.now = now;
        follower.take(&news);
    }
    let picture = follower.board.picture();
    let ended = picture.values().filter_map(|thing| match thing {
        Thing::Ended(ended) => Some(ended.end),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_) => None,
    });
    ended.collect()
}

#[test]
fn calls_that_nobody_answered_end_as_they_did() {
    assert_eq!(ends("1.0", "call-rejected"), [End::Busy]);
    assert_eq!(ends("1.1", "call-unanswered"), [End::NoAnswer]);
    assert_eq!(ends("1.1", "call"), [End::HungUp]);
}

#[test]
fn delta_what_a_window_puts_together_is_the_picture() {
    for (name, steps) in all() {
        let mut follower = Follower::new();
        let mut window = Window::new();
        for (now, news) in news(&steps) {
            follower.now = now;
            follower.take(&news);
            window.look(&follower.board);
            assert!(window.shows(&follower.board), "{name}: {news:?}");
        }
    }
}

#[test]
fn twice_the_same_news_again_changes_nothing() {
    for (name, steps) in all() {
        let mut follower = Follower::new();
        for (now, news) in news(&steps) {
            follower.now = now;
            follower.take(&news);
            if matches!(news, News::Live(_) | News::Done(_)) {
                let once = follower.board.picture();
                follower.take(&news);
                assert_eq!(follower.board.picture(), once, "{name}: {news:?}");
            }
        }
    }
}

#[test]
fn twice_the_same_old_frame_again_changes_nothing() {
    for (name, frames) in raw() {
        let mut pbx = Pbx::new(&name);
        for frame in frames {
            pbx.hears(&frame);
            let once = pbx.board.picture();
            pbx.hears(&frame);
            let again = pbx.board.picture();
            assert_eq!(again, once, "{name}: {frame:?}");
        }
    }
}

#[test]
fn no_ghosts_when_all_have_hung_up_nothing_is_left() {
    for (name, steps) in all() {
        let mut follower = Follower::new();
        for (now, news) in news(&steps) {
            follower.now = now;
            follower.take(&news);
        }
        assert_eq!(follower.board.kept(), 0, "{name}");
        assert_eq!(follower.board.call_count(), 0, "{name}");
        assert_eq!(follower.board.anomalies().total(), 0, "{name}");
    }
}

/// The old frames of every transcript, untranslated.
fn raw() -> Vec<(String, Vec<Frame>)> {
    let names = all().into_iter().map(|(name, _)| name);
    names
        .map(|name| {
            let bytes = std::fs::read(folder().join(format!("{name}.ami"))).expect("a transcript");
            let steps = parse(&bytes);
            let server = server_bytes(&steps);
            let frames = frames(std::iter::once(&server[..]));
            (name, frames)
        })
        .collect()
}

/// A board that hears old frames one by one, lists or not.
struct Pbx {
    quirks: Quirks,
    board: Board,
}

impl Pbx {
    fn new(name: &str) -> Self {
        let (dialect, _) = name.split_once('/').expect("a dialect");
        Self {
            quirks: Quirks::for_greeting(dialect).expect("an old dialect"),
            board: empty_board(),
        }
    }

    fn hears(&mut self, frame: &Frame) {
        for frame in self.quirks.translate(frame.clone()) {
            self.board.apply(&Event::read(&frame), START);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_order_of_old_frames_causes_a_panic_or_leaves_a_picture_that_deltas_do_not_give(
        picks in proptest::collection::vec(any::<prop::sample::Index>(), 1..120),
        which in any::<prop::sample::Index>(),
    ) {
        let transcripts = raw();
        let (name, frames) = which.get(&transcripts);
        let mut pbx = Pbx::new(name);
        let mut window = Window::new();
        for pick in picks {
            pbx.hears(pick.get(frames));
            window.look(&pbx.board);
            prop_assert!(window.shows(&pbx.board), "{}", name);
        }
        let ids: Vec<_> = pbx.board.channels().map(|(id, _)| id.to_owned()).collect();
        for id in ids {
            let text = format!("Event: Hangup\nChannel: SIP/x-1\nUniqueid: {id}\nCause: 16\n");
            pbx.hears(&Frame::parse(text.as_bytes()).expect("a frame"));
        }
        prop_assert_eq!(pbx.board.call_count(), 0, "{}", name);
    }
}
