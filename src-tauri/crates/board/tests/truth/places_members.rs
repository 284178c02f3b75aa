//! Those who serve queues: paused, rung, refusing, joining and leaving.

use expect_test::expect;

use crate::check::check;

#[test]
fn a_member_is_paused_in_one_queue_and_then_in_all() {
    check(
        "member-paused",
        expect![[r#"
        in-two-queues: nothing
        paused-in-one:
          queue sales (?): PJSIP/103 idle paused "Mittagspause: süß";
        paused-in-all:
          queue sales (?): PJSIP/103 idle paused "Meeting";
          queue support (?): PJSIP/103 idle paused "Meeting";
        paused:
          queue sales (?): PJSIP/103 idle paused "Meeting";
          queue support (?): PJSIP/103 idle paused "Meeting";
        back: nothing
    "#]],
    );
}

#[test]
fn a_member_paused_while_rung_goes_on_ringing() {
    check(
        "member-paused-while-ringing",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          queue vip (510): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        paused:
          ringing (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing paused "";
          queue vip (510): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing paused "";
          lit: 103 ringing
        waiting-alone:
          queued (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
          queue sales (?): PJSIP/103 idle paused "";
          queue vip (510): 1. +49301234567 "Jane Doe"; PJSIP/103 idle paused "Auto-Pause";
        ended:
          queue sales (?): PJSIP/103 idle paused "";
          queue vip (510): PJSIP/103 idle paused "Auto-Pause";
        end:
          queue sales (?): PJSIP/103 idle paused "";
          queue vip (510): PJSIP/103 idle paused "Auto-Pause";
    "#]],
    );
}

#[test]
fn a_member_who_does_not_answer_is_paused_by_the_queue() {
    check(
        "member-autopause",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          queue vip (510): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        autopaused:
          queued (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +49301234567 "Jane Doe"; PJSIP/103 idle paused "Auto-Pause";
        ended:
          queue vip (510): PJSIP/103 idle paused "Auto-Pause";
        end:
          queue vip (510): PJSIP/103 idle paused "Auto-Pause";
    "#]],
    );
}

#[test]
fn a_member_who_refuses_is_rung_again() {
    check(
        "member-rejects",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        ringing-again:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        answered:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_member_who_joins_is_rung_for_the_caller_who_waits() {
    check(
        "member-added-while-waiting",
        expect![[r#"
        waiting:
          queued (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +49301234567 "Jane Doe";
        served:
          talking (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          queue vip (510): PJSIP/101 in use;
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_member_taken_out_while_talking_goes_on_talking() {
    check(
        "member-removed-while-talking",
        expect![[r#"
        served:
          talking (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          queue vip (510): PJSIP/101 in use;
          lit: 100 in use, 101 in use
        removed:
          talking (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_member_who_talks_to_somebody_else_is_not_rung() {
    check(
        "member-busy-elsewhere",
        expect![[r#"
        member-talks:
          talking (internal, dialled 103)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          lit: 102 in use, 103 in use
        waiting:
          talking (internal, dialled 103)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queued (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 in use;
          lit: 102 in use, 103 in use
        offered:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_member_of_two_queues_is_in_use_in_both() {
    check(
        "member-in-two-queues",
        expect![[r#"
        served:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          queue vip (?): PJSIP/103 in use;
          lit: 103 in use
        second-waits:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queued (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
          queue sales (610): PJSIP/103 in use;
          queue vip (510): 1. +49301234567 "Jane Doe"; PJSIP/103 in use;
          lit: 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_member_behind_a_vanishing_local_channel_serves() {
    check(
        "member-local-optimised",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              101 "Anna Rossi": ringing
          queue vip (510): 1. +49301234567 "Jane Doe"; Local/101@internal ringing;
          lit: 100 ringing, 101 ringing
        served:
          talking (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          queue vip (510): Local/101@internal in use;
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_member_behind_a_lasting_local_channel_serves() {
    check(
        "member-local-kept",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              104 "Dora Novák": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; Local/104@internal/n ringing;
          lit: 104 ringing
        served:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 104
              104 "Dora Novák": talking, hears +49301234567
          queue sales (610): Local/104@internal/n in use;
          lit: 104 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn three_members_ring_and_one_serves() {
    check(
        "member-all-ring",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              101 "Anna Rossi": ringing
              102 "Marco Bianchi": ringing
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/101 ringing; PJSIP/102 ringing; PJSIP/103 ringing;
          lit: 100 ringing, 101 ringing, 102 ringing, 103 ringing
        served:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 102
              102 "Marco Bianchi": talking, hears +49301234567
          queue sales (610): PJSIP/102 in use;
          lit: 102 in use
        ended: nothing
    "#]],
    );
}
