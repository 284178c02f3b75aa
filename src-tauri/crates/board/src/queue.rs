//! Queues: callers in line and the members who serve them.

use std::collections::BTreeMap;
use std::mem::replace;

use ami::event::{QueueEvent, QueueFigures, QueueMember};

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
    /// How it does.
    pub figures: Figures,
    pub(crate) suspect: bool,
}

/// How a queue does. `QueueReset` sets the counters back without an event: they are as good as the last list, and what came since.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Figures {
    pub strategy: Option<String>,
    pub completed: Option<u32>,
    pub abandoned: Option<u32>,
    pub hold_time: Option<u32>,
    pub talk_time: Option<u32>,
    pub service_level: Option<u32>,
    pub within: Option<f64>,
}

impl Figures {
    fn of(told: &QueueFigures<'_>) -> Self {
        Self {
            strategy: told.strategy.as_deref().map(str::to_owned),
            completed: told.completed,
            abandoned: told.abandoned,
            hold_time: told.hold_time,
            talk_time: told.talk_time,
            service_level: told.service_level.filter(|seconds| *seconds > 0),
            within: told.within,
        }
    }
}

/// A caller in line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// 1 is next.
    pub position: u32,
    /// Since when.
    pub since: Millis,
    /// Who goes first; only a list tells.
    pub priority: Option<u32>,
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
    /// Since when, if so.
    pub paused_since: Option<Millis>,
    /// Why, if so.
    pub reason: Option<String>,
    /// Whose state counts as this member's.
    pub state_interface: Option<String>,
    /// Members with a lower one are rung first.
    pub penalty: u32,
    /// Rung also while on a call.
    pub ring_in_use: Option<bool>,
    /// Can be removed.
    pub dynamic: bool,
    /// When its last call ended.
    pub last_call: Option<Millis>,
    /// Calls it has taken.
    pub taken: u32,
    /// On a call of this queue.
    pub in_call: bool,
    pub(crate) suspect: bool,
}

impl Member {
    fn unknown(interface: &str) -> Self {
        Self {
            name: interface.to_owned(),
            state: ExtensionState::Unknown,
            paused: false,
            paused_since: None,
            reason: None,
            state_interface: None,
            penalty: 0,
            ring_in_use: None,
            dynamic: false,
            last_call: None,
            taken: 0,
            in_call: false,
            suspect: false,
        }
    }

    fn take(&mut self, news: &QueueMember<'_>) {
        self.suspect = false;
        if let Some(name) = news.name.as_deref().filter(|name| *name != self.name) {
            name.clone_into(&mut self.name);
        }
        self.state = news.status.map_or(self.state, member_state);
        self.paused = news.paused.unwrap_or(self.paused);
        let paused_at = news.last_pause.filter(|at| self.paused && *at > 0);
        self.paused_since = paused_at.map(|at| at.saturating_mul(1000));
        let reason = news.reason.as_deref().filter(|_| self.paused);
        if self.reason.as_deref() != reason {
            self.reason = reason.map(str::to_owned);
        }
        if let Some(device) = news.state_interface.as_deref()
            && self.state_interface.as_deref() != Some(device)
        {
            self.state_interface = Some(device.to_owned());
        }
        self.penalty = news.penalty.unwrap_or(self.penalty);
        self.ring_in_use = news.ring_in_use.or(self.ring_in_use);
        if let Some(membership) = news.membership.as_deref() {
            self.dynamic = membership == "dynamic";
        }
        let last_call = news.last_call.map(|at| at.saturating_mul(1000));
        self.last_call = last_call.or(self.last_call).filter(|at| *at > 0);
        self.taken = news.taken.unwrap_or(self.taken);
        self.in_call = news.in_call.unwrap_or(self.in_call);
    }
}

impl Board {
    pub(crate) fn queue(&mut self, event: &QueueEvent<'_>, now: Millis) {
        match event {
            QueueEvent::Params { queue, figures } => {
                let queue = self.queue_mut(queue);
                queue.suspect = false;
                queue.figures = Figures::of(figures);
            }
            QueueEvent::Member(member) => self.queue_mut(&member.queue).member(member),
            QueueEvent::MemberRemoved(member) => {
                self.touched.queue(&member.queue);
                if let Some(queue) = self.queues.get_mut(member.queue.as_ref()) {
                    queue.members.remove(member.interface.as_ref());
                }
            }
            QueueEvent::Join {
                queue,
                channel,
                position,
            } => self.join(queue, &channel.uniqueid, *position, None, now),
            QueueEvent::Entry {
                queue,
                uniqueid,
                position,
                wait,
                priority,
            } => {
                let waited = wait.unwrap_or(0).saturating_mul(1000);
                let since = now.saturating_sub(waited);
                self.join(queue, uniqueid, *position, *priority, since);
            }
            QueueEvent::Leave { channel, .. } => self.unqueue(&channel.uniqueid),
            QueueEvent::Abandon { queue, channel } => self.abandoned(queue, &channel.uniqueid),
            QueueEvent::Connect {
                queue, interface, ..
            } => self.talks(queue, interface.as_deref(), true),
            QueueEvent::Complete {
                queue,
                interface,
                channel,
                ..
            } => {
                self.talks(queue, interface.as_deref(), false);
                if let Some(channel) = channel {
                    self.completed(queue, &channel.uniqueid);
                }
            }
            QueueEvent::Called { channel, dest, .. } => {
                self.queue_rings(&dest.uniqueid, &channel.uniqueid, now);
            }
            QueueEvent::Note { .. } => {}
        }
    }

