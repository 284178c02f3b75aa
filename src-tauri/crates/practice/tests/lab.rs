//! The same scenes played here and recorded from the lab's Asterisk 22: both must tell the same of every channel.

mod client;
#[path = "client/tape.rs"]
mod tape;

use client::Client;
use client::stage::{JANE, clear, connect, leg, originate, redirect, ring, stage, talking};
use client::story::{Story, story};
use practice::PhoneAct::{Answer, Dial, HangUp, Hold, Reject, Resume};
use tape::tape;

fn recorded(scene: &str) -> Story {
    story(&tape(scene))
}

#[track_caller]
fn same(scene: &str, client: &mut Client) {
    same_without(scene, client, "nothing");
}

/// The same but for one family of events that Asterisk tells or not, as it comes.
#[track_caller]
fn same_without(scene: &str, client: &mut Client, family: &str) {
    let (mut theirs, mut ours) = (recorded(scene), story(&client.take()));
    for story in [&mut theirs, &mut ours] {
        story.lines.retain(|line| !line.starts_with(family));
    }
    let (missing, extra) = (theirs.beyond(&ours), ours.beyond(&theirs));
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{scene}\nonly Asterisk says:\n  {}\nonly we say:\n  {}",
        missing.join("\n  "),
        extra.join("\n  ")
    );
    assert_eq!(theirs.lives, ours.lives, "{scene}");
}

#[test]
fn plain_calls() {
    let pair = || stage(["101", "102"]);
    let mut client = pair();
    connect(&mut client, "101", "102");
    same("call-answered", client.phone("102", HangUp));

    let mut client = pair();
    ring(&mut client, "101", "102");
    same("call-cancelled", client.phone("101", HangUp));

    let mut client = pair();
    ring(&mut client, "101", "102");
    same("call-rejected", client.phone("102", Reject));

    let mut client = pair();
    ring(&mut client, "101", "102");
    same("call-no-answer", client.wait(35_000));

    let mut client = pair();
    connect(&mut client, "101", "102");
    client.phone("101", Hold).phone("101", Resume);
    same("call-held", client.phone("101", HangUp));
}

#[test]
fn calls_that_reach_nobody() {
    for (scene, number) in [
        ("call-busy", "603"),
        ("call-congestion", "604"),
        ("call-unregistered", "109"),
        ("call-no-such-extension", "199"),
    ] {
        let mut client = stage(["101"]);
        same(scene, client.phone("101", Dial(number.to_owned())));
    }
}

#[test]
fn calls_to_machines() {
    for (scene, number) in [("call-echo", "600"), ("call-music", "601")] {
        let mut client = stage(["101"]);
        same(
            scene,
            client
                .phone("101", Dial(number.to_owned()))
                .wait(300)
                .phone("101", HangUp),
        );
    }
}

#[test]
fn several_phones() {
    let mut client = stage(["100", "101", "102"]);
    ring(&mut client, "102", "100");
    same(
        "call-reception",
        client.phone("101", Answer).phone("102", HangUp),
    );

    let mut client = stage(["101", "102", "103"]);
    ring(&mut client, "101", "102");
    client.phone("103", Dial("*8".to_owned()));
    same("call-pickup", client.phone("103", HangUp));

    let mut client = talking();
    ring(&mut client, "103", "102");
    client.phone("102", Answer);
    clear(&mut client);
    same("call-second-waiting", &mut client);
}

#[test]
fn the_desk_hangs_up() {
    let mut client = stage(["101", "102"]);
    connect(&mut client, "101", "102");
    let one = leg(&client, "101");
    same(
        "call-hung-up-by-desk",
        client
            .send(&format!("Action: Hangup\nChannel: {one}\n"))
            .wait(300),
    );

    let mut client = stage(["101", "102"]);
    ring(&mut client, "101", "102");
    let one = leg(&client, "101");
    same(
        "call-ringing-hung-up-by-desk",
        client
            .send(&format!("Action: Hangup\nChannel: {one}\n"))
            .wait(300),
    );
}

