//! Why a call file did not get into the spool.

use std::io;
use std::path::PathBuf;

use crate::call_file::CallFileError;

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
