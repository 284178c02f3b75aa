//! What old frames leave out, remembered from earlier ones: a frame of today says everything about a channel, an old one hardly more
//! than what changed, and now and then only a name.

use std::collections::{BTreeMap, BTreeSet};

use super::said::{Said, caller_id, first_of, said, text};
use crate::frame::Frame;
use crate::value::Value;

/// So many channels are remembered: as many as a board holds. Of more, only what each frame says is told.
const MOST: usize = 100_000;
/// So many rings of queues wait for the channel they announce.
const MOST_EXPECTED: usize = 1_000;

/// A channel, as far as it has been told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub uniqueid: String,
    pub name: String,
    /// `enum ast_channel_state`.
    pub state: Option<u32>,
    pub number: Option<String>,
    pub person: Option<String>,
    pub connected: Option<String>,
    pub connected_name: Option<String>,
    pub context: Option<String>,
    pub exten: Option<String>,
    pub priority: Option<String>,
    /// Who rings it.
    pub rung_by: Option<String>,
    /// The number of whoever rings it.
    pub callers_number: Option<String>,
    /// That ring has been answered, or has ended otherwise.
    pub settled: bool,
    /// Whom it is linked with.
    pub partner: Option<String>,
    /// A list said it is linked with a channel of this name, of which nothing is known yet.
    pub waits_for: Option<String>,
    /// The conference room it is in.
    pub room: Option<String>,
    /// Which of two is younger.
    pub born: u64,
}

impl Known {
    /// The device: the name without its counter.
    pub(super) fn device(&self) -> &str {
        device(&self.name)
    }

    /// It rings or has been asked to, and that is not over.
    pub(super) fn is_rung(&self) -> bool {
        self.rung_by.is_some() && !self.settled
    }

    /// Before 1.8 a rung channel carries its caller's number and name: they say nothing of who it is.
    pub(super) fn borrows(&self) -> bool {
        self.number.is_some() && self.number == self.callers_number
    }

    /// Takes over whatever the frame says.
    pub(super) fn learn(&mut self, frame: &Frame) {
        if let Some(state) = state(frame) {
            self.state = Some(state);
        }
        self.learn_caller(frame);
        said(frame, "ConnectedLineNum").assign(&mut self.connected);
        said(frame, "ConnectedLineName").assign(&mut self.connected_name);
        said(frame, "Context").assign(&mut self.context);
        first_of(frame, &["Exten", "Extension"]).assign(&mut self.exten);
        said(frame, "Priority").assign(&mut self.priority);
        // A parked call whose time is over is sent to the parker's device as if that were a number.
        if self.context.as_deref() == Some("park-dial") {
            self.exten = None;
        }
    }

    /// `CallerIDNum` since 1.6, `CallerID` before; in 1.0 the latter holds number and name.
    pub(super) fn learn_caller(&mut self, frame: &Frame) {
        let number = said(frame, "CallerIDNum");
        match (number, said(frame, "CallerID")) {
            (Said::Nothing, Said::Text(both)) => {
                let (number, name) = caller_id(&both);
                (self.number, self.person) = (number, name.or(self.person.take()));
            }
            (Said::Nothing, other) => other.assign(&mut self.number),
            (number, _) => number.assign(&mut self.number),
        }
        said(frame, "CallerIDName").assign(&mut self.person);
    }
}

/// The device a channel's name stands for.
pub(super) fn device(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(device, _)| device)
}

/// `ChannelState` in numbers; before 1.6 `State` in words (`ast_state2str`).
pub(super) fn state(frame: &Frame) -> Option<u32> {
    const WORDS: [&str; 10] = [
        "Down",
        "Rsrvd",
        "OffHook",
        "Dialing",
        "Ring",
        "Ringing",
        "Up",
        "Busy",
        "Dialing Offhook",
        "Pre-ring",
    ];
    if let Some(state) = frame.get("ChannelState").and_then(Value::number) {
        return Some(state);
    }
    let word = text(frame, "State")?;
    let at = WORDS.iter().position(|known| *known == word)?;
    u32::try_from(at).ok()
}

