//! What is done to a call's sound: keys played into it, recordings, and the end that was set for it. In the order and words of
//! the recordings `recording-by-desk` and `recording-moved`.

use crate::Millis;
use crate::channel::{Channel, ChannelKey};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::event;

impl Pbx {
    /// A key is heard on the channel: `Sent` to it, or `Received` as if it had been pressed there.
    pub(crate) fn press(&mut self, key: ChannelKey, digit: char, duration: u64, direction: &str) {
        let channel = self.channels.get(&key);
        let begin = event("DTMFBegin", Classes::DTMF)
            .channel("", channel)
            .with("Digit", digit)
            .with("Direction", direction);
        let end = event("DTMFEnd", Classes::DTMF)
            .channel("", channel)
            .with("Digit", digit)
            .with("DurationMs", duration)
            .with("Direction", direction);
        self.tell(Classes::DTMF, begin);
        self.tell(Classes::DTMF, end);
    }

    /// One more MixMonitor. It stays with the channel wherever that is moved, and ends with it without a word.
    pub(crate) fn record(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&key) else {
            return;
        };
        channel.recordings += 1;
        let text = event("MixMonitorStart", Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
    }

    /// The last MixMonitor ends; false if there is none.
    pub(crate) fn stop_recording(&mut self, key: ChannelKey) -> bool {
        let recorded = |channel: &&mut Channel| channel.recordings > 0;
        let Some(channel) = self.channels.get_mut(&key).filter(recorded) else {
            return false;
        };
        channel.recordings -= 1;
        let text = event("MixMonitorStop", Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
        true
    }

    /// Silence in the recording, or sound again; false if nothing records.
    pub(crate) fn pause_recording(&mut self, key: ChannelKey, direction: &str, on: bool) -> bool {
        let recorded = |channel: &&Channel| channel.recordings > 0;
        let Some(channel) = self.channels.get(&key).filter(recorded) else {
            return false;
        };
        let text = event("MixMonitorMute", Classes::CALL)
            .channel("", Some(channel))
            .with("Direction", direction)
            .with("State", u8::from(on));
        self.tell(Classes::CALL, text);
        true
    }

    /// The channel ends so long from now, whatever it does then. A second time is set instead of the first.
    pub(crate) fn end_after(&mut self, key: ChannelKey, after: Millis) {
        let at = self.now.saturating_add(after);
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.ends_at = Some(at);
            self.later(after, Task::TimeIsUp(key, at));
        }
    }

    pub(crate) fn time_is_up(&mut self, key: ChannelKey, at: Millis) {
        let ends = self.channels.get(&key).and_then(|channel| channel.ends_at);
        if ends == Some(at) {
            self.hang_up(key);
        }
    }
}
