//! A scripted day: the same for the same seed, never dull, and open to whoever moves its calls.

mod client;

use ami::Frame;
use client::witness::Witness;
use client::{Client, is_event};
use practice::{Leg, Practice};

/// Somebody at the desk, four seconds after sitting down: the first caller is on the line.
fn at_work() -> Client {
    let mut client = Client::logged_in(Practice::with_day(1));
    client.wait(6_000);
    client
}

fn leg(client: &Client, start: &str) -> Option<Leg> {
    client
        .pbx
        .channels()
        .into_iter()
        .find(|leg| leg.name.starts_with(start))
}

fn hears(client: &Client, name: &str, start: &str) -> bool {
    let leg = client
        .pbx
        .channels()
        .into_iter()
        .find(|leg| leg.name == name);
    leg.is_some_and(|leg| leg.hears.iter().any(|other| other.starts_with(start)))
}

#[test]
fn a_caller_sent_to_a_colleague_soon_talks_with_them() {
    let mut client = at_work();
    let caller = leg(&client, "PJSIP/trunk-").expect("a caller").name;
    assert!(
        hears(&client, &caller, "PJSIP/101-"),
        "the operator has picked up"
    );
    client
        .send(&format!(
            "Action: Redirect\nChannel: {caller}\nContext: internal\nExten: 114\nPriority: 1\n"
        ))
        .wait(7_000);
    assert!(hears(&client, &caller, "PJSIP/114-"));
    assert!(
        leg(&client, "PJSIP/101-").is_none_or(|leg| !leg.hears.contains(&caller)),
        "the operator is free"
    );
    client.wait(180_000);
    assert!(
        !client.pbx.channels().iter().any(|leg| leg.name == caller),
        "they have said goodbye"
    );
}

#[test]
fn some_colleagues_cannot_be_reached() {
    for (exten, status) in [("113", "BUSY"), ("110", "NOANSWER")] {
        let mut client = at_work();
        let caller = leg(&client, "PJSIP/trunk-").expect("a caller").name;
        client.send(&format!("Action: Redirect\nChannel: {caller}\nContext: internal\nExten: {exten}\nPriority: 1\n")).wait(31_000);
        let ends = client
            .take()
            .into_iter()
            .filter(|frame| is_event(frame, "DialEnd"));
        let statuses: Vec<String> = ends
            .filter(|frame| {
                frame
                    .get("Channel")
                    .is_some_and(|value| value.text() == caller)
            })
            .filter_map(|frame| {
                frame
                    .get("DialStatus")
                    .map(|value| value.text().into_owned())
            })
            .collect();
        assert_eq!(statuses.last().map(String::as_str), Some(status), "{exten}");
        assert!(
            !client.pbx.channels().iter().any(|leg| leg.name == caller),
            "the caller is lost, as with Asterisk"
        );
    }
}

#[test]
fn a_call_from_the_desk_rings_the_operator_first() {
    let mut client = at_work();
    client.send(
        "Action: Originate\nActionID: o\nChannel: PJSIP/101\nContext: internal\nExten: 112\nPriority: 1\n\
         Async: true\nChannelId: ours\n",
    );
    client.wait(10_500);
    let own = client
        .pbx
        .channels()
        .into_iter()
        .find(|leg| leg.uniqueid == "ours")
        .expect("the operator's leg");
    assert!(
        own.hears.iter().any(|name| name.starts_with("PJSIP/112-")),
        "{own:?}"
    );
    assert!(
        client.take().iter().any(|frame| is_event(frame, "Hold")),
        "the first call is held"
    );
}

/// All bytes a client is sent while a day goes by.
fn day(seed: u64, minutes: u64) -> Vec<Frame> {
    let mut client = Client::logged_in(Practice::with_day(seed));
    let mut frames = client.take();
    for _ in 0..minutes * 60 {
        frames.extend(client.wait(1_000).take());
    }
    frames
}

#[test]
fn a_seed_makes_a_day() {
    let bytes = |seed| {
        day(seed, 5)
            .iter()
            .flat_map(|frame| frame.bytes().to_vec())
            .collect::<Vec<u8>>()
    };
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8));
}

#[test]
fn a_day_does_not_depend_on_how_often_the_clock_is_looked_at() {
    let mut seldom = Client::logged_in(Practice::with_day(3));
    let often = day(3, 5);
    seldom.wait(5 * 60 * 1_000);
    assert_eq!(seldom.take().len(), often.len());
}

