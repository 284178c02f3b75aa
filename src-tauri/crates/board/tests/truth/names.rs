//! Hostile names of outside callers: kept as text, or left out where they say nothing.

use expect_test::expect;

use crate::check::check_each;

#[test]
fn hostile_names_are_shown_as_they_are_or_not_at_all() {
    check_each(
        "names-hostile",
        [
            expect![[r#"
        ringing latin-1:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Latin1 J�rgen" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing broken-utf-8:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Cut � off �" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing markup:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "<img src=x onerror=alert(1)>&amp;</b>" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing right-to-left:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Evil \u{202e}gpj.exe\u{202c} \u{2066}x" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing arabic:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "محمد العربي" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing quotes:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Quote \\\"Q\\\" O'Neil \\\\ back" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing controls:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Bell\u{7} tab\t one\u{1} del\u{7f} esc\u{1b}[31m" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing header:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Event: Hangup Uniqueid: 1" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing expansion:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "50% off ${EXTEN} $[1+1]" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing unknown:
          ringing (inbound, dialled 4930555003)
            > +49301234567 by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing nothing:
          ringing (inbound, dialled 4930555003)
            > +49301234567 by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing blank:
          ringing (inbound, dialled 4930555003)
            > +49301234567 by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing emoji:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "👩\u{200d}💻 Ünï ☎\u{fe0f}" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing combining:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Z\u{334}\u{321}\u{31b}a\u{338}\u{327}\u{360}l\u{337}\u{322}\u{358}g\u{336}\u{328}\u{31b}o\u{335}" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing separator:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "a;b,c|d&e=f" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing long:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhh" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
    "#]],
            expect![[r#"
        ringing latin-1:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Latin1 Jürgen" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing broken-utf-8:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Cut â‚ off ðŸ" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing markup:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "<img src=x onerror=alert(1)>&amp;</b>" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing right-to-left:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Evil \u{202e}gpj.exe\u{202c} \u{2066}x" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing arabic:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "محمد العربي" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing quotes:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Quote \\\"Q\\\" O'Neil \\\\ back" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing controls:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Bell\u{7} tab\t one\u{1} del\u{7f} esc\u{1b}[31m" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing header:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Event: Hangup Uniqueid: 1" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing expansion:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "50% off ${EXTEN} $[1+1]" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing unknown:
          ringing (inbound, dialled 4930555003)
            > +49301234567 by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing nothing:
          ringing (inbound, dialled 4930555003)
            > +49301234567 by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing blank:
          ringing (inbound, dialled 4930555003)
            > +49301234567 by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing emoji:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "👩\u{200d}💻 Ünï ☎\u{fe0f}" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing combining:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "Z\u{334}\u{321}\u{31b}a\u{338}\u{327}\u{360}l\u{337}\u{322}\u{358}g\u{336}\u{328}\u{31b}o\u{335}" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing separator:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "a;b,c|d&e=f" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
        ringing long:
          ringing (inbound, dialled 4930555003)
            > +49301234567 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhh�" by PJSIP/trunk: calling
              101 "Anna Rossi": ringing
          lit: 100 ringing, 101 ringing
        ended: nothing
    "#]],
        ],
    );
}
