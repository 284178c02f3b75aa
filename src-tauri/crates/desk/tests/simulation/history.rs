//! What really happened: every state the PBX was in, every action that reached it or was meant to.

use practice::{Leg, LegPlace, Practice};

pub(crate) use crate::write::{Hand, Write};

/// The course of one PBX.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// From when on the legs stood like this.
    moments: Vec<(u64, Vec<Leg>)>,
    pub(crate) writes: Vec<Write>,
    /// When the PBX was started anew.
    pub(crate) restarts: Vec<u64>,
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

    /// When its state changed from this moment on, and the moment itself.
    pub(crate) fn moments_since(&self, from: u64) -> impl Iterator<Item = u64> {
        let later = self.moments.iter().map(|(at, _)| *at);
        std::iter::once(from).chain(later.filter(move |at| *at > from))
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

    /// The whole of it, for a person who wants to know why: of the legs only those that have changed.
    pub(crate) fn tell(&self) -> String {
        let mut lines: Vec<_> = self
            .writes
            .iter()
            .map(|write| (write.at, write.to_string()))
            .chain(self.said.iter().cloned())
            .collect();
        let mut before: &[Leg] = &[];
        for (at, legs) in &self.moments {
            lines.extend(changes(before, legs).map(|change| (*at, change)));
            before = legs;
        }
        lines.sort_by_key(|(at, _)| *at);
        let lines = lines
            .iter()
            .map(|(at, line)| format!("{:>4}.{:03} {line}\n", at / 1000, at % 1000));
        lines.collect()
    }
}

fn changes(before: &[Leg], now: &[Leg]) -> impl Iterator<Item = String> {
    let gone = before
        .iter()
        .filter(|leg| now.iter().all(|other| other.uniqueid != leg.uniqueid))
        .map(|leg| format!("    - {} {}", leg.uniqueid, leg.name));
    let news = now
        .iter()
        .filter(|leg| !before.contains(leg))
        .map(|leg| format!("    + {}", brief(leg)));
    gone.chain(news).collect::<Vec<_>>().into_iter()
}

fn brief(leg: &Leg) -> String {
    let mut told = format!(
        "{} {} {} at {}",
        leg.uniqueid, leg.name, leg.state, leg.exten
    );
    if !leg.hears.is_empty() {
        told += &format!(", hears {}", leg.hears.join(" and "));
    }
    if !leg.rings.is_empty() {
        told += &format!(", rings {}", leg.rings.join(" and "));
    }
    if leg.place != LegPlace::Nowhere {
        told += &format!(", {:?}", leg.place);
    }
    told
}
