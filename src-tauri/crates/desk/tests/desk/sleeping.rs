//! The computer sleeps and wakes: nothing that was on show may pass for news.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use board::{Ref, RefKind};
use desk::{GapWhat, LinkError, Status};
use operator::{Intent, Refusal, Verb};
use uuid::Uuid;

use crate::server::{Server, talk};
use crate::watcher::Watcher;

/// Seconds this computer has slept in all.
#[derive(Default, Clone)]
struct Slept(Arc<AtomicU64>);

impl Slept {
    fn sleep(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

async fn live() -> (Server, Slept, desk::Desk, Watcher) {
    let server = Server::with(|script| script.items.extend(talk()));
    let slept = Slept::default();
    let gauge = slept.clone();
    let desk = desk::start_with_sleep(move || Duration::from_secs(gauge.0.load(Ordering::Relaxed)));
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, slept, desk, watcher)
}

fn hang_up() -> Intent {
    let subject = Ref::new(RefKind::Leg, &desk::pbx_id("lab"), "1795200000.1");
    Intent::new(Uuid::new_v4(), Verb::HangUp, subject)
}

async fn woken(watcher: &mut Watcher) {
    watcher
        .until("a check", |watcher| {
            matches!(
                watcher.status("lab"),
                Some(Status::Lost {
                    reason: LinkError::Slept,
                    ..
                })
            )
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_the_picture_is_old_until_the_pbx_has_answered_and_been_read_again() {
    let (server, slept, desk, mut watcher) = live().await;
    server.change(|script| {
        script.pong_after = Some(Duration::from_millis(300));
        script.items.retain(|(list, _)| *list != "CoreShowChannels");
    });
    slept.sleep(3_600);
    woken(&mut watcher).await;
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1, "as it was");
    assert_eq!(desk.perform(hang_up()).await, Ok(Err(Refusal::NotLive)));
    let pbx = watcher.pbx("lab").expect("shown");
    let Status::Lost { since, .. } = pbx.status else {
        panic!("{pbx:?}")
    };
    assert!(pbx.since - since >= 3_600_000, "the sleep counts as time");
    watcher.live("lab").await;
    assert!(watcher.things("lab", RefKind::Call).is_empty());
    assert_eq!(server.dials(), 1, "a link that stands is kept");
    let gap = watcher.gap("lab").expect("told");
    assert_eq!(gap.changes[0].what, GapWhat::Gone);
    assert!(gap.until - gap.since >= 3_600_000 && !gap.restarted);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_does_not_answer_in_half_a_second_is_dialled_anew() {
    let (server, slept, _desk, mut watcher) = live().await;
    server.freeze();
    slept.sleep(60);
    woken(&mut watcher).await;
    watcher.for_seconds(2).await;
    assert_eq!(watcher.status("lab"), Some(Status::Live));
    assert_eq!((server.dials(), server.count("Hangup")), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_blink_is_no_sleep() {
    let (server, slept, _desk, mut watcher) = live().await;
    slept.sleep(3);
    watcher.for_seconds(5).await;
    assert_eq!(watcher.status("lab"), Some(Status::Live));
    assert_eq!(server.count("CoreShowChannels"), 1);
}
