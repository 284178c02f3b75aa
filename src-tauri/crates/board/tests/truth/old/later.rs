//! Asterisk 1.6 to 11, greetings `1.1` to `1.3`.

use expect_test::expect;

use super::check;

#[test]
fn a_login_loads_a_call_a_room_a_queue_and_a_parked_caller() {
    check(
        "1.1",
        "login",
        expect![[r#"
    synced:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      conference (inbound, dialled 680)
        > 901 by SIP/trunk: talking, hears 103
          103 "Eva Lind" by SIP/103: talking, hears 901
      parked (inbound, dialled ?)
        > 900 by SIP/trunk: parked
      queue support (600): 1. +49301234567; SIP/103 in use;
      parked 701@default: 900, about 25 s, then to SIP/101
      conference 680 (680): 901 103
    ended:
      queue support (600): SIP/103 in use;
"#]],
    );
}

#[test]
fn a_call_that_is_bridged_twice_is_one_call() {
    check(
        "1.1",
        "call",
        expect![[r#"
    ringing:
      ringing (internal, dialled 102)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    answered:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
    bridged natively:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]],
    );
}

#[test]
fn of_two_phones_that_ring_one_answers() {
    check(
        "1.1",
        "call-group",
        expect![[r#"
    ringing:
      ringing (internal, dialled 110)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
          103: ringing
      lit: 101 in use, 102 ringing, 103 ringing
    answered:
      talking (internal, dialled 110)
        > 101 "Anna Rossi": talking, hears 103
          103: talking, hears 101
      lit: 101 in use, 103 in use
"#]],
    );
}

#[test]
fn nobody_answers() {
    check(
        "1.1",
        "call-unanswered",
        expect![[r#"
    ringing:
      ringing (internal, dialled 102)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    given up:
      dialing (internal, dialled 102)
        > 101 "Anna Rossi": calling
      lit: 101 in use, 102 ringing
"#]],
    );
}

#[test]
fn hold_names_who_pressed_it_and_music_who_hears_it() {
    check(
        "1.1",
        "hold",
        expect![[r#"
    answered:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
    held:
      held (internal, dialled 102)
        > 101 "Anna Rossi": held, with music, hears 102
          102 "Marco Bianchi": held, pressed hold, hears 101
      lit: 101 held, 102 in use
    resumed:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]],
    );
}

#[test]
fn an_attended_transfer_moves_the_caller_by_a_masquerade() {
    check(
        "1.1",
        "transfer",
        expect![[r#"
    consulting:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      ringing (internal, dialled 103)
        > 101 "Anna Rossi": calling
          103 "Eva Lind": ringing
      lit: 101 in use, 102 in use, 103 ringing
    asked:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      talking (internal, dialled 103)
        > 101 "Anna Rossi": talking, hears 103
          103 "Eva Lind": talking, hears 101
      lit: 101 in use, 102 in use, 103 in use
    moved:
      application (internal, dialled 102)
        > 101 "Anna Rossi": alone
      talking (internal, dialled 103)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 101 in use, 102 in use, 103 in use
    transferred:
      talking (internal, dialled 103)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]],
    );
}

#[test]
fn a_blind_transfer_moves_the_caller_through_a_placeholder() {
    check(
        "1.1",
        "transfer-blind",
        expect![[r#"
    ringing there:
      ringing (internal, dialled 103)
        > 102 "Marco Bianchi": calling
          103 "Eva Lind": ringing
      lit: 102 in use, 103 ringing
    transferred:
      talking (internal, dialled 103)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]],
    );
}

#[test]
fn a_pickup_answers_with_the_picker_s_phone() {
    check(
        "1.1",
        "pickup",
        expect![[r#"
    ringing:
      ringing (internal, dialled 102)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    picked up:
      talking (internal, dialled 102)
        > 101 "Anna Rossi": talking, hears 103
          103 "Eva Lind": talking, hears 101
      lit: 101 in use, 103 in use
"#]],
    );
}

#[test]
fn a_queue_rings_serves_and_loses_callers() {
    check(
        "1.1",
        "queue",
        expect![[r#"
    waiting:
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      queue support (600): 1. +49301234567;
    two waiting:
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      queued (inbound, dialled 600)
        > +49307654321 by SIP/trunk: queued
      queue support (600): 1. +49301234567; 2. +49307654321;
    ringing:
      ringing (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
          103 "Eva Lind": ringing
      queued (inbound, dialled 600)
        > +49307654321 by SIP/trunk: queued
      queue support (600): 1. +49301234567; 2. +49307654321; SIP/103 ringing;
      lit: 103 ringing
    served:
      talking (inbound, dialled 600)
        > +49301234567 by SIP/trunk: talking, hears 103
          103 "Eva Lind": talking, hears +49301234567
      queued (inbound, dialled 600)
        > +49307654321 by SIP/trunk: queued
      queue support (600): 1. +49307654321; SIP/103 in use;
      lit: 103 in use
    the other gave up:
      talking (inbound, dialled 600)
        > +49301234567 by SIP/trunk: talking, hears 103
          103 "Eva Lind": talking, hears +49301234567
      queue support (600): SIP/103 in use;
      lit: 103 in use
    ended:
      queue support (600): SIP/103 idle paused "lunch";
"#]],
    );
}

#[test]
fn a_parked_caller_is_fetched() {
    check(
        "1.1",
        "parked",
        expect![[r#"
    parked:
      parked (internal, dialled ?)
        > 102 "Marco Bianchi": parked
      parked 701@default: 102 "Marco Bianchi", about 45 s, then to SIP/101
      lit: 102 in use
    fetched:
      talking (internal, dialled ?)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]],
    );
}

#[test]
fn a_parked_caller_s_time_runs_out() {
    check(
        "1.1",
        "parked-timeout",
        expect![[r#"
    parked:
      parked (internal, dialled ?)
        > 102 "Marco Bianchi": parked
      parked 701@default: 102 "Marco Bianchi", about 45 s, then to SIP/101
      lit: 102 in use
    came back:
      application (internal, dialled ?)
        > 102 "Marco Bianchi": application
      lit: 102 in use
"#]],
    );
}

#[test]
fn a_meetme_room_tells_who_is_muted_and_who_speaks() {
    check(
        "1.1",
        "meetme",
        expect![[r#"
            alone:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": alone
              conference 680 (680): 101
              lit: 101 in use
            together:
              conference (inbound, dialled 680)
                > 101 "Anna Rossi": talking, hears 102 900
                  102 "Marco Bianchi": talking, hears 101 900
                  900 by SIP/trunk: talking, hears 101 102
              conference 680 (680): 101 102 speaks 900 muted
              lit: 101 in use, 102 in use
            quiet:
              conference (inbound, dialled 680)
                > 101 "Anna Rossi": talking, hears 102 900
                  102 "Marco Bianchi": talking, hears 101 900
                  900 by SIP/trunk: talking, hears 101 102
              conference 680 (680): 101 102 900
              lit: 101 in use, 102 in use
        "#]],
    );
}

#[test]
fn those_in_a_room_of_asterisk_11_hear_each_other() {
    check(
        "1.1",
        "confbridge",
        expect![[r#"
            together:
              conference (inbound, dialled 690)
                > 101 "Anna Rossi": talking, hears 900
                  900 by SIP/trunk: talking, hears 101
              conference 690 (690): 101 900 speaks
              lit: 101 in use
        "#]],
    );
}

#[test]
fn a_local_pair_takes_itself_out_of_the_call() {
    check(
        "1.1",
        "local",
        expect![[r#"
    ringing:
      ringing (internal, dialled 110)
        > 101 "Anna Rossi": calling
          102 "Marco Bianchi": ringing
      lit: 101 in use, 102 ringing
    answered:
      talking (internal, dialled 110)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
    optimised:
      talking (internal, dialled 110)
        > 101 "Anna Rossi": talking, hears 102
          102 "Marco Bianchi": talking, hears 101
      lit: 101 in use, 102 in use
"#]],
    );
}
