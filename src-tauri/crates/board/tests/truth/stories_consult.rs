//! Consultation by the keys of a phone: the first caller is on hold, two calls, and how that ends.

use expect_test::expect;

use crate::check::check;

#[test]
fn who_consults_has_put_the_caller_on_hold_and_hands_over_by_hanging_up() {
    check(
        "keys-attended",
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
fn a_desk_that_connects_finds_the_caller_on_hold_while_the_target_rings() {
    check(
        "keys-attended+target-ringing",
        expect![[r#"
            synced:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held
              ringing (internal, dialled ?, inferred)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 held, 101 held, 102 in use, 103 ringing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_the_caller_on_hold_while_two_consult() {
    check(
        "keys-attended+consulting",
        expect![[r#"
            synced:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 held, 101 held, 102 in use, 103 in use
        "#]],
    );
}

#[test]
fn a_desk_that_connects_after_the_handing_over_sees_one_call() {
    check(
        "keys-attended+completed",
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
fn a_consultation_is_completed_by_a_key() {
    check(
        "keys-attended-by-code",
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

/// Whoever is left hears music only if it was the caller: the one who was consulted hears nothing.
#[test]
fn a_key_goes_back_and_forth_between_the_two() {
    check(
        "keys-attended-swapped",
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
            swapped:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              application (internal, dialled ?)
                > 103 "Cara Müller": alone
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use
            swapped-back:
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
fn a_desk_that_connects_sees_to_whom_the_one_in_the_middle_talks() {
    check(
        "keys-attended-swapped+swapped",
        expect![[r#"
            synced:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              application (internal, dialled ?)
                > 103 "Cara Müller": alone
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use
        "#]],
    );
}

#[test]
fn a_key_puts_all_three_together() {
    check(
        "keys-attended-three",
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
fn a_desk_that_connects_finds_three_together() {
    check(
        "keys-attended-three+three",
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
fn an_outside_caller_is_handed_over_after_consultation() {
    check(
        "keys-attended-trunk",
        expect![[r#"
            answered:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            consulting:
              held (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: held, with music
              talking (internal, dialled ?)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            completed:
              talking (inbound, dialled 4930555003)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301234567
              queue sales (?): PJSIP/103 in use;
              lit: 103 in use
            ended: nothing
        "#]],
    );
}
