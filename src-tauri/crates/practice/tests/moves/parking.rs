//! Park: lots, spaces, announcements, and who it comes back to.

use practice::PhoneAct::{Answer, Dial, HangUp, Reject};

use crate::asked::{done, refused};
use crate::client::Client;
use crate::client::stage::{JANE, clear, connect, ring, stage, talking};
use crate::{same, same_without};

const PARKED: &str = "Park successful";

/// 102 has parked 101.
fn parked(more: &str) -> Client {
    let mut client = talking();
    done(
        &mut client,
        &format!("Park\nChannel: @101\nTimeoutChannel: @102\n{more}"),
        PARKED,
    );
    client.wait(2_700);
    client
}

#[test]
fn a_space_is_asked_for() {
    same(
        "park-slot-asked",
        parked("ParkingSpace: 705")
            .phone("103", Dial("705".to_owned()))
            .phone("101", HangUp),
    );

    let mut client = parked("ParkingSpace: 705");
    connect(&mut client, "102", "103");
    done(
        &mut client,
        "Park\nChannel: @102\nParkingSpace: 705",
        PARKED,
    );
    clear(&mut client);
    same("park-slot-taken", &mut client);
}

#[test]
fn the_partner_of_one_who_is_parked_may_stay_to_hear_the_space() {
    let mut client = talking();
    done(
        &mut client,
        "Park\nChannel: @101\nAnnounceChannel: @102",
        PARKED,
    );
    client.wait(2_700);
    same("park-announced", client.phone("101", HangUp));
}

#[test]
fn whoever_is_parked_without_anybody_to_come_back_to_comes_back_to_itself() {
    let mut client = stage(["101", "102", "103"]);
    for exten in ["101", "102"] {
        client.phone(exten, Dial("601".to_owned())).wait(300);
        done(&mut client, &format!("Park\nChannel: @{exten}"), PARKED);
    }
    client.phone("103", Dial("702".to_owned()));
    client.phone("101", HangUp);
    clear(&mut client);
    // In the lab 102 was parked before its music began.
    same_without("park-two", &mut client, &["102#1"]);

    let mut client = stage(["101", "103"]);
    client.phone("101", Dial("700".to_owned()));
    client.phone("103", Dial("701".to_owned()));
    // Whoever parks itself is told nothing of who fetched it, and hears no music: nobody moves such a caller.
    let apart = ["MusicOnHold", "BridgeLeave", "Hangup"];
    same_without("park-by-dialling", client.phone("101", HangUp), &apart);
}

#[test]
fn an_outsider_is_parked_and_fetched_by_a_colleague() {
    let mut client = stage(["101", "103"]);
    client
        .outside("4930555003", JANE.0, JANE.1)
        .phone("101", Answer);
    done(
        &mut client,
        "Park\nChannel: @trunk\nTimeoutChannel: @101",
        PARKED,
    );
    client.wait(2_700).phone("103", Dial("701".to_owned()));
    same("park-trunk-caller", client.outside_hangs_up(JANE.0));
}

#[test]
fn one_who_is_parked_is_hung_up_or_fetched_and_parked_again() {
    let mut client = parked("");
    done(&mut client, "Hangup\nChannel: @101", "Channel Hungup");
    same("park-hung-up-by-desk", &mut client);

    let mut client = parked("");
    client.phone("102", Dial("701".to_owned()));
    done(
        &mut client,
        "Park\nChannel: @101\nTimeoutChannel: @102",
        PARKED,
    );
    client.wait(2_700);
    same("park-again", client.phone("101", HangUp));
}

#[test]
fn a_caller_whose_call_still_rings_is_parked_and_the_ringing_ends_without_a_word() {
    let mut client = stage(["101", "102"]);
    ring(&mut client, "101", "102");
    done(&mut client, "Park\nChannel: @101", PARKED);
    clear(&mut client);
    same("park-ringing", &mut client);
}

#[test]
fn a_lot_that_is_full_loses_the_caller_although_it_says_success() {
    let mut client = stage(["101", "102", "103"]);
    for exten in ["101", "102", "103"] {
        client.phone(exten, Dial("601".to_owned())).wait(300);
    }
    for exten in ["101", "102"] {
        let action = format!("Park\nChannel: @{exten}\nParkinglot: hotel\nTimeout: 30000");
        done(&mut client, &action, PARKED);
    }
    done(
        &mut client,
        "Park\nChannel: @103\nParkinglot: hotel",
        PARKED,
    );
    clear(&mut client);
    same("park-lot-full", &mut client);
}

#[test]
fn no_such_lot_and_no_parking_out_of_a_conference() {
    let mut client = talking();
    refused(
        &mut client,
        "Park\nChannel: @101\nParkinglot: nowhere",
        "Park action failed",
    );
    same("park-no-such-lot", client.phone("101", HangUp));

    let mut client = stage(["101", "102"]);
    for exten in ["101", "102"] {
        client.phone(exten, Dial("680".to_owned())).wait(300);
    }
    refused(&mut client, "Park\nChannel: @101", "Park action failed");
    clear(&mut client);
    same_without("conference-parked-from", &mut client, &["MusicOnHold"]);
}

#[test]
fn a_partner_who_parks_in_a_full_lot_talks_on() {
    let mut client = stage(["101", "102", "103", "104"]);
    for exten in ["103", "104"] {
        client.phone(exten, Dial("770".to_owned())).wait(300);
    }
    connect(&mut client, "101", "102");
    client.take();
    let park = "Park\nChannel: @101\nTimeoutChannel: @102\nParkinglot: hotel\nTimeout: 1000";
    done(&mut client, park, PARKED);
    assert!(!client.heard().contains("BridgeLeave"));
}

#[test]
fn nobody_fetches_them() {
    let mut client = parked("Parkinglot: hotel");
    client.phone("103", Answer);
    same("park-timeout-elsewhere", client.phone("101", HangUp));

    let mut client = parked("Timeout: 3000");
    client.wait(300);
    same("park-timeout-no-answer", client.phone("102", Reject));

    let mut client = parked("Timeout: 6000");
    connect(&mut client, "102", "103");
    client.wait(3_000);
    let ringing = client
        .pbx
        .channels()
        .into_iter()
        .find(|leg| leg.state == "Ringing");
    let ringing = ringing.expect("102 rings").name;
    done(
        &mut client,
        &format!("Hangup\nChannel: {ringing}"),
        "Channel Hungup",
    );
    clear(&mut client);
    same("park-timeout-busy", &mut client);
}

#[test]
fn a_space_in_which_nobody_is() {
    let mut client = stage(["101"]);
    client.phone("101", Dial("703".to_owned())).wait(300);
    clear(&mut client);
    same("park-empty-slot", &mut client);
}
