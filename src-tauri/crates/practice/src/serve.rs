//! Members of queues: rung for a caller, connected, complete, paused.

use crate::Millis;
use crate::bridge::Served;
use crate::channel::{CallerId, ChannelKey, DialledBy, Doing};
use crate::class::Classes;
use crate::device::DeviceState;
use crate::pbx::{Pbx, Task};
use crate::queue::{Member, member_lines};
use crate::wire::{Message, event};

/// The pause before the next try.
const RETRY: Millis = 1_000;

impl Pbx {
    /// The caller's turn: free members ring. Nobody free: try again.
    pub(crate) fn ring_members(&mut self, key: ChannelKey) {
        let Some(Doing::Queueing {
            queue: name, since, ..
        }) = self.channels.get(&key).map(|channel| channel.doing.clone())
        else {
            return;
        };
        if self.is_withdrawn(key, &name) {
            return self.withdraw(key, &name, since);
        }
        let mut legs = Vec::new();
        for index in self.members_to_ring(key, &name) {
            legs.extend(self.call_member(key, &name, index));
        }
        let rings = !legs.is_empty();
        let timeout = self.queues.get(&name).map_or(RETRY, |queue| queue.timeout);
        let step = self.set_doing(
            key,
            Doing::Queueing {
                queue: name,
                since,
                legs: legs.clone(),
            },
        );
        match rings {
            true => self.later(timeout, Task::QueueRingExpires(key, step)),
            false => self.later(RETRY, Task::QueueRings(key, step)),
        }
    }

    fn members_to_ring(&mut self, key: ChannelKey, name: &str) -> Vec<usize> {
        let Some(queue) = self.queues.get(name) else {
            return Vec::new();
        };
        let free = |member: &Member| {
            !member.paused && self.device_state(&member.device) == DeviceState::NotInUse
        };
        let serving = queue.serving().filter(|(_, member)| free(member));
        let mut free: Vec<usize> = serving.map(|(index, _)| index).collect();
        // Those with the lowest penalty first, the others only if none of these is free.
        let lowest = free.iter().map(|index| queue.members[*index].penalty).min();
        free.retain(|index| Some(queue.members[*index].penalty) == lowest);
        let place = queue
            .callers
            .iter()
            .position(|caller| caller.channel == key)
            .unwrap_or(usize::MAX);
        if place >= free.len() {
            return Vec::new();
        }
        let Some(queue) = self.queues.get_mut(name) else {
            return Vec::new();
        };
        if queue.strategy == "ringall" {
            return free;
        }
        queue.turn += 1;
        vec![free[queue.turn % free.len()]]
    }

    fn call_member(&mut self, key: ChannelKey, name: &str, index: usize) -> Option<ChannelKey> {
        let interface = self.queues.get(name)?.members.get(index)?.interface.clone();
        let own = self.channels.get(&key)?;
        let (linkedid, exten, who, dialled) = (
            own.linkedid.clone(),
            own.exten.clone(),
            own.caller.clone(),
            own.dialled.clone(),
        );
        let leg = self.request(&interface, Some(linkedid), (None, None))?;
        self.set_doing(leg, Doing::Dialled(DialledBy::Queue(key, index)));
        if self.who(leg) == CallerId::default() {
            self.set_caller(leg, CallerId::new(&dialled, ""));
        }
        self.call(leg);
        if let Some(channel) = self.channels.get_mut(&leg) {
            // Told when it rings.
            channel.connected = who;
            channel.exten = exten;
        }
        let text = self.agent_event("AgentCalled", key, leg, name, index);
        self.tell(Classes::AGENT, text);
        self.dial_begin(Some(key), leg, &interface);
        Some(leg)
    }

    fn agent_event(
        &self,
        event_name: &str,
        key: ChannelKey,
        leg: ChannelKey,
        queue: &str,
        index: usize,
    ) -> Message {
        let (caller, agent) = (self.channels.get(&key), self.channels.get(&leg));
        let text = event(event_name, Classes::AGENT)
            .channel("", caller)
            .channel("Dest", agent)
            .with("Queue", queue);
        match self
            .queues
            .get(queue)
            .and_then(|queue| queue.members.get(index))
        {
            Some(member) => text
                .with("Interface", &member.interface)
                .with("MemberName", &member.name),
            None => text,
        }
    }

    pub(crate) fn member_answered(&mut self, key: ChannelKey, leg: ChannelKey, index: usize) {
        let Some(Doing::Queueing {
            queue: name,
            since,
            legs,
        }) = self.channels.get(&key).map(|own| own.doing.clone())
        else {
            return;
        };
        let others: Vec<ChannelKey> = legs.into_iter().filter(|other| *other != leg).collect();
        self.set_doing(key, Doing::Nothing);
        self.dial_end(Some(key), leg, "ANSWER");
        for other in self.still_ringing(key, &others) {
            self.dial_end(Some(key), other, "CANCEL");
        }
        let called = self.who(leg);
        self.set_connected(key, called);
        self.cancel(key, &others, "CANCEL", 26);
        self.music("MusicOnHoldStop", key);
        self.leave_queue(key, &name);
        let waited = (self.now - since) / 1000;
        let text = self
            .agent_event("AgentConnect", key, leg, &name, index)
            .with("HoldTime", waited)
            .with("RingTime", waited);
        self.tell(Classes::AGENT, text);
        self.in_call(&name, index, true);
        let bridge = self.join(leg, key);
        let served = Served {
            queue: name,
            member: index,
            caller: key,
            agent: leg,
            waited,
            since: self.now,
        };
        if let Some(bridge) = self.bridges.get_mut(&bridge) {
            bridge.served = Some(served);
        }
    }

