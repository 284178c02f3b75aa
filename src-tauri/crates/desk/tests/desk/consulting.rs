//! A consultation outlives the program that began it: the PBX knows nothing of it, and somebody waits to music.

use std::fs;
use std::path::Path;

use board::{Ref, RefKind};
use desk::{Connection, Desk, DeskThing, Profile, Tile};
use operator::{ConsultationStage, ConsultationView, Intent, Rules, Verb};
use tempfile::TempDir;
use uuid::Uuid;

use crate::server::{Instead, Script, Server, channel, profile, talk};
use crate::watcher::Watcher;

const CALLER: &str = "1795200000.2";
const MINE: &str = "1795200000.1";
const TARGET: &str = "1795200000.3";

fn server() -> Server {
    Server::with(|script| {
        script.items.extend(talk());
        script.commands.push("Bridge");
    })
}

async fn live(server: &Server, folder: &Path) -> (Desk, Watcher) {
    let music = Some("601".to_owned());
    let rules = Rules {
        music,
        ..Rules::default()
    };
    let desk = desk::start_in(folder);
    let connection = Connection {
        profile: Profile {
            rules,
            ..profile("lab")
        },
        ..server.connection("lab")
    };
    desk.connect(connection).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (desk, watcher)
}

fn wish(verb: Verb) -> Intent {
    let leg = Ref::new(RefKind::Leg, &desk::pbx_id("lab"), CALLER);
    Intent::new(Uuid::new_v4(), verb, leg)
}

/// I ask 103 for 102, and this program is killed as soon as that is written.
async fn killed() -> TempDir {
    let (server, folder) = (server(), tempfile::tempdir().expect("a folder"));
    server.change(|script| script.instead = vec![("Redirect", Instead::Silence)]);
    let (desk, mut watcher) = live(&server, folder.path()).await;
    let target = Ref::extension(&desk::pbx_id("lab"), "103", "hints");
    let consult = Intent {
        target: Some(target),
        ..wish(Verb::Consult)
    };
    desk.perform(consult).await.expect("runs").expect("begun");
    watcher
        .until("written", |_| server.count("Redirect") == 1)
        .await;
    drop(desk);
    watcher.for_seconds(1).await;
    again(folder.path())
}

/// The same journal in another folder: the one before is still locked by a clerk of this very process.
fn again(left: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("journal");
    fs::create_dir_all(&journal).expect("made");
    let file = left.join("journal").join("journal.jsonl");
    fs::copy(file, journal.join("journal.jsonl")).expect("copied");
    folder
}

/// What the lists of the second life tell: who, where in the dialplan, in which bridge.
fn shows(script: &mut Script, legs: &[(&str, &str, &str, Option<&str>)]) {
    script.items.retain(|(list, _)| *list != "CoreShowChannels");
    for (number, uniqueid, exten, bridge) in legs {
        let more = match bridge {
            Some(bridge) => format!("BridgeId: {bridge}\nApplication: Dial\n"),
            None => "Application: MusicOnHold\n".to_owned(),
        };
        let row = channel("CoreShowChannel", number, uniqueid, &more);
        let row = row.replace("Exten: 102", &format!("Exten: {exten}"));
        script.items.push(("CoreShowChannels", row));
    }
}

fn consultation(watcher: &Watcher) -> Option<&ConsultationView> {
    watcher.tiles.values().find_map(|tile| match tile {
        Tile::Desk(DeskThing::Consultation(view)) => Some(view),
        Tile::Desk(_) | Tile::Board(_) => None,
    })
}

/// I talk to 103, and 102 hears music.
fn talking(script: &mut Script) {
    let mine = ("101", MINE, "103", Some("b2"));
    let target = ("103", TARGET, "103", Some("b2"));
    shows(script, &[("102", CALLER, "601", None), mine, target]);
}

async fn stage(watcher: &mut Watcher) -> ConsultationStage {
    let there = |watcher: &Watcher| consultation(watcher).is_some();
    watcher.until("a consultation", there).await;
    consultation(watcher).expect("just seen").stage
}

#[tokio::test(start_paused = true)]
async fn who_waits_while_i_still_talk_is_there_after_a_restart_and_can_be_put_through() {
    let (folder, server) = (killed().await, server());
    server.change(talking);
    let (desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Talking);
    let view = consultation(&watcher).expect("shown");
    assert_eq!(view.caller.number.as_deref(), Some("102"));
    assert_eq!(view.to.number, "103");
    assert_eq!(view.target.as_ref().expect("answered").key, TARGET);
    watcher.for_seconds(20).await;
    assert_eq!(server.count("Redirect"), 0, "nobody is moved unasked");
    let complete = wish(Verb::Complete);
    desk.perform(complete).await.expect("runs").expect("begun");
    watcher
        .until("bridged", |_| server.count("Bridge") == 1)
        .await;
}

