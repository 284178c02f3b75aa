//! A file beside another, there whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// `FILE.out`, under another name until it is whole.
#[derive(Debug)]
pub(crate) struct Beside {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
}

impl Beside {
    /// Begins it: a folder that cannot be written to is known before anything is done. Answers may hold secrets, so it is for the
    /// owner alone.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.out.{}", Uuid::new_v4().simple()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self {
            path: path.with_file_name(format!("{name}.out")),
            file: options.open(&temporary)?,
            temporary,
        })
    }

    /// Where it will be.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it and puts it in its place, over an older one.
    pub(crate) fn keep(mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_all()?;
        std::fs::rename(&self.temporary, &self.path)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Once it is in its place there is nothing under this name any more.
        drop(std::fs::remove_file(&self.temporary));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<std::fs::DirEntry>| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        };
        entries.map(name).collect()
    }

    #[test]
    fn it_takes_the_place_of_an_older_one_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("nightly.ami");
        for text in ["first", "second"] {
            let beside = Beside::of(&file).expect("begun");
            beside.keep(text.as_bytes()).expect("kept");
        }
        let kept = std::fs::read_to_string(folder.path().join("nightly.ami.out"));
        assert_eq!(kept.expect("there"), "second");
        drop(Beside::of(&file).expect("begun"));
        assert_eq!(names(folder.path()), ["nightly.ami.out"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_known_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = Beside::of(&folder.path().join("none").join("a.ami")).expect_err("no folder");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
