//! What is remembered between two starts: one JSON file with a version, and no secret in it.

mod look;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use desk::Profile;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::connections::{self, Saved};

pub use look::{Density, Theme};
pub(crate) use look::{Palette, TransferBy};

const VERSION: u32 = 2;

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
