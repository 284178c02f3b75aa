//! Dials: open edges from a caller's channel to the channels it rings.

use ami::ChannelState;
use ami::event::{DialEvent, DialStatus};

use crate::board::Board;
use crate::view::Millis;

/// An edge, kept under the channel that is rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    /// Who rings; nobody when the PBX itself dials.
    pub caller: Option<String>,
    /// How it stands. An answered edge stays until one of the two enters a bridge, so that the call never looks torn in between.
    pub status: DialStatus,
    /// Since when it stands so.
    pub since: Millis,
    /// Worked out from a list.
    pub inferred: bool,
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
            .filter(|id| self.channels.contains_key(*id));
        match event.status {
            DialStatus::Begun | DialStatus::Ringing | DialStatus::Progress => {
                self.ring(dest, caller, event.status, now)
            }
            DialStatus::Answer => self.answer(dest, caller, now),
            DialStatus::Busy
            | DialStatus::NoAnswer
            | DialStatus::Cancel
            | DialStatus::Unreachable
            | DialStatus::Otherwise => {
                self.dials.remove(dest);
            }
        }
    }

    fn ring(&mut self, dest: &str, caller: Option<&str>, status: DialStatus, now: Millis) {
        if let Some(caller) = caller.and_then(|id| self.channels.get_mut(id)) {
            caller.ending = None;
        }
        let known = self.dials.get(dest);
        // Early media must not make a ringing phone look silent.
        let status = match known.map(|dial| dial.status) {
            Some(DialStatus::Ringing) if status == DialStatus::Progress => DialStatus::Ringing,
            _ => status,
        };
        let since = known
            .filter(|dial| dial.status == status)
            .map_or(now, |dial| dial.since);
        let caller = caller
            .map(str::to_owned)
            .or_else(|| known.and_then(|dial| dial.caller.clone()));
        self.dials.insert(
            dest.to_owned(),
            Dial {
                caller,
                status,
                since,
                inferred: false,
            },
        );
    }

    /// A pickup answers with a channel that was never rung, so the caller's other edges are resolved too.
    fn answer(&mut self, dest: &str, caller: Option<&str>, now: Millis) {
        let matched = self.dials.remove(dest);
        let Some(caller) = caller else { return };
        if matched.is_none() {
            self.dials
                .retain(|_, dial| dial.caller.as_deref() != Some(caller));
        }
        let bridged = |id: &str| {
            self.channels
                .get(id)
                .is_some_and(|channel| channel.bridge.is_some())
        };
        if !bridged(dest) {
            let edge = Dial {
                caller: Some(caller.to_owned()),
                status: DialStatus::Answer,
                since: now,
                inferred: false,
            };
            self.dials.insert(dest.to_owned(), edge);
        }
    }

    /// A channel that entered a bridge or is gone waits for nobody.
    pub(crate) fn settle_dials(&mut self, uniqueid: &str) {
        self.dials.remove(uniqueid);
        self.dials.retain(|_, dial| {
            dial.caller.as_deref() != Some(uniqueid) || dial.status != DialStatus::Answer
        });
    }

    /// The end of a channel ends every edge it has.
    pub(crate) fn drop_dials(&mut self, uniqueid: &str) {
        self.dials.remove(uniqueid);
        self.dials
            .retain(|_, dial| dial.caller.as_deref() != Some(uniqueid));
    }

    /// No list tells who rings whom: a dialled leg that is not up belongs to the channel its linkedid names.
    pub(crate) fn infer_dials(&mut self, now: Millis) {
        let rung = self.channels.iter().filter(|(id, channel)| {
            let dialled = channel
                .application
                .as_deref()
                .is_some_and(|name| matches!(name, "AppDial" | "AppQueue" | "AppDial2"));
            let waits = matches!(channel.state, ChannelState::Down | ChannelState::Ringing);
            dialled && waits && channel.bridge.is_none() && !self.dials.contains_key(*id)
        });
        let edges: Vec<_> = rung
            .map(|(id, channel)| {
                (
                    id.clone(),
                    self.edge_of(id, channel.linkedid.as_deref(), channel.state, now),
                )
            })
            .collect();
        self.dials.extend(edges);
    }

    fn edge_of(
        &self,
        dest: &str,
        linkedid: Option<&str>,
        state: ChannelState,
        now: Millis,
    ) -> Dial {
        let mut callers: Vec<_> = self
            .channels
            .iter()
            .filter(|(id, channel)| {
                let dials = channel
                    .application
                    .as_deref()
                    .is_some_and(|name| matches!(name, "Dial" | "Queue" | "Page"));
                id.as_str() != dest
                    && dials
                    && channel.bridge.is_none()
                    && channel.linkedid.as_deref() == linkedid
            })
            .collect();
        callers.sort_by(|(_, a), (_, b)| a.age.cmp(&b.age));
        let caller = callers.first().map(|(id, _)| (*id).clone());
        let status = if state == ChannelState::Ringing {
            DialStatus::Ringing
        } else {
            DialStatus::Begun
        };
        Dial {
            caller,
            status,
            since: now,
            inferred: true,
        }
    }
}
