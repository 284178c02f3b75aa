//! Asterisk 1.0 to 1.4, greeting `1.0`: no hints with their devices, so every phone is drawn like a line from outside.

use expect_test::expect;

use super::check;

#[test]
fn a_login_loads_channels_that_are_linked_by_name_the_parked_and_the_queued() {
    check(
        "1.0",
        "login",
        expect![[r#"
    synced:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > 900 by Zap/1: queued
      parked (inbound, dialled 7001)
        > 901 by Zap/2: parked
      queue support (600): 1. 900; SIP/103 idle paused "";
      parked 7001@default: 901, about 35 s, then to nobody
    told:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 "Marco Bianchi" by SIP/102: talking, hears 101
      queued (inbound, dialled 600)
        > 900 by Zap/1: queued
      parked (inbound, dialled 7001)
        > 901 by Zap/2: parked
      queue support (600): 1. 900; SIP/103 idle paused "";
      parked 7001@default: 901, about 35 s, then to nobody
      lit: 101 in use
    ended:
      queue support (600): SIP/103 idle paused "";
      lit: 101 in use
"#]],
    );
}

#[test]
fn a_call_rings_is_answered_and_ends() {
    check(
        "1.0",
        "call",
        expect![[r#"
    ringing:
      ringing (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: calling
          102 by SIP/102: ringing
    answered:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
"#]],
    );
}

#[test]
fn asterisk_1_0_tells_of_no_dial_so_both_ends_stand_apart_until_they_are_linked() {
    check(
        "1.0",
        "call-first",
        expect![[r#"
    ringing:
      dialing (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: calling
      ringing (inbound, dialled ?)
        > ? by SIP/102: ringing
    answered:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears ?
          ? by SIP/102: talking, hears 101
"#]],
    );
}

#[test]
fn a_rejected_call_leaves_nothing_behind() {
    check(
        "1.0",
        "call-rejected",
        expect![[r#"
    ringing:
      ringing (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: calling
          102 by SIP/102: ringing
"#]],
    );
}

#[test]
fn whoever_presses_hold_holds_until_resuming() {
    check(
        "1.0",
        "hold",
        expect![[r#"
    answered:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
    held:
      held (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: held, hears 102
          102 by SIP/102: held, pressed hold, hears 101
    resumed:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
"#]],
    );
}

#[test]
fn a_masquerade_takes_the_caller_over_to_the_other_call() {
    check(
        "1.0",
        "transfer",
        expect![[r#"
    consulting:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
      ringing (inbound, dialled 103)
        > 101 "Anna Rossi" by SIP/101: calling
          103 by SIP/103: ringing
    asked:
      talking (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
      talking (inbound, dialled 103)
        > 101 "Anna Rossi" by SIP/101: talking, hears 103
          103 by SIP/103: talking, hears 101
    moved:
      application (inbound, dialled 102)
        > 101 "Anna Rossi" by SIP/101: alone
      talking (inbound, dialled 103)
        > 102 by SIP/102: talking, hears 103
          103 by SIP/103: talking, hears 102
    transferred:
      talking (inbound, dialled 103)
        > 102 by SIP/102: talking, hears 103
          103 by SIP/103: talking, hears 102
"#]],
    );
}

#[test]
fn a_member_that_carries_the_caller_s_number_is_not_taken_for_the_caller() {
    check(
        "1.0",
        "queue",
        expect![[r#"
    waiting:
      queued (inbound, dialled 600)
        > 900 by SIP/trunk: queued
      queue support (600): 1. 900;
    ringing:
      ringing (inbound, dialled 600)
        > 900 by SIP/trunk: queued
          ? by SIP/103: ringing
      queue support (600): 1. 900;
    connected to a member:
      talking (inbound, dialled 600)
        > 900 by SIP/trunk: talking, hears ?
          ? by SIP/103: talking, hears 900
      queue support (600): SIP/104 unknown paused "";
    ended:
      queue support (600): SIP/104 unknown paused "";
"#]],
    );
}

#[test]
fn a_parked_caller_waits_under_the_name_it_took_over_and_is_fetched() {
    check(
        "1.0",
        "parked",
        expect![[r#"
    parked:
      parked (inbound, dialled ?)
        > 102 by SIP/102: parked
      parked 701@default: 102, about 45 s, then to SIP/101
    fetched:
      talking (inbound, dialled ?)
        > 102 by SIP/102: talking, hears 103
          103 by SIP/103: talking, hears 102
"#]],
    );
}

#[test]
fn those_in_a_meetme_room_hear_each_other() {
    check(
        "1.0",
        "meetme",
        expect![[r#"
    alone:
      conference (inbound, dialled 680)
        > 101 by SIP/101: alone
      conference 680 (680): 101
    together:
      conference (inbound, dialled 680)
        > 101 by SIP/101: talking, hears 102 900
          102 by SIP/102: talking, hears 101 900
          900 by Zap/1: talking, hears 101 102
      conference 680 (680): 101 102 900 speaks
    two:
      conference (inbound, dialled 680)
        > 101 by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
      conference 680 (680): 101 102
"#]],
    );
}

#[test]
fn halves_named_with_a_comma_are_one_wire() {
    check(
        "1.0",
        "local",
        expect![[r#"
    ringing:
      ringing (inbound, dialled 110)
        > 101 by SIP/101: calling
          102 by SIP/102: ringing
    answered:
      talking (inbound, dialled 110)
        > 101 by SIP/101: talking, hears 102
          102 by SIP/102: talking, hears 101
"#]],
    );
}
