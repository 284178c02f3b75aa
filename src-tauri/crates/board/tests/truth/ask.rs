//! Plain questions at the board, asked at moments of recordings, where the answer is known.

use ami::action::List;
use ami::{Event, Frame};
use board::{Board, Lot, MemberState, QueueCaller, RecordingState, Seat};

use crate::replay::{VERSIONS, board_at};

/// Asks the board of both versions at this mark.
fn at(scenario: &str, mark: &str, ask: impl Fn(&Board)) {
    VERSIONS
        .map(|version| board_at(version, scenario, mark))
        .iter()
        .for_each(ask);
}

/// The channel of a device, as long as it has only one.
fn of<'b>(board: &'b Board, device: &str) -> &'b str {
    let mut own = board
        .channels()
        .filter(|(_, channel)| channel.device() == device);
    let (id, _) = own
        .next()
        .unwrap_or_else(|| panic!("no channel of {device}"));
    assert_eq!(own.next().map(|(id, _)| id), None, "{device}");
    id
}

fn anna_and_marco(board: &Board) -> (&str, &str) {
    (of(board, "PJSIP/101"), of(board, "PJSIP/102"))
}

#[test]
fn two_are_bridged_once_the_call_is_answered_and_not_while_it_rings() {
    at("call-answered", "ringing", |board| {
        let (anna, marco) = anna_and_marco(board);
        assert!(!board.is_bridged_with(anna, marco) && !board.hears(anna, marco));
        assert!(!board.is_up(anna) && !board.is_up(marco));
        assert_eq!(board.bridge_of(anna), None);
    });
    at("call-answered", "answered", |board| {
        let (anna, marco) = anna_and_marco(board);
        assert!(board.is_bridged_with(anna, marco) && board.is_bridged_with(marco, anna));
        assert!(board.hears(anna, marco) && !board.is_bridged_with(anna, anna));
        assert!(board.is_up(anna) && board.is_up(marco));
        assert_eq!(board.bridge_of(anna), board.bridge_of(marco));
        assert!(board.bridge_of(anna).is_some());
    });
}

/// What the lab's own list says: the recordings are older than the question.
fn list_lots(board: &mut Board, names: &[&str]) {
    board.list_asked(List::ParkingLots);
    for (name, first, last) in [("default", 701, 720), ("hotel", 771, 772)] {
        let said = format!(
            "Event: Parkinglot\nActionID: 1\nName: {name}\nStartSpace: {first}\nStopSpace: {last}\nTimeout: 45\n"
        );
        let frame = Frame::parse(said.as_bytes()).expect("a frame");
        if names.contains(&name) {
            board.apply_item(&Event::read(&frame), 0);
        }
    }
    board.list_done(List::ParkingLots, 0);
}

#[test]
fn a_lot_fills_up_with_those_who_are_parked_in_it() {
    let taken = [("one", 1), ("two", 2), ("full", 2), ("ended", 0)];
    for (version, (mark, taken)) in VERSIONS
        .into_iter()
        .flat_map(|version| taken.map(|of| (version, of)))
    {
        let mut board = board_at(version, "park-lot-full", mark);
        assert_eq!(board.lot("hotel"), None, "not listed yet");
        list_lots(&mut board, &["default", "hotel"]);
        let hotel = Lot { spaces: 2, taken };
        assert_eq!(board.lot("hotel"), Some(hotel), "{version} {mark}");
        let usual = Lot {
            spaces: 20,
            taken: 0,
        };
        assert_eq!(board.lot("default"), Some(usual));
        assert_eq!(board.lot("nowhere"), None);
        assert_eq!(board.has_parked(), taken > 0);
    }
}

#[test]
fn a_lot_that_is_listed_no_more_is_gone() {
    let mut board = board_at("22", "park-lot-full", "two");
    list_lots(&mut board, &["default", "hotel"]);
    assert_eq!(board.lots().collect::<Vec<_>>(), ["default", "hotel"]);
    list_lots(&mut board, &["default"]);
    assert_eq!(board.lots().collect::<Vec<_>>(), ["default"]);
    assert_eq!(board.lot("hotel"), None);
    assert_eq!(board.anomalies().total(), 0);
}

