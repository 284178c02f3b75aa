//! Conference rooms are read again when it may matter, and only then.

use board::view::ConferenceView;
use board::{Ref, RefKind, Thing};
use desk::Tile;

use crate::server::{Server, channel};
use crate::watcher::Watcher;

fn room(locked: &str) -> (&'static str, String) {
    let item = "Event: ConfbridgeListRooms\nConference: 680\nParties: 1\nMarked: 0\nMuted: No\n";
    ("ConfbridgeListRooms", format!("{item}Locked: {locked}\n"))
}

/// 101 rules room 680, silenced.
fn open() -> Server {
    let sits = "Application: ConfBridge\nApplicationData: 680\nDuration: 00:00:10\n";
    let seat = "Conference: 680\nAdmin: Yes\nMuted: Yes\n";
    Server::with(|script| {
        script.commands.push("ConfbridgeList");
        script.items.extend([
            (
                "CoreShowChannels",
                channel("CoreShowChannel", "101", "1795200000.1", sits),
            ),
            room("No"),
            (
                "ConfbridgeList",
                channel("ConfbridgeList", "101", "1795200000.1", seat),
            ),
        ]);
    })
}

fn set_room(server: &Server, now: Option<(&'static str, String)>) {
    server.change(|script| {
        script
            .items
            .retain(|(list, _)| *list != "ConfbridgeListRooms");
        script.items.extend(now);
    });
}

async fn live(server: &Server) -> (desk::Desk, Watcher) {
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (desk, watcher)
}

fn shown(watcher: &Watcher) -> Option<&ConferenceView> {
    let id = Ref::new(RefKind::Conference, &desk::pbx_id("lab"), "680");
    match watcher.tiles.get(&id)? {
        Tile::Board(Thing::Conference(room)) => Some(room),
        Tile::Board(_) | Tile::Desk(_) => None,
    }
}

fn joins(server: &Server, number: &str, uniqueid: &str) {
    let joins = channel("ConfbridgeJoin", number, uniqueid, "Conference: 680\n");
    server.say(&(channel("Newchannel", number, uniqueid, "") + "\n"));
    server.say(&(joins + "\n"));
}

#[tokio::test(start_paused = true)]
async fn the_first_picture_knows_who_is_silenced_and_who_rules() {
    let server = open();
    let (_desk, watcher) = live(&server).await;
    let room = shown(&watcher).expect("shown");
    assert_eq!(room.locked, Some(false));
    let [seat] = &room.members[..] else {
        panic!("{room:?}")
    };
    assert!(seat.muted && seat.admin && !seat.waiting);
}

#[tokio::test(start_paused = true)]
async fn a_lock_shows_after_the_next_coming_and_a_crowd_is_one_reading() {
    let server = open();
    let (_desk, mut watcher) = live(&server).await;
    set_room(&server, Some(room("Yes")));
    for number in ["102", "103"] {
        joins(&server, number, &format!("1795200000.{number}"));
    }
    watcher.for_seconds(2).await;
    assert_eq!(shown(&watcher).and_then(|room| room.locked), Some(true));
    assert_eq!(server.count("ConfbridgeListRooms"), 2);
}

#[tokio::test(start_paused = true)]
async fn rooms_are_read_once_a_minute_while_one_is_open_and_not_when_all_are_closed() {
    let server = open();
    let (_desk, mut watcher) = live(&server).await;
    watcher.for_seconds(130).await;
    assert_eq!(server.count("ConfbridgeListRooms"), 3);
    set_room(&server, None);
    server.change(|script| {
        script.errors = vec![("ConfbridgeListRooms", "No active conferences.")];
    });
    watcher.for_seconds(60).await;
    assert_eq!(server.count("ConfbridgeListRooms"), 4);
    assert!(shown(&watcher).is_none_or(|room| room.since.is_none()));
    assert!(
        watcher.blind("lab").is_empty(),
        "that is only how it says none"
    );
    watcher.for_seconds(200).await;
    assert_eq!(server.count("ConfbridgeListRooms"), 4);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_may_not_read_rooms_does_not_ask_again() {
    let server = open();
    server.change(|script| script.refused = vec!["ConfbridgeListRooms"]);
    let (_desk, mut watcher) = live(&server).await;
    joins(&server, "102", "1795200000.2");
    watcher.for_seconds(130).await;
    assert_eq!(server.count("ConfbridgeListRooms"), 1);
    assert_eq!(watcher.blind("lab"), ["ConfbridgeListRooms"]);
}
