//! Servers older than Asterisk 13, by transcripts written by hand: what they say, translated as a session translates it, gives the
//! pictures a person would draw, and the laws hold on it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ami::{Event, Frame, FrameReader, Limits, Quirks, Read};
use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::draw::draw;
use crate::laws::Window;
use crate::replay::{Follower, News, START, empty_board, news};
use crate::transcript::{Step, parse};

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
                out.extend(frames(&mut reader, &mut quirks));
            }
            Step::Server(_) | Step::Sent { .. } | Step::At(_) | Step::Mark(_) => out.push(step),
        }
    }
    out
}

fn frames(reader: &mut FrameReader, quirks: &mut Quirks) -> Vec<Step> {
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

macro_rules! picture {
    ($name:ident, $dialect:literal, $scenario:literal, $expected:expr) => {
        #[test]
        fn $name() {
            check($dialect, $scenario, $expected);
        }
    };
}

picture!(
    t_login_10,
    "1.0",
    "login",
    expect![[r#"
    synced:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > 900 by Zap/1: queued
      parked (inbound, dialled 7001)
        > 901 by Zap/2: parked
      queue support (600): 1. 900; SIP/103 idle paused "";
      parked 7001@default: 901, about 35 s, then to nobody
    told:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > 900 by Zap/1: queued
      parked (inbound, dialled 7001)
        > 901 by Zap/2: parked
      queue support (600): 1. 900; SIP/103 idle paused "";
      parked 7001@default: 901, about 35 s, then to nobody
      lit: 101 in use
    ended:
      queue support (600): SIP/103 idle paused "";
      lit: 101 in use
"#]]
);
picture!(
    t_call_10,
    "1.0",
    "call",
    expect![[r#"
    ringing:
      ringing (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: calling
          102 by SIP/102: ringing
    answered:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
"#]]
);
picture!(
    t_call_first_10,
    "1.0",
    "call-first",
    expect![[r#"
    ringing:
      dialing (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: calling
      ringing (inbound, dialled ?)
        > ? by SIP/102: ringing
    answered:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears ?
          ? by SIP/102: talking, hears 101
"#]]
);
picture!(
    t_call_rejected_10,
    "1.0",
    "call-rejected",
    expect![[r#"
    ringing:
      ringing (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: calling
          102 by SIP/102: ringing
"#]]
);
picture!(
    t_hold_10,
    "1.0",
    "hold",
    expect![[r#"
    answered:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
    held:
      held (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: held, hears 102
          102 by SIP/102: held, pressed hold, hears 101
    resumed:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
"#]]
);
picture!(
    t_transfer_10,
    "1.0",
    "transfer",
    expect![[r#"
    consulting:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
      ringing (inbound, dialled 103)
        > 101 "Anna Rossi" by SIP/101: calling
          103 by SIP/103: ringing
    asked:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
      talking (inbound, dialled 103)
        > 101 "Anna Rossi" by SIP/101: talking, hears 103
          103 by SIP/103: talking, hears 101
    moved:
      application (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: alone
      talking (inbound, dialled 103)
        > 102 by SIP/102: talking, hears 103
          103 by SIP/103: talking, hears 102
    transferred:
      talking (inbound, dialled 103)
        > 102 by SIP/102: talking, hears 103
          103 by SIP/103: talking, hears 102
"#]]
);
picture!(
    t_queue_10,
    "1.0",
    "queue",
    expect![[r#"
    waiting:
      queued (inbound, dialled 600)
        > 900 by SIP/trunk: queued
      queue support (600): 1. 900;
    ringing:
      ringing (inbound, dialled 600)
        > 900 by SIP/trunk: queued
          ? by SIP/103: ringing
      queue support (600): 1. 900;
    connected to a member:
      talking (inbound, dialled 600)
        > 900 by SIP/trunk: talking, hears ?
          ? by SIP/103: talking, hears 900
      queue support (600): SIP/104 unknown paused "";
    ended:
      queue support (600): SIP/104 unknown paused "";
"#]]
);
picture!(
    t_parked_10,
    "1.0",
    "parked",
    expect![[r#"
    parked:
      parked (inbound, dialled ?)
        > 102 by SIP/102: parked
      parked 701@default: 102, about 45 s, then to SIP/101
    fetched:
      talking (inbound, dialled ?)
        > 102 by SIP/102: talking, hears 103
          103 by SIP/103: talking, hears 102
"#]]
);
picture!(
    t_meetme_10,
    "1.0",
    "meetme",
    expect![[r#"
    alone:
      conference (inbound, dialled 680)
        > 101 by SIP/101: alone
      conference 680 (680): 101
    together:
      conference (inbound, dialled 680)
        > 101 by SIP/101: talking, hears 102 900
          102 by SIP/102: talking, hears 101 900
          900 by Zap/1: talking, hears 101 102
      conference 680 (680): 101 102 900 speaks
    two:
      conference (inbound, dialled 680)
        > 101 by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
      conference 680 (680): 101 102
"#]]
);
picture!(
    t_local_10,
    "1.0",
    "local",
    expect![[r#"
    ringing:
      ringing (inbound, dialled 110)
        > 101 by SIP/101: calling
          102 by SIP/102: ringing
    answered:
      talking (inbound, dialled 110)
        > 101 by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
"#]]
);
picture!(
    t_login_11,
    "1.1",
    "login",
    expect![[r#"
    synced:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      conference (inbound, dialled 680)
        > 901 by SIP/trunk: talking, hears 103
          103 "Eva Lind" by SIP/103: talking, hears 901
      parked (inbound, dialled ?)
        > 900 by SIP/trunk: parked
      queue support (600): 1. +49301234567; SIP/103 in use;
      parked 701@default: 900, about 25 s, then to SIP/101
      conference 680 (680): 901 103
    ended:
      queue support (600): SIP/103 in use;
"#]]
);
picture!(
    t_call_11,
    "1.1",
    "call",
    expect![[r#"
    ringing:
      ringing (internal, dialled 102)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    answered:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
    bridged natively:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]]
);
picture!(
    t_call_group_11,
    "1.1",
    "call-group",
    expect![[r#"
    ringing:
      ringing (internal, dialled 110)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
          103: ringing
      lit: 101 in use, 102 ringing, 103 ringing
    answered:
      talking (internal, dialled 110)
        > 101 "Anna Rossi": talking, hears 103
          103: talking, hears 101
      lit: 101 in use, 103 in use
"#]]
);
picture!(
    t_call_unanswered_11,
    "1.1",
    "call-unanswered",
    expect![[r#"
    ringing:
      ringing (internal, dialled 102)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    given up:
      dialing (internal, dialled 102)
        > 101 "Anna Rossi": calling
      lit: 101 in use, 102 ringing
"#]]
);
picture!(
    t_hold_11,
    "1.1",
    "hold",
    expect![[r#"
    answered:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
    held:
      held (internal, dialled 102)
        > 101 "Anna Rossi": held, with music, hears 102
          102 "Marco Bianchi": held, pressed hold, hears 101
      lit: 101 held, 102 in use
    resumed:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]]
);
picture!(
    t_transfer_11,
    "1.1",
    "transfer",
    expect![[r#"
    consulting:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      ringing (internal, dialled 103)
        > 101 "Anna Rossi": calling
          103 "Eva Lind": ringing
      lit: 101 in use, 102 in use, 103 ringing
    asked:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      talking (internal, dialled 103)
        > 101 "Anna Rossi": talking, hears 103
          103 "Eva Lind": talking, hears 101
      lit: 101 in use, 102 in use, 103 in use
    moved:
      application (internal, dialled 102)
        > 101 "Anna Rossi": alone
      talking (internal, dialled 103)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 101 in use, 102 in use, 103 in use
    transferred:
      talking (internal, dialled 103)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]]
);
picture!(
    t_transfer_blind_11,
    "1.1",
    "transfer-blind",
    expect![[r#"
    ringing there:
      ringing (internal, dialled 103)
        > 102 "Marco Bianchi": calling
          103 "Eva Lind": ringing
      lit: 102 in use, 103 ringing
    transferred:
      talking (internal, dialled 103)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]]
);
picture!(
    t_pickup_11,
    "1.1",
    "pickup",
    expect![[r#"
    ringing:
      ringing (internal, dialled 102)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    picked up:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 103
          103 "Eva Lind": talking, hears 101
      lit: 101 in use, 103 in use
"#]]
);
picture!(
    t_queue_11,
    "1.1",
    "queue",
    expect![[r#"
    waiting:
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      queue support (600): 1. +49301234567;
    two waiting:
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      queued (inbound, dialled 600)
        > +49307654321 by SIP/trunk: queued
      queue support (600): 1. +49301234567; 2. +49307654321;
    ringing:
      ringing (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
          103 "Eva Lind": ringing
      queued (inbound, dialled 600)
        > +49307654321 by SIP/trunk: queued
      queue support (600): 1. +49301234567; 2. +49307654321; SIP/103 ringing;
      lit: 103 ringing
    served:
      talking (inbound, dialled 600)
        > +49301234567 by SIP/trunk: talking, hears 103
          103 "Eva Lind": talking, hears +49301234567
      queued (inbound, dialled 600)
        > +49307654321 by SIP/trunk: queued
      queue support (600): 1. +49307654321; SIP/103 in use;
      lit: 103 in use
    the other gave up:
      talking (inbound, dialled 600)
        > +49301234567 by SIP/trunk: talking, hears 103
          103 "Eva Lind": talking, hears +49301234567
      queue support (600): SIP/103 in use;
      lit: 103 in use
    ended:
      queue support (600): SIP/103 idle paused "lunch";
"#]]
);
picture!(
    t_parked_11,
    "1.1",
    "parked",
    expect![[r#"
    parked:
      parked (internal, dialled ?)
        > 102 "Marco Bianchi": parked
      parked 701@default: 102 "Marco Bianchi", about 45 s, then to SIP/101
      lit: 102 in use
    fetched:
      talking (internal, dialled ?)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]]
);
picture!(
    t_parked_timeout_11,
    "1.1",
    "parked-timeout",
    expect![[r#"
    parked:
      parked (internal, dialled ?)
        > 102 "Marco Bianchi": parked
      parked 701@default: 102 "Marco Bianchi", about 45 s, then to SIP/101
      lit: 102 in use
    came back:
      application (internal, dialled ?)
        > 102 "Marco Bianchi": application
      lit: 102 in use
"#]]
);
picture!(
    t_meetme_11,
    "1.1",
    "meetme",
    expect![[r#"
    alone:
      conference (internal, dialled 680)
        > 101 "Anna Rossi": alone
      conference 680 (680): 101
      lit: 101 in use
    together:
      conference (outbound, dialled 680)
        > 101 "Anna Rossi": talking, hears 102 900
          102 "Marco Bianchi": talking, hears 101 900
          900 by SIP/trunk: talking, hears 101 102
      conference 680 (680): 101 102 speaks 900 muted
      lit: 101 in use, 102 in use
    quiet:
      conference (outbound, dialled 680)
        > 101 "Anna Rossi": talking, hears 102 900
          102 "Marco Bianchi": talking, hears 101 900
          900 by SIP/trunk: talking, hears 101 102
      conference 680 (680): 101 102 900
      lit: 101 in use, 102 in use
"#]]
);
picture!(
    t_confbridge_11,
    "1.1",
    "confbridge",
    expect![[r#"
    together:
      conference (outbound, dialled 690)
        > 101 "Anna Rossi": talking, hears 900
          900 by SIP/trunk: talking, hears 101
      conference 690 (690): 101 900 speaks
      lit: 101 in use
"#]]
);
picture!(
    t_local_11,
    "1.1",
    "local",
    expect![[r#"
    ringing:
      ringing (internal, dialled 110)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    answered:
      talking (internal, dialled 110)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
    optimised:
      talking (internal, dialled 110)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]]
);
picture!(
    t_login_20,
    "2.0",
    "login",
    expect![[r#"
    synced:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      conference (inbound, dialled 680)
        > 101 "Anna Rossi" by SIP/101: alone in MeetMe
      queue support (600): 1. +49301234567;
      conference 680 (680): 101
"#]]
);
picture!(
    t_call_20,
    "2.0",
    "call",
    expect![[r#"
    ringing:
      ringing (internal, dialled 102)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    answered:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]]
);
picture!(
    t_hold_20,
    "2.0",
    "hold",
    expect![[r#"
    answered:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
    held:
      held (internal, dialled 102)
        > 101 "Anna Rossi": held, with music, hears 102
          102 "Marco Bianchi": held, pressed hold, hears 101
      lit: 101 held, 102 in use
    resumed:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]]
);
picture!(
    t_transfer_20,
    "2.0",
    "transfer",
    expect![[r#"
    consulting:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      ringing (internal, dialled 103)
        > 101 "Anna Rossi": calling
          103 "Eva Lind": ringing
      lit: 101 in use, 102 in use, 103 ringing
    asked:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      talking (internal, dialled 103)
        > 101 "Anna Rossi": talking, hears 103
          103 "Eva Lind": talking, hears 101
      lit: 101 in use, 102 in use, 103 in use
    transferred:
      talking (internal, dialled ?)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]]
);
picture!(
    t_queue_20,
    "2.0",
    "queue",
    expect![[r#"
    waiting:
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      queue support (600): 1. +49301234567;
    ringing:
      ringing (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
          103 "Eva Lind": ringing
      queue support (600): 1. +49301234567;
      lit: 103 ringing
    served:
      talking (inbound, dialled 600)
        > +49301234567 by SIP/trunk: talking, hears 103
          103 "Eva Lind": talking, hears +49301234567
      lit: 103 in use
"#]]
);
picture!(
    t_parked_20,
    "2.0",
    "parked",
    expect![[r#"
    parked:
      parked (internal, dialled ?)
        > 102 "Marco Bianchi": parked
      parked 701@default: 102 "Marco Bianchi", about 45 s, then to SIP/101
      lit: 102 in use
    fetched:
      talking (internal, dialled ?)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]]
);
picture!(
    t_meetme_20,
    "2.0",
    "meetme",
    expect![[r#"
    alone:
      conference (internal, dialled 680)
        > 101 "Anna Rossi": alone
      conference 680 (680): 101
      lit: 101 in use
    together:
      conference (outbound, dialled 680)
        > 101 "Anna Rossi": talking, hears 900
          900 by SIP/trunk: talking, hears 101
      conference 680 (680): 101 speaks 900 muted
      lit: 101 in use
"#]]
);
