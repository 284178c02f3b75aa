//! Hold: who pressed it, who hears music, and what becomes of it.

use expect_test::expect;

use crate::check::check;

#[test]
fn the_called_one_holds_and_resumes() {
    check(
        "hold-by-called",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
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
fn a_desk_that_connects_works_out_who_holds() {
    check(
        "hold-by-called+held",
        expect![[r#"
            synced:
              held (internal, dialled 102, inferred)
                > 101 "Anna Rossi": held, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
        "#]],
    );
}

#[test]
fn both_hold_and_both_resume() {
    check(
        "hold-by-both",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, pressed hold, hears 102
                  102 "Marco Bianchi": held, with music, hears 101
              lit: 100 in use, 101 in use, 102 held
            both-held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, pressed hold, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, with music, hears 101
              lit: 100 held, 101 held, 102 held
            one-resumed:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
            both-resumed:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

/// Each phone says that it was put on hold.
#[test]
fn a_desk_that_connects_works_out_that_both_hold() {
    check(
        "hold-by-both+both-held",
        expect![[r#"
            synced:
              held (internal, dialled 102, inferred)
                > 101 "Anna Rossi": held, pressed hold, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 held
        "#]],
    );
}

#[test]
fn the_one_who_holds_hangs_up() {
    check(
        "hold-holder-hangs-up",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, pressed hold, hears 102
                  102 "Marco Bianchi": held, with music, hears 101
              lit: 100 in use, 101 in use, 102 held
            ended: nothing
        "#]],
    );
}

#[test]
fn the_one_who_waits_hangs_up() {
    check(
        "hold-held-hangs-up",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, pressed hold, hears 102
                  102 "Marco Bianchi": held, with music, hears 101
              lit: 100 in use, 101 in use, 102 held
            ended: nothing
        "#]],
    );
}

#[test]
fn one_on_hold_is_sent_on_and_is_not_on_hold_any_more() {
    check(
        "hold-then-refer",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
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
fn one_on_hold_is_moved_by_the_desk() {
    check(
        "hold-then-redirect",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
            moved:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            redirect-answered:
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
fn one_on_hold_is_parked_and_fetched_without_being_on_hold_again() {
    check(
        "hold-then-park",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
            parked:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked, with music
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 held, 101 held
            retrieved:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

/// The device state stays on hold, as the PBX says.
#[test]
fn a_desk_that_connects_finds_one_parked_who_was_on_hold() {
    check(
        "hold-then-park+parked",
        expect![[r#"
            synced:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 held, 101 held
        "#]],
    );
}

/// The phone resumes by itself as the second call ends.
#[test]
fn one_holds_to_call_somebody_else_and_resumes() {
    check(
        "hold-for-second-call",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            second-ringing:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              ringing (internal, dialled 103)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 held, 101 held, 102 in use, 103 ringing
            second-answered:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              talking (internal, dialled 103)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 held, 101 held, 102 in use, 103 in use
            second-over:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
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
fn a_desk_that_connects_sees_the_held_call_and_the_other() {
    check(
        "hold-for-second-call+second-answered",
        expect![[r#"
            synced:
              held (internal, dialled 102, inferred)
                > 101 "Anna Rossi": held, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              talking (internal, dialled 103)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 held, 101 held, 102 in use, 103 in use
        "#]],
    );
}

#[test]
fn an_outside_caller_is_held() {
    check(
        "hold-trunk-caller",
        expect![[r#"
            answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            held:
              held (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: held, with music, hears 101
                  101 "Anna Rossi": held, pressed hold, hears +49301234567
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn one_phone_holds_two_callers() {
    check(
        "hold-twice",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              lit: 100 held, 101 held, 102 in use
            second-answered:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              talking (internal, dialled 102)
                > 103 "Cara Müller": talking, hears 102
                  102 "Marco Bianchi": talking, hears 103
              queue sales (?): PJSIP/103 in use;
              lit: 100 held, 101 held, 102 in use, 103 in use
            both-held:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              held (internal, dialled 102)
                > 103 "Cara Müller": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 103
              queue sales (?): PJSIP/103 held;
              lit: 100 held, 101 held, 102 in use, 103 held
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_two_callers_on_hold() {
    check(
        "hold-twice+both-held",
        expect![[r#"
            synced:
              held (internal, dialled 102, inferred)
                > 101 "Anna Rossi": held, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              held (internal, dialled 102, inferred)
                > 103 "Cara Müller": held, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 103
              queue sales (?): PJSIP/103 held;
              lit: 100 held, 101 held, 102 in use, 103 held
        "#]],
    );
}
