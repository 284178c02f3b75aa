//! Bridge: two channels are put together, wherever they were.

use practice::PhoneAct::{Answer, Dial, HangUp};

use crate::asked::{done, refused};
use crate::client::Client;
use crate::client::stage::{clear, connect, leg, redirect, ring, stage, talking};
use crate::{same, same_without};

const BRIDGED: &str = "Channels have been bridged";

fn bridge(client: &mut Client, one: &str, other: &str) {
    let action = format!("Bridge\nChannel1: @{one}\nChannel2: @{other}");
    done(client, &action, BRIDGED);
}

/// The names a channel hears.
fn hears(client: &Client, device: &str) -> Vec<String> {
    let name = leg(client, device);
    let legs = client.pbx.channels();
    let own = legs.into_iter().find(|leg| leg.name == name);
    own.expect("a leg").hears
}

#[test]
fn one_of_each_of_two_calls() {
    let mut client = stage(["101", "102", "103", "104"]);
    connect(&mut client, "101", "102");
    connect(&mut client, "103", "104");
    bridge(&mut client, "101", "103");
    same("bridge-two-calls", client.phone("101", HangUp));
}

#[test]
fn one_who_hears_music_and_one_who_waits() {
    let mut client = stage(["101", "103"]);
    client
        .phone("101", Dial("601".to_owned()))
        .phone("103", Dial("602".to_owned()));
    bridge(&mut client, "101", "103");
    same("bridge-with-music", client.phone("101", HangUp));
}

#[test]
fn one_who_is_parked_and_one_who_hears_music() {
    let mut client = talking();
    done(&mut client, "Park\nChannel: @101", "Park successful");
    client.phone("103", Dial("601".to_owned())).wait(300);
    bridge(&mut client, "101", "103");
    same("bridge-with-parked", client.phone("101", HangUp));
}

#[test]
fn one_who_waits_in_a_queue_leaves_it_without_a_word() {
    let mut client = stage(["101"]);
    for name in ["First", "Second", "The third"] {
        let number = format!("+49300{}", name.len());
        client.outside("4930555010", &number, name).wait(300);
    }
    client.phone("101", Dial("601".to_owned())).wait(300);
    let callers: Vec<String> = client
        .pbx
        .channels()
        .into_iter()
        .map(|leg| leg.name)
        .collect();
    let action = format!("Bridge\nChannel1: {}\nChannel2: @101", callers[1]);
    done(&mut client, &action, BRIDGED);
    clear(&mut client);
    // In the lab it was bridged before its music began, and went back to it.
    same_without("queue-bridged-from", &mut client, &["101#1"]);
}

#[test]
fn a_channel_with_itself_and_one_that_is_not_there() {
    let mut client = talking();
    let name = leg(&client, "101");
    refused(
        &mut client,
        "Bridge\nChannel1: @101\nChannel2: @101",
        &format!("Unable to add Channel2 to bridge: {name}"),
    );
    same("bridge-itself", &mut client);

    let mut client = talking();
    refused(
        &mut client,
        "Bridge\nChannel1: @101\nChannel2: PJSIP/109-ffffffff",
        "Channel2 does not exist: PJSIP/109-ffffffff",
    );
    same("bridge-no-such-channel", client.phone("101", HangUp));
}

#[test]
fn a_caller_who_is_pulled_out_of_dialling_is_answered_and_the_dialling_ends_without_a_word() {
    let mut client = stage(["101", "102", "103", "104"]);
    connect(&mut client, "101", "102");
    ring(&mut client, "103", "104");
    client.take();
    bridge(&mut client, "101", "103");
    let told = client.heard();
    assert!(!told.contains("DialEnd"), "{told}");
    assert!(
        told.contains("Newstate Channel=103-2 ChannelStateDesc=Up"),
        "{told}"
    );
    assert_eq!(hears(&client, "101"), [leg(&client, "103")]);
    assert_eq!(client.pbx.channels().len(), 2, "102 and 104 are gone");
}

#[test]
fn those_in_a_conference_cannot_be_bridged() {
    let mut client = stage(["101", "102", "103", "104"]);
    connect(&mut client, "101", "102");
    for exten in ["103", "104"] {
        client.phone(exten, Dial("680".to_owned())).wait(300);
    }
    let name = leg(&client, "103");
    refused(
        &mut client,
        "Bridge\nChannel1: @103\nChannel2: @101",
        &format!("Unable to add Channel1 to bridge: {name}"),
    );
    assert_eq!(client.pbx.channels().len(), 4);
    refused(
        &mut client,
        "Bridge\nChannel1: @101\nChannel2: @103",
        &format!("Unable to add Channel2 to bridge: {name}"),
    );
    assert_eq!(client.pbx.channels().len(), 2, "the first call is lost");
}

