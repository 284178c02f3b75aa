use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::frame::{FrameReader, Limits, Read};
use crate::value::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts/old")
}

fn transcript(name: &str) -> String {
    let path = folder().join(format!("{name}.ami"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn quirks(version: &str) -> Quirks {
    Quirks::for_greeting(version).expect("an old greeting")
}

/// What the server says in a transcript. Lines of ours stand between frames only.
fn frames(name: &str) -> Vec<Frame> {
    let lines = transcript(name);
    let server = lines.split_inclusive('\n');
    let server =
        server.filter(|line| !line.starts_with("## ") && !line.starts_with("Asterisk Call"));
    let mut reader = FrameReader::new(Limits::default());
    reader.push(server.collect::<String>().as_bytes());
    let read = std::iter::from_fn(|| reader.next_frame());
    read.filter_map(|read| match read {
        Read::Frame(frame) => Some(frame),
        Read::Skipped => None,
    })
    .collect()
}

fn all() -> Vec<(&'static str, String)> {
    let dialects = ["1.0", "1.1", "2.0"].into_iter();
    let names = dialects.flat_map(|dialect| {
        let entries = std::fs::read_dir(folder().join(dialect)).expect("transcripts");
        entries.map(move |entry| (dialect, entry.expect("an entry").path()))
    });
    names
        .map(|(dialect, path)| {
            let stem = path.file_stem().expect("a name").to_string_lossy();
            (dialect, format!("{dialect}/{stem}"))
        })
        .collect()
}

/// The frames of one message, as `Event` and the headers asked for.
fn told(quirks: &mut Quirks, text: &str, headers: &[&str]) -> Vec<String> {
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    let frames = quirks.translate(frame);
    let word = |frame: &Frame, name: &str| {
        let value = frame.get(name).map(Value::text);
        value.map_or_else(|| "-".to_owned(), Into::into)
    };
    frames
        .iter()
        .map(|frame| {
            let words = ["Event"].iter().chain(headers);
            words
                .map(|name| word(frame, name))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

#[test]
fn every_quirk_is_shown_by_a_transcript_of_its_greetings() {
    for entry in ENTRIES {
        let text = transcript(entry.transcript);
        assert!(text.contains(entry.shows), "{entry:?}");
        let (dialect, _) = entry.transcript.split_once('/').expect("a folder");
        let major = |version: &str| version.split('.').next().map(str::to_owned);
        let (first, last) = entry.greetings;
        assert!([major(first), major(last)].contains(&major(dialect)));
        assert!(Quirks::for_greeting(first).is_some() && Quirks::for_greeting(last).is_some());
    }
}

#[test]
fn only_greetings_of_one_and_two_have_quirks() {
    for version in ["1.0", "1.1", "1.3", "2.0.0", "2.10.6", " 1.0 "] {
        assert!(Quirks::for_greeting(version).is_some(), "{version}");
    }
    for version in ["3.2.0", "5.0.2", "7.0.3", "11.0.0", "", "x", "10", "one.1"] {
        assert!(Quirks::for_greeting(version).is_none(), "{version}");
    }
}

#[test]
fn every_transcript_says_who_wrote_it() {
    for (_, name) in all() {
        assert!(transcript(&name).starts_with("## Written by hand after the sources of Asterisk "));
    }
}

#[test]
fn nothing_is_remembered_once_everybody_has_hung_up() {
    for (dialect, name) in all() {
        let mut quirks = quirks(dialect);
        let told: usize = frames(&name)
            .into_iter()
            .map(|frame| quirks.translate(frame).len())
            .sum();
        assert!(told > 0, "{name}");
        assert_eq!(quirks.memory.iter().count(), 0, "{name}");
        assert!(quirks.memory.rooms.is_empty(), "{name}");
    }
}

#[test]
fn today_s_events_pass_through_a_second_dialect_byte_by_byte() {
    for name in ["2.0/call", "2.0/transfer", "2.0/parked", "2.0/queue"] {
        let mut quirks = quirks("2.0.0");
        for frame in frames(name) {
            assert_eq!(quirks.translate(frame.clone()), [frame], "{name}");
        }
    }
}

#[test]
fn whoever_is_linked_elsewhere_leaves_nobody_behind() {
    let mut quirks = quirks("1.1");
    let link = |one: &str, two: &str| {
        format!(
            "Event: Bridge\nBridgestate: Link\nChannel1: S/{one}-1\nChannel2: S/{two}-1\nUniqueid1: {one}\nUniqueid2: {two}\n"
        )
    };
    for id in ["1.1", "1.2", "1.3"] {
        let text =
            format!("Event: Newchannel\nChannel: S/{id}-1\nChannelState: 6\nUniqueid: {id}\n");
        assert_eq!(
            told(&mut quirks, &text, &["Uniqueid"]),
            [format!("Newchannel {id}")]
        );
    }
    let headers = ["BridgeUniqueid", "Uniqueid"];
    assert_eq!(
        told(&mut quirks, &link("1.2", "1.1"), &headers),
        [
            "BridgeEnter link-1.1-1.2 1.2",
            "BridgeEnter link-1.1-1.2 1.1"
        ]
    );
    assert_eq!(
        told(&mut quirks, &link("1.1", "1.3"), &headers),
        [
            "BridgeLeave link-1.1-1.2 1.1",
            "BridgeLeave link-1.1-1.2 1.2",
            "BridgeDestroy link-1.1-1.2 -",
            "BridgeEnter link-1.1-1.3 1.1",
            "BridgeEnter link-1.1-1.3 1.3",
        ]
    );
    assert_eq!(
        told(
            &mut quirks,
            "Event: Hangup\nChannel: S/1.3-1\nUniqueid: 1.3\n",
            &headers
        ),
        [
            "BridgeLeave link-1.1-1.3 1.3",
            "BridgeLeave link-1.1-1.3 1.1",
            "BridgeDestroy link-1.1-1.3 -",
            "Hangup - 1.3",
        ]
    );
}

#[test]
fn the_end_of_a_dial_ends_what_still_rings_and_nothing_that_was_answered() {
    let mut quirks = quirks("1.1");
    let dial = |dest: &str| {
        format!(
            "Event: Dial\nSubEvent: Begin\nChannel: S/a-1\nDestination: S/{dest}-1\nUniqueID: 1.1\nDestUniqueID: {dest}\n"
        )
    };
    let headers = ["DestUniqueid", "DialStatus"];
    for dest in ["1.2", "1.3"] {
        let begun = told(&mut quirks, &dial(dest), &headers);
        assert_eq!(
            begun,
            ["Newchannel - -".to_owned(), format!("DialBegin {dest} -")]
        );
    }
    let up = "Event: Newstate\nChannel: S/1.2-1\nChannelState: 6\nUniqueid: 1.2\n";
    assert_eq!(
        told(&mut quirks, up, &headers),
        ["Newstate - -", "DialEnd 1.2 ANSWER"]
    );
    let end = "Event: Dial\nSubEvent: End\nChannel: S/a-1\nUniqueID: 1.1\nDialStatus: ANSWER\n";
    assert_eq!(told(&mut quirks, end, &headers), ["DialEnd 1.3 CANCEL"]);
    assert_eq!(told(&mut quirks, end, &headers), Vec::<String>::new());
}

#[test]
fn who_serves_whom_does_not_give_the_caller_the_member_s_name() {
    let mut quirks = quirks("1.1");
    for (id, name) in [("1.1", "S/caller-1"), ("1.2", "S/member-1")] {
        let text = format!("Event: Newchannel\nChannel: {name}\nChannelState: 6\nUniqueid: {id}\n");
        assert_eq!(told(&mut quirks, &text, &[]), ["Newchannel"]);
    }
    let connect =
        "Event: AgentConnect\nQueue: q\nUniqueid: 1.1\nChannel: S/member-1\nMember: S/member\n";
    assert_eq!(
        told(
            &mut quirks,
            connect,
            &["Channel", "Uniqueid", "DestChannel", "DestUniqueid"]
        ),
        ["AgentConnect S/caller-1 1.1 S/member-1 1.2"]
    );
}

#[test]
fn an_unknown_event_keeps_its_lines_and_takes_nothing_away() {
    let mut quirks = quirks("1.1");
    let text =
        "Event: Newchannel\nChannel: S/a-1\nChannelState: 6\nCallerIDNum: 101\nUniqueid: 1.1\n";
    assert_eq!(told(&mut quirks, text, &[]), ["Newchannel"]);
    let set = "Event: VarSet\nChannel: S/a-1\nVariable: X\nValue: 1\nUniqueid: 1.1\n";
    assert_eq!(
        told(&mut quirks, set, &["CallerIDNum", "Variable", "Value"]),
        ["VarSet 101 X 1"]
    );
}

#[test]
fn a_backslash_in_an_old_name_stays_one() {
    let mut quirks = quirks("1.1");
    let text =
        "Event: Newchannel\nChannel: S/a-1\nChannelState: 6\nCallerIDName: a\\nb\nUniqueid: 1.1\n";
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    let frames = quirks.translate(frame);
    let name = frames[0].get("CallerIDName").and_then(Value::name);
    assert_eq!(name.as_deref(), Some("a\\nb"));
}

#[test]
fn output_that_looks_like_headers_is_output() {
    let text = "Response: Follows\r\nPrivilege: Command\r\nActionID: c-1\r\nActionID: c-2\r\nEvent: Hangup\r\nlast--END COMMAND--\r\n";
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    let frames = quirks("1.0").translate(frame);
    let ids: Vec<_> = frames[0].all("ActionID").map(Value::text).collect();
    let output: Vec<_> = frames[0].all("Output").map(Value::text).collect();
    assert_eq!(ids, ["c-1"]);
    assert_eq!(output, ["ActionID: c-2", "Event: Hangup", "last"]);
    assert!(frames[0].event().is_none() && frames.len() == 1);
}

#[test]
fn a_list_without_ids_is_told_by_its_order() {
    let mut quirks = quirks("1.0");
    quirks.asked("QueueStatus", "q-1");
    let headers = ["ActionID", "EventList"];
    let live = "Event: QueueMember\nQueue: s\nLocation: S/1\n";
    assert_eq!(told(&mut quirks, live, &headers), ["QueueMember - -"]);
    let begins = "Response: Success\nActionID: q-1\nMessage: Queue status will follow\n";
    assert_eq!(told(&mut quirks, begins, &headers), ["- q-1 start"]);
    assert_eq!(told(&mut quirks, live, &headers), ["QueueMember q-1 -"]);
    let ends = "Event: QueueStatusComplete\n";
    assert_eq!(
        told(&mut quirks, ends, &headers),
        ["QueueStatusComplete q-1 Complete"]
    );
    assert_eq!(
        told(&mut quirks, ends, &headers),
        ["QueueStatusComplete - -"]
    );
}

#[test]
fn channels_are_asked_for_by_status_where_there_is_nothing_else() {
    let request = Request::list("CoreShowChannels");
    let old = quirks("1.0").action(&request).expect("another action");
    assert_eq!((old.name(), old.answer()), ("Status", request.answer()));
    assert_eq!(quirks("1.1").action(&request), None);
    assert_eq!(quirks("1.0").action(&Request::list("QueueStatus")), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_order_of_old_frames_and_no_bytes_among_them_cause_a_panic(
        picks in proptest::collection::vec(any::<(prop::sample::Index, u16)>(), 1..200),
        second in any::<bool>(),
    ) {
        let pool: Vec<_> = ["1.0/transfer", "1.0/login", "1.1/pickup", "1.1/queue", "1.1/meetme", "2.0/meetme"]
            .into_iter()
            .flat_map(frames)
            .collect();
        let mut quirks = quirks(if second { "2.0.0" } else { "1.0" });
        quirks.asked("Status", "sync-2");
        quirks.asked("QueueStatus", "sync-5");
        for (pick, cut) in picks {
            let frame = pick.get(&pool);
            let bytes = frame.bytes();
            let kept = bytes.len().saturating_sub(usize::from(cut % 97));
            for translated in Frame::parse(&bytes[..kept]).map(|frame| quirks.translate(frame)).into_iter().flatten() {
                prop_assert!(translated.pairs().count() > 0);
            }
        }
        prop_assert!(quirks.memory.iter().count() <= pool.len());
    }
}
