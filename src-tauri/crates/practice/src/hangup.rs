//! How channels end, and what ends with them.

use crate::channel::{ChannelKey, Doing, Far, State, cause_text};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::event;

impl Pbx {
    /// Somebody hangs up at the phone, or out there.
    pub(crate) fn hang_up_by_hand(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&key) else { return };
        channel.cause = match (channel.state, &channel.doing) {
            // A caller who gives up before the answer: both legs say 127 in Asterisk 22.
            (State::Ring, Doing::Dialling(_)) => 127,
            (State::Down | State::Ring | State::Ringing | State::Up, _) => 16,
        };
        let cause = channel.cause;
        let text = event("HangupRequest", Classes::CALL).channel("", Some(channel)).with("Cause", cause);
        self.tell(Classes::CALL, text);
        self.hang_up(key, cause);
    }

    /// Another channel, or an action, asked for the end.
    pub(crate) fn soft_hangup_request(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get(&key) else { return };
        // A dialled leg has no dialplan to be told.
        if !channel.exten.is_empty() {
            let text = event("SoftHangupRequest", Classes::CALL).channel("", Some(channel)).with("Cause", 16);
            self.tell(Classes::CALL, text);
        }
    }

    /// The channel leaves whatever it does and is gone, and so are those who were only there for it.
    pub(crate) fn hang_up(&mut self, key: ChannelKey, cause: u16) {
        let Some(channel) = self.channels.get(&key) else { return };
        if let Doing::Dialled(by) = channel.doing.clone() {
            return self.leg_failed(key, by, cause);
        }
        let orphans = self.leave(key, &[]);
        self.gone(key, cause);
        for orphan in orphans {
            self.hang_up(orphan, 16);
        }
    }

    /// The channel leaves what it is doing: legs it dialled are cancelled, its place in a queue, room or space is given up.
    /// Gives those left without anybody to talk to; `moved` are on their way elsewhere themselves.
    pub(crate) fn leave(&mut self, key: ChannelKey, moved: &[ChannelKey]) -> Vec<ChannelKey> {
        let Some(channel) = self.channels.get(&key) else { return Vec::new() };
        let doing = channel.doing.clone();
        match doing {
            Doing::Nothing | Doing::Staying | Doing::Dialled(_) => self.break_up(key, moved),
            Doing::Dialling(legs) => {
                self.set_doing(key, Doing::Nothing);
                self.cancel(key, &legs, "CANCEL", 127);
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
            Doing::Parked(_) => {
                self.give_up_space(key);
                Vec::new()
            }
        }
    }

    /// Legs that will not be answered.
    pub(crate) fn cancel(&mut self, caller: ChannelKey, legs: &[ChannelKey], status: &str, cause: u16) {
        for leg in legs {
            self.dial_end(Some(caller), *leg, status);
            self.gone(*leg, cause);
        }
    }

    /// The last word of a channel. The other half of a Local pair goes with it.
    pub(crate) fn gone(&mut self, key: ChannelKey, cause: u16) {
        let Some(channel) = self.channels.remove(&key) else { return };
        self.processed += 1;
        let text = event("Hangup", Classes::CALL)
            .channel("", Some(&channel))
            .with("Cause", cause)
            .with("Cause-txt", cause_text(cause));
        self.tell(Classes::CALL, text);
        if let Far::Local { other, .. } = channel.far {
            self.hang_up(other, cause);
        }
    }

    /// A channel with no more dialplan: it ends with what went wrong last, if anything did.
    pub(crate) fn end_of_dialplan(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get(&key) else { return };
        let cause = if channel.cause == 0 { 16 } else { channel.cause };
        self.hang_up(key, cause);
    }

    /// One who stays on the line only to hear something, then goes.
    pub(crate) fn linger(&mut self, key: ChannelKey, for_ms: u64) {
        let step = self.set_doing(key, Doing::Staying);
        self.later(for_ms, Task::AnnouncementEnds(key, step));
    }
}
