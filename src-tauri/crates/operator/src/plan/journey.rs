//! One leg on its way: what it did before, what counts as having reached the goal, what as having failed.

use std::collections::BTreeSet;

use ami::event::{DialEvent, DialStatus};
use ami::{ChannelState, Event};
use board::{Board, Channel, Millis};

use crate::operation::After;
use crate::outcome::{Evidence, Failure};
use crate::scene::Goal;

/// A leg that has answered, dials nobody and stays at the goal's number for this long is with an application there.
const SETTLED: Millis = 1_000;

/// How a leg stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Progress {
    /// Nothing seen yet.
    Under,
    /// It is there.
    Reached(Evidence),
    /// The target did not take it.
    Failed(Failure),
    /// Its channel is gone.
    Gone,
}

/// A leg we have sent somewhere.
#[derive(Debug)]
pub(super) struct Journey {
    uniqueid: String,
    to: Goal,
    started: Millis,
    /// The bridge and the dials it had before: being there still is no evidence.
    old_bridge: Option<String>,
    old_dials: BTreeSet<String>,
    /// How the new dial ended, if it did without success.
    failure: Option<Failure>,
    /// Since when it sits at the goal without dialling anybody.
    settled: Option<Millis>,
}

impl Journey {
    pub(super) fn new(uniqueid: &str, to: Goal, board: &Board, now: Millis) -> Self {
        Self {
            uniqueid: uniqueid.to_owned(),
            to,
            started: now,
            old_bridge: board.channel(uniqueid).and_then(|channel| channel.bridge_id().map(str::to_owned)),
            old_dials: board.rings(uniqueid).map(|(dest, _)| dest.to_owned()).collect(),
            failure: None,
            settled: None,
        }
    }

    pub(super) fn started(&self) -> Millis {
        self.started
    }

    /// The end of a dial is told only once: it must be caught as it passes.
    pub(super) fn event(&mut self, event: &Event<'_>, board: &Board) {
        let Event::Dial(DialEvent { caller: Some(caller), dest, status }) = event else { return };
        if caller.uniqueid != self.uniqueid || self.old_dials.contains(dest.uniqueid.as_ref()) {
            return;
        }
        let others = board.rings(&self.uniqueid).any(|(other, _)| other != dest.uniqueid && !self.old_dials.contains(other));
        self.failure = match status {
            DialStatus::Busy => Some(Failure::Busy),
            DialStatus::NoAnswer => Some(Failure::NoAnswer),
            DialStatus::Unreachable => Some(Failure::Unreachable),
            DialStatus::Begun | DialStatus::Ringing | DialStatus::Progress | DialStatus::Answer => None,
            DialStatus::Cancel | DialStatus::Otherwise => self.failure.take(),
        }
        .filter(|_| !others);
    }

    pub(super) fn progress(&mut self, board: &Board, now: Millis) -> Progress {
        let Some(channel) = board.channel(&self.uniqueid) else {
            return self.failure.clone().map_or(Progress::Gone, Progress::Failed);
        };
        if let Some(failure) = &self.failure {
            return Progress::Failed(failure.clone());
        }
        match self.evidence(channel, board, now) {
            Some(evidence) => Progress::Reached(evidence),
            None => Progress::Under,
        }
    }

    fn evidence(&mut self, channel: &Channel, board: &Board, now: Millis) -> Option<Evidence> {
        let new_bridge = channel.bridge_id().filter(|id| self.old_bridge.as_deref() != Some(*id) && !board.is_held_in_lot(channel));
        if channel.room.is_some() && new_bridge.is_some() {
            return Some(Evidence::Joined);
        }
        if new_bridge.is_some_and(|bridge| self.has_partner(board, bridge)) {
            return Some(Evidence::Answered);
        }
        let old = |dest: &str| self.old_dials.contains(dest);
        if board.rings(&self.uniqueid).any(|(dest, dial)| !old(dest) && dial.status == DialStatus::Ringing && self.is_target(board, dest)) {
            return Some(Evidence::Ringing);
        }
        if board.is_queued(&self.uniqueid) && self.is_at_goal(channel) {
            return Some(Evidence::Joined);
        }
        self.settles(channel, board, now)
    }

    fn has_partner(&self, board: &Board, bridge: &str) -> bool {
        board.channels().any(|(id, other)| id != self.uniqueid && other.bridge_id() == Some(bridge))
    }

    /// A phone of the goal; or anything at all that is rung from the goal's number, when its phones are not known by name.
    fn is_target(&self, board: &Board, dest: &str) -> bool {
        let device = board.channel(dest).map(Channel::device);
        self.to.devices.is_empty()
            || device.is_some_and(|device| self.to.devices.iter().any(|known| known == device) || device.starts_with("Local/"))
    }

    fn is_at_goal(&self, channel: &Channel) -> bool {
        channel.exten.as_deref() == Some(self.to.number.as_str())
    }

    /// An application (a menu, music, a voicemail box) rings nobody and bridges nobody. Never counted for a person's phone.
    fn settles(&mut self, channel: &Channel, board: &Board, now: Millis) -> Option<Evidence> {
        let alone = channel.bridge_id().is_none() && board.rings(&self.uniqueid).next().is_none();
        let there = alone && channel.state == ChannelState::Up && self.is_at_goal(channel) && self.to.devices.is_empty();
        if !there {
            self.settled = None;
            return None;
        }
        let since = *self.settled.get_or_insert(now);
        (now >= since + SETTLED).then_some(Evidence::Arrived)
    }

    /// What became of a leg whose target rang.
    pub(super) fn after(&mut self, board: &Board) -> After {
        let Some(channel) = board.channel(&self.uniqueid) else {
            return if self.failure.is_some() { After::NotTaken } else { After::GaveUp };
        };
        let bridge = channel.bridge_id().filter(|id| self.old_bridge.as_deref() != Some(*id));
        if bridge.is_some_and(|bridge| self.has_partner(board, bridge)) {
            return After::Answered;
        }
        let open = board.rings(&self.uniqueid).any(|(dest, _)| !self.old_dials.contains(dest));
        if open || self.failure.is_none() { After::Ringing } else { After::NotTaken }
    }
}
