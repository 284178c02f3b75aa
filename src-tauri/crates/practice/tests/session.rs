//! Logins, rights, lists and refusals, as a client reads them.

mod client;

use ami::Frame;
use client::{Client, is_event};
use expect_test::{Expect, expect};
use md5::{Digest, Md5};
use practice::PhoneAct::{Answer, Dial};
use practice::Practice;

fn check(client: &mut Client, expected: Expect) {
    let frames = client.take();
    let text: String = frames
        .iter()
        .map(|frame| String::from_utf8_lossy(frame.bytes()).replace('\r', ""))
        .collect();
    expected.assert_eq(&text);
}

fn fresh() -> Client {
    Client::fresh(Practice::new(1))
}

fn quiet() -> Client {
    Client::logged_in(Practice::new(1))
}

fn value(frame: &Frame, name: &str) -> String {
    frame
        .get(name)
        .map(|value| value.text().into_owned())
        .unwrap_or_default()
}

/// What the last answer said.
fn message(client: &mut Client) -> String {
    client
        .take()
        .last()
        .map(|frame| value(frame, "Message"))
        .unwrap_or_default()
}

#[test]
fn a_plain_login_is_accepted_and_told_that_the_pbx_is_up() {
    let mut client = fresh();
    client.send("Action: Login\nActionID: 1\nUsername: anybody\nSecret: practice\n");
    check(
        &mut client,
        expect![[r#"
        Response: Success
        ActionID: 1
        Message: Authentication accepted
        Event: FullyBooted
        Privilege: system,all
        Uptime: 0
        LastReload: 0
        Status: Fully Booted
    "#]],
    );
    client
        .send("Action: Login\nUsername: anybody\nSecret: wrong\n")
        .send("Action: Logoff\nActionID: 2\n");
    check(
        &mut client,
        expect![[r#"
        Response: Success
        Message: Already authenticated
        Response: Goodbye
        ActionID: 2
        Message: Thanks for all the fish.
    "#]],
    );
    assert!(client.pbx.is_closed(client.line));
}

#[test]
fn a_login_by_challenge_never_sends_the_secret() {
    let mut client = fresh();
    client.send("Action: Challenge\nAuthType: MD4\n");
    assert_eq!(message(&mut client), "Must specify AuthType");
    let challenges: Vec<String> = (0..2)
        .map(|_| {
            client.send("Action: Challenge\nAuthType: MD5\n");
            client
                .take()
                .last()
                .map(|frame| value(frame, "Challenge"))
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(challenges[0], challenges[1], "one for the connection");
    let digest = Md5::digest(format!("{}restricted-secret", challenges[0]));
    let key: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    client.send(&format!(
        "Action: Login\nAuthType: MD5\nUsername: restricted\nKey: {key}\n"
    ));
    assert_eq!(
        message(&mut client),
        "Authentication accepted",
        "and without system no FullyBooted"
    );
}

#[test]
fn a_wrong_login_is_refused_a_second_later_and_cut_off() {
    for action in [
        "Action: Login\nActionID: 1\nUsername: cordboard\nSecret: wrong\n",
        "Action: Login\nActionID: 1\nUsername: blocked\nSecret: blocked-secret\n",
        "Action: Login\nActionID: 1\nAuthType: MD5\nUsername: cordboard\nKey: 0123\n",
    ] {
        let mut client = fresh();
        client
            .send(action)
            .send("Action: Login\nUsername: cordboard\nSecret: practice\n")
            .wait(999);
        assert!(client.take().is_empty() && !client.pbx.is_closed(client.line));
        client.wait(1);
        let frames = client.take();
        assert_eq!(frames.len(), 1);
        assert_eq!(
            (value(&frames[0], "ActionID"), value(&frames[0], "Message")),
            ("1".into(), "Authentication failed".into())
        );
        assert!(client.pbx.is_closed(client.line));
    }
}

#[test]
fn who_never_logs_in_is_cut_off_without_a_word() {
    let mut client = fresh();
    client.send("Action: Ping\nActionID: 1\n");
    assert_eq!(message(&mut client), "Permission denied");
    client.wait(29_999);
    assert!(!client.pbx.is_closed(client.line));
    client.wait(1);
    assert!(client.pbx.is_closed(client.line) && client.take().is_empty());
    assert_eq!(client.pbx.poll_timeout(), None);
}

#[test]
fn each_login_may_do_only_what_it_may() {
    let mut client = fresh();
    client
        .send("Action: Login\nUsername: readonly\nSecret: readonly-secret\n")
        .take();
    for denied in [
        "CoreShowChannels",
        "Hangup",
        "ExtensionStateList",
        "PJSIPShowEndpoints",
        "Originate",
    ] {
        client.send(&format!("Action: {denied}\n"));
        assert_eq!(message(&mut client), "Permission denied", "{denied}");
    }
    client.send("Action: ListCommands\nActionID: 1\n");
    check(
        &mut client,
        expect![[r#"
            Response: Success
            ActionID: 1
            BridgeInfo: Get information about a bridge.  (Priv: <none>)
            BridgeList: Get a list of bridges in the system.  (Priv: <none>)
            Challenge: Generate Challenge for MD5 Auth.  (Priv: <none>)
            Events: Control Event Flow.  (Priv: <none>)
            ListCommands: List available manager commands.  (Priv: <none>)
            Login: Login Manager.  (Priv: <none>)
            Logoff: Logoff Manager.  (Priv: <none>)
            Ping: Keepalive command.  (Priv: <none>)
            QueueChangePriorityCaller: Change priority of a caller on queue.  (Priv: <none>)
            QueueStatus: Show queue status.  (Priv: <none>)
            QueueSummary: Show queue summary.  (Priv: <none>)
            QueueWithdrawCaller: Request to withdraw a caller from the queue back to the dialplan.  (Priv: <none>)
        "#]],
    );
    client.send("Action: Monitor\nActionID: 7\n");
    check(
        &mut client,
        expect![[r#"
        Response: Error
        ActionID: 7
        Message: Invalid/unknown command: Monitor. Use Action: ListCommands to show available commands.
    "#]],
    );
}

#[test]
fn only_the_classes_asked_for_are_told() {
    let mut client = fresh();
    client.send("Action: Login\nUsername: cordboard\nSecret: practice\nEvents: off\n");
    client.phone("101", Dial("610".to_owned()));
    assert_eq!(client.take().len(), 1);
    let told = |client: &mut Client, mask: &str| {
        client
            .send(&format!("Action: Events\nEventMask: {mask}\n"))
            .take();
        client
            .phone("102", Dial("610".to_owned()))
            .phone("102", practice::PhoneAct::HangUp);
        let frames = client.take();
        (
            frames.iter().any(|frame| is_event(frame, "Newchannel")),
            frames
                .iter()
                .any(|frame| is_event(frame, "QueueCallerJoin")),
        )
    };
    assert_eq!(told(&mut client, "agent"), (false, true));
    assert_eq!(told(&mut client, "call,system"), (true, false));
    assert_eq!(
        told(&mut client, "calls"),
        (false, false),
        "an unknown class is nothing"
    );
    assert_eq!(told(&mut client, "34"), (true, true));
    assert_eq!(told(&mut client, "on"), (true, true));
    client.send("Action: Events\n");
    assert_eq!(message(&mut client), "Invalid event mask");
}

#[test]
fn bad_messages_are_refused_and_the_line_stays() {
    let mut client = quiet();
    client.send(&format!(
        "Action: Ping\nActionID: 1\nX: {}\n",
        "x".repeat(1_100)
    ));
    assert_eq!(
        message(&mut client),
        "Failed to parse message: line too long"
    );
    client.send(&format!(
        "Action: Ping\nActionID: 1\n{}",
        "X: 1\n".repeat(127)
    ));
    assert_eq!(
        message(&mut client),
        "Too many lines in message or allocation failure"
    );
    client.send("").send("ActionID: 1\n");
    assert_eq!(message(&mut client), "Missing action in request");
    client.send("aCTION:pING\r\n");
    check(
        &mut client,
        expect![[r#"
        Response: Success
        Ping: Pong
        Timestamp: 1795000000.000000
    "#]],
    );
}

#[test]
fn a_call_in_the_lists() {
    let mut client = quiet();
    client
        .phone("117", Dial("102".to_owned()))
        .phone("102", Answer)
        .wait(65_000)
        .take();
    client.send("Action: CoreShowChannels\nActionID: 1\n");
    check(
        &mut client,
        expect![[r#"
        Response: Success
        ActionID: 1
        EventList: start
        Message: Channels will follow
        Event: CoreShowChannel
        ActionID: 1
        Channel: PJSIP/117-00000000
        ChannelState: 6
        ChannelStateDesc: Up
        CallerIDNum: 117
        CallerIDName: Quentin O\'Neil
        ConnectedLineNum: 102
        ConnectedLineName: Marco Bianchi
        Language: en
        AccountCode: 
        Context: internal
        Exten: 102
        Priority: 1
        Uniqueid: 1795000000.0
        Linkedid: 1795000000.0
        Application: Dial
        ApplicationData: PJSIP/102,30,tT
        Duration: 00:01:05
        BridgeId: 910a2dec-8902-4cc1-beeb-8da1658eec67
        Event: CoreShowChannel
        ActionID: 1
        Channel: PJSIP/102-00000001
        ChannelState: 6
        ChannelStateDesc: Up
        CallerIDNum: 102
        CallerIDName: Marco Bianchi
        ConnectedLineNum: 117
        ConnectedLineName: Quentin O\'Neil
        Language: en
        AccountCode: 
        Context: internal
        Exten: 
        Priority: 1
        Uniqueid: 1795000000.1
        Linkedid: 1795000000.0
        Application: AppDial
        ApplicationData: (Outgoing Line)
        Duration: 00:01:05
        BridgeId: 910a2dec-8902-4cc1-beeb-8da1658eec67
        Event: CoreShowChannelsComplete
        ActionID: 1
        EventList: Complete
        ListItems: 2
    "#]],
    );
    client.send("Action: BridgeList\nActionID: 2\n");
    check(
        &mut client,
        expect![[r#"
        Response: Success
        ActionID: 2
        EventList: start
        Message: Bridge listing will follow
        Event: BridgeListItem
        ActionID: 2
        BridgeUniqueid: 910a2dec-8902-4cc1-beeb-8da1658eec67
        BridgeType: basic
        BridgeTechnology: simple_bridge
        BridgeCreator: <unknown>
        BridgeName: <unknown>
        BridgeNumChannels: 2
        BridgeVideoSourceMode: none
        Event: BridgeListComplete
        ActionID: 2
        EventList: Complete
        ListItems: 1
    "#]],
    );
    client
        .send("Action: ExtensionState\nContext: hints\nExten: 117\n")
        .send("Action: ExtensionState\nContext: internal\nExten: 117\n");
    check(
        &mut client,
        expect![[r#"
        Response: Success
        Message: Extension Status
        Exten: 117
        Context: hints
        Hint: PJSIP/117,CustomPresence:117
        Status: 1
        StatusText: InUse
        Response: Success
        Message: Extension Status
        Exten: 117
        Context: internal
        Hint: 
        Status: -1
        StatusText: Unknown
    "#]],
    );
}

#[test]
fn the_queue_and_the_lot_in_the_lists() {
    let mut client = quiet();
    client
        .phone("107", Dial("700".to_owned()))
        .outside("4930555004", "+493023125042", "Jürgen Köhler")
        .wait(2_000)
        .take();
    client
        .send("Action: ParkedCalls\nActionID: 1\n")
        .send("Action: QueueStatus\nQueue: support\nActionID: 2\n");
    check(
        &mut client,
        expect![[r#"
            Response: Success
            ActionID: 1
            EventList: start
            Message: Parked calls will follow
            Event: ParkedCall
            ParkeeChannel: PJSIP/107-00000000
            ParkeeChannelState: 6
            ParkeeChannelStateDesc: Up
            ParkeeCallerIDNum: 107
            ParkeeCallerIDName: George Okafor
            ParkeeConnectedLineNum: <unknown>
            ParkeeConnectedLineName: <unknown>
            ParkeeLanguage: en
            ParkeeAccountCode: 
            ParkeeContext: internal
            ParkeeExten: 700
            ParkeePriority: 1
            ParkeeUniqueid: 1795000000.0
            ParkeeLinkedid: 1795000000.0
            ParkerDialString: PJSIP/107
            Parkinglot: default
            ParkingSpace: 701
            ParkingTimeout: 43
            ParkingDuration: 2
            ActionID: 1
            Event: ParkedCallsComplete
            ActionID: 1
            EventList: Complete
            ListItems: 1
            Total: 1
            Response: Success
            ActionID: 2
            EventList: start
            Message: Queue status will follow
            Event: QueueParams
            Queue: support
            Max: 0
            Strategy: rrmemory
            Calls: 1
            Holdtime: 0
            TalkTime: 0
            Completed: 0
            Abandoned: 0
            ServiceLevel: 0
            ServicelevelPerf: 0.0
            ServicelevelPerf2: 0.0
            Weight: 0
            ActionID: 2
            Event: QueueMember
            Queue: support
            Name: Emil Kowalski
            Location: PJSIP/105
            StateInterface: PJSIP/105
            Membership: static
            Penalty: 0
            CallsTaken: 0
            LastCall: 0
            LastPause: 0
            LoginTime: 1795000000
            InCall: 0
            Status: 1
            Paused: 0
            PausedReason: 
            Wrapuptime: 0
            ActionID: 2
            Event: QueueMember
            Queue: support
            Name: Fatma Yılmaz
            Location: PJSIP/106
            StateInterface: hint:106@hints
            Membership: static
            Penalty: 0
            CallsTaken: 0
            LastCall: 0
            LastPause: 0
            LoginTime: 1795000000
            InCall: 0
            Status: 6
            Paused: 0
            PausedReason: 
            Wrapuptime: 0
            ActionID: 2
            Event: QueueEntry
            Queue: support
            Position: 1
            Channel: PJSIP/trunk-00000001
            Uniqueid: 1795000000.1
            CallerIDNum: +493023125042
            CallerIDName: Jürgen Köhler
            ConnectedLineNum: unknown
            ConnectedLineName: unknown
            Wait: 2
            Priority: 0
            ActionID: 2
            Event: QueueStatusComplete
            ActionID: 2
            EventList: Complete
            ListItems: 4
        "#]],
    );
    client.send("Action: ConfbridgeListRooms\n");
    assert_eq!(message(&mut client), "No active conferences.");
    client.send("Action: QueuePause\nInterface: PJSIP/105\nPaused: true\nReason: lunch\n");
    client.send("Action: QueuePause\nInterface: PJSIP/111\nPaused: true\n");
    let frames = client.take();
    assert!(frames.iter().any(
        |frame| is_event(frame, "QueueMemberPause") && value(frame, "PausedReason") == "lunch"
    ));
    assert_eq!(
        frames
            .last()
            .map(|frame| value(frame, "Message"))
            .as_deref(),
        Some("Interface not found")
    );
}

#[test]
fn questions_about_the_dialplan_and_the_phones() {
    let mut client = quiet();
    for (variable, answer) in [
        ("DIALPLAN_EXISTS(internal,102,1)", "1"),
        ("DIALPLAN_EXISTS(internal,199,1)", "0"),
        ("DIALPLAN_EXISTS(hints,102,1)", "0"),
        ("VM_INFO(102@default,exists)", "1"),
        ("VM_INFO(102,exists)", "1"),
        ("VM_INFO(199@default,exists)", "0"),
        ("VM_INFO(102@elsewhere,exists)", "0"),
        ("PJSIP_ENDPOINT(101,callerid)", "\"Anna Rossi\" <101>"),
        ("PJSIP_ENDPOINT(999,callerid)", ""),
        ("NOTHING", ""),
    ] {
        client.send(&format!("Action: Getvar\nVariable: {variable}\n"));
        assert_eq!(
            client
                .take()
                .last()
                .map(|frame| value(frame, "Value"))
                .as_deref(),
            Some(answer),
            "{variable}"
        );
    }
}

#[test]
fn refusals_in_asterisks_words() {
    let mut client = quiet();
    client
        .phone("101", Dial("102".to_owned()))
        .phone("102", Answer)
        .take();
    let place = "Context: internal\nExten: 103\nPriority: 1\n";
    for (action, answer) in [
        (
            format!("Action: Redirect\nChannel: PJSIP/9\n{place}"),
            "Channel does not exist: PJSIP/9",
        ),
        (
            "Action: Redirect\nChannel: PJSIP/9\nExten: 1\nPriority: 1\n".into(),
            "Context not specified",
        ),
        (
            "Action: Redirect\nChannel: PJSIP/9\nContext: a\nExten: 1\nPriority: \n".into(),
            "Priority not specified",
        ),
        (
            format!("Action: Redirect\nChannel: PJSIP/101-00000000\nExtraChannel: x\n{place}"),
            "ExtraChannel does not exist: x",
        ),
        ("Action: Hangup\nChannel: x\n".into(), "No such channel"),
        ("Action: Hangup\n".into(), "No channel specified"),
        (
            "Action: Bridge\nChannel1: PJSIP/101\nChannel2: x\n".into(),
            "Channel2 does not exist: x",
        ),
        (
            "Action: BlindTransfer\nChannel: x\nExten: 1\n".into(),
            "Channel specified does not exist",
        ),
        (
            "Action: Park\nChannel: x\n".into(),
            "Channel does not exist: x",
        ),
        ("Action: Status\nChannel: x\n".into(), "No such channel"),
        (
            "Action: BridgeInfo\nBridgeUniqueid: x\n".into(),
            "Specified BridgeUniqueid not found",
        ),
        (
            format!("Action: Originate\nChannel: PJSIP\n{place}"),
            "Invalid channel",
        ),
        (
            "Action: Originate\nChannel: PJSIP/1\nApplication: System\nData: ls\n".into(),
            "Originate Access Forbidden: app or data blacklisted",
        ),
    ] {
        client.send(&action);
        assert_eq!(message(&mut client), answer, "{action}");
    }
    assert_eq!(client.pbx.channels().len(), 2, "the call is unharmed");
}

#[test]
fn an_originate_that_is_not_asynchronous_holds_up_what_comes_behind_it() {
    let mut client = quiet();
    client.send("Action: Originate\nActionID: 1\nChannel: PJSIP/101\nContext: internal\nExten: 601\nPriority: 1\n");
    client.send("Action: Ping\nActionID: 2\n").wait(100);
    assert!(
        !client
            .take()
            .iter()
            .any(|frame| frame.get("Response").is_some())
    );
    client.phone("101", Answer);
    let frames = client.take();
    let answers = frames.iter().filter(|frame| frame.event().is_none());
    assert_eq!(
        answers
            .map(|frame| value(frame, "ActionID"))
            .collect::<Vec<_>>(),
        ["1", "2"]
    );
}
