//! A channel runs its dialplan, step by step, until a step takes time.

use crate::Millis;
use crate::channel::{ChannelKey, DialledBy, Doing, Far, State};
use crate::class::Classes;
use crate::dialplan::{self, Step};
use crate::moves::Parking;
use crate::pbx::{Pbx, Task};
use crate::people::OPERATOR;
use crate::wire::event;

/// Steps in one go, so that a Goto in a circle ends.
const MOST_STEPS: usize = 20;

/// How long somebody speaks into a voicemail box, and how long they listen to music.
const MESSAGE: (Millis, Millis) = (8_000, 20_000);
const PATIENCE: (Millis, Millis) = (120_000, 300_000);

/// What a step leaves the channel with.
enum After {
    /// On to the next priority.
    Next,
    /// Somewhere else.
    Jumped,
    /// It stays in the step, or is gone.
    Taken,
}

impl Pbx {
    /// Runs the dialplan from where the channel stands.
    pub(crate) fn run(&mut self, key: ChannelKey) {
        for _ in 0..MOST_STEPS {
            let Some(channel) = self.channels.get(&key) else {
                return;
            };
            let Some(step) = dialplan::step(&channel.context, &channel.exten, channel.priority)
            else {
                // Behind the last priority, or an extension that does not exist.
                return self.hang_up(key);
            };
            self.enter_step(key, &step);
            match self.do_step(key, step) {
                After::Next => {
                    if let Some(channel) = self.channels.get_mut(&key) {
                        channel.priority += 1;
                    }
                }
                After::Jumped => {}
                After::Taken => return,
            }
        }
        self.hang_up(key);
    }

