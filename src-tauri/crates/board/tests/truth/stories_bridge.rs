//! What the desk puts together and takes apart by bridge actions, and muting.

use expect_test::expect;

use crate::check::check;

#[test]
fn one_of_each_of_two_calls_are_put_together_and_the_others_released() {
    check(
        "bridge-two-calls",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            two-calls:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              talking (internal, dialled 104)
                > 103 "Cara Müller": talking, hears 104
                  104 "Dora Novák": talking, hears 103
              queue sales (?): Local/104@internal/n in use; PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use, 104 in use
            together:
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
fn a_desk_that_connects_finds_the_two_put_together() {
    check(
        "bridge-two-calls+together",
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
fn a_parked_caller_is_put_together_with_somebody() {
    check(
        "bridge-with-parked",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            parked:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked, with music
              application (internal, dialled 601)
                > 103 "Cara Müller": application, with music
              queue sales (?): PJSIP/103 in use;
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
              lit: 100 in use, 101 in use, 103 in use
            together:
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
fn one_who_hears_music_and_one_who_waits_are_put_together() {
    check(
        "bridge-with-music",
        expect![[r#"
            apart:
              application (internal, dialled 601)
                > 101 "Anna Rossi": application, with music
              application (internal, dialled 602)
                > 103 "Cara Müller": application
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            together:
              talking (internal, dialled 601)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_third_joins_a_conversation_and_leaves() {
    check(
        "bridge-third-added",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            three:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102 103
                  102 "Marco Bianchi": talking, hears 101 103
                  103 "Cara Müller": talking, hears 101 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use
            three-listed:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102 103
                  102 "Marco Bianchi": talking, hears 101 103
                  103 "Cara Müller": talking, hears 101 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use
            two-left:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_all_three() {
    check(
        "bridge-third-added+three-listed",
        expect![[r#"
            synced:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102 103
                  102 "Marco Bianchi": talking, hears 101 103
                  103 "Cara Müller": talking, hears 101 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use
        "#]],
    );
}

#[test]
fn one_of_three_is_put_out() {
    check(
        "bridge-third-kicked",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            three:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102 103
                  102 "Marco Bianchi": talking, hears 101 103
                  103 "Cara Müller": talking, hears 101 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use
            two-left:
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
fn a_conversation_becomes_a_conference_of_three() {
    check(
        "bridge-three-in-conference",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            two-in-conference:
              conference (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              conference 681 (681): 101 102
              lit: 100 in use, 101 in use, 102 in use
            third-ringing:
              conference (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              ringing (internal, dialled ?)
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              conference 681 (681): 101 102
              lit: 100 in use, 101 in use, 102 in use, 103 ringing
            three-in-conference:
              conference (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102 103
                  102 "Marco Bianchi": talking, hears 101 103
                  103 "Cara Müller": talking, hears 101 102
              queue sales (?): PJSIP/103 in use;
              conference 681 (681): 101 102 103
              lit: 100 in use, 101 in use, 102 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_the_conference() {
    check(
        "bridge-three-in-conference+three-in-conference",
        expect![[r#"
            synced:
              conference (internal, dialled 681)
                > 101 "Anna Rossi": talking, hears 102 103
                  102 "Marco Bianchi": talking, hears 101 103
                  103 "Cara Müller": talking, hears 101 102
              queue sales (?): PJSIP/103 in use;
              conference 681 (681): 101 102 103
              lit: 100 in use, 101 in use, 102 in use, 103 in use
        "#]],
    );
}

#[test]
fn a_bridge_destroyed_ends_the_call() {
    check(
        "bridge-destroyed",
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
fn a_channel_bridged_with_itself_ends_the_call() {
    check(
        "bridge-itself",
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
fn a_bridge_with_nobody_changes_nothing() {
    check(
        "bridge-no-such-channel",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            refused:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

/// No event tells of it, and nothing can be asked: the board does not know.
#[test]
fn muting_one_side_shows_nowhere() {
    check(
        "mute",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            mute-on:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            mute-off:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}
