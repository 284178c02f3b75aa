//! Every event and list item has the headers the lab's Asterisk 22 gives it, in the same order.

mod client;
#[path = "client/tape.rs"]
mod tape;

use std::collections::BTreeMap;

use ami::Frame;
use client::stage::{JANE, clear, connect, leg, originate, stage};
use practice::PhoneAct::{Answer, Dial, HangUp, Hold, Resume};
use tape::tape;

/// The header names of the first frame of each event, in order, without those that come and go.
fn shapes(frames: &[Frame]) -> BTreeMap<String, Vec<String>> {
    let mut shapes = BTreeMap::new();
    for frame in frames {
        let Some(event) = frame.event() else { continue };
        let is_item = frame.get("ActionID").is_some();
        let names = frame
            .pairs()
            .map(|(name, _)| String::from_utf8_lossy(name).into_owned());
        let sometimes = ["TechCause", "Cause", "Tenantid"];
        let names = names
            .filter(|name| !sometimes.contains(&name.as_str()))
            .collect();
        let key = if is_item {
            format!("{event} (item)")
        } else {
            event.into_owned()
        };
        shapes.entry(key).or_insert(names);
    }
    shapes
}

#[test]
fn events_and_items_have_the_same_headers_in_the_same_order() {
    let scenes = [
        "sync-everything",
        "redirect-both-conference",
        "park-retrieved",
        "park-timeout",
        "queue-answered-over-local",
    ];
    let moves = [
        "recording-by-desk",
        "conference-mute",
        "conference-record",
        "spy",
        "member-penalty",
        "member-paused",
        "member-added-removed",
        "voicemail-left",
    ];
    let more = [
        "queue-abandoned",
        "call-held",
        "call-pickup",
        "blind-transfer",
        "originate-local-optimised",
    ];
    let theirs: BTreeMap<_, _> = scenes
        .iter()
        .chain(&more)
        .chain(&moves)
        .rev()
        .flat_map(|scene| shapes(&tape(scene)))
        .collect();
    let mut ours = shapes(&busy_office());
    // Nobody let a queue's call ring out on tape.
    ours.retain(|event, _| event != "AgentRingNoAnswer");
    let differing = ours
        .iter()
        .filter(|(event, names)| theirs.get(*event) != Some(names));
    let differing: Vec<String> = differing
        .map(|(event, names)| format!("{event}\n  {:?}\n  {names:?}", theirs.get(event)))
        .collect();
    assert!(
        differing.is_empty(),
        "Asterisk's, then ours:\n{}",
        differing.join("\n")
    );
}

/// A bit of everything, and every list of it.
fn busy_office() -> Vec<Frame> {
    let mut client = stage(["101", "102", "103", "104", "105", "106"]);
    let mut frames = Vec::new();
    connect(&mut client, "101", "102");
    client.phone("101", Hold).phone("101", Resume);
    client
        .outside("4930555001", JANE.0, JANE.1)
        .outside("4930555004", "+4930333", "Max")
        .phone("104", Answer);
    client
        .phone("105", Dial("700".to_owned()))
        .phone("106", Dial("680".to_owned()));
    for list in [
        "CoreShowChannels",
        "BridgeList",
        "ParkedCalls",
        "QueueStatus",
        "ExtensionStateList",
        "DeviceStateList",
        "PJSIPShowEndpoints",
        "ConfbridgeListRooms",
    ] {
        client.send(&format!("Action: {list}\nActionID: {list}\n"));
    }
    let transferrer = leg(&client, "102");
    client
        .send(&format!(
            "Action: BlindTransfer\nChannel: {transferrer}\nContext: internal\nExten: 103\n"
        ))
        .wait(300);
    client
        .phone("102", Dial("*8".to_owned()))
        .phone("103", Dial("701".to_owned()))
        .phone("106", HangUp);
    clear(&mut client);
    frames.extend(client.take());
    frames.extend(moves());
    originate(&mut client, "Local/101@internal", "102", "");
    client.phone("101", Answer).phone("102", Answer).wait(1_000);
    frames.extend(client.take());
    frames
}

/// What the moves add to it.
fn moves() -> Vec<Frame> {
    let mut client = stage(["101", "102", "103", "104", "105", "106"]);
    connect(&mut client, "101", "102");
    client.phone("105", Dial("680".to_owned()));
    let (call, member) = (leg(&client, "101"), leg(&client, "105"));
    for action in [
        format!("MixMonitor\nChannel: {call}\nFile: a.wav"),
        format!("MixMonitorMute\nChannel: {call}\nDirection: both\nState: 1"),
        format!("StopMixMonitor\nChannel: {call}"),
        format!("ConfbridgeMute\nConference: 680\nChannel: {member}"),
        format!("ConfbridgeUnmute\nConference: 680\nChannel: {member}"),
        "ConfbridgeStartRecord\nConference: 680".to_owned(),
        "ConfbridgeStopRecord\nConference: 680".to_owned(),
        "ConfbridgeList\nActionID: l\nConference: 680".to_owned(),
        "QueueAdd\nQueue: vip\nInterface: PJSIP/106".to_owned(),
        "QueuePenalty\nQueue: vip\nInterface: PJSIP/106\nPenalty: 1".to_owned(),
        "QueuePause\nQueue: vip\nInterface: PJSIP/106\nPaused: 1".to_owned(),
        "QueueRemove\nQueue: vip\nInterface: PJSIP/106".to_owned(),
        format!(
            "Originate\nActionID: o\nChannel: PJSIP/103\nApplication: ChanSpy\nData: {call},qE\nAsync: true"
        ),
    ] {
        client.send(&format!("Action: {action}\n")).wait(50);
    }
    client.phone("103", Answer).phone("101", HangUp);
    client
        .phone("106", Dial("*103".to_owned()))
        .phone("106", HangUp);
    clear(&mut client);
    // An Originate of an application has other headers than one of an extension.
    let mut frames = client.take();
    frames.retain(|frame| {
        frame
            .event()
            .is_none_or(|event| event != "OriginateResponse")
    });
    frames
}
