//! The feed: numbered, whole, and bounded.

use std::time::Duration;

use board::RefKind;
use desk::Status;

use crate::server::{Server, channel};
use crate::watcher::Watcher;

#[tokio::test(start_paused = true)]
async fn a_slow_window_gets_one_snapshot_instead_of_a_queue() {
    let server = Server::default();
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut slow = Watcher::of(&desk).await;
    let mut quick = Watcher::of(&desk).await;
    quick.live("lab").await;
    for number in 0..300 {
        server.say(&(channel("Newchannel", "103", &format!("1795200000.{number}"), "") + "\n"));
        tokio::time::sleep(Duration::from_millis(60)).await;
        quick.catch_up();
    }
    slow.catch_up();
    assert!(slow.batches <= 64, "{}", slow.batches);
    slow.until("everything", |watcher| {
        watcher.things("lab", RefKind::Call).len() == 300
    })
    .await;
    assert_eq!(slow.snapshots, 2);
    // A second may have passed for both meanwhile.
    quick.catch_up();
    slow.catch_up();
    assert_eq!(slow.rev, quick.rev);
    assert_eq!(slow.tiles, quick.tiles);
}

#[tokio::test(start_paused = true)]
async fn an_idle_pbx_is_one_batch_of_news_a_second_at_most() {
    let server = Server::default();
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    watcher.catch_up();
    let before = watcher.batches;
    for _ in 0..100 {
        server.say("Event: RTCPSent\n\n");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    watcher.catch_up();
    assert!(
        watcher.batches - before <= 11,
        "{}",
        watcher.batches - before
    );
    assert_eq!(watcher.status("lab"), Some(Status::Live));
}

#[tokio::test(start_paused = true)]
async fn a_window_that_closed_is_forgotten_and_another_starts_from_the_same_picture() {
    let server = Server::default();
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut first = Watcher::of(&desk).await;
    first.live("lab").await;
    let mut second = Watcher::of(&desk).await;
    second
        .until("a snapshot", |watcher| watcher.snapshots == 1)
        .await;
    first.catch_up();
    assert_eq!((first.rev, &first.tiles), (second.rev, &second.tiles));
    drop(first);
    server.say(&(channel("Newchannel", "103", "1795200000.7", "") + "\n"));
    second
        .until("the call", |watcher| {
            !watcher.things("lab", RefKind::Call).is_empty()
        })
        .await;
}
