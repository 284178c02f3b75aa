//! Callers who wait in a queue: they join, move up, give up, are taken back.

use crate::Millis;
use crate::channel::{Channel, ChannelKey, Doing};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::queue::{Queue, Waiting};
use crate::wire::{Message, event};

impl Queue {
    /// Where one so important gets in line: behind those who are at least as important.
    fn place_for(&self, priority: u32) -> usize {
        let less = |caller: &Waiting| caller.priority < priority;
        let place = self.callers.iter().position(less);
        place.unwrap_or(self.callers.len())
    }
}

impl Pbx {
    pub(crate) fn queue_up(
        &mut self,
        key: ChannelKey,
        name: &str,
        limit: Option<u64>,
        priority: u32,
    ) {
        let Some(queue) = self.queues.get_mut(name) else {
            return self.go_on(key);
        };
        let place = queue.place_for(priority);
        let waiting = Waiting {
            channel: key,
            first_place: place + 1,
            priority,
            withdrawn: false,
        };
        queue.callers.insert(place, waiting);
        let count = queue.callers.len();
        let (queue, since, legs) = (name.to_owned(), self.now, Vec::new());
        let step = self.set_doing(key, Doing::Queueing { queue, since, legs });
        let text = self
            .caller_event("QueueCallerJoin", key, name)
            .with("Position", place + 1)
            .with("Count", count);
        self.tell(Classes::AGENT, text);
        self.music("MusicOnHoldStart", key);
        self.later(10, Task::QueueRings(key, step));
        if let Some(limit) = limit {
            self.later(limit * 1000, Task::QueueExpires(key, since));
        }
        if self.talks_for.is_some() {
            let patience = self.rng.between(60_000, 150_000);
            self.later(patience, Task::GiveUp(key, since));
        }
    }

    pub(crate) fn caller_event(&self, name: &str, key: ChannelKey, queue: &str) -> Message {
        event(name, Classes::AGENT)
            .channel("", self.channels.get(&key))
            .with("Queue", queue)
    }

    /// The caller is not in the queue any more, and nobody is told.
    pub(crate) fn forget_caller(&mut self, key: ChannelKey, name: &str) {
        if let Some(queue) = self.queues.get_mut(name) {
            queue.callers.retain(|caller| caller.channel != key);
        }
    }

    pub(crate) fn leave_queue(&mut self, key: ChannelKey, name: &str) {
        let Some(queue) = self.queues.get_mut(name) else {
            return;
        };
        let Some(place) = queue
            .callers
            .iter()
            .position(|caller| caller.channel == key)
        else {
            return;
        };
        queue.callers.remove(place);
        let count = queue.callers.len();
        let text = self
            .caller_event("QueueCallerLeave", key, name)
            .with("Position", place + 1)
            .with("Count", count);
        self.tell(Classes::AGENT, text);
    }

    /// The caller hangs up, or is moved away: to the queue both are a lost caller.
    pub(crate) fn abandon(
        &mut self,
        key: ChannelKey,
        name: &str,
        since: Millis,
        legs: &[ChannelKey],
    ) {
        self.set_doing(key, Doing::Nothing);
        self.stop_ringing(key, name, legs, "CANCEL");
        self.music("MusicOnHoldStop", key);
        self.abandoned(key, name, since);
        self.leave_queue(key, name);
    }

    fn abandoned(&mut self, key: ChannelKey, name: &str, since: Millis) {
        let callers = self
            .queues
            .get(name)
            .map(|queue| queue.callers.clone())
            .unwrap_or_default();
        let Some((index, caller)) = callers
            .iter()
            .enumerate()
            .find(|(_, caller)| caller.channel == key)
        else {
            return;
        };
        let waited = (self.now - since) / 1000;
        let text = self
            .caller_event("QueueCallerAbandon", key, name)
            .with("Position", index + 1)
            .with("OriginalPosition", caller.first_place)
            .with("HoldTime", waited);
        self.tell(Classes::AGENT, text);
        if let Some(queue) = self.queues.get_mut(name) {
            queue.abandoned += 1;
        }
    }

    /// Has a desk asked to have this caller back?
    pub(crate) fn is_withdrawn(&self, key: ChannelKey, name: &str) -> bool {
        let callers = self.queues.get(name).map(|queue| &queue.callers);
        let mut callers = callers.into_iter().flatten();
        callers.any(|caller| caller.channel == key && caller.withdrawn)
    }

    /// A desk wanted the caller back: for the queue it is a lost one, and it goes on behind `Queue`.
    pub(crate) fn withdraw(&mut self, key: ChannelKey, name: &str, since: Millis) {
        self.set_doing(key, Doing::Nothing);
        self.abandoned(key, name, since);
        self.music("MusicOnHoldStop", key);
        self.leave_queue(key, name);
        self.go_on(key);
    }

    /// The caller has waited as long as the dialplan allows: also an abandoned call to the queue.
    pub(crate) fn queue_expired(&mut self, key: ChannelKey) {
        let Some(Doing::Queueing {
            queue: name,
            since,
            legs,
        }) = self.channels.get(&key).map(|own| own.doing.clone())
        else {
            return;
        };
        self.set_doing(key, Doing::Nothing);
        self.stop_ringing(key, &name, &legs, "NOANSWER");
        self.abandoned(key, &name, since);
        self.music("MusicOnHoldStop", key);
        self.leave_queue(key, &name);
        self.go_on(key);
    }

    /// It serves no more, but whatever it was rung for or talks about goes on.
    pub(crate) fn remove_member(&mut self, name: &str, index: usize) {
        let queue = self.queues.get_mut(name);
        if let Some(member) = queue.and_then(|queue| queue.members.get_mut(index)) {
            member.gone = true;
        }
    }

    /// A queue's callers: who waits, for how long and how important they are: for lists.
    pub(crate) fn waiting(&self, name: &str) -> Vec<(&Channel, u64, u32)> {
        let callers = self
            .queues
            .get(name)
            .map(|queue| queue.callers.as_slice())
            .unwrap_or_default();
        let waits = callers.iter().filter_map(|caller| {
            let channel = self.channels.get(&caller.channel)?;
            let since = match &channel.doing {
                Doing::Queueing { since, .. } => *since,
                Doing::Nothing | Doing::Dialled(_) | Doing::Dialling(_) | Doing::Bridged => {
                    self.now
                }
                Doing::Staying | Doing::Conferring(_) | Doing::Parked => self.now,
            };
            Some((channel, (self.now - since) / 1000, caller.priority))
        });
        waits.collect()
    }
}