    /// A member's phone refuses, or is gone.
    pub(crate) fn member_refused(
        &mut self,
        key: ChannelKey,
        leg: ChannelKey,
        index: usize,
        cause: u16,
    ) {
        // To a queue whoever refuses has not answered.
        self.dial_end(Some(key), leg, "NOANSWER");
        let Some(Doing::Queueing {
            queue: name,
            since,
            legs,
        }) = self.channels.get(&key).map(|own| own.doing.clone())
        else {
            return self.gone(leg, cause);
        };
        self.rang_in_vain(key, leg, &name, index);
        self.set_doing(leg, Doing::Nothing);
        self.gone(leg, cause);
        let legs: Vec<ChannelKey> = legs.into_iter().filter(|other| *other != leg).collect();
        match (legs.is_empty(), self.channels.get_mut(&key)) {
            (true, _) => {
                let step = self.set_doing(
                    key,
                    Doing::Queueing {
                        queue: name,
                        since,
                        legs,
                    },
                );
                self.later(RETRY, Task::QueueRings(key, step));
            }
            (false, Some(own)) => {
                own.doing = Doing::Queueing {
                    queue: name,
                    since,
                    legs,
                }
            }
            (false, None) => {}
        }
    }

    pub(crate) fn members_did_not_answer(&mut self, key: ChannelKey) {
        let Some(Doing::Queueing {
            queue: name,
            since,
            legs,
        }) = self.channels.get(&key).map(|own| own.doing.clone())
        else {
            return;
        };
        let step = self.set_doing(
            key,
            Doing::Queueing {
                queue: name.clone(),
                since,
                legs: Vec::new(),
            },
        );
        self.stop_ringing(key, &name, &legs, "NOANSWER");
        self.later(RETRY, Task::QueueRings(key, step));
    }

    pub(crate) fn stop_ringing(
        &mut self,
        key: ChannelKey,
        name: &str,
        legs: &[ChannelKey],
        status: &str,
    ) {
        for leg in legs {
            let Some(Doing::Dialled(DialledBy::Queue(_, index))) =
                self.channels.get(leg).map(|leg| leg.doing.clone())
            else {
                continue;
            };
            self.dial_end(Some(key), *leg, status);
            // Asterisk says so a second time when it hangs up; a cancelled one is not held against the member.
            self.dial_end(Some(key), *leg, "CANCEL");
            if status != "CANCEL" {
                self.rang_in_vain(key, *leg, name, index);
            }
            self.set_doing(*leg, Doing::Nothing);
            self.gone(*leg, 0);
        }
    }

    fn rang_in_vain(&mut self, key: ChannelKey, leg: ChannelKey, name: &str, index: usize) {
        let text = self
            .agent_event("AgentRingNoAnswer", key, leg, name, index)
            .with(
                "RingTime",
                self.queues.get(name).map_or(0, |queue| queue.timeout),
            );
        self.tell(Classes::AGENT, text);
        if self.queues.get(name).is_some_and(|queue| queue.autopause) {
            self.pause_member(name, index, true, "Auto-Pause");
        }
    }

    /// A served call ends: by its agent, by its caller, or because one of them was sent elsewhere.
    pub(crate) fn agent_complete(
        &mut self,
        served: &Served,
        leaver: ChannelKey,
        moved: &[ChannelKey],
    ) {
        let talked = (self.now - served.since) / 1000;
        let reason = match (moved.is_empty(), leaver == served.agent) {
            (false, _) => "transfer",
            (true, true) => "agent",
            (true, false) => "caller",
        };
        let text = self
            .agent_event(
                "AgentComplete",
                served.caller,
                served.agent,
                &served.queue,
                served.member,
            )
            .with("HoldTime", served.waited)
            .with("TalkTime", talked)
            .with("Reason", reason);
        self.tell(Classes::AGENT, text);
        if let Some(queue) = self.queues.get_mut(&served.queue) {
            queue.completed += 1;
            queue.held += served.waited;
            queue.talked += talked;
        }
        self.in_call(&served.queue, served.member, false);
    }

    fn in_call(&mut self, name: &str, index: usize, busy: bool) {
        let clock = self.clock();
        let Some(member) = self
            .queues
            .get_mut(name)
            .and_then(|queue| queue.members.get_mut(index))
        else {
            return;
        };
        member.in_call = busy;
        if !busy {
            member.calls += 1;
            member.last_call = clock;
        }
        self.member_event("QueueMemberStatus", name, index);
    }

    pub(crate) fn pause_member(&mut self, name: &str, index: usize, paused: bool, reason: &str) {
        let clock = self.clock();
        let Some(member) = self
            .queues
            .get_mut(name)
            .and_then(|queue| queue.members.get_mut(index))
        else {
            return;
        };
        member.paused = paused;
        member.reason = reason.to_owned();
        member.last_pause = if paused { clock } else { member.last_pause };
        self.member_event("QueueMemberPause", name, index);
    }

    pub(crate) fn member_event(&mut self, event_name: &str, name: &str, index: usize) {
        let Some(member) = self
            .queues
            .get(name)
            .and_then(|queue| queue.members.get(index))
        else {
            return;
        };
        let text = event(event_name, Classes::AGENT)
            .with("Queue", name)
            .with("MemberName", &member.name)
            .with("Interface", &member.interface)
            .with("StateInterface", &member.state_interface);
        let text = member_lines(text, member, self.device_state(&member.device))
            .with("Ringinuse", 0)
            .with("Wrapuptime", 0);
        self.tell(Classes::AGENT, text);
    }
}
