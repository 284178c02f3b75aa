//! Queues: who waits in which place, and who serves whom.

use expect_test::expect;

use crate::check::check;

#[test]
fn those_behind_move_up_when_somebody_leaves_the_line() {
    check(
        "queue-three-move-up",
        expect![[r#"
        three-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        three-listed:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        two-wait:
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493006 "Second"; 2. +493009 "The third";
        one-waits:
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493009 "The third";
        ended: nothing
    "#]],
    );
}

#[test]
fn a_caller_with_priority_stands_before_those_who_came_earlier() {
    check(
        "queue-priority",
        expect![[r#"
        two-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second";
        important-first:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555011)
            > +493009 "Important" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493009 "Important"; 2. +493005 "First"; 3. +493006 "Second";
        two-important:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555011)
            > +493009 "Important" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555011)
            > +4930013 "Important too" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493009 "Important"; 2. +4930013 "Important too"; 3. +493005 "First"; 4. +493006 "Second";
        one-gave-up:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555011)
            > +493009 "Important" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493009 "Important"; 2. +493005 "First"; 3. +493006 "Second";
        ended: nothing
    "#]],
    );
}

#[test]
fn a_changed_priority_moves_nobody_who_already_waits() {
    check(
        "queue-priority-changed",
        expect![[r#"
        three-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        changed:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        ended: nothing
    "#]],
    );
}

#[test]
fn a_withdrawn_caller_leaves_the_line_and_goes_on() {
    check(
        "queue-withdrawn",
        expect![[r#"
        three-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        withdrawn:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          application (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: application, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493009 "The third";
        ended: nothing
    "#]],
    );
}

#[test]
fn a_caller_whose_patience_is_limited_goes_on_from_the_second_place() {
    check(
        "queue-second-timeout",
        expect![[r#"
        two-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (internal, dialled 512)
            > 101 "Anna Rossi": queued, with music
          queue vip (510): 1. +493005 "First"; 2. 101 "Anna Rossi";
          lit: 100 in use, 101 in use
        went-on:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          application (internal, dialled 512)
            > 101 "Anna Rossi": application, with music
          queue vip (510): 1. +493005 "First";
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_caller_leaves_the_line_by_a_key_and_is_answered_elsewhere() {
    check(
        "queue-key",
        expect![[r#"
        waiting:
          queued (internal, dialled 510)
            > 107 "George Okafor": queued, with music
          queue vip (510): 1. 107 "George Okafor";
          lit: 107 in use, 290 in use
        left:
          ringing (internal, dialled 510)
            > 107 "George Okafor": calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing, 107 in use, 290 in use
        answered:
          talking (internal, dialled 510)
            > 107 "George Okafor": talking, hears 101
              101 "Anna Rossi": talking, hears 107
          lit: 100 in use, 101 in use, 107 in use, 290 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_second_of_three_is_taken_out_and_the_third_moves_up() {
    check(
        "queue-middle-redirected",
        expect![[r#"
        three-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        moved:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          ringing (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493009 "The third";
          lit: 100 ringing, 101 ringing
        answered:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          talking (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +493006
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493009 "The third";
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_desk_hangs_up_on_the_first_and_the_others_move_up() {
    check(
        "queue-hung-up-by-desk",
        expect![[r#"
        three-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        two-wait:
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493006 "Second"; 2. +493009 "The third";
        ended: nothing
    "#]],
    );
}

#[test]
fn nobody_waits_in_a_queue_that_takes_nobody() {
    check(
        "queue-closed",
        expect![[r#"
        went-on:
          application (internal, dialled 514)
            > 101 "Anna Rossi": application, with music
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_served_caller_is_transferred_and_the_member_is_free() {
    check(
        "queue-transferred-blind",
        expect![[r#"
        waiting:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        served:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 103 in use
        transferred:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        transfer-answered:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_served_caller_waits_while_the_member_consults() {
    check(
        "queue-transferred-attended",
        expect![[r#"
            waiting:
              ringing (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
                  103 "Cara Müller": ringing
              queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
              lit: 103 ringing
            served:
              talking (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301234567
              queue sales (610): PJSIP/103 in use;
              lit: 103 in use
            consulting:
              held (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: held, with music
              talking (internal, dialled ?)
                > 103 "Cara Müller": talking, hears 101
                  101 "Anna Rossi": talking, hears 103
              queue sales (610): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            completed:
              talking (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn the_desk_moves_a_caller_who_is_being_served() {
    check(
        "queue-redirected-served",
        expect![[r#"
        waiting:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        served:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 103 in use
        transferred:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        transfer-answered:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_caller_moved_from_one_queue_to_another_waits_only_there() {
    check(
        "queue-moved-to-queue",
        expect![[r#"
        waiting:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        waiting-elsewhere:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              105 "Emil Kowalski": ringing
          queue support (611): 1. +49301234567 "Jane Doe"; PJSIP/105 ringing;
          lit: 105 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn the_member_ends_the_call() {
    check(
        "queue-member-hangs-up",
        expect![[r#"
        waiting:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        served:
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
fn the_member_holds_the_caller() {
    check(
        "queue-held",
        expect![[r#"
        waiting:
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 103 ringing
        served:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 103 in use
        held:
          held (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: held, with music, hears 103
              103 "Cara Müller": held, pressed hold, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 103 in use
        resumed:
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
fn a_served_caller_leaves_the_line() {
    check(
        "queue-reset",
        expect![[r#"
        served:
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 103 in use
        counted: nothing
        reset: nothing
        ended: nothing
    "#]],
    );
}
