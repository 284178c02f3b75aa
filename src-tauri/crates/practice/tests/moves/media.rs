//! What is done to a call's sound, who listens to it, and when it ends.

use practice::PhoneAct::{Answer, Dial, HangUp};
use practice::Practice;

use crate::asked::{ask, done, refused};
use crate::client::Client;
use crate::client::stage::{connect, leg, redirect, stage, talking};
use crate::{same, same_without};

/// Sees keys as well, which the lab's ordinary user does not.
fn admin() -> Client {
    let mut client = Client::fresh(Practice::new(1));
    client.send("Action: Login\nUsername: admin\nSecret: practice\n");
    connect(&mut client, "101", "102");
    client.take();
    client
}

/// 103 listens to 101, who talks with 102.
fn listening(options: &str) -> Client {
    let mut client = talking();
    done(
        &mut client,
        &format!(
            "Originate\nChannel: PJSIP/103\nApplication: ChanSpy\nData: @101,{options}\n\
             Async: true\nChannelId: cord-1\nActionID: o"
        ),
        "Originate successfully queued",
    );
    client.phone("103", Answer);
    client
}

fn here(client: &Client, exten: &str) -> bool {
    client.pbx.channels().iter().any(|leg| leg.number == exten)
}

#[test]
fn somebody_listens_and_hangs_up() {
    let mut client = listening("q");
    client.phone("103", HangUp);
    same("spy", client.phone("101", HangUp));
}

#[test]
fn whoever_listens_stays_when_the_call_is_over_unless_asked_to_end_with_it() {
    let mut client = listening("q");
    client.phone("101", HangUp);
    assert!(here(&client, "103"));
    same("spy-outlives", client.phone("103", HangUp));

    let mut client = listening("qE");
    same("spy-ends-with-it", client.phone("101", HangUp));
    assert!(!here(&client, "103"));

    let mut client = listening("qB");
    client.phone("101", HangUp);
    let supervisor = leg(&client, "103");
    done(
        &mut client,
        &format!("Hangup\nChannel: {supervisor}"),
        "Channel Hungup",
    );
    same("spy-barges", &mut client);
}

#[test]
fn the_one_listened_to_is_moved_and_the_listener_hears_on() {
    let mut client = listening("qE");
    client.phone("104", Dial("601".to_owned())).take();
    redirect(&mut client, "101", "601");
    assert!(!client.heard().contains("ChanSpyStop"));
    client.phone("101", HangUp);
    assert!(client.heard().contains("ChanSpyStop SpyerChannel=103-2 "));
    assert!(!here(&client, "103"));
}

#[test]
fn whoever_listens_to_a_phone_hears_its_next_call() {
    let mut client = stage(["101", "102", "103"]);
    done(
        &mut client,
        "Originate\nChannel: PJSIP/103\nApplication: chanspy\nData: PJSIP/101,q\nAsync: true",
        "Originate successfully queued",
    );
    client.phone("103", Answer).take();
    connect(&mut client, "102", "101");
    assert!(client.heard().contains("ChanSpyStart SpyerChannel=103-0 "));
    client.phone("102", HangUp);
    assert!(client.heard().contains("ChanSpyStop"));
    connect(&mut client, "101", "102");
    assert!(client.heard().contains("ChanSpyStart"));
    redirect(&mut client, "103", "601");
    assert!(client.heard().contains("ChanSpyStop"));
}

#[test]
fn a_call_is_recorded_paused_and_moved() {
    let mut client = talking();
    let record = "MixMonitor\nChannel: @101\nFile: cordboard.wav";
    done(&mut client, record, "");
    for state in [1, 0] {
        let pause = format!("MixMonitorMute\nChannel: @101\nDirection: both\nState: {state}");
        done(&mut client, &pause, "");
    }
    done(&mut client, "StopMixMonitor\nChannel: @101", "");
    same("recording-by-desk", client.phone("101", HangUp));

    let mut client = talking();
    done(
        &mut client,
        "MixMonitor\nChannel: @101\nFile: moved.wav",
        "",
    );
    redirect(&mut client, "101", "103");
    client.phone("103", Answer);
    done(&mut client, "StopMixMonitor\nChannel: @101", "");
    assert!(client.heard().contains("MixMonitorStop Channel=101-0"));

    let mut client = talking();
    done(
        &mut client,
        "MixMonitor\nChannel: @101\nFile: moved.wav",
        "",
    );
    redirect(&mut client, "101", "103");
    client.phone("103", Answer);
    same("recording-moved", client.phone("101", HangUp));

    let mut client = stage(["101", "102"]);
    client
        .phone("101", Dial("630".to_owned()))
        .phone("102", Answer);
    same("recording-from-start", client.phone("101", HangUp));
}

#[test]
fn a_channel_is_muted_without_a_word() {
    let mut client = talking();
    for state in ["on", "off"] {
        let mute = format!("MuteAudio\nChannel: @101\nDirection: all\nState: {state}");
        done(&mut client, &mute, "");
    }
    same("mute", client.phone("101", HangUp));
}

