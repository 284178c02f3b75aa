//! What no recording shows, in a few lines of AMI: odd orders, parts of lists, news of the dead.

use ami::action::List;
use ami::{Event, Frame};
use board::view::{CallPhase, CallView, ExtensionView, LegState, QueueView};
use board::{Board, Thing};

use crate::replay::{START, empty_board};

fn frame(text: &str) -> Frame {
    Frame::parse(text.as_bytes()).expect("a frame")
}

fn tell(board: &mut Board, text: &str) {
    board.apply(&Event::read(&frame(text)), START);
}

fn item(board: &mut Board, text: &str) {
    board.apply_item(&Event::read(&frame(text)), START);
}

/// The block of `PJSIP/<number>-<id>`, up.
fn block(prefix: &str, number: &str, id: &str) -> String {
    format!(
        "{prefix}Channel: PJSIP/{number}-{id}\n{prefix}ChannelState: 6\n{prefix}CallerIDNum: {number}\n\
         {prefix}Context: internal\n{prefix}Exten: {number}\n{prefix}Uniqueid: 1.{id}\n{prefix}Linkedid: 1.{id}\n"
    )
}

fn event(name: &str, number: &str, id: &str, rest: &str) -> String {
    format!("Event: {name}\n{}{rest}", block("", number, id))
}

const BRIDGE: &str = "BridgeUniqueid: b\nBridgeType: basic\n";
const LOT: &str = "BridgeUniqueid: lot\nBridgeType: parking\n";

/// 101 and 102 talk.
fn talking() -> Board {
    let mut board = empty_board();
    for (number, id) in [("101", "1"), ("102", "2")] {
        tell(&mut board, &event("Newchannel", number, id, ""));
        tell(&mut board, &event("BridgeEnter", number, id, BRIDGE));
    }
    board
}

fn calls(board: &Board) -> Vec<CallView> {
    let things = board.picture().into_values();
    let call = |thing| match thing {
        Thing::Call(call) => Some(call),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    };
    things.filter_map(call).collect()
}

fn phases(board: &Board) -> Vec<CallPhase> {
    calls(board).iter().map(|call| call.phase).collect()
}

fn parking(name: &str) -> String {
    format!(
        "Event: {name}\n{}Parkinglot: default\nParkingSpace: 701\n",
        block("Parkee", "101", "1")
    )
}

#[test]
fn parking_news_and_bridge_news_may_come_in_either_order() {
    let leave = event("BridgeLeave", "101", "1", BRIDGE);
    let enter = event("BridgeEnter", "101", "1", LOT);
    let gone = event("Hangup", "102", "2", "");
    let parked = parking("ParkedCall");
    for order in [
        [&parked, &leave, &enter],
        [&leave, &parked, &enter],
        [&leave, &enter, &parked],
    ] {
        let mut board = talking();
        tell(&mut board, &gone);
        order.iter().for_each(|news| tell(&mut board, news));
        assert_eq!(phases(&board), [CallPhase::Parked]);
    }
}

#[test]
fn whoever_is_fetched_talks_even_before_the_lot_says_so() {
    let mut board = empty_board();
    tell(&mut board, &event("Newchannel", "101", "1", ""));
    tell(&mut board, &parking("ParkedCall"));
    tell(&mut board, &event("BridgeEnter", "101", "1", LOT));
    tell(&mut board, &event("Newchannel", "103", "3", ""));
    tell(&mut board, &event("BridgeLeave", "101", "1", LOT));
    tell(&mut board, &event("BridgeEnter", "101", "1", BRIDGE));
    tell(&mut board, &event("BridgeEnter", "103", "3", BRIDGE));
    assert_eq!(phases(&board), [CallPhase::Talking]);
    tell(&mut board, &parking("UnParkedCall"));
    assert_eq!(phases(&board), [CallPhase::Talking]);
}

#[test]
fn a_hold_ends_with_the_bridge() {
    let mut board = talking();
    tell(&mut board, &event("Hold", "101", "1", ""));
    assert_eq!(phases(&board), [CallPhase::Held]);
    tell(&mut board, &event("BridgeLeave", "101", "1", BRIDGE));
    tell(&mut board, &event("BridgeEnter", "101", "1", BRIDGE));
    assert_eq!(phases(&board), [CallPhase::Talking]);
}

#[test]
fn a_call_is_never_torn_between_answer_and_bridge() {
    let mut board = empty_board();
    let dial = |name: &str, status: &str| {
        let (caller, dest) = (block("", "101", "1"), block("Dest", "102", "2"));
        format!("Event: {name}\n{caller}{dest}DialStatus: {status}\n")
    };
    tell(&mut board, &event("Newchannel", "101", "1", ""));
    tell(
        &mut board,
        &event("Newchannel", "102", "2", "").replace("State: 6", "State: 5"),
    );
    tell(&mut board, &dial("DialBegin", ""));
    for news in [
        dial("DialEnd", "ANSWER"),
        event("BridgeEnter", "102", "2", BRIDGE),
        event("BridgeEnter", "101", "1", BRIDGE),
    ] {
        tell(&mut board, &news);
        assert_eq!(calls(&board).len(), 1, "{news}");
    }
    assert_eq!(phases(&board), [CallPhase::Talking]);
}

