//! Names and numbers taken out, the same one always replaced by the same word, so that a reader can still follow who is who within one
//! export. What is shown as it is, is a closed list: a header nobody has thought of is hidden.

use std::collections::BTreeMap;

use board::{Ref, RefKind};
use serde_json::Value;

use crate::journal::is_secret;

/// In place of what may not be shown.
const HIDDEN: &str = "…";

/// Headers that say nothing of a person.
const PLAIN: [&str; 51] = [
    "abandoned",
    "action",
    "admin",
    "application",
    "async",
    "bridgecreator",
    "bridgenumchannels",
    "bridgetechnology",
    "bridgetype",
    "bridgevideosourcemode",
    "calls",
    "callstaken",
    "cause",
    "cause-txt",
    "completed",
    "count",
    "dialstatus",
    "duration",
    "event",
    "extracontext",
    "extrapriority",
    "holdtime",
    "incall",
    "lastcall",
    "lastpause",
    "lastreload",
    "localoptimization",
    "logintime",
    "membership",
    "muted",
    "parkingduration",
    "parkinglot",
    "parkingtimeout",
    "paused",
    "penalty",
    "position",
    "privilege",
    "queue",
    "response",
    "result",
    "ringinuse",
    "ringtime",
    "state",
    "status",
    "statustext",
    "talktime",
    "techcause",
    "timeout",
    "timestamp",
    "uptime",
    "wrapuptime",
];

/// Ids say nothing of a person either.
const IDS: [&str; 5] = ["uniqueid", "linkedid", "actionid", "channelid", "bridgeid"];

/// What a channel's block says of it under any prefix (`DestChannelState`).
const OF_CHANNELS: [&str; 5] = [
    "channelstate",
    "channelstatedesc",
    "priority",
    "context",
    "language",
];

/// Headers that carry a name.
const NAMES: [&str; 4] = ["calleridname", "connectedlinename", "membername", "name"];

/// Headers that carry a number, or the name of a room.
const NUMBERS: [&str; 9] = [
    "calleridnum",
    "connectedlinenum",
    "exten",
    "extension",
    "extraexten",
    "parkingspace",
    "conference",
    "mailbox",
    "bridgename",
];

/// Headers that carry channels or devices.
const CHANNELS: [&str; 7] = [
    "channel",
    "interface",
    "stateinterface",
    "location",
    "device",
    "hint",
    "extrachannel",
];

/// The words of one export.
#[derive(Debug, Default)]
pub(super) struct Redactor {
    names: BTreeMap<String, usize>,
    numbers: BTreeMap<String, usize>,
}

impl Redactor {
    /// A header's value.
    pub(super) fn header(&mut self, name: &str, value: &str) -> String {
        let name = name.to_ascii_lowercase();
        let one_of = |known: &[&str]| known.iter().any(|end| name.ends_with(end));
        let is_plain = one_of(&IDS) || one_of(&OF_CHANNELS) || PLAIN.contains(&name.as_str());
        if is_secret(&name) {
            HIDDEN.to_owned()
        } else if value.is_empty() || value == "<unknown>" || is_plain {
            value.to_owned()
        } else if one_of(&NUMBERS) {
            self.number(value)
        } else if one_of(&NAMES) {
            self.name(value)
        } else if one_of(&CHANNELS) {
            self.channels(value)
        } else {
            HIDDEN.to_owned()
        }
    }

    /// A line `Name: value` of an action of ours.
    pub(super) fn line(&mut self, line: &str) -> String {
        match line.split_once(": ") {
            Some((name, value)) => format!("{name}: {}", self.header(name, value)),
            None => HIDDEN.to_owned(),
        }
    }

