//! Phones: what they do, what their people say, and what waits for them.

use expect_test::expect;

use crate::check::check;

#[test]
fn a_hint_of_two_phones_rings_while_one_of_them_talks() {
    check(
        "device-both-in-call",
        expect![[r#"
        one-talks:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        other-rings:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (internal, dialled 100)
            > 103 "Cara Müller": calling
              100 "Reception": ringing
              101 "Anna Rossi": ringing
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use ringing, 101 in use ringing, 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn do_not_disturb_is_shown() {
    check(
        "device-do-not-disturb",
        expect![[r#"
        do-not-disturb:
          lit: 290 busy do not disturb
        disturb: nothing
    "#]],
    );
}

#[test]
fn a_phone_that_lost_its_plug_is_dialled_and_does_not_ring() {
    check(
        "device-killed",
        expect![[r#"
        killed: nothing
        dialled:
          dialing (internal, dialled 102)
            > 101 "Anna Rossi": calling
              102 "Marco Bianchi": dialled
          lit: 101 in use, 102 idle
        ended: nothing
    "#]],
    );
}

#[test]
fn a_lamp_goes_through_every_state() {
    check(
        "device-lamp",
        expect![[r#"
        INUSE:
          lit: 291 in use
        RINGING:
          lit: 291 ringing
        RINGINUSE:
          lit: 291 in use ringing
        ONHOLD:
          lit: 291 held
        UNAVAILABLE: nothing
        INVALID: nothing
        NOT_INUSE: nothing
    "#]],
    );
}

#[test]
fn people_say_where_they_are() {
    check(
        "device-presence",
        expect![[r#"
        away:
          lit: 101 idle says away "Zu Tisch: bis 13 Uhr"
        do-not-disturb:
          lit: 101 idle do not disturb says dnd ""
        chatty:
          lit: 101 idle says chat ""
        available:
          lit: 101 idle says available ""
        end:
          lit: 101 idle says available ""
    "#]],
    );
}

#[test]
fn a_mailbox_set_from_elsewhere_lights_nothing_here() {
    check(
        "device-mailbox-lamp",
        expect![[r#"
        new-2: nothing
        new-0: nothing
    "#]],
    );
}

#[test]
fn a_message_left_is_counted() {
    check(
        "voicemail-left",
        expect![[r#"
        speaking:
          application (internal, dialled *9103)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        still-speaking:
          application (internal, dialled *9103)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        ended:
          lit: 103 offline 1 new messages
        asked:
          lit: 103 offline 1 new messages
        end:
          lit: 103 offline 1 new messages
    "#]],
    );
}

#[test]
fn a_message_counts_until_the_box_is_left() {
    check(
        "voicemail-heard",
        expect![[r#"
        speaking:
          application (internal, dialled *9103)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        still-speaking:
          application (internal, dialled *9103)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        ended:
          lit: 103 idle 1 new messages
        calling-mailbox:
          application (internal, dialled *98)
            > 103 "Cara Müller": application
          queue sales (?): PJSIP/103 in use;
          lit: 103 in use 1 new messages
        hearing:
          application (internal, dialled *98)
            > 103 "Cara Müller": application
          queue sales (?): PJSIP/103 in use;
          lit: 103 in use 1 new messages
        deleted:
          application (internal, dialled *98)
            > 103 "Cara Müller": application
          queue sales (?): PJSIP/103 in use;
          lit: 103 in use 1 new messages
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_leaves_a_message() {
    check(
        "voicemail-from-trunk",
        expect![[r#"
        speaking:
          application (inbound, dialled 4930555013)
            > +49301234567 "Jane Doe" by PJSIP/trunk: application
        still-speaking:
          application (inbound, dialled 4930555013)
            > +49301234567 "Jane Doe" by PJSIP/trunk: application
        ended:
          lit: 101 offline 1 new messages
        end:
          lit: 101 offline 1 new messages
    "#]],
    );
}
