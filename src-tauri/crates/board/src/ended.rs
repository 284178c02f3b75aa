//! Calls that have ended: the latest of them, each as its caller lived it.

use std::collections::VecDeque;

use ami::event::DialStatus;

use crate::board::Board;
use crate::cause;
use crate::channel::Channel;
use crate::view::{End, Millis};

/// So many are kept: what an operator may still ask about.
const MOST: usize = 40;

/// A caller's call that is over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ended {
    /// The caller's Uniqueid.
    pub id: String,
    /// The caller's channel name: it tells phone or trunk.
    pub device: String,
    /// The caller's name.
    pub name: Option<String>,
    /// The caller's number.
    pub number: Option<String>,
    /// What the caller dialled.
    pub dialled: Option<String>,
    /// Who was rung last.
    pub to: Option<Rung>,
    /// When the call began.
    pub started: Millis,
    /// When the caller first heard somebody.
    pub talked: Option<Millis>,
    /// When it ended.
    pub ended: Millis,
    /// Why.
    pub end: End,
}

/// Whom a caller rang last, and how that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rung {
    /// The rung device.
    pub device: String,
    /// The name there.
    pub name: Option<String>,
    /// The number there.
    pub number: Option<String>,
    /// How the dial went.
    pub status: DialStatus,
}

/// The latest, newest last.
#[derive(Debug, Default)]
pub(crate) struct Endings(VecDeque<Ended>);

impl Endings {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Ended> {
        self.0.iter()
    }

    fn push(&mut self, ended: Ended) {
        if self.0.len() >= MOST {
            self.0.pop_front();
        }
        self.0.push_back(ended);
    }
}

impl Board {
    /// A channel is gone for good; if it was a caller, its call has ended.
    pub(crate) fn note_ending(&mut self, id: &str, channel: &Channel, now: Millis) {
        if !channel.is_caller() {
            return;
        }
        self.endings.push(Ended {
            id: id.to_owned(),
            device: channel.device().to_owned(),
            name: channel.person.clone(),
            number: channel.number.clone(),
            dialled: channel.dialled.clone(),
            to: channel.rang.clone(),
            started: channel.began,
            talked: channel.talked,
            ended: now,
            end: why(channel),
        });
    }

    /// A caller remembers whom it rings, for when the rung channel is gone.
    pub(crate) fn note_ring(&mut self, caller: &str, dest: &str, status: DialStatus) {
        let Some(rung) = self.channels.get(dest).map(|dest| Rung {
            device: dest.device().to_owned(),
            name: dest.person.clone(),
            number: dest.number.clone(),
            status,
        }) else {
            return;
        };
        let Some(channel) = self.channels.get_mut(caller) else {
            return;
        };
        // Of several phones of one call the one that answers counts, and its end is no news any more.
        let answered =
            |known: &Rung| known.status == DialStatus::Answer && known.device != rung.device;
        if status.is_end() && channel.rang.as_ref().is_some_and(answered) {
            return;
        }
        if channel.rang.as_ref() != Some(&rung) {
            channel.rang = Some(rung);
        }
    }
}

fn why(channel: &Channel) -> End {
    if channel.talked.is_none() && channel.gave_up {
        return End::GaveUp;
    }
    let dial = channel.rang.as_ref().map(|rung| rung.status);
    let told = dial
        .filter(|_| channel.talked.is_none())
        .and_then(|status| cause::of_dial(status, channel.cause));
    told.unwrap_or_else(|| cause::of_cause(channel.cause, channel.answered.is_some()))
}
