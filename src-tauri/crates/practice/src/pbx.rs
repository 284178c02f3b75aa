//! The PBX itself: its channels, bridges and phones, its timers, and what it has to say.

use std::collections::{BTreeMap, VecDeque};

use crate::Millis;
use crate::bridge::{Bridge, BridgeKey};
use crate::channel::{Channel, ChannelKey, Doing, Far, State};
use crate::class::Classes;
use crate::conference::Room;
use crate::device::DeviceState;
use crate::hangup::Why;
use crate::parking::Lot;
use crate::phone::Phone;
use crate::practice::Line;
use crate::queue::Queue;
use crate::rng::Rng;
use crate::sayings::{Mailbox, Saying};
use crate::spy::Spy;
use crate::wire::{Event, Message, event};

/// The PBX's calendar: its clock shows this many seconds of the Unix epoch when `now` is zero.
pub(crate) const EPOCH: u64 = 1_795_000_000;

/// Something that happens later, unless it has become stale by then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Task {
    /// A channel's dialplan goes on.
    Run(ChannelKey, u64),
    /// A timed wait is over: on to the next priority.
    GoOn(ChannelKey, u64),
    /// A dialled phone begins to ring.
    Ring(ChannelKey),
    /// Somebody picks up.
    Answer(ChannelKey),
    /// Somebody presses the red key while it rings.
    Reject(ChannelKey),
    /// `Dial` has rung long enough.
    DialExpires(ChannelKey, u64),
    /// An Originate's leg has rung long enough.
    OriginateExpires(ChannelKey),
    /// A queue rings its members for a caller.
    QueueRings(ChannelKey, u64),
    /// Members of a queue did not answer.
    QueueRingExpires(ChannelKey, u64),
    /// The caller has waited as long as `Queue` allows.
    QueueExpires(ChannelKey, u64),
    /// A parked caller comes back.
    ParkingExpires(ChannelKey, u64),
    /// One who stayed only to hear a space announced goes.
    AnnouncementEnds(ChannelKey, u64),
    /// The end that was set for a channel, unless another was set.
    TimeIsUp(ChannelKey, Millis),
    /// A Local half tries to step aside.
    Optimise(ChannelKey),
    /// A conversation of a scripted day is over.
    SayGoodbye(BridgeKey),
    /// Somebody of a scripted day gives up waiting.
    GiveUp(ChannelKey, u64),
}

/// What the PBX says to those who listen.
#[derive(Debug, Clone)]
pub(crate) enum Said {
    Event(Event),
    /// The late answer to a client whose Originate was not asynchronous.
    Answer(Line, String),
}

/// A PBX in memory.
#[derive(Debug)]
pub(crate) struct Pbx {
    pub(crate) now: Millis,
    /// When it was switched on.
    pub(crate) started: Millis,
    pub(crate) rng: Rng,
    pub(crate) channels: BTreeMap<ChannelKey, Channel>,
    pub(crate) bridges: BTreeMap<BridgeKey, Bridge>,
    pub(crate) phones: BTreeMap<String, Phone>,
    pub(crate) queues: BTreeMap<String, Queue>,
    pub(crate) rooms: BTreeMap<String, Room>,
    pub(crate) lots: Vec<Lot>,
    /// Those who listen to others' calls.
    pub(crate) spies: BTreeMap<ChannelKey, Spy>,
    /// The device states last told.
    pub(crate) told: BTreeMap<String, DeviceState>,
    /// How long people talk before one hangs up by itself; `None`: only hands hang up.
    pub(crate) talks_for: Option<(Millis, Millis)>,
    pub(crate) processed: u64,
    /// What people say about themselves, by presentity.
    pub(crate) sayings: BTreeMap<String, Saying>,
    /// Voicemail boxes, by number.
    pub(crate) mailboxes: BTreeMap<String, Mailbox>,
    /// Global variables of the dialplan.
    pub(crate) globals: BTreeMap<String, String>,
    /// Those who go once what is happening has happened.
    pub(crate) doomed: VecDeque<(ChannelKey, Why)>,
    said: Vec<Said>,
    tasks: BTreeMap<(Millis, u64), Task>,
    keys: u64,
    ids: u64,
    names: u64,
    local_names: u64,
}

impl Pbx {
    pub(crate) fn new(seed: u64) -> Self {
        let mut pbx = Self {
            now: 0,
            started: 0,
            rng: Rng::new(seed),
            channels: BTreeMap::new(),
            bridges: BTreeMap::new(),
            phones: crate::people::phones(),
            queues: crate::queue::queues(),
            rooms: BTreeMap::new(),
            lots: crate::parking::lots(),
            spies: BTreeMap::new(),
            told: BTreeMap::new(),
            talks_for: None,
            processed: 0,
            sayings: BTreeMap::new(),
            mailboxes: BTreeMap::new(),
            globals: BTreeMap::new(),
            doomed: VecDeque::new(),
            said: Vec::new(),
            tasks: BTreeMap::new(),
            keys: 0,
            ids: 0,
            names: 0,
            local_names: 0,
        };
        pbx.settle();
        pbx.said.clear();
        pbx
    }

    pub(crate) fn next_key(&mut self) -> u64 {
        self.keys += 1;
        self.keys
    }

    /// The PBX's clock, in seconds.
    pub(crate) fn clock(&self) -> u64 {
        EPOCH + self.now / 1000
    }

