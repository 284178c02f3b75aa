//! Calls: derived, never stored. A call is everybody connected by a bridge, a dial or a Local pair.

use std::collections::{BTreeMap, BTreeSet};

use ami::ChannelState;
use ami::event::DialStatus;

use crate::board::Board;
use crate::channel::Channel;
use crate::dial::Dial;
use crate::queue::Waiting;
use crate::view::{LegState, Millis};

/// Channels that belong together, oldest first, as far as that can be told.
#[derive(Debug)]
pub(crate) struct Call<'b> {
    pub(crate) members: Vec<Member<'b>>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'b> {
    pub(crate) id: &'b str,
    pub(crate) channel: &'b Channel,
    /// Who hears each other: members of one group.
    sound: usize,
}

impl<'b> Call<'b> {
    /// An Originate may name its channel as it likes; then only the linkedid of the others tells that it was there first.
    fn put_first_first(&mut self) {
        let Some((first, rest)) = self.members.split_first() else {
            return;
        };
        let age = &first.channel.age;
        if rest
            .iter()
            .all(|other| other.channel.age.compares_with(age))
        {
            return;
        }
        let is_own = |member: &Member<'_>| member.channel.linkedid.as_deref() == Some(member.id);
        let names = |other: &Member<'_>, id: &str| {
            other.id != id && other.channel.linkedid.as_deref() == Some(id)
        };
        let first = self.members.iter().position(|member| {
            is_own(member) && self.members.iter().any(|other| names(other, member.id))
        });
        if let Some(first) = first {
            self.members[..=first].rotate_right(1);
        }
    }

    /// The Local halves that carry this member's sound on.
    fn wires(&self, member: Member<'b>) -> impl Iterator<Item = &Member<'b>> {
        let carries = move |other: &&Member<'b>| {
            other.sound == member.sound && other.channel.is_local() && other.id != member.id
        };
        self.members.iter().filter(carries)
    }

    pub(crate) fn id(&self) -> &'b str {
        self.members.first().map_or("", |member| member.id)
    }

    /// The channels that are people: Local halves are wires, unless there is nothing else.
    pub(crate) fn people(&self) -> Vec<Member<'b>> {
        let people: Vec<_> = self
            .members
            .iter()
            .filter(|member| !member.channel.is_local())
            .copied()
            .collect();
        if people.is_empty() {
            self.members.first().copied().into_iter().collect()
        } else {
            people
        }
    }

    /// The others that `member` hears: both in a bridge, and the bridges joined by Local pairs.
    pub(crate) fn heard_by(&self, member: Member<'b>) -> Vec<Member<'b>> {
        if !member.channel.can_hear() {
            return Vec::new();
        }
        let heard = |other: &Member<'_>| {
            other.id != member.id && other.sound == member.sound && other.channel.can_hear()
        };
        self.people().into_iter().filter(heard).collect()
    }
}

/// Union-find over channel numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

