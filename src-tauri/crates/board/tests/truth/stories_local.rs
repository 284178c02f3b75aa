//! Local channels are wires: nobody sees them, whatever they do.

use expect_test::expect;

use crate::check::check;

#[test]
fn a_pair_that_takes_itself_out_is_never_seen() {
    check(
        "local-one-hop",
        expect![[r#"
            ringing:
              ringing (internal, dialled 224)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            answered:
              talking (internal, dialled 224)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_sees_through_a_pair_that_rings() {
    check(
        "local-one-hop+ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 224, inferred)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
        "#]],
    );
}

#[test]
fn two_pairs_in_a_chain_are_never_seen() {
    check(
        "local-chain",
        expect![[r#"
            ringing:
              ringing (internal, dialled 220)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            answered:
              talking (internal, dialled 220)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_sees_through_a_chain_that_rings() {
    check(
        "local-chain+ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 220, inferred)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
        "#]],
    );
}

#[test]
fn a_chain_that_stays_carries_the_talk() {
    check(
        "local-chain-kept",
        expect![[r#"
            ringing:
              ringing (internal, dialled 222)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            answered:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_sees_through_a_chain_that_carries_the_talk() {
    check(
        "local-chain-kept+answered",
        expect![[r#"
            synced:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
        "#]],
    );
}

#[test]
fn a_caller_at_the_end_of_a_chain_is_moved() {
    check(
        "local-chain-moved",
        expect![[r#"
            answered:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            moved:
              ringing (internal, dialled 222)
                > 101 "Anna Rossi": calling
                  103 "Cara Müller": ringing
              queue sales (?): PJSIP/103 ringing;
              lit: 100 in use, 101 in use, 103 ringing
            redirect-answered:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 103
                  103 "Cara Müller": talking, hears 101
              queue sales (?): PJSIP/103 in use;
              lit: 100 in use, 101 in use, 103 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_caller_gives_up_while_a_chain_rings() {
    check(
        "local-chain-cancelled",
        expect![[r#"
            ringing:
              ringing (internal, dialled 222)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn the_phone_at_the_end_of_a_chain_refuses() {
    check(
        "local-chain-rejected",
        expect![[r#"
            ringing:
              ringing (internal, dialled 220)
                > 101 "Anna Rossi": calling
                  102 "Marco Bianchi": ringing
              lit: 100 in use, 101 in use, 102 ringing
            ended: nothing
        "#]],
    );
}

#[test]
fn a_half_that_is_hung_up_ends_the_call() {
    check(
        "local-half-hung-up",
        expect![[r#"
            answered:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_far_end_that_is_only_dialplan_rings_and_is_then_alone_with_the_caller() {
    check(
        "local-far-end",
        expect![[r#"
            ringing:
              ringing (internal, dialled 8555)
                > 101 "Anna Rossi": calling
              lit: 100 in use, 101 in use
            answered:
              application (internal, dialled 8555)
                > 101 "Anna Rossi": application
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_desk_that_connects_hears_a_dialplan_ring() {
    check(
        "local-far-end+ringing",
        expect![[r#"
            synced:
              ringing (internal, dialled 8555, inferred)
                > 101 "Anna Rossi": calling
              lit: 100 in use, 101 in use
        "#]],
    );
}

#[test]
fn a_pair_that_was_to_stay_is_taken_out_unseen() {
    check(
        "local-optimise-asked",
        expect![[r#"
            answered:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            optimised:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn hold_goes_through_a_chain() {
    check(
        "local-both-ends-held",
        expect![[r#"
            answered:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            held:
              held (internal, dialled 222)
                > 101 "Anna Rossi": held, pressed hold, hears 102
                  102 "Marco Bianchi": held, hears 101
              lit: 100 in use, 101 in use, 102 in use
            resumed:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            ended: nothing
        "#]],
    );
}

/// No list tells of it, nor does a device state.
#[test]
fn a_desk_that_connects_cannot_see_a_hold_behind_a_chain() {
    check(
        "local-both-ends-held+held",
        expect![[r#"
            synced:
              talking (internal, dialled 222)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
        "#]],
    );
}
