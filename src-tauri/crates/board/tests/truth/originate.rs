//! Calls the PBX makes: the first phone rings, then the second. The first one is the caller.

use expect_test::expect;

use crate::check::check;

#[test]
fn my_phone_rings_then_the_target() {
    check(
        "originate-answered",
        expect![[r#"
        own-phone-ringing:
          ringing (internal, dialled ?)
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        target-ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
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
fn my_phone_rejects() {
    check(
        "originate-rejected",
        expect![[r#"
        own-phone-ringing:
          ringing (internal, dialled ?)
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn the_target_rejects() {
    check(
        "originate-target-rejects",
        expect![[r#"
        target-ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn nobody_answers_in_time() {
    check(
        "originate-timeout",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn my_phone_is_not_registered() {
    check(
        "originate-unregistered",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn the_target_does_not_exist() {
    check(
        "originate-no-such-extension",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn a_channel_id_in_use_leaves_the_other_call_alone() {
    check(
        "originate-id-in-use",
        expect![[r#"
            answered:
              application (internal, dialled 601)
                > 101 "Anna Rossi": application, with music
              lit: 100 in use, 101 in use
            refused:
              application (internal, dialled 601)
                > 101 "Anna Rossi": application, with music
              lit: 100 in use, 101 in use
            ended: nothing
        "#]],
    );
}

#[test]
fn a_local_channel_that_stays_is_folded_away() {
    check(
        "originate-local-kept",
        expect![[r#"
        own-phone-ringing:
          ringing (internal, dialled ?)
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        target-ringing:
          ringing (internal, dialled ?)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        answered:
          talking (internal, dialled ?)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_local_channel_that_takes_itself_out_changes_nothing_to_see() {
    check(
        "originate-local-optimised",
        expect![[r#"
        own-phone-ringing:
          ringing (internal, dialled ?)
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        target-ringing:
          ringing (internal, dialled ?)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        answered:
          talking (internal, dialled ?)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}
