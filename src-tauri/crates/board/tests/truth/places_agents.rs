//! Agent pools: people who log in with a call and keep it.

use expect_test::expect;

use crate::check::check;

#[test]
fn an_agent_logs_in_and_waits() {
    check(
        "agent-login-logoff",
        expect![[r#"
        logged-in:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        listed:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        ended:
          agent 105 "Emil Kowalski" logged off
        end:
          agent 105 "Emil Kowalski" logged off
    "#]],
    );
}

#[test]
fn the_desk_logs_an_agent_off() {
    check(
        "agent-logged-off-by-desk",
        expect![[r#"
        logged-in:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        ended:
          agent 105 "Emil Kowalski" logged off
        logged-in-again:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        ended:
          agent 105 "Emil Kowalski" logged off
        end:
          agent 105 "Emil Kowalski" logged off
    "#]],
    );
}

#[test]
fn whoever_asks_for_an_agent_is_the_caller_of_their_call() {
    check(
        "agent-called",
        expect![[r#"
        logged-in:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        ready:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        serving:
          talking (internal, dialled 551)
            > 101 "Anna Rossi": talking, hears 105
              105 "Emil Kowalski": talking, hears 101
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" on call
          lit: 100 in use, 101 in use, 105 in use, 292 in use
        waiting-again:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        ended:
          agent 105 "Emil Kowalski" logged off
        end:
          agent 105 "Emil Kowalski" logged off
    "#]],
    );
}

#[test]
fn a_queue_s_caller_served_by_an_agent_is_still_an_inbound_call() {
    check(
        "agent-in-queue",
        expect![[r#"
        logged-in:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        member:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        serving:
          talking (inbound, dialled 4930555010)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 105
              105 "Emil Kowalski": talking, hears +49301234567
          queue support (?): PJSIP/105 in use;
          queue vip (510): Local/105@agents/n in use;
          agent 105 "Emil Kowalski" on call
          lit: 105 in use, 292 in use
        waiting-again:
          application (internal, dialled *47)
            > 105 "Emil Kowalski": alone, with music
          queue support (?): PJSIP/105 in use;
          agent 105 "Emil Kowalski" idle
          lit: 105 in use
        ended:
          agent 105 "Emil Kowalski" logged off
        end:
          agent 105 "Emil Kowalski" logged off
    "#]],
    );
}

#[test]
fn an_agent_who_is_not_there_is_not_called() {
    check(
        "agent-absent",
        expect![[r#"
        ended: nothing
    "#]],
    );
}
