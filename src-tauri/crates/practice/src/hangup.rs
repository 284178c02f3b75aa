//! How channels end, and what ends with them.

use crate::channel::{Channel, ChannelKey, DialledBy, Doing, Far, State, cause_text, tech_cause};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::{Message, event};

/// Nobody is left to talk to.
const NORMAL: u16 = 16;
/// A caller who gives up before the answer: both legs say 127 in Asterisk 22.
const GAVE_UP: u16 = 127;

/// Why a channel goes after another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Why {
    /// Nobody is left to talk to.
    Alone,
    /// The other half of its Local pair ended, with this cause.
    OtherHalf(u16),
    /// It listened to somebody who is gone.
    SpiedOne,
}

impl Pbx {
    /// Somebody hangs up at the phone, or out there.
    pub(crate) fn hang_up_by_hand(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&key) else {
            return;
        };
        if let (State::Ring, Doing::Dialling(_)) = (channel.state, &channel.doing) {
            channel.cause = GAVE_UP;
        }
        self.hangup_request(key);
        self.hang_up(key);
    }

    /// The far end has asked for the end. The cause is missing while there is none.
    pub(crate) fn hangup_request(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get(&key) else {
            return;
        };
        let text = event("HangupRequest", Classes::CALL).channel("", Some(channel));
        let text = match channel.cause {
            0 => text,
            cause => tech(text.with("Cause", cause), tech_cause(cause, channel.runs)),
        };
        self.tell(Classes::CALL, text);
    }

    /// The channel leaves whatever it does and is gone, and so are those who were only there for it.
    pub(crate) fn hang_up(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&key) else {
            return;
        };
        if let Doing::Dialled(by) = channel.doing.clone() {
            let cause = channel.cause;
            return self.leg_failed(key, by, cause);
        }
        if channel.bridge.is_some() {
            channel.cause = NORMAL;
        }
        let cause = channel.cause;
        self.gone(key, cause);
    }

    /// Those who were left without anybody to talk to go as well, once everything else has happened.
    pub(crate) fn let_go(&mut self, orphans: Vec<ChannelKey>) {
        let doomed = orphans.into_iter().map(|key| (key, Why::Alone));
        self.doomed.extend(doomed);
    }

    /// It only listened, and there is nobody left to listen to.
    pub(crate) fn ends_spying(&mut self, key: ChannelKey) {
        self.doomed.push_back((key, Why::SpiedOne));
    }

    /// Nobody is left to talk to: it ends, or goes on in its dialplan if that is where it was taken from.
    fn left_alone(&mut self, key: ChannelKey) {
        let goes_on = self.channels.get_mut(&key).and_then(|channel| {
            channel.cause = NORMAL;
            let priority = channel.goes_on.take()?;
            channel.priority = priority;
            channel.bridge.is_none().then_some(())
        });
        match goes_on {
            Some(()) => self.run(key),
            None => self.hang_up(key),
        }
    }

    /// Hangs up those whom the last events have taken along. Never in the middle of something: whoever is being moved or
    /// answered stays until that is done.
    pub(crate) fn end_doomed(&mut self) {
        while let Some((key, why)) = self.doomed.pop_front() {
            let Some(channel) = self.channels.get_mut(&key) else {
                continue;
            };
            match why {
                Why::Alone => self.left_alone(key),
                Why::SpiedOne => self.hang_up(key),
                Why::OtherHalf(cause) => {
                    channel.cause = cause;
                    self.hangup_request(key);
                    self.hang_up(key);
                }
            }
        }
    }

    /// The channel leaves what it is doing: legs it dialled are cancelled, its place in a queue, room or space is given up.
    /// Gives those left without anybody to talk to; `moved` are on their way elsewhere themselves.
    pub(crate) fn leave(&mut self, key: ChannelKey, moved: &[ChannelKey]) -> Vec<ChannelKey> {
        let Some(channel) = self.channels.get(&key) else {
            return Vec::new();
        };
        let (music, message) = (channel.app == "MusicOnHold", channel.app == "VoiceMail");
        let cause = if channel.cause == GAVE_UP {
            GAVE_UP
        } else {
            NORMAL
        };
        match channel.doing.clone() {
            Doing::Nothing | Doing::Dialled(_) => self.break_up(key, moved),
            Doing::Staying => {
                self.set_doing(key, Doing::Nothing);
                if music {
                    self.music("MusicOnHoldStop", key);
                }
                if message {
                    self.leave_message(key);
                }
                self.stop_spying(key);
                self.break_up(key, moved)
            }
            Doing::Dialling(legs) => {
                self.set_doing(key, Doing::Nothing);
                self.cancel(key, &legs, "CANCEL", cause);
                Vec::new()
            }
            Doing::Bridged => {
                self.set_doing(key, Doing::Nothing);
                self.break_up(key, moved)
            }
            Doing::Queueing { queue, since, legs } => {
                self.abandon(key, &queue, since, &legs);
                Vec::new()
            }
            Doing::Conferring(room) => {
                self.leave_room(key, &room);
                Vec::new()
            }
            Doing::Parked => {
                self.give_up_space(key);
                Vec::new()
            }
        }
    }

    /// Legs that will not be answered.
    pub(crate) fn cancel(
        &mut self,
        caller: ChannelKey,
        legs: &[ChannelKey],
        status: &str,
        cause: u16,
    ) {
        for leg in self.still_ringing(caller, legs) {
            self.dial_end(Some(caller), leg, status);
            self.gone(leg, cause);
        }
    }

    /// Those of its legs that nobody has pulled elsewhere.
    pub(crate) fn still_ringing(&self, caller: ChannelKey, legs: &[ChannelKey]) -> Vec<ChannelKey> {
        let its = |leg: &ChannelKey| match self.channels.get(leg).map(|channel| &channel.doing) {
            Some(Doing::Dialled(DialledBy::Dial(by) | DialledBy::Queue(by, _))) => *by == caller,
            Some(_) | None => false,
        };
        legs.iter().copied().filter(its).collect()
    }

    /// The channel leaves wherever it is and says its last words. The other half of a Local pair goes after it, and whoever
    /// has nobody left to talk to.
    pub(crate) fn gone(&mut self, key: ChannelKey, cause: u16) {
        let orphans = self.leave(key, &[]);
        self.spied_one_goes(key);
        let Some(mut channel) = self.channels.remove(&key) else {
            return;
        };
        self.processed += 1;
        if channel.runs {
            let text = event("SoftHangupRequest", Classes::CALL)
                .channel("", Some(&channel))
                .with("Cause", NORMAL);
            let gave_up = tech_cause(cause, true).filter(|_| cause == GAVE_UP);
            self.tell(Classes::CALL, tech(text, gave_up));
            if channel.exten.is_empty() {
                channel.exten = "s".to_owned();
            }
        }
        self.tell(Classes::CALL, last_words(&channel, cause));
        if let Far::Local { other, .. } = channel.far {
            self.doomed.push_back((other, Why::OtherHalf(cause)));
        }
        self.let_go(orphans);
    }

    /// One who stays on the line only to hear something, then goes.
    pub(crate) fn linger(&mut self, key: ChannelKey, for_ms: u64) {
        let step = self.set_doing(key, Doing::Staying);
        self.later(for_ms, Task::AnnouncementEnds(key, step));
    }
}

fn last_words(channel: &Channel, cause: u16) -> Message {
    let text = event("Hangup", Classes::CALL)
        .channel("", Some(channel))
        .with("Cause", cause)
        .with("Cause-txt", cause_text(cause));
    tech(text, tech_cause(cause, channel.runs))
}

fn tech(text: Message, cause: Option<u16>) -> Message {
    match cause {
        Some(cause) => text.with("TechCause", cause),
        None => text,
    }
}
