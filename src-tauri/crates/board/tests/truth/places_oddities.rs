//! What no recording shows of places, in a few lines of AMI: old servers, and races.

use ami::{Event, Frame};
use board::view::{CallView, End, ExtensionState, LegState, LegView};
use board::{Board, Thing};

use crate::replay::{START, empty_board};

fn tell(board: &mut Board, text: &str) {
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    board.apply(&Event::read(&frame), START);
}

fn item(board: &mut Board, text: &str) {
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    board.apply_item(&Event::read(&frame), START);
}

/// The block of `PJSIP/<number>-<id>`; a channel that was made for another is linked to it.
fn block(prefix: &str, number: &str, id: &str, link: &str, state: u8) -> String {
    format!(
        "{prefix}Channel: PJSIP/{number}-{id}\n{prefix}ChannelState: {state}\n{prefix}CallerIDNum: {number}\n\
         {prefix}Context: internal\n{prefix}Exten: 680\n{prefix}Uniqueid: 1.{id}\n{prefix}Linkedid: 1.{link}\n"
    )
}

fn event(name: &str, block: &str, rest: &str) -> String {
    format!("Event: {name}\n{block}{rest}")
}

const BRIDGE: &str = "BridgeUniqueid: b\nBridgeType: basic\nBridgeTechnology: simple_bridge\n";

/// 101 and 102 talk, and 103 is up and alone.
fn talking() -> (Board, [String; 3]) {
    let mut board = empty_board();
    let blocks =
        [("101", "1"), ("102", "2"), ("103", "3")].map(|(number, id)| block("", number, id, id, 6));
    for block in &blocks {
        tell(&mut board, &event("Newchannel", block, ""));
    }
    for block in &blocks[..2] {
        tell(&mut board, &event("BridgeEnter", block, BRIDGE));
    }
    (board, blocks)
}

fn legs(board: &Board) -> Vec<LegView> {
    let things = board.picture().into_values();
    let call = |thing| match thing {
        Thing::Call(CallView { legs, .. }) => Some(legs),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    };
    things.filter_map(call).flatten().collect()
}

fn leg(board: &Board, number: &str) -> LegView {
    let mut legs = legs(board).into_iter();
    legs.find(|leg| leg.number.as_deref() == Some(number))
        .expect("a leg")
}

fn ends(board: &Board) -> Vec<End> {
    let things = board.picture().into_values();
    let end = |thing| match thing {
        Thing::Ended(ended) => Some(ended.end),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_) => None,
    };
    things.filter_map(end).collect()
}

fn locked(board: &Board) -> Option<bool> {
    let things = board.picture().into_values();
    let room = |thing| match thing {
        Thing::Conference(room) => Some(room.locked),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    };
    things.filter_map(room).next().expect("a room")
}

#[test]
fn a_spy_who_stops_without_a_name_has_stopped_listening_there() {
    let (mut board, _) = talking();
    let spyer = block("Spyer", "103", "3", "3", 6);
    let spyee = block("Spyee", "101", "1", "1", 6);
    tell(&mut board, &format!("Event: ChanSpyStart\n{spyer}{spyee}"));
    assert!(leg(&board, "103").listens_to.is_some());
    assert_eq!(leg(&board, "101").listeners.len(), 1);
    tell(&mut board, &format!("Event: ChanSpyStop\n{spyee}"));
    assert_eq!(leg(&board, "103").listens_to, None);
    assert!(leg(&board, "101").listeners.is_empty());
}

#[test]
fn one_of_two_recordings_that_stops_leaves_the_other() {
    let (mut board, blocks) = talking();
    for _ in 0..2 {
        tell(&mut board, &event("MixMonitorStart", &blocks[0], ""));
    }
    tell(&mut board, &event("MixMonitorStop", &blocks[0], ""));
    assert!(leg(&board, "101").recorded.is_some());
    tell(&mut board, &event("MixMonitorStop", &blocks[0], ""));
    assert_eq!(leg(&board, "101").recorded, None);
}

#[test]
fn a_guest_who_comes_in_proves_that_the_room_is_open_and_an_administrator_does_not() {
    let (mut board, blocks) = talking();
    item(
        &mut board,
        "Event: ConfbridgeListRooms\nConference: 680\nParties: 1\nLocked: Yes\n",
    );
    let join = |block: &str, admin: &str| {
        event(
            "ConfbridgeJoin",
            block,
            &format!("Conference: 680\nAdmin: {admin}\nMuted: No\n"),
        )
    };
    tell(&mut board, &join(&blocks[0], "Yes"));
    assert_eq!(locked(&board), Some(true));
    item(&mut board, &join(&blocks[1], "No"));
    assert_eq!(locked(&board), Some(true), "a list tells who came before");
    tell(&mut board, &join(&blocks[2], "No"));
    assert_eq!(locked(&board), Some(false));
}

