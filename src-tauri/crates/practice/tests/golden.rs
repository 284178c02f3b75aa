//! Conversations word for word: what a client is told when phones and actions do this and that.

mod client;

use client::Client;
use expect_test::{Expect, expect};
use practice::PhoneAct::{Answer, Dial, HangUp, Reject, Unregister};
use practice::Practice;

fn quiet() -> Client {
    Client::logged_in(Practice::new(1))
}

fn check(client: &mut Client, expected: Expect) {
    expected.assert_eq(&client.heard());
}

/// 101 talks with 102.
fn talking() -> Client {
    let mut client = quiet();
    client
        .phone("101", Dial("102".to_owned()))
        .phone("102", Answer)
        .take();
    client
}

#[test]
fn a_call_is_answered_and_hung_up_by_the_one_called() {
    let mut client = quiet();
    client.phone("101", Dial("102".to_owned()));
    client.phone("102", Answer).wait(1_000).phone("102", HangUp);
    check(
        &mut client,
        expect![[r#"
        Newchannel Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102
        Newchannel Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=101 Exten=102
        DialBegin Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102 DestChannel=102-1
        NewConnectedLine Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102
        Newstate Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102
        DialState Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=RINGING
        Newstate Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=102
        DialEnd Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=ANSWER
        Newstate Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeCreate bridge-1
        BridgeEnter bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=
        BridgeEnter bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        HangupRequest Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten= Cause=16
        BridgeLeave bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=
        BridgeLeave bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeDestroy bridge-1
        Hangup Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten= Cause=16
        SoftHangupRequest Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
        Hangup Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
    "#]],
    );
}

#[test]
fn a_caller_gives_up() {
    let mut client = quiet();
    client
        .phone("101", Dial("102".to_owned()))
        .wait(1_000)
        .phone("101", HangUp);
    check(
        &mut client,
        expect![[r#"
        Newchannel Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102
        Newchannel Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=101 Exten=102
        DialBegin Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102 DestChannel=102-1
        NewConnectedLine Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102
        Newstate Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102
        DialState Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=RINGING
        HangupRequest Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 Cause=127
        DialEnd Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=CANCEL
        Hangup Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102 Cause=127
        SoftHangupRequest Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 Cause=16
        Hangup Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 Cause=127
    "#]],
    );
}

#[test]
fn a_phone_refuses() {
    let mut client = quiet();
    client
        .phone("101", Dial("102".to_owned()))
        .phone("102", Reject);
    check(
        &mut client,
        expect![[r#"
        Newchannel Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102
        Newchannel Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=101 Exten=102
        DialBegin Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102 DestChannel=102-1
        NewConnectedLine Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102
        Newstate Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102
        DialState Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=RINGING
        HangupRequest Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102 Cause=17
        DialEnd Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=BUSY
        Hangup Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102 Cause=17
        SoftHangupRequest Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 Cause=16
        Hangup Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 Cause=17
    "#]],
    );
}

#[test]
fn a_phone_that_is_not_there() {
    let mut client = quiet();
    client
        .phone("102", Unregister)
        .phone("101", Dial("102".to_owned()));
    check(
        &mut client,
        expect![[r#"
        PeerStatus
        ContactStatus
        Newchannel Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102
        SoftHangupRequest Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102 Cause=16
        Hangup Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=102 Cause=3
    "#]],
    );
}

#[test]
fn nobody_answers() {
    let mut client = quiet();
    client.phone("101", Dial("102".to_owned())).take();
    client.wait(40_000);
    check(
        &mut client,
        expect![[r#"
        DialEnd Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=NOANSWER
        Hangup Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102 Cause=0
        SoftHangupRequest Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 Cause=16
        Hangup Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=102 Cause=16
    "#]],
    );
}

#[test]
fn the_caller_of_a_ringing_call_is_moved() {
    let mut client = quiet();
    client.phone("101", Dial("102".to_owned())).take();
    client.send("Action: Redirect\nChannel: PJSIP/101-00000000\nContext: internal\nExten: 103\nPriority: 1\n").wait(50);
    check(
        &mut client,
        expect![[r#"
        Success Message=Redirect successful
        DialEnd Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=103 DestChannel=102-1 DialStatus=CANCEL
        Hangup Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102 Cause=16
        Newchannel Channel=103-2 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=103-2 ChannelStateDesc=Down ConnectedLineNum=101 Exten=103
        DialBegin Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=102 Exten=103 DestChannel=103-2
        NewConnectedLine Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=103 Exten=103
        Newstate Channel=103-2 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=103
        DialState Channel=101-0 ChannelStateDesc=Ring ConnectedLineNum=103 Exten=103 DestChannel=103-2 DialStatus=RINGING
    "#]],
    );
}

#[test]
fn the_caller_of_a_bridged_call_is_moved_and_answered() {
    let mut client = talking();
    client.send("Action: Redirect\nChannel: PJSIP/101-00000000\nContext: internal\nExten: 103\nPriority: 1\n").wait(50);
    client.phone("103", Answer);
    check(
        &mut client,
        expect![[r#"
        Success Message=Redirect successful
        BridgeLeave bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=103
        BridgeLeave bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=
        BridgeDestroy bridge-1
        Hangup Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten= Cause=16
        Newchannel Channel=103-2 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=103-2 ChannelStateDesc=Down ConnectedLineNum=101 Exten=103
        DialBegin Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=103 DestChannel=103-2
        NewConnectedLine Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=103
        Newstate Channel=103-2 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=103
        DialState Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=103 DestChannel=103-2 DialStatus=RINGING
        Newstate Channel=103-2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=103
        DialEnd Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=103 DestChannel=103-2 DialStatus=ANSWER
        BridgeCreate bridge-2
        BridgeEnter bridge-2 Channel=103-2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=
        BridgeEnter bridge-2 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=103
    "#]],
    );
}

#[test]
fn a_dialled_leg_is_moved_to_an_extension_that_does_not_exist() {
    let mut client = talking();
    client.send("Action: Redirect\nChannel: PJSIP/102-00000001\nContext: internal\nExten: 199\nPriority: 1\n").wait(50);
    check(
        &mut client,
        expect![[r#"
        Success Message=Redirect successful
        BridgeLeave bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=199
        BridgeLeave bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeDestroy bridge-1
        SoftHangupRequest Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
        Hangup Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
        SoftHangupRequest Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=199 Cause=16
        Hangup Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=199 Cause=16
    "#]],
    );
}

#[test]
fn both_are_moved_to_a_conference() {
    let mut client = talking();
    client.send(
        "Action: Redirect\nChannel: PJSIP/101-00000000\nContext: internal\nExten: 680\nPriority: 1\n\
         ExtraChannel: PJSIP/102-00000001\n",
    );
    client.wait(50);
    check(
        &mut client,
        expect![[r#"
        Success Message=Dual Redirect successful
        BridgeLeave bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=680
        BridgeLeave bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=680
        BridgeDestroy bridge-1
        BridgeCreate bridge-2
        ConfbridgeStart Conference=680 bridge-2
        BridgeEnter bridge-2 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=680
        ConfbridgeJoin Conference=680 bridge-2 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=680
        MusicOnHoldStart Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=680
        BridgeEnter bridge-2 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=680
        ConfbridgeJoin Conference=680 bridge-2 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=680
        MusicOnHoldStop Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=680
    "#]],
    );
}

#[test]
fn a_blind_transfer_moves_the_other_one() {
    let mut client = talking();
    client
        .send("Action: BlindTransfer\nChannel: PJSIP/101-00000000\nExten: 103\nContext: internal\n")
        .wait(50);
    check(
        &mut client,
        expect![[r#"
        Success Message=Transfer succeeded
        Unhold Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BlindTransfer TransfererChannel=101-0 TransfereeChannel=102-1 bridge-1 Extension=103
        BridgeLeave bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=103
        BridgeLeave bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeDestroy bridge-1
        SoftHangupRequest Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
        Hangup Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
        Newchannel Channel=103-2 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=103-2 ChannelStateDesc=Down ConnectedLineNum=102 Exten=103
        DialBegin Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=103 DestChannel=103-2
        NewConnectedLine Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=103 Exten=103
        Newstate Channel=103-2 ChannelStateDesc=Ringing ConnectedLineNum=102 Exten=103
        DialState Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=103 Exten=103 DestChannel=103-2 DialStatus=RINGING
    "#]],
    );
}

#[test]
fn two_calls_become_one() {
    let mut client = talking();
    client
        .phone("103", Dial("104".to_owned()))
        .phone("104", Answer)
        .take();
    client
        .send("Action: Bridge\nChannel1: PJSIP/101-00000000\nChannel2: PJSIP/103-00000002\n")
        .wait(50);
    check(
        &mut client,
        expect![[r#"
        Success Message=Channels have been bridged
        BridgeCreate bridge-1
        BridgeLeave bridge-2 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeLeave bridge-2 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=
        BridgeDestroy bridge-2
        BridgeEnter bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeLeave bridge-3 Channel=103-2 ChannelStateDesc=Up ConnectedLineNum=104 Exten=104
        BridgeLeave bridge-3 Channel=104-3 ChannelStateDesc=Up ConnectedLineNum=103 Exten=
        BridgeDestroy bridge-3
        BridgeEnter bridge-1 Channel=103-2 ChannelStateDesc=Up ConnectedLineNum=104 Exten=104
        NewConnectedLine Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=102
        NewConnectedLine Channel=103-2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=104
        Hangup Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten= Cause=16
        Hangup Channel=104-3 ChannelStateDesc=Up ConnectedLineNum=103 Exten= Cause=16
    "#]],
    );
}

#[test]
fn a_caller_is_parked_and_taken_back() {
    let mut client = talking();
    client
        .send("Action: Park\nChannel: PJSIP/101-00000000\nTimeoutChannel: PJSIP/102-00000001\n")
        .wait(3_000);
    client.phone("105", Dial("701".to_owned()));
    check(
        &mut client,
        expect![[r#"
        Success Message=Park successful
        BridgeLeave bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        ParkedCall ParkeeChannel=101-0 ParkerDialString=PJSIP/102 ParkingSpace=701
        BridgeCreate bridge-2
        BridgeEnter bridge-2 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        MusicOnHoldStart Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeLeave bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=
        BridgeDestroy bridge-1
        Hangup Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten= Cause=16
        Newchannel Channel=105-2 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=701
        Newstate Channel=105-2 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=701
        MusicOnHoldStop Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        UnParkedCall ParkeeChannel=101-0 RetrieverChannel=105-2 ParkerDialString=PJSIP/102 ParkingSpace=701
        BridgeLeave bridge-2 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeCreate bridge-3
        BridgeEnter bridge-3 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        BridgeEnter bridge-3 Channel=105-2 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=701
        NewConnectedLine Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=105 Exten=102
        NewConnectedLine Channel=105-2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=701
    "#]],
    );
}

#[test]
fn a_parked_call_comes_back() {
    let mut client = talking();
    client
        .send("Action: Park\nChannel: PJSIP/101-00000000\nTimeoutChannel: PJSIP/102-00000001\n")
        .wait(3_000)
        .take();
    client.wait(45_000);
    check(
        &mut client,
        expect![[r#"
        MusicOnHoldStop Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        ParkedCallTimeOut ParkeeChannel=101-0 ParkerDialString=PJSIP/102 ParkingSpace=701
        BridgeLeave bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        Newchannel Channel=102-2 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=102-2 ChannelStateDesc=Down ConnectedLineNum=101 Exten=PJSIP_102
        DialBegin Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=PJSIP_102 DestChannel=102-2
        Newstate Channel=102-2 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=PJSIP_102
        DialState Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=PJSIP_102 DestChannel=102-2 DialStatus=RINGING
    "#]],
    );
}

#[test]
fn a_queue_call_is_served() {
    let mut client = quiet();
    client
        .outside("4930555001", "+493023125042", "Jürgen Köhler")
        .phone("103", Answer)
        .wait(2_000)
        .phone("103", HangUp);
    check(
        &mut client,
        expect![[r#"
            Newchannel Channel=trunk-0 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=4930555001
            Newstate Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610
            QueueCallerJoin Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 Queue=sales Position=1 Count=1
            MusicOnHoldStart Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610
            Newchannel Channel=103-1 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
            AgentCalled Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=103-1 Queue=sales Interface=PJSIP/103
            DialBegin Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=103-1
            Newchannel Channel=Local/104@internal-0;1 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=104
            Newchannel Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=104
            NewCallerid Channel=Local/104@internal-0;1 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=104
            NewCallerid Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=<unknown> Exten=104
            NewConnectedLine Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=4930555001 Exten=104
            LocalBridge LocalOneChannel=Local/104@internal-0;1 LocalTwoChannel=Local/104@internal-0;2 Exten=104
            AgentCalled Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=Local/104@internal-0;1 Queue=sales Interface=Local/104@internal/n
            DialBegin Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=Local/104@internal-0;1
            Newchannel Channel=104-2 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
            NewConnectedLine Channel=104-2 ChannelStateDesc=Down ConnectedLineNum=+493023125042 Exten=104
            DialBegin Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=4930555001 Exten=104 DestChannel=104-2
            NewConnectedLine Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104
            NewCallerid Channel=Local/104@internal-0;1 ChannelStateDesc=Down ConnectedLineNum=+493023125042 Exten=610
            Newstate Channel=103-1 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=610
            NewConnectedLine Channel=103-1 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=610
            DialState Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=103-1 DialStatus=RINGING
            Newstate Channel=104-2 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=104
            DialState Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 DestChannel=104-2 DialStatus=RINGING
            Newstate Channel=Local/104@internal-0;1 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=610
            NewConnectedLine Channel=Local/104@internal-0;1 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=610
            DialState Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=Local/104@internal-0;1 DialStatus=RINGING
            Newstate Channel=103-1 ChannelStateDesc=Up ConnectedLineNum=+493023125042 Exten=610
            DialEnd Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=103-1 DialStatus=ANSWER
            DialEnd Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=610 DestChannel=Local/104@internal-0;1 DialStatus=CANCEL
            NewConnectedLine Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610
            DialEnd Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610 DestChannel=Local/104@internal-0;1 DialStatus=CANCEL
            Hangup Channel=Local/104@internal-0;1 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=610 Cause=26
            MusicOnHoldStop Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610
            QueueCallerLeave Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610 Queue=sales Position=1 Count=0
            AgentConnect Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610 DestChannel=103-1 Queue=sales Interface=PJSIP/103
            BridgeCreate bridge-1
            BridgeEnter bridge-1 Channel=103-1 ChannelStateDesc=Up ConnectedLineNum=+493023125042 Exten=610
            BridgeEnter bridge-1 Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610
            HangupRequest Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 Cause=26
            DialEnd Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 DestChannel=104-2 DialStatus=CANCEL
            Hangup Channel=104-2 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=104 Cause=16
            SoftHangupRequest Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 Cause=16
            Hangup Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 Cause=26
            HangupRequest Channel=103-1 ChannelStateDesc=Up ConnectedLineNum=+493023125042 Exten=610
            BridgeLeave bridge-1 Channel=103-1 ChannelStateDesc=Up ConnectedLineNum=+493023125042 Exten=610
            BridgeLeave bridge-1 Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610
            AgentComplete Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610 DestChannel=103-1 Queue=sales Interface=PJSIP/103 Reason=agent
            BridgeDestroy bridge-1
            Hangup Channel=103-1 ChannelStateDesc=Up ConnectedLineNum=+493023125042 Exten=610 Cause=16
            SoftHangupRequest Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610 Cause=16
            Hangup Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=103 Exten=610 Cause=16
        "#]],
    );
}

#[test]
fn a_queue_caller_is_moved() {
    let mut client = quiet();
    client
        .outside("4930555001", "+493023125042", "Jürgen Köhler")
        .take();
    client.send("Action: Redirect\nChannel: PJSIP/trunk-00000000\nContext: internal\nExten: 102\nPriority: 1\n").wait(50);
    check(
        &mut client,
        expect![[r#"
            Success Message=Redirect successful
            DialEnd Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 DestChannel=103-1 DialStatus=CANCEL
            DialEnd Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 DestChannel=103-1 DialStatus=CANCEL
            Hangup Channel=103-1 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=610 Cause=0
            DialEnd Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 DestChannel=Local/104@internal-0;1 DialStatus=CANCEL
            DialEnd Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 DestChannel=Local/104@internal-0;1 DialStatus=CANCEL
            Hangup Channel=Local/104@internal-0;1 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=610 Cause=0
            MusicOnHoldStop Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102
            QueueCallerAbandon Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 Queue=sales Position=1
            QueueCallerLeave Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 Queue=sales Position=1 Count=0
            HangupRequest Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104
            DialEnd Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 DestChannel=104-2 DialStatus=CANCEL
            Hangup Channel=104-2 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=104 Cause=16
            SoftHangupRequest Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 Cause=16
            Hangup Channel=Local/104@internal-0;2 ChannelStateDesc=Ring ConnectedLineNum=104 Exten=104 Cause=0
            Newchannel Channel=102-3 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
            NewConnectedLine Channel=102-3 ChannelStateDesc=Down ConnectedLineNum=+493023125042 Exten=102
            DialBegin Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 DestChannel=102-3
            NewConnectedLine Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
            Newstate Channel=102-3 ChannelStateDesc=Ringing ConnectedLineNum=+493023125042 Exten=102
            DialState Channel=trunk-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 DestChannel=102-3 DialStatus=RINGING
        "#]],
    );
}

const ORIGINATE: &str = "Action: Originate\nActionID: o1\nChannel: PJSIP/101\nContext: internal\nExten: 102\nPriority: 1\n\
                         Async: true\nChannelId: ours-1\nTimeout: 5000\n";

#[test]
fn an_originate_is_answered() {
    let mut client = quiet();
    client
        .send(ORIGINATE)
        .wait(50)
        .phone("101", Answer)
        .phone("102", Answer);
    check(
        &mut client,
        expect![[r#"
        Success Message=Originate successfully queued
        Newchannel Channel=101-0 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        DialBegin DestChannel=101-0
        Newstate Channel=101-0 ChannelStateDesc=Ringing ConnectedLineNum=<unknown> Exten=s
        DialState DestChannel=101-0 DialStatus=RINGING
        Newstate Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=s
        DialEnd DestChannel=101-0 DialStatus=ANSWER
        OriginateResponse Success Channel=101-0 Exten=102 Reason=4
        Newchannel Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        NewConnectedLine Channel=102-1 ChannelStateDesc=Down ConnectedLineNum=101 Exten=102
        DialBegin Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102 DestChannel=102-1
        NewConnectedLine Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
        Newstate Channel=102-1 ChannelStateDesc=Ringing ConnectedLineNum=101 Exten=102
        DialState Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=RINGING
        Newstate Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=102
        DialEnd Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=ANSWER
        BridgeCreate bridge-1
        BridgeEnter bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=101 Exten=
        BridgeEnter bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
    "#]],
    );
}

#[test]
fn an_originate_is_rejected() {
    let mut client = quiet();
    client.send(ORIGINATE).wait(50).phone("101", Reject);
    check(
        &mut client,
        expect![[r#"
        Success Message=Originate successfully queued
        Newchannel Channel=101-0 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        DialBegin DestChannel=101-0
        Newstate Channel=101-0 ChannelStateDesc=Ringing ConnectedLineNum=<unknown> Exten=s
        DialState DestChannel=101-0 DialStatus=RINGING
        HangupRequest Channel=101-0 ChannelStateDesc=Ringing ConnectedLineNum=<unknown> Exten=s Cause=17
        DialEnd DestChannel=101-0 DialStatus=BUSY
        OriginateResponse Failure Channel=101 Exten=102 Reason=0
        Hangup Channel=101-0 ChannelStateDesc=Ringing ConnectedLineNum=<unknown> Exten=s Cause=17
    "#]],
    );
}

#[test]
fn an_originate_rings_too_long() {
    let mut client = quiet();
    client.send(ORIGINATE).wait(5_100);
    check(
        &mut client,
        expect![[r#"
        Success Message=Originate successfully queued
        Newchannel Channel=101-0 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        DialBegin DestChannel=101-0
        Newstate Channel=101-0 ChannelStateDesc=Ringing ConnectedLineNum=<unknown> Exten=s
        DialState DestChannel=101-0 DialStatus=RINGING
        OriginateResponse Failure Channel=101 Exten=102 Reason=3
        Hangup Channel=101-0 ChannelStateDesc=Ringing ConnectedLineNum=<unknown> Exten=s Cause=19
    "#]],
    );
}

#[test]
fn an_originate_through_local_channels_leaves_the_two_alone() {
    let mut client = quiet();
    client
        .send(&ORIGINATE.replace("PJSIP/101", "Local/101@internal"))
        .wait(50)
        .phone("101", Answer)
        .take();
    client.phone("102", Answer).wait(500);
    check(
        &mut client,
        expect![[r#"
            Newstate Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=102
            DialEnd Channel=Local/101@internal-0;1 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 DestChannel=102-1 DialStatus=ANSWER
            BridgeCreate bridge-1
            BridgeEnter bridge-1 Channel=102-1 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=
            BridgeEnter bridge-1 Channel=Local/101@internal-0;1 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
            LocalOptimizationBegin LocalOneChannel=Local/101@internal-0;1 LocalTwoChannel=Local/101@internal-0;2 SourceChannel=101-0
            BridgeLeave bridge-2 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten=
            BridgeLeave bridge-1 Channel=Local/101@internal-0;1 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102
            BridgeEnter bridge-1 Channel=101-0 ChannelStateDesc=Up ConnectedLineNum=<unknown> Exten= SwapUniqueid=ours-1
            LocalOptimizationEnd LocalOneChannel=Local/101@internal-0;1 LocalTwoChannel=Local/101@internal-0;2
            SoftHangupRequest Channel=Local/101@internal-0;1 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
            Hangup Channel=Local/101@internal-0;1 ChannelStateDesc=Up ConnectedLineNum=102 Exten=102 Cause=16
            HangupRequest Channel=Local/101@internal-0;2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=101 Cause=16
            BridgeLeave bridge-2 Channel=Local/101@internal-0;2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=101
            BridgeDestroy bridge-2
            SoftHangupRequest Channel=Local/101@internal-0;2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=101 Cause=16
            Hangup Channel=Local/101@internal-0;2 ChannelStateDesc=Up ConnectedLineNum=101 Exten=101 Cause=16
        "#]],
    );
}

#[test]
fn originates_that_fail_at_once() {
    let mut client = quiet();
    client.phone("101", Unregister).take();
    client.send(ORIGINATE).wait(50);
    client.send(&ORIGINATE.replace("Exten: 102", "Exten: 199"));
    client
        .send(&ORIGINATE.replace("PJSIP/101", "PJSIP/102"))
        .wait(50);
    client
        .send(&ORIGINATE.replace("PJSIP/101", "PJSIP/103"))
        .wait(50);
    client.send("Action: Originate\nChannel: PJSIP/103\nApplication: System\nData: ls\n");
    check(
        &mut client,
        expect![[r#"
        Success Message=Originate successfully queued
        OriginateResponse Failure Channel=101 Exten=102 Reason=0
        Error Message=Extension does not exist.
        Success Message=Originate successfully queued
        Newchannel Channel=102-0 ChannelStateDesc=Down ConnectedLineNum=<unknown> Exten=s
        DialBegin DestChannel=102-0
        Newstate Channel=102-0 ChannelStateDesc=Ringing ConnectedLineNum=<unknown> Exten=s
        DialState DestChannel=102-0 DialStatus=RINGING
        Success Message=Originate successfully queued
        OriginateResponse Failure Channel=103 Exten=102 Reason=0
        Error Message=Originate Access Forbidden: app or data blacklisted
    "#]],
    );
}
