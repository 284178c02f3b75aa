//! Plain calls.

use expect_test::expect;

use crate::check::check;

#[test]
fn a_call_rings_is_answered_and_ends() {
    check(
        "call-answered",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
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
fn a_caller_gives_up() {
    check(
        "call-cancelled",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_busy_number_leaves_nothing_behind() {
    check(
        "call-busy",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn congestion_leaves_nothing_behind() {
    check(
        "call-congestion",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn a_rejected_call_leaves_nothing_behind() {
    check(
        "call-rejected",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn nobody_answers() {
    check(
        "call-no-answer",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn an_unregistered_phone_is_not_rung() {
    check(
        "call-unregistered",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn a_number_that_does_not_exist_makes_no_call() {
    check(
        "call-no-such-extension",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn hold_is_shown_on_the_side_that_pressed_it() {
    check(
        "call-held",
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
fn hanging_up_a_talking_call_ends_both_legs() {
    check(
        "call-hung-up-by-desk",
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
fn hanging_up_a_ringing_call_ends_both_legs() {
    check(
        "call-ringing-hung-up-by-desk",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_ring_group_is_one_call_with_several_ringing_phones() {
    check(
        "call-reception",
        expect![[r#"
        ringing:
          ringing (internal, dialled 100)
            > 102 "Marco Bianchi": calling
              100 "Reception": ringing
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing, 102 in use
        answered:
          talking (internal, dialled 100)
            > 102 "Marco Bianchi": talking, hears 101
              101 "Anna Rossi": talking, hears 102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_second_call_puts_the_first_on_hold() {
    check(
        "call-second-waiting",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            second-ringing:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              ringing (internal, dialled 102)
                > 103 "Cara Müller": calling
                  102 "Marco Bianchi": ringing
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use ringing, 103 in use
            second-answered:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music, hears 102
                  102 "Marco Bianchi": held, pressed hold, hears 101
              talking (internal, dialled 102)
                > 103 "Cara Müller": talking, hears 102
                  102 "Marco Bianchi": talking, hears 103
              queue sales (?): PJSIP/103 in use;
              lit: 100 held, 101 held, 102 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_pickup_connects_the_caller_with_the_picker() {
    check(
        "call-pickup",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        picked-up:
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
fn an_echo_test_is_one_person_with_the_pbx() {
    check(
        "call-echo",
        expect![[r#"
        answered:
          application (internal, dialled 600)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn music_is_one_person_with_the_pbx() {
    check(
        "call-music",
        expect![[r#"
            answered:
              application (internal, dialled 601)
                > 101 "Anna Rossi": application, with music
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_menu_leads_into_a_queue() {
    check(
        "call-ivr",
        expect![[r#"
            answered:
              application (internal, dialled 620)
                > 101 "Anna Rossi": application
              lit: 100 in use, 101 in use
            chosen:
              ringing (internal, dialled 620)
                > 101 "Anna Rossi": queued, with music
                  103 "Cara Müller": ringing
              queue sales (610): 1. 101 "Anna Rossi"; PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            ended: nothing
        "#]],
    );
}