#[test]
fn one_leg_is_moved() {
    let mut client = stage(["101", "102", "103"]);
    ring(&mut client, "101", "102");
    redirect(&mut client, "101", "103");
    same(
        "redirect-caller-ringing",
        client.phone("103", Answer).phone("101", HangUp),
    );

    let mut client = stage(["101", "102", "103"]);
    ring(&mut client, "101", "102");
    redirect(&mut client, "102", "103");
    clear(&mut client);
    same("redirect-called-ringing", &mut client);

    let mut client = talking();
    redirect(&mut client, "101", "103");
    same(
        "redirect-caller-bridged",
        client.phone("103", Answer).phone("101", HangUp),
    );

    let mut client = talking();
    redirect(&mut client, "102", "103");
    same(
        "redirect-called-bridged",
        client.phone("103", Answer).phone("102", HangUp),
    );

    let mut client = talking();
    redirect(&mut client, "101", "103");
    same("redirect-target-rejects", client.phone("103", Reject));
}

#[test]
fn a_leg_is_moved_to_nobody() {
    for (scene, exten) in [
        ("redirect-no-such-extension", "199"),
        ("redirect-unregistered", "109"),
    ] {
        let mut client = talking();
        redirect(&mut client, "101", exten);
        same(scene, &mut client);
    }
}

#[test]
fn both_legs_are_moved() {
    let both = |client: &mut Client, one: &str, other: &str| {
        let (first, second) = (leg(client, "101"), leg(client, "102"));
        let place = |prefix: &str, exten: &str| {
            format!("{prefix}Context: internal\n{prefix}Exten: {exten}\n{prefix}Priority: 1\n")
        };
        let (here, there) = (place("", one), place("Extra", other));
        client
            .send(&format!(
                "Action: Redirect\nChannel: {first}\nExtraChannel: {second}\n{here}{there}"
            ))
            .wait(300);
    };
    let mut client = talking();
    both(&mut client, "680", "680");
    clear(&mut client);
    // Music starts for the first and stops for the second, unless both come at once.
    same_without("redirect-both-conference", &mut client, "MusicOnHold");

    let mut client = stage(["101", "102", "103", "104"]);
    connect(&mut client, "101", "102");
    both(&mut client, "103", "104");
    client.phone("103", Answer).phone("104", Answer);
    clear(&mut client);
    same("redirect-both-two-extensions", &mut client);
}

#[test]
fn blind_transfers() {
    let blind = |client: &mut Client, exten: &str| {
        let transferrer = leg(client, "102");
        client
            .send(&format!(
                "Action: BlindTransfer\nChannel: {transferrer}\nContext: internal\nExten: {exten}\n"
            ))
            .wait(300);
    };
    let mut client = talking();
    blind(&mut client, "103");
    same(
        "blind-transfer",
        client.phone("103", Answer).phone("101", HangUp),
    );

    let mut client = talking();
    blind(&mut client, "199");
    same("blind-transfer-no-such-extension", &mut client);
}

#[test]
fn a_consultation_made_of_redirects_and_a_bridge() {
    let mut client = talking();
    let (first, second) = (leg(&client, "101"), leg(&client, "102"));
    client.send(&format!(
        "Action: Redirect\nChannel: {first}\nContext: internal\nExten: 601\nPriority: 1\n\
         ExtraChannel: {second}\nExtraContext: internal\nExtraExten: 103\nExtraPriority: 1\n"
    ));
    client.wait(300).phone("103", Answer);
    let third = leg(&client, "103");
    client
        .send(&format!(
            "Action: Bridge\nChannel1: {first}\nChannel2: {third}\n"
        ))
        .wait(300);
    same("consult-by-redirect", client.phone("101", HangUp));
}

#[test]
fn calls_from_and_to_the_outside() {
    let mut client = stage(["101"]);
    client
        .outside("4930555003", JANE.0, JANE.1)
        .phone("101", Answer);
    same("trunk-inbound", client.outside_hangs_up(JANE.0));

    let mut client = stage(["101"]);
    client.outside("4930555003", JANE.0, JANE.1);
    same("trunk-inbound-gives-up", client.outside_hangs_up(JANE.0));

    let mut client = stage(["101"]);
    client
        .phone("101", Dial("9030987654".to_owned()))
        .phone("trunk", Answer);
    same("trunk-outbound", client.phone("101", HangUp));

    let mut client = stage(["101", "103"]);
    client
        .outside("4930555003", JANE.0, JANE.1)
        .phone("101", Answer);
    redirect(&mut client, "trunk", "103");
    client.phone("103", Answer);
    same("redirect-trunk-caller", client.outside_hangs_up(JANE.0));
}