/// Once in a live run a seat was told to hear music, and never that it ended: the room's own list puts it right.
#[test]
fn who_sits_in_a_room_and_waits_for_nobody_hears_the_others_whatever_was_said_of_music() {
    let (mut board, blocks) = talking();
    let seat = |name: &str, block: &str, more: &str| {
        event(
            name,
            block,
            &format!("Conference: 680\nAdmin: No\nMuted: No\n{more}"),
        )
    };
    for block in &blocks[..2] {
        tell(&mut board, &seat("ConfbridgeJoin", block, ""));
    }
    tell(&mut board, &event("MusicOnHoldStart", &blocks[0], ""));
    assert!(leg(&board, "101").hears.is_empty());
    item(
        &mut board,
        &seat("ConfbridgeList", &blocks[0], "Waiting: No\n"),
    );
    assert_eq!(leg(&board, "101").hears.len(), 1);
    tell(&mut board, &event("MusicOnHoldStart", &blocks[0], ""));
    assert!(leg(&board, "101").hears.is_empty(), "music is newer");
    item(
        &mut board,
        &seat("ConfbridgeList", &blocks[0], "Waiting: Yes\n"),
    );
    tell(&mut board, &event("MusicOnHoldStop", &blocks[0], ""));
    assert_eq!(leg(&board, "101").hears.len(), 1);
}

#[test]
fn a_phone_that_stops_ringing_because_another_answered_says_so() {
    let mut board = empty_board();
    let caller = block("", "101", "1", "1", 4);
    tell(&mut board, &event("Newchannel", &caller, ""));
    for (number, id) in [("102", "2"), ("103", "3")] {
        let rung = block("", number, id, "1", 5);
        let dest = block("Dest", number, id, "1", 5);
        tell(&mut board, &event("Newchannel", &rung, ""));
        tell(&mut board, &format!("Event: DialBegin\n{caller}{dest}"));
    }
    let end = |number: &str, id: &str, status: &str| {
        let dest = block("Dest", number, id, "1", 5);
        format!("Event: DialEnd\n{caller}{dest}DialStatus: {status}\n")
    };
    tell(&mut board, &end("102", "2", "ANSWER"));
    tell(&mut board, &end("103", "3", "CANCEL"));
    let loser = leg(&board, "103");
    assert_eq!(
        (loser.state, loser.end),
        (LegState::Ending, Some(End::AnsweredElsewhere))
    );
}

#[test]
fn only_a_caller_whose_own_phone_hung_up_gave_up() {
    for (request, end) in [
        ("HangupRequest", End::GaveUp),
        ("SoftHangupRequest", End::HungUp),
    ] {
        let mut board = empty_board();
        let caller = block("", "101", "1", "1", 4);
        tell(&mut board, &event("Newchannel", &caller, ""));
        tell(&mut board, &event(request, &caller, "Cause: 16\n"));
        tell(&mut board, &event("Hangup", &caller, "Cause: 16\n"));
        assert_eq!(ends(&board), [end], "{request}");
    }
}

#[test]
fn a_phone_with_a_call_is_not_free_whatever_an_old_hint_says() {
    let (mut board, blocks) = talking();
    let state = |board: &Board| {
        let things = board.picture().into_values();
        let hint = |thing| match thing {
            Thing::Extension(extension) => Some(extension.state),
            Thing::Call(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        };
        things.filter_map(hint).next().expect("an extension")
    };
    for status in ["0", "4", "-1"] {
        item(
            &mut board,
            &format!(
                "Event: ExtensionStatus\nExten: 101\nContext: hints\nHint: PJSIP/101\nStatus: {status}\n"
            ),
        );
        assert_eq!(state(&board), ExtensionState::InUse, "{status}");
    }
    tell(&mut board, &event("Hangup", &blocks[0], "Cause: 16\n"));
    assert_eq!(state(&board), ExtensionState::Unknown);
}

/// Names as these drivers are documented to make them; nobody here can run the hardware.
#[test]
fn phones_of_every_driver_are_known_by_the_name_without_its_counter() {
    let names = [
        ("SIP/121-0000002a", "SIP/121"),
        ("SCCP/1001-00000003", "SCCP/1001"),
        ("DAHDI/i1/5551234-1f", "DAHDI/i1/5551234"),
        ("DAHDI/1-1", "DAHDI/1"),
        ("IAX2/branch-office-8", "IAX2/branch-office"),
    ];
    for (channel, device) in names {
        let mut board = empty_board();
        let hint = format!("Exten: 290\nContext: hints\nHint: {device}\nStatus: 1\n");
        item(&mut board, &format!("Event: ExtensionStatus\n{hint}"));
        let block = format!("Channel: {channel}\nChannelState: 6\nUniqueid: 1.1\nLinkedid: 1.1\n");
        tell(&mut board, &event("Newchannel", &block, ""));
        let legs = legs(&board);
        let [leg] = &legs[..] else {
            panic!("{channel}: one leg, not {legs:?}");
        };
        assert_eq!(leg.number.as_deref(), Some("290"), "{channel}");
        assert_eq!(leg.trunk, None, "{channel}");
    }
}