/// Before 1.6 the halves of a Local channel end in `,1` and `,2`; today in `;1` and `;2`.
pub(super) fn spelt(name: &str) -> String {
    match name.rsplit_once(',') {
        Some((base, half @ ("1" | "2"))) if name.starts_with("Local/") => {
            format!("{base};{half}")
        }
        Some(_) | None => name.to_owned(),
    }
}

/// All channels, their names, and rooms.
#[derive(Debug, Default)]
pub(super) struct Memory {
    channels: BTreeMap<String, Known>,
    names: BTreeMap<String, String>,
    /// Who is in which room.
    pub rooms: BTreeMap<String, BTreeSet<String>>,
    /// Devices a queue has said it rings, and for whom, whose channels have not appeared.
    expected: Vec<(String, String)>,
    births: u64,
}

impl Memory {
    pub(super) fn get(&self, uniqueid: &str) -> Option<&Known> {
        self.channels.get(uniqueid)
    }

    pub(super) fn get_mut(&mut self, uniqueid: &str) -> Option<&mut Known> {
        self.channels.get_mut(uniqueid)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Known> {
        self.channels.values()
    }

    /// Who has this name.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        self.names.get(&spelt(name)).map(String::as_str)
    }

    /// The channel a frame is about: by its Uniqueid, or by its name where old frames leave that out.
    pub(super) fn whose(&self, frame: &Frame, id: &str, name: &str) -> Option<String> {
        text(frame, id).or_else(|| {
            let name = text(frame, name)?;
            self.named(&name).map(str::to_owned)
        })
    }

    /// A channel that was not known. Tells whether it is now.
    pub(super) fn insert(&mut self, uniqueid: &str, name: &str) -> bool {
        if self.channels.len() >= MOST || self.channels.contains_key(uniqueid) {
            return false;
        }
        self.births += 1;
        let known = Known {
            uniqueid: uniqueid.to_owned(),
            born: self.births,
            ..Known::default()
        };
        self.channels.insert(uniqueid.to_owned(), known);
        self.rename(uniqueid, name);
        true
    }

    pub(super) fn rename(&mut self, uniqueid: &str, name: &str) {
        let Some(known) = self.channels.get_mut(uniqueid) else {
            return;
        };
        let name = spelt(name);
        if self.names.get(&known.name).map(String::as_str) == Some(uniqueid) {
            self.names.remove(&known.name);
        }
        self.names.insert(name.clone(), uniqueid.to_owned());
        known.name = name;
    }

    pub(super) fn remove(&mut self, uniqueid: &str) {
        self.expected.retain(|(_, caller)| caller != uniqueid);
        let Some(known) = self.channels.remove(uniqueid) else {
            return;
        };
        if self.names.get(&known.name).map(String::as_str) == Some(uniqueid) {
            self.names.remove(&known.name);
        }
    }

    /// A queue rings a device for a caller; the channel is still to come.
    pub(super) fn expect(&mut self, device: &str, caller: &str) {
        if self.expected.len() < MOST_EXPECTED {
            self.expected.push((device.to_owned(), caller.to_owned()));
        }
    }

    /// For whom a queue rings the device of this channel, which has just appeared.
    pub(super) fn expected_for(&mut self, uniqueid: &str) -> Option<String> {
        let device = self.get(uniqueid)?.device();
        let at = self
            .expected
            .iter()
            .position(|(known, _)| known == device)?;
        Some(self.expected.remove(at).1)
    }

    /// A channel as it is known, or as this frame alone tells it.
    pub(super) fn known_or_told(&self, frame: &Frame, uniqueid: &str, name: &str) -> Known {
        self.get(uniqueid).cloned().unwrap_or_else(|| Known {
            uniqueid: uniqueid.to_owned(),
            name: text(frame, name)
                .map(|name| spelt(&name))
                .unwrap_or_default(),
            ..Known::default()
        })
    }
}