#[tokio::test(start_paused = true)]
async fn who_waits_alone_after_a_restart_comes_back_to_my_phone() {
    let (folder, server) = (killed().await, server());
    server.change(|script| shows(script, &[("102", CALLER, "601", None)]));
    let (_desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Apart);
    watcher
        .until("sent to me", |_| server.count("Redirect") == 1)
        .await;
}

/// They are with a menu, or with a mailbox: perhaps somebody has put them there.
#[tokio::test(start_paused = true)]
async fn who_is_alone_somewhere_else_is_shown_and_not_fetched_unasked() {
    let (folder, server) = (killed().await, server());
    server.change(|script| shows(script, &[("102", CALLER, "620", None)]));
    let (_desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Apart);
    watcher.for_seconds(20).await;
    assert_eq!(server.count("Redirect"), 0);
    assert!(consultation(&watcher).is_some());
}

#[tokio::test(start_paused = true)]
async fn what_is_over_by_then_is_not_shown() {
    let gone: fn(&mut Script) = |script| shows(script, &[]);
    let helped: fn(&mut Script) = |script| {
        let caller = ("102", CALLER, "103", Some("b3"));
        shows(script, &[caller, ("103", TARGET, "103", Some("b3"))]);
    };
    let as_before: fn(&mut Script) = |_| {};
    let started_anew: fn(&mut Script) = |script| {
        talking(script);
        script.started = Some(("2026-11-20", "22:22:22"));
    };
    for later in [gone, helped, as_before, started_anew] {
        let (folder, server) = (killed().await, server());
        server.change(later);
        let (_desk, mut watcher) = live(&server, folder.path()).await;
        watcher.for_seconds(20).await;
        assert!(consultation(&watcher).is_none());
        assert_eq!((server.count("Redirect"), server.count("Bridge")), (0, 0));
    }
}

/// The third life learns what the second one saw, and nothing of what was over then.
#[tokio::test(start_paused = true)]
async fn what_the_second_life_saw_is_kept_for_the_third() {
    let (folder, server) = (killed().await, server());
    server.change(talking);
    let (desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Talking);
    watcher.for_seconds(2).await;
    drop((desk, watcher));
    let folder = again(folder.path());
    // I have gone back to the caller: only who remembers the target knows that it waits now.
    server.change(|script| {
        let mine = ("101", MINE, "601", Some("b4"));
        let caller = ("102", CALLER, "601", Some("b4"));
        shows(script, &[mine, caller, ("103", TARGET, "601", None)]);
    });
    let (desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Back);
    drop((desk, watcher));
    server.change(|script| shows(script, &[]));
    let folder = again(folder.path());
    let (desk, mut watcher) = live(&server, folder.path()).await;
    watcher.for_seconds(5).await;
    drop((desk, watcher));
    let folder = again(folder.path());
    server.change(talking);
    let (_desk, mut watcher) = live(&server, folder.path()).await;
    watcher.for_seconds(5).await;
    assert!(consultation(&watcher).is_none(), "it was over before");
}

/// A disconnect in the same life is no end of it either.
#[tokio::test(start_paused = true)]
async fn who_waits_is_there_again_when_the_pbx_is_connected_to_again() {
    let (folder, server) = (killed().await, server());
    server.change(talking);
    let (desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Talking);
    let connection = server.connection("lab");
    desk.disconnect(desk::pbx_id("lab")).await.expect("runs");
    watcher
        .until("let go", |watcher| consultation(watcher).is_none())
        .await;
    desk.connect(connection).await.expect("runs");
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Talking);
}

/// The caller hangs up while the link is away, after I had gone back to them.
#[tokio::test(start_paused = true)]
async fn whoever_was_asked_and_is_left_to_the_music_across_a_lost_link_talks_to_me_again() {
    let (folder, server) = (killed().await, server());
    server.change(talking);
    let (_desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(stage(&mut watcher).await, ConsultationStage::Talking);
    watcher.for_seconds(2).await;
    server.change(|script| {
        let mine = ("101", MINE, "601", None);
        shows(script, &[mine, ("103", TARGET, "601", None)]);
    });
    server.cut();
    let left = |watcher: &Watcher| {
        consultation(watcher).is_some_and(|view| view.stage == ConsultationStage::Left)
    };
    watcher.until("nobody but us two is left", left).await;
    watcher
        .until("bridged", |_| server.count("Bridge") == 1)
        .await;
    assert_eq!(server.count("Redirect"), 0);
}
