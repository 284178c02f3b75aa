//! A recorded conversation into a board, as the desk does it: events as they come, list items by their ActionID.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ami::action::List;
use ami::{Event, Frame, FrameReader, Limits, Read};
use board::{Board, PbxId, Place};

use crate::transcript::{Step, parse};

/// The versions of Asterisk there are recordings of.
pub(crate) const VERSIONS: [&str; 2] = ["22", "16"];
/// Recordings begin at this time.
pub(crate) const START: u64 = 1_000_000;

/// The desk of extension 101.
pub(crate) fn empty_board() -> Board {
    let pbx = PbxId::new("pbx").expect("a PBX id");
    let place = Place {
        me: Some("101".to_owned()),
        context: "internal".to_owned(),
        conferences: Vec::new(),
        voicemail: None,
    };
    Board::new(pbx, place)
}

/// The steps of one recording.
pub(crate) fn steps(version: &str, scenario: &str) -> Vec<Step> {
    read(&folder().join(version).join(format!("{scenario}.ami")))
}

/// Every recording there is: `22/call-answered`, and its steps.
pub(crate) fn all() -> impl Iterator<Item = (String, Vec<Step>)> {
    VERSIONS.into_iter().flat_map(|version| {
        let entries = std::fs::read_dir(folder().join(version)).expect("recordings");
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        paths.into_iter().map(move |path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            (format!("{version}/{name}"), read(&path))
        })
    })
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts")
}

fn read(path: &Path) -> Vec<Step> {
    parse(&std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// One piece of news as the board takes it.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// A new login: a new board.
    Login,
    Asked(List),
    Item(Frame),
    Done(List),
    Live(Frame),
    Mark(String),
}

/// Follows one recording.
pub(crate) struct Follower {
    pub(crate) board: Board,
    pub(crate) now: u64,
}

impl Follower {
    pub(crate) fn new() -> Self {
        Self {
            board: empty_board(),
            now: START,
        }
    }

    pub(crate) fn take(&mut self, news: &News) {
        match news {
            News::Login => self.board = empty_board(),
            News::Asked(list) => self.board.list_asked(*list),
            News::Item(frame) => self.board.apply_item(&Event::read(frame), self.now),
            News::Done(list) => self.board.list_done(*list, self.now),
            News::Live(frame) => self.board.apply(&Event::read(frame), self.now),
            News::Mark(_) => {}
        }
    }
}

/// The board as it stood at a mark of a recording.
pub(crate) fn board_at(version: &str, scenario: &str, mark: &str) -> Board {
    let mut follower = Follower::new();
    for (now, news) in news(&steps(version, scenario)) {
        follower.now = now;
        follower.take(&news);
        if matches!(&news, News::Mark(name) if name == mark) {
            return follower.board;
        }
    }
    panic!("{version}/{scenario} has no mark {mark}");
}

/// Reads a conversation: the time of each piece of news, and what it is.
pub(crate) fn news(steps: &[Step]) -> Vec<(u64, News)> {
    let mut ear = Ear::default();
    let mut now = START;
    let mut out = Vec::new();
    for step in steps {
        match step {
            Step::At(at) => now = START + at,
            Step::Mark(mark) => {
                if mark == "connected" {
                    ear = Ear::default();
                    out.push((now, News::Login));
                }
                out.push((now, News::Mark(mark.clone())));
            }
            Step::Sent {
                action,
                action_id,
                text,
            } => {
                // The status of one queue says nothing of the others.
                let whole = !text.contains("; Queue: ");
                if let Some(list) = named(action).filter(|_| whole) {
                    ear.open.insert(action_id.clone(), list);
                    out.push((now, News::Asked(list)));
                }
            }
            Step::Server(bytes) => out.extend(ear.hear(bytes).into_iter().map(|news| (now, news))),
        }
    }
    out
}

fn named(action: &str) -> Option<List> {
    let lists = List::SYNC.into_iter().chain([List::Status]);
    lists.into_iter().find(|list| list.name() == action)
}

/// Tells items of our lists from live events.
#[derive(Default)]
struct Ear {
    open: BTreeMap<String, List>,
}

impl Ear {
    fn hear(&mut self, bytes: &[u8]) -> Option<News> {
        let frame = Frame::parse(bytes)?;
        let id = frame.get("ActionID").map(|id| id.text().into_owned());
        let list = id.as_ref().and_then(|id| self.open.get(id)).copied();
        let list_mark = frame.get("EventList").map(|mark| mark.text().into_owned());
        let is_event = frame.event().is_some();
        match (list, list_mark.as_deref()) {
            (Some(list), Some("Complete" | "Cancelled")) => Some(News::Done(list)),
            (Some(_), Some(_)) => None,
            (Some(_), None) if is_event => Some(News::Item(frame)),
            (Some(list), None) => {
                let message = frame.get("Message").map(|text| text.text().into_owned());
                let empty = list.is_empty_answer(&message.unwrap_or_default());
                empty.then_some(News::Done(list))
            }
            // Items of any other list, e.g. who is in a room; an Originate's outcome is an event that bears the id of its action.
            (None, _) if id.is_some() && frame.event().as_deref() != Some("OriginateResponse") => {
                is_event.then_some(News::Item(frame))
            }
            (None, _) => is_event.then_some(News::Live(frame)),
        }
    }
}

/// The frames of a stream that arrives in these chunks.
pub(crate) fn frames<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Vec<Frame> {
    let mut reader = FrameReader::new(Limits::default());
    let mut frames = Vec::new();
    for chunk in chunks {
        reader.push(chunk);
        while let Some(read) = reader.next_frame() {
            if let Read::Frame(frame) = read {
                frames.push(frame);
            }
        }
    }
    frames
}