#[test]
fn a_day_leaves_no_ghosts_and_always_has_something_to_do() {
    for seed in 0..8 {
        let mut client = Client::logged_in(Practice::with_day(seed));
        let mut witness = Witness::default();
        let mut quiet = 0;
        for second in 1..=30 * 60 {
            client.wait(1_000);
            for frame in client.take() {
                witness.see(&frame);
            }
            assert!(
                second < 3 || !witness.live.is_empty() || quiet < 60,
                "a minute of silence at {second} s"
            );
            quiet = if witness.live.is_empty() {
                quiet + 1
            } else {
                0
            };
            if second == 3 {
                assert!(
                    witness
                        .live
                        .iter()
                        .any(|name| name.starts_with("PJSIP/101-")),
                    "the first call rings"
                );
            }
            assert!(
                witness.live.len() < 40,
                "{} legs at {second} s",
                witness.live.len()
            );
        }
        assert!(witness.ended > 100, "{} legs came and went", witness.ended);
    }
}

#[test]
fn messages_breaks_recordings_and_whereabouts_are_told_and_listed_alike() {
    let mut client = Client::logged_in(Practice::with_day(1));
    let mut told = Vec::new();
    for _ in 0..600 {
        told.extend(client.wait(1_000).take());
    }
    let of = |name: &str| -> Vec<&Frame> {
        let named = told.iter().filter(|frame| is_event(frame, name));
        named.collect()
    };
    let text = |frame: &Frame, name: &str| {
        let value = frame.get(name).expect("a header");
        value.text().into_owned()
    };
    assert!(!of("MixMonitorStart").is_empty());
    let breaks = of("QueueMemberPause");
    assert!(
        breaks
            .iter()
            .any(|frame| text(frame, "PausedReason") == "Lunch")
    );
    let message = of("MessageWaiting").last().copied().expect("a message");
    let (mailbox, new) = (text(message, "Mailbox"), text(message, "New"));
    client.send(&format!("Action: MailboxCount\nMailbox: {mailbox}\n"));
    let answer = client.take().pop().expect("an answer");
    assert_eq!(text(&answer, "NewMessages"), new);
    let said = of("PresenceStateChange").last().copied().expect("a word");
    client.send("Action: PresenceStateList\n");
    let listed = client.take();
    let same = |frame: &&Frame| {
        is_event(frame, "PresenceStateChange")
            && text(frame, "Presentity") == text(said, "Presentity")
            && text(frame, "Status") == text(said, "Status")
    };
    assert_eq!(listed.iter().filter(same).count(), 1);
}

fn text(frame: &Frame, name: &str) -> String {
    let value = frame.get(name);
    value
        .map(|value| value.text().into_owned())
        .unwrap_or_default()
}

#[test]
fn whoever_is_parked_comes_back_to_a_phone() {
    let mut parkers = Vec::new();
    for seed in 0..6 {
        let told = day(seed, 30);
        let parked = told.iter().filter(|frame| is_event(frame, "ParkedCall"));
        parkers.extend(parked.map(|frame| text(frame, "ParkerDialString")));
    }
    assert!(
        parkers.contains(&"PJSIP/104".to_owned()),
        "served over a Local pair: {parkers:?}"
    );
    for parker in parkers {
        assert!(parker.starts_with("PJSIP/1"), "{parker}");
    }
}

#[test]
fn a_colleague_who_talks_may_be_busy_to_a_second_call() {
    let mut client = Client::logged_in(Practice::with_day(2));
    let talks = |client: &Client| {
        let busy = ["107", "108", "112", "115", "117", "118"];
        let legs = client.pbx.channels().into_iter();
        let mut talking = legs.filter(|leg| !leg.hears.is_empty());
        talking.find_map(|leg| busy.into_iter().find(|exten| leg.number == *exten))
    };
    let exten = (0..1_800)
        .find_map(|_| {
            client.wait(1_000);
            talks(&client).filter(|_| leg(&client, "PJSIP/trunk-").is_some())
        })
        .expect("somebody talks while an outsider is there");
    let caller = leg(&client, "PJSIP/trunk-").expect("a caller").name;
    client.take();
    client
        .send(&format!(
            "Action: Redirect\nChannel: {caller}\nContext: internal\nExten: {exten}\nPriority: 1\n"
        ))
        .wait(500);
    let told = client.take();
    let mut ends = told
        .iter()
        .filter(|frame| is_event(frame, "DialEnd") && text(frame, "Channel") == caller);
    let last = ends.next_back().map(|frame| text(frame, "DialStatus"));
    assert_eq!(last.as_deref(), Some("BUSY"), "{exten}");
}

#[test]
fn a_caller_sent_to_voicemail_speaks_and_goes() {
    let mut client = at_work();
    let caller = leg(&client, "PJSIP/trunk-").expect("a caller").name;
    client.send(&format!(
        "Action: Redirect\nChannel: {caller}\nContext: internal\nExten: *114\nPriority: 1\n"
    ));
    client.take();
    client.wait(25_000);
    assert!(!client.pbx.channels().iter().any(|leg| leg.name == caller));
    let told = client.take();
    let message = told
        .iter()
        .find(|frame| is_event(frame, "MessageWaiting") && text(frame, "Mailbox") == "114@default");
    assert_eq!(
        message.map(|frame| text(frame, "Waiting")).as_deref(),
        Some("1")
    );
}
