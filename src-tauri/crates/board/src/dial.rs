//! Dials: open edges from a caller's channel to the channels it rings.

use std::collections::{BTreeMap, BTreeSet};

use ami::ChannelState;
use ami::event::{DialEvent, DialStatus};

use crate::board::Board;
use crate::channel::Channel;
use crate::view::Millis;

/// An edge, kept under the channel that is rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    /// Who rings; nobody when the PBX itself dials.
    pub caller: Option<String>,
    /// How it stands. An answered edge stays until both are in a bridge, one that failed until the rung channel is gone: the
    /// call never looks torn in between.
    pub status: DialStatus,
    /// Since when it stands so.
    pub since: Millis,
    /// Worked out from a list.
    pub inferred: bool,
}

impl Dial {
    /// It rings, or has just been answered.
    fn is_open(&self) -> bool {
        !self.status.is_end() || self.status == DialStatus::Answer
    }
}

/// All edges, findable from both ends: no event looks through all of them.
#[derive(Debug, Default)]
pub(crate) struct Dials {
    edges: BTreeMap<String, Dial>,
    callers: BTreeMap<String, BTreeSet<String>>,
}

impl Dials {
    /// The edge to a rung channel.
    pub(crate) fn to(&self, dest: &str) -> Option<&Dial> {
        self.edges.get(dest)
    }

    /// The edges from a caller.
    pub(crate) fn from(&self, caller: &str) -> impl Iterator<Item = (&str, &Dial)> {
        let dests = self.callers.get(caller).into_iter().flatten();
        dests.filter_map(|dest| Some((dest.as_str(), self.edges.get(dest)?)))
    }

    /// Every edge, by the rung channel.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Dial)> {
        self.edges.iter().map(|(dest, dial)| (dest.as_str(), dial))
    }

    fn set(&mut self, dest: &str, dial: Dial) {
        self.remove(dest);
        if let Some(caller) = &dial.caller {
            let dests = self.callers.entry(caller.clone()).or_default();
            dests.insert(dest.to_owned());
        }
        self.edges.insert(dest.to_owned(), dial);
    }

    fn remove(&mut self, dest: &str) {
        let Some(caller) = self.edges.remove(dest).and_then(|dial| dial.caller) else {
            return;
        };
        if let Some(dests) = self.callers.get_mut(&caller) {
            dests.remove(dest);
            if dests.is_empty() {
                self.callers.remove(&caller);
            }
        }
    }

    fn remove_from(&mut self, caller: &str, which: impl Fn(&Dial) -> bool) {
        let gone: Vec<_> = self
            .from(caller)
            .filter(|(_, dial)| which(dial))
            .map(|(dest, _)| dest.to_owned())
            .collect();
        gone.iter().for_each(|dest| self.remove(dest));
    }

    fn hand_over(&mut self, from: &str, to: &str) -> BTreeSet<String> {
        let dests = self.callers.remove(from).unwrap_or_default();
        for dest in &dests {
            if let Some(dial) = self.edges.get_mut(dest) {
                dial.caller = Some(to.to_owned());
            }
        }
        if !dests.is_empty() {
            let rung = self.callers.entry(to.to_owned()).or_default();
            rung.extend(dests.iter().cloned());
        }
        dests
    }
}

impl Board {
    pub(crate) fn dial(&mut self, event: &DialEvent<'_>, now: Millis) {
        let dest = event.dest.uniqueid.as_ref();
        if !self.channels.contains_key(dest) {
            return;
        }
        let caller = event
            .caller
            .as_ref()
            .map(|caller| caller.uniqueid.as_ref())
            .filter(|id| self.channels.contains_key(id));
        let recall = caller.map_or_else(|| self.recall_for(&event.dest), |_| None);
        let caller = caller.or(recall.as_deref());
        match event.status {
            DialStatus::Begun | DialStatus::Ringing | DialStatus::Progress => {
                self.ring(dest, caller, event.status, now)
            }
            DialStatus::Answer => self.answer(dest, caller, now),
            DialStatus::Busy
            | DialStatus::NoAnswer
            | DialStatus::Cancel
            | DialStatus::Unreachable
            | DialStatus::Otherwise => self.give_up(dest, event.status, now),
        }
    }

    /// The open dials of a channel: whom it rings, and how each stands.
    pub fn rings(&self, caller: &str) -> impl Iterator<Item = (&str, &Dial)> {
        self.dials.from(caller).filter(|(_, dial)| dial.is_open())
    }

