//! The lists that a desk asks for after a login, and what it asks one by one.

use expect_test::expect;
use practice::PhoneAct::{Answer, Dial};

use super::client::is_event;
use super::{check, message, quiet, value};

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
