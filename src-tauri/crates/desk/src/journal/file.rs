//! Files and folders of the journal: private, named, put away.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// So many programs may keep a journal in one folder at the same time.
const MOST: u32 = 16;
/// Enough for a line's seal and its end.
const TAIL: u64 = 128;

/// A folder that only its owner may look into.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        builder.mode(0o700).create(folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
    }
    #[cfg(not(unix))]
    builder.create(folder)
}

/// A file that only its owner may read; made if it is not there.
pub(super) fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    open_with(options, path)
}

/// The same, where no file may be yet.
pub(crate) fn new_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    open_with(options, path)
}

fn open_with(mut options: OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let file = options.mode(0o600).open(path)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// That a file is there must survive a power cut as well as what is in it.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        // Some file systems cannot; then the file's own sync has to do.
        drop(folder.sync_all());
    }
}

/// A name that no other running program has taken: `journal`, else `journal-2`, and so on. Whoever holds the lock holds the name.
pub(super) fn take_name(folder: &Path) -> io::Result<(String, File)> {
    for number in 1..=MOST {
        let name = match number {
            1 => "journal".to_owned(),
            _ => format!("journal-{number}"),
        };
        let lock = open_private(&folder.join(format!("{name}.lock")))?;
        match lock.try_lock() {
            Ok(()) => return Ok((name, lock)),
            Err(TryLockError::WouldBlock) => {}
            // A file system without locks: better a journal without one than none.
            Err(TryLockError::Error(_)) => return Ok((name, lock)),
        }
    }
    Err(io::Error::new(
        ErrorKind::ResourceBusy,
        "too many programs keep a journal in this folder",
    ))
}

/// Out of the way, under a name that tells.
pub(super) fn put_aside(folder: &Path, name: &str) -> io::Result<String> {
    let from = folder.join(format!("{name}.jsonl"));
    let mut names = (1u32..).map(|number| format!("{name}-aside-{number}.jsonl"));
    let free = names
        .find(|name| !folder.join(name).exists())
        .unwrap_or_default();
    fs::rename(from, folder.join(&free))?;
    Ok(free)
}

/// `journal.jsonl` becomes `journal.1.jsonl`, that one `journal.2.jsonl`; the oldest goes.
pub(super) fn shift(folder: &Path, name: &str, kept: u32) -> io::Result<()> {
    for number in (1..kept).rev() {
        let from = numbered(folder, name, number);
        if from.exists() {
            fs::rename(from, numbered(folder, name, number + 1))?;
        }
    }
    let current = folder.join(format!("{name}.jsonl"));
    fs::rename(current, numbered(folder, name, 1))
}

/// The seal of the last line of the file that was put away last; empty if there is none.
pub(super) fn last_seal(folder: &Path, name: &str) -> String {
    let read = || -> io::Result<String> {
        let mut file = File::open(numbered(folder, name, 1))?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut tail = String::new();
        file.read_to_string(&mut tail)?;
        Ok(tail)
    };
    let tail = read().unwrap_or_default();
    let seal = tail.trim_end().strip_suffix("\"}");
    let seal = seal.and_then(|tail| tail.rsplit('"').next());
    seal.unwrap_or_default().to_owned()
}

fn numbered(folder: &Path, name: &str, number: u32) -> PathBuf {
    folder.join(format!("{name}.{number}.jsonl"))
}
