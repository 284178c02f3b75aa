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
            QueueEvent::Params { queue } => self.queue_mut(queue).suspect = false,
            QueueEvent::Member(member) => self.queue_mut(&member.queue).member(member),
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
                let waited = wait.unwrap_or(0).saturating_mul(1000);
                self.join(queue, uniqueid, *position, now.saturating_sub(waited));
            }
            QueueEvent::Leave { channel, .. } => self.unqueue(&channel.uniqueid),
            QueueEvent::Note { .. } => {}
        }
    }

    fn queue_mut(&mut self, name: &str) -> &mut Queue {
        self.queues.entry(name.to_owned()).or_default()
    }

    /// One waits in one queue at a time.
    fn join(&mut self, name: &str, uniqueid: &str, position: Option<u32>, since: Millis) {
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        let number = channel.reached_by(&self.place.context).map(str::to_owned);
        let elsewhere = channel.queue.as_deref().is_some_and(|other| other != name);
        if elsewhere {
            self.unqueue(uniqueid);
        }
        if let Some(channel) = self.channels.get_mut(uniqueid) {
            channel.queue = Some(name.to_owned());
        }
        let queue = self.queue_mut(name);
        queue.number = queue.number.take().or(number);
        queue.join(uniqueid, position, since);
    }

    /// Out of line: connected, given up, moved or gone.
    pub(crate) fn unqueue(&mut self, uniqueid: &str) {
        let channel = self.channels.get_mut(uniqueid);
        let Some(name) = channel.and_then(|channel| channel.queue.take()) else {
            return;
        };
        if let Some(queue) = self.queues.get_mut(&name) {
            queue.leave(uniqueid);
        }
    }

    /// Whether this channel waits in a queue.
    #[must_use]
    pub fn is_queued(&self, uniqueid: &str) -> bool {
        let channel = self.channels.get(uniqueid);
        channel.is_some_and(|channel| channel.queue.is_some())
    }

    pub(crate) fn suspect_queues(&mut self) {
        for queue in self.queues.values_mut() {
            queue.suspect = true;
            let callers = queue.callers.values_mut();
            callers.for_each(|caller| caller.suspect = true);
            let members = queue.members.values_mut();
            members.for_each(|member| member.suspect = true);
        }
    }

    /// Who is still suspect when the list ends waits no more; the places of the others are as the list said.
    pub(crate) fn sweep_queues(&mut self) {
        let mut gone = Vec::new();
        for queue in self.queues.values_mut() {
            queue.members.retain(|_, member| !member.suspect);
            let suspects = queue.callers.extract_if(.., |_, caller| caller.suspect);
            gone.extend(suspects.map(|(uniqueid, _)| uniqueid));
        }
        for uniqueid in gone {
            if let Some(channel) = self.channels.get_mut(&uniqueid) {
                channel.queue = None;
            }
        }
        self.queues.retain(|_, queue| !queue.suspect);
    }
}

impl Queue {
    fn join(&mut self, uniqueid: &str, position: Option<u32>, since: Millis) {
        let last = u32::try_from(self.callers.len()).unwrap_or(u32::MAX);
        let position = position.unwrap_or(last.saturating_add(1));
        if let Some(known) = self.callers.get_mut(uniqueid) {
            (known.position, known.suspect) = (position, false);
            return;
        }
        self.callers
            .values_mut()
            .filter(|other| other.position >= position && !other.suspect)
            .for_each(|other| other.position = other.position.saturating_add(1));
        let waiting = Waiting {
            position,
            since,
            suspect: false,
        };
        self.callers.insert(uniqueid.to_owned(), waiting);
    }

    /// Nobody tells the others that they moved up.
    fn leave(&mut self, uniqueid: &str) {
        let Some(gone) = self.callers.remove(uniqueid) else {
            return;
        };
        self.callers
            .values_mut()
            .filter(|other| other.position > gone.position)
            .for_each(|other| other.position -= 1);
    }

    fn member(&mut self, news: &QueueMember<'_>) {
        if !self.members.contains_key(news.interface.as_ref()) {
            let unknown = Member {
                name: news.interface.clone().into_owned(),
                state: ExtensionState::Unknown,
                paused: false,
                suspect: false,
            };
            let interface = news.interface.clone().into_owned();
            self.members.insert(interface, unknown);
        }
        let Some(member) = self.members.get_mut(news.interface.as_ref()) else {
            return;
        };
        member.suspect = false;
        if let Some(name) = news.name.as_deref().filter(|name| *name != member.name) {
            name.clone_into(&mut member.name);
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
