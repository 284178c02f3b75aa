//! Conferences: kick, mute, lock, record.

use practice::PhoneAct::{Dial, HangUp};

use crate::asked::{ask, done, refused};
use crate::client::Client;
use crate::client::stage::{clear, leg, stage};
use crate::{same, same_without};

/// Music starts for the first and stops for the second, unless both come at once.
const MUSIC: &[&str] = &["MusicOnHold"];

/// 101 and 102 are in 680; 103 is there.
fn pair() -> Client {
    let mut client = stage(["101", "102", "103"]);
    for exten in ["101", "102"] {
        client.phone(exten, Dial("680".to_owned())).wait(300);
    }
    client
}

fn room(client: &mut Client, action: &str, words: &str) {
    done(client, &format!("{action}\nConference: 680"), words);
}

#[test]
fn one_is_kicked_and_then_all() {
    let mut client = pair();
    room(&mut client, "ConfbridgeKick\nChannel: @102", "User kicked");
    room(
        &mut client,
        "ConfbridgeKick\nChannel: all",
        "All participants kicked",
    );
    same_without("conference-kick", &mut client, MUSIC);
    assert!(client.pbx.channels().is_empty());
}

#[test]
fn one_is_muted_and_unmuted() {
    let mut client = pair();
    let listed = |client: &mut Client| {
        client.take();
        ask(client, "ConfbridgeList\nConference: 680");
        let muted = client.frames.iter().filter_map(|frame| frame.get("Muted"));
        let muted: Vec<String> = muted.map(|value| value.text().into_owned()).collect();
        muted
    };
    room(&mut client, "ConfbridgeMute\nChannel: @102", "User muted");
    assert_eq!(listed(&mut client), ["No", "Yes"]);
    room(
        &mut client,
        "ConfbridgeUnmute\nChannel: @102",
        "User unmuted",
    );
    assert_eq!(listed(&mut client), ["No", "No"]);

    let mut client = pair();
    room(&mut client, "ConfbridgeMute\nChannel: @102", "User muted");
    room(
        &mut client,
        "ConfbridgeUnmute\nChannel: @102",
        "User unmuted",
    );
    clear(&mut client);
    same_without("conference-mute", &mut client, MUSIC);
}

#[test]
fn a_locked_room_turns_others_away() {
    let mut client = pair();
    room(&mut client, "ConfbridgeLock", "Conference locked");
    room(&mut client, "ConfbridgeLock", "Conference locked");
    client.phone("103", Dial("680".to_owned())).wait(300);
    room(&mut client, "ConfbridgeUnlock", "Conference unlocked");
    clear(&mut client);
    same_without("conference-lock", &mut client, MUSIC);

    let mut client = pair();
    room(&mut client, "ConfbridgeLock", "Conference locked");
    client.phone("103", Dial("680".to_owned())).wait(3_000);
    assert_eq!(client.pbx.channels().len(), 2, "told so, and hung up");
    client.phone("103", Dial("*680".to_owned())).wait(300);
    assert_eq!(client.pbx.channels().len(), 3);
    let hears = client
        .pbx
        .channels()
        .into_iter()
        .find(|leg| leg.number == "103");
    assert_eq!(
        hears.map(|leg| leg.hears.len()),
        Some(2),
        "an administrator comes in"
    );
}

#[test]
fn a_room_is_recorded() {
    let mut client = pair();
    let start = "ConfbridgeStartRecord";
    room(&mut client, start, "Conference Recording Started.");
    refused(
        &mut client,
        "ConfbridgeStartRecord\nConference: 680",
        "Conference is already being recorded.",
    );
    room(
        &mut client,
        "ConfbridgeStopRecord",
        "Conference Recording Stopped.",
    );
    refused(
        &mut client,
        "ConfbridgeStopRecord\nConference: 680",
        "Internal error while stopping recording.",
    );
    clear(&mut client);
    same_without("conference-record", &mut client, MUSIC);
}

#[test]
fn an_administrator_and_a_guest() {
    let mut client = stage(["101", "102"]);
    client
        .phone("101", Dial("*680".to_owned()))
        .wait(300)
        .phone("102", Dial("680".to_owned()))
        .wait(300);
    for exten in ["102", "101"] {
        let leg = leg(&client, exten);
        done(
            &mut client,
            &format!("Hangup\nChannel: {leg}"),
            "Channel Hungup",
        );
    }
    same_without("conference-admin", &mut client, MUSIC);
}

#[test]
fn what_is_refused() {
    let mut client = stage(["101"]);
    for action in [
        "ConfbridgeKick",
        "ConfbridgeLock",
        "ConfbridgeStartRecord",
        "ConfbridgeStopRecord",
        "ConfbridgeList",
    ] {
        refused(&mut client, action, "No Conference name provided.");
        let named = format!("{action}\nConference: 680");
        refused(&mut client, &named, "No active conferences.");
    }
    same("conference-empty-actions", &mut client);
    client.phone("101", Dial("680".to_owned())).wait(300);
    let no_such = "No Conference by that name found.";
    refused(&mut client, "ConfbridgeLock\nConference: 681", no_such);
    let nobody = "No Channel by that name found in Conference.";
    for action in ["ConfbridgeKick", "ConfbridgeMute"] {
        let action = format!("{action}\nConference: 680\nChannel: PJSIP/109-1");
        refused(&mut client, &action, nobody);
    }
    refused(
        &mut client,
        "ConfbridgeMute\nConference: 680",
        "No channel name provided.",
    );
    client.phone("101", HangUp);
    assert!(client.pbx.channels().is_empty());
}
