//! Servers older than Asterisk 13, made to speak today's AMI: an old frame becomes none, one or several of today's, so that nothing
//! downstream knows of the old ones.
//!
//! The greeting only hints at the dialect: `1.x` is Asterisk 1.0 to 11, `2.x` is 12 and 13, whose events are today's already. From
//! `3.x` on there are no quirks at all and frames pass through untouched. What a quirk is for, and which transcript shows it, stands
//! in [`ENTRIES`]. The facts are from Asterisk's own sources, branches 1.0 to 12.

mod channel;
mod command;
mod dial;
mod draft;
mod entries;
mod link;
mod listed;
mod lists;
mod memory;
mod parking;
mod queue;
mod rename;
mod room;
mod said;
mod spelling;

pub use entries::{ENTRIES, Entry};

use crate::frame::Frame;
use crate::request::Request;
use lists::Lists;
use memory::Memory;

/// What the greeting says of the words a server uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// `1.x`: Asterisk 1.0 to 11.
    First,
    /// `2.x`: Asterisk 12 and 13. Today's events; lists without marks, and MeetMe.
    Second,
}

impl Dialect {
    fn of(version: &str) -> Option<Self> {
        let major = version.trim().split('.').next()?;
        match major.parse::<u32>().ok()? {
            1 => Some(Self::First),
            2 => Some(Self::Second),
            _ => None,
        }
    }
}

/// The translation of one connection to an old server.
#[derive(Debug)]
pub struct Quirks {
    dialect: Dialect,
    /// `1.0`: there is no `CoreShowChannels` yet.
    by_status: bool,
    lists: Lists,
    memory: Memory,
}

impl Quirks {
    /// For the version in the greeting. `None`: nothing to translate.
    #[must_use]
    pub fn for_greeting(version: &str) -> Option<Self> {
        Some(Self {
            dialect: Dialect::of(version)?,
            by_status: version.trim() == "1.0",
            lists: Lists::default(),
            memory: Memory::default(),
        })
    }

    /// The action that asks an old server for the same. Channels have to be known before lists that only name them, so it is no use
    /// to ask for `CoreShowChannels` first and be refused.
    #[must_use]
    pub fn action(&self, request: &Request) -> Option<Request> {
        let channels = self.by_status && request.name() == "CoreShowChannels";
        channels.then(|| request.clone().named("Status"))
    }

    /// An action was sent under this ActionID: if it is a list, its end has to be found without marks.
    pub fn asked(&mut self, action: &str, id: &str) {
        self.lists.asked(action, id);
    }

    /// What the frame says, in today's words.
    #[must_use]
    pub fn translate(&mut self, frame: Frame) -> Vec<Frame> {
        let Some(name) = frame.event().map(|name| name.into_owned()) else {
            return vec![self.lists.response(command::output(frame))];
        };
        let frame = self.lists.event(&name, frame);
        match self.dialect {
            Dialect::First => self.first(&name, frame),
            Dialect::Second => self.second(&name, frame),
        }
    }

    /// MeetMe is the only thing that today's reader does not know by its name.
    fn second(&mut self, name: &str, frame: Frame) -> Vec<Frame> {
        let memory = &mut self.memory;
        match name {
            "MeetmeJoin" | "MeetmeLeave" | "MeetmeEnd" | "MeetmeMute" | "MeetmeTalking" => {
                room::meetme(memory, name, &frame)
            }
            "CoreShowChannel" | "Status" => room::listed(memory, frame),
            _ => vec![frame],
        }
    }

    fn first(&mut self, name: &str, frame: Frame) -> Vec<Frame> {
        let memory = &mut self.memory;
        match name {
            "Newchannel" => channel::newchannel(memory, &frame),
            "Newstate" => channel::changed(memory, "Newstate", &frame),
            "Newcallerid" | "NewCallerid" => channel::changed(memory, "NewCallerid", &frame),
            "Newexten" => channel::changed(memory, "Newexten", &frame),
            "Hangup" => channel::hangup(memory, &frame),
            "Rename" => rename::rename(memory, &frame),
            "Dial" => dial::dial(memory, &frame),
            "Link" => link::link(memory, &frame),
            "Unlink" => link::unlink(memory, &frame),
            "Bridge" => link::bridge(memory, &frame),
            "Status" | "CoreShowChannel" => listed::channel(memory, name, frame),
            "Join" => queue::caller(memory, "QueueCallerJoin", &frame),
            "Leave" => queue::caller(memory, "QueueCallerLeave", &frame),
            "QueueCallerAbandon" | "QueueEntry" => queue::caller(memory, name, &frame),
            "QueueMemberPaused" => spelling::renamed(&frame, "QueueMemberPause"),
            "AgentCalled" => queue::called(memory, &frame),
            "AgentConnect" | "AgentComplete" | "AgentDump" | "AgentRingNoAnswer" => {
                queue::served(memory, name, &frame)
            }
            "ParkedCall" | "UnParkedCall" | "ParkedCallTimeOut" | "ParkedCallGiveUp" => {
                parking::parked(memory, name, &frame)
            }
            "MeetmeJoin" | "MeetmeLeave" | "MeetmeEnd" | "MeetmeMute" | "MeetmeTalking"
            | "MeetmeStopTalking" => room::meetme(memory, name, &frame),
            "ConfbridgeJoin" | "ConfbridgeLeave" | "ConfbridgeEnd" => {
                room::confbridge(memory, name, &frame)
            }
            "Hold" | "Unhold" | "MusicOnHold" | "LocalBridge" | "Pickup" | "OriginateSuccess"
            | "OriginateFailure" | "Registry" => spelling::respelt(memory, name, &frame),
            _ => channel::completed(memory, name, frame),
        }
    }
}

#[cfg(test)]
#[path = "quirks/tests.rs"]
mod tests;
