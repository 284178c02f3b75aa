//! Several PBXs in one session.

use super::*;

/// Which PBXs are on the board, by id, once they are as many as wanted.
async fn on_board(shell: &Shell, wanted: usize) -> Vec<String> {
    let mut seen = Vec::new();
    for _ in 0..200 {
        let mut feed = shell.desk.subscribe().await.expect("running");
        let Some(FeedMessage::Snapshot { tiles, .. }) = feed.recv().await else {
            panic!("a feed begins with a snapshot");
        };
        seen = tiles.iter().filter_map(pbx_of).collect();
        if seen.len() == wanted {
            break;
        }
        tokio::task::yield_now().await;
    }
    seen
}

fn pbx_of(tile: &Tile) -> Option<String> {
    match tile {
        Tile::Desk(DeskThing::Pbx(pbx)) => Some(pbx.id.pbx.as_str().to_owned()),
        Tile::Desk(_) | Tile::Board(_) => None,
    }
}

fn id(name: &str) -> PbxId {
    desk::pbx_id(name)
}

async fn linked(shell: &Shell) -> Vec<(String, bool)> {
    let start = shell.start().await.expect("running");
    let remembered = start.remembered.into_iter();
    remembered
        .map(|each| (each.profile.name, each.linked))
        .collect()
}

fn each(names: &[(&str, bool)]) -> Vec<(String, bool)> {
    let owned = names
        .iter()
        .map(|(name, linked)| ((*name).to_owned(), *linked));
    owned.collect()
}

#[tokio::test]
async fn every_remembered_pbx_is_connected_at_start_but_the_paused_ones() {
    let all = [
        saved("main", 1, false),
        saved("annex", 2, false),
        saved("old", 3, true),
    ];
    let (shell, _folder) = remembering(&all);
    let start = shell.start().await.expect("running");
    assert!(start.connected && !start.practice);
    assert_eq!(
        linked(&shell).await,
        each(&[("main", true), ("annex", true), ("old", false)])
    );
    assert_eq!(on_board(&shell, 2).await, ["annex", "main"]);
}

#[tokio::test]
async fn a_pbx_whose_secret_is_missing_stands_on_the_board_and_says_so() {
    let all = [saved("main", 1, false), saved("annex", 2, false)];
    let drawer = Arc::new(Drawer::default());
    drawer.put(&secrets::entry(&all[0].profile), "main");
    let (shell, _folder) = over(&all, drawer);
    let start = shell.start().await.expect("running");
    assert_eq!(start.remembered[1].secret, Some(SecretState::NotStored));
    let mut feed = shell.desk.subscribe().await.expect("running");
    wait_for(&mut feed, |tile| {
        matches!(tile, Tile::Desk(DeskThing::Pbx(pbx))
            if pbx.id.pbx == id("annex") && matches!(pbx.status, Status::Refused { reason: LinkError::Profile { .. } }))
    })
    .await;
}

#[tokio::test]
async fn with_no_secret_at_all_the_first_page_asks() {
    let all = [saved("main", 1, false), saved("annex", 2, false)];
    let (shell, _folder) = over(&all, Arc::new(Drawer::default()));
    let start = shell.start().await.expect("running");
    assert_eq!(
        (start.connected, start.secret),
        (false, SecretState::NotStored)
    );
    assert!(on_board(&shell, 0).await.is_empty());
}

#[tokio::test]
async fn a_second_pbx_joins_the_first_with_a_secret_of_its_own() {
    let drawer = Arc::new(Drawer::default());
    let first = saved("main", 1, false);
    drawer.put(&secrets::entry(&first.profile), "main");
    let (shell, folder) = over(&[first], drawer.clone());
    shell.start().await.expect("running");
    let second = Profile {
        port: 2,
        ..nowhere()
    };
    let secret = Some("s3cond".to_owned());
    let connected = shell
        .connect(second, secret, true, None)
        .await
        .expect("running");
    assert!(connected.remembered);
    let read = SettingsFile::open(folder.path()).current();
    assert_eq!(ids(&read), ["main", "127-0-0-1"]);
    assert_eq!(on_board(&shell, 2).await, ["127-0-0-1", "main"]);
    let entries: Vec<String> = read
        .connections
        .iter()
        .map(|each| secrets::entry(&each.profile))
        .collect();
    assert_eq!(drawer.names().len(), 2);
    assert!(entries.iter().all(|entry| drawer.names().contains(entry)));
}

#[tokio::test]
async fn the_same_pbx_added_a_second_time_is_still_one() {
    let (shell, folder) = remembering(&[saved("main", 1, false)]);
    shell.start().await.expect("running");
    let again = saved("again", 1, false).profile;
    shell
        .connect(again, Some("x".to_owned()), false, None)
        .await
        .expect("running");
    let read = SettingsFile::open(folder.path()).current();
    assert_eq!(ids(&read), ["main"]);
    assert_eq!(read.connections[0].profile.name, "again");
    assert_eq!(on_board(&shell, 1).await, ["main"]);
}