#[test]
fn a_leg_that_rejects_stays_in_its_call_until_it_is_gone() {
    let mut board = empty_board();
    tell(&mut board, &event("Newchannel", "101", "1", ""));
    tell(
        &mut board,
        &event("Newchannel", "102", "2", "").replace("State: 6", "State: 5"),
    );
    let (caller, dest) = (block("", "101", "1"), block("Dest", "102", "2"));
    tell(&mut board, &format!("Event: DialBegin\n{caller}{dest}"));
    tell(
        &mut board,
        &format!("Event: DialEnd\n{caller}{dest}DialStatus: BUSY\n")
            .replace("DestChannelState: 6", "DestChannelState: 5"),
    );
    let call = calls(&board).pop().expect("a call");
    assert_eq!(call.legs[1].state, LegState::Ending);
    assert_eq!(board.rings("1.1").count(), 0, "nobody is rung any more");
    tell(&mut board, &event("Hangup", "102", "2", ""));
    assert_eq!(calls(&board)[0].legs.len(), 1);
}

#[test]
fn a_call_found_in_a_list_has_been_going_on_since_its_younger_leg_began() {
    let mut board = empty_board();
    board.list_asked(List::Channels);
    for (number, id, age) in [("101", "1", "00:02:05"), ("102", "2", "00:02:00")] {
        let rest = format!("BridgeId: b\nApplication: Dial\nDuration: {age}\n");
        item(&mut board, &event("CoreShowChannel", number, id, &rest));
    }
    board.list_done(List::Channels, START);
    let call = &calls(&board)[0];
    assert_eq!(
        (call.phase, call.since),
        (CallPhase::Talking, START - 120_000)
    );
    tell(&mut board, &event("BridgeEnter", "101", "1", BRIDGE));
    assert_eq!(
        calls(&board)[0].since,
        START - 120_000,
        "a replay moves no timer"
    );
}

#[test]
fn the_dead_are_not_raised_by_late_news_nor_by_a_list() {
    let mut board = talking();
    tell(&mut board, &event("Hangup", "101", "1", ""));
    tell(&mut board, &event("Newstate", "101", "1", ""));
    tell(&mut board, &event("BridgeEnter", "101", "1", BRIDGE));
    item(&mut board, &event("CoreShowChannel", "101", "1", ""));
    assert_eq!(board.channel_count(), 1);
    assert_eq!(board.anomalies().revived, 1);
    assert_eq!(board.anomalies().strangers, 0);
}

/// Parking news travels apart from channel news: Asterisk was seen to tell of the space first (storm of seed 1002, both versions).
#[test]
fn who_takes_a_parked_calls_place_may_be_parked_before_it_is_announced() {
    let mut board = empty_board();
    tell(&mut board, &parking("ParkedCallSwap"));
    tell(&mut board, &event("Newchannel", "101", "1", ""));
    tell(&mut board, &event("BridgeEnter", "101", "1", LOT));
    let phases: Vec<_> = calls(&board).iter().map(|call| call.phase).collect();
    assert_eq!(phases, [CallPhase::Parked]);
    assert_eq!(board.anomalies().total(), 0);
    tell(&mut board, &event("Hangup", "101", "1", ""));
    tell(&mut board, &parking("ParkedCallSwap"));
    assert_eq!((calls(&board).len(), board.is_parked("1.1")), (0, false));
}

#[test]
fn news_of_a_channel_nobody_announced_is_counted_not_believed() {
    let mut board = empty_board();
    tell(&mut board, &event("Newstate", "101", "1", ""));
    assert_eq!((board.channel_count(), board.anomalies().strangers), (0, 1));
}

#[test]
fn what_a_list_lacks_is_gone_and_what_came_meanwhile_stays() {
    let mut board = talking();
    board.list_asked(List::Channels);
    tell(&mut board, &event("Newchannel", "103", "3", ""));
    item(
        &mut board,
        &event("CoreShowChannel", "102", "2", "BridgeId: b\n"),
    );
    board.list_done(List::Channels, START);
    let left: Vec<_> = board.channels().map(|(id, _)| id).collect();
    assert_eq!(left, ["1.2", "1.3"]);
}

#[test]
fn a_status_list_does_what_core_show_channels_does() {
    let mut board = empty_board();
    board.list_asked(List::Status);
    item(
        &mut board,
        &event(
            "Status",
            "101",
            "1",
            "BridgeID: b\nApplication: Dial\nData: PJSIP/102\nSeconds: 7\n",
        ),
    );
    item(
        &mut board,
        &event(
            "Status",
            "102",
            "2",
            "BridgeID: b\nApplication: AppDial\nData: (Outgoing Line)\nSeconds: 5\n",
        ),
    );
    board.list_done(List::Status, START);
    let call = calls(&board).pop().expect("a call");
    assert_eq!(
        (call.phase, call.started),
        (CallPhase::Talking, START - 7000)
    );
}

