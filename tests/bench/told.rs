//! What a PBX tells of an office's calls as they move and end: the events in the order of the recordings (`blind-transfer`, `call-answered`).

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::cast;
use crate::office::{block, bridge_block, device_state, hint, inside_block, outside_block};

fn event(name: &str, lines: &str) -> String {
    format!("Event: {name}\r\nPrivilege: call,all\r\n{lines}\r\n")
}

/// The leg of this Uniqueid has been sent to a phone, and that phone rings. `made`: how many such phones rang before.
pub(crate) fn transferred(leg: &str, exten: &str, made: usize) -> Vec<String> {
    let serial: usize = leg
        .rsplit('.')
        .next()
        .and_then(|serial| serial.parse().ok())
        .unwrap_or(1);
    let call = (serial - 1) / 2;
    let moved = outside_block(call, exten);
    let channel = format!("PJSIP/{exten}-{:08x}", 0x100_0000 + made);
    let uniqueid = format!("1795100999.{}", 1_000_000 + made);
    let rung =
        |prefix: &str, state| block(prefix, &channel, state, [exten, "<unknown>"], "", &uniqueid);
    let dial =
        |state, status: &str| format!("{moved}{}DialStatus: {status}\r\n", rung("Dest", state));
    vec![
        event("BridgeLeave", &format!("{}{moved}", bridge_block(call))),
        event("Newchannel", &rung("", (0, "Down"))),
        event("DialBegin", &dial((0, "Down"), "")),
        event("Newstate", &rung("", (5, "Ringing"))),
        event("DialState", &dial((5, "Ringing"), "RINGING")),
    ]
}

/// The phone of the call hangs up. The trunk's device changes with every second call: its news of several at once are one.
pub(crate) fn hung_up(call: usize) -> Vec<String> {
    let (inside, outside) = (
        inside_block(call),
        outside_block(call, &cast::number(call).to_string()),
    );
    let bridge = bridge_block(call);
    let leaves = |leg: &str| event("BridgeLeave", &format!("{bridge}{leg}"));
    let asked = |name: &str, leg: &str| event(name, &format!("{leg}Cause: 16\r\n"));
    let gone = |leg: &str| {
        let cause = "Cause: 16\r\nCause-txt: Normal Clearing\r\n";
        event("Hangup", &format!("{leg}{cause}"))
    };
    let mut told = vec![
        asked("HangupRequest", &inside),
        leaves(&inside),
        leaves(&outside),
        format!("{}\r\n", hint(call, false)),
        event("BridgeDestroy", &bridge),
        asked("SoftHangupRequest", &outside),
        gone(&inside),
        gone(&outside),
        format!(
            "{}\r\n",
            device_state(&cast::number(call).to_string(), false)
        ),
    ];
    if call.is_multiple_of(2) {
        told.push(format!("{}\r\n", device_state("trunk", false)));
    }
    told
}

/// So many calls hung up at once: each in its own order, all of them through each other.
pub(crate) fn all_hung_up(calls: usize) -> Vec<String> {
    let mut chance = StdRng::seed_from_u64(1);
    let mut left: Vec<_> = (0..calls).map(|call| hung_up(call).into_iter()).collect();
    let mut all = Vec::new();
    while !left.is_empty() {
        let which = chance.random_range(0..left.len());
        match left[which].next() {
            Some(event) => all.push(event),
            None => drop(left.swap_remove(which)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::{Office, board};

    #[test]
    fn two_thousand_channels_hung_up_at_once_are_the_events_asterisk_sends_and_leave_nothing() {
        let office = Office {
            calls: 1_000,
            extensions: 1_000,
            groups: 0,
        };
        let mut board = board(office).expect("a board");
        assert_eq!((board.channel_count(), board.call_count()), (2_000, 1_000));
        let events = all_hung_up(office.calls);
        assert_eq!(events.len(), 9_500);
        for event in &events {
            let frame = ami::Frame::parse(event.as_bytes()).expect("a frame");
            board.apply(&ami::Event::read(&frame), 1_000);
        }
        assert_eq!(board.kept(), 0);
        assert_eq!(board.anomalies().total(), 0);
    }

    #[test]
    fn a_transferred_call_is_one_call_that_rings_elsewhere() {
        let office = Office {
            calls: 2,
            extensions: 4,
            groups: 0,
        };
        let mut board = board(office).expect("a board");
        for event in transferred(&crate::office::caller(0), "4003", 1) {
            let frame = ami::Frame::parse(event.as_bytes()).expect("a frame");
            board.apply(&ami::Event::read(&frame), 1_000);
        }
        assert!(board.is_ringing("1795100999.1000001"));
        assert_eq!(board.anomalies().total(), 0);
    }
}
