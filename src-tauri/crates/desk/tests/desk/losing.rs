//! The link goes, and comes back.

use std::time::Duration;

use board::{Ref, RefKind};
use desk::{LinkError, Status};
use operator::{Intent, Refusal, Verb};
use tokio::time::Instant;
use uuid::Uuid;

use crate::server::{Server, talk};
use crate::watcher::Watcher;

/// A live desk on a PBX where two talk.
async fn live() -> (Server, desk::Desk, Watcher) {
    let server = Server::with(|script| script.items.extend(talk()));
    let desk = desk::start();
    desk.connect(server.connection("lab"))
        .await
        .expect("a running desk");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, desk, watcher)
}

fn hang_up() -> Intent {
    let subject = Ref::new(RefKind::Leg, &desk::pbx_id("lab"), "1795200000.1");
    Intent::new(Uuid::new_v4(), Verb::HangUp, subject)
}

#[tokio::test(start_paused = true)]
async fn a_lost_link_freezes_the_picture_and_locks_every_action() {
    let (server, desk, mut watcher) = live().await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    server.change(|script| script.unreachable = true);
    server.cut();
    watcher.lost("lab").await;
    let pbx = watcher.pbx("lab").expect("shown").clone();
    let Status::Lost { since, .. } = pbx.status else {
        panic!("lost")
    };
    assert_eq!(
        Some(since / 1000 * 1000),
        pbx.heard,
        "since it was last heard"
    );
    assert_eq!(
        watcher.things("lab", RefKind::Call).len(),
        1,
        "what was last known stays"
    );
    assert!(pbx.me.is_some());
    assert_eq!(desk.perform(hang_up()).await, Ok(Err(Refusal::NotLive)));
    assert_eq!(
        desk.offers(watcher.things("lab", RefKind::Call)[0].clone())
            .await
            .expect("runs")
            .offers,
        []
    );
    tokio::time::sleep(Duration::from_secs(20)).await;
    watcher.catch_up();
    let later = watcher.pbx("lab").expect("shown");
    assert_eq!(later.heard, pbx.heard, "the age goes on");
    assert!(matches!(later.status, Status::Lost { since: still, .. } if still == since));
}

#[tokio::test(start_paused = true)]
async fn after_the_reconnect_the_picture_is_the_new_one() {
    let (server, _desk, mut watcher) = live().await;
    server.change(|script| script.items.retain(|(list, _)| *list != "CoreShowChannels"));
    server.cut();
    watcher.lost("lab").await;
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1);
    watcher.live("lab").await;
    assert!(
        watcher.things("lab", RefKind::Call).is_empty(),
        "a restarted PBX has forgotten its calls, and so has the board"
    );
    assert_eq!(watcher.things("lab", RefKind::Extension).len(), 3);
}

#[tokio::test(start_paused = true)]
#[expect(
    clippy::disallowed_methods,
    reason = "the paused clock of the test itself"
)]
async fn a_half_open_link_is_noticed_within_eight_seconds() {
    let (server, _desk, mut watcher) = live().await;
    server.change(|script| script.unreachable = true);
    server.freeze();
    let began = Instant::now();
    watcher.lost("lab").await;
    let first = watcher.status("lab");
    assert!(
        began.elapsed() <= Duration::from_secs(8),
        "{:?}",
        began.elapsed()
    );
    assert!(
        matches!(
            first,
            Some(Status::Lost {
                reason: LinkError::Silence | LinkError::ConnectionRefused,
                ..
            })
        ),
        "{first:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn one_cut_is_one_attempt_more() {
    let (server, _desk, mut watcher) = live().await;
    server.cut();
    watcher.lost("lab").await;
    watcher.live("lab").await;
    tokio::time::sleep(Duration::from_secs(30)).await;
    assert_eq!(server.dials(), 2);
}

#[tokio::test(start_paused = true)]
async fn of_two_pbxs_only_the_lost_one_is_grey() {
    let (server, desk, mut watcher) = live().await;
    let other = Server::with(|script| script.items.extend(talk()));
    desk.connect(other.connection("branch"))
        .await
        .expect("runs");
    watcher
        .until("both", |watcher| {
            watcher.status("branch") == Some(Status::Live)
        })
        .await;
    server.change(|script| script.unreachable = true);
    server.cut();
    watcher.lost("lab").await;
    assert_eq!(watcher.status("branch"), Some(Status::Live));
    let subject = watcher.things("branch", RefKind::Call)[0].clone();
    assert!(!desk.offers(subject).await.expect("runs").offers.is_empty());
    desk.disconnect(desk::pbx_id("lab")).await.expect("runs");
    watcher
        .until("gone", |watcher| watcher.pbx("lab").is_none())
        .await;
    assert!(watcher.things("lab", RefKind::Call).is_empty());
    assert_eq!(watcher.things("branch", RefKind::Call).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_desk_that_is_dropped_says_goodbye() {
    let (server, desk, mut watcher) = live().await;
    drop(desk);
    watcher.catch_up();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((server.count("Logoff"), server.dials()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_takes_anothers_place_is_not_mistaken_for_it() {
    let (server, desk, mut watcher) = live().await;
    let second = Server::default();
    desk.connect(second.connection("lab")).await.expect("runs");
    watcher
        .until("the other board", |watcher| {
            watcher.status("lab") == Some(Status::Live)
                && watcher.things("lab", RefKind::Call).is_empty()
        })
        .await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    watcher.catch_up();
    assert_eq!(
        watcher.status("lab"),
        Some(Status::Live),
        "the old link's end is not the new one's"
    );
    assert_eq!(
        (server.count("Logoff"), server.dials(), second.dials()),
        (1, 1, 1)
    );
}
