//! Logins, rights, lists and refusals, as a client reads them.

mod client;
#[path = "session/lists.rs"]
mod lists;

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
