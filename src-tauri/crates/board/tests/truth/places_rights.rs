//! What an account with fewer rights, or fewer events, does not see; and servers that say more than others.

use expect_test::expect;

use crate::check::check;

#[test]
fn without_the_class_reporting_calls_are_seen_all_the_same() {
    check(
        "rights-no-reporting",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn without_the_class_agent_nobody_is_seen_to_wait() {
    check(
        "rights-no-agent",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: calling, with music
              103 "Cara Müller": ringing
          queue sales (?): PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (?): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (?): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn without_the_class_call_only_members_are_seen() {
    check(
        "rights-no-call",
        expect![[r#"
        answered: nothing
        waiting:
          queue sales (?): PJSIP/103 ringing;
        served:
          queue sales (?): PJSIP/103 in use;
        parked:
          queue sales (?): PJSIP/103 in use;
        ended: nothing
    "#]],
    );
}

#[test]
fn without_the_class_system_calls_are_seen_all_the_same() {
    check(
        "rights-no-system",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn the_dialplan_s_own_steps_change_nothing() {
    check(
        "rights-dialplan",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn where_states_are_hidden_a_phone_with_a_call_is_in_use() {
    check(
        "filter-hides",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn where_few_events_come_calls_tell_what_phones_do() {
    check(
        "filter-names",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn without_dial_events_the_queue_tells_whom_it_rings() {
    check(
        "events-disabled",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn variables_on_every_event_change_nothing() {
    check(
        "channel-variables",
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
fn the_time_on_every_event_changes_nothing() {
    check(
        "timestamps",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_server_s_name_in_every_id_changes_nothing() {
    check(
        "system-name",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        waiting:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          ringing (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: queued, with music
              103 "Cara Müller": ringing
          queue sales (610): 1. +49301234567 "Jane Doe"; PJSIP/103 ringing;
          lit: 100 in use, 101 in use, 102 in use, 103 ringing
        served:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          lit: 100 in use, 101 in use, 102 in use, 103 in use
        parked:
          parked (internal, dialled 102)
            > 101 "Anna Rossi": parked, with music
          talking (inbound, dialled 4930555001)
            > +49301234567 "Jane Doe" by PJSIP/trunk: talking, hears 103
              103 "Cara Müller": talking, hears +49301234567
          queue sales (610): PJSIP/103 in use;
          parked 701@default: 101 "Anna Rossi", about 45 s, then to PJSIP/101
          lit: 100 in use, 101 in use, 103 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn without_the_class_system_a_call_is_seen() {
    check(
        "login-nosystem",
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
fn a_login_without_events_sees_no_call() {
    check(
        "login-events-off",
        expect![[r#"
        answered: nothing
        ended: nothing
    "#]],
    );
}

#[test]
fn an_idle_pbx_shows_nothing() {
    check("login-plain", expect![]);
}

#[test]
fn a_farewell_leaves_nothing() {
    check(
        "login-md5",
        expect![[r#"
        closed: nothing
    "#]],
    );
}

#[test]
fn a_wrong_secret_shows_nothing() {
    check(
        "login-wrong-secret",
        expect![[r#"
        closed: nothing
    "#]],
    );
}

#[test]
fn a_wrong_key_shows_nothing() {
    check(
        "login-wrong-key",
        expect![[r#"
        closed: nothing
    "#]],
    );
}

#[test]
fn an_unknown_user_is_shown_nothing() {
    check(
        "login-unknown-user",
        expect![[r#"
        closed: nothing
    "#]],
    );
}

#[test]
fn a_blocked_address_is_shown_nothing() {
    check(
        "login-blocked",
        expect![[r#"
        closed: nothing
    "#]],
    );
}

#[test]
fn a_list_asked_for_too_early_shows_nothing() {
    check("login-action-before", expect![]);
}

#[test]
fn a_pbx_that_starts_shows_nothing_yet() {
    check("login-while-booting", expect![]);
}

#[test]
fn a_reload_leaves_a_conversation_alone() {
    check(
        "reload-all",
        expect![[r#"
        answered:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        reloaded:
          talking (internal, dialled 102)
            > 101 "Anna Rossi": talking, hears 102
              102 "Marco Bianchi": talking, hears 101
          lit: 100 in use, 101 in use, 102 in use
        ended: nothing
    "#]],
    );
}

#[test]
fn a_reload_of_the_dialplan_lights_nothing() {
    check(
        "reload-dialplan",
        expect![[r#"
        reloaded: nothing
    "#]],
    );
}

#[test]
fn a_reload_of_ami_changes_nothing() {
    check(
        "reload-manager",
        expect![[r#"
        reloaded: nothing
    "#]],
    );
}

#[test]
fn a_module_that_goes_and_comes_lights_nothing() {
    check(
        "module-unloaded",
        expect![[r#"
        unloaded: nothing
        loaded: nothing
    "#]],
    );
}

#[test]
fn refusals_change_nothing() {
    check(
        "member-refusals",
        expect![[r#"
        refused: nothing
    "#]],
    );
}

#[test]
fn an_event_of_the_dialplan_s_own_changes_nothing() {
    check(
        "user-event",
        expect![[r#"
        said:
          application (internal, dialled 607)
            > 101 "Anna Rossi": application
          lit: 100 in use, 101 in use
        ended: nothing
    "#]],
    );
}
