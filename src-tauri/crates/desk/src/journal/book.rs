//! The journal's file. Append-only, readable by its owner alone, put away when it has grown; whatever is open in it is carried over.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use board::Millis;
use operator::OperationId;

use super::entry::{Consulting, Entry, OpenEntry};
use super::file;
use super::seal::{self, Line};

const VERSION: u32 = 1;
/// A file of this size is put away.
const LARGEST: u64 = 4 * 1024 * 1024;
/// More lines than a file can have: seals need no secret, so a damaged file may say any number.
const MOST_LINES: u64 = LARGEST;
/// So many files that were put away are kept.
const KEPT: u32 = 8;

/// An open journal.
#[derive(Debug)]
pub(super) struct Book {
    folder: PathBuf,
    name: String,
    /// Held as long as this program runs: no other writes into the same file.
    _lock: File,
    file: Option<File>,
    length: u64,
    largest: u64,
    next: u64,
    seal: String,
    open: BTreeMap<OperationId, OpenEntry>,
    consulting: BTreeMap<OperationId, (Millis, Consulting)>,
}

/// What was found when it was opened.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// Operations without an end.
    pub(crate) open: Vec<OpenEntry>,
    /// Consultations that are not known to be over.
    pub(crate) consulting: Vec<Consulting>,
    /// Every operation that was ever asked for in this file: none of them is begun again.
    pub(crate) known: Vec<OperationId>,
    /// A file that could not be read to its end was put aside under this name.
    pub(crate) aside: Option<String>,
}

impl Book {
    /// Opens the journal in a folder, or begins one.
    pub(super) fn open(folder: &Path) -> io::Result<(Self, Reading)> {
        Self::open_with(folder, LARGEST)
    }

    fn open_with(folder: &Path, largest: u64) -> io::Result<(Self, Reading)> {
        file::make_folder(folder)?;
        let (name, lock) = file::take_name(folder)?;
        let mut book = Self {
            folder: folder.to_owned(),
            name,
            _lock: lock,
            file: None,
            length: 0,
            largest,
            next: 0,
            seal: String::new(),
            open: BTreeMap::new(),
            consulting: BTreeMap::new(),
        };
        let reading = book.read()?;
        Ok((book, reading))
    }

    fn path(&self) -> PathBuf {
        self.folder.join(format!("{}.jsonl", self.name))
    }

