//! What no recording shows of Local pairs and recalls, in a few lines of AMI: a pair that dies while it takes itself out, a call back that
//! is none.

use ami::{Event, Frame};
use board::Board;
use expect_test::{Expect, expect};

use crate::draw::draw;
use crate::replay::{START, empty_board};

/// The block of a channel that is up.
fn block(prefix: &str, name: &str, number: &str) -> String {
    let id = name.replace(|c: char| !c.is_ascii_alphanumeric(), "");
    format!(
        "{prefix}Channel: {name}\n{prefix}ChannelState: 6\n{prefix}CallerIDNum: {number}\n{prefix}Uniqueid: {id}\n\
         {prefix}Linkedid: {id}\n"
    )
}

fn tell(board: &mut Board, text: &str) {
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    board.apply(&Event::read(&frame), START);
}

fn event(board: &mut Board, name: &str, channel: &str, number: &str, rest: &str) {
    tell(
        board,
        &format!("Event: {name}\n{}{rest}", block("", channel, number)),
    );
}

fn shows(board: &Board, expected: Expect) {
    expected.assert_eq(&format!("shown:\n{}", draw(&board.picture())));
}

const ANNA: &str = "PJSIP/101-1";
const MARCO: &str = "PJSIP/102-2";
const ONE: &str = "Local/102@internal-3;1";
const TWO: &str = "Local/102@internal-3;2";
const NEAR: &str = "BridgeUniqueid: near\nBridgeType: basic\n";
const FAR: &str = "BridgeUniqueid: far\nBridgeType: basic\n";

/// Anna and Marco talk through a pair that has just begun to take itself out, and Marco has left his bridge.
fn half_way() -> Board {
    let mut board = empty_board();
    let places = [
        (ANNA, "101", NEAR),
        (ONE, "102", NEAR),
        (TWO, "101", FAR),
        (MARCO, "102", FAR),
    ];
    for (channel, number, bridge) in places {
        event(&mut board, "Newchannel", channel, number, "");
        event(&mut board, "BridgeEnter", channel, number, bridge);
    }
    let blocks = [
        block("LocalOne", ONE, "102"),
        block("LocalTwo", TWO, "101"),
        block("Source", MARCO, "102"),
    ];
    tell(
        &mut board,
        &format!("Event: LocalOptimizationBegin\n{}", blocks.concat()),
    );
    event(&mut board, "BridgeLeave", MARCO, "102", FAR);
    board
}

#[test]
fn half_way_out_the_two_still_talk() {
    shows(
        &half_way(),
        expect![[r#"
        shown:
          talking (inbound, dialled ?)
            > 101 by PJSIP/101: talking, hears 102
              102 by PJSIP/102: talking, hears 101
    "#]],
    );
}

#[test]
fn a_pair_that_dies_half_way_leaves_each_where_the_pbx_said() {
    let mut board = half_way();
    event(&mut board, "Hangup", ONE, "102", "");
    event(&mut board, "Hangup", TWO, "101", "");
    shows(
        &board,
        expect![[r#"
        shown:
          application (inbound, dialled ?)
            > 101 by PJSIP/101: alone
          application (inbound, dialled ?)
            > 102 by PJSIP/102: application
    "#]],
    );
    event(&mut board, "Hangup", ANNA, "101", "");
    event(&mut board, "Hangup", MARCO, "102", "");
    tell(&mut board, &format!("Event: BridgeDestroy\n{NEAR}"));
    tell(&mut board, &format!("Event: BridgeDestroy\n{FAR}"));
    assert_eq!(board.kept(), 0, "nothing is left of the pair");
}

#[test]
fn one_who_hangs_up_half_way_is_gone_at_once() {
    let mut board = half_way();
    event(&mut board, "Hangup", MARCO, "102", "");
    shows(
        &board,
        expect![[r#"
        shown:
          application (inbound, dialled ?)
            > 101 by PJSIP/101: alone
    "#]],
    );
}

/// Marco has handed Anna over to somebody and hung up; Anna is alone.
fn handed_over() -> Board {
    let mut board = empty_board();
    for (channel, number) in [(ANNA, "101"), (MARCO, "102")] {
        event(&mut board, "Newchannel", channel, number, "");
        event(&mut board, "BridgeEnter", channel, number, NEAR);
    }
    let blocks = [
        block("OrigTransferer", MARCO, "102"),
        block("SecondTransferer", MARCO, "102"),
        block("Transferee", ANNA, "101"),
    ];
    tell(
        &mut board,
        &format!(
            "Event: AttendedTransfer\nResult: Success\n{}",
            blocks.concat()
        ),
    );
    event(&mut board, "BridgeLeave", MARCO, "102", NEAR);
    event(&mut board, "Hangup", MARCO, "102", "");
    board
}

/// Nobody rings this phone: the PBX does. `display` is the number it shows.
fn rung(board: &mut Board, channel: &str, display: &str) {
    let rest = format!("ConnectedLineNum: {display}\n");
    event(board, "Newchannel", channel, "102", &rest);
    tell(
        board,
        &format!(
            "Event: DialBegin\n{}DestConnectedLineNum: {display}\n",
            block("Dest", channel, "102")
        ),
    );
}

#[test]
fn a_phone_rung_for_somebody_else_is_not_the_call_back() {
    let mut board = handed_over();
    rung(&mut board, "PJSIP/102-5", "103");
    shows(
        &board,
        expect![[r#"
        shown:
          application (inbound, dialled ?)
            > 101 by PJSIP/101: alone
          application (inbound, dialled ?)
              102 by PJSIP/102: application
    "#]],
    );
}

#[test]
fn another_phone_that_shows_the_waiting_number_is_not_the_call_back() {
    let mut board = handed_over();
    rung(&mut board, "PJSIP/104-5", "101");
    shows(
        &board,
        expect![[r#"
        shown:
          application (inbound, dialled ?)
            > 101 by PJSIP/101: alone
          application (inbound, dialled ?)
              102 by PJSIP/104: application
    "#]],
    );
}

#[test]
fn once_somebody_has_come_nobody_is_called_back() {
    let mut board = handed_over();
    event(&mut board, "Newchannel", "PJSIP/103-4", "103", "");
    event(&mut board, "BridgeEnter", "PJSIP/103-4", "103", NEAR);
    event(&mut board, "BridgeLeave", "PJSIP/103-4", "103", NEAR);
    rung(&mut board, "PJSIP/102-5", "101");
    shows(
        &board,
        expect![[r#"
        shown:
          application (inbound, dialled ?)
            > 101 by PJSIP/101: alone
          application (inbound, dialled ?)
              102 by PJSIP/102: application
          application (inbound, dialled ?)
            > 103 by PJSIP/103: application
    "#]],
    );
}

#[test]
fn a_pair_that_nobody_is_behind_yet_is_no_call() {
    let mut board = empty_board();
    event(&mut board, "Newchannel", ONE, "102", "");
    event(&mut board, "Newchannel", TWO, "101", "");
    assert_eq!(draw(&board.picture()), "");
}
