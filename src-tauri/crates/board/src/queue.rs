//! Queues: callers in line and the members who serve them.

use std::collections::BTreeMap;

use ami::event::{QueueEvent, QueueMember};

use crate::board::Board;
use crate::view::{ExtensionState, Millis};

/// A queue.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queue {
    /// Who waits, by Uniqueid.
    pub callers: BTreeMap<String, Waiting>,
    /// Who serves it, by interface.
    pub members: BTreeMap<String, Member>,
    /// The number that leads into it, learnt from the first caller who came by one.
    pub number: Option<String>,
    pub(crate) suspect: bool,
}

/// A caller in line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// 1 is next.
    pub position: u32,
    /// Since when.
    pub since: Millis,
    pub(crate) suspect: bool,
}

/// Somebody who serves a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// Name in the queue.
    pub name: String,
    /// What the phone is doing.
    pub state: ExtensionState,
    /// Takes no calls now.
    pub paused: bool,
    pub(crate) suspect: bool,
}

impl Board {
    pub(crate) fn queue(&mut self, event: &QueueEvent<'_>, now: Millis) {
        match event {
            QueueEvent::Params { queue } => {
                self.queues
                    .entry(queue.clone().into_owned())
                    .or_default()
                    .suspect = false
            }
            QueueEvent::Member(member) => self.member(member),
            QueueEvent::MemberRemoved(member) => {
                if let Some(queue) = self.queues.get_mut(member.queue.as_ref()) {
                    queue.members.remove(member.interface.as_ref());
                }
            }
            QueueEvent::Join {
                queue,
                channel,
                position,
            } => self.join(queue, &channel.uniqueid, *position, now),
            QueueEvent::Entry {
                queue,
                uniqueid,
                position,
                wait,
            } => {
                self.join(
                    queue,
                    uniqueid,
                    *position,
                    now.saturating_sub(wait.unwrap_or(0) * 1000),
                );
            }
            QueueEvent::Leave { queue, channel } => self.unqueue(queue, &channel.uniqueid),
            QueueEvent::Note { .. } => {}
        }
    }

    fn join(&mut self, queue: &str, uniqueid: &str, position: Option<u32>, since: Millis) {
        if !self.channels.contains_key(uniqueid) {
            return;
        }
        let callers = &mut self.queues.entry(queue.to_owned()).or_default().callers;
        let last = u32::try_from(callers.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let since = callers.get(uniqueid).map_or(since, |known| known.since);
        let position = position.unwrap_or(last);
        if !callers.contains_key(uniqueid) {
            callers
                .values_mut()
                .filter(|other| other.position >= position && !other.suspect)
                .for_each(|other| other.position += 1);
        }
        callers.insert(
            uniqueid.to_owned(),
            Waiting {
                position,
                since,
                suspect: false,
            },
        );
    }

    /// Nobody tells the others that they moved up.
    fn unqueue(&mut self, queue: &str, uniqueid: &str) {
        let Some(queue) = self.queues.get_mut(queue) else {
            return;
        };
        let Some(gone) = queue.callers.remove(uniqueid) else {
            return;
        };
        queue
            .callers
            .values_mut()
            .filter(|other| other.position > gone.position)
            .for_each(|other| other.position -= 1);
    }

    /// A caller who hung up waits nowhere.
    pub(crate) fn unqueue_everywhere(&mut self, uniqueid: &str) {
        let waiting = self
            .queues
            .iter()
            .filter(|(_, queue)| queue.callers.contains_key(uniqueid));
        let names: Vec<_> = waiting.map(|(name, _)| name.clone()).collect();
        for name in names {
            self.unqueue(&name, uniqueid);
        }
    }

    fn member(&mut self, news: &QueueMember<'_>) {
        let members = &mut self
            .queues
            .entry(news.queue.clone().into_owned())
            .or_default()
            .members;
        let unknown = || Member {
            name: news.interface.clone().into_owned(),
            state: ExtensionState::Unknown,
            paused: false,
            suspect: false,
        };
        let member = members
            .entry(news.interface.clone().into_owned())
            .or_insert_with(unknown);
        member.suspect = false;
        if let Some(name) = &news.name {
            member.name = name.clone().into_owned();
        }
        member.state = news.status.map_or(member.state, member_state);
        member.paused = news.paused.unwrap_or(member.paused);
    }
}

/// Asterisk's device state numbers.
fn member_state(status: u32) -> ExtensionState {
    match status {
        1 => ExtensionState::Idle,
        2 => ExtensionState::InUse,
        3 => ExtensionState::Busy,
        5 => ExtensionState::Offline,
        6 => ExtensionState::Ringing,
        7 => ExtensionState::InUseRinging,
        8 => ExtensionState::Held,
        _ => ExtensionState::Unknown,
    }
}