#[test]
fn queues() {
    let waiting = |member: &str| {
        let mut client = stage([member, "101"]);
        client.outside("4930555001", JANE.0, JANE.1).wait(300);
        client
    };
    same(
        "queue-answered",
        waiting("103").phone("103", Answer).outside_hangs_up(JANE.0),
    );
    same(
        "queue-answered-over-local",
        waiting("104")
            .phone("104", Answer)
            .wait(1_000)
            .outside_hangs_up(JANE.0),
    );
    same("queue-abandoned", waiting("103").outside_hangs_up(JANE.0));

    let mut client = stage(["101"]);
    same(
        "queue-timeout",
        client
            .phone("101", Dial("612".to_owned()))
            .wait(3_300)
            .phone("101", HangUp),
    );

    let mut client = waiting("103");
    redirect(&mut client, "trunk", "101");
    same(
        "redirect-queue-caller",
        client.phone("101", Answer).outside_hangs_up(JANE.0),
    );

    let mut client = stage(["103"]);
    client
        .outside("4930555001", "+49301111111", "First")
        .outside("4930555001", "+49302222222", "Second");
    client.phone("103", Answer).outside_hangs_up("+49302222222");
    same("queue-two-callers", client.outside_hangs_up("+49301111111"));
}

#[test]
fn parked_calls() {
    let parked = |lot: &str| {
        let mut client = talking();
        let (parkee, parker) = (leg(&client, "101"), leg(&client, "102"));
        client.send(&format!(
            "Action: Park\nChannel: {parkee}\nTimeoutChannel: {parker}\nParkinglot: {lot}\n"
        ));
        client.wait(3_000);
        client
    };
    same(
        "park-retrieved",
        parked("default")
            .phone("103", Dial("701".to_owned()))
            .phone("101", HangUp),
    );
    same("park-given-up", parked("default").phone("101", HangUp));
    same(
        "park-timeout",
        parked("short")
            .wait(1_500)
            .phone("102", Answer)
            .phone("101", HangUp),
    );

    let mut client = parked("default");
    redirect(&mut client, "101", "103");
    same(
        "park-redirected",
        client.phone("103", Answer).phone("101", HangUp),
    );
}

#[test]
fn a_conference_of_three() {
    let mut client = stage(["101", "102", "103"]);
    for exten in ["101", "102", "103"] {
        client.phone(exten, Dial("680".to_owned()));
    }
    client
        .phone("101", HangUp)
        .phone("102", HangUp)
        .phone("103", HangUp);
    same_without("conference-three", &mut client, "MusicOnHold");
}

#[test]
fn originated_calls() {
    let mut client = stage(["101", "102"]);
    originate(&mut client, "PJSIP/101", "102", "");
    same(
        "originate-answered",
        client
            .phone("101", Answer)
            .phone("102", Answer)
            .phone("101", HangUp),
    );

    let mut client = stage(["101", "102"]);
    originate(&mut client, "PJSIP/101", "102", "");
    same(
        "originate-target-rejects",
        client.phone("101", Answer).phone("102", Reject),
    );

    let mut client = stage(["101"]);
    originate(&mut client, "PJSIP/101", "102", "");
    same("originate-rejected", client.phone("101", Reject));

    let mut client = stage(["101"]);
    originate(&mut client, "PJSIP/101", "102", "Timeout: 2000\n");
    same("originate-timeout", client.wait(2_100));

    let mut client = stage([]);
    originate(&mut client, "PJSIP/109", "102", "");
    same("originate-unregistered", &mut client);

    let mut client = stage(["101", "103"]);
    originate(&mut client, "PJSIP/101", "601", "");
    client.phone("101", Answer);
    originate(&mut client, "PJSIP/103", "601", "");
    same("originate-id-in-use", client.phone("101", HangUp));
}

#[test]
fn originated_over_local_channels() {
    for (scene, device) in [
        ("originate-local-optimised", "Local/101@internal"),
        ("originate-local-kept", "Local/101@internal/n"),
    ] {
        let mut client = stage(["101", "102"]);
        originate(&mut client, device, "102", "OtherChannelId: cord-2\n");
        same(
            scene,
            client
                .phone("101", Answer)
                .phone("102", Answer)
                .wait(1_000)
                .phone("101", HangUp),
        );
    }
}
