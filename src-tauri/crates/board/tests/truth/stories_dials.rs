//! One phone after the other, forwarding, early media, menus, and calls that go on after their end.

use expect_test::expect;

use crate::check::check;

#[test]
fn the_second_rings_when_the_first_does_not_answer() {
    check(
        "hunt-next",
        expect![[r#"
            first-ringing:
              ringing (internal, dialled 214)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            second-ringing:
              ringing (internal, dialled 214)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            answered:
              talking (internal, dialled 214)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn the_second_rings_when_the_first_is_busy() {
    check(
        "hunt-busy",
        expect![[r#"
            first-ringing:
              ringing (internal, dialled 215)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            second-ringing:
              ringing (internal, dialled 215)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            answered:
              talking (internal, dialled 215)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn the_extension_dialled_is_not_the_one_that_rings() {
    check(
        "hunt-dialplan",
        expect![[r#"
            ringing:
              ringing (internal, dialled 217)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            answered:
              talking (internal, dialled 217)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_phone_that_forwards_is_replaced_by_the_one_it_names() {
    check(
        "forward-302",
        expect![[r#"
            ringing:
              ringing (internal, dialled 93001)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            answered:
              talking (internal, dialled 93001)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_the_phone_that_was_forwarded_to() {
    check(
        "forward-302+ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 93001, inferred)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
        "#]],
    );
}

#[test]
fn the_phone_that_was_forwarded_to_refuses() {
    check(
        "forward-302-rejected",
        expect![[r#"
            ringing:
              ringing (internal, dialled 93001)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn the_caller_gives_up_on_a_forwarded_call() {
    check(
        "forward-302-cancelled",
        expect![[r#"
            ringing:
              ringing (internal, dialled 93001)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn a_call_forwarded_to_nowhere_ends() {
    check(
        "forward-302-nowhere",
        expect![[r#"
            ended: nothing
        "#]],
    );
}

#[test]
fn the_called_one_hangs_up_and_the_caller_goes_on() {
    check(
        "dial-goes-on",
        expect![[r#"
            answered:
              talking (internal, dialled 216)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            alone:
              application (internal, dialled 216)
                > 101 "Anna Rossi": application, with music
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_the_caller_alone_with_music() {
    check(
        "dial-goes-on+alone",
        expect![[r#"
            synced:
              application (internal, dialled 216)
                > 101 "Anna Rossi": application in MusicOnHold
              lit: 100 in use, 101 in use
        "#]],
    );
}

#[test]
fn a_caller_hears_music_instead_of_ringing() {
    check(
        "dial-with-music",
        expect![[r#"
            ringing:
              ringing (internal, dialled 218)
                > 101 "Anna Rossi": calling, with music
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            answered:
              talking (internal, dialled 218)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn an_announcement_before_the_answer_is_not_yet_an_answer() {
    check(
        "early-media",
        expect![[r#"
            announcement:
              dialing (internal, dialled 219)
                > 101 "Anna Rossi": calling
              lit: 100 in use, 101 in use
            ringing:
              ringing (internal, dialled 219)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            answered:
              talking (internal, dialled 219)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_channel_that_outlives_its_call_is_on_its_way_out() {
    check(
        "hangup-handler",
        expect![[r#"
            answered:
              talking (internal, dialled 334)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            hung-up:
              ending (internal, dialled 334)
                > 101 "Anna Rossi": ending (hung up)
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

/// No list says that it has hung up.
#[test]
fn a_desk_that_connects_sees_what_the_channel_still_runs() {
    check(
        "hangup-handler+hung-up",
        expect![[r#"
            synced:
              application (internal, dialled ?)
                > 101 "Anna Rossi": application in System
              lit: 100 in use, 101 in use
        "#]],
    );
}

#[test]
fn a_key_that_the_menu_does_not_know_changes_nothing() {
    check(
        "ivr-wrong-key",
        expect![[r#"
            answered:
              application (internal, dialled 620)
                > 101 "Anna Rossi": application
              lit: 100 in use, 101 in use
            wrong-key:
              application (internal, dialled 620)
                > 101 "Anna Rossi": application
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn an_outside_caller_chooses_a_queue_and_is_served() {
    check(
        "ivr-trunk",
        expect![[r#"
            in-menu:
              application (inbound, dialled 4930555002)
                > +49301234567 "Jane Doe" by PJSIP/trunk: application
            waiting:
              ringing (inbound, dialled 4930555002)
                > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
                  103 "Cara Müller": ringing
              queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
              lit: 103 ringing
            served:
              talking (inbound, dialled 4930555002)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
                  103 "Cara Müller": talking, hears +49301234567
              queue sales (610): PJSIP/103 in use;
              lit: 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_call_over_iax_is_an_outside_call_with_hold() {
    check(
        "iax-call",
        expect![[r#"
            ringing:
              ringing (outbound, dialled 50102)
                > 101 "Anna Rossi": calling
                  50102 by IAX2/far: ringing
              lit: 100 in use, 101 in use
            answered:
              talking (outbound, dialled 50102)
                > 101 "Anna Rossi": talking, hears 50102
                  50102 by IAX2/far: talking, hears 101
              lit: 100 in use, 101 in use
            held:
              held (outbound, dialled 50102)
                > 101 "Anna Rossi": held, pressed hold, hears 50102
                  50102 by IAX2/far: held, with music, hears 101
              lit: 100 in use, 101 in use
            resumed:
              talking (outbound, dialled 50102)
                > 101 "Anna Rossi": talking, hears 50102
                  50102 by IAX2/far: talking, hears 101
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_finds_a_call_over_iax() {
    check(
        "iax-call+ringing",
        expect![[r#"
            synced:
              ringing (outbound, dialled 50102, inferred)
                > 101 "Anna Rossi": calling
                  50102 by IAX2/far: ringing
              lit: 100 in use, 101 in use
        "#]],
    );
}
