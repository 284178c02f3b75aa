//! The flight recorder, as the desk is asked about it: why a call dropped, and an export that names nobody.

use std::fs;

use board::{Ref, RefKind};
use desk::{Desk, ExportError, WhyReason, WhyWhat};
use operator::{Intent, Verb};
use uuid::Uuid;

use crate::server::{Server, channel, talk};
use crate::watcher::Watcher;

async fn live(desk: Desk) -> (Server, Desk, Watcher) {
    let server = Server::with(|script| script.items.extend(talk()));
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, desk, watcher)
}

fn leg(uniqueid: &str) -> Ref {
    Ref::new(RefKind::Leg, &desk::pbx_id("lab"), uniqueid)
}

async fn why(desk: &Desk, uniqueid: &str) -> desk::Why {
    let why = desk.why(leg(uniqueid)).await.expect("runs");
    why.expect("connected")
}

/// 102 hangs up, and 101 goes with them.
fn hang_up(server: &Server) {
    for (event, number, uniqueid, more) in [
        ("HangupRequest", "102", "1795200000.2", "Cause: 16\n"),
        ("BridgeLeave", "102", "1795200000.2", "BridgeUniqueid: b1\n"),
        ("BridgeLeave", "101", "1795200000.1", "BridgeUniqueid: b1\n"),
        ("Hangup", "102", "1795200000.2", "Cause: 16\n"),
        ("Hangup", "101", "1795200000.1", "Cause: 16\n"),
    ] {
        server.say(&(channel(event, number, uniqueid, more) + "\n"));
    }
}

/// The two talk in a bridge they were seen entering.
fn enter(server: &Server) {
    for (number, uniqueid) in [("102", "1795200000.2"), ("101", "1795200000.1")] {
        let more = "BridgeUniqueid: b1\nBridgeType: basic\n";
        server.say(&(channel("BridgeEnter", number, uniqueid, more) + "\n"));
    }
}

#[tokio::test(start_paused = true)]
async fn who_hung_up_first_is_told_and_a_call_that_stands_has_not_ended() {
    let (server, desk, mut watcher) = live(desk::start()).await;
    enter(&server);
    watcher.for_seconds(1).await;
    assert_eq!(why(&desk, "1795200000.1").await.reason, WhyReason::NotEnded);
    hang_up(&server);
    watcher.for_seconds(1).await;
    let why = why(&desk, "1795200000.1").await;
    let WhyReason::HungUp { who } = &why.reason else {
        panic!("{why:?}")
    };
    assert_eq!(who.number.as_deref(), Some("102"));
    assert_eq!(
        why.steps.last().map(|step| &step.at),
        why.steps.iter().map(|step| &step.at).max()
    );
    assert!(why.end.is_some());
    let elsewhere = Ref::new(RefKind::Leg, &desk::pbx_id("nowhere"), "1.1");
    assert_eq!(desk.why(elsewhere).await, Ok(None));
}

#[tokio::test(start_paused = true)]
async fn an_operation_of_ours_is_why_and_its_steps_are_told() {
    let (server, desk, mut watcher) = live(desk::start()).await;
    enter(&server);
    watcher.for_seconds(1).await;
    let wish = Intent::new(Uuid::new_v4(), Verb::HangUp, leg("1795200000.2"));
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    watcher
        .until("written", |_| server.count("Hangup") == 1)
        .await;
    hang_up(&server);
    watcher.for_seconds(1).await;
    let why = why(&desk, "1795200000.2").await;
    let (operation, verb) = (wish.id, Verb::HangUp);
    assert_eq!(why.reason, WhyReason::Operation { operation, verb });
    let ours = |what: &WhyWhat| matches!(what, WhyWhat::Operation { operation, .. } if *operation == wish.id);
    assert!(why.steps.iter().any(|step| ours(&step.what)));
}

#[tokio::test(start_paused = true)]
async fn calls_a_restart_cut_off_are_told_as_such() {
    let (server, desk, mut watcher) = live(desk::start()).await;
    enter(&server);
    watcher.for_seconds(1).await;
    server.change(|script| {
        script.items.retain(|(list, _)| *list != "CoreShowChannels");
        script.started = Some(("2026-11-20", "22:22:22"));
    });
    server.cut();
    watcher.lost("lab").await;
    watcher.live("lab").await;
    assert_eq!(
        why(&desk, "1795200000.1").await.reason,
        WhyReason::Restarted
    );
}

#[tokio::test(start_paused = true)]
async fn an_export_lies_in_the_desks_folder_for_its_owner_alone_and_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, desk, mut watcher) = live(desk::start_in(folder.path())).await;
    let hostile = channel(
        "Newchannel",
        "0301234567",
        "1795200000.7",
        "CallerIDName: Erika Mustermann\n",
    );
    server.say(&(hostile + "\n"));
    watcher.for_seconds(1).await;
    let pbx = desk::pbx_id("lab");
    let path = desk.export_flight(pbx.clone()).await.expect("written");
    assert!(path.starts_with(folder.path()));
    let text = fs::read_to_string(&path).expect("a file");
    assert_eq!(desk.flight(pbx).await, Ok(Some(text.clone())));
    assert!(text.contains("1795200000.7") && text.contains("name-1"));
    assert!(!text.contains("Erika") && !text.contains("0301234567"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let nowhere = desk.export_flight(desk::pbx_id("nowhere")).await;
    assert!(matches!(nowhere, Err(ExportError::NoSuchPbx)));
    let without = desk::start().export_flight(desk::pbx_id("lab")).await;
    assert!(matches!(without, Err(ExportError::NoFolder)));
}