    /// What the desk itself shows, as JSON: names and numbers by their fields, ids by their kind, any other text by what is in it.
    pub(super) fn value(&mut self, field: &str, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.field(field, text),
            Value::Array(all) => all.iter_mut().for_each(|one| self.value(field, one)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.value(name, value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn field(&mut self, field: &str, text: &str) -> String {
        match field {
            "name" | "label" => return self.name(text),
            "number" | "digits" => return self.number(text),
            "operation" => return text.to_owned(),
            _ => {}
        }
        match text.parse::<Ref>() {
            Ok(id) => self.id(&id),
            Err(_) => self.text(text),
        }
    }

    fn id(&mut self, id: &Ref) -> String {
        let key = match id.kind {
            RefKind::Pbx
            | RefKind::Call
            | RefKind::Leg
            | RefKind::Queue
            | RefKind::Parked
            | RefKind::Ended
            | RefKind::Gap
            | RefKind::Consultation
            | RefKind::Note
            | RefKind::Sent
            | RefKind::Lost
            | RefKind::Camp
            | RefKind::Stuck
            | RefKind::Operation => id.key.clone(),
            RefKind::Extension => match id.key.split_once('@') {
                Some((number, context)) => format!("{}@{context}", self.number(number)),
                None => self.number(&id.key),
            },
            RefKind::Conference | RefKind::Number | RefKind::Trunk | RefKind::Agent => {
                self.number(&id.key)
            }
        };
        format!("{}:{}:{key}", id.kind.word(), id.pbx)
    }

    /// Our own words and Asterisk's pass; what looks like a number in them does not.
    fn text(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut digits = String::new();
        for c in text.chars().chain([' ']) {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            if digits.len() > 2 {
                out.push_str(&self.number(&digits));
            } else {
                out.push_str(&digits);
            }
            digits.clear();
            out.push(c);
        }
        out.pop();
        out
    }

    fn name(&mut self, name: &str) -> String {
        let number = name
            .chars()
            .all(|c| c.is_ascii_digit() || "+*# -".contains(c));
        if number {
            return self.number(name);
        }
        let next = self.names.len() + 1;
        let known = *self.names.entry(name.to_owned()).or_insert(next);
        format!("name-{known}")
    }

    /// The last two digits stay: enough to ask somebody whether it was theirs.
    fn number(&mut self, number: &str) -> String {
        let next = self.numbers.len() + 1;
        let known = *self.numbers.entry(number.to_owned()).or_insert(next);
        let digits: Vec<_> = number.chars().filter(char::is_ascii_digit).collect();
        match &digits[..] {
            [_, .., tens, ones] => format!("#{known}..{tens}{ones}"),
            [..] => format!("#{known}"),
        }
    }

    /// `PJSIP/101-0000002a`: technology and serial stay. A Uniqueid may stand in a channel's place.
    fn channels(&mut self, value: &str) -> String {
        let all = value.split('&').map(|channel| self.channel(channel));
        all.collect::<Vec<_>>().join("&")
    }

    fn channel(&mut self, channel: &str) -> String {
        if is_uniqueid(channel) {
            return channel.to_owned();
        }
        let parts = channel.split_once('/');
        let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let Some((technology, rest)) = parts.filter(|(technology, _)| is_word(technology)) else {
            return self.number(channel);
        };
        let (rest, serial) = match rest.rsplit_once('-') {
            Some((rest, serial)) => (rest, format!("-{serial}")),
            None => (rest, String::new()),
        };
        let serial = match serial.len() <= 12 {
            true => serial,
            false => HIDDEN.to_owned(),
        };
        let (device, context) = match rest.split_once('@') {
            // Anywhere else that is a host.
            Some((device, context)) if technology == "Local" => (device, format!("@{context}")),
            Some(_) | None => (rest, String::new()),
        };
        format!("{technology}/{}{context}{serial}", self.number(device))
    }
}

fn is_uniqueid(text: &str) -> bool {
    let parts = text.rsplit_once('.');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let made_here = text.starts_with("cordboard-");
    parts.is_some_and(|(seconds, serial)| {
        digits(serial) && (made_here || digits(seconds) && seconds.len() >= 9)
    })
}
