//! Queues and parking lots of accounts that may not read everything.

use board::view::{ParkedView, QueueView};
use board::{Ref, RefKind, Thing};
use desk::{Desk, Tile};

use crate::server::{Script, Server, channel};
use crate::watcher::Watcher;

const WAITING: &str = "1795200000.7";
const PARKED: &str = "1795200000.8";
/// Long enough for the queues to be read once more.
const ONE_READING: u64 = 248;
const NO_NEWS: &str = "QueueCallerJoin";

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

/// A caller has come, and this account is not told that it was into a queue.
async fn came_silently() -> (Server, Desk, Watcher) {
    let (server, desk, mut watcher) = live(|_| {}).await;
    server.say(&(channel("Newchannel", "102", WAITING, "") + "\n"));
    server.change(|script| script.items.push(entry()));
    watcher.for_seconds(ONE_READING).await;
    (server, desk, watcher)
}

#[tokio::test(start_paused = true)]
async fn callers_who_come_without_a_word_show_that_queue_news_does_not_come() {
    let (server, _desk, mut watcher) = came_silently().await;
    assert_eq!(waiters(&watcher), [&leg(WAITING)]);
    assert_eq!(watcher.blind("lab"), [NO_NEWS]);
    watcher.for_seconds(ONE_READING).await;
    assert_eq!(watcher.blind("lab"), [NO_NEWS], "told once, and for good");
    assert!(server.count("QueueStatus") > 2, "they are still read");
}

#[tokio::test(start_paused = true)]
async fn queue_news_that_comes_after_all_takes_the_blind_spot_away() {
    let (server, _desk, mut watcher) = came_silently().await;
    server.say("Event: QueueMemberStatus\nQueue: sales\nInterface: PJSIP/101\nStatus: 1\n\n");
    watcher.for_seconds(1).await;
    assert_eq!(watcher.blind("lab"), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn callers_who_go_without_a_word_show_it_too() {
    let waits = channel("CoreShowChannel", "102", WAITING, "Application: Queue\n");
    let (server, _desk, mut watcher) = live(|script| {
        script.items.extend([("CoreShowChannels", waits), entry()]);
    })
    .await;
    assert_eq!(waiters(&watcher), [&leg(WAITING)]);
    server.change(|script| {
        script
            .items
            .retain(|(_, item)| !item.contains("QueueEntry"))
    });
    watcher.for_seconds(ONE_READING).await;
    assert!(waiters(&watcher).is_empty());
    assert_eq!(watcher.blind("lab"), [NO_NEWS]);
}

#[tokio::test(start_paused = true)]
async fn a_caller_whose_coming_was_told_is_no_blind_spot() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    server.say(&(channel("Newchannel", "102", WAITING, "") + "\n"));
    let join = channel(
        "QueueCallerJoin",
        "102",
        WAITING,
        "Queue: sales\nPosition: 1\n",
    );
    server.say(&(join + "\n"));
    server.change(|script| script.items.push(entry()));
    watcher.for_seconds(ONE_READING).await;
    assert_eq!(waiters(&watcher), [&leg(WAITING)]);
    assert_eq!(watcher.blind("lab"), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_hangs_up_is_no_blind_spot() {
    let waits = channel("CoreShowChannel", "102", WAITING, "Application: Queue\n");
    let (server, _desk, mut watcher) = live(|script| {
        script.items.extend([("CoreShowChannels", waits), entry()]);
    })
    .await;
    server.change(|script| script.items.retain(|(_, item)| !item.contains(WAITING)));
    server.say(&(channel("Hangup", "102", WAITING, "Cause: 16\n") + "\n"));
    watcher.for_seconds(ONE_READING).await;
    assert!(waiters(&watcher).is_empty());
    assert_eq!(watcher.blind("lab"), [""; 0]);
}
