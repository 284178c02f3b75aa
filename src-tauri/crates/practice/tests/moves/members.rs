//! Members of queues in the middle of their work: added, removed, paused while a caller waits or talks.

use practice::PhoneAct::{Answer, Reject};

use crate::asked::done;
use crate::client::Client;
use crate::client::stage::{JANE, clear, stage};
use crate::{same, same_without};

fn add(client: &mut Client, queue: &str, exten: &str, name: &str) {
    let action = format!(
        "QueueAdd\nQueue: {queue}\nInterface: PJSIP/{exten}\nMemberName: {name}\nPenalty: 1"
    );
    done(client, &action, "Added interface to queue");
}

/// Jane waits in `vip`.
fn waiting(client: &mut Client) {
    client.outside("4930555010", JANE.0, JANE.1).wait(300);
}

#[test]
fn one_is_added_while_a_caller_waits() {
    let mut client = stage(["101"]);
    waiting(&mut client);
    add(&mut client, "vip", "101", "Anna Rossi");
    client.wait(1_200).phone("101", Answer);
    same(
        "member-added-while-waiting",
        client.outside_hangs_up(JANE.0),
    );
}

#[test]
fn one_is_removed_while_talking_and_the_call_is_still_theirs() {
    let mut client = stage(["101"]);
    add(&mut client, "vip", "101", "Anna Rossi");
    waiting(&mut client);
    client.phone("101", Answer);
    done(
        &mut client,
        "QueueRemove\nQueue: vip\nInterface: PJSIP/101",
        "Removed interface from queue",
    );
    same(
        "member-removed-while-talking",
        client.outside_hangs_up(JANE.0),
    );
}

#[test]
fn one_is_paused_while_ringing_and_rings_no_more_afterwards() {
    let mut client = stage(["103"]);
    add(&mut client, "vip", "103", "Cara Müller");
    waiting(&mut client);
    done(
        &mut client,
        "QueuePause\nInterface: PJSIP/103\nPaused: true",
        "Interface paused successfully",
    );
    client.wait(1_700);
    clear(&mut client);
    same("member-paused-while-ringing", &mut client);
}

#[test]
fn one_who_does_not_answer_is_paused() {
    let mut client = stage(["103"]);
    add(&mut client, "vip", "103", "Cara Müller");
    waiting(&mut client);
    client.wait(2_500);
    clear(&mut client);
    same("member-autopause", &mut client);
}

#[test]
fn one_who_refuses_is_rung_again() {
    let mut client = stage(["103"]);
    client.outside("4930555001", JANE.0, JANE.1).wait(300);
    client.phone("103", Reject).wait(1_300);
    client.phone("103", Answer);
    clear(&mut client);
    same("member-rejects", &mut client);
}

#[test]
fn three_ring_at_once_when_all_are_alike() {
    let mut client = stage(["101", "102", "103"]);
    add(&mut client, "sales", "101", "Anna Rossi");
    add(&mut client, "sales", "102", "Marco Bianchi");
    for exten in ["101", "102"] {
        done(
            &mut client,
            &format!("QueuePenalty\nQueue: sales\nInterface: PJSIP/{exten}\nPenalty: 0"),
            "Interface penalty set successfully",
        );
    }
    client.outside("4930555001", JANE.0, JANE.1).wait(300);
    client.phone("102", Answer);
    same("member-all-ring", client.outside_hangs_up(JANE.0));
}

#[test]
fn a_penalty_is_told() {
    let mut client = stage([]);
    done(
        &mut client,
        "QueuePenalty\nQueue: sales\nInterface: PJSIP/103\nPenalty: 7",
        "Interface penalty set successfully",
    );
    // Nobody's move changes who may be rung while talking.
    same_without("member-penalty", &mut client, &["QueueMemberRinginuse"]);
}
