mod several;

use std::sync::Arc;
use std::time::Duration;

use board::Thing;
use desk::{DeskThing, FeedMessage, Status, Tile};
use tokio::sync::mpsc::Receiver;

use super::*;
use crate::connections::Saved;
use crate::secrets::Secrets;
use crate::secrets::drawer::Drawer;
use crate::settings::Theme;

/// A shell over an empty settings folder, which must live as long.
fn shell(choice: Choice) -> (Shell, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    (
        Shell::new(desk::start(), SettingsFile::open(folder.path()), choice),
        folder,
    )
}

/// A PBX that is remembered; nothing listens on its port.
fn saved(name: &str, port: u16, paused: bool) -> Saved {
    let profile = Profile {
        port,
        pbx: desk::pbx_id(name),
        name: name.to_owned(),
        ..nowhere()
    };
    Saved { profile, paused }
}

/// A shell which remembers these, over an open keyring that has the secret of each: its name.
fn remembering(connections: &[Saved]) -> (Shell, tempfile::TempDir) {
    let drawer = Arc::new(Drawer::default());
    for each in connections {
        drawer.put(&secrets::entry(&each.profile), &each.profile.name);
    }
    over(connections, drawer)
}

fn over(connections: &[Saved], drawer: Arc<Drawer>) -> (Shell, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = SettingsFile::open(folder.path());
    file.change(|settings| settings.connections = connections.to_vec())
        .expect("saved");
    let secrets = Secrets::over(drawer);
    (
        Shell::over(desk::start(), file, Choice::Nothing, secrets),
        folder,
    )
}

fn ids(settings: &Settings) -> Vec<&str> {
    let connections = settings.connections.iter();
    connections.map(|each| each.profile.pbx.as_str()).collect()
}

fn practice() -> Choice {
    Choice::Practice {
        profile: desk::practice_profile(),
    }
}

/// Nothing listens there.
fn nowhere() -> Profile {
    Profile {
        port: 1,
        host: "127.0.0.1".to_owned(),
        pbx: desk::pbx_id("nowhere"),
        ..desk::practice_profile()
    }
}

/// Reads the feed until a tile is as wanted.
async fn wait_for(feed: &mut Receiver<FeedMessage>, wanted: impl Fn(&Tile) -> bool) {
    let seen = async {
        while let Some(message) = feed.recv().await {
            let tiles = match message {
                FeedMessage::Snapshot { tiles, .. } => tiles,
                FeedMessage::Batch { deltas, .. } => {
                    deltas.into_iter().filter_map(upserted).collect()
                }
            };
            if tiles.iter().any(&wanted) {
                return true;
            }
        }
        false
    };
    assert_eq!(
        tokio::time::timeout(Duration::from_secs(10), seen).await,
        Ok(true),
        "seen within ten seconds"
    );
}

fn upserted(delta: board::Delta<Tile>) -> Option<Tile> {
    match delta {
        board::Delta::Upsert { value } => Some(value),
        board::Delta::Remove { .. } => None,
    }
}

fn stands(wanted: fn(&Status) -> bool) -> impl Fn(&Tile) -> bool {
    move |tile| match tile {
        Tile::Desk(DeskThing::Pbx(pbx)) => wanted(&pbx.status),
        Tile::Desk(_) | Tile::Board(_) => false,
    }
}

#[tokio::test]
async fn practice_on_the_command_line_is_live_without_a_click() {
    let (shell, _folder) = shell(practice());
    let start = shell.start().await.expect("running");
    assert!(start.practice && start.connected);
    assert_eq!(start.options, None);
    let mut feed = shell.desk.subscribe().await.expect("running");
    wait_for(&mut feed, stands(|status| *status == Status::Live)).await;
    let mut feed = shell.desk.subscribe().await.expect("running");
    wait_for(
        &mut feed,
        |tile| matches!(tile, Tile::Board(Thing::Extension(extension)) if extension.me),
    )
    .await;
}

