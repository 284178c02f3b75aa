//! Lines to other exchanges, in and out.

use expect_test::expect;

use crate::check::{check, check_each};

#[test]
fn an_outside_caller_is_refused() {
    check(
        "trunk-in-rejected",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_for_a_phone_that_is_not_there_is_gone_at_once() {
    check(
        "trunk-in-absent",
        expect![[r#"
        called: nothing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_number_of_ours_that_is_always_busy_keeps_nobody() {
    check(
        "trunk-in-busy-tone",
        expect![[r#"
        called: nothing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_number_of_ours_that_says_it_does_not_exist_keeps_nobody() {
    check(
        "trunk-in-unassigned",
        expect![[r#"
        called: nothing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_number_that_is_not_ours_makes_no_call() {
    check(
        "trunk-in-no-such-number",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_hears_an_announcement_before_it_rings() {
    check(
        "trunk-in-early-media",
        expect![[r#"
        announcement:
          dialing (inbound, dialled 4930555016)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
        ringing:
          ringing (inbound, dialled 4930555016)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              102 "Marco Bianchi": ringing
          lit: 102 ringing
        answered:
          talking (inbound, dialled 4930555016)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 102
              102 "Marco Bianchi": talking, hears +49301234567
          lit: 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_call_is_ended_by_our_phone() {
    check(
        "trunk-in-hung-up-by-us",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555000)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              100 "Reception": ringing
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        answered:
          talking (inbound, dialled 4930555000)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 100
              100 "Reception": talking, hears +49301234567
          lit: 100 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_withholds_the_number() {
    check(
        "trunk-in-no-number",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555003)
            > anonymous "Anonymous" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn two_outside_callers_come_at_once() {
    check(
        "trunk-in-two",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          ringing (inbound, dialled 4930555001)
            > +49302222222 "Carl Second" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49302222222 "Carl Second"; PJSIP/103 ringing;
          lit: 100 ringing, 101 ringing, 103 ringing
        answered:
          talking (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          talking (inbound, dialled 4930555001)
            > +49302222222 "Carl Second" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49302222222
          queue sales (610): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_goes_straight_out_again() {
    check(
        "trunk-through",
        expect![[r#"
        answered:
          talking (inbound, dialled 4930555017)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 9030111
              9030111 by PJSIP/trunk: talking, hears +49301234567
        ended: nothing
    "#]],
    );
}

#[test]
fn the_outside_answers_and_hangs_up() {
    check(
        "trunk-out-hung-up-by-far-end",
        expect![[r#"
        answered:
          talking (outbound, dialled 97555)
            > 101 "Anna Rossi": talking, hears 97555
              97555 by PJSIP/trunk: talking, hears 101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_that_only_speaks_does_not_ring() {
    check(
        "trunk-out-early-media",
        expect![[r#"
        early-media:
          dialing (outbound, dialled 94555)
            > 101 "Anna Rossi": calling
              94555 by PJSIP/trunk: dialled
          lit: 100 in use, 101 in use
        answered:
          talking (outbound, dialled 94555)
            > 101 "Anna Rossi": talking, hears 94555
              94555 by PJSIP/trunk: talking, hears 101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outage_outside_leaves_nothing() {
    check(
        "trunk-out-outage",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn an_unknown_outside_number_leaves_nothing() {
    check(
        "trunk-out-missing",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn a_declined_outside_call_leaves_nothing() {
    check(
        "trunk-out-declined",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_that_keeps_silent_is_dialled_and_does_not_ring() {
    check(
        "trunk-out-unreachable",
        expect![[r#"
        dialling:
          dialing (outbound, dialled 9030111)
            > 101 "Anna Rossi": calling
              9030111 by PJSIP/trunk: dialled
          lit: 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_line_does_not_bear_the_name_of_who_calls() {
    check(
        "trunk-out-by-desk",
        expect![[r#"
        own-phone-ringing:
          ringing (internal, dialled ?)
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        dialling:
          ringing (outbound, dialled 9030111)
            > 101 "Anna Rossi": calling
              9030111 by PJSIP/trunk: ringing
          lit: 100 in use, 101 in use
        answered:
          talking (outbound, dialled 9030111)
            > 101 "Anna Rossi": talking, hears 9030111
              9030111 by PJSIP/trunk: talking, hears 101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_refused_registration_is_shown() {
    check_each(
        "trunk-registration",
        [
            expect![[r#"
        refused:
          trunk PJSIP/110@127.0.0.1:19260 rejected
        registered: nothing
    "#]],
            expect![[r#"
        refused:
          trunk PJSIP/110@127.0.0.1:18460 rejected
        registered: nothing
    "#]],
        ],
    );
}
