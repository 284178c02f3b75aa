//! What the operator is told when a PBX is back: what became of whom, and whether it was started anew.

use board::RefKind;
use desk::{GapView, GapWhat};

use crate::server::{Server, channel, talk};
use crate::watcher::Watcher;

async fn live(server: &Server) -> (desk::Desk, Watcher) {
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (desk, watcher)
}

fn talking() -> Server {
    Server::with(|script| script.items.extend(talk()))
}

fn forget_calls(server: &Server) {
    server.change(|script| script.items.retain(|(list, _)| *list != "CoreShowChannels"));
}

async fn lose_and_return(server: &Server, watcher: &mut Watcher) {
    server.cut();
    watcher.lost("lab").await;
    watcher.live("lab").await;
}

fn whats(gap: &GapView) -> Vec<GapWhat> {
    gap.changes.iter().map(|change| change.what).collect()
}

#[tokio::test(start_paused = true)]
async fn calls_that_ended_while_nobody_looked_are_told() {
    let server = talking();
    let (_desk, mut watcher) = live(&server).await;
    forget_calls(&server);
    lose_and_return(&server, &mut watcher).await;
    let gap = watcher.gap("lab").expect("told").clone();
    assert_eq!((whats(&gap), gap.more), (vec![GapWhat::Gone], 0));
    assert!(!gap.restarted && gap.since <= gap.until);
    let change = &gap.changes[0];
    assert_eq!(
        (change.number.as_deref(), change.with_number.as_deref()),
        (Some("101"), Some("102"))
    );
    assert_eq!(
        change.extension.as_ref().map(|id| id.key.as_str()),
        Some("101@hints")
    );
}

#[tokio::test(start_paused = true)]
async fn a_pbx_that_was_started_anew_has_interrupted_its_calls() {
    let server = talking();
    let (_desk, mut watcher) = live(&server).await;
    let started = |watcher: &Watcher| watcher.pbx("lab").expect("shown").started.clone();
    assert_eq!(started(&watcher).as_deref(), Some("2026-11-20 21:01:49"));
    forget_calls(&server);
    server.change(|script| script.started = Some(("2026-11-26", "12:00:00")));
    server.say("Event: Shutdown\nShutdown: Cleanly\nRestart: True\n\n");
    watcher
        .until("going down", |watcher| {
            watcher.pbx("lab").is_some_and(|pbx| pbx.stopping)
        })
        .await;
    lose_and_return(&server, &mut watcher).await;
    let gap = watcher.gap("lab").expect("told");
    assert!(gap.restarted);
    assert_eq!(whats(gap), [GapWhat::Interrupted]);
    assert_eq!(started(&watcher).as_deref(), Some("2026-11-26 12:00:00"));
    assert!(!watcher.pbx("lab").expect("shown").stopping);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_may_not_ask_for_the_start_goes_by_the_uptime() {
    let server = talking();
    server.change(|script| (script.started, script.uptime) = (None, Some(86_400)));
    let (_desk, mut watcher) = live(&server).await;
    assert_eq!(watcher.pbx("lab").expect("shown").started, None);
    assert!(
        watcher.blind("lab").is_empty(),
        "the start is no blind spot"
    );
    forget_calls(&server);
    server.change(|script| script.uptime = Some(3));
    lose_and_return(&server, &mut watcher).await;
    assert!(watcher.gap("lab").expect("told").restarted);
}

#[tokio::test(start_paused = true)]
async fn a_gap_that_changed_nothing_is_not_told() {
    let server = talking();
    let (_desk, mut watcher) = live(&server).await;
    lose_and_return(&server, &mut watcher).await;
    assert_eq!(watcher.gap("lab"), None);
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_found_stays_until_somebody_has_read_it() {
    let server = talking();
    let (desk, mut watcher) = live(&server).await;
    forget_calls(&server);
    lose_and_return(&server, &mut watcher).await;
    lose_and_return(&server, &mut watcher).await;
    assert!(
        watcher.gap("lab").is_some(),
        "a calm gap takes nothing away"
    );
    desk.dismiss_gap(desk::pbx_id("elsewhere"))
        .await
        .expect("runs");
    desk.dismiss_gap(desk::pbx_id("lab")).await.expect("runs");
    watcher
        .until("read", |watcher| watcher.gap("lab").is_none())
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_hundred_changes_are_shown_and_the_rest_is_counted() {
    let server = Server::with(|script| {
        let calls = (0..130).map(|number| {
            let uniqueid = format!("1795200000.{number}");
            let more = "Application: Echo\nDuration: 00:00:10\n";
            let one = channel("CoreShowChannel", "103", &uniqueid, more);
            ("CoreShowChannels", one)
        });
        script.items.extend(calls);
    });
    let (_desk, mut watcher) = live(&server).await;
    forget_calls(&server);
    lose_and_return(&server, &mut watcher).await;
    let gap = watcher.gap("lab").expect("told");
    assert_eq!((gap.changes.len(), gap.more), (100, 30));
}
