//! Operations: one write each, whatever happens to the link.

use std::time::Duration;

use board::{Ref, RefKind};
use operator::{Evidence, Intent, OperationId, Outcome, Verb};
use uuid::Uuid;

use crate::server::{Instead, Server, channel, talk};
use crate::watcher::Watcher;

async fn live() -> (Server, desk::Desk, Watcher) {
    let server = Server::with(|script| {
        script.commands.push("CoreShowChannels");
        script.items.extend(talk());
    });
    let desk = desk::start();
    desk.connect(server.connection("lab"))
        .await
        .expect("a running desk");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, desk, watcher)
}

/// 102 goes to 103.
fn transfer() -> Intent {
    let pbx = desk::pbx_id("lab");
    Intent {
        target: Some(Ref::extension(&pbx, "103", "hints")),
        ..Intent::new(
            Uuid::new_v4(),
            Verb::Transfer,
            Ref::new(RefKind::Leg, &pbx, "1795200000.2"),
        )
    }
}

async fn outcome(watcher: &mut Watcher, id: OperationId) -> Outcome {
    let ended = |watcher: &Watcher| {
        watcher
            .operation(id)
            .is_some_and(|view| view.outcome.is_some())
    };
    watcher.until("an outcome", ended).await;
    watcher
        .operation(id)
        .and_then(|view| view.outcome.clone())
        .expect("an outcome")
}

#[tokio::test(start_paused = true)]
async fn an_operation_shows_at_once_and_ends_by_what_is_seen() {
    let (server, desk, mut watcher) = live().await;
    let wish = transfer();
    assert_eq!(desk.perform(wish.clone()).await, Ok(Ok(wish.id)));
    watcher
        .until("shown", |watcher| watcher.operation(wish.id).is_some())
        .await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    watcher.catch_up();
    assert_eq!(
        watcher
            .operation(wish.id)
            .and_then(|view| view.outcome.clone()),
        None,
        "accepted is not done"
    );
    let moved = |event: &str, more: &str| {
        channel(event, "102", "1795200000.2", more).replace("Exten: 102", "Exten: 103")
    };
    server.say(&(moved("BridgeLeave", "BridgeUniqueid: b1\n") + "\n"));
    let dest = "DestChannel: PJSIP/103-00000009\nDestUniqueid: 1795200000.9\nDestChannelState: 5\nDialStatus: RINGING\n";
    server.say(
        &(channel("Newchannel", "103", "1795200000.9", "")
            .replace("ChannelState: 6", "ChannelState: 0")
            + "\n"),
    );
    server.say(&(moved("DialBegin", dest) + "\n"));
    server.say(&(moved("DialState", dest) + "\n"));
    assert_eq!(
        outcome(&mut watcher, wish.id).await,
        Outcome::Done {
            evidence: Evidence::Ringing
        }
    );
    assert_eq!(server.count("Redirect"), 1);
}

#[tokio::test(start_paused = true)]
async fn the_same_gesture_twice_is_written_once() {
    let (server, desk, mut watcher) = live().await;
    let wish = transfer();
    for _ in 0..3 {
        assert_eq!(desk.perform(wish.clone()).await, Ok(Ok(wish.id)));
    }
    assert_eq!(outcome(&mut watcher, wish.id).await, Outcome::Expired);
    tokio::time::sleep(Duration::from_secs(301)).await;
    watcher
        .until("no longer shown", |watcher| {
            watcher.operation(wish.id).is_none()
        })
        .await;
    assert_eq!(desk.perform(wish.clone()).await, Ok(Ok(wish.id)));
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(server.count("Redirect"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_link_cut_after_the_write_leaves_it_unknown_and_it_is_never_sent_again() {
    let (server, desk, mut watcher) = live().await;
    server.change(|script| script.instead = vec![("Redirect", Instead::Cut)]);
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    assert_eq!(
        outcome(&mut watcher, wish.id).await,
        Outcome::Unknown { found: None }
    );
    server.change(|script| script.instead.clear());
    watcher.live("lab").await;
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("known");
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(
        (server.count("Redirect"), server.dials()),
        (1, 2),
        "never sent again"
    );
}

#[tokio::test(start_paused = true)]
async fn a_link_cut_before_the_write_has_sent_nothing() {
    let (server, desk, mut watcher) = live().await;
    server.change(|script| script.instead = vec![("Getvar", Instead::Cut)]);
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    let ended = outcome(&mut watcher, wish.id).await;
    assert_eq!(
        ended,
        Outcome::Refused {
            refusal: operator::Refusal::NotLive
        }
    );
    tokio::time::sleep(Duration::from_secs(30)).await;
    assert_eq!(server.count("Redirect"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_check_nobody_answers_is_dropped_after_two_seconds() {
    let (server, desk, mut watcher) = live().await;
    server.change(|script| script.instead = vec![("Getvar", Instead::Silence)]);
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    assert_eq!(
        outcome(&mut watcher, wish.id).await,
        Outcome::Refused {
            refusal: operator::Refusal::TooLate
        }
    );
    tokio::time::sleep(Duration::from_secs(20)).await;
    assert_eq!(server.count("Redirect"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_open_operation_survives_a_new_connection_as_unknown() {
    let (server, desk, mut watcher) = live().await;
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    watcher
        .until("written", |_| server.count("Redirect") == 1)
        .await;
    desk.connect(server.connection("lab")).await.expect("runs");
    assert_eq!(
        outcome(&mut watcher, wish.id).await,
        Outcome::Unknown { found: None }
    );
}

/// The class `system` alone is enough to hang up, and not enough to be told of channels.
#[tokio::test(start_paused = true)]
async fn a_hang_up_of_which_no_event_tells_ends_by_the_list() {
    let (server, desk, mut watcher) = live().await;
    server.change(|script| script.items.retain(|(list, _)| *list != "CoreShowChannels"));
    let call = watcher.things("lab", RefKind::Call)[0].clone();
    let wish = Intent::new(Uuid::new_v4(), Verb::HangUp, call);
    assert_eq!(desk.perform(wish.clone()).await, Ok(Ok(wish.id)));
    let evidence = Evidence::HungUp;
    assert_eq!(
        outcome(&mut watcher, wish.id).await,
        Outcome::Done { evidence }
    );
    assert_eq!(server.count("Hangup"), 2, "one for each of the two");
    assert!(watcher.things("lab", RefKind::Call).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_hang_up_that_the_list_denies_has_not_happened() {
    let (server, desk, mut watcher) = live().await;
    let call = watcher.things("lab", RefKind::Call)[0].clone();
    let wish = Intent::new(Uuid::new_v4(), Verb::HangUp, call);
    assert_eq!(desk.perform(wish.clone()).await, Ok(Ok(wish.id)));
    assert_eq!(outcome(&mut watcher, wish.id).await, Outcome::Expired);
    assert_eq!(server.count("CoreShowChannels"), 2, "asked once more");
}
