//! Several phones at once: groups.

use expect_test::expect;

use crate::check::{check, check_each};

#[test]
fn three_ring_the_second_answers_and_the_others_fall_silent() {
    check(
        "group-second-answers",
        expect![[r#"
            ringing:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing, 105 ringing
            answered:
              talking (internal, dialled 210)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_three_phones_that_ring_for_one_caller() {
    check(
        "group-second-answers+ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 210, inferred)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing, 105 ringing
        "#]],
    );
}

#[test]
fn each_of_three_refuses() {
    check(
        "group-all-reject",
        expect![[r#"
            ringing:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing, 105 ringing
            one-rejected:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 100 in use, 101 in use, 103 ringing, 105 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn one_refuses_and_another_answers() {
    check(
        "group-one-rejects",
        expect![[r#"
            ringing:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing, 105 ringing
            one-rejected:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 100 in use, 101 in use, 103 ringing, 105 ringing
            answered:
              talking (internal, dialled 210)
                > 101 "Anna Rossi": talking, hears 105
                  105 "Emil Kowalski": talking, hears 101
              queue support (?): PJSIP/105 in use;
              lit: 100 in use, 101 in use, 105 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn the_caller_gives_up_while_three_ring() {
    check(
        "group-caller-gives-up",
        expect![[r#"
            ringing:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing, 105 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn nobody_of_a_group_answers() {
    check(
        "group-nobody",
        expect![[r#"
            ringing:
              ringing (internal, dialled 211)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn a_phone_that_is_not_there_does_not_ring() {
    check(
        "group-one-absent",
        expect![[r#"
            ringing:
              ringing (internal, dialled 210)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            answered:
              talking (internal, dialled 210)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn an_outside_caller_rings_three_and_the_last_answers() {
    check(
        "group-from-trunk",
        expect![[r#"
            ringing:
              ringing (inbound, dialled 4930555012)
                > +49301234567 "Jane Doe" by PJSIP/trunk: calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 102 ringing, 103 ringing, 105 ringing
            answered:
              talking (inbound, dialled 4930555012)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 105
                  105 "Emil Kowalski": talking, hears +49301234567
              queue support (?): PJSIP/105 in use;
              lit: 105 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_an_outside_caller_who_rings_three() {
    check(
        "group-from-trunk+ringing",
        expect![[r#"
            synced:
              ringing (inbound, dialled 210, inferred)
                > +49301234567 "Jane Doe" by PJSIP/trunk: calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
                  105 "Emil Kowalski": ringing
              queue sales (?): PJSIP/103 ringing;
              queue support (?): PJSIP/105 ringing;
              lit: 102 ringing, 103 ringing, 105 ringing
        "#]],
    );
}

/// Two threads make the two channels: their order is not the same each time.
#[test]
fn members_behind_local_channels_ring_as_themselves() {
    check_each(
        "group-over-locals",
        [
            expect![[r#"
                ringing:
                  ringing (internal, dialled 213)
                    > 101 "Anna Rossi": calling
                      103 "Cara Müller": ringing
                      102 "Marco Bianchi": ringing
                  queue sales (?): PJSIP/103 ringing;
                  lit: 100 in use, 101 in use, 102 ringing, 103 ringing
                answered:
                  talking (internal, dialled 213)
                    > 101 "Anna Rossi": talking, hears 103
                      103 "Cara Müller": talking, hears 101
                  queue sales (?): PJSIP/103 in use;
                  lit: 100 in use, 101 in use, 103 in use
                ended: nothing
            "#]],
            expect![[r#"
                ringing:
                  ringing (internal, dialled 213)
                    > 101 "Anna Rossi": calling
                      102 "Marco Bianchi": ringing
                      103 "Cara Müller": ringing
                  queue sales (?): PJSIP/103 ringing;
                  lit: 100 in use, 101 in use, 102 ringing, 103 ringing
                answered:
                  talking (internal, dialled 213)
                    > 101 "Anna Rossi": talking, hears 103
                      103 "Cara Müller": talking, hears 101
                  queue sales (?): PJSIP/103 in use;
                  lit: 100 in use, 101 in use, 103 in use
                ended: nothing
            "#]],
        ],
    );
}

#[test]
fn one_of_a_group_forwards_to_another() {
    check(
        "group-with-forward",
        expect![[r#"
            ringing:
              ringing (internal, dialled 212)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing
            answered:
              talking (internal, dialled 212)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_sees_the_phone_that_was_forwarded_to() {
    check(
        "group-with-forward+ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 212, inferred)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 102 ringing, 103 ringing
        "#]],
    );
}

#[test]
fn the_caller_is_moved_while_a_group_rings() {
    check(
        "group-moved",
        expect![[r#"
            ringing:
              ringing (inbound, dialled 4930555012)
                > +49301234567 "Jane Doe" by PJSIP/trunk: calling
                  102 "Marco Bianchi": ringing
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 102 ringing, 103 ringing
            moved:
              ringing (inbound, dialled 4930555012)
                > +49301234567 "Jane Doe" by PJSIP/trunk: calling
                  104 "Dora Novák": ringing
              queue sales (?): Local/104@internal/n ringing;
              lit: 104 ringing
            answered:
              talking (inbound, dialled 4930555012)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 104
                  104 "Dora Novák": talking, hears +49301234567
              queue sales (?): Local/104@internal/n in use;
              lit: 104 in use
            ended: nothing
        "#]],
    );
}

/// The room's name is a number drawn at random.
#[test]
fn one_is_heard_by_two_phones_in_a_room_of_their_own() {
    check_each(
        "page",
        [
            expect![[r#"
                paging:
                  conference (internal, dialled 331)
                    > 101 "Anna Rossi": talking, hears 102 103
                      102 "Marco Bianchi": talking, hears 101 103
                      103 "Cara Müller": talking, hears 101 102
                  queue sales (?): PJSIP/103 in use;
                  conference 99174926 (331): 101 102 muted 103 muted
                  lit: 100 in use, 101 in use, 102 in use, 103 in use
                ended: nothing
            "#]],
            expect![[r#"
                paging:
                  conference (internal, dialled 331)
                    > 101 "Anna Rossi": talking, hears 102 103
                      102 "Marco Bianchi": talking, hears 101 103
                      103 "Cara Müller": talking, hears 101 102
                  queue sales (?): PJSIP/103 in use;
                  conference 735173017 (331): 101 102 muted 103 muted
                  lit: 100 in use, 101 in use, 102 in use, 103 in use
                ended: nothing
            "#]],
        ],
    );
}
