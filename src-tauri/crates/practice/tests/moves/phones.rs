//! Keys of a phone pressed from afar, and what waits in its voicemail box.

use practice::PhoneAct::{Answer, Dial, HangUp};

use crate::asked::{ask, done, refused};
use crate::client::Client;
use crate::client::stage::{connect, leg, ring, stage, talking};
use crate::same_without;

const SENT: &str = "NOTIFY sent";

fn press(client: &mut Client, device: &str, event: &str) {
    let action = format!("PJSIPNotify\nChannel: @{device}\nVariable: Event={event}");
    done(client, &action, SENT);
}

fn value(client: &Client, name: &str) -> Vec<String> {
    let values = client.frames.iter().filter_map(|frame| frame.get(name));
    values.map(|value| value.text().into_owned()).collect()
}

#[test]
fn a_phone_is_told_to_answer_to_hold_and_to_talk_on() {
    let mut client = stage(["101", "102"]);
    ring(&mut client, "101", "102");
    press(&mut client, "102", "talk");
    let told = client.heard();
    assert!(told.contains("DialStatus=ANSWER"), "{told}");
    press(&mut client, "102", "hold");
    press(&mut client, "102", "hold");
    press(&mut client, "102", "talk");
    let told = client.heard();
    let order = [
        "\nHold Channel=102-1",
        "MusicOnHoldStart Channel=101-0",
        "Unhold Channel=102-1",
        "MusicOnHoldStop Channel=101-0",
    ];
    let places: Vec<_> = order.iter().map(|word| told.find(word)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{told}"
    );
    assert_eq!(told.matches("\nHold ").count(), 1, "{told}");
}

#[test]
fn held_and_taken_back_by_keys_tells_the_same_as_by_hand() {
    let mut client = talking();
    press(&mut client, "102", "hold");
    press(&mut client, "102", "talk");
    same_without("hold-by-called", client.phone("102", HangUp), &[]);
}

#[test]
fn a_second_call_is_answered_and_the_first_is_held() {
    let mut client = stage(["101", "102", "103"]);
    connect(&mut client, "101", "102");
    ring(&mut client, "103", "102");
    let ringing = client
        .pbx
        .channels()
        .into_iter()
        .find(|leg| leg.state == "Ringing");
    let ringing = ringing.expect("it rings").name;
    client.take();
    let action = format!("PJSIPNotify\nChannel: {ringing}\nVariable: Event=talk");
    done(&mut client, &action, SENT);
    let told = client.heard();
    assert!(told.contains("Hold Channel=102-1"), "{told}");
    assert!(told.contains("DialStatus=ANSWER"), "{told}");
}

#[test]
fn a_phone_by_its_endpoint_and_one_that_has_no_call() {
    let mut client = stage(["101", "102"]);
    ring(&mut client, "101", "102");
    done(
        &mut client,
        "PJSIPNotify\nEndpoint: 102\nVariable: Event=talk",
        SENT,
    );
    assert!(client.heard().contains("DialStatus=ANSWER"));
    let idle = "PJSIPNotify\nEndpoint: 103\nVariable: Event=talk";
    done(&mut client, idle, SENT);
    done(
        &mut client,
        "PJSIPNotify\nURI: sip:103@192.0.2.1\nVariable: Event=x",
        SENT,
    );
    assert_eq!(client.pbx.channels().len(), 2);
}

#[test]
fn what_is_refused() {
    let mut client = talking();
    let one = "PJSIPNotify requires either an endpoint name, a SIP URI, or a channel.";
    let both = format!("{one}  You must use only one of them.");
    for (action, words) in [
        ("PJSIPNotify\nVariable: Event=talk", one),
        (
            "PJSIPNotify\nEndpoint: 101\nChannel: @101\nVariable: Event=talk",
            both.as_str(),
        ),
        (
            "PJSIPNotify\nEndpoint: 101",
            "PJSIPNotify requires either an Option or Variable(s).You must use only one of them.",
        ),
        (
            "PJSIPNotify\nEndpoint: 999\nVariable: Event=talk",
            "Unable to retrieve endpoint 999",
        ),
        (
            "PJSIPNotify\nChannel: PJSIP/9-1\nVariable: Event=talk",
            "Channel not found",
        ),
        (
            "PJSIPNotify\nEndpoint: 101\nOption: reboot",
            "Unable to find notify type 'reboot'",
        ),
        ("MWIUpdate", "Missing mailbox parameter in request"),
        (
            "MWIUpdate\nMailbox: 101@default\nNewMessages: many",
            "Invalid NewMessages: many",
        ),
        ("MailboxStatus", "Mailbox not specified"),
        ("MailboxCount", "Mailbox not specified"),
    ] {
        refused(&mut client, action, words);
    }
}

#[test]
fn a_box_is_filled_and_asked() {
    let mut client = stage(["101"]);
    let status = |client: &mut Client, boxes: &str| {
        client.take();
        done(
            client,
            &format!("MailboxStatus\nMailbox: {boxes}"),
            "Mailbox Status",
        );
        value(client, "Waiting")
    };
    assert_eq!(status(&mut client, "101@default"), ["0"]);
    client.take();
    done(
        &mut client,
        "MWIUpdate\nMailbox: 101@default\nNewMessages: 2\nOldMessages: 1",
        "",
    );
    assert_eq!(value(&client, "New"), ["2"], "told as MessageWaiting");
    assert_eq!(status(&mut client, "102@default,101@default"), ["1"]);
    client.take();
    assert_eq!(
        ask(&mut client, "MailboxCount\nMailbox: 101@default").0,
        "Success"
    );
    assert_eq!(value(&client, "NewMessages"), ["2"]);
    assert_eq!(value(&client, "OldMessages"), ["1"]);
}

#[test]
fn a_caller_sent_straight_to_voicemail_leaves_a_message() {
    let mut client = stage(["101", "103"]);
    client.outside("4930555003", "+49301234567", "Jane Doe");
    client.phone("101", Answer);
    let caller = leg(&client, "trunk");
    let exists = "Getvar\nVariable: DIALPLAN_EXISTS(internal,*103,1)";
    assert_eq!(ask(&mut client, exists).0, "Success");
    assert_eq!(
        value(&client, "Value").last().map(String::as_str),
        Some("1")
    );
    let redirect =
        format!("Redirect\nChannel: {caller}\nContext: internal\nExten: *103\nPriority: 1");
    done(&mut client, &redirect, "Redirect successful");
    client.wait(5_000);
    assert_eq!(client.pbx.channels().len(), 1, "no phone rings");
    client.take();
    client.outside_hangs_up("+49301234567");
    assert_eq!(value(&client, "Mailbox"), ["103@default"]);
    assert_eq!(value(&client, "New"), ["1"]);
    client.phone("101", Dial("*97".to_owned()));
    assert_eq!(client.pbx.channels().len(), 1, "listens to the own box");
}
