//! A frame of today under construction.

use super::memory::Known;
use crate::frame::{Frame, same};

/// The lines of a channel block. One that is missing in a block means "not known", so whatever the old frame says under these names
/// is not copied beside a block.
const BLOCK: [&str; 10] = [
    "Channel",
    "Uniqueid",
    "ChannelState",
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "Context",
    "Exten",
    "Priority",
];

/// Lines so far, and the names that are settled.
#[derive(Debug)]
pub(super) struct Draft {
    text: Vec<u8>,
    names: Vec<String>,
}

impl Draft {
    /// An event of this name.
    pub(super) fn event(name: &str) -> Self {
        Self {
            text: Vec::with_capacity(512),
            names: Vec::new(),
        }
        .with("Event", name)
    }

    /// An answer of this kind.
    pub(super) fn response(kind: &str) -> Self {
        let mut draft = Self {
            text: Vec::with_capacity(512),
            names: Vec::new(),
        };
        draft.line(b"Response", kind.as_bytes());
        draft.names.push("Response".to_owned());
        draft
    }

    /// With one more line; the old frame's line of this name is settled by it.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.line(name.as_bytes(), value.as_bytes());
        self.names.push(name.to_owned());
        self
    }

    /// With a line, if there is something to say.
    pub(super) fn with_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With everything known of a channel, under a prefix.
    pub(super) fn block(mut self, prefix: &str, known: &Known) -> Self {
        let state = known.state.map(|state| state.to_string());
        let person = known.person.as_deref().map(escape);
        let connected_name = known.connected_name.as_deref().map(escape);
        let (number, person) = match known.borrows() {
            true => (None, None),
            false => (known.number.as_deref(), person.as_deref()),
        };
        let values = [
            Some(known.name.as_str()),
            Some(known.uniqueid.as_str()),
            state.as_deref(),
            number,
            person,
            known.connected.as_deref(),
            connected_name.as_deref(),
            known.context.as_deref(),
            known.exten.as_deref(),
            known.priority.as_deref(),
        ];
        for (name, value) in BLOCK.into_iter().zip(values) {
            let name = format!("{prefix}{name}");
            if let Some(value) = value {
                self.line(name.as_bytes(), value.as_bytes());
            }
            self.names.push(name);
        }
        self
    }

    /// With whatever else the old frame says.
    pub(super) fn rest(mut self, frame: &Frame) -> Self {
        for (name, value) in frame.pairs() {
            let settled = self.names.iter().any(|known| same(known.as_bytes(), name));
            if !settled {
                self.line(name, value.bytes());
            }
        }
        self
    }

    /// As many frames as there are: one.
    pub(super) fn frame(self) -> Option<Frame> {
        Frame::parse(&self.text)
    }

    pub(super) fn line(&mut self, name: &[u8], value: &[u8]) {
        if !name.is_empty() {
            self.text.extend_from_slice(name);
            self.text.extend_from_slice(b": ");
        }
        self.text.extend_from_slice(value);
        self.text.extend_from_slice(b"\r\n");
    }
}

/// Names of today pass through `ast_escape_c`, old ones do not: a backslash in them is a backslash.
fn escape(name: &str) -> String {
    name.replace('\\', "\\\\")
}
