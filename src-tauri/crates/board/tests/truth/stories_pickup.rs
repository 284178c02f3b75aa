//! Calls that somebody else takes.

use expect_test::expect;

use crate::check::check;

#[test]
fn a_named_extension_is_picked_up() {
    check(
        "pickup-directed",
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
fn a_desk_that_connects_sees_the_one_who_picked_up() {
    check(
        "pickup-directed+picked-up",
        expect![[r#"
            synced:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
        "#]],
    );
}

#[test]
fn an_outside_caller_is_picked_up() {
    check(
        "pickup-trunk",
        expect![[r#"
            ringing:
              ringing (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: calling
                  101 "Anna Rossi": ringing
              lit: 100 ringing, 101 ringing
            picked-up:
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
fn a_call_for_three_is_picked_up_by_a_fourth() {
    check(
        "pickup-group-call",
        expect![[r#"
            ringing:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing
            picked-up:
              talking (internal, dialled 210)
                > 101 "Anna Rossi": talking, hears 107
                  107 "George Okafor": talking, hears 101
              lit: 100 in use, 101 in use, 107 in use, 290 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn where_nothing_rings_nothing_is_picked_up() {
    check(
        "pickup-nothing",
        expect![[r#"
            group: nothing
            ended: nothing
        "#]],
    );
}

#[test]
fn a_call_that_a_queue_offers_is_picked_up_by_somebody_else() {
    check(
        "pickup-queue-call",
        expect![[r#"
            ringing:
              ringing (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
                  103 "Cara Müller": ringing
              queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
              lit: 103 ringing
            picked-up:
              talking (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_call_behind_a_local_pair_is_picked_up() {
    check(
        "pickup-over-local",
        expect![[r#"
            ringing:
              ringing (internal, dialled 222)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            picked-up:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}
