//! What holds whatever hands and clients do.

mod client;

use std::collections::BTreeSet;

use client::witness::Witness;
use client::{Client, is_event};
use practice::PhoneAct::{Answer, Dial, HangUp, Hold, Register, Reject, Resume, Unregister};
use practice::{PhoneAct, Practice};
use proptest::prelude::*;

/// One thing somebody does.
#[derive(Debug, Clone)]
enum Deed {
    Phone(u8, PhoneAct),
    Outside(&'static str),
    Wait(u64),
    Redirect(u8, &'static str),
    RedirectBoth(u8, u8, &'static str),
    Blind(u8, &'static str),
    Bridge(u8, u8),
    Park(u8),
    Hangup(u8),
    Originate(&'static str, &'static str),
    /// Any other action, upon one leg and another.
    Act(&'static str, u8, u8),
}

/// Everything else that may be asked: `@1` and `@2` are channels.
const ACTS: [&str; 27] = [
    "ConfbridgeKick\nConference: 680\nChannel: @1",
    "ConfbridgeKick\nConference: 680\nChannel: all",
    "ConfbridgeMute\nConference: 680\nChannel: @1",
    "ConfbridgeUnmute\nConference: 680\nChannel: all",
    "ConfbridgeLock\nConference: 680",
    "ConfbridgeUnlock\nConference: 680",
    "ConfbridgeStartRecord\nConference: 680",
    "ConfbridgeStopRecord\nConference: 680",
    "MixMonitor\nChannel: @1\nFile: a.wav",
    "StopMixMonitor\nChannel: @1",
    "MixMonitorMute\nChannel: @1\nDirection: both\nState: 1",
    "MuteAudio\nChannel: @1\nDirection: all\nState: on",
    "PlayDTMF\nChannel: @1\nDigit: 1",
    "AbsoluteTimeout\nChannel: @1\nTimeout: 2",
    "Atxfer\nChannel: @1\nExten: 103\nContext: internal",
    "Park\nChannel: @1\nAnnounceChannel: @2\nParkinglot: hotel",
    "Park\nChannel: @1\nTimeoutChannel: @2\nParkinglot: hotel\nTimeout: 1000",
    "Originate\nChannel: PJSIP/105\nApplication: ChanSpy\nData: @1,qE\nAsync: true",
    "Originate\nChannel: PJSIP/106\nApplication: ChanSpy\nData: PJSIP/10,q\nAsync: true",
    "PJSIPNotify\nChannel: @1\nVariable: Event=talk",
    "PJSIPNotify\nChannel: @1\nVariable: Event=hold",
    "QueueWithdrawCaller\nQueue: sales\nCaller: @1",
    "QueueWithdrawCaller\nQueue: vip\nCaller: @1",
    "QueueChangePriorityCaller\nQueue: vip\nCaller: @1\nPriority: 7\nImmediate: yes",
    "QueueAdd\nQueue: vip\nInterface: PJSIP/102\nPenalty: 1",
    "QueueRemove\nQueue: vip\nInterface: PJSIP/102",
    "QueuePause\nInterface: PJSIP/103\nPaused: true\nReason: lunch",
];

fn number() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "100",
        "101",
        "102",
        "103",
        "104",
        "105",
        "106",
        "199",
        "600",
        "510",
        "511",
        "601",
        "603",
        "610",
        "611",
        "612",
        "680",
        "*680",
        "630",
        "*101",
        "770",
        "700",
        "701",
        "702",
        "*8",
        "*8102",
        "9030123456",
        "8555",
        "",
    ])
}

fn act() -> impl Strategy<Value = PhoneAct> {
    prop_oneof![
        4 => number().prop_map(|number| Dial(number.to_owned())),
        5 => Just(Answer),
        1 => Just(Reject),
        2 => Just(HangUp),
        1 => Just(Hold),
        1 => Just(Resume),
        1 => Just(Unregister),
        1 => Just(Register),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let did = prop::sample::select(vec![
        "4930555000",
        "4930555001",
        "4930555003",
        "4930555006",
        "4930555010",
        "1",
    ]);
    let device = prop::sample::select(vec![
        "PJSIP/101",
        "PJSIP/109",
        "Local/102@internal",
        "Local/610@internal",
        "Local/103@internal/n",
        "PJSIP/5@trunk",
        "SIP/x",
        "nothing",
    ]);
    prop_oneof![
        8 => (0..8u8, act()).prop_map(|(phone, act)| Deed::Phone(phone, act)),
        2 => did.prop_map(Deed::Outside),
        4 => (1..6_000u64).prop_map(Deed::Wait),
        1 => (20_000..60_000u64).prop_map(Deed::Wait),
        3 => (any::<u8>(), number()).prop_map(|(leg, to)| Deed::Redirect(leg, to)),
        2 => (any::<u8>(), any::<u8>(), number()).prop_map(|(one, two, to)| Deed::RedirectBoth(one, two, to)),
        2 => (any::<u8>(), number()).prop_map(|(leg, to)| Deed::Blind(leg, to)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(one, two)| Deed::Bridge(one, two)),
        2 => any::<u8>().prop_map(Deed::Park),
        1 => any::<u8>().prop_map(Deed::Hangup),
        2 => (device, number()).prop_map(|(device, to)| Deed::Originate(device, to)),
        8 => (prop::sample::select(ACTS.to_vec()), any::<u8>(), any::<u8>())
            .prop_map(|(action, one, two)| Deed::Act(action, one, two)),
    ]
}

fn leg(client: &Client, index: u8) -> String {
    let legs = client.pbx.channels();
    let index = usize::from(index) % legs.len().max(1);
    legs.get(index)
        .map_or_else(|| "nobody".to_owned(), |leg| leg.name.clone())
}

fn perform(client: &mut Client, deed: &Deed) {
    let place = |to: &str| format!("Context: internal\nExten: {to}\nPriority: 1\n");
    match deed {
        Deed::Phone(7, act) => drop(client.phone("trunk", act.clone())),
        Deed::Phone(phone, act) => drop(client.phone(&format!("10{phone}"), act.clone())),
        Deed::Outside(did) => drop(client.outside(did, "+49301234567", "Jane \"J\" Doe?")),
        Deed::Wait(milliseconds) => drop(client.wait(*milliseconds)),
        Deed::Redirect(one, to) => {
            let one = leg(client, *one);
            client.send(&format!("Action: Redirect\nChannel: {one}\n{}", place(to)));
        }
        Deed::RedirectBoth(one, two, to) => {
            let (one, two) = (leg(client, *one), leg(client, *two));
            client.send(&format!(
                "Action: Redirect\nChannel: {one}\nExtraChannel: {two}\n{}",
                place(to)
            ));
        }
        Deed::Blind(one, to) => {
            let one = leg(client, *one);
            client.send(&format!(
                "Action: BlindTransfer\nChannel: {one}\n{}",
                place(to)
            ));
        }
        Deed::Bridge(one, two) => {
            let (one, two) = (leg(client, *one), leg(client, *two));
            client.send(&format!(
                "Action: Bridge\nChannel1: {one}\nChannel2: {two}\n"
            ));
        }
        Deed::Park(one) => {
            let (one, two) = (leg(client, *one), leg(client, one.wrapping_add(1)));
            client.send(&format!(
                "Action: Park\nChannel: {one}\nTimeoutChannel: {two}\n"
            ));
        }
        Deed::Hangup(one) => {
            let one = leg(client, *one);
            client.send(&format!("Action: Hangup\nChannel: {one}\n"));
        }
        Deed::Act(action, one, two) => {
            let (one, two) = (leg(client, *one), leg(client, *two));
            let action = action.replace("@1", &one).replace("@2", &two);
            client.send(&format!("Action: {action}\nActionID: x\n"));
        }
        Deed::Originate(device, to) => {
            client.send(&format!(
                "Action: Originate\nActionID: o\nAsync: yes\nChannel: {device}\n{}",
                place(to)
            ));
        }
    }
}

fn listed(client: &mut Client) -> BTreeSet<String> {
    client.send("Action: CoreShowChannels\nActionID: l\n");
    let items = client
        .frames
        .iter()
        .filter(|frame| is_event(frame, "CoreShowChannel"));
    items
        .filter_map(|frame| frame.get("Channel"))
        .map(|value| value.text().into_owned())
        .collect()
}

fn watch(client: &mut Client, witness: &mut Witness) {
    let listed = listed(client);
    for frame in client.take() {
        witness.see(&frame);
    }
    assert_eq!(listed, witness.live, "the list is what the events told");
}

fn live_through(deeds: &[Deed], seed: u64) {
    let mut client = Client::logged_in(Practice::new(seed));
    let mut witness = Witness::default();
    for deed in deeds {
        perform(&mut client, deed);
        watch(&mut client, &mut witness);
    }
    for _ in 0..20 {
        for leg in client.pbx.channels() {
            client.send(&format!("Action: Hangup\nChannel: {}\n", leg.uniqueid));
        }
        client.wait(1_000);
    }
    watch(&mut client, &mut witness);
    assert!(
        witness.live.is_empty() && witness.waiting.is_empty(),
        "left: {:?}",
        witness.live
    );
    let left = witness
        .bridges
        .values()
        .filter(|(kind, members)| kind != "parking" || !members.is_empty());
    assert_eq!(left.count(), 0, "bridges left");
    client
        .send("Action: ParkedCalls\n")
        .send("Action: QueueStatus\n")
        .send("Action: DeviceStateList\n");
    for frame in client.take() {
        for item in ["ParkedCall", "QueueEntry"] {
            assert!(!is_event(&frame, item), "left: {item}");
        }
        let state = frame.get("State").map(|value| value.text().into_owned());
        assert!(
            state.is_none_or(|state| ["NOT_INUSE", "UNAVAILABLE"].contains(&state.as_str())),
            "{frame:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_everything_is_hung_up_nothing_is_left(deeds in prop::collection::vec(deed(), 1..40), seed in any::<u64>()) {
        live_through(&deeds, seed);
    }

    #[test]
    fn hostile_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..3_000), cut in 1..200usize) {
        let mut client = Client::fresh(Practice::new(1));
        for chunk in bytes.chunks(cut) {
            client.pbx.receive(client.line, chunk, 1);
        }
        client.send("\n\nAction: Login\nUsername: a\nSecret: practice\n");
        client.pbx.receive(client.line, &bytes, 2);
        client.wait(60_000);
    }

    #[test]
    fn odd_headers_do_no_harm(
        action in prop::sample::select(vec![
            "Login", "Challenge", "Events", "Originate", "Redirect", "Bridge", "Park", "Getvar", "Setvar", "QueueAdd", "QueuePause",
            "QueueRemove", "Status", "BridgeInfo", "ExtensionState", "Hangup", "BlindTransfer", "UserEvent", "ConfbridgeList",
            "ConfbridgeKick", "ConfbridgeMute", "ConfbridgeLock", "ConfbridgeStartRecord", "MixMonitor", "MixMonitorMute",
            "StopMixMonitor", "MuteAudio", "PlayDTMF", "AbsoluteTimeout", "Atxfer", "CancelAtxfer", "PJSIPNotify", "MWIUpdate",
            "MailboxStatus", "QueueWithdrawCaller", "QueueChangePriorityCaller", "QueuePenalty",
        ]),
        headers in prop::collection::vec(
            (prop::sample::select(vec![
                "Channel", "Context", "Exten", "Priority", "ExtraChannel", "ExtraContext", "Timeout", "CallerID", "Variable",
                "Queue", "Interface", "Paused", "Cause", "Channel1", "Channel2", "ParkingSpace", "Parkinglot", "EventMask",
                "Application", "Data", "Digit", "Duration", "Direction", "State", "Caller", "Penalty", "Endpoint", "URI", "Option",
                "Mailbox", "NewMessages", "AnnounceChannel", "TimeoutChannel", "File", "ChannelId", "Events", "AuthType", "Key", "BridgeUniqueid", "Conference", "Async",
            ]), prop_oneof!["\\PC{0,40}", Just("PJSIP/101-00000000".to_owned()), Just("1".to_owned()), Just("PJSIP/102".to_owned())]),
            0..12,
        ),
    ) {
        let mut client = Client::logged_in(Practice::new(1));
        client.phone("101", Dial("102".to_owned())).phone("102", Answer);
        let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        client.send(&format!("Action: {action}\nActionID: x\n{lines}")).wait(40_000);
    }
}
