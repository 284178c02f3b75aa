//! Calls that are moved: redirects, transfers, a consultation.

use expect_test::expect;

use crate::check::check;

#[test]
fn the_caller_of_a_talking_call_moves_and_the_other_is_released() {
    check(
        "redirect-caller-bridged",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        redirected:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 103 ringing
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
fn the_called_one_of_a_talking_call_moves_and_the_caller_is_released() {
    check(
        "redirect-called-bridged",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        redirected:
          ringing (internal, dialled ?)
            > 102 "Marco Bianchi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 102 in use, 103 ringing
        redirect-answered:
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
fn the_caller_of_a_ringing_call_moves() {
    check(
        "redirect-caller-ringing",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        redirected:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 103 ringing
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
fn the_ringing_phone_moves_and_the_caller_is_lost() {
    check(
        "redirect-called-ringing",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        redirected:
          ringing (internal, dialled ?)
            > 102 "Marco Bianchi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 102 ringing, 103 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_phone_that_still_rings_hears_nobody_though_it_is_in_a_bridge() {
    check(
        "redirect-called-ringing-answered",
        expect![[r#"
        bridged-and-ringing:
          ringing (internal, dialled ?)
            > 102 "Marco Bianchi": ringing
              103 "Cara Müller": alone
          queue sales (?): PJSIP/103 in use;
          lit: 102 ringing, 103 in use
        both-there:
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
fn who_transfers_while_the_target_rings_and_goes_on_alone_is_in_nobodys_call() {
    check(
        "keys-blonde-goes-on",
        expect![[r#"
        music-for-the-transferrer:
          application (internal, dialled 216)
            > 101 "Anna Rossi": application, with music
          ringing (internal, dialled ?)
            > 102 "Marco Bianchi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        answered-by-target:
          application (internal, dialled 216)
            > 101 "Anna Rossi": application, with music
          talking (internal, dialled ?)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn both_go_into_a_conference() {
    check(
        "redirect-both-conference",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        in-conference:
          conference (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          conference 680 (680): 101 102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn both_go_to_extensions_of_their_own_and_are_two_calls_though_they_share_a_linkedid() {
    check(
        "redirect-both-two-extensions",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        redirected:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          ringing (internal, dialled ?)
            > 102 "Marco Bianchi": calling
              104 "Dora Novák": ringing
          queue sales (?): Local/104@internal/n ringing; PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing, 104 ringing
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 103
              103 "Cara Müller": talking, hears 101
          talking (internal, dialled ?)
            > 102 "Marco Bianchi": talking, hears 104
              104 "Dora Novák": talking, hears 102
          queue sales (?): Local/104@internal/n in use; PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use, 104 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn both_go_to_one_extension_and_ring_it_as_two_calls() {
    check(
        "redirect-both-one-extension",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        redirected:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          ringing (internal, dialled ?)
            > 102 "Marco Bianchi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        one-gave-up:
          ringing (internal, dialled ?)
            > 102 "Marco Bianchi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 102 in use, 103 ringing
        answered:
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
fn a_caller_is_pulled_out_of_a_queue() {
    check(
        "redirect-queue-caller",
        expect![[r#"
            waiting:
              ringing (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
                  103 "Cara Müller": ringing
              queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
              lit: 103 ringing
            redirected:
              ringing (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: calling
                  101 "Anna Rossi": ringing
              lit: 100 ringing, 101 ringing
            redirect-answered:
              talking (inbound, dialled 4930555001)
                > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
                  101 "Anna Rossi": talking, hears +49301234567
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn an_outside_caller_moves() {
    check(
        "redirect-trunk-caller",
        expect![[r#"
        answered:
          talking (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          lit: 100 in use, 101 in use
        redirected:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 103 ringing
        redirect-answered:
          talking (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (?): PJSIP/103 in use;
          lit: 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_target_rejects() {
    check(
        "redirect-target-rejects",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        redirected:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 103 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn the_target_is_not_registered() {
    check(
        "redirect-unregistered",
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
fn the_target_does_not_exist() {
    check(
        "redirect-no-such-extension",
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
fn a_channel_that_does_not_exist_changes_nothing() {
    check(
        "redirect-no-such-channel",
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

#[test]
fn a_blind_transfer_moves_the_other_party() {
    check(
        "blind-transfer",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        redirected:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 103 ringing
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
fn a_blind_transfer_to_nowhere_loses_the_other_party() {
    check(
        "blind-transfer-no-such-extension",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        asked: nothing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_consultation_by_redirect_ends_with_the_outer_two_connected() {
    check(
        "consult-by-redirect",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            consulting:
              application (internal, dialled 102)
                > 101 "Anna Rossi": application, with music
              talking (internal, dialled ?)
                > 102 "Marco Bianchi": talking, hears 103
                  103 "Cara Müller": talking, hears 102
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 102 in use, 103 in use
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
