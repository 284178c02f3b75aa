//! Attended transfers that the desk asks for by Atxfer.

use expect_test::expect;

use crate::check::check;

#[test]
fn an_attended_transfer_of_the_desk_is_completed_by_hanging_up() {
    check(
        "atxfer-completed",
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
            consulting:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 held, 101 held, 102 in use, 103 in use
            completed:
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
fn an_attended_transfer_of_the_desk_is_taken_back_while_consulting() {
    check(
        "atxfer-cancelled",
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
            consulting:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 held, 101 held, 102 in use, 103 in use
            taken-back:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn an_attended_transfer_of_the_desk_is_taken_back_while_the_target_rings() {
    check(
        "atxfer-cancelled-ringing",
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
            taken-back:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_target_that_refuses_leaves_the_call_as_it_was() {
    check(
        "atxfer-rejected",
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
            back:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn where_features_are_not_allowed_nothing_happens() {
    check(
        "atxfer-not-allowed",
        expect![[r#"
            answered:
              application (internal, dialled 601)
                > 102 "Marco Bianchi": application, with music
              lit: 102 in use
            asked:
              application (internal, dialled 601)
                > 102 "Marco Bianchi": application, with music
              lit: 102 in use
            ended: nothing
        "#]],
    );
}
