//! Every frame that real Asterisk sent in the recordings, read as an event; and frames that nobody should ever send.

#[path = "../../../../tests/lab/transcript.rs"]
mod transcript;

use std::collections::BTreeMap;
use std::path::Path;

use ami::event::{
    BridgeEvent, ChannelEvent, ConferenceEvent, DialStatus, ParkingEvent, QueueEvent, StateEvent,
    TransferEvent,
};
use ami::{ChannelState, Event, Frame};
use proptest::prelude::*;
use transcript::{Step, parse};

/// The event frames of one recording.
fn recording(version: &str, scenario: &str) -> Vec<Frame> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts");
    let path = folder.join(version).join(format!("{scenario}.ami"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let frames = parse(&bytes).into_iter().filter_map(|step| match step {
        Step::Server(frame) => Frame::parse(&frame),
        Step::Sent { .. } | Step::At(_) | Step::Mark(_) => None,
    });
    frames.filter(|frame| frame.event().is_some()).collect()
}

fn both(scenario: &str) -> [Vec<Frame>; 2] {
    ["22", "16"].map(|version| recording(version, scenario))
}

/// Some event of the recording, of both versions, is as `expected` says.
fn some(scenario: &str, expected: impl Fn(&Event<'_>) -> bool) {
    for frames in both(scenario) {
        let found = frames.iter().any(|frame| expected(&Event::read(frame)));
        assert!(found, "not in {scenario}");
    }
}

#[test]
fn a_channel_is_born_and_hung_up_with_its_cause() {
    some("call-answered", |event| {
        matches!(event, Event::Channel(ChannelEvent::Newchannel(channel))
            if channel.channel.starts_with("PJSIP/101-") && channel.exten.as_deref() == Some("102")
                && channel.state == Some(ChannelState::Ring) && channel.caller_name.as_deref() == Some("Anna Rossi"))
    });
    some("call-answered", |event| {
        matches!(event, Event::Channel(ChannelEvent::Hangup { cause: Some(16), cause_text: Some(text), .. })
            if text == "Normal Clearing")
    });
}

#[test]
fn hold_names_the_one_who_pressed_it() {
    some(
        "call-held",
        |event| matches!(event, Event::Channel(ChannelEvent::Hold(channel)) if channel.channel.starts_with("PJSIP/101-")),
    );
    some(
        "call-held",
        |event| matches!(event, Event::Channel(ChannelEvent::MusicOnHoldStart(channel)) if channel.channel.starts_with("PJSIP/102-")),
    );
}

#[test]
fn a_dial_has_both_ends_and_ends_with_its_status() {
    for (scenario, status) in [
        ("call-answered", DialStatus::Answer),
        ("call-rejected", DialStatus::Busy),
        ("call-cancelled", DialStatus::Cancel),
        ("call-no-answer", DialStatus::NoAnswer),
    ] {
        some(scenario, |event| {
            matches!(event, Event::Dial(dial) if dial.status == status && dial.status.is_end()
                && dial.caller.as_ref().is_some_and(|caller| caller.channel.starts_with("PJSIP/101-"))
                && dial.dest.channel.starts_with("PJSIP/102-"))
        });
    }
    some(
        "originate-answered",
        |event| matches!(event, Event::Dial(dial) if dial.caller.is_none() && dial.status == DialStatus::Ringing),
    );
}

#[test]
fn bridges_tell_who_comes_who_goes_and_whose_place_is_taken() {
    some("call-answered", |event| {
        matches!(event, Event::Bridge(BridgeEvent::Leave { .. }))
    });
    some(
        "originate-local-optimised",
        |event| matches!(event, Event::Bridge(BridgeEvent::Enter { swap: Some(swap), .. }) if swap.starts_with("cord-")),
    );
    some(
        "park-retrieved",
        |event| matches!(event, Event::Bridge(BridgeEvent::Enter { bridge, .. }) if bridge.kind.as_deref() == Some("parking")),
    );
}

#[test]
fn local_halves_and_transfers_have_their_channels() {
    some("originate-local-kept", |event| {
        matches!(event, Event::Transfer(TransferEvent::LocalBridge { one, two })
            if one.channel.ends_with(";1") && two.channel.ends_with(";2"))
    });
    some(
        "blind-transfer",
        |event| matches!(event, Event::Transfer(TransferEvent::Blind { transferee: Some(_), result, .. }) if result == "Success"),
    );
    some("call-pickup", |event| {
        matches!(event, Event::Transfer(TransferEvent::Pickup { channel, target: Some(target) })
            if channel.channel.starts_with("PJSIP/103-") && target.channel.starts_with("PJSIP/102-"))
    });
}

#[test]
fn parking_names_space_lot_and_who_fetches() {
    some("park-retrieved", |event| {
        matches!(event, Event::Parking(ParkingEvent::Parked(call))
            if call.space == "701" && call.lot == "default" && call.timeout == Some(45))
    });
    some("park-retrieved", |event| {
        matches!(event, Event::Parking(ParkingEvent::Left { retriever: Some(retriever), .. })
            if retriever.channel.starts_with("PJSIP/103-"))
    });
}

#[test]
fn queues_tell_callers_members_and_rings() {
    some(
        "queue-answered",
        |event| matches!(event, Event::Queue(QueueEvent::Join { queue, position: Some(1), .. }) if queue == "sales"),
    );
    some("queue-answered", |event| {
        matches!(event, Event::Queue(QueueEvent::Member(member)) if member.interface == "PJSIP/103"
            && member.name.as_deref() == Some("Cara Müller") && member.status == Some(6) && member.paused == Some(false))
    });
    some("sync-queue", |event| {
        matches!(
            event,
            Event::Queue(QueueEvent::Entry {
                position: Some(1),
                wait: Some(_),
                ..
            })
        )
    });
}

#[test]
fn rooms_states_and_lists_are_read() {
    some(
        "conference-three",
        |event| matches!(event, Event::Conference(ConferenceEvent::Join { room, .. }) if room == "680"),
    );
    some("call-answered", |event| {
        matches!(event, Event::State(StateEvent::Extension { exten, context, status: Some(8), .. })
            if exten == "102" && context == "hints")
    });
    some("sync-bridged", |event| {
        matches!(event, Event::Channel(ChannelEvent::Listed { bridge: Some(_), application: Some(name), age: Some(_), .. })
            if name == "AppDial")
    });
    some(
        "originate-rejected",
        |event| matches!(event, Event::Originate(response) if !response.success && response.reason == Some(0)),
    );
}

#[test]
fn nothing_asterisk_sends_is_malformed_and_little_is_unknown() {
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    for scenario in [
        "sync-everything",
        "park-timeout",
        "queue-two-callers",
        "conference-three",
        "core-stop-gracefully",
    ] {
        for frame in both(scenario).into_iter().flatten() {
            match Event::read(&frame) {
                Event::Malformed(bad) => panic!("{scenario}: {bad:?}"),
                Event::Other(other) => *others.entry(other.name.into_owned()).or_default() += 1,
                Event::Channel(_)
                | Event::Bridge(_)
                | Event::Dial(_)
                | Event::Transfer(_)
                | Event::Parking(_)
                | Event::Queue(_)
                | Event::State(_)
                | Event::Conference(_)
                | Event::Recording(_)
                | Event::Spy(_)
                | Event::Agent(_)
                | Event::Originate(_)
                | Event::System(_) => {}
            }
        }
    }
    let surprising = others.keys().filter(|name| !name.ends_with("Complete"));
    let surprising: Vec<_> = surprising.filter(|name| *name != "TestEvent").collect();
    assert_eq!(surprising, Vec::<&String>::new());
}

#[test]
fn an_event_without_what_it_must_carry_is_malformed_and_says_what() {
    for (text, missing) in [
        ("Event: Newchannel\nChannel: PJSIP/101-1\n", "Uniqueid"),
        (
            "Event: Hangup\nUniqueid: <unknown>\nChannel: x\n",
            "Uniqueid",
        ),
        (
            "Event: DialBegin\nChannel: a\nUniqueid: 1\n",
            "DestUniqueid",
        ),
        (
            "Event: BridgeEnter\nChannel: a\nUniqueid: 1\n",
            "BridgeUniqueid",
        ),
        ("Event: ParkedCall\nParkinglot: default\n", "ParkeeUniqueid"),
        ("Event: QueueCallerJoin\nChannel: a\nUniqueid: 1\n", "Queue"),
        ("Event: QueueMemberStatus\nQueue: q\n", "Interface"),
        ("Event: ExtensionStatus\nExten: 1\n", "Context"),
        ("Event: ConfbridgeJoin\nConference: 1\n", "Uniqueid"),
        ("Response: Success\n", "Event"),
    ] {
        let frame = Frame::parse(text.as_bytes()).expect("a frame");
        let Event::Malformed(bad) = Event::read(&frame) else {
            panic!("{text} was accepted")
        };
        assert_eq!(bad.missing, missing, "{text}");
    }
}

#[test]
fn a_forged_second_event_header_changes_nothing() {
    let text = "Event: Newstate\nChannel: a\nUniqueid: 1\nAppData: x\nEvent: Hangup\nUniqueid: 2\n";
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    let event = Event::read(&frame);
    assert!(
        matches!(event, Event::Channel(ChannelEvent::Changed(channel)) if channel.uniqueid == "1")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_frame_with_lines_lost_doubled_or_bitten_is_still_read(
        pick in any::<prop::sample::Index>(),
        hurt in prop::collection::vec((any::<prop::sample::Index>(), 0..4u8, any::<u8>()), 1..6),
    ) {
        let frames = recording("22", "queue-two-callers");
        let mut lines: Vec<Vec<u8>> = pick.get(&frames).bytes().split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        for (at, how, byte) in hurt {
            let at = at.index(lines.len());
            let length = lines[at].len();
            match how {
                0 => lines[at].clear(),
                1 => lines.push(lines[at].clone()),
                2 => lines[at].truncate(usize::from(byte) % (length + 1)),
                _ => lines[at].push(byte),
            }
        }
        if let Some(frame) = Frame::parse(&lines.join(&b'\n')) {
            let event = Event::read(&frame);
            prop_assert!(event.snapshots().all(|snapshot| !snapshot.uniqueid.is_empty()));
        }
    }
}