#[test]
fn whoever_ran_dialplan_goes_on_there_when_the_other_hangs_up() {
    let mut client = talking();
    client.phone("103", Dial("612".to_owned())).wait(300);
    bridge(&mut client, "102", "103");
    assert_eq!(hears(&client, "103"), [leg(&client, "102")]);
    client.phone("102", HangUp);
    let left = client.pbx.channels();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].exten, "612", "behind Queue()");
    client.phone("103", HangUp);
    assert!(client.pbx.channels().is_empty());
}

/// 102 asks 103 while 101 hears music.
fn consulting(answered: bool) -> Client {
    let mut client = stage(["101", "102", "103"]);
    connect(&mut client, "101", "102");
    away(&mut client, ("101", "601"), ("102", "103"));
    if answered {
        client.phone("103", Answer);
    }
    client
}

fn away(client: &mut Client, (one, here): (&str, &str), (other, there): (&str, &str)) {
    let action = format!(
        "Redirect\nChannel: @{one}\nContext: internal\nExten: {here}\nPriority: 1\n\
         ExtraChannel: @{other}\nExtraContext: internal\nExtraExten: {there}\nExtraPriority: 1"
    );
    done(client, &action, "Dual Redirect successful");
}

#[test]
fn a_consultation_is_swapped_back_and_forth_and_nobody_is_lost() {
    let mut client = consulting(true);
    for (waits, talks) in [("103", "101"), ("101", "103"), ("103", "101")] {
        away(&mut client, (waits, "601"), ("102", "601"));
        bridge(&mut client, talks, "102");
        assert_eq!(hears(&client, "102"), [leg(&client, talks)]);
        assert!(hears(&client, waits).is_empty());
        assert_eq!(client.pbx.channels().len(), 3);
    }
    bridge(&mut client, "101", "103");
    assert_eq!(hears(&client, "101"), [leg(&client, "103")]);
    assert_eq!(client.pbx.channels().len(), 2, "the operator is free");
}

#[test]
fn a_consultation_is_given_up_while_the_target_rings_or_talks() {
    let mut client = consulting(false);
    redirect(&mut client, "102", "601");
    assert_eq!(client.pbx.channels().len(), 2, "103 rings no more");
    bridge(&mut client, "101", "102");
    assert_eq!(hears(&client, "101"), [leg(&client, "102")]);

    let mut client = consulting(true);
    bridge(&mut client, "101", "102");
    assert_eq!(hears(&client, "101"), [leg(&client, "102")]);
    assert_eq!(client.pbx.channels().len(), 2, "103 is let go");
}

#[test]
fn a_consultation_is_completed_while_the_target_rings() {
    let mut client = consulting(false);
    done(&mut client, "Hangup\nChannel: @102", "Channel Hungup");
    redirect(&mut client, "101", "103");
    client.phone("103", Answer);
    assert_eq!(hears(&client, "101"), [leg(&client, "103")]);
    assert_eq!(client.pbx.channels().len(), 2);
}

#[test]
fn both_of_a_call_go_to_one_extension() {
    let mut client = talking();
    let action =
        "Redirect\nChannel: @101\nExtraChannel: @102\nContext: internal\nExten: 103\nPriority: 1";
    done(&mut client, action, "Dual Redirect successful");
    client.phone("101", HangUp).phone("103", Answer);
    done(&mut client, "Hangup\nChannel: @102", "Channel Hungup");
    same("redirect-both-one-extension", &mut client);
}

#[test]
fn parked_and_moved_in_one_breath() {
    let mut client = talking();
    let caller = leg(&client, "101");
    client.send(&format!("Action: Park\nChannel: {caller}\n"));
    redirect(&mut client, "101", "103");
    let ringing = client
        .pbx
        .channels()
        .into_iter()
        .find(|leg| leg.state == "Ringing");
    let ringing = ringing.expect("103 rings").name;
    done(
        &mut client,
        &format!("Hangup\nChannel: {ringing}"),
        "Channel Hungup",
    );
    clear(&mut client);
    // In the lab both were hung up at once.
    same_without("park-while-moving", &mut client, &["Hangup"]);
}
