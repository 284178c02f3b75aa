//! Recordings, and supervisors who listen.

use expect_test::expect;

use crate::check::{check, check_each};

#[test]
fn the_desk_records_and_pauses() {
    check(
        "recording-by-desk",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        recording:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, recorded, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        muted-1:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, recording paused, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        muted-0:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, recorded, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        stopped:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_call_is_recorded_from_its_start() {
    check(
        "recording-from-start",
        expect![[r#"
        ringing:
          ringing (internal, dialled 630)
            > 101 "Anna Rossi": calling, recorded
              102 "Marco Bianchi": ringing
          lit: 100 in use, 101 in use, 102 ringing
        answered:
          talking (internal, dialled 630)
            > 101 "Anna Rossi": talking, recorded, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_recording_goes_where_its_channel_goes() {
    check(
        "recording-moved",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        recording:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, recorded, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        moved:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, recorded, hears 103
              103 "Cara Müller": talking, hears 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn dictating_to_an_application_is_no_recording_of_a_call() {
    check(
        "recording-application",
        expect![[r#"
        dictating:
          application (internal, dialled 333)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn only_the_older_server_knows_monitor() {
    check_each(
        "monitor",
        [
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        recording:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        stopped:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
            expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        recording:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, recorded, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        stopped:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
        ],
    );
}

#[test]
fn a_supervisor_listens_and_hangs_up_first() {
    check(
        "spy",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        supervisor-ringing:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (internal, dialled ?)
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        listening:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, listened to, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled ?)
            > 103 "Cara Müller": application, listens to 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        listed:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, listened to, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled ?)
            > 103 "Cara Müller": application, listens to 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        alone-again:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_supervisor_who_outlives_the_call_listens_to_nobody() {
    check(
        "spy-outlives",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        supervisor-ringing:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (internal, dialled ?)
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        listening:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, listened to, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled ?)
            > 103 "Cara Müller": application, listens to 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        supervisor-alone:
          application (internal, dialled ?)
            > 103 "Cara Müller": application
          queue sales (?): PJSIP/103 in use;
          lit: 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_supervisor_is_hung_up_with_the_call() {
    check(
        "spy-ends-with-it",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        supervisor-ringing:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (internal, dialled ?)
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        listening:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, listened to, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled ?)
            > 103 "Cara Müller": application, listens to 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_supervisor_who_is_heard_looks_the_same() {
    check(
        "spy-barges",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        supervisor-ringing:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (internal, dialled ?)
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        listening:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, listened to, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled ?)
            > 103 "Cara Müller": application, listens to 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        supervisor-alone:
          application (internal, dialled ?)
            > 103 "Cara Müller": application
          queue sales (?): PJSIP/103 in use;
          lit: 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_supervisor_listens_by_dialling() {
    check(
        "spy-dialplan",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        listening:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, listened to, hears 102
              102 "Marco Bianchi": talking, hears 101
          application (internal, dialled 335)
            > 103 "Cara Müller": application, listens to 101
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        ended: nothing
    "#]],
    );
}
