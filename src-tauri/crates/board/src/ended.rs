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
    /// Why it ended, as the rung side told: Q.850.
    pub cause: Option<u32>,
}

impl Rung {
    /// `caller`: who rings. A PBX may show the caller's own name on the line it rings (transcript `trunk-out-by-desk`).
    fn of(rung: &Channel, caller: &Channel, status: DialStatus) -> Self {
        let own = |name: &&String| caller.person.as_ref() != Some(*name);
        Self {
            device: rung.device().to_owned(),
            name: rung.person.as_ref().filter(own).cloned(),
            number: rung.number.clone(),
            status,
            cause: rung.cause,
        }
    }
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
    /// A channel is gone for good; if it was a caller, its call has ended. `by_pbx`: nobody rang it but the PBX itself.
    pub(crate) fn note_ending(&mut self, id: &str, channel: &Channel, by_pbx: bool, now: Millis) {
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
            end: cause::of_caller(channel, by_pbx),
        });
    }

    /// A caller remembers whom it rings, for when the rung channel is gone.
    pub(crate) fn note_ring(&mut self, caller: &str, dest: &str, status: DialStatus) {
        let (Some(known), Some(rung)) = (self.channels.get(caller), self.channels.get(dest)) else {
            return;
        };
        let rung = Rung::of(rung, known, status);
        // Of several phones of one call the one that answers counts, and its end is no news any more.
        let answered =
            |known: &Rung| known.status == DialStatus::Answer && known.device != rung.device;
        if !status.is_end() || !known.rang.as_ref().is_some_and(answered) {
            self.remember(caller, rung);
        }
    }

    /// Whoever is connected otherwise than by a dial has spoken with somebody all the same.
    pub(crate) fn note_partner(&mut self, uniqueid: &str, other: &str) {
        let (Some(known), Some(other)) = (self.channels.get(uniqueid), self.channels.get(other))
        else {
            return;
        };
        let is_person = !other.is_local() && !other.is_hidden();
        if known.is_caller() && is_person {
            let rung = Rung::of(other, known, DialStatus::Answer);
            self.remember(uniqueid, rung);
        }
    }

    fn remember(&mut self, uniqueid: &str, rung: Rung) {
        let channel = self.channels.get_mut(uniqueid);
        if let Some(channel) = channel.filter(|channel| channel.rang.as_ref() != Some(&rung)) {
            channel.rang = Some(rung);
        }
    }

    /// A rung channel is gone: its caller learns why, where the dial's end has not told.
    pub(crate) fn note_cause(&mut self, uniqueid: &str) {
        let dial = self.dials.to(uniqueid);
        let Some(caller) = dial.and_then(|dial| dial.caller.clone()) else {
            return;
        };
        let Some(gone) = self.channels.get(uniqueid) else {
            return;
        };
        let (device, cause) = (gone.device().to_owned(), gone.cause);
        let rang = self.channels.get_mut(&caller);
        if let Some(rang) = rang.and_then(|channel| channel.rang.as_mut())
            && rang.device == device
        {
            rang.cause = cause.or(rang.cause);
        }
    }
}
