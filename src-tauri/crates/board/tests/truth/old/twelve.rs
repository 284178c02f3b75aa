//! Asterisk 12, greeting `2.0`: today's events, lists without marks.

use expect_test::expect;

use super::check;

#[test]
fn a_login_loads_lists_that_have_no_marks() {
    check(
        "2.0",
        "login",
        expect![[r#"
    synced:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      conference (inbound, dialled 680)
        > 101 "Anna Rossi" by SIP/101: alone in MeetMe
      queue support (600): 1. +49301234567;
      conference 680 (680): 101
"#]],
    );
}

#[test]
fn a_call_rings_is_answered_and_ends() {
    check(
        "2.0",
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
"#]],
    );
}

#[test]
fn whoever_presses_hold_holds_until_resuming() {
    check(
        "2.0",
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
fn an_attended_transfer_moves_the_caller() {
    check(
        "2.0",
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
    transferred:
      talking (internal, dialled ?)
        > 102 "Marco Bianchi": talking, hears 103
          103 "Eva Lind": talking, hears 102
      lit: 102 in use, 103 in use
"#]],
    );
}

#[test]
fn a_queue_rings_and_serves() {
    check(
        "2.0",
        "queue",
        expect![[r#"
    waiting:
      queued (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
      queue support (600): 1. +49301234567;
    ringing:
      ringing (inbound, dialled 600)
        > +49301234567 by SIP/trunk: queued
          103 "Eva Lind": ringing
      queue support (600): 1. +49301234567;
      lit: 103 ringing
    served:
      talking (inbound, dialled 600)
        > +49301234567 by SIP/trunk: talking, hears 103
          103 "Eva Lind": talking, hears +49301234567
      lit: 103 in use
"#]],
    );
}

#[test]
fn a_parked_caller_is_fetched() {
    check(
        "2.0",
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
fn those_in_a_meetme_room_hear_each_other() {
    check(
        "2.0",
        "meetme",
        expect![[r#"
            alone:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": alone
              conference 680 (680): 101
              lit: 101 in use
            together:
              conference (inbound, dialled 680)
                > 101 "Anna Rossi": talking, hears 900
                  900 by SIP/trunk: talking, hears 101
              conference 680 (680): 101 speaks 900 muted
              lit: 101 in use
        "#]],
    );
}
