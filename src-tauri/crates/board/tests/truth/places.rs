//! Where calls wait or meet: queues, parking spaces, conferences.

use expect_test::expect;

use crate::check::check;

#[test]
fn a_queue_call_is_answered() {
    check(
        "queue-answered",
        expect![[r#"
            waiting:
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
fn a_queue_call_is_answered_through_a_local_channel() {
    check(
        "queue-answered-over-local",
        expect![[r#"
            waiting:
              ringing (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
                  104 "Dora Novák": ringing
              queue sales (610): 1. +49301234567 "Jane Doe"; Local/104@internal/n ringing;
              lit: 104 ringing
            answered:
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
fn a_queue_caller_gives_up() {
    check(
        "queue-abandoned",
        expect![[r#"
            waiting:
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
fn a_queue_gives_up_on_its_caller() {
    check(
        "queue-timeout",
        expect![[r#"
        left:
          application (internal, dialled 612)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_second_in_line_moves_up() {
    check(
        "queue-two-callers",
        expect![[r#"
            waiting:
              ringing (inbound, dialled 4930555001)
                > +49301111111 "First" by PJSIP/trunk: queued, with music
                  103 "Cara Müller": ringing
              queued (inbound, dialled 4930555001)
                > +49302222222 "Second" by PJSIP/trunk: queued, with music
              queue sales (610): 1. +49301111111 "First"; 2. +49302222222 "Second"; PJSIP/103 ringing;
              lit: 103 ringing
            answered:
              talking (inbound, dialled 4930555001)
                > +49301111111 "First" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301111111
              queued (inbound, dialled 4930555001)
                > +49302222222 "Second" by PJSIP/trunk: queued, with music
              queue sales (610): 1. +49302222222 "Second"; PJSIP/103 in use;
              lit: 103 in use
            abandoned:
              talking (inbound, dialled 4930555001)
                > +49301111111 "First" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301111111
              queue sales (610): PJSIP/103 in use;
              lit: 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_parked_caller_is_fetched() {
    check(
        "park-retrieved",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            parked:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked, with music
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 in use, 101 in use
            retrieved:
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
fn a_parked_caller_gives_up() {
    check(
        "park-given-up",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            parked:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked, with music
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_parked_caller_is_moved() {
    check(
        "park-redirected",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            parked:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked, with music
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 in use, 101 in use
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
fn a_parked_caller_comes_back() {
    check(
        "park-timeout",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            parked:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked, with music
              parked 751@short: 101 "Anna Rossi", about 5 s, then to PJSIP/102
              lit: 100 in use, 101 in use
            came-back:
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
fn three_people_meet_in_a_conference() {
    check(
        "conference-three",
        expect![[r#"
            joined-101:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": alone, with music
              conference 680 (680): 101
              lit: 100 in use, 101 in use
            joined-102:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              conference 680 (680): 101 102
              lit: 100 in use, 101 in use, 102 in use
            joined-103:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": talking, hears 102 103
                  102 "Marco Bianchi": talking, hears 101 103
                  103 "Cara Müller": talking, hears 101 102
              queue sales (?): PJSIP/103 in use;
              conference 680 (680): 101 102 103
              lit: 100 in use, 101 in use, 102 in use, 103 in use
            left-101:
              conference (internal, dialled 680)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              conference 680 (680): 102 103
              lit: 102 in use, 103 in use
            left-102:
              conference (internal, dialled 680)
                > 103 "Cara Müller": alone, with music
              queue sales (?): PJSIP/103 in use;
              conference 680 (680): 103
              lit: 103 in use
            left-103: nothing
            ended: nothing
        "#]],
    );
}

#[test]
fn whoever_is_bridged_out_of_a_queue_waits_no_more() {
    check(
        "queue-bridged-from",
        expect![[r#"
        three-wait:
          queued (inbound, dialled 4930555010)
            > +493005 "First" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493006 "Second" by PJSIP/trunk: queued, with music
          queued (inbound, dialled 4930555010)
            > +493009 "The third" by PJSIP/trunk: queued, with music
          queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
        bridged:
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
fn a_caller_parked_out_of_a_queue_waits_only_in_the_lot() {
    check(
        "queue-parked-from",
        expect![[r#"
            three-wait:
              queued (inbound, dialled 4930555010)
                > +493005 "First" by PJSIP/trunk: queued, with music
              queued (inbound, dialled 4930555010)
                > +493006 "Second" by PJSIP/trunk: queued, with music
              queued (inbound, dialled 4930555010)
                > +493009 "The third" by PJSIP/trunk: queued, with music
              queue vip (510): 1. +493005 "First"; 2. +493006 "Second"; 3. +493009 "The third";
            parked:
              queued (inbound, dialled 4930555010)
                > +493005 "First" by PJSIP/trunk: queued, with music
              parked (inbound, dialled 4930555010)
                > +493006 "Second" by PJSIP/trunk: parked, with music
              queued (inbound, dialled 4930555010)
                > +493009 "The third" by PJSIP/trunk: queued, with music
              queue vip (510): 1. +493005 "First"; 2. +493009 "The third";
              parked 701@default: +493006 "Second", about 45 s, then to PJSIP/trunk
            ended: nothing
        "#]],
    );
}

#[test]
fn hold_in_a_room_holds_only_who_pressed_it() {
    check(
        "conference-held",
        expect![[r#"
            joined-101:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": alone, with music
              conference 680 (680): 101
              lit: 100 in use, 101 in use
            joined-102:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              conference 680 (680): 101 102
              lit: 100 in use, 101 in use, 102 in use
            held:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": held, pressed hold, hears 102
                  102 "Marco Bianchi": talking, hears 101
              conference 680 (680): 101 102
              lit: 100 in use, 101 in use, 102 in use
            resumed:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              conference 680 (680): 101 102
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}