#[test]
fn of_a_channel_that_is_not_there_nothing_is_true() {
    let board = board_at("22", "call-answered", "ended");
    assert!(
        !board.is_up("1.1") && !board.is_on_hold("1.1") && !board.is_bridged_with("1.1", "1.2")
    );
    assert!(!board.hears("1.1", "1.2") && !board.room_recorded("680"));
    assert_eq!(
        (board.channel_name("1.1"), board.bridge_of("1.1")),
        (None, None)
    );
    assert_eq!(
        (
            board.parked("1.1"),
            board.queue_of("1.1"),
            board.seat("1.1")
        ),
        (None, None, None)
    );
    assert_eq!(
        (board.recording("1.1"), board.spied_by("1.1")),
        (None, None)
    );
    assert_eq!(
        (board.room_locked("680"), board.messages("101@default")),
        (None, None)
    );
    assert_eq!(board.member("sales", "PJSIP/109"), None);
    assert_eq!(board.queue_caller("sales", "1.1"), None);
}

#[test]
fn a_channel_is_known_by_its_name_of_now() {
    at("call-answered", "answered", |board| {
        let name = board.channel_name(of(board, "PJSIP/101"));
        assert!(name.is_some_and(|name| name.starts_with("PJSIP/101-")));
    });
}

#[test]
fn a_phone_sent_on_while_it_rings_is_bridged_with_nobody_yet() {
    at(
        "redirect-called-ringing-answered",
        "bridged-and-ringing",
        |board| {
            let (marco, cara) = (of(board, "PJSIP/102"), of(board, "PJSIP/103"));
            assert_eq!(board.bridge_of(marco), board.bridge_of(cara));
            assert!(!board.is_bridged_with(marco, cara) && !board.hears(cara, marco));
        },
    );
    at("redirect-called-ringing-answered", "both-there", |board| {
        let (marco, cara) = (of(board, "PJSIP/102"), of(board, "PJSIP/103"));
        assert!(board.is_bridged_with(marco, cara));
    });
}

#[test]
fn through_local_channels_two_hear_each_other_and_share_no_bridge() {
    at("local-chain-kept", "answered", |board| {
        let (anna, marco) = anna_and_marco(board);
        assert!(board.hears(anna, marco) && board.hears(marco, anna));
        assert!(!board.is_bridged_with(anna, marco));
    });
    at("local-chain-kept", "ringing", |board| {
        let (anna, marco) = anna_and_marco(board);
        assert!(!board.hears(anna, marco));
    });
}

#[test]
fn two_in_one_parking_lot_share_its_bridge_and_hear_nothing() {
    at("park-two", "two", |board| {
        let (anna, marco) = anna_and_marco(board);
        assert_eq!(board.bridge_of(anna), board.bridge_of(marco));
        assert!(board.bridge_of(anna).is_some());
        assert!(!board.is_bridged_with(anna, marco) && !board.hears(anna, marco));
        assert_eq!(board.parked(anna), Some(("default", "701")));
        assert_eq!(board.parked(marco), Some(("default", "702")));
    });
    at("park-two", "retrieved", |board| {
        let (marco, cara) = (of(board, "PJSIP/102"), of(board, "PJSIP/103"));
        assert_eq!(board.parked(marco), None);
        assert!(board.is_bridged_with(marco, cara));
    });
}

#[test]
fn guests_who_wait_for_their_host_hear_nobody() {
    at("conference-marked", "waiting", |board| {
        let (marco, cara) = (of(board, "PJSIP/102"), of(board, "PJSIP/103"));
        assert!(!board.is_bridged_with(marco, cara));
    });
    at("conference-marked", "begun", |board| {
        let (marco, cara) = (of(board, "PJSIP/102"), of(board, "PJSIP/103"));
        assert!(board.is_bridged_with(marco, cara));
    });
}

#[test]
fn only_the_one_who_pressed_it_is_on_hold() {
    at("call-held", "held", |board| {
        let (anna, marco) = anna_and_marco(board);
        assert!(board.is_on_hold(anna) && !board.is_on_hold(marco));
    });
    at("call-held", "resumed", |board| {
        assert!(!board.is_on_hold(of(board, "PJSIP/101")));
    });
}

#[test]
fn a_member_is_as_its_queue_says() {
    let cara = MemberState {
        paused: false,
        penalty: 0,
        dynamic: false,
        reason: None,
    };
    at("member-paused", "in-two-queues", |board| {
        assert_eq!(board.member("sales", "PJSIP/103"), Some(cara));
        let added = MemberState {
            penalty: 1,
            dynamic: true,
            ..cara
        };
        assert_eq!(board.member("support", "PJSIP/103"), Some(added));
        assert_eq!(board.member("vip", "PJSIP/103"), None);
    });
    at("member-paused", "paused-in-one", |board| {
        let paused = MemberState {
            paused: true,
            reason: Some("Mittagspause: süß"),
            ..cara
        };
        assert_eq!(board.member("sales", "PJSIP/103"), Some(paused));
        let other = board.member("support", "PJSIP/103");
        assert!(other.is_some_and(|other| !other.paused));
    });
}

