//! The board is held against the PBX's own list, and mended only where it is surely wrong.

use std::time::Duration;

use board::{Ref, RefKind, Thing};
use desk::{Diagnostics, Tile};

use crate::server::{Server, channel, talk};
use crate::watcher::Watcher;

/// Long enough for one audit and its second half, too short for another.
const ONE_AUDIT: u64 = 248;

async fn live(change: impl FnOnce(&mut crate::server::Script)) -> (Server, desk::Desk, Watcher) {
    let server = Server::with(|script| {
        script.commands.push("CoreShowChannels");
        script.items.extend(talk());
        change(script);
    });
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, desk, watcher)
}

fn forget_channels(server: &Server) {
    server.change(|script| script.items.retain(|(list, _)| *list != "CoreShowChannels"));
}

fn add_channel(server: &Server, uniqueid: &str) {
    let more = "Application: Echo\nDuration: 00:01:00\n";
    let item = channel("CoreShowChannel", "103", uniqueid, more);
    server.change(|script| script.items.push(("CoreShowChannels", item)));
}

fn diagnostics(watcher: &Watcher) -> Diagnostics {
    watcher.pbx("lab").expect("shown").diagnostics.clone()
}

/// Until the first list of an audit has been read.
async fn first_list(server: &Server, watcher: &mut Watcher) {
    for _ in 0..ONE_AUDIT {
        watcher.for_seconds(1).await;
        if server.count("CoreShowChannels") == 2 {
            return;
        }
    }
    panic!("no audit");
}

#[tokio::test(start_paused = true)]
async fn an_audit_that_finds_nothing_is_one_list_and_changes_nothing() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    watcher.for_seconds(ONE_AUDIT).await;
    let found = diagnostics(&watcher);
    assert_eq!((found.audits, found.healed), (1, 0));
    assert!(found.audited.is_some());
    assert_eq!(server.count("CoreShowChannels"), 2);
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn calls_whose_end_was_never_told_are_taken_away() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    forget_channels(&server);
    watcher.for_seconds(ONE_AUDIT).await;
    assert!(watcher.things("lab", RefKind::Call).is_empty());
    let found = diagnostics(&watcher);
    assert_eq!((found.audits, found.healed), (1, 2));
    assert_eq!(server.count("CoreShowChannels"), 3, "it was seen twice");
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_beginning_was_never_told_is_shown() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    add_channel(&server, "1795200000.7");
    watcher.for_seconds(ONE_AUDIT).await;
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 2);
    assert_eq!(diagnostics(&watcher).healed, 1);
    watcher.for_seconds(ONE_AUDIT).await;
    assert_eq!(diagnostics(&watcher).healed, 1, "once mended it stays so");
}

#[tokio::test(start_paused = true)]
async fn somebody_who_went_into_another_bridge_unseen_is_put_there() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    server.change(|script| {
        let second = |(list, item): &mut (&str, String)| {
            *list == "CoreShowChannels" && item.contains("1795200000.2")
        };
        for item in script
            .items
            .iter_mut()
            .filter_map(|pair| second(pair).then_some(pair))
        {
            item.1 = item.1.replace("BridgeId: b1", "BridgeId: b2");
        }
    });
    watcher.for_seconds(ONE_AUDIT).await;
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 2);
    assert_eq!(diagnostics(&watcher).healed, 1);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_lies_once_mends_nothing() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    forget_channels(&server);
    add_channel(&server, "1795200000.7");
    first_list(&server, &mut watcher).await;
    forget_channels(&server);
    server.change(|script| script.items.extend(talk()));
    watcher.for_seconds(10).await;
    let found = diagnostics(&watcher);
    assert_eq!((found.audits, found.healed), (1, 0));
    assert_eq!(server.count("CoreShowChannels"), 3);
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn two_lists_that_lie_differently_mend_nothing() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    forget_channels(&server);
    first_list(&server, &mut watcher).await;
    server.change(|script| script.items.extend(talk()));
    add_channel(&server, "1795200000.7");
    watcher.for_seconds(10).await;
    assert_eq!(server.count("CoreShowChannels"), 3);
    assert_eq!(diagnostics(&watcher).healed, 0);
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_news_has_named_meanwhile_is_left_alone() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    forget_channels(&server);
    first_list(&server, &mut watcher).await;
    server.say(&(channel("Newstate", "101", "1795200000.1", "") + "\n"));
    watcher.for_seconds(10).await;
    assert_eq!(diagnostics(&watcher).healed, 1, "only the other one");
    let calls = watcher.things("lab", RefKind::Call);
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].key, "1795200000.1");
}

#[tokio::test(start_paused = true)]
async fn a_slow_pbx_is_not_burdened() {
    let (server, _desk, mut watcher) = live(|_| {}).await;
    server.change(|script| script.pong_after = Some(Duration::from_millis(600)));
    watcher.for_seconds(2 * ONE_AUDIT).await;
    assert_eq!(diagnostics(&watcher).audits, 0);
    assert_eq!(server.count("CoreShowChannels"), 1);
    assert_eq!(server.count("QueueStatus"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_may_not_list_channels_makes_no_audit() {
    let (server, _desk, mut watcher) = live(|script| script.commands.clear()).await;
    watcher.for_seconds(2 * ONE_AUDIT).await;
    assert_eq!(diagnostics(&watcher).audits, 0);
    assert_eq!(server.count("CoreShowChannels"), 1);
}

#[tokio::test(start_paused = true)]
async fn queue_counters_that_were_reset_show_so_after_the_next_audit() {
    let figures = |completed: u32| {
        let item = format!("Event: QueueParams\nQueue: sales\nCompleted: {completed}\n");
        ("QueueStatus", item)
    };
    let (server, _desk, mut watcher) = live(|script| script.items.push(figures(5))).await;
    let id = Ref::new(RefKind::Queue, &desk::pbx_id("lab"), "sales");
    let completed = |watcher: &Watcher| match watcher.tiles.get(&id) {
        Some(Tile::Board(Thing::Queue(queue))) => queue.completed,
        Some(Tile::Board(_) | Tile::Desk(_)) | None => None,
    };
    assert_eq!(completed(&watcher), Some(5));
    server.change(|script| {
        script.items.retain(|(list, _)| *list != "QueueStatus");
        script.items.push(figures(0));
    });
    watcher.for_seconds(ONE_AUDIT).await;
    assert_eq!(completed(&watcher), Some(0));
}
