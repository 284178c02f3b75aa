//! Calls moved by the keys of a phone: blind transfer, disconnecting, recording, parking.

use expect_test::expect;

use crate::check::check;

#[test]
fn one_key_and_a_number_send_the_caller_on_blindly() {
    check(
        "keys-blind",
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
fn a_caller_who_sends_the_other_on_is_out_and_the_other_calls() {
    check(
        "keys-blind-by-caller",
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
fn a_desk_that_connects_after_a_blind_transfer_sees_who_calls_now() {
    check(
        "keys-blind-by-caller+transferred",
        expect![[r#"
            synced:
              ringing (internal, dialled 103, inferred)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 102 in use, 103 ringing
        "#]],
    );
}

#[test]
fn a_number_that_does_not_exist_leaves_both_where_they_were_after_a_short_hold() {
    check(
        "keys-blind-nowhere",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            asked:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
            back:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_target_that_refuses_costs_the_caller() {
    check(
        "keys-blind-rejected",
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
fn a_key_ends_the_call() {
    check(
        "keys-disconnect",
        expect![[r#"
            answered:
              talking (internal, dialled 250)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn pressing_record_records_the_channel_of_the_other_side_until_pressed_again() {
    check(
        "keys-record",
        expect![[r#"
            answered:
              talking (internal, dialled 250)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            recording:
              talking (internal, dialled 250)
                > 101 "Anna Rossi": talking, recorded, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            stopped:
              talking (internal, dialled 250)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

/// No list tells of a recording.
#[test]
fn a_desk_that_connects_cannot_know_of_a_recording() {
    check(
        "keys-record+recording",
        expect![[r#"
            synced:
              talking (internal, dialled 250)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
        "#]],
    );
}

/// The parker stays in the old bridge, alone with the announcement.
#[test]
fn a_key_parks_the_other_side_while_the_parker_hears_the_space() {
    check(
        "keys-park",
        expect![[r#"
            answered:
              talking (internal, dialled 250)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            parked:
              parked (internal, dialled 250)
                > 101 "Anna Rossi": parked, with music
              application (internal, dialled ?)
                > 102 "Marco Bianchi": alone
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 in use, 101 in use, 102 in use
            retrieved:
              talking (internal, dialled 250)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_the_parked_caller_and_the_parker_who_still_listens() {
    check(
        "keys-park+parked",
        expect![[r#"
            synced:
              parked (internal, dialled 250)
                > 101 "Anna Rossi": parked
              application (internal, dialled ?)
                > 102 "Marco Bianchi": alone
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 in use, 101 in use, 102 in use
        "#]],
    );
}
