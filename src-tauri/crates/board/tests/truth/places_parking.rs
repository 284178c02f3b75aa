//! Parking: who waits in which space, and to whom they come back.

use expect_test::expect;

use crate::check::{check, check_each};

#[test]
fn a_taken_space_is_not_given_twice() {
    check_each(
        "park-slot-taken",
        [
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 705@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use
        second-answered:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (internal, dialled 103)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          parked 705@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        asked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked (internal, dialled 103)
            > 102 "Marco Bianchi": parked, with music
          parked 705@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          parked 706@default: 102 "Marco Bianchi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use
        second-answered:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (internal, dialled 103)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        asked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked (internal, dialled 103)
            > 102 "Marco Bianchi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          parked 702@default: 102 "Marco Bianchi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
        ],
    );
}

#[test]
fn a_space_may_be_asked_for() {
    check_each(
        "park-slot-asked",
        [
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 705@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use
        retrieved:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 103
              103 "Cara Müller": talking, hears 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use
        retrieved:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 103
              103 "Cara Müller": talking, hears 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
        ],
    );
}

#[test]
fn the_parker_stays_to_hear_the_space() {
    check_each(
        "park-announced",
        [
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        announcing:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          application (internal, dialled ?)
            > 102 "Marco Bianchi": alone
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        announcing:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
        ],
    );
}

#[test]
fn a_lot_that_does_not_exist_takes_nobody() {
    check(
        "park-no-such-lot",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        asked:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_full_lot_takes_no_third() {
    check(
        "park-lot-full",
        expect![[r#"
        one:
          parked (internal, dialled 601)
            > 101 "Anna Rossi": parked, with music
          application (internal, dialled 601)
            > 102 "Marco Bianchi": application, with music
          application (internal, dialled 601)
            > 103 "Cara Müller": application, with music
          queue sales (?): PJSIP/103 in use;
          parked 771@hotel: 101 "Anna Rossi", about 30 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        two:
          parked (internal, dialled 601)
            > 101 "Anna Rossi": parked, with music
          parked (internal, dialled 601)
            > 102 "Marco Bianchi": parked, with music
          application (internal, dialled 601)
            > 103 "Cara Müller": application, with music
          queue sales (?): PJSIP/103 in use;
          parked 771@hotel: 101 "Anna Rossi", about 30 s, then to PJSIP/101
          parked 772@hotel: 102 "Marco Bianchi", about 30 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        full:
          parked (internal, dialled 601)
            > 101 "Anna Rossi": parked, with music
          parked (internal, dialled 601)
            > 102 "Marco Bianchi": parked, with music
          parked 771@hotel: 101 "Anna Rossi", about 30 s, then to PJSIP/101
          parked 772@hotel: 102 "Marco Bianchi", about 30 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn somebody_parks_himself_by_dialling() {
    check(
        "park-by-dialling",
        expect![[r#"
        parked:
          parked (internal, dialled 700)
            > 101 "Anna Rossi": parked
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use
        retrieved:
          talking (internal, dialled 700)
            > 101 "Anna Rossi": talking, hears 103
              103 "Cara Müller": talking, hears 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_desk_transfers_to_the_parking_extension() {
    check(
        "park-by-transfer",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          application (internal, dialled ?)
            > 102 "Marco Bianchi": alone
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use
        retrieved:
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
fn whoever_is_parked_by_way_of_a_local_channel_is_the_person_behind_it() {
    check(
        "park-by-consultation",
        expect![[r#"
            answered:
              talking (internal, dialled 102)
                > 101 "Anna Rossi": talking, hears 102
                  102 "Marco Bianchi": talking, hears 101
              lit: 100 in use, 101 in use, 102 in use
            consulting:
              held (internal, dialled 102)
                > 101 "Anna Rossi": held, with music
              parked (internal, dialled ?)
                > 102 "Marco Bianchi": parked
              parked 701@default: 102 "Marco Bianchi", about 45 s, then to PJSIP/102
              lit: 100 held, 101 held, 102 in use
            parked:
              parked (internal, dialled 102)
                > 101 "Anna Rossi": parked
              parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
              lit: 100 in use, 101 in use
            retrieved:
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
fn two_are_parked_and_leave_one_after_the_other() {
    check(
        "park-two",
        expect![[r#"
        parked-101:
          parked (internal, dialled 601)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use
        parked-102:
          parked (internal, dialled 601)
            > 101 "Anna Rossi": parked, with music
          parked (internal, dialled 601)
            > 102 "Marco Bianchi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          parked 702@default: 102 "Marco Bianchi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use
        two:
          parked (internal, dialled 601)
            > 101 "Anna Rossi": parked, with music
          parked (internal, dialled 601)
            > 102 "Marco Bianchi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          parked 702@default: 102 "Marco Bianchi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use
        retrieved:
          parked (internal, dialled 601)
            > 101 "Anna Rossi": parked, with music
          talking (internal, dialled 601)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        given-up:
          talking (internal, dialled 601)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          lit: 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_is_parked_and_fetched() {
    check(
        "park-trunk-caller",
        expect![[r#"
        answered:
          talking (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          lit: 100 in use, 101 in use
        parked:
          parked (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: parked, with music
          parked 701@default: +49301234567 "Jane Doe", about 45 s, then to PJSIP/101
        retrieved:
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
fn the_desk_hangs_up_on_somebody_who_is_parked() {
    check(
        "park-hung-up-by-desk",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn nobody_is_in_an_empty_space() {
    check(
        "park-empty-slot",
        expect![[r#"
        dialled:
          application (internal, dialled 703)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_parked_caller_goes_on_elsewhere() {
    check(
        "park-timeout-elsewhere",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 103 ringing
        went-on:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 103 ringing
        answered:
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
fn a_parked_caller_comes_back_to_a_parker_who_refuses() {
    check(
        "park-timeout-no-answer",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        came-back:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_parked_caller_comes_back_to_a_parker_who_talks() {
    check(
        "park-timeout-busy",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parker-talks:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (internal, dialled 103)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 10 s, then to PJSIP/102
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        came-back:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          talking (internal, dialled 103)
            > 102 "Marco Bianchi": talking, hears 103
              103 "Cara Müller": talking, hears 102
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use ringing, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_caller_is_parked_twice() {
    check(
        "park-again",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use
        retrieved:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        parked-again:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/102
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_caller_parked_and_moved_in_one_breath_is_where_the_move_took_him() {
    check(
        "park-while-moving",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        asked:
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
fn a_caller_whose_call_still_rings_is_parked() {
    check(
        "park-ringing",
        expect![[r#"
        ringing:
          ringing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        asked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}
