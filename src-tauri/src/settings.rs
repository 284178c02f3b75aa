//! What is remembered between two starts: one JSON file with a version, and no secret in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use desk::Profile;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::connections::{self, Saved};

const VERSION: u32 = 2;

/// How the window is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Theme {
    /// As the desktop is.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// High contrast.
    Contrast,
}

/// Which colour stands for which state. The icon and the word are the same in all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Palette {
    /// Amber rings, blue talks, violet is held.
    #[default]
    Standard,
    /// Told apart without red and green: by blue against orange, and by light against dark.
    Safe,
    /// Red talks, as on many other consoles.
    RedBusy,
}

/// How close the tiles stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Density {
    /// Tall tiles.
    #[default]
    Comfortable,
    /// Lower tiles.
    Compact,
    /// Single rows.
    Dense,
}

/// What letting go of my own call over somebody means, unless another verb is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum TransferBy {
    /// The caller goes there at once.
    #[default]
    Blind,
    /// The caller waits to music while the operator talks to the target first.
    Consult,
}

/// Everything in the settings file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Settings {
    /// Of the file's form; 2 today.
    #[ts(type = "2")]
    pub version: u32,
    /// The PBXs to connect to at the next start, in the operator's order.
    #[serde(default)]
    pub connections: Vec<Saved>,
    /// Colours.
    #[serde(default)]
    pub theme: Theme,
    /// Which colours the states have.
    #[serde(default)]
    #[ts(as = "Option<Palette>", optional)]
    pub palette: Palette,
    /// Spacing.
    #[serde(default)]
    pub density: Density,
    /// Widths of the window's columns, from the left, in pixels.
    #[serde(default)]
    pub columns: Vec<f64>,
    /// Keys the operator has chosen, by the window's command; the window knows which may be used.
    #[serde(default)]
    #[ts(as = "Option<BTreeMap<String, Vec<String>>>", optional)]
    pub keys: BTreeMap<String, Vec<String>>,
    /// How one's own calls are transferred.
    #[serde(default)]
    #[ts(as = "Option<TransferBy>", optional)]
    pub transfer: TransferBy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            connections: Vec::new(),
            theme: Theme::default(),
            palette: Palette::default(),
            density: Density::default(),
            columns: Vec::new(),
            keys: BTreeMap::new(),
            transfer: TransferBy::default(),
        }
    }
}

/// The file of version 1, which knew one PBX.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct First {
    #[serde(default)]
    profile: Option<Profile>,
    #[serde(default)]
    theme: Theme,
    #[serde(default)]
    density: Density,
    #[serde(default)]
    columns: Vec<f64>,
}

impl From<First> for Settings {
    fn from(first: First) -> Self {
        let saved = |profile| Saved {
            profile,
            paused: false,
        };
        Self {
            version: VERSION,
            connections: first.profile.map(saved).into_iter().collect(),
            theme: first.theme,
            density: first.density,
            columns: first.columns,
            ..Self::default()
        }
    }
}

/// The settings and the file they are kept in.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
    current: Mutex<Settings>,
    kept: Option<PathBuf>,
    writable: bool,
}

impl SettingsFile {
    /// Reads `settings.json` in `folder`. A file that cannot be understood, or that a newer Cordboard wrote, is put aside and never overwritten.
    pub(crate) fn open(folder: &Path) -> Self {
        let path = folder.join("settings.json");
        let (current, kept, writable) = match read(&path) {
            Ok(settings) => (settings, None, true),
            Err(Unreadable { version, reason }) => {
                tracing::warn!(file = %path.display(), reason, "the settings file cannot be used and is put aside");
                let aside = put_aside(&path, version);
                let writable = aside.is_some();
                (
                    Settings::default(),
                    aside.or_else(|| Some(path.clone())),
                    writable,
                )
            }
        };
        Self {
            path,
            current: Mutex::new(current),
            kept,
            writable,
        }
    }

    pub(crate) fn current(&self) -> Settings {
        self.lock().clone()
    }

    /// Where an unreadable settings file lies now.
    pub(crate) fn kept(&self) -> Option<&Path> {
        self.kept.as_deref()
    }