#[tokio::test]
async fn a_pbx_that_moved_to_another_host_needs_its_secret_typed_anew_and_the_old_one_is_forgotten()
{
    let drawer = Arc::new(Drawer::default());
    let main = saved("main", 1, false);
    drawer.put(&secrets::entry(&main.profile), "old");
    let (shell, folder) = over(std::slice::from_ref(&main), drawer.clone());
    shell.start().await.expect("running");
    let moved = Profile {
        port: 2,
        ..main.profile
    };
    let main = Some(id("main"));
    let kept_back = shell
        .connect(moved.clone(), None, true, main.clone())
        .await
        .expect("running");
    assert_eq!(kept_back.secret, SecretState::NotStored);
    let secret = Some("new".to_owned());
    shell
        .connect(moved.clone(), secret, true, main)
        .await
        .expect("running");
    assert_eq!(drawer.names(), [secrets::entry(&moved)]);
    let read = SettingsFile::open(folder.path()).current();
    assert_eq!(
        (ids(&read), read.connections[0].profile.port),
        (vec!["main"], 2)
    );
}

#[tokio::test]
async fn a_pbx_that_moved_to_where_another_stands_takes_its_place_and_its_secret_goes() {
    let all = [saved("main", 1, false), saved("annex", 2, false)];
    let drawer = Arc::new(Drawer::default());
    for each in &all {
        drawer.put(&secrets::entry(&each.profile), "s3cret");
    }
    let (shell, folder) = over(&all, drawer.clone());
    shell.start().await.expect("running");
    let moved = Profile {
        port: 2,
        ..all[0].profile.clone()
    };
    let secret = Some("new".to_owned());
    shell
        .connect(moved.clone(), secret, true, Some(id("main")))
        .await
        .expect("running");
    assert_eq!(on_board(&shell, 1).await, ["main"]);
    assert_eq!(drawer.names(), [secrets::entry(&moved)]);
    let read = SettingsFile::open(folder.path()).current();
    assert_eq!(ids(&read), ["main"]);
}

#[tokio::test]
async fn a_paused_pbx_leaves_the_board_is_remembered_as_paused_and_comes_back() {
    let (shell, folder) = remembering(&[saved("main", 1, false), saved("annex", 2, false)]);
    shell.start().await.expect("running");
    assert!(shell.pause(&id("annex"), true).await.expect("running"));
    assert_eq!(on_board(&shell, 1).await, ["main"]);
    let read = SettingsFile::open(folder.path()).current();
    assert!(read.connections[1].paused);
    assert!(shell.pause(&id("annex"), false).await.expect("running"));
    assert_eq!(on_board(&shell, 2).await, ["annex", "main"]);
}

#[tokio::test]
async fn a_removed_pbx_takes_its_secret_with_it_and_leaves_the_others_alone() {
    let all = [saved("main", 1, false), saved("annex", 2, false)];
    let drawer = Arc::new(Drawer::default());
    for each in &all {
        drawer.put(&secrets::entry(&each.profile), "s3cret");
    }
    let (shell, folder) = over(&all, drawer.clone());
    shell.start().await.expect("running");
    assert!(shell.remove(&id("main")).await.expect("running"));
    assert_eq!(on_board(&shell, 1).await, ["annex"]);
    assert_eq!(drawer.names(), [secrets::entry(&all[1].profile)]);
    assert_eq!(ids(&SettingsFile::open(folder.path()).current()), ["annex"]);
    assert!(!shell.pause(&id("main"), false).await.expect("running"));
}

#[tokio::test]
async fn practice_stands_alone_and_leaving_it_for_a_pbx_brings_the_others_back() {
    let (shell, _folder) = remembering(&[saved("main", 1, false), saved("annex", 2, false)]);
    shell.start().await.expect("running");
    shell.use_practice().await.expect("running");
    assert_eq!(on_board(&shell, 1).await, ["practice"]);
    let main = saved("main", 1, false).profile;
    let connected = shell
        .connect(main, None, true, Some(id("main")))
        .await
        .expect("running");
    assert_eq!(connected.secret, SecretState::Stored);
    assert!(!shell.start().await.expect("running").practice);
    assert_eq!(on_board(&shell, 2).await, ["annex", "main"]);
}

#[tokio::test]
async fn a_pbx_on_the_command_line_is_the_only_one_of_its_session() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = SettingsFile::open(folder.path());
    file.change(|settings| settings.connections = vec![saved("main", 1, false)])
        .expect("saved");
    let choice = Choice::Pbx {
        profile: nowhere(),
        secret: Some(ami::Secret::new("s3cret".to_owned())),
    };
    let secrets = Secrets::over(Arc::new(Drawer::default()));
    let shell = Shell::over(desk::start(), file, choice, secrets);
    assert_eq!(linked(&shell).await, each(&[("main", false)]));
    assert_eq!(on_board(&shell, 1).await, ["nowhere"]);
}

#[tokio::test]
async fn leaving_lets_go_of_all_and_forgets_none() {
    let (shell, folder) = remembering(&[saved("main", 1, false), saved("annex", 2, false)]);
    shell.start().await.expect("running");
    shell.disconnect().await.expect("running");
    let start = shell.start().await.expect("running");
    assert_eq!(
        (start.connected, start.secret),
        (false, SecretState::Stored)
    );
    assert!(on_board(&shell, 0).await.is_empty());
    assert_eq!(
        ids(&SettingsFile::open(folder.path()).current()),
        ["main", "annex"]
    );
}
