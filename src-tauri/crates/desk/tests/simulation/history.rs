//! What really happened: every state the PBX was in, every action that reached it or was meant to, every hand that hung up.

use practice::{Leg, Practice};

/// An action that changes a call, as it came over the line.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) at: u64,
    pub(crate) name: String,
    /// Without its ActionID.
    pub(crate) headers: Vec<(String, String)>,
    /// The line failed in the middle of it: the PBX never read it.
    pub(crate) lost: bool,
}

impl Write {
    /// None: a question, which changes nothing.
    pub(crate) fn read(text: &str, at: u64) -> Option<Self> {
        let mut headers: Vec<(String, String)> = text
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        headers.retain(|(name, _)| name != "ActionID");
        let name = headers.iter().find(|(name, _)| name == "Action")?.1.clone();
        let changes = [
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
        changes.contains(&name.as_str()).then_some(Self {
            at,
            name,
            headers,
            lost: false,
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

/// The course of one PBX.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// From when on the legs stood like this.
    moments: Vec<(u64, Vec<Leg>)>,
    pub(crate) writes: Vec<Write>,
    /// Whatever else is worth telling when a law is broken.
    pub(crate) said: Vec<(u64, String)>,
}

impl History {
    pub(crate) fn look(&mut self, pbx: &Practice, now: u64) {
        let legs = pbx.channels();
        if self.moments.last().is_none_or(|(_, last)| *last != legs) {
            self.moments.push((now, legs));
        }
    }

    pub(crate) fn say(&mut self, at: u64, what: String) {
        self.said.push((at, what));
    }

    /// The PBX as it is now.
    pub(crate) fn now(&self) -> &[Leg] {
        self.moments.last().map_or(&[], |(_, legs)| legs)
    }

    /// Since when nothing has changed.
    pub(crate) fn quiet_since(&self) -> u64 {
        self.moments.last().map_or(0, |(at, _)| *at)
    }

    /// Every state it was in from one moment to another.
    pub(crate) fn during(&self, from: u64, to: u64) -> impl Iterator<Item = &[Leg]> {
        let first = self.moments.partition_point(|(at, _)| *at < from);
        let shown = self.moments.iter().skip(first.saturating_sub(1));
        shown
            .take_while(move |(at, _)| *at <= to)
            .map(|(_, legs)| legs.as_slice())
    }

    /// The identity behind a channel's name or identity at that moment: names come again after a restart.
    pub(crate) fn uniqueid(&self, channel: &str, at: u64) -> Option<&str> {
        let until = self.moments.partition_point(|(moment, _)| *moment <= at);
        let legs = self.moments[..until]
            .iter()
            .rev()
            .flat_map(|(_, legs)| legs);
        let mut same = legs.filter(|leg| leg.name == channel || leg.uniqueid == channel);
        same.next().map(|leg| leg.uniqueid.as_str())
    }

    /// The last of it, for a person who wants to know why.
    pub(crate) fn tell(&self) -> String {
        let mut lines: Vec<_> = self
            .writes
            .iter()
            .map(|write| (write.at, format!("WRITE {write:?}")))
            .chain(self.said.iter().cloned())
            .chain(self.moments.iter().map(|(at, legs)| {
                let legs: Vec<_> = legs.iter().map(brief).collect();
                (*at, legs.join(" | "))
            }))
            .collect();
        lines.sort_by_key(|(at, _)| *at);
        let lines = lines.iter().map(|(at, line)| format!("{at:>8} {line}\n"));
        lines.collect()
    }
}

fn brief(leg: &Leg) -> String {
    format!(
        "{} {} {} @{} hears {:?} rings {:?} {:?}",
        leg.uniqueid, leg.name, leg.state, leg.exten, leg.hears, leg.rings, leg.place
    )
}
