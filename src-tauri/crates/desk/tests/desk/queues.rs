//! Queues and parking lots of accounts that may not read everything.

use board::view::{ParkedView, QueueView};
use board::{Ref, RefKind, Thing};
use desk::{Desk, Tile};

use crate::server::{Script, Server, channel};
use crate::watcher::Watcher;

const WAITING: &str = "1795200000.7";
const PARKED: &str = "1795200000.8";

async fn live(change: impl FnOnce(&mut Script)) -> (Server, Desk, Watcher) {
    let server = Server::with(|script| {
        script.items.push(params());
        change(script);
    });
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, desk, watcher)
}

fn params() -> (&'static str, String) {
    let item = "Event: QueueParams\nQueue: sales\nCompleted: 0\n";
    ("QueueStatus", item.to_owned())
}

fn entry() -> (&'static str, String) {
    let item =
        format!("Event: QueueEntry\nQueue: sales\nPosition: 1\nUniqueid: {WAITING}\nWait: 12\n");
    ("QueueStatus", item)
}

fn parked() -> (&'static str, String) {
    let item = format!(
        "Event: ParkedCall\nParkeeChannel: PJSIP/103-00000001\nParkeeUniqueid: {PARKED}\nParkeeCallerIDNum: 103\n\
         Parkinglot: default\nParkingSpace: 701\nParkingTimeout: 40\nParkingDuration: 5\n"
    );
    ("ParkedCalls", item)
}

fn waiters(watcher: &Watcher) -> Vec<&Ref> {
    let queue = watcher.tiles.values().find_map(|tile| match tile {
        Tile::Board(Thing::Queue(queue)) => Some(queue),
        Tile::Board(_) | Tile::Desk(_) => None,
    });
    let QueueView { callers, .. } = queue.expect("a queue");
    callers.iter().map(|caller| &caller.leg).collect()
}

fn spaces(watcher: &Watcher) -> Vec<&str> {
    let parked = watcher.tiles.values().filter_map(|tile| match tile {
        Tile::Board(Thing::Parked(ParkedView { space, .. })) => Some(space.as_str()),
        Tile::Board(_) | Tile::Desk(_) => None,
    });
    parked.collect()
}

fn leg(uniqueid: &str) -> Ref {
    Ref::new(RefKind::Leg, &desk::pbx_id("lab"), uniqueid)
}

#[tokio::test(start_paused = true)]
async fn who_waits_and_who_is_parked_is_on_the_first_picture_of_an_account_without_reporting() {
    let (server, _desk, watcher) = live(|script| {
        script.refused = vec!["CoreShowChannels", "ConfbridgeListRooms"];
        let one = channel(
            "Status",
            "102",
            WAITING,
            "Application: Queue\nData: sales\n",
        );
        let other = channel("Status", "103", PARKED, "Application: Park\n");
        script.items.extend([("Status", one), ("Status", other)]);
        script.items.extend([entry(), parked()]);
    })
    .await;
    assert_eq!(waiters(&watcher), [&leg(WAITING)]);
    assert_eq!(spaces(&watcher), ["701"]);
    assert_eq!(
        watcher.blind("lab"),
        ["CoreShowChannels", "ConfbridgeListRooms"]
    );
    let counts = [
        "Status",
        "ParkedCalls",
        "QueueStatus",
        "ConfbridgeListRooms",
    ]
    .map(|list| server.count(list));
    assert_eq!(counts, [1, 2, 2, 1], "what was refused is not asked again");
}