    /// Every other end of this channel's dials, open or not.
    pub(crate) fn rings_all<'b>(&'b self, uniqueid: &'b str) -> impl Iterator<Item = &'b str> {
        let caller = self
            .dials
            .to(uniqueid)
            .and_then(|dial| dial.caller.as_deref());
        let dests = self.dials.from(uniqueid).map(|(dest, _)| dest);
        caller.into_iter().chain(dests)
    }

    /// A phone's attended transfer to somebody who still rings: from now on the one transferred rings them, without another
    /// `DialBegin` (transcript `refer-attended-ringing`).
    pub(crate) fn hand_over_rings(&mut self, from: &str, to: &str) {
        if !self.channels.contains_key(to) || self.is_bridged(from) || from == to {
            return;
        }
        for dest in self.dials.hand_over(from, to) {
            let status = self.dials.to(&dest).map(|dial| dial.status);
            self.note_ring(to, &dest, status.unwrap_or(DialStatus::Begun));
        }
    }

    /// Whoever picks up answers in the place of the phone that rang. `Dial` says so itself with a `DialEnd`, a queue does not
    /// (transcript `pickup-queue-call`).
    pub(crate) fn pick_up(&mut self, picker: &str, target: &str, now: Millis) {
        let rung = self.dials.to(target).filter(|dial| dial.is_open());
        let Some(caller) = rung.and_then(|dial| dial.caller.clone()) else {
            return;
        };
        if self.channels.contains_key(picker) {
            self.answer(picker, Some(&caller), now);
        }
    }

    /// A queue says whom it rings, even where dial events are switched off.
    pub(crate) fn queue_rings(&mut self, dest: &str, caller: &str, now: Millis) {
        let known = |id: &str| self.channels.contains_key(id);
        if known(dest) && known(caller) && self.dials.to(dest).is_none() {
            self.ring(dest, Some(caller), DialStatus::Begun, now);
        }
    }

    /// The PBX rings it for nobody: an Originate, or the call back to somebody who transferred.
    pub(crate) fn is_rung_by_pbx(&self, uniqueid: &str) -> bool {
        let dial = self.dials.to(uniqueid);
        dial.is_some_and(|dial| dial.caller.is_none())
    }

    fn ring(&mut self, dest: &str, caller: Option<&str>, status: DialStatus, now: Millis) {
        if let Some(caller) = caller {
            self.calls_somebody(caller, dest);
            self.note_ring(caller, dest, status);
        }
        if let Some(known) = self.dials.edges.get_mut(dest)
            && (caller.is_none() || known.caller.as_deref() == caller)
        {
            // Early media must not make a ringing phone look silent.
            let rings = known.status == DialStatus::Ringing && status == DialStatus::Progress;
            if known.status != status && !rings {
                (known.status, known.since) = (status, now);
            }
            known.inferred = false;
            return;
        }
        let dial = Dial {
            caller: caller.map(str::to_owned),
            status,
            since: now,
            inferred: false,
        };
        self.dials.set(dest, dial);
    }

    /// A caller is on its way again, whatever ended before; and whom it rings dialled nothing.
    fn calls_somebody(&mut self, caller: &str, dest: &str) {
        if let Some(channel) = self.channels.get_mut(caller) {
            (channel.ending, channel.gave_up) = (None, false);
        }
        if self.dials.to(caller).is_some_and(|own| !own.is_open()) {
            self.dials.remove(caller);
        }
        if let Some(channel) = self.channels.get_mut(dest) {
            channel.set_rung();
        }
    }

    /// A pickup answers with a channel that was never rung, so the caller's other edges are resolved too.
    fn answer(&mut self, dest: &str, caller: Option<&str>, now: Millis) {
        let matched = self.dials.to(dest).is_some();
        let Some(caller) = caller else {
            self.dials.remove(dest);
            return;
        };
        if !matched {
            let others: Vec<_> = self.rings(caller).map(|(id, _)| id.to_owned()).collect();
            for other in others {
                self.give_up(&other, DialStatus::Cancel, now);
            }
        }
        if self.is_bridged(dest) && self.is_bridged(caller) {
            self.note_ring(caller, dest, DialStatus::Answer);
            self.dials.remove(dest);
            return;
        }
        self.ring(dest, Some(caller), DialStatus::Answer, now);
    }

    fn is_bridged(&self, uniqueid: &str) -> bool {
        let channel = self.channels.get(uniqueid);
        channel.is_some_and(|channel| channel.bridge.is_some())
    }

