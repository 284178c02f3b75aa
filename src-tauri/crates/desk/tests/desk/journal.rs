//! The journal: written before the wire, read after a crash. Whatever happens, an operation is written once at most.

use std::fs;
use std::path::{Path, PathBuf};

use desk::{Desk, JournalState};
use operator::{Evidence, Found, Intent, OperationId, Outcome, Verb};
use tempfile::TempDir;
use uuid::Uuid;

use crate::server::{Instead, Script, Server, channel, talk};
use crate::watcher::Watcher;
use board::{Ref, RefKind};

/// What a PBX shows when it is seen again.
#[derive(Debug, Clone, Copy)]
enum Later {
    AsBefore,
    AtTheTarget,
    Gone,
    StartedAnew,
}

impl Later {
    const ALL: [(Self, Found); 4] = [
        (Self::AsBefore, Found::DidNotHappen),
        (
            Self::AtTheTarget,
            Found::Happened {
                evidence: Evidence::Arrived,
            },
        ),
        (Self::Gone, Found::Gone { restarted: false }),
        (Self::StartedAnew, Found::Gone { restarted: true }),
    ];

    fn set(self, script: &mut Script) {
        script.items.retain(|(list, _)| *list != "CoreShowChannels");
        match self {
            Self::AsBefore => script.items.extend(talk()),
            Self::AtTheTarget => {
                let moved = channel(
                    "CoreShowChannel",
                    "102",
                    "1795200000.2",
                    "Application: Dial\n",
                );
                let moved = moved.replace("Exten: 102", "Exten: 103");
                script.items.push(("CoreShowChannels", moved));
            }
            Self::Gone => {}
            Self::StartedAnew => script.started = Some(("2026-11-20", "22:22:22")),
        }
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn file(folder: &Path) -> PathBuf {
    folder.join("journal").join("journal.jsonl")
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

async fn live(server: &Server, folder: &Path) -> (Desk, Watcher) {
    let desk = desk::start_in(folder);
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (desk, watcher)
}

fn talking() -> Server {
    Server::with(|script| script.items.extend(talk()))
}

fn state(watcher: &Watcher) -> &JournalState {
    &watcher.pbx("lab").expect("shown").diagnostics.journal
}

async fn outcome(watcher: &mut Watcher, id: OperationId) -> Outcome {
    let of = |watcher: &Watcher| watcher.operation(id).and_then(|view| view.outcome.clone());
    watcher
        .until("an outcome", |watcher| of(watcher).is_some())
        .await;
    of(watcher).expect("an outcome")
}

async fn found(watcher: &mut Watcher, id: OperationId) -> Found {
    let of = |watcher: &Watcher| match watcher.operation(id)?.outcome {
        Some(Outcome::Unknown { found }) => found,
        Some(
            Outcome::Done { .. }
            | Outcome::Refused { .. }
            | Outcome::Failed { .. }
            | Outcome::Expired,
        )
        | None => None,
    };
    watcher
        .until("what was found", |watcher| of(watcher).is_some())
        .await;
    of(watcher).expect("just seen")
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_stands_in_the_journal_before_a_byte_of_it_goes_out() {
    let (server, folder) = (talking(), folder());
    server.change(|script| script.reads = Some(file(folder.path())));
    let (desk, mut watcher) = live(&server, folder.path()).await;
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    assert_eq!(outcome(&mut watcher, wish.id).await, Outcome::Expired);
    let read = server.read();
    assert_eq!(read.len(), 1, "one write");
    let asked: Vec<_> = read[0]
        .lines()
        .filter(|line| line.contains("\"entry\":\"asked\""))
        .collect();
    assert_eq!(asked.len(), 1);
    for part in [
        &wish.id.to_string(),
        "\"user\":\"cordboard\",\"me\":\"101\"",
        "\"seen\":{\"phase\":\"talking\"",
        "\"Action: Redirect\",\"Channel: 1795200000.2\"",
        "\"Exten: 103\"",
        "2026-11-20 21:01:49",
    ] {
        assert!(asked[0].contains(part), "{part} in {}", asked[0]);
    }
    assert_eq!(state(&watcher), &JournalState::Kept { aside: None });
    watcher.for_seconds(1).await;
    let kept = fs::read_to_string(file(folder.path())).expect("a journal");
    let order: Vec<_> = kept.lines().filter_map(entry).collect();
    assert_eq!(order, ["began", "asked", "written", "answered", "ended"]);
    assert!(!kept.contains("cordboard-secret"));
}

fn entry(line: &str) -> Option<&str> {
    line.split_once("\"entry\":\"")?.1.split('"').next()
}

#[tokio::test(start_paused = true)]
async fn a_link_lost_after_the_write_is_settled_by_the_next_pictures() {
    for (later, expected) in Later::ALL {
        let (server, folder) = (talking(), folder());
        server.change(|script| script.instead = vec![("Redirect", Instead::Cut)]);
        let (desk, mut watcher) = live(&server, folder.path()).await;
        let wish = transfer();
        desk.perform(wish.clone())
            .await
            .expect("runs")
            .expect("begun");
        assert_eq!(
            outcome(&mut watcher, wish.id).await,
            Outcome::Unknown { found: None }
        );
        server.change(|script| {
            script.instead.clear();
            later.set(script);
        });
        assert_eq!(found(&mut watcher, wish.id).await, expected, "{later:?}");
        desk.perform(wish.clone())
            .await
            .expect("runs")
            .expect("known");
        watcher.for_seconds(60).await;
        assert_eq!(
            (server.count("Redirect"), server.dials()),
            (1, 2),
            "{later:?}"
        );
        assert!(
            watcher.operation(wish.id).is_some(),
            "there for whoever was away"
        );
    }
}

/// What stands in the journal when a program is killed while the PBX is silent about a redirect.
async fn killed() -> (OperationId, Vec<String>) {
    let (server, folder) = (talking(), folder());
    server.change(|script| script.instead = vec![("Redirect", Instead::Silence)]);
    let (desk, mut watcher) = live(&server, folder.path()).await;
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    watcher
        .until("written", |_| server.count("Redirect") == 1)
        .await;
    drop(desk);
    watcher.for_seconds(1).await;
    let text = fs::read_to_string(file(folder.path())).expect("a journal");
    (
        wish.id,
        text.split_inclusive('\n').map(str::to_owned).collect(),
    )
}

/// A folder as a killed program has left it.
fn left(text: &str) -> TempDir {
    let folder = folder();
    let file = file(folder.path());
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(file, text).expect("written");
    folder
}

#[tokio::test(start_paused = true)]
async fn killed_between_journal_and_write_or_after_it_the_operation_comes_back_and_is_never_written_again()
 {
    let (id, lines) = killed().await;
    let entries: Vec<_> = lines.iter().filter_map(|line| entry(line)).collect();
    assert_eq!(entries[..3], ["began", "asked", "written"]);
    for end in [2, 3] {
        let half = &lines[2][..lines[2].len() / 2];
        for torn in ["", half] {
            let text = lines[..end].concat() + torn;
            for (later, expected) in Later::ALL {
                let folder = left(&text);
                let server = talking();
                server.change(|script| later.set(script));
                let (desk, mut watcher) = live(&server, folder.path()).await;
                assert_eq!(found(&mut watcher, id).await, expected, "{end} {later:?}");
                let view = watcher.operation(id).expect("shown");
                assert_eq!(view.preview.journeys[0].to.number, "103");
                desk.perform(Intent { id, ..transfer() })
                    .await
                    .expect("runs")
                    .expect("known");
                watcher.for_seconds(20).await;
                assert_eq!(server.count("Redirect"), 0, "{end} {later:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn killed_before_the_journal_nothing_comes_back() {
    let (id, lines) = killed().await;
    let half = &lines[1][..lines[1].len() / 2];
    for text in ["", &lines[0], &(lines[0].clone() + half)] {
        let (server, folder) = (talking(), left(text));
        let (_desk, mut watcher) = live(&server, folder.path()).await;
        watcher.for_seconds(20).await;
        assert!(watcher.operation(id).is_none(), "{text}");
        assert_eq!(state(&watcher), &JournalState::Kept { aside: None });
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_found_once_does_not_come_back_at_the_next_start() {
    let (id, lines) = killed().await;
    let folder = left(&lines[..3].concat());
    let server = talking();
    let (desk, mut watcher) = live(&server, folder.path()).await;
    assert_eq!(found(&mut watcher, id).await, Found::DidNotHappen);
    watcher.for_seconds(1).await;
    drop((desk, watcher));
    let text = fs::read_to_string(file(folder.path())).expect("a journal");
    let again = left(&text);
    let (_desk, mut watcher) = live(&server, again.path()).await;
    watcher.for_seconds(5).await;
    assert!(watcher.operation(id).is_none());
}

#[tokio::test(start_paused = true)]
async fn an_operation_of_a_pbx_that_is_not_connected_waits_for_it() {
    let (id, lines) = killed().await;
    let folder = left(&lines[..3].concat());
    let server = talking();
    let desk = desk::start_in(folder.path());
    let mut watcher = Watcher::of(&desk).await;
    watcher.for_seconds(60).await;
    assert!(watcher.operation(id).is_none());
    desk.connect(server.connection("lab")).await.expect("runs");
    assert_eq!(found(&mut watcher, id).await, Found::DidNotHappen);
}

#[tokio::test(start_paused = true)]
async fn a_pbx_let_go_of_in_the_middle_is_looked_into_when_it_is_back() {
    let (server, folder) = (talking(), folder());
    server.change(|script| script.instead = vec![("Redirect", Instead::Silence)]);
    let (desk, mut watcher) = live(&server, folder.path()).await;
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    watcher
        .until("written", |_| server.count("Redirect") == 1)
        .await;
    desk.disconnect(desk::pbx_id("lab")).await.expect("runs");
    watcher
        .until("gone", |watcher| watcher.operation(wish.id).is_none())
        .await;
    server.change(|script| Later::AtTheTarget.set(script));
    desk.connect(server.connection("lab")).await.expect("runs");
    let evidence = Evidence::Arrived;
    assert_eq!(
        found(&mut watcher, wish.id).await,
        Found::Happened { evidence }
    );
    assert_eq!(server.count("Redirect"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_cannot_be_written_stops_nobody_and_is_told() {
    let (server, place) = (talking(), folder());
    let folder = place.path().join("not-a-folder");
    fs::write(&folder, "a file in its place").expect("written");
    let (desk, mut watcher) = live(&server, &folder).await;
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    assert_eq!(outcome(&mut watcher, wish.id).await, Outcome::Expired);
    assert_eq!(server.count("Redirect"), 1);
    assert!(matches!(state(&watcher), JournalState::Failing { .. }));
    fs::remove_file(&folder).expect("out of the way");
    watcher
        .until("kept again", |watcher| {
            matches!(state(watcher), JournalState::Kept { .. })
        })
        .await;
    let kept = fs::read_to_string(file(&folder)).expect("a journal");
    assert!(kept.contains(&wish.id.to_string()), "written down late");
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_was_changed_is_put_aside_and_told() {
    let (id, lines) = killed().await;
    let text = lines[..3].concat().replace("Exten: 103", "Exten: 104");
    let (server, folder) = (talking(), left(&text));
    let (_desk, mut watcher) = live(&server, folder.path()).await;
    let aside = Some("journal-aside-1.jsonl".to_owned());
    let told = JournalState::Kept { aside };
    watcher
        .until("told", |watcher| *state(watcher) == told)
        .await;
    assert_eq!(found(&mut watcher, id).await, Found::DidNotHappen);
}

#[tokio::test(start_paused = true)]
async fn who_waits_until_it_is_written_down_finds_it_on_the_disk() {
    let (server, folder) = (talking(), folder());
    let (desk, mut watcher) = live(&server, folder.path()).await;
    desk.written_down().await.expect("nothing to wait for");
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    assert_eq!(outcome(&mut watcher, wish.id).await, Outcome::Expired);
    desk.written_down().await.expect("runs");
    let kept = fs::read_to_string(file(folder.path())).expect("a journal");
    assert_eq!(kept.lines().filter_map(entry).next_back(), Some("ended"));
    desk::start()
        .written_down()
        .await
        .expect("no journal, no wait");
}

/// A pipe in the file's place holds whoever opens it until there is another end: a disk that hangs.
#[cfg(unix)]
#[tokio::test]
async fn a_disk_that_hangs_keeps_no_program_from_its_end_and_nothing_is_lost_when_it_goes_on() {
    let (server, folder) = (talking(), folder());
    let pipe = file(folder.path());
    fs::create_dir_all(pipe.parent().expect("a folder")).expect("made");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("a program of every Unix").success());
    let (desk, mut watcher) = live(&server, folder.path()).await;
    let wish = transfer();
    desk.perform(wish.clone())
        .await
        .expect("runs")
        .expect("begun");
    watcher
        .until("written all the same", |_| server.count("Redirect") == 1)
        .await;
    let bound = std::time::Duration::from_millis(50);
    let kept = tokio::time::timeout(20 * bound, desk.written_down_within(bound));
    assert_eq!(kept.await, Ok(false), "it hangs, and holds nobody up");
    let other_end = fs::OpenOptions::new().write(true).open(&pipe);
    fs::remove_file(&pipe).expect("out of the way");
    drop(other_end.expect("the clerk is at this end"));
    let bound = std::time::Duration::from_secs(10);
    assert!(desk.written_down_within(bound).await, "it goes on");
    let kept = fs::read_to_string(&pipe).expect("a journal");
    let order: Vec<_> = kept.lines().filter_map(entry).collect();
    assert_eq!(order[..3], ["began", "asked", "written"]);
    assert!(kept.contains(&wish.id.to_string()));
}
