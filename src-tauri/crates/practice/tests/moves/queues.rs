//! Queues: members in and out, paused and ranked; callers moved forward and taken back.

use practice::PhoneAct::{Answer, Dial, HangUp, Reject};

use crate::asked::{ask, done, refused};
use crate::client::Client;
use crate::client::stage::{clear, stage};
use crate::same;

/// Three outsiders wait in `vip`; their channels' names.
fn three() -> (Client, Vec<String>) {
    let mut client = stage([]);
    for name in ["First", "Second", "The third"] {
        let number = format!("+49300{}", name.len());
        client.outside("4930555010", &number, name).wait(300);
    }
    let legs = client.pbx.channels().into_iter().map(|leg| leg.name);
    let legs = legs.collect();
    (client, legs)
}

#[test]
fn a_member_is_added_and_removed() {
    let mut client = stage(["101"]);
    done(
        &mut client,
        "QueueAdd\nQueue: vip\nInterface: PJSIP/101\nMemberName: Anna Rossi\nPenalty: 1",
        "Added interface to queue",
    );
    done(
        &mut client,
        "QueueRemove\nQueue: vip\nInterface: PJSIP/101",
        "Removed interface from queue",
    );
    same("member-added-removed", &mut client);
}

#[test]
fn what_is_refused() {
    let mut client = stage([]);
    let add = "QueueAdd\nQueue: vip\nInterface: PJSIP/101\nMemberName: Anna Rossi\nPenalty: 1";
    done(&mut client, add, "Added interface to queue");
    for (action, words) in [
        (add, "Unable to add interface: Already there"),
        (
            "QueueRemove\nQueue: sales\nInterface: PJSIP/103",
            "Member not dynamic",
        ),
        (
            "QueueRemove\nQueue: vip\nInterface: PJSIP/120",
            "Unable to remove interface: Not there",
        ),
        (
            "QueueAdd\nQueue: nowhere\nInterface: PJSIP/101",
            "Unable to add interface to queue: No such queue",
        ),
        (
            "QueuePause\nInterface: PJSIP/120\nPaused: true",
            "Interface not found",
        ),
        (
            "QueuePenalty\nInterface: PJSIP/120\nPenalty: 1",
            "Invalid interface, queuename or penalty",
        ),
        (
            "QueuePenalty\nInterface: PJSIP/120",
            "Need 'Interface' and 'Penalty' parameters.",
        ),
        ("QueueWithdrawCaller\nCaller: x", "'Queue' not specified."),
        ("QueueWithdrawCaller\nQueue: vip", "'Caller' not specified."),
        (
            "QueueWithdrawCaller\nQueue: nowhere\nCaller: x",
            "Unable to request withdraw from queue: No such queue",
        ),
        (
            "QueueWithdrawCaller\nQueue: vip\nCaller: x",
            "Unable to request withdraw from queue: No such caller",
        ),
        (
            "QueueChangePriorityCaller\nQueue: vip\nCaller: x",
            "'Priority' not specified.",
        ),
        (
            "QueueChangePriorityCaller\nQueue: vip\nCaller: x\nPriority: high",
            "'Priority' need integer.",
        ),
        (
            "QueueChangePriorityCaller\nQueue: vip\nCaller: x\nPriority: 1",
            "Unable to change priority caller on queue: No such caller",
        ),
    ] {
        refused(&mut client, action, words);
    }
    let nobody = ask(&mut client, "QueueStatus\nQueue: nowhere");
    assert_eq!(
        nobody.0, "Success",
        "a queue that does not exist is an empty list"
    );
    same("member-refusals", &mut client);
}

#[test]
fn paused_in_one_queue_in_all_and_back() {
    let mut client = stage(["103"]);
    let pause = |client: &mut Client, more: &str, words: &str| {
        done(
            client,
            &format!("QueuePause\nInterface: PJSIP/103\n{more}"),
            words,
        );
    };
    done(
        &mut client,
        "QueueAdd\nQueue: support\nInterface: PJSIP/103\nMemberName: Cara Müller\nPenalty: 1",
        "Added interface to queue",
    );
    let paused = "Interface paused successfully";
    pause(
        &mut client,
        "Paused: true\nQueue: sales\nReason: Mittagspause: süß",
        paused,
    );
    pause(&mut client, "Paused: true\nReason: Meeting", paused);
    pause(
        &mut client,
        "Paused: false",
        "Interface unpaused successfully",
    );
    same("member-paused", &mut client);
}

