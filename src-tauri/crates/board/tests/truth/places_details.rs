//! What is at rest all the same: every member, every counter, every phone, every line.

use expect_test::expect;

use crate::check::check_changes;
use crate::detail::{phones, queues, trunks};

#[test]
fn a_member_joins_and_leaves_by_order_of_the_desk() {
    check_changes(
        "member-added-removed",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": offline
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        added:
          + PJSIP/101 "Anna Rossi": idle, penalty 1, never rung in a call, may be removed
        removed:
          - PJSIP/101 "Anna Rossi": idle, penalty 1, never rung in a call, may be removed
    "#]],
    );
}

#[test]
fn a_member_joins_and_leaves_by_phone() {
    check_changes(
        "member-by-phone",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": offline
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        added:
          + PJSIP/101 "PJSIP/101": idle, never rung in a call, may be removed
        ended:
          - PJSIP/101 "PJSIP/101": idle, never rung in a call, may be removed
    "#]],
    );
}

#[test]
fn penalty_and_ring_in_use_are_changed() {
    check_changes(
        "member-penalty",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": offline
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        penalty:
          - PJSIP/103 "Cara Müller": offline
          + PJSIP/103 "Cara Müller": offline, penalty 7, never rung in a call
        ring-in-use:
          - PJSIP/103 "Cara Müller": offline, penalty 7, never rung in a call
          + PJSIP/103 "Cara Müller": offline, penalty 7, rung also in a call
    "#]],
    );
}

#[test]
fn a_member_s_phone_goes_away_and_comes_back() {
    check_changes(
        "member-absent",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": idle
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        gone:
          - PJSIP/103 "Cara Müller": idle
          + PJSIP/103 "Cara Müller": offline, never rung in a call
        back:
          - PJSIP/103 "Cara Müller": offline, never rung in a call
          + PJSIP/103 "Cara Müller": idle, never rung in a call
    "#]],
    );
}

#[test]
fn a_reload_tells_of_no_change_in_the_queues() {
    check_changes(
        "queue-reload",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": offline
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        added:
          + PJSIP/101 "Anna Rossi": offline, penalty 1, never rung in a call, may be removed
    "#]],
    );
}

