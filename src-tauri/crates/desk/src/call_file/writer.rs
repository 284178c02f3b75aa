//! Putting a call file where Asterisk finds it: whole, with its time, owner and mode, in one step.

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use uuid::Uuid;

use super::{CallFile, CallFileError};

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

/// Why a call file did not get there. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The call cannot be written down.
    #[error(transparent)]
    Call(#[from] CallFileError),
    /// There is no such folder.
    #[error("{}: no such folder; the spool is `outgoing` below Asterisk's astspooldir", .0.display())]
    NoFolder(PathBuf),
    /// We may not write there.
    #[error("{}: not writable for this user", .0.display())]
    NotWritable(PathBuf),
    /// The folder in which it is made is on another file system: it could not be moved in one step.
    #[error("{} is on another file system than {}: name a folder on the same one with --tmp", making.display(), folder.display())]
    OtherFileSystem {
        /// Where it is made.
        making: PathBuf,
        /// The spool.
        folder: PathBuf,
    },
    /// It is made in the spool itself, where Asterisk would take it half-written.
    #[error("{}: a call file cannot be made in the spool itself", .0.display())]
    InTheSpool(PathBuf),
    /// Only the superuser may give a file away.
    #[error("the file cannot be given to {0}:{1}: only root may, or to a group of one's own")]
    NotOurs(u32, u32),
    /// Something else.
    #[error("{}: {error}", path.display())]
    Io {
        /// With what.
        path: PathBuf,
        /// The system's words.
        error: io::Error,
    },
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

/// The move outlives a power cut. Where a folder cannot be synced the system does it in its own time.
fn persist(folder: &Path) {
    drop(File::open(folder).and_then(|folder| folder.sync_all()));
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    let there = fs::metadata(path).ok()?;
    Some(std::os::unix::fs::MetadataExt::dev(&there))
}

#[cfg(unix)]
fn give(file: &File, user: u32, group: u32) -> io::Result<()> {
    std::os::unix::fs::fchown(file, Some(user), Some(group))
}

#[cfg(unix)]
fn allow(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// A move to another drive fails by itself.
#[cfg(not(unix))]
fn device(_: &Path) -> Option<u64> {
    None
}

#[cfg(not(unix))]
fn give(_: &File, _: u32, _: u32) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
fn allow(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::fs::MetadataExt;
    use std::time::Duration;

    use super::*;

    struct Place {
        _home: tempfile::TempDir,
        spool: Spool,
    }

    fn place() -> Place {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("outgoing");
        fs::create_dir(&folder).expect("made");
        Place {
            spool: Spool {
                folder,
                making: None,
                owner: None,
                mode: 0o660,
            },
            _home: home,
        }
    }

    fn call() -> CallFile {
        CallFile {
            channel: "PJSIP/101".into(),
            context: "internal".into(),
            exten: "102".into(),
            caller_id: None,
            wait: 30,
            account: None,
        }
    }

    /// How many files are anywhere below.
    fn count(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).expect("a folder");
        let count_one = |entry: io::Result<fs::DirEntry>| {
            let path = entry.expect("an entry").path();
            if path.is_dir() { count(&path) } else { 1 }
        };
        entries.map(count_one).sum()
    }

    #[test]
    fn a_call_file_is_there_whole_with_its_mode_and_its_time() {
        let place = place();
        let at = super::super::wall_clock() + Duration::from_secs(3600);
        let path = spool(&call(), &place.spool, Some(at)).expect("spooled");
        assert_eq!(path.parent(), Some(place.spool.folder.as_path()));
        assert_eq!(
            fs::read_to_string(&path).expect("there"),
            call().text().expect("a call")
        );
        let there = fs::metadata(&path).expect("there");
        assert_eq!(
            (there.mode() & 0o777, there.modified().expect("a time")),
            (0o660, at)
        );
        assert_eq!(count(place.spool.folder.parent().expect("above")), 1);
    }

    #[test]
    fn without_a_time_it_is_for_now() {
        let place = place();
        let path = spool(&call(), &place.spool, None).expect("spooled");
        let written = fs::metadata(&path)
            .expect("there")
            .modified()
            .expect("a time");
        assert!(written <= super::super::wall_clock() + Duration::from_secs(1));
    }

    #[test]
    fn it_is_made_in_tmp_beside_the_spool_if_there_is_one() {
        let place = place();
        let above = fs::canonicalize(place.spool.folder.parent().expect("above")).expect("there");
        assert_eq!(making(&place.spool).expect("a folder"), above);
        fs::create_dir(above.join("tmp")).expect("made");
        assert_eq!(making(&place.spool).expect("a folder"), above.join("tmp"));
    }

    #[test]
    fn each_obstacle_has_its_words_and_leaves_nothing_behind() {
        let place = place();
        let Spool { folder, .. } = place.spool.clone();
        let with = |making: Option<PathBuf>, folder: PathBuf| Spool {
            making,
            folder,
            ..place.spool.clone()
        };
        let obstacle = |spool: &Spool| super::spool(&call(), spool, None).expect_err("an obstacle");
        let missing = obstacle(&with(None, folder.join("none")));
        assert!(matches!(missing, SpoolError::NoFolder(_)), "{missing}");
        let inside = obstacle(&with(Some(folder.clone()), folder.clone()));
        assert!(matches!(inside, SpoolError::InTheSpool(_)), "{inside}");
        let elsewhere = obstacle(&with(Some("/proc".into()), folder.clone()));
        assert!(
            matches!(elsewhere, SpoolError::OtherFileSystem { .. }),
            "{elsewhere}"
        );
        let evil = CallFile {
            exten: "1\n2".into(),
            ..call()
        };
        let evil = spool(&evil, &place.spool, None).expect_err("refused");
        assert!(matches!(
            evil,
            SpoolError::Call(CallFileError::Unsound("Extension"))
        ));
        assert_eq!(count(folder.parent().expect("above")), 0);
    }

    #[test]
    fn what_may_not_be_written_to_is_named() {
        let denied = || io::Error::from(ErrorKind::PermissionDenied);
        let moved = moving(denied(), Path::new("/a"), Path::new("/b"));
        assert_eq!(moved.to_string(), "/b: not writable for this user");
        let across = moving(
            ErrorKind::CrossesDevices.into(),
            Path::new("/a"),
            Path::new("/b"),
        );
        assert!(across.to_string().contains("--tmp"), "{across}");
    }
}
