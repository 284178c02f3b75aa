//! Bridge: two channels are put together, wherever they were.

use practice::PhoneAct::{Answer, Dial, HangUp};

use crate::asked::{done, refused};
use crate::client::Client;
use crate::client::stage::{clear, connect, leg, ring, stage, talking};
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

#[test]
fn a_consultation_whose_target_still_rings_is_completed_by_the_operator_hanging_up() {
    let mut client = stage(["101", "102", "103"]);
    connect(&mut client, "101", "102");
    done(
        &mut client,
        "Redirect\nChannel: @101\nContext: internal\nExten: 601\nPriority: 1\n\
         ExtraChannel: @102\nExtraContext: internal\nExtraExten: 103\nExtraPriority: 1",
        "Dual Redirect successful",
    );
    client.phone("103", Answer);
    bridge(&mut client, "101", "103");
    assert_eq!(hears(&client, "101"), [leg(&client, "103")]);
    assert_eq!(client.pbx.channels().len(), 2);
}
