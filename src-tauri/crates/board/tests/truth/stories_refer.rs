//! Attended transfers by the key of a phone (REFER).
//!
//! Wanda, 130, is a phone of the lab that has neither hint nor address of record: to the PBX no different from a line, and shown as one.

use expect_test::expect;

use crate::check::check;

#[test]
fn two_calls_of_one_phone_become_one_of_the_other_two() {
    check(
        "refer-attended",
        expect![[r#"
            answered:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              lit: 102 in use
            second-ringing:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              ringing (inbound, dialled 103)
                > 130 "Wanda Hill" by PJSIP/130: calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 102 in use, 103 ringing
            consulting:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              talking (inbound, dialled 103)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 103
                  103 "Cara Müller": talking, hears 130
              queue sales (?): PJSIP/103 in use;
              lit: 102 in use, 103 in use
            joined:
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 102 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_the_two_who_were_joined() {
    check(
        "refer-attended+joined",
        expect![[r#"
            synced:
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 102 in use, 103 in use
        "#]],
    );
}

#[test]
fn the_one_handed_over_calls_the_target_that_still_rings() {
    check(
        "refer-attended-ringing",
        expect![[r#"
            answered:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              lit: 102 in use
            second-ringing:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              ringing (inbound, dialled 103)
                > 130 "Wanda Hill" by PJSIP/130: calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 102 in use, 103 ringing
            left-ringing:
              ringing (internal, dialled ?)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 102 in use, 103 ringing
            joined:
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 102 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_works_out_who_calls_from_what_both_displays_show() {
    check(
        "refer-attended-ringing+left-ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 103, inferred)
                > 102 "Marco Bianchi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 102 in use, 103 ringing
        "#]],
    );
}

#[test]
fn an_outside_line_we_called_stays_an_outbound_call_when_handed_over() {
    check(
        "refer-attended-trunk",
        expect![[r#"
            answered:
              talking (inbound, dialled 9030111)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 9030111
                  9030111 by PJSIP/trunk: talking, hears 130
            consulting:
              talking (inbound, dialled 9030111)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 9030111
                  9030111 by PJSIP/trunk: talking, hears 130
              talking (inbound, dialled 103)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 103
                  103 "Cara Müller": talking, hears 130
              queue sales (?): PJSIP/103 in use;
              lit: 103 in use
            joined:
              talking (outbound, dialled ?)
                > 9030111 by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears 9030111
              queue sales (?): PJSIP/103 in use;
              lit: 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn one_who_has_parked_herself_is_replaced_in_her_space() {
    check(
        "refer-attended-parked",
        expect![[r#"
            answered:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              lit: 102 in use
            parked-herself:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              parked (inbound, dialled 700)
                > 130 "Wanda Hill" by PJSIP/130: parked
              parked 701@default: 130 "Wanda Hill", about 45 s, then to PJSIP/130
              lit: 102 in use
            swapped:
              parked (internal, dialled ?)
                > 102 "Marco Bianchi": parked, with music
              parked 701@default: 102 "Marco Bianchi", about 45 s, then to PJSIP/130
              lit: 102 in use
            retrieved:
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 102 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_who_is_in_the_space_now() {
    check(
        "refer-attended-parked+swapped",
        expect![[r#"
            synced:
              parked (internal, dialled ?)
                > 102 "Marco Bianchi": parked
              parked 701@default: 102 "Marco Bianchi", about 45 s, then to PJSIP/130
              lit: 102 in use
        "#]],
    );
}

#[test]
fn one_who_is_handed_over_to_an_application_is_alone_with_the_pbx() {
    check(
        "refer-attended-echo",
        expect![[r#"
            answered:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              lit: 102 in use
            consulting:
              talking (inbound, dialled 102)
                > 130 "Wanda Hill" by PJSIP/130: talking, hears 102
                  102 "Marco Bianchi": talking, hears 130
              application (inbound, dialled 600)
                > 130 "Wanda Hill" by PJSIP/130: application
              lit: 102 in use
            joined:
              application (internal, dialled ?)
                > 102 "Marco Bianchi": application
              lit: 102 in use
            ended: nothing
        "#]],
    );
}
