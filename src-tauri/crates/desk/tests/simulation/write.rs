//! An action that changes a call, as it came over a line, and from whom.

use std::fmt;

/// Whose hand it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    /// One of our operators'.
    Seat(usize),
    /// A client's who knows nothing of us.
    Rival,
}

impl fmt::Display for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seat(number) => write!(f, "seat {number}"),
            Self::Rival => f.write_str("the rival"),
        }
    }
}

/// Actions that change something.
const CHANGES: [&str; 27] = [
    "Redirect",
    "Hangup",
    "Originate",
    "Park",
    "Bridge",
    "Atxfer",
    "CancelAtxfer",
    "AbsoluteTimeout",
    "PlayDTMF",
    "MuteAudio",
    "MixMonitor",
    "MixMonitorMute",
    "StopMixMonitor",
    "ConfbridgeKick",
    "ConfbridgeMute",
    "ConfbridgeUnmute",
    "ConfbridgeLock",
    "ConfbridgeUnlock",
    "ConfbridgeStartRecord",
    "ConfbridgeStopRecord",
    "QueueAdd",
    "QueueRemove",
    "QueuePause",
    "QueuePenalty",
    "QueueChangePriorityCaller",
    "QueueWithdrawCaller",
    "PJSIPNotify",
];

/// One of them.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) at: u64,
    pub(crate) by: Hand,
    pub(crate) name: String,
    /// Without its ActionID.
    pub(crate) headers: Vec<(String, String)>,
    /// The line failed in the middle of it: the PBX never read it.
    pub(crate) lost: bool,
    /// It stood in the journal of its desk when it came; true where none is kept.
    pub(crate) is_noted: bool,
}

impl Write {
    /// None: a question, which changes nothing.
    pub(crate) fn read(text: &str, at: u64, by: Hand) -> Option<Self> {
        let mut headers: Vec<(String, String)> = text
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        headers.retain(|(name, _)| name != "ActionID");
        let name = headers.iter().find(|(name, _)| name == "Action")?.1.clone();
        CHANGES.contains(&name.as_str()).then_some(Self {
            at,
            by,
            name,
            headers,
            lost: false,
            is_noted: true,
        })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The channels it names, by name or identity.
    pub(crate) fn channels(&self) -> impl Iterator<Item = &str> {
        let named = ["Channel", "ExtraChannel", "Channel1", "Channel2", "Caller"];
        named.into_iter().filter_map(|name| self.get(name))
    }
}

impl fmt::Display for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} writes {}", self.by, self.name)?;
        for (name, value) in self.headers.iter().filter(|(name, _)| name != "Action") {
            write!(f, " {name}={value}")?;
        }
        f.write_str(if self.lost { " (lost on the way)" } else { "" })
    }
}
