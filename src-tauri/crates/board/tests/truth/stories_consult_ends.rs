//! Consultations that come to nothing: taken back, refused, or somebody hangs up meanwhile.

use expect_test::expect;

use crate::check::check;

#[test]
fn a_consultation_is_taken_back_by_a_key() {
    check(
        "keys-attended-aborted",
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
fn a_consultation_is_taken_back_while_the_target_rings() {
    check(
        "keys-attended-aborted-ringing",
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
fn a_target_that_refuses_gives_the_two_back_to_each_other() {
    check(
        "keys-attended-rejected",
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
fn a_target_that_hangs_up_gives_the_two_back_to_each_other() {
    check(
        "keys-attended-target-leaves",
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
fn a_caller_who_hangs_up_leaves_the_two_who_consult() {
    check(
        "keys-attended-caller-leaves",
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
            caller-gone:
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 102 in use, 103 in use
            ended: nothing
        "#]],
    );
}
