//! Calls from and to the outside.

use expect_test::expect;

use crate::check::check;

#[test]
fn an_outside_caller_is_answered() {
    check(
        "trunk-inbound",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        answered:
          talking (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 101
              101 "Anna Rossi": talking, hears +49301234567
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn an_outside_caller_gives_up() {
    check(
        "trunk-inbound-gives-up",
        expect![[r#"
        ringing:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
    "#]],
    );
}

#[test]
fn a_call_goes_out() {
    check(
        "trunk-outbound",
        expect![[r#"
        answered:
          talking (outbound, dialled 9030987654)
            > 101 "Anna Rossi": talking, hears 9030987654
              9030987654 by PJSIP/trunk: talking, hears 101
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_call_out_meets_a_busy_line() {
    check(
        "trunk-outbound-busy",
        expect![[r#"
        ended: nothing
    "#]],
    );
}

#[test]
fn a_call_out_is_given_up() {
    check(
        "trunk-outbound-cancelled",
        expect![[r#"
        ringing:
          ringing (outbound, dialled 92555)
            > 101 "Anna Rossi": calling
              92555 by PJSIP/trunk: ringing
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}
