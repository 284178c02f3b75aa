//! Pictures loaded in the middle of calls, and links that end.

use expect_test::expect;

use crate::check::{check, check_each};

#[test]
fn a_talking_call_is_found() {
    check(
        "sync-bridged",
        expect![[r#"
        synced:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_ringing_call_is_found() {
    check(
        "sync-ringing",
        expect![[r#"
        synced:
          ringing (internal, dialled 102, inferred)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_held_call_is_found_and_who_pressed_hold_is_worked_out() {
    check(
        "sync-held",
        expect![[r#"
        synced:
          held (internal, dialled 102, inferred)
            > 101 "Anna Rossi": held, pressed hold, hears 102
              102 "Marco Bianchi": held, hears 101
          lit: 100 in use, 101 in use, 102 held
        resumed:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_parked_call_is_found() {
    check(
        "sync-parked",
        expect![[r#"
            synced:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
              lit: 100 in use, 101 in use
            retrieved:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_queue_caller_is_found() {
    check(
        "sync-queue",
        expect![[r#"
        synced:
          ringing (inbound, dialled 610, inferred)
            > +4930111 "Jane Doe" by PJSIP/trunk: queued
              103 "Cara Müller": ringing
          queue sales (610): 1. +4930111 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        answered:
          talking (inbound, dialled 610)
            > +4930111 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +4930111
          queue sales (610): PJSIP/103 in use;
          lit: 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_conference_is_found() {
    check(
        "sync-conference",
        expect![[r#"
        synced:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102 103
              102 "Marco Bianchi": talking, hears 101 103
              103 "Cara Müller": talking, hears 101 102
          queue sales (?): PJSIP/103 in use;
          conference 680 (680): 101 102 103
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn everything_at_once_is_found() {
    check_each(
        "sync-everything",
        [
            expect![[r#"
                synced:
                  talking (internal, dialled 102)
                    > 101 "Anna Rossi": talking, hears 102
                      102 "Marco Bianchi": talking, hears 101
                  ringing (inbound, dialled 610, inferred)
                    > +4930222 "Zoë Waits" by PJSIP/trunk: queued
                      103 "Cara Müller": ringing
                  parked (internal, dialled 102)
                    > 110 "Jānis Ozols": parked
                  talking (inbound, dialled 611)
                    > +4930333 "Carl Served" by PJSIP/trunk: talking, hears 105
                      105 "Emil Kowalski": talking, hears +4930333
                  ringing (internal, dialled 108, inferred)
                    > 107 "George Okafor": calling
                      108 "Hélène Dubois": ringing
                  conference (internal, dialled 680)
                    > 109 "Ingrid Østergaard": alone in ConfBridge
                  application (internal, dialled ?)
                    > 111 "Keiko Tanaka": application in Answer
                  queue sales (610): 1. +4930222 "Zoë Waits"; PJSIP/103 ringing;
                  queue support (?): PJSIP/105 in use;
                  parked 701@default: 110 "Jānis Ozols", about 45 s, then to PJSIP/110
                  conference 680 (680): 109
                  lit: 100 in use, 101 in use, 102 in use, 103 ringing, 105 in use, 107 in use, 108 ringing, 109 in use, 110 in use, 111 in use
                ended: nothing
            "#]],
            expect![[r#"
                synced:
                  talking (internal, dialled 102)
                    > 101 "Anna Rossi": talking, hears 102
                      102 "Marco Bianchi": talking, hears 101
                  parked (internal, dialled 102)
                    > 110 "Jānis Ozols": parked
                  ringing (inbound, dialled 610, inferred)
                    > +4930222 "Zoë Waits" by PJSIP/trunk: queued
                      103 "Cara Müller": ringing
                  talking (inbound, dialled 611)
                    > +4930333 "Carl Served" by PJSIP/trunk: talking, hears 105
                      105 "Emil Kowalski": talking, hears +4930333
                  ringing (internal, dialled 108, inferred)
                    > 107 "George Okafor": calling
                      108 "Hélène Dubois": ringing
                  conference (internal, dialled 680)
                    > 109 "Ingrid Østergaard": alone in ConfBridge
                  application (internal, dialled ?)
                    > 111 "Keiko Tanaka": application in Answer
                  queue sales (610): 1. +4930222 "Zoë Waits"; PJSIP/103 ringing;
                  queue support (?): PJSIP/105 in use;
                  parked 701@default: 110 "Jānis Ozols", about 45 s, then to PJSIP/110
                  conference 680 (680): 109
                  lit: 100 in use, 101 in use, 102 in use, 103 ringing, 105 in use, 107 in use, 108 ringing, 109 in use, 110 in use, 111 in use
                ended: nothing
            "#]],
        ],
    );
}

#[test]
fn after_kill_9_nothing_is_left_of_the_calls() {
    check(
        "kill-9",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        closed:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
    "#]],
    );
}

#[test]
fn after_a_restart_nothing_is_left_of_the_calls() {
    check(
        "core-restart",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        closed: nothing
    "#]],
    );
}

#[test]
fn a_graceful_stop_ends_with_an_idle_board() {
    check(
        "core-stop-gracefully",
        expect![[r#"
        closed: nothing
    "#]],
    );
}

#[test]
fn an_account_without_reporting_follows_calls_all_the_same() {
    check(
        "login-restricted",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_account_that_may_only_read_follows_calls_all_the_same() {
    check(
        "login-readonly",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn without_events_nothing_is_invented() {
    check(
        "login-noevents",
        expect![[r#"
        answered: nothing
        ended: nothing
    "#]],
    );
}
