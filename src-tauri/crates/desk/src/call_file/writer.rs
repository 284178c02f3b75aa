//! Putting a call file where Asterisk finds it: whole, with its time, owner and mode, in one step.

mod error;
mod system;

use std::fs::{self, FileTimes};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use uuid::Uuid;

use super::CallFile;
pub use error::SpoolError;
use system::{allow, device, give, persist, private};

/// Where Asterisk looks, and as whose the file must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spool {
    /// Asterisk's folder: `outgoing` below its spool folder.
    pub folder: PathBuf,
    /// Where the file is made; `tmp` beside the folder without it, or the folder above if there is none.
    pub making: Option<PathBuf>,
    /// The user and group Asterisk runs as: it has to write to the file. Ours without it.
    pub owner: Option<(u32, u32)>,
    /// Who may read and write, as in `0o660`.
    pub mode: u32,
}

/// Writes a call file. With `at` Asterisk leaves it until then. Gives back where it is, as long as Asterisk has not taken it.
///
/// # Errors
/// It did not get there, and nothing will be called.
pub fn spool(
    call: &CallFile,
    spool: &Spool,
    at: Option<SystemTime>,
) -> Result<PathBuf, SpoolError> {
    let text = call.text()?;
    let making = making(spool)?;
    let name = format!("cordboard-{}.call", Uuid::new_v4().simple());
    let (draft, place) = (making.join(format!(".{name}")), spool.folder.join(name));
    let made = make(&draft, &text, spool, at).and_then(|()| {
        let moved = fs::rename(&draft, &place);
        moved.map_err(|error| moving(error, &making, &spool.folder))
    });
    if made.is_err() {
        // There may be nothing to remove.
        drop(fs::remove_file(&draft));
    }
    made?;
    persist(&spool.folder);
    Ok(place)
}

/// The folder in which it is made: never the spool, always on its file system.
fn making(spool: &Spool) -> Result<PathBuf, SpoolError> {
    let real = |path: &Path| {
        let real = fs::canonicalize(path).ok().filter(|real| real.is_dir());
        real.ok_or_else(|| SpoolError::NoFolder(path.to_owned()))
    };
    let folder = real(&spool.folder)?;
    let above = folder.parent().unwrap_or(&folder).to_owned();
    let beside = above.join("tmp");
    let making = match &spool.making {
        Some(making) => real(making)?,
        None if beside.is_dir() => beside,
        None => above,
    };
    if making == folder {
        return Err(SpoolError::InTheSpool(making));
    }
    match device(&making) == device(&folder) {
        true => Ok(making),
        false => Err(SpoolError::OtherFileSystem { making, folder }),
    }
}

fn make(draft: &Path, text: &str, spool: &Spool, at: Option<SystemTime>) -> Result<(), SpoolError> {
    let io = |error: io::Error| match denied(&error) {
        true => SpoolError::NotWritable(draft.parent().unwrap_or(draft).to_owned()),
        false => SpoolError::Io {
            path: draft.to_owned(),
            error,
        },
    };
    let mut file = private().open(draft).map_err(io)?;
    file.write_all(text.as_bytes()).map_err(io)?;
    if let Some((user, group)) = spool.owner {
        give(&file, user, group).map_err(|error| match denied(&error) {
            true => SpoolError::NotOurs(user, group),
            false => io(error),
        })?;
    }
    allow(&file, spool.mode).map_err(io)?;
    if let Some(at) = at {
        file.set_times(FileTimes::new().set_modified(at))
            .map_err(io)?;
    }
    file.sync_all().map_err(io)
}

fn moving(error: io::Error, making: &Path, folder: &Path) -> SpoolError {
    let folder = folder.to_owned();
    if denied(&error) {
        SpoolError::NotWritable(folder)
    } else if error.kind() == ErrorKind::CrossesDevices {
        let making = making.to_owned();
        SpoolError::OtherFileSystem { making, folder }
    } else {
        SpoolError::Io {
            path: folder,
            error,
        }
    }
}

fn denied(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