impl Board {
    pub(crate) fn calls(&self) -> Vec<Call<'_>> {
        let all = self.channels.iter();
        self.calls_of(all.map(|(id, channel)| (id.as_str(), channel)).collect())
    }

    /// The calls of these channels: nobody else may be connected to any of them.
    pub(crate) fn calls_among(&self, ids: &BTreeSet<String>) -> Vec<Call<'_>> {
        let known = ids.iter().filter_map(|id| self.channels.entry(id));
        self.calls_of(known.collect())
    }

    fn calls_of<'b>(&'b self, mut channels: Vec<(&'b str, &'b Channel)>) -> Vec<Call<'b>> {
        self.put_in_order(&mut channels);
        let numbers: BTreeMap<&str, usize> = channels
            .iter()
            .enumerate()
            .map(|(number, (id, _))| (*id, number))
            .collect();
        let mut sound = self.sound(&channels, &numbers);
        let mut sets = Sets(sound.0.clone());
        for (dest, (id, _)) in channels.iter().enumerate() {
            let caller = self.dials.to(id).and_then(|dial| dial.caller.as_deref());
            if let Some(caller) = caller.and_then(|caller| numbers.get(caller)) {
                sets.join(dest, *caller);
            }
        }
        let mut calls: BTreeMap<usize, Call<'_>> = BTreeMap::new();
        for (number, (id, channel)) in channels.into_iter().enumerate() {
            let member = Member {
                id,
                channel,
                sound: sound.root(number),
            };
            calls
                .entry(sets.root(number))
                .or_insert_with(|| Call {
                    members: Vec::new(),
                })
                .members
                .push(member);
        }
        let mut calls: Vec<_> = calls.into_values().collect();
        calls.iter_mut().for_each(Call::put_first_first);
        calls
    }

    /// Only those anybody should see, callers first, oldest first.
    fn put_in_order(&self, channels: &mut Vec<(&str, &Channel)>) {
        channels.retain(|(_, channel)| !channel.is_hidden());
        // Agents have been there before whoever calls for them: the caller comes first all the same.
        let agents: BTreeSet<&str> = self
            .agents
            .values()
            .filter_map(|agent| agent.leg.as_deref())
            .collect();
        channels.sort_by(|(a, one), (b, other)| {
            let place = |id| agents.contains(id);
            (place(*a), &one.age, a).cmp(&(place(*b), &other.age, b))
        });
    }

    /// Who could hear whom: same bridge (unless it only holds people), or two halves of one Local channel.
    fn sound(&self, channels: &[(&str, &Channel)], numbers: &BTreeMap<&str, usize>) -> Sets {
        let mut sets = Sets::new(channels.len());
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, (_, channel)) in channels.iter().enumerate() {
            if let Some(bridge) = channel
                .bridge_id()
                .filter(|id| !self.bridges.get(*id).is_some_and(|bridge| bridge.holding))
            {
                let one = *first.entry(bridge).or_insert(number);
                sets.join(one, number);
            }
            if let Some(half) = channel.half.as_deref().and_then(|half| numbers.get(half)) {
                sets.join(number, *half);
            }
        }
        sets
    }

    /// What one leg is doing, and since when.
    pub(crate) fn leg_state(&self, call: &Call<'_>, member: Member<'_>) -> (LegState, Millis) {
        let channel = member.channel;
        let heard = call.heard_by(member);
        // Parking news travels apart from bridge news: whoever hears somebody is not parked yet, or no longer.
        if let Some((_, since)) = &channel.bridge
            && !heard.is_empty()
        {
            return self.talk(channel, &heard, *since);
        }
        let mut ends = std::iter::once(member.id).chain(call.wires(member).map(|wire| wire.id));
        if let Some(parked) = ends.find_map(|id| self.parked.get(id)) {
            return (LegState::Parked, parked.since);
        }
        if let Some(since) = channel.ending {
            return (LegState::Ending, since);
        }
        if let Some(waiting) = self.place_in_line(member) {
            return (LegState::Queued, waiting.since);
        }
        self.alone(call, member)
    }

    /// Wires alone are no call: a Local channel that nobody is behind yet, or any more. Unless it stands where a person would, as a
    /// loudspeaker in a room or a call back in a queue.
    pub(crate) fn is_somebody(&self, call: &Call<'_>) -> bool {
        call.members.iter().any(|member| {
            let stands = member.channel.room.is_some() || self.place_in_line(*member).is_some();
            !member.channel.is_local() || stands
        })
    }

    fn place_in_line(&self, member: Member<'_>) -> Option<&Waiting> {
        let queue = self.queues.get(member.channel.queue.as_deref()?)?;
        queue.callers.get(member.id)
    }

    /// Nobody is there yet, or any more.
    fn alone(&self, call: &Call<'_>, member: Member<'_>) -> (LegState, Millis) {
        let channel = member.channel;
        let rung = self.dials.to(member.id);
        if let Some(dial) = rung.filter(|_| channel.state != ChannelState::Up) {
            return (LegState::Ringing, dial.since);
        }
        let own = self.rings(member.id);
        let by_wire = call.wires(member).flat_map(|wire| self.rings(wire.id));
        let calling = match channel.bridge {
            Some(_) => own.chain(by_wire).map(|(_, dial)| dial.since).min(),
            None => own.map(|(_, dial)| dial.since).min(),
        };
        match (calling, channel.state, &channel.bridge) {
            (Some(since), _, _) => (LegState::Calling, since),
            (None, ChannelState::Up, Some((_, since))) => {
                (self.in_bridge_alone(call, member), *since)
            }
            (None, ChannelState::Up, None) => (
                LegState::Application,
                channel.left.or(channel.answered).unwrap_or(channel.began),
            ),
            (None, ChannelState::Ringing, _) => (LegState::Ringing, channel.began),
            (None, _, _) => (LegState::Calling, channel.began),
        }
    }

    /// The other one is away: consults somebody, and has put this one on hold; or there is only a wire, to something that is nobody.
    fn in_bridge_alone(&self, call: &Call<'_>, member: Member<'_>) -> LegState {
        let channel = member.channel;
        let in_place = channel.room.is_some() || self.is_held_in_lot(channel);
        if !in_place && (channel.music || self.is_put_on_hold(channel.device())) {
            LegState::Held
        } else if call.wires(member).any(|wire| wire.channel.runs_dialplan()) {
            LegState::Application
        } else {
            LegState::Alone
        }
    }

    fn talk(&self, channel: &Channel, heard: &[Member<'_>], since: Millis) -> (LegState, Millis) {
        let held = heard
            .iter()
            .filter_map(|other| other.channel.hold)
            .chain(channel.hold)
            .min();
        // Among three, or in a room, one person's hold leaves the others talking.
        let shared = heard.len() == 1 && channel.room.is_none();
        match held {
            Some(held) if shared || channel.hold.is_some() => (LegState::Held, held),
            _ => {
                let partner = heard
                    .iter()
                    .filter_map(|other| other.channel.bridge.as_ref().map(|(_, at)| *at))
                    .min();
                (LegState::Talking, partner.map_or(since, |at| at.max(since)))
            }
        }
    }

    /// Somebody answered, and the bridge is not there yet.
    pub(crate) fn is_answering(&self, member: Member<'_>) -> bool {
        let answered = |dial: &Dial| dial.status == DialStatus::Answer;
        self.dials.to(member.id).is_some_and(answered)
            || self.rings(member.id).any(|(_, dial)| answered(dial))
    }
}