#[tokio::test]
async fn without_options_and_settings_nothing_is_connected() {
    let (shell, _folder) = shell(Choice::Nothing);
    let start = shell.start().await.expect("running");
    assert!(!start.practice && !start.connected);
    assert_eq!((start.options, start.kept), (None, None));
}

#[tokio::test]
async fn after_leaving_a_pbx_its_secret_is_still_at_hand() {
    let secret = Some(ami::Secret::new("s3cret".to_owned()));
    let (shell, _folder) = shell(Choice::Pbx {
        profile: nowhere(),
        secret,
    });
    shell.start().await.expect("running");
    shell.disconnect().await.expect("running");
    let start = shell.start().await.expect("running");
    assert_eq!(
        (start.connected, start.secret),
        (false, SecretState::Session)
    );
}

#[tokio::test]
async fn a_pbx_on_the_command_line_is_dialled_with_the_secret_of_the_environment() {
    let secret = Some(ami::Secret::new("s3cret".to_owned()));
    let (shell, _folder) = shell(Choice::Pbx {
        profile: nowhere(),
        secret,
    });
    let start = shell.start().await.expect("running");
    assert_eq!(
        (start.options, start.connected, start.secret),
        (Some(nowhere()), true, SecretState::Session)
    );
    let mut feed = shell.desk.subscribe().await.expect("running");
    wait_for(
        &mut feed,
        stands(|status| {
            matches!(
                status,
                Status::Lost {
                    reason: LinkError::ConnectionRefused,
                    ..
                }
            )
        }),
    )
    .await;
}

#[tokio::test]
async fn leaving_the_practice_pbx_and_coming_back_is_told_to_a_reloaded_page() {
    let (shell, _folder) = shell(practice());
    shell.start().await.expect("running");
    shell.disconnect().await.expect("running");
    let start = shell.start().await.expect("running");
    assert!(!start.practice && !start.connected);
    shell.use_practice().await.expect("running");
    assert!(shell.start().await.expect("running").practice);
}

#[tokio::test]
async fn a_secret_for_this_session_is_written_nowhere_but_its_pbx_is_remembered() {
    let (shell, folder) = shell(Choice::Nothing);
    let connected = shell
        .connect(nowhere(), Some("s3cret".to_owned()), false, None)
        .await
        .expect("running");
    assert_eq!(
        connected,
        Connected {
            remembered: false,
            secret: SecretState::Session
        }
    );
    assert!(shell.start().await.expect("running").connected);
    let names = std::fs::read_dir(folder.path()).expect("listed");
    let files: Vec<_> = names.map(|file| file.expect("readable").path()).collect();
    assert_eq!(files, [folder.path().join("settings.json")]);
    let written = std::fs::read_to_string(&files[0]).expect("read");
    assert!(written.contains("127.0.0.1") && !written.contains("s3cret"));
}

#[tokio::test]
async fn a_profile_that_allows_no_dial_shows_its_reason_in_the_status() {
    let (shell, _folder) = shell(Choice::Nothing);
    let trust = desk::Trust::Ca {
        path: "no/such/file.pem".to_owned(),
    };
    let profile = Profile {
        protection: desk::Protection::Tls { trust },
        ..nowhere()
    };
    let mut feed = shell.desk.subscribe().await.expect("running");
    shell
        .connect(profile, Some("s3cret".to_owned()), false, None)
        .await
        .expect("running");
    let refused = |status: &Status| matches!(status, Status::Refused { .. } | Status::Lost { .. });
    wait_for(&mut feed, stands(refused)).await;
}

#[tokio::test]
async fn saving_how_it_looks_does_not_forget_the_pbxs() {
    let (shell, folder) = remembering(&[saved("main", 1, false), saved("annex", 2, true)]);
    let dark = Settings {
        theme: Theme::Dark,
        ..Settings::default()
    };
    shell.save_settings(dark).expect("saved");
    let read = SettingsFile::open(folder.path()).current();
    assert_eq!(
        (ids(&read), read.theme),
        (vec!["main", "annex"], Theme::Dark)
    );
}
