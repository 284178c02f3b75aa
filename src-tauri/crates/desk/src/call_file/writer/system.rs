//! What the system has to do for a call file: owner, mode and file system, as far as it knows of them.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// The move outlives a power cut. Where a folder cannot be synced the system does it in its own time.
pub(super) fn persist(folder: &Path) {
    drop(File::open(folder).and_then(|folder| folder.sync_all()));
}

pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
pub(super) fn device(path: &Path) -> Option<u64> {
    let there = std::fs::metadata(path).ok()?;
    Some(std::os::unix::fs::MetadataExt::dev(&there))
}

#[cfg(unix)]
pub(super) fn give(file: &File, user: u32, group: u32) -> io::Result<()> {
    std::os::unix::fs::fchown(file, Some(user), Some(group))
}

#[cfg(unix)]
pub(super) fn allow(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// A move to another drive fails by itself.
#[cfg(not(unix))]
pub(super) fn device(_: &Path) -> Option<u64> {
    None
}

#[cfg(not(unix))]
pub(super) fn give(_: &File, _: u32, _: u32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
pub(super) fn allow(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}