#[test]
fn a_caller_in_line_has_a_place_and_from_a_list_a_priority() {
    let in_line = |board: &Board| -> Vec<QueueCaller> {
        let waiting = board
            .channels()
            .filter(|(id, _)| board.queue_of(id) == Some("vip"));
        let mut callers: Vec<_> = waiting
            .map(|(id, _)| board.queue_caller("vip", id).expect("a place in line"))
            .collect();
        callers.sort_by_key(|caller| caller.position);
        callers
    };
    let caller = |position, priority| QueueCaller { priority, position };
    at("queue-three-move-up", "three-wait", |board| {
        let expected = [caller(1, None), caller(2, None), caller(3, None)];
        assert_eq!(in_line(board), expected);
    });
    at("queue-priority+important-first", "synced", |board| {
        let expected = [caller(1, Some(5)), caller(2, Some(0)), caller(3, Some(0))];
        assert_eq!(in_line(board), expected);
    });
}

#[test]
fn a_caller_waits_in_no_queue_but_its_own() {
    at("queue-three-move-up", "three-wait", |board| {
        let mut waiting = board.channels().filter(|(id, _)| board.is_queued(id));
        let (id, _) = waiting.next().expect("a caller");
        assert_eq!(board.queue_caller("sales", id), None);
    });
}

#[test]
fn a_seat_tells_its_room_and_whether_it_is_silenced_or_rules() {
    at("conference-mute", "muted", |board| {
        let (anna, marco) = anna_and_marco(board);
        let seat = |muted| {
            Some(Seat {
                room: "680",
                muted,
                admin: false,
            })
        };
        assert_eq!(
            (board.seat(anna), board.seat(marco)),
            (seat(false), seat(true))
        );
    });
    at("conference-admin", "together", |board| {
        let (anna, marco) = anna_and_marco(board);
        assert!(board.seat(anna).is_some_and(|seat| seat.admin));
        assert!(board.seat(marco).is_some_and(|seat| !seat.admin));
    });
}

#[test]
fn a_room_is_locked_or_open_as_last_asked() {
    at("conference-lock", "joined-102", |board| {
        assert_eq!(board.room_locked("680"), Some(false));
    });
    at("conference-lock", "locked", |board| {
        assert_eq!(board.room_locked("680"), Some(true));
    });
    at("conference-lock", "ended", |board| {
        assert_eq!(board.room_locked("680"), None);
    });
}

#[test]
fn a_room_is_recorded_from_the_start_of_it_to_the_stop() {
    at("conference-record", "joined-102", |board| {
        assert!(!board.room_recorded("680"))
    });
    at("conference-record", "recording", |board| {
        assert!(board.room_recorded("680"))
    });
    at("conference-record", "stopped", |board| {
        assert!(!board.room_recorded("680"))
    });
}

#[test]
fn a_recording_runs_pauses_goes_on_and_stops() {
    let expected = [
        ("answered", None),
        ("recording", Some(RecordingState::On)),
        ("muted-1", Some(RecordingState::Paused)),
        ("muted-0", Some(RecordingState::On)),
        ("stopped", None),
    ];
    for (mark, state) in expected {
        at("recording-by-desk", mark, |board| {
            let (anna, marco) = anna_and_marco(board);
            assert_eq!(
                (board.recording(anna), board.recording(marco)),
                (state, None),
                "{mark}"
            );
        });
    }
}

#[test]
fn a_supervisor_listens_in_on_one() {
    at("spy", "supervisor-ringing", |board| {
        assert_eq!(board.spied_by(of(board, "PJSIP/103")), None);
    });
    at("spy", "listening", |board| {
        let (anna, cara) = (of(board, "PJSIP/101"), of(board, "PJSIP/103"));
        assert_eq!(board.spied_by(cara), Some(anna));
        assert_eq!(board.spied_by(anna), None);
        assert!(!board.is_bridged_with(anna, cara));
    });
}

#[test]
fn a_mailbox_tells_how_many_wait_and_how_many_were_heard() {
    let mut board = board_at("22", "call-answered", "synced");
    assert_eq!(board.messages("101@default"), None);
    board.mailbox("101", 2, 1);
    assert_eq!(board.messages("101@default"), Some((2, 1)));
}
