//! Blind transfers by the key of a phone (REFER).

use expect_test::expect;

use crate::check::check;

#[test]
fn the_called_one_sends_the_caller_on() {
    check(
        "refer-blind",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            transferred:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            transfer-answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn the_caller_sends_the_called_one_on() {
    check(
        "refer-blind-by-caller",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            transferred:
              ringing (internal, dialled ?)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 102 in use, 103 ringing
            transfer-answered:
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 102 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn an_outside_caller_is_sent_on() {
    check(
        "refer-blind-trunk",
        expect![[r#"
            answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            transferred:
              ringing (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 103 ringing
            transfer-answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301234567
              queue sales (?): PJSIP/103 in use;
              lit: 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_target_that_refuses_loses_the_one_sent_on() {
    check(
        "refer-blind-rejected",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            transferred:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn a_target_that_does_not_exist_loses_the_one_sent_on() {
    check(
        "refer-blind-nowhere",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            asked: nothing
            ended: nothing
        "#]],
    );
}

#[test]
fn an_outside_caller_is_sent_into_a_queue() {
    check(
        "refer-blind-to-queue",
        expect![[r#"
            answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            transferred:
              ringing (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
                  103 "Cara Müller": ringing
              queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
              lit: 103 ringing
            transfer-answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301234567
              queue sales (610): PJSIP/103 in use;
              lit: 103 in use
            ended: nothing
        "#]],
    );
}

/// The phone of the one who did it does not hang up: its channel stays alone in the old bridge.
#[test]
fn an_outside_caller_is_sent_into_a_parking_space() {
    check(
        "refer-blind-to-parking",
        expect![[r#"
            answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            parked:
              parked (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: parked, with music
              application (internal, dialled ?)
                > 101 "Anna Rossi": alone
              parked 701@default: +49301234567 "Jane Doe", about 45 s, then to PJSIP/101
              lit: 100 in use, 101 in use
            retrieved:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301234567
              application (internal, dialled ?)
                > 101 "Anna Rossi": alone
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_the_parked_caller() {
    check(
        "refer-blind-to-parking+parked",
        expect![[r#"
            synced:
              parked (inbound, dialled 101)
                > +49301234567 "Jane Doe" by PJSIP/trunk: parked
              application (internal, dialled ?)
                > 101 "Anna Rossi": alone
              parked 701@default: +49301234567 "Jane Doe", about 45 s, then to PJSIP/101
              lit: 100 in use, 101 in use
        "#]],
    );
}

#[test]
fn an_outside_caller_is_sent_out_again() {
    check(
        "refer-blind-to-outside",
        expect![[r#"
            answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            transfer-answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 9030111
                  9030111 "Anna Rossi" by PJSIP/trunk: talking, hears +49301234567
            ended: nothing
        "#]],
    );
}
