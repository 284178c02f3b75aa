//! Handed over while the target still rings, and what comes of it.

use expect_test::expect;

use crate::check::check;

/// The transferrer has hung up, and Asterisk keeps the channel until the target has answered: it shows as ending.
#[test]
fn the_caller_calls_the_target_once_the_transferrer_has_hung_up() {
    check(
        "keys-blonde-answered",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            target-ringing:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music
              ringing (internal, dialled ?)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 held, 101 held, 102 in use, 103 ringing
            left-ringing:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              ending (internal, dialled ?)
                > 102 "Marco Bianchi": ending (hung up)
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 102 in use, 103 ringing
            answered-by-target:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

/// No list says that the transferrer has hung up.
#[test]
fn a_desk_that_connects_finds_the_caller_calling_the_target() {
    check(
        "keys-blonde-answered+left-ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 102, inferred)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              application (internal, dialled ?)
                > 102 "Marco Bianchi": application
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 102 in use, 103 ringing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_after_the_answer_sees_one_call() {
    check(
        "keys-blonde-answered+answered-by-target",
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

/// The call back is dialled by nobody; that the caller waits for it is known from the transfer.
#[test]
fn nobody_answers_and_the_caller_calls_the_transferrer_back() {
    check(
        "keys-blonde-recall",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            target-ringing:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music
              ringing (internal, dialled ?)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 held, 101 held, 102 in use, 103 ringing
            called-back:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              ending (internal, dialled ?)
                > 102 "Marco Bianchi": ending (hung up)
              lit: 100 in use, 101 in use, 102 in use ringing
            answered-again:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn the_transferrer_does_not_answer_either_and_the_caller_is_lost() {
    check(
        "keys-blonde-recall-fails",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            target-ringing:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music
              ringing (internal, dialled ?)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 held, 101 held, 102 in use, 103 ringing
            called-back:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              ending (internal, dialled ?)
                > 102 "Marco Bianchi": ending (hung up)
              lit: 100 in use, 101 in use, 102 in use ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn the_target_is_tried_once_more_and_answers() {
    check(
        "keys-blonde-target-again",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            target-ringing:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music
              ringing (internal, dialled ?)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 held, 101 held, 102 in use, 103 ringing
            called-back:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              ending (internal, dialled ?)
                > 102 "Marco Bianchi": ending (hung up)
              lit: 100 in use, 101 in use, 102 in use ringing
            target-again:
              ringing (internal, dialled 102)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              ending (internal, dialled ?)
                > 102 "Marco Bianchi": ending (hung up)
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 102 in use, 103 ringing
            answered-by-target:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}