    /// Changes the settings, in memory at once, and on disk as a whole or not at all. Nobody else changes them meanwhile.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Settings)) -> io::Result<()> {
        let mut current = self.lock();
        change(&mut current);
        current.version = VERSION;
        let text = serde_json::to_vec_pretty(&*current)?;
        if !self.writable {
            return Err(io::Error::other(
                "the old settings file could not be put aside, so it is left alone",
            ));
        }
        write_whole(&self.path, &text)
    }

    fn lock(&self) -> MutexGuard<'_, Settings> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Unreadable {
    version: Option<u32>,
    reason: String,
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

fn read(path: &Path) -> Result<Settings, Unreadable> {
    let unreadable = |version, reason: &dyn ToString| Unreadable {
        version,
        reason: reason.to_string(),
    };
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(unreadable(None, &error)),
    };
    let Versioned { version } =
        serde_json::from_slice(&text).map_err(|error| unreadable(None, &error))?;
    let settings = match version {
        1 => serde_json::from_slice::<First>(&text).map(Settings::from),
        VERSION => serde_json::from_slice::<Settings>(&text),
        newer => {
            return Err(unreadable(
                Some(newer),
                &format!("version {newer}, this program knows {VERSION}"),
            ));
        }
    };
    settings
        .map(|settings| Settings {
            connections: connections::distinct(settings.connections),
            ..settings
        })
        .map_err(|error| unreadable(None, &error))
}

fn put_aside(path: &Path, version: Option<u32>) -> Option<PathBuf> {
    let mark = version.map_or_else(|| "broken".to_owned(), |version| format!("v{version}"));
    let names = (1..100).map(|n| path.with_file_name(format!("settings.{mark}-{n}.json")));
    let free = names.into_iter().find(|name| !name.exists())?;
    fs::rename(path, &free).ok().map(|()| free)
}

fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let fresh = path.with_extension("json.new");
    let mut file = fs::File::create(&fresh)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    fn one(paused: bool) -> Saved {
        let profile = desk::practice_profile();
        Saved { profile, paused }
    }

    fn annex(paused: bool) -> Saved {
        let mut annex = one(paused);
        annex.profile.pbx = desk::pbx_id("annex");
        annex.profile.host = "10.0.0.2".to_owned();
        annex
    }

    fn replace(file: &SettingsFile, settings: &Settings) -> io::Result<()> {
        file.change(|current| *current = settings.clone())
    }

    fn write(folder: &Path, text: &str) {
        fs::write(folder.join("settings.json"), text).expect("written");
    }

    #[test]
    fn without_a_file_the_defaults_hold() {
        let folder = folder();
        let file = SettingsFile::open(folder.path());
        assert_eq!(file.current(), Settings::default());
        assert_eq!(file.kept(), None);
    }

    #[test]
    fn what_is_saved_is_read_again_and_no_scrap_is_left() {
        let folder = folder();
        let settings = Settings {
            connections: vec![one(false), annex(true)],
            theme: Theme::Contrast,
            palette: Palette::RedBusy,
            density: Density::Dense,
            columns: vec![340.5, 600.0],
            keys: BTreeMap::from([("park".to_owned(), vec!["Num *".to_owned()])]),
            transfer: TransferBy::Consult,
            ..Settings::default()
        };
        let file = SettingsFile::open(&folder.path().join("not/there/yet"));
        replace(&file, &settings).expect("saved");
        assert_eq!(
            SettingsFile::open(&folder.path().join("not/there/yet")).current(),
            settings
        );
        let names = fs::read_dir(folder.path().join("not/there/yet"))
            .expect("listed")
            .count();
        assert_eq!(names, 1);
    }

    #[test]
    fn the_file_reads_as_the_window_does() {
        let text = serde_json::to_value(Settings::default()).expect("JSON");
        let expected = serde_json::json!({ "version": 2, "connections": [], "theme": "system", "palette": "standard", "density": "comfortable", "columns": [], "keys": {}, "transfer": "blind" });
        assert_eq!(text, expected);
    }

    #[test]
    fn a_file_from_before_one_could_change_the_keys_loads_with_the_usual_ones() {
        let folder = folder();
        write(
            folder.path(),
            r#"{ "version": 2, "connections": [], "theme": "dark", "density": "dense", "columns": [] }"#,
        );
        let read = SettingsFile::open(folder.path()).current();
        assert_eq!(
            (read.theme, read.keys.len(), read.transfer),
            (Theme::Dark, 0, TransferBy::Blind)
        );
    }

    /// Word for word what the first Cordboard wrote.
    #[test]
    fn a_file_that_knew_one_pbx_still_loads_and_its_pbx_keeps_its_id() {
        let folder = folder();
        let first = r#"{ "version": 1, "profile": { "pbx": "main", "name": "Hotel", "host": "pbx.example.org", "port": 5039,
            "protection": { "kind": "tls", "trust": { "by": "pin", "sha256": "ab" } }, "user": "cordboard", "me": "201", "context": "internal" },
            "theme": "dark", "density": "compact", "columns": [340.0, 300.0] }"#;
        write(folder.path(), first);
        let file = SettingsFile::open(folder.path());
        assert_eq!(file.kept(), None);
        let read = file.current();
        assert_eq!(
            (read.version, read.theme, read.density),
            (2, Theme::Dark, Density::Compact)
        );
        assert_eq!(read.columns, [340.0, 300.0]);
        let [saved] = read.connections.as_slice() else {
            panic!("one PBX: {:?}", read.connections);
        };
        assert!(!saved.paused);
        assert_eq!(
            (saved.profile.pbx.as_str(), saved.profile.host.as_str()),
            ("main", "pbx.example.org")
        );
        file.change(|settings| settings.theme = Theme::Light)
            .expect("saved");
        let again = SettingsFile::open(folder.path()).current();
        assert_eq!(
            (again.connections, again.theme),
            (read.connections, Theme::Light)
        );
    }

    #[test]
    fn a_first_file_without_a_pbx_loads_too() {
        let folder = folder();
        write(
            folder.path(),
            r#"{ "version": 1, "profile": null, "theme": "light" }"#,
        );
        let read = SettingsFile::open(folder.path()).current();
        assert_eq!((read.connections.len(), read.theme), (0, Theme::Light));
    }

    #[test]
    fn an_id_that_stands_twice_in_the_file_is_made_two() {
        let folder = folder();
        let settings = Settings {
            connections: vec![one(false), one(true)],
            ..Settings::default()
        };
        write(
            folder.path(),
            &serde_json::to_string(&settings).expect("JSON"),
        );
        let read = SettingsFile::open(folder.path()).current().connections;
        assert_eq!(read.len(), 2);
        assert_ne!(read[0].profile.pbx, read[1].profile.pbx);
    }

    #[test]
    fn a_broken_file_is_kept_aside_and_told() {
        let folder = folder();
        let pink = "{\"version\": 1, \"theme\": \"pink\"}";
        let nameless = "{\"version\": 2, \"connections\": [{\"paused\": true}]}";
        for text in ["", pink, nameless, "\u{0}", "[]"] {
            write(folder.path(), text);
            let file = SettingsFile::open(folder.path());
            let kept = file.kept().expect("told");
            assert_eq!(fs::read_to_string(kept).expect("kept"), text);
            assert_eq!(file.current(), Settings::default());
        }
    }

    #[test]
    fn a_newer_file_survives_an_older_program() {
        let folder = folder();
        let newer = "{\"version\": 3, \"rooms\": []}";
        write(folder.path(), newer);
        let file = SettingsFile::open(folder.path());
        replace(&file, &Settings::default()).expect("saved");
        let kept = folder.path().join("settings.v3-1.json");
        assert_eq!(file.kept(), Some(kept.as_path()));
        assert_eq!(fs::read_to_string(kept).expect("kept"), newer);
    }

    #[test]
    fn a_file_that_can_be_neither_read_nor_moved_is_never_overwritten() {
        let folder = folder();
        fs::create_dir(folder.path().join("settings.json")).expect("a folder in its place");
        for n in 1..100 {
            fs::write(folder.path().join(format!("settings.broken-{n}.json")), "x")
                .expect("written");
        }
        let file = SettingsFile::open(folder.path());
        let dark = Settings {
            theme: Theme::Dark,
            ..Settings::default()
        };
        assert!(replace(&file, &dark).is_err());
        assert_eq!(file.current(), dark, "this session still goes by it");
        assert!(folder.path().join("settings.json").is_dir());
    }
}