    /// Goes on behind the step it was in, in a moment.
    pub(crate) fn go_on(&mut self, key: ChannelKey) {
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.priority += 1;
        }
        self.run_soon(key);
    }

    fn enter_step(&mut self, key: ChannelKey, step: &Step) {
        let Some(channel) = self.channels.get_mut(&key) else {
            return;
        };
        let (app, data) = step.app();
        channel.app = app.to_owned();
        channel.app_data = data;
        let text = event("Newexten", Classes::DIALPLAN)
            .channel("", Some(channel))
            .with("Extension", &channel.exten)
            .with("Application", &channel.app)
            .with("AppData", &channel.app_data);
        self.tell(Classes::DIALPLAN, text);
    }

    fn do_step(&mut self, key: ChannelKey, step: Step) -> After {
        match step {
            Step::Answer => {
                self.answer(key);
                After::Next
            }
            Step::Ringing => {
                self.ring_back(key);
                After::Next
            }
            Step::Goto(context, exten) => {
                self.place(key, context, &exten, 1);
                After::Jumped
            }
            Step::Dial(devices, seconds) => {
                self.dial(key, &devices, seconds);
                After::Taken
            }
            Step::Queue {
                name,
                limit,
                priority,
            } => {
                self.queue_up(key, &name, limit, priority);
                After::Taken
            }
            Step::Conference { room, admin } => {
                self.enter_room(key, &room, admin);
                After::Taken
            }
            Step::Park(lot) => {
                // Whoever parks itself comes back to itself.
                let parker = self.channels.get(&key).map(|own| own.device().to_owned());
                self.park(key, &Parking::by(&parker.unwrap_or_default(), lot));
                After::Taken
            }
            Step::Retrieve(space) => {
                self.retrieve(key, space);
                After::Taken
            }
            Step::Set(_) => After::Next,
            Step::Record => {
                self.record(key);
                After::Next
            }
            Step::Message(_) | Step::Messages => {
                self.answer(key);
                let step = self.set_doing(key, Doing::Staying);
                self.loses_patience(key, step, MESSAGE);
                After::Taken
            }
            Step::Stay(app, argument) => {
                self.stay(key, app, &argument);
                After::Taken
            }
            Step::Refuse(app, cause) => {
                self.refuse(key, app, cause);
                After::Taken
            }
            Step::PickUp(exten) => {
                self.pick_up_other(key, &exten);
                After::Taken
            }
            Step::Hangup => {
                self.hang_up(key);
                After::Taken
            }
        }
    }

    fn stay(&mut self, key: ChannelKey, app: &str, argument: &str) {
        let step = self.set_doing(key, Doing::Staying);
        match (app, argument.parse::<u64>()) {
            ("Wait", Ok(seconds)) => self.later(seconds * 1000, Task::GoOn(key, step)),
            ("MusicOnHold", _) => {
                self.music("MusicOnHoldStart", key);
                self.loses_patience(key, step, PATIENCE);
            }
            _ => {}
        }
    }

    /// On a scripted day whoever waits in an application hangs up in the end; but not the operator, whose phone is a client's.
    fn loses_patience(&mut self, key: ChannelKey, step: u64, (from, to): (Millis, Millis)) {
        let others = self
            .channels
            .get(&key)
            .is_some_and(|channel| !channel.is_phone(OPERATOR));
        if others && self.talks_for.is_some() {
            let after = self.rng.between(from, to);
            self.later(after, Task::GiveUp(key, step));
        }
    }

    fn refuse(&mut self, key: ChannelKey, app: &str, cause: u16) {
        if app != "Hangup" {
            self.set_state(key, State::Busy);
        }
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.cause = cause;
        }
        self.hang_up(key);
    }

    pub(crate) fn place(&mut self, key: ChannelKey, context: &str, exten: &str, priority: u32) {
        let Some(channel) = self.channels.get_mut(&key) else {
            return;
        };
        channel.context = context.to_owned();
        channel.exten = exten.to_owned();
        channel.priority = priority;
    }

    pub(crate) fn music(&mut self, name: &str, key: ChannelKey) {
        let text = event(name, Classes::CALL).channel("", self.channels.get(&key));
        let text = if name == "MusicOnHoldStart" {
            text.with("Class", "default")
        } else {
            text
        };
        self.tell(Classes::CALL, text);
    }

    /// `Pickup`: takes over the call that rings at a colleague, or anywhere. That phone just gets its Hangup.
    fn pick_up_other(&mut self, key: ChannelKey, exten: &str) {
        let ringing =
            self.channels
                .iter()
                .find_map(|(leg, channel)| match (&channel.doing, &channel.far) {
                    // A Local half cannot pick up its own other half.
                    (_, Far::Local { other, .. }) if *other == key => None,
                    (Doing::Dialled(DialledBy::Dial(caller)), _)
                        if exten.is_empty() || channel.is_phone(exten) =>
                    {
                        Some((*leg, *caller))
                    }
                    _ => None,
                });
        let Some((leg, caller)) = ringing else {
            return self.go_on(key);
        };
        let Some(Doing::Dialling(legs)) = self
            .channels
            .get(&caller)
            .map(|channel| channel.doing.clone())
        else {
            return;
        };
        let (own, other) = (self.who(key), self.who(caller));
        self.set_connected(key, other);
        self.answer(key);
        let text = event("Pickup", Classes::CALL)
            .channel("", self.channels.get(&key))
            .channel("Target", self.channels.get(&leg));
        self.tell(Classes::CALL, text);
        let exten = self
            .channels
            .get(&key)
            .map(|own| own.exten.clone())
            .unwrap_or_default();
        for rung in self.still_ringing(caller, &legs) {
            if let Some(leg) = self.channels.get_mut(&rung) {
                // The two have swapped places.
                leg.exten.clone_from(&exten);
            }
            self.gone(rung, 16);
        }
        self.set_connected(caller, own);
        if let Some(channel) = self.channels.get_mut(&key) {
            // From now on it stands for the leg that rang.
            channel.exten.clear();
            channel.runs = false;
        }
        self.dial_end(Some(caller), key, "ANSWER");
        self.set_doing(caller, Doing::Nothing);
        self.answer(caller);
        self.join(key, caller);
    }
}
