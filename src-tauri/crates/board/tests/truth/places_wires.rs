//! Parking over Local channels: who waits, and whom they come back to, are people, not wires.

use ami::{Event, Frame};
use board::view::ParkedView;
use board::{Board, Ref, Thing};

use crate::replay::{START, VERSIONS, board_at, empty_board};

fn tell(board: &mut Board, text: &str) {
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    board.apply(&Event::read(&frame), START);
}

fn begin(board: &mut Board, name: &str, uniqueid: &str) {
    tell(
        board,
        &format!(
            "Event: Newchannel\nChannel: {name}\nChannelState: 6\nUniqueid: {uniqueid}\nLinkedid: 1.1\n"
        ),
    );
}

fn enter(board: &mut Board, bridge: &str, name: &str, uniqueid: &str) {
    tell(
        board,
        &format!(
            "Event: BridgeEnter\nBridgeUniqueid: {bridge}\nBridgeType: basic\nChannel: {name}\nChannelState: 6\nUniqueid: {uniqueid}\nLinkedid: 1.1\n"
        ),
    );
}

/// 104 has a hint in `hints`, and a caller from a trunk is parked by this device.
fn parked_by(parker: &str) -> Board {
    let mut board = empty_board();
    tell(
        &mut board,
        "Event: ExtensionStatus\nExten: 104\nContext: hints\nHint: PJSIP/104\nStatus: 0\n",
    );
    begin(&mut board, "PJSIP/trunk-00000001", "1.1");
    park(&mut board, "PJSIP/trunk-00000001", "1.1", parker);
    board
}

fn park(board: &mut Board, name: &str, uniqueid: &str, parker: &str) {
    tell(
        board,
        &format!(
            "Event: ParkedCall\nParkeeChannel: {name}\nParkeeUniqueid: {uniqueid}\nParkinglot: default\nParkingSpace: 701\nParkingTimeout: 45\nParkerDialString: {parker}\n"
        ),
    );
}

/// The only one who is parked.
fn parked(board: &Board) -> ParkedView {
    let mut parked = board
        .picture()
        .into_values()
        .filter_map(|thing| match thing {
            Thing::Parked(parked) => Some(parked),
            Thing::Call(_)
            | Thing::Extension(_)
            | Thing::Queue(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        });
    let only = parked.next().expect("somebody parked");
    assert_eq!(parked.next(), None);
    only
}

/// The extension one comes back to, and the device or number.
fn back_to(board: &Board) -> (Option<Ref>, Option<String>) {
    let parked = parked(board);
    (parked.parker, parked.parker_device)
}

#[test]
fn who_is_parked_through_a_local_channel_comes_back_to_the_extension_it_dials() {
    for parker in [
        "Local/104@internal",
        "Local/104@internal/n",
        "Local/104@hints",
        "Local/104@internal-00000007;1",
        "Local/104@internal-00000007;2",
    ] {
        let board = parked_by(parker);
        let anna = Ref::extension(board.pbx(), "104", "hints");
        assert_eq!(
            back_to(&board),
            (Some(anna), Some("104".to_owned())),
            "{parker}"
        );
    }
}

#[test]
fn a_number_that_is_nobody_s_extension_is_told_as_the_number() {
    let board = parked_by("Local/0301234567@outbound");
    assert_eq!(back_to(&board), (None, Some("0301234567".to_owned())));
    let board = parked_by("Local/10@internal");
    assert_eq!(back_to(&board), (None, Some("10".to_owned())));
}

#[test]
fn a_phone_that_parked_is_still_told_by_its_device() {
    let board = parked_by("PJSIP/104");
    let anna = Ref::extension(board.pbx(), "104", "hints");
    assert_eq!(back_to(&board), (Some(anna), Some("PJSIP/104".to_owned())));
    let board = parked_by("PJSIP/trunk");
    assert_eq!(back_to(&board), (None, Some("PJSIP/trunk".to_owned())));
}

#[test]
fn a_wire_told_by_its_whole_name_is_whoever_talks_through_it() {
    let mut board = parked_by("Local/s@macro-dial-00000007;1");
    let halves = [
        "Local/s@macro-dial-00000007;1",
        "Local/s@macro-dial-00000007;2",
    ];
    for (half, id) in halves.into_iter().zip(["1.2", "1.3"]) {
        begin(&mut board, half, id);
    }
    assert_eq!(back_to(&board).1.as_deref(), Some("s"));
    begin(&mut board, "PJSIP/104-00000009", "1.4");
    enter(&mut board, "far", "Local/s@macro-dial-00000007;2", "1.3");
    enter(&mut board, "far", "PJSIP/104-00000009", "1.4");
    let anna = Ref::extension(board.pbx(), "104", "hints");
    assert_eq!(back_to(&board), (Some(anna), Some("PJSIP/104".to_owned())));
}

/// A consultation with the parking lot parks a Local half (`park-by-consultation`).
#[test]
fn the_leg_of_who_is_parked_over_a_wire_is_a_leg_of_a_call_on_show() {
    for version in VERSIONS {
        let board = board_at(version, "park-by-consultation", "parked");
        let leg = parked(&board).leg;
        let channel = board.channel_name(&leg.key).expect("its channel");
        assert!(channel.starts_with("PJSIP/101-"), "{version} {channel}");
        let is_on_show = board.picture().values().any(|thing| match thing {
            Thing::Call(call) => call.legs.iter().any(|one| one.id == leg),
            Thing::Extension(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => false,
        });
        assert!(is_on_show, "{version}");
    }
}