#[test]
fn counters_go_on_after_a_reset_that_nobody_tells() {
    check_changes(
        "queue-reset",
        queues,
        expect![[r#"
            synced:
              + queue closed (linear): 0 served, 0 gave up
              + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
              + Local/104@internal/n "Dora Novák": offline
              + PJSIP/103 "Cara Müller": idle
              + queue support (rrmemory): 0 served, 0 gave up
              + PJSIP/105 "Emil Kowalski": offline
              + PJSIP/106 "Fatma Yılmaz": offline
              + queue vip (ringall): 0 served, 0 gave up
            served:
              - PJSIP/103 "Cara Müller": idle
              + PJSIP/103 "Cara Müller": in use, never rung in a call, serves, has a call
            counted:
              - queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
              - PJSIP/103 "Cara Müller": in use, never rung in a call, serves, has a call
              + queue sales (ringall): 1 served, 0 gave up, ? % within 20 s
              + PJSIP/103 "Cara Müller": idle, never rung in a call, took 1
        "#]],
    );
}

#[test]
fn somebody_who_gives_up_is_counted() {
    check_changes(
        "queue-abandoned",
        queues,
        expect![[r#"
        synced:
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": idle
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
        waiting:
          - PJSIP/103 "Cara Müller": idle
          + 1. +49301234567, priority ?
          + PJSIP/103 "Cara Müller": ringing, never rung in a call, has a call
        ended:
          - queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          - 1. +49301234567, priority ?
          - PJSIP/103 "Cara Müller": ringing, never rung in a call, has a call
          + queue sales (ringall): 0 served, 1 gave up, 0 % within 20 s
          + PJSIP/103 "Cara Müller": idle, never rung in a call
    "#]],
    );
}

#[test]
fn the_pbx_counts_a_caller_taken_out_as_one_who_gave_up() {
    check_changes(
        "queue-middle-redirected",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": offline
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        three-wait:
          + 1. +493005, priority ?
          + 2. +493006, priority ?
          + 3. +493009, priority ?
        moved:
          - queue vip (ringall): 0 served, 0 gave up
          - 2. +493006, priority ?
          - 3. +493009, priority ?
          + queue vip (ringall): 0 served, 1 gave up
          + 2. +493009, priority ?
        ended:
          - queue vip (ringall): 0 served, 1 gave up
          - 1. +493005, priority ?
          - 2. +493009, priority ?
          + queue vip (ringall): 0 served, 3 gave up
    "#]],
    );
}

#[test]
fn the_priority_of_a_caller_is_not_told_by_events() {
    check_changes(
        "queue-priority",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": offline
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        two-wait:
          + 1. +493005, priority ?
          + 2. +493006, priority ?
        important-first:
          - 1. +493005, priority ?
          - 2. +493006, priority ?
          + 1. +493009, priority ?
          + 2. +493005, priority ?
          + 3. +493006, priority ?
        two-important:
          - 2. +493005, priority ?
          - 3. +493006, priority ?
          + 2. +4930013, priority ?
          + 3. +493005, priority ?
          + 4. +493006, priority ?
        one-gave-up:
          - queue vip (ringall): 0 served, 0 gave up
          - 2. +4930013, priority ?
          - 3. +493005, priority ?
          - 4. +493006, priority ?
          + queue vip (ringall): 0 served, 1 gave up
          + 2. +493005, priority ?
          + 3. +493006, priority ?
        ended:
          - queue vip (ringall): 0 served, 1 gave up
          - 1. +493009, priority ?
          - 2. +493005, priority ?
          - 3. +493006, priority ?
          + queue vip (ringall): 0 served, 4 gave up
    "#]],
    );
}

#[test]
fn members_without_news_of_their_own_do_what_their_phones_do() {
    check_changes(
        "rights-no-agent",
        queues,
        expect![[r#"
        synced:
          + queue closed (linear): 0 served, 0 gave up
          + queue sales (ringall): 0 served, 0 gave up, 0 % within 20 s
          + Local/104@internal/n "Dora Novák": offline
          + PJSIP/103 "Cara Müller": offline
          + queue support (rrmemory): 0 served, 0 gave up
          + PJSIP/105 "Emil Kowalski": offline
          + PJSIP/106 "Fatma Yılmaz": offline
          + queue vip (ringall): 0 served, 0 gave up
        waiting:
          - PJSIP/103 "Cara Müller": offline
          + PJSIP/103 "Cara Müller": ringing, has a call
        served:
          - PJSIP/103 "Cara Müller": ringing, has a call
          + PJSIP/103 "Cara Müller": in use, has a call
        ended:
          - PJSIP/103 "Cara Müller": in use, has a call
          + PJSIP/103 "Cara Müller": offline
    "#]],
    );
}

#[test]
fn a_phone_is_switched_on() {
    check_changes(
        "device-registers",
        phones,
        expect![[r#"
        synced:
          + 100 offline, not registered
          + 101 offline, not registered
          + 102 offline, not registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 290 offline, not registered
          + 291 idle
          + 292 offline
        registered:
          - 100 offline, not registered
          - 101 offline, not registered
          + 100 idle, registered
          + 101 idle, registered
    "#]],
    );
}

#[test]
fn a_phone_is_switched_off() {
    check_changes(
        "device-unregisters",
        phones,
        expect![[r#"
        synced:
          + 100 idle, registered
          + 101 idle, registered
          + 102 offline, not registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 290 offline, not registered
          + 291 idle
          + 292 offline
        unregistered:
          - 100 idle, registered
          - 101 idle, registered
          + 100 offline, not registered
          + 101 offline, not registered
    "#]],
    );
}

#[test]
fn a_phone_that_does_not_answer_is_not_there() {
    check_changes(
        "device-qualified",
        phones,
        expect![[r#"
        synced:
          + 100 idle, registered
          + 101 idle, registered
          + 102 offline, not registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 290 offline, not registered
          + 291 idle
          + 292 offline
        unreachable:
          - 100 idle, registered
          - 101 idle, registered
          + 100 offline, not registered
          + 101 offline, not registered
    "#]],
    );
}

#[test]
fn a_phone_that_lost_its_plug_stays_registered() {
    check_changes(
        "device-killed",
        phones,
        expect![[r#"
        synced:
          + 100 idle, registered
          + 101 idle, registered
          + 102 idle, registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 290 offline, not registered
          + 291 idle
          + 292 offline
        dialled:
          - 101 idle, registered
          + 101 in use, registered
        ended:
          - 101 in use, registered
          + 101 idle, registered
    "#]],
    );
}

#[test]
fn do_not_disturb_comes_and_goes() {
    check_changes(
        "device-do-not-disturb",
        phones,
        expect![[r#"
        synced:
          + 100 offline, not registered
          + 101 offline, not registered
          + 102 offline, not registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 idle, registered
          + 290 idle, registered
          + 291 idle
          + 292 offline
        do-not-disturb:
          - 290 idle, registered
          + 290 busy, registered, do not disturb
        disturb:
          - 290 busy, registered, do not disturb
          + 290 idle, registered
    "#]],
    );
}

#[test]
fn hints_come_and_change_by_a_reload() {
    check_changes(
        "reload-dialplan",
        phones,
        expect![[r#"
        synced:
          + 100 offline, not registered
          + 101 offline, not registered
          + 102 offline, not registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 290 offline, not registered
          + 291 idle
          + 292 offline
        reloaded:
          - 290 offline, not registered
          + 290 idle, not registered
          + 293 idle
    "#]],
    );
}

#[test]
fn after_a_crash_all_phones_are_as_the_new_lists_say() {
    check_changes(
        "kill-9",
        phones,
        expect![[r#"
        synced:
          + 100 idle, registered
          + 101 idle, registered
          + 102 idle, registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 108 offline, not registered
          + 109 offline, not registered
          + 110 offline, not registered
          + 111 offline, not registered
          + 112 offline, not registered
          + 113 offline, not registered
          + 114 offline, not registered
          + 115 offline, not registered
          + 116 offline, not registered
          + 117 offline, not registered
          + 118 offline, not registered
          + 119 offline, not registered
          + 120 offline, not registered
        answered:
          - 100 idle, registered
          - 101 idle, registered
          - 102 idle, registered
          + 100 in use, registered
          + 101 in use, registered
          + 102 in use, registered
        connected:
          - 100 in use, registered
          - 101 in use, registered
          - 102 in use, registered
          - 103 offline, not registered
          - 104 offline, not registered
          - 105 offline, not registered
          - 106 offline, not registered
          - 107 offline, not registered
          - 108 offline, not registered
          - 109 offline, not registered
          - 110 offline, not registered
          - 111 offline, not registered
          - 112 offline, not registered
          - 113 offline, not registered
          - 114 offline, not registered
          - 115 offline, not registered
          - 116 offline, not registered
          - 117 offline, not registered
          - 118 offline, not registered
          - 119 offline, not registered
          - 120 offline, not registered
        synced:
          + 100 idle, registered
          + 101 idle, registered
          + 102 idle, registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 108 offline, not registered
          + 109 offline, not registered
          + 110 offline, not registered
          + 111 offline, not registered
          + 112 offline, not registered
          + 113 offline, not registered
          + 114 offline, not registered
          + 115 offline, not registered
          + 116 offline, not registered
          + 117 offline, not registered
          + 118 offline, not registered
          + 119 offline, not registered
          + 120 offline, not registered
    "#]],
    );
}

#[test]
fn phones_appear_while_a_pbx_starts() {
    check_changes(
        "login-while-booting",
        phones,
        expect![[r#"
        synced:
          + 100 offline, not registered
          + 101 offline, not registered
          + 102 offline, not registered
          + 103 offline, not registered
          + 104 offline, not registered
          + 105 offline, not registered
          + 106 offline, not registered
          + 107 offline, not registered
          + 108 offline, not registered
          + 109 offline, not registered
          + 110 offline, not registered
          + 111 offline, not registered
          + 112 offline, not registered
          + 113 offline, not registered
          + 114 offline, not registered
          + 115 offline, not registered
          + 116 offline, not registered
          + 117 offline, not registered
          + 118 offline, not registered
          + 119 offline, not registered
          + 120 offline, not registered
    "#]],
    );
}

#[test]
fn we_register_with_a_provider_who_refuses_first() {
    check_changes(
        "trunk-registration",
        trunks,
        expect![[r#"
        synced:
          + PJSIP/trunk up
        refused:
          + PJSIP/110@127.0.0.1 rejected
        registered:
          - PJSIP/110@127.0.0.1 rejected
          + PJSIP/110@127.0.0.1 up
    "#]],
    );
}

#[test]
fn two_calls_come_by_one_line() {
    check_changes(
        "trunk-in-two",
        trunks,
        expect![[r#"
        synced:
          + PJSIP/trunk up
        ringing:
          - PJSIP/trunk up
          + PJSIP/trunk up, calls: 2
        ended:
          - PJSIP/trunk up, calls: 2
          + PJSIP/trunk up
    "#]],
    );
}