    /// A member is on a call of the queue, or no longer: `QueueMemberStatus` need not follow (transcript `pickup-queue-call`).
    fn talks(&mut self, queue: &str, interface: Option<&str>, on: bool) {
        let known = self.queues.get_mut(queue);
        let member = known.and_then(|queue| queue.members.get_mut(interface?));
        if let Some(member) = member {
            member.in_call = on;
            self.touched.queue(queue);
        }
    }

    /// The desk's own moves out of a queue end so as well: whoever is served later did not give up.
    fn abandoned(&mut self, queue: &str, caller: &str) {
        let known = self.channels.get_mut(caller);
        let news = known.is_some_and(|known| !replace(&mut known.gave_up, true));
        self.count(queue, news, |figures| &mut figures.abandoned);
    }

    fn completed(&mut self, queue: &str, caller: &str) {
        let known = self.channels.get_mut(caller);
        let news = known.is_some_and(|known| !replace(&mut known.served, true));
        self.count(queue, news, |figures| &mut figures.completed);
        // Whether this call was answered in time nobody tells: the share is known again when a list says it.
        if let Some(queue) = self.queues.get_mut(queue).filter(|_| news) {
            queue.figures.within = None;
        }
    }

    fn queue_mut(&mut self, name: &str) -> &mut Queue {
        self.touched.queue(name);
        self.queues.entry(name.to_owned()).or_default()
    }

    fn count(&mut self, queue: &str, news: bool, which: impl Fn(&mut Figures) -> &mut Option<u32>) {
        self.touched.queue(queue);
        if let Some(queue) = self.queues.get_mut(queue).filter(|_| news)
            && let Some(count) = which(&mut queue.figures)
        {
            *count = count.saturating_add(1);
        }
    }

    /// One waits in one queue at a time.
    fn join(
        &mut self,
        name: &str,
        uniqueid: &str,
        position: Option<u32>,
        priority: Option<u32>,
        since: Millis,
    ) {
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
            (channel.gave_up, channel.served) = (false, false);
        }
        let queue = self.queue_mut(name);
        queue.number = queue.number.take().or(number);
        queue.join(uniqueid, position, priority, since);
    }

    /// Out of line: connected, given up, moved or gone.
    pub(crate) fn unqueue(&mut self, uniqueid: &str) {
        let channel = self.channels.get_mut(uniqueid);
        let Some(name) = channel.and_then(|channel| channel.queue.take()) else {
            return;
        };
        self.touched.queue(&name);
        if let Some(queue) = self.queues.get_mut(&name) {
            queue.leave(uniqueid);
        }
    }

    /// What the queue itself says of a member's phone, whatever its calls tell beyond that: what a list would say.
    #[must_use]
    pub fn said_of_member(&self, queue: &str, interface: &str) -> Option<ExtensionState> {
        let member = self.queues.get(queue)?.members.get(interface)?;
        Some(member.state)
    }

    /// Whether this channel waits in a queue.
    #[must_use]
    pub fn is_queued(&self, uniqueid: &str) -> bool {
        let channel = self.channels.get(uniqueid);
        channel.is_some_and(|channel| channel.queue.is_some())
    }

    /// Somebody of an agent pool serves a queue: `Agent/1001`.
    #[must_use]
    pub fn has_agents_in_queues(&self) -> bool {
        let members = self.queues.values().flat_map(|queue| queue.members.keys());
        members
            .into_iter()
            .any(|interface| interface.starts_with("Agent/"))
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
        for (name, queue) in &mut self.queues {
            self.touched.queue(name);
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
    fn join(
        &mut self,
        uniqueid: &str,
        position: Option<u32>,
        priority: Option<u32>,
        since: Millis,
    ) {
        let last = u32::try_from(self.callers.len()).unwrap_or(u32::MAX);
        let position = position.unwrap_or(last.saturating_add(1));
        if let Some(known) = self.callers.get_mut(uniqueid) {
            (known.position, known.suspect) = (position, false);
            known.priority = priority.or(known.priority);
            return;
        }
        self.callers
            .values_mut()
            .filter(|other| other.position >= position && !other.suspect)
            .for_each(|other| other.position = other.position.saturating_add(1));
        let waiting = Waiting {
            position,
            since,
            priority,
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
        let interface = news.interface.as_ref();
        if let Some(known) = self.members.get_mut(interface) {
            known.take(news);
            return;
        }
        let mut member = Member::unknown(interface);
        member.take(news);
        self.members.insert(interface.to_owned(), member);
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
