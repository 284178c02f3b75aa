//! A seat's journal as it stands on the disk, read by somebody who knows nothing of the desk.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use operator::{OperationId, OperationView, Remembered, Unsettled};
use serde::Deserialize;
use serde_json::Value;

use crate::history::Write;

/// The file.
#[derive(Debug, Clone)]
pub(crate) struct Notebook {
    pub(crate) file: PathBuf,
}

/// What a program that has died has left in it.
#[derive(Debug, Default)]
pub(crate) struct Left {
    /// Every operation in it, as it was about to be written.
    pub(crate) all: BTreeMap<OperationId, OperationView>,
    /// Those without an end.
    pub(crate) open: Vec<OperationId>,
}

#[derive(Deserialize)]
struct Line {
    at: u64,
    entry: String,
    operation: Option<Value>,
    open: Option<bool>,
}

impl Notebook {
    fn lines(&self) -> Vec<Line> {
        let text = fs::read(&self.file).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        // The last line may be torn, be it of its end alone.
        let whole = text
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'));
        let lines = whole.map(serde_json::from_str);
        lines.filter_map(Result::ok).collect()
    }

    /// Whether this very write stands in it.
    pub(crate) fn has(&self, write: &Write) -> bool {
        let lines = fs::read_to_string(&self.file).unwrap_or_default();
        let mut asked = lines
            .lines()
            .filter(|line| line.contains("\"entry\":\"asked\""));
        let words = write.headers.iter();
        let words: Vec<_> = words
            .map(|(name, value)| Value::from(format!("{name}: {value}")).to_string())
            .collect();
        asked.any(|line| words.iter().all(|word| line.contains(word)))
    }

    pub(crate) fn left(&self) -> Left {
        let mut left = Left::default();
        for line in self.lines() {
            let Some(operation) = line.operation else {
                continue;
            };
            if line.entry == "asked" {
                let what: Remembered = serde_json::from_value(operation).expect("as it was asked");
                let id = what.operation;
                left.all.insert(id, Unsettled::new(what, line.at).view());
                left.open.retain(|open| *open != id);
                left.open.push(id);
            } else if line.entry == "settled" || line.entry == "ended" && line.open == Some(false) {
                let id: OperationId = serde_json::from_value(operation).expect("an id");
                left.open.retain(|open| *open != id);
            }
        }
        left
    }
}