#[test]
fn keys_are_played_and_told_to_those_who_may_see_them() {
    let mut client = admin();
    done(
        &mut client,
        "PlayDTMF\nChannel: @101\nDigit: 5\nDuration: 160",
        "DTMF successfully queued",
    );
    done(
        &mut client,
        "PlayDTMF\nChannel: @101\nDigit: #\nReceive: true",
        "DTMF successfully queued",
    );
    let keys = |client: &Client| -> Vec<[String; 4]> {
        let ends = client
            .frames
            .iter()
            .filter(|frame| frame.event().is_some_and(|event| event == "DTMFEnd"));
        let text = |frame: &ami::Frame, name: &str| {
            let value = frame.get(name);
            value
                .map(|value| value.text().into_owned())
                .unwrap_or_default()
        };
        ends.map(|frame| {
            ["Channel", "Digit", "DurationMs", "Direction"].map(|name| text(frame, name))
        })
        .collect()
    };
    let own = leg(&client, "101");
    assert_eq!(
        keys(&client),
        [
            [own.as_str(), "5", "160", "Sent"],
            [own.as_str(), "#", "100", "Received"]
        ]
    );
    client.take();
    done(
        &mut client,
        "Atxfer\nChannel: @102\nExten: 103\nContext: internal",
        "Atxfer successfully queued",
    );
    done(
        &mut client,
        "CancelAtxfer\nChannel: @102",
        "CancelAtxfer successfully queued",
    );
    let pressed: String = keys(&client).iter().map(|key| key[1].clone()).collect();
    assert_eq!(pressed, "*2103*1");

    let mut client = talking();
    done(
        &mut client,
        "PlayDTMF\nChannel: @101\nDigit: 5",
        "DTMF successfully queued",
    );
    assert!(
        !client.told().contains("DTMFEnd"),
        "the lab's desk does not read dtmf"
    );
}

#[test]
fn one_who_hears_music_is_told_to_transfer_and_nothing_happens() {
    let mut client = stage(["102", "103"]);
    client.phone("102", Dial("601".to_owned()));
    done(
        &mut client,
        "Atxfer\nChannel: @102\nExten: 103\nContext: internal",
        "Atxfer successfully queued",
    );
    same("atxfer-not-allowed", client.phone("102", HangUp));
}

#[test]
fn a_call_ends_when_its_time_is_up() {
    let mut client = talking();
    for seconds in ["2", "1.5"] {
        let set = format!("AbsoluteTimeout\nChannel: @101\nTimeout: {seconds}");
        done(&mut client, &set, "Timeout Set");
    }
    client.wait(1_100);
    assert!(here(&client, "101"));
    client.wait(200);
    assert!(client.pbx.channels().is_empty());
    let told = client.heard();
    assert!(told.contains("Hangup Channel=101-0"), "{told}");
}

#[test]
fn what_is_refused() {
    let mut client = talking();
    for (action, words) in [
        ("PlayDTMF\nChannel: x\nDigit: 1", "Channel not found"),
        ("PlayDTMF\nChannel: @101", "No digit specified"),
        (
            "PlayDTMF\nChannel: @101\nDigit: 1\nDuration: long",
            "Could not convert Duration parameter",
        ),
        (
            "MuteAudio\nChannel: @101\nDirection: in",
            "State not specified",
        ),
        (
            "MuteAudio\nChannel: x\nDirection: in\nState: on",
            "No such channel",
        ),
        ("MixMonitor\nChannel: x\nFile: a.wav", "No such channel"),
        (
            "MixMonitor\nChannel: @101",
            "Could not start monitoring channel",
        ),
        (
            "StopMixMonitor\nChannel: @101",
            "Could not stop monitoring channel",
        ),
        (
            "MixMonitorMute\nChannel: @101\nState: 1",
            "No direction specified. Must be read, write or both",
        ),
        (
            "MixMonitorMute\nChannel: @101\nState: 1\nDirection: in",
            "Invalid direction specified. Must be read, write or both",
        ),
        (
            "MixMonitorMute\nChannel: @101\nState: 1\nDirection: both",
            "Cannot set mute flag",
        ),
        ("AbsoluteTimeout\nTimeout: 1", "No channel specified"),
        (
            "AbsoluteTimeout\nChannel: @101\nTimeout: 0",
            "No timeout specified",
        ),
        (
            "AbsoluteTimeout\nChannel: @101\nTimeout: -1",
            "No timeout specified",
        ),
        ("AbsoluteTimeout\nChannel: x\nTimeout: 1", "No such channel"),
        (
            "Atxfer\nChannel: x\nExten: 1",
            "Channel specified does not exist",
        ),
        ("Atxfer\nChannel: @101", "No extension specified"),
        (
            "CancelAtxfer\nChannel: x",
            "Channel specified does not exist",
        ),
    ] {
        refused(&mut client, action, words);
    }
    let answer = ask(&mut client, "MixMonitor");
    assert_eq!(answer.1, "No channel specified");
    same_without("mute", client.phone("101", HangUp), &[]);
}
