//! Conference rooms: who rules, who is silenced, who waits, and what is locked or recorded.

use expect_test::expect;

use crate::check::check;

#[test]
fn one_person_waits_alone_in_a_room() {
    check(
        "conference-alone",
        expect![[r#"
        joined-101:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": alone, with music
          conference 680 (680): 101
          lit: 100 in use, 101 in use
        waiting:
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
        alone-again:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": alone, with music
          conference 680 (680): 101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_administrator_is_marked() {
    check(
        "conference-admin",
        expect![[r#"
        joined-101:
          conference (internal, dialled *680)
            > 101 "Anna Rossi": alone, with music
          conference 680 (680): 101 admin
          lit: 100 in use, 101 in use
        joined-102:
          conference (internal, dialled *680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680): 101 admin 102
          lit: 100 in use, 101 in use, 102 in use
        together:
          conference (internal, dialled *680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680): 101 admin 102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_desk_mutes_and_unmutes_one() {
    check(
        "conference-mute",
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
        muted:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680): 101 102 muted
          lit: 100 in use, 101 in use, 102 in use
        unmuted:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680): 101 102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_desk_puts_one_out() {
    check(
        "conference-kick",
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
        one-kicked:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": alone, with music
          conference 680 (680): 101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_room_is_recorded() {
    check(
        "conference-record",
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
        recording:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680, recorded): 101 102
          lit: 100 in use, 101 in use, 102 in use
        stopped:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680): 101 102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn guests_neither_hear_nor_are_heard_before_the_room_is_opened() {
    check(
        "conference-marked",
        expect![[r#"
        joined-102:
          conference (internal, dialled 342)
            > 102 "Marco Bianchi": alone, with music
          conference 690 (342): 102
          lit: 102 in use
        joined-103:
          conference (internal, dialled 342)
            > 102 "Marco Bianchi": alone, with music
              103 "Cara Müller": alone, with music
          queue sales (?): PJSIP/103 in use;
          conference 690 (342): 102 waits 103 waits
          lit: 102 in use, 103 in use
        waiting:
          conference (internal, dialled 342)
            > 102 "Marco Bianchi": alone, with music
              103 "Cara Müller": alone, with music
          queue sales (?): PJSIP/103 in use;
          conference 690 (342): 102 waits 103 waits
          lit: 102 in use, 103 in use
        joined-101:
          conference (internal, dialled 342)
            > 102 "Marco Bianchi": talking, hears 103 101
              103 "Cara Müller": talking, hears 102 101
              101 "Anna Rossi": talking, hears 102 103
          queue sales (?): PJSIP/103 in use;
          conference 690 (342): 102 103 101
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        begun:
          conference (internal, dialled 342)
            > 102 "Marco Bianchi": talking, hears 103 101
              103 "Cara Müller": talking, hears 102 101
              101 "Anna Rossi": talking, hears 102 103
          queue sales (?): PJSIP/103 in use;
          conference 690 (342): 102 103 101
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_voice_from_the_dialplan_sits_in_the_room() {
    check(
        "conference-talking",
        expect![[r#"
            joined-101:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": alone, with music
              conference 680 (680): 101
              lit: 100 in use, 101 in use
            speaker-joined:
              conference (internal, dialled 680)
                > 101 "Anna Rossi": application
              conference 680 (680): 101
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn one_person_moves_from_one_room_to_another() {
    check(
        "conference-two-rooms",
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
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference (internal, dialled 681)
            > 103 "Cara Müller": alone, with music
          queue sales (?): PJSIP/103 in use;
          conference 680 (680): 101 102
          conference 681 (681): 103
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        joined-104:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference (internal, dialled 681)
            > 103 "Cara Müller": talking, hears 104
              104 "Dora Novák": talking, hears 103
          queue sales (?): Local/104@internal/n in use; PJSIP/103 in use;
          conference 680 (680): 101 102
          conference 681 (681): 103 104
          lit: 100 in use, 101 in use, 102 in use, 103 in use, 104 in use
        two-rooms:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference (internal, dialled 681)
            > 103 "Cara Müller": talking, hears 104
              104 "Dora Novák": talking, hears 103
          queue sales (?): Local/104@internal/n in use; PJSIP/103 in use;
          conference 680 (680): 101 102
          conference 681 (681): 103 104
          lit: 100 in use, 101 in use, 102 in use, 103 in use, 104 in use
        moved:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": alone, with music
          conference (internal, dialled 680)
            > 102 "Marco Bianchi": talking, hears 103 104
              103 "Cara Müller": talking, hears 102 104
              104 "Dora Novák": talking, hears 102 103
          queue sales (?): Local/104@internal/n in use; PJSIP/103 in use;
          conference 680 (680): 101
          conference 681 (681): 102 103 104
          lit: 100 in use, 101 in use, 102 in use, 103 in use, 104 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_in_a_room_came_from_outside() {
    check(
        "conference-trunk",
        expect![[r#"
        joined-101:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": alone, with music
          conference 680 (680): 101
          lit: 100 in use, 101 in use
        together:
          conference (inbound, dialled 680)
            > 101 "Anna Rossi": talking, hears +49301234567
              +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
          conference 680 (680): 101 +49301234567
          lit: 100 in use, 101 in use
        left:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": alone, with music
          conference 680 (680): 101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_refused_parking_changes_nothing_in_a_room() {
    check(
        "conference-parked-from",
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
        refused:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680): 101 102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_locked_room_stays_locked_until_somebody_asks_again() {
    check(
        "conference-lock",
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
        locked:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680, locked): 101 102
          lit: 100 in use, 101 in use, 102 in use
        turned-away:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled 680)
            > 103 "Cara Müller": application
          queue sales (?): PJSIP/103 in use;
          conference 680 (680, locked): 101 102
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        unlocked:
          conference (internal, dialled 680)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled 680)
            > 103 "Cara Müller": application
          queue sales (?): PJSIP/103 in use;
          conference 680 (680, locked): 101 102
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn refusals_without_a_room_open_none() {
    check(
        "conference-empty-actions",
        expect![[r#"
        refused: nothing
    "#]],
    );
}