#[test]
fn the_one_with_the_lower_penalty_is_rung_first() {
    let mut client = stage(["101", "102"]);
    for (exten, penalty) in [("101", "5"), ("102", "0")] {
        let add = format!("QueueAdd\nQueue: vip\nInterface: PJSIP/{exten}\nPenalty: {penalty}");
        done(&mut client, &add, "Added interface to queue");
    }
    client.phone("103", Dial("510".to_owned())).wait(300);
    client.outside("4930555010", "+493005", "First").take();
    client.wait(1_100);
    let rings = |client: &Client| -> Vec<String> {
        let legs = client.pbx.channels().into_iter();
        let rings = legs.filter(|leg| leg.state == "Ringing");
        rings.map(|leg| leg.number).collect()
    };
    assert_eq!(rings(&client), ["102"]);
    client.phone("102", Reject);
    done(
        &mut client,
        "QueuePenalty\nQueue: vip\nInterface: PJSIP/101\nPenalty: 0",
        "Interface penalty set successfully",
    );
    let told = client.told();
    assert!(told.contains("QueueMemberPenalty Queue=vip"), "{told}");
    client.wait(1_100);
    assert!(rings(&client).contains(&"101".to_owned()));
    client.phone("101", Answer).phone("101", HangUp);
}

#[test]
fn a_caller_becomes_more_important() {
    let (mut client, callers) = three();
    let third = callers[2].clone();
    let change = format!("QueueChangePriorityCaller\nQueue: vip\nCaller: {third}\nPriority: 9");
    done(&mut client, &change, "Priority change for caller on queue");
    clear(&mut client);
    same("queue-priority-changed", &mut client);

    let (mut client, callers) = three();
    let third = callers[2].clone();
    let change = format!(
        "QueueChangePriorityCaller\nQueue: vip\nCaller: {third}\nPriority: 9\nImmediate: yes"
    );
    done(&mut client, &change, "Priority change for caller on queue");
    client.take();
    client.send("Action: QueueStatus\nQueue: vip\n");
    let first = client.frames.iter().find(|frame| {
        frame
            .get("Position")
            .is_some_and(|place| place.text() == "1")
    });
    let first = first.and_then(|frame| frame.get("Channel"));
    assert_eq!(first.map(|value| value.text().into_owned()), Some(third));
}

#[test]
fn a_caller_is_taken_back_into_the_dialplan() {
    let (mut client, callers) = three();
    let withdraw = format!(
        "QueueWithdrawCaller\nQueue: vip\nCaller: {}\nWithdrawInfo: by the desk",
        callers[1]
    );
    done(&mut client, &withdraw, "Withdraw requested successfully");
    for leg in [&callers[1], &callers[0], &callers[2]] {
        done(
            &mut client,
            &format!("Hangup\nChannel: {leg}"),
            "Channel Hungup",
        );
    }
    same("queue-withdrawn", &mut client);
}

#[test]
fn a_caller_for_whom_a_member_rings_is_taken_back_when_the_ringing_is_over() {
    let mut client = stage(["101", "103"]);
    client.outside("4930555001", "+493005", "First").wait(300);
    let caller = crate::client::stage::leg(&client, "trunk");
    let withdraw = format!("QueueWithdrawCaller\nQueue: sales\nCaller: {caller}");
    done(&mut client, &withdraw, "Withdraw requested successfully");
    refused(
        &mut client,
        &withdraw,
        "Unable to request withdraw from queue: Already requested",
    );
    assert!(!client.heard().contains("QueueCallerLeave"));
    client.wait(17_000);
    let told = client.heard();
    assert!(told.contains("QueueCallerAbandon"), "{told}");
    assert!(
        told.contains("Hangup Channel=trunk-0"),
        "there is nothing behind Queue: {told}"
    );
}

#[test]
fn the_more_important_come_first_and_the_parked_leave_without_a_word() {
    let mut client = stage([]);
    for (did, name) in [
        ("4930555010", "First"),
        ("4930555010", "Second"),
        ("4930555011", "Important"),
        ("4930555011", "Important too"),
    ] {
        let number = format!("+49300{}", name.len());
        client.outside(did, &number, name).wait(300);
    }
    client.outside_hangs_up("+4930013");
    let legs = client.pbx.channels();
    for index in [1, 0, 2] {
        let action = format!("Hangup\nChannel: {}", legs[index].name);
        done(&mut client, &action, "Channel Hungup");
    }
    same("queue-priority", &mut client);

    let (mut client, callers) = three();
    let park = format!("Park\nChannel: {}", callers[1]);
    done(&mut client, &park, "Park successful");
    for index in [2, 1, 0] {
        let action = format!("Hangup\nChannel: {}", callers[index]);
        done(&mut client, &action, "Channel Hungup");
    }
    same("queue-parked-from", &mut client);
}