#[test]
fn hints_and_queues_that_a_reload_took_away_are_gone() {
    let mut board = empty_board();
    for exten in ["101", "102"] {
        item(
            &mut board,
            &format!(
                "Event: ExtensionStatus\nExten: {exten}\nContext: hints\nHint: PJSIP/{exten}\nStatus: 0\n"
            ),
        );
    }
    item(&mut board, "Event: QueueParams\nQueue: sales\n");
    item(
        &mut board,
        "Event: QueueMember\nQueue: sales\nLocation: PJSIP/101\nName: A\nStatus: 1\nPaused: 0\n",
    );
    board.list_asked(List::Extensions);
    board.list_asked(List::Queues);
    item(
        &mut board,
        "Event: ExtensionStatus\nExten: 101\nContext: hints\nHint: PJSIP/101\nStatus: 0\n",
    );
    item(&mut board, "Event: QueueParams\nQueue: sales\n");
    board.list_done(List::Extensions, START);
    board.list_done(List::Queues, START);
    assert_eq!(extensions(&board).len(), 1);
    assert_eq!(queue(&board).members, []);
}

#[test]
fn positions_are_counted_because_nobody_tells_them() {
    let mut board = empty_board();
    for (id, position) in [("1", 1), ("2", 2), ("3", 1)] {
        tell(&mut board, &event("Newchannel", "101", id, ""));
        tell(
            &mut board,
            &event(
                "QueueCallerJoin",
                "610",
                id,
                &format!("Queue: sales\nPosition: {position}\n"),
            ),
        );
    }
    assert_eq!(line(&board), ["1.3", "1.1", "1.2"]);
    tell(
        &mut board,
        &event("QueueCallerLeave", "610", "1", "Queue: sales\n"),
    );
    assert_eq!(line(&board), ["1.3", "1.2"]);
    let positions: Vec<_> = queue(&board)
        .callers
        .iter()
        .map(|caller| caller.position)
        .collect();
    assert_eq!(positions, [1, 2]);
    assert_eq!(queue(&board).number.as_deref(), Some("610"));
}

#[test]
fn a_phone_shows_whose_it_is_and_its_configuration_knows_better() {
    let mut board = empty_board();
    item(
        &mut board,
        "Event: ExtensionStatus\nExten: 101\nContext: hints\nHint: PJSIP/101\nStatus: 0\n",
    );
    tell(
        &mut board,
        &event("Newchannel", "999", "1", "CallerIDName: Somebody\n"),
    );
    tell(
        &mut board,
        &event("Newchannel", "101", "2", "CallerIDName: Anna\n"),
    );
    assert_eq!(extensions(&board)[0].name.as_deref(), Some("Anna"));
    board.learn_person("PJSIP/101", "Anna Rossi");
    tell(
        &mut board,
        &event("NewCallerid", "101", "2", "CallerIDName: A. R.\n"),
    );
    assert_eq!(extensions(&board)[0].name.as_deref(), Some("Anna Rossi"));
}

#[test]
fn numbers_beyond_reason_do_no_harm() {
    let mut board = talking();
    let huge = "Position: 4294967295\nWait: 18446744073709551615\n";
    tell(
        &mut board,
        &event("QueueCallerJoin", "610", "1", &format!("Queue: q\n{huge}")),
    );
    tell(
        &mut board,
        &event("QueueCallerJoin", "610", "2", "Queue: q\nPosition: 1\n"),
    );
    item(
        &mut board,
        &format!("Event: QueueEntry\nQueue: q\nUniqueid: 1.2\n{huge}"),
    );
    tell(
        &mut board,
        &format!(
            "{}ParkingTimeout: 18446744073709551615\nParkingDuration: 18446744073709551615\n",
            parking("ParkedCall")
        ),
    );
    item(
        &mut board,
        &event(
            "CoreShowChannel",
            "105",
            "5",
            "Duration: 99999999999999999999:00:00\n",
        ),
    );
    let _ = board.picture();
}

#[test]
fn a_million_channels_are_counted_and_the_board_stays_bounded() {
    let mut board = empty_board();
    for number in 0..100_050 {
        let text = format!("Event: Newchannel\nChannel: SIP/x-{number}\nUniqueid: 1.{number}\n");
        tell(&mut board, &text);
    }
    assert_eq!(board.channel_count(), 100_000);
    assert_eq!(board.anomalies().turned_away, 50);
}

fn extensions(board: &Board) -> Vec<ExtensionView> {
    let things = board.picture().into_values();
    let extension = |thing| match thing {
        Thing::Extension(extension) => Some(extension),
        Thing::Call(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    };
    things.filter_map(extension).collect()
}

fn queue(board: &Board) -> QueueView {
    let queue = |thing| match thing {
        Thing::Queue(queue) => Some(queue),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    };
    board
        .picture()
        .into_values()
        .find_map(queue)
        .expect("a queue")
}

fn line(board: &Board) -> Vec<String> {
    queue(board)
        .callers
        .into_iter()
        .map(|caller| caller.leg.key)
        .collect()
}