    pub(crate) fn tell(&mut self, classes: Classes, message: Message) {
        self.said.push(Said::Event(Event {
            classes,
            text: message.end(),
        }));
    }

    pub(crate) fn answer_late(&mut self, line: Line, text: String) {
        self.said.push(Said::Answer(line, text));
    }

    pub(crate) fn take_said(&mut self) -> Vec<Said> {
        std::mem::take(&mut self.said)
    }

    pub(crate) fn later(&mut self, after: Millis, task: Task) {
        let order = self.next_key();
        self.tasks
            .insert((self.now.saturating_add(after), order), task);
    }

    pub(crate) fn next_task_at(&self) -> Option<Millis> {
        self.tasks.keys().next().map(|(at, _)| *at)
    }

    /// Does the next thing that is due; its time must have come.
    pub(crate) fn do_next(&mut self) {
        let Some(((at, _), task)) = self.tasks.pop_first() else {
            return;
        };
        self.now = self.now.max(at);
        self.perform(task);
        self.settle();
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Run(channel, step) => self.if_still(channel, step, Self::run),
            Task::GoOn(channel, step) => self.if_still(channel, step, Self::go_on),
            Task::Ring(leg) => self.ring(leg),
            Task::Answer(leg) => self.pick_up_when_free(leg),
            Task::Reject(leg) => self.reject(leg),
            Task::DialExpires(caller, step) => self.if_still(caller, step, Self::dial_expired),
            Task::OriginateExpires(leg) => self.originate_expired(leg),
            Task::QueueRings(caller, step) => self.if_still(caller, step, Self::ring_members),
            Task::QueueRingExpires(caller, step) => {
                self.if_still(caller, step, Self::members_did_not_answer)
            }
            Task::QueueExpires(caller, step) => {
                self.if_waiting_since(caller, step, Self::queue_expired)
            }
            Task::ParkingExpires(channel, step) => {
                self.if_still(channel, step, Self::parking_expired)
            }
            Task::AnnouncementEnds(channel, step) => self.if_still(channel, step, Self::hang_up),
            Task::TimeIsUp(channel, at) => self.time_is_up(channel, at),
            Task::Optimise(half) => self.optimise(half),
            Task::SayGoodbye(bridge) => self.say_goodbye(bridge),
            Task::GiveUp(channel, step) => {
                self.if_waiting_since(channel, step, Self::hang_up_by_hand)
            }
        }
    }

    fn if_still(&mut self, key: ChannelKey, step: u64, act: impl Fn(&mut Self, ChannelKey)) {
        if self
            .channels
            .get(&key)
            .is_some_and(|channel| channel.step == step)
        {
            act(self, key);
        }
    }

    /// A queue's caller steps on with each round of ringing, but waits since one moment.
    fn if_waiting_since(
        &mut self,
        key: ChannelKey,
        moment: u64,
        act: impl Fn(&mut Self, ChannelKey),
    ) {
        let waiting = self
            .channels
            .get(&key)
            .is_some_and(|channel| match &channel.doing {
                Doing::Queueing { since, .. } => *since == moment,
                Doing::Nothing | Doing::Dialled(_) | Doing::Dialling(_) | Doing::Bridged => false,
                Doing::Staying | Doing::Conferring(_) | Doing::Parked => channel.step == moment,
            });
        if waiting {
            act(self, key);
        }
    }

    fn say_goodbye(&mut self, key: BridgeKey) {
        let Some(bridge) = self.bridges.get(&key) else {
            return;
        };
        let real = bridge.members.iter().copied().filter(|member| {
            !matches!(
                self.channels.get(member).map(|channel| &channel.far),
                Some(Far::Local { .. }) | None
            )
        });
        let real: Vec<ChannelKey> = real.collect();
        if let Some(one) = self.rng.pick(&real) {
            self.hang_up_by_hand(*one);
        }
    }

    pub(crate) fn new_uniqueid(&mut self) -> String {
        let id = format!("{}.{}", self.clock(), self.ids);
        self.ids += 1;
        id
    }

    /// `PJSIP/101-0000002a`: the next name on a device. Local channels are counted apart.
    pub(crate) fn new_name(&mut self, device: &str) -> String {
        let count = match device.starts_with("Local/") {
            true => &mut self.local_names,
            false => &mut self.names,
        };
        let name = format!("{device}-{count:08x}");
        *count += 1;
        name
    }

    /// From now on the channel does this; timers set for what it did before are stale. Gives the new step.
    pub(crate) fn set_doing(&mut self, key: ChannelKey, doing: Doing) -> u64 {
        let step = self.next_key();
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.doing = doing;
            channel.step = step;
        }
        step
    }

    pub(crate) fn set_state(&mut self, key: ChannelKey, state: State) {
        let Some(channel) = self
            .channels
            .get_mut(&key)
            .filter(|channel| channel.state != state)
        else {
            return;
        };
        channel.state = state;
        let text = event("Newstate", Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
    }

    /// The channel's dialplan goes on in a moment.
    pub(crate) fn run_soon(&mut self, key: ChannelKey) {
        let step = self.set_doing(key, Doing::Nothing);
        self.later(2, Task::Run(key, step));
    }

    /// The channel a client names, by name or Uniqueid.
    pub(crate) fn named(&self, name: &str) -> Option<ChannelKey> {
        self.channels
            .iter()
            .find(|(_, channel)| channel.is(name))
            .map(|(key, _)| *key)
    }
}