    /// The leg stays in its call, on its way out, until its channel is gone.
    fn give_up(&mut self, dest: &str, status: DialStatus, now: Millis) {
        let Some(known) = self.dials.edges.get_mut(dest) else {
            return;
        };
        (known.status, known.since) = (status, now);
        if let Some(caller) = known.caller.clone() {
            self.note_ring(&caller, dest, status);
        }
        if let Some(channel) = self.channels.get_mut(dest) {
            channel.ending.get_or_insert(now);
        }
    }

    /// A channel that entered a bridge waits for nobody; an answered edge has done its work when both are in.
    pub(crate) fn settle_dials(&mut self, uniqueid: &str) {
        let waits = |dial: &Dial| {
            let caller = dial.caller.as_deref();
            dial.status == DialStatus::Answer
                && caller.is_some_and(|caller| !self.is_bridged(caller))
        };
        if self.dials.to(uniqueid).is_some_and(|dial| !waits(dial)) {
            self.dials.remove(uniqueid);
        }
        let answered = self
            .dials
            .from(uniqueid)
            .filter(|(dest, dial)| dial.status == DialStatus::Answer && self.is_bridged(dest));
        let done: Vec<_> = answered.map(|(dest, _)| dest.to_owned()).collect();
        done.iter().for_each(|dest| self.dials.remove(dest));
    }

    /// Whoever leaves a bridge has been connected, or never will be by that dial.
    pub(crate) fn forget_answers(&mut self, uniqueid: &str) {
        let is_answered = |dial: &Dial| dial.status == DialStatus::Answer;
        if self.dials.to(uniqueid).is_some_and(is_answered) {
            self.dials.remove(uniqueid);
        }
        self.dials.remove_from(uniqueid, is_answered);
    }

    /// The end of a channel ends every edge it has.
    pub(crate) fn drop_dials(&mut self, uniqueid: &str) {
        self.dials.remove(uniqueid);
        self.dials.remove_from(uniqueid, |_| true);
    }

    /// No list tells who rings whom. A dialled leg that is not up belongs to a channel of its linkedid that dials: the one on its
    /// display, else the oldest. After a transfer it may be one of another linkedid: then each must be on the display of the other.
    pub(crate) fn infer_dials(&mut self) {
        let mut dialling: BTreeMap<&str, Vec<(&str, &Channel)>> = BTreeMap::new();
        for (id, channel) in self.channels.iter().filter(|(_, channel)| channel.dials()) {
            if let Some(linkedid) = &channel.linkedid {
                dialling.entry(linkedid).or_default().push((id, channel));
            }
        }
        let faces = dialling.values().flatten();
        let faces: BTreeMap<_, _> = faces
            .filter_map(|(id, channel)| Some((face(&channel.number, &channel.connected)?, *id)))
            .collect();
        let rung = self
            .channels
            .iter()
            .filter(|(id, channel)| channel.waits_to_be_answered() && self.dials.to(id).is_none());
        let edges: Vec<_> = rung
            .map(|(id, channel)| {
                let callers = channel.linkedid.as_deref().and_then(|id| dialling.get(id));
                let caller = callers.and_then(|callers| likely(callers, channel));
                let faced = || faces.get(&face(&channel.connected, &channel.number)?);
                let caller = caller.or_else(|| faced().copied());
                (id.clone(), inferred(caller, channel))
            })
            .collect();
        for (dest, dial) in edges {
            self.dials.set(&dest, dial);
        }
    }
}

/// Somebody's own number, and the one on the display.
fn face<'b>(own: &'b Option<String>, display: &'b Option<String>) -> Option<(&'b str, &'b str)> {
    Some((own.as_deref()?, display.as_deref()?))
}

fn likely<'b>(callers: &[(&'b str, &Channel)], dest: &Channel) -> Option<&'b str> {
    let on_display = |caller: &Channel| caller.number.is_some() && caller.number == dest.connected;
    let (id, _) = callers
        .iter()
        .min_by_key(|(_, caller)| (!on_display(caller), &caller.age))?;
    Some(id)
}

fn inferred(caller: Option<&str>, dest: &Channel) -> Dial {
    let status = if dest.state == ChannelState::Ringing {
        DialStatus::Ringing
    } else {
        DialStatus::Begun
    };
    Dial {
        caller: caller.map(str::to_owned),
        status,
        since: dest.began,
        inferred: true,
    }
}