    /// The last line may be half: the power went. Anything else that is wrong puts the file aside; what can be read of it counts.
    fn read(&mut self) -> io::Result<Reading> {
        let path = self.path();
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Reading::default()),
            Err(_) => {
                let aside = Some(file::put_aside(&self.folder, &self.name)?);
                let reading = Reading::default();
                return Ok(Reading { aside, ..reading });
            }
        };
        let mut reading = Reading::default();
        let is_sound = self.take_in(&text, &mut reading);
        reading.open = self.open.values().cloned().collect();
        let consulting = self.consulting.values();
        reading.consulting = consulting.map(|(_, one)| one.clone()).collect();
        if !is_sound {
            reading.aside = Some(file::put_aside(&self.folder, &self.name)?);
            (self.length, self.next) = (0, 0);
            self.seal.clear();
        }
        Ok(reading)
    }

    /// False: a line before the last is not as it was written.
    fn take_in(&mut self, text: &[u8], reading: &mut Reading) -> bool {
        let mut sound = true;
        let mut lines = text.split_inclusive(|byte| *byte == b'\n').peekable();
        while let Some(bytes) = lines.next() {
            let whole = bytes.strip_suffix(b"\n").map(String::from_utf8_lossy);
            let line = whole.and_then(|line| seal::read(&line, &self.seal));
            let is_intact = line.as_ref().is_some_and(|line| line.is_intact);
            if !is_intact && lines.peek().is_none() {
                return sound;
            }
            sound &= is_intact;
            self.length += bytes.len() as u64;
            if let Some(line) = line {
                sound &= self.take_line(line, reading);
            }
        }
        sound
    }

    /// False: its number was never counted, and nothing may be written behind it.
    fn take_line(&mut self, line: Line, reading: &mut Reading) -> bool {
        let is_counted = line.n < MOST_LINES;
        self.next = if is_counted { line.n + 1 } else { 0 };
        self.seal = line.seal;
        if let Some(entry) = line.entry {
            if let Entry::Asked(asked) = &entry {
                reading.known.push(asked.operation.operation);
            }
            self.note(line.at, &entry);
        }
        is_counted
    }

    /// Which operations are open.
    fn note(&mut self, at: Millis, entry: &Entry) {
        match entry {
            Entry::Asked(asked) => {
                let asked = (**asked).clone();
                let operation = asked.operation.operation;
                self.open.insert(operation, OpenEntry { at, asked });
            }
            Entry::Ended {
                operation,
                open: false,
                ..
            }
            | Entry::Settled { operation, .. } => drop(self.open.remove(operation)),
            Entry::Consulting(one) => {
                let operation = one.consultation.operation();
                self.consulting.insert(operation, (at, (**one).clone()));
            }
            Entry::Consulted { operation } => drop(self.consulting.remove(operation)),
            Entry::Began { .. }
            | Entry::Written { .. }
            | Entry::Answered { .. }
            | Entry::Ended { .. }
            | Entry::Became { .. } => {}
        }
    }

    /// Writes entries, and does not come back before they would survive a power cut. On an error none of them is written.
    pub(super) fn append(&mut self, entries: &[(Millis, Entry)]) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        if self.length > self.largest {
            self.put_away()?;
        }
        let written = self.write(entries);
        if written.is_err() {
            self.take_back();
        }
        written
    }

    fn write(&mut self, entries: &[(Millis, Entry)]) -> io::Result<()> {
        let at = entries.first().map_or(0, |(at, _)| *at);
        let (mut next, mut seal, mut text) = (self.next, self.seal.clone(), String::new());
        let mut add = |at: Millis, entry: &Entry| -> io::Result<()> {
            let (line, sealed) = seal::seal(next, at, entry, &seal)?;
            text.push_str(&line);
            (next, seal) = (next + 1, sealed);
            Ok(())
        };
        if self.length == 0 {
            let after = file::last_seal(&self.folder, &self.name);
            add(
                at,
                &Entry::Began {
                    version: VERSION,
                    after,
                },
            )?;
            for open in self.open.values() {
                add(open.at, &Entry::Asked(Box::new(open.asked.clone())))?;
            }
            for (at, one) in self.consulting.values() {
                add(*at, &Entry::Consulting(Box::new(one.clone())))?;
            }
        }
        for (at, entry) in entries {
            add(*at, entry)?;
        }
        self.append_text(&text)?;
        (self.next, self.seal) = (next, seal);
        self.length += text.len() as u64;
        entries.iter().for_each(|(at, entry)| self.note(*at, entry));
        Ok(())
    }

    fn append_text(&mut self, text: &str) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let mut file =
                    file::open_private(&self.folder.join(format!("{}.jsonl", self.name)))?;
                // What a power cut, or a full disk, has left of a line goes.
                file.set_len(self.length)?;
                file.seek(SeekFrom::End(0))?;
                file::sync_folder(&self.folder);
                self.file.insert(file)
            }
        };
        file.write_all(text.as_bytes())?;
        file.sync_data()
    }

    /// Half a line must not stand before the next whole one: the file is opened anew, and cut to what is known to be whole.
    fn take_back(&mut self) {
        if let Some(file) = self.file.take() {
            drop(file.set_len(self.length));
        }
    }

    fn put_away(&mut self) -> io::Result<()> {
        self.file = None;
        file::shift(&self.folder, &self.name, KEPT)?;
        (self.length, self.next) = (0, 0);
        self.seal.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
