//! `ChanSpy`: somebody listens to a call without being in it. In the order and words of the recordings `spy-ends-with-it` and
//! `spy-outlives`.

use crate::channel::{Channel, ChannelKey, Doing};
use crate::class::Classes;
use crate::pbx::Pbx;
use crate::wire::{Message, event};

/// One who listens.
#[derive(Debug, Clone)]
pub(crate) struct Spy {
    /// Channels whose names begin so.
    prefix: String,
    /// Option `E`: goes when the one it listens to goes.
    ends: bool,
    /// To whom it listens just now.
    listens: Option<ChannelKey>,
}

/// The application's name, in any case.
pub(crate) const APP: &str = "ChanSpy";

impl Pbx {
    /// The channel begins to listen to those whom the argument names: `PJSIP/101-0000002a,qE`.
    pub(crate) fn spy(&mut self, key: ChannelKey, argument: &str) {
        let mut parts = argument.split(',');
        let prefix = parts.next().unwrap_or_default().to_owned();
        // What is in brackets belongs to another option.
        let options = parts.next().unwrap_or_default();
        let options = options.split('(').next().unwrap_or_default();
        let spy = Spy {
            prefix,
            ends: options.contains('E'),
            listens: None,
        };
        self.set_doing(key, Doing::Staying);
        self.spies.insert(key, spy);
        self.spies_look();
    }

    /// Those who listen to nobody look for somebody: at once, and whenever two begin to talk.
    pub(crate) fn spies_look(&mut self) {
        let idle = self.spies.iter().filter(|(_, spy)| spy.listens.is_none());
        let found: Vec<(ChannelKey, ChannelKey)> = idle
            .filter_map(|(key, spy)| Some((*key, self.first_like(&spy.prefix)?)))
            .collect();
        for (key, spied) in found {
            if let Some(spy) = self.spies.get_mut(&key) {
                spy.listens = Some(spied);
            }
            let text = self.spy_event("ChanSpyStart", key, spied);
            self.tell(Classes::CALL, text);
        }
    }

    /// Spies are not spied on.
    fn first_like(&self, prefix: &str) -> Option<ChannelKey> {
        let like = |channel: &Channel| {
            let start = channel.name.get(..prefix.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        self.channels
            .iter()
            .find(|(key, channel)| !self.spies.contains_key(key) && like(channel))
            .map(|(key, _)| *key)
    }

    fn spy_event(&self, name: &str, spy: ChannelKey, spied: ChannelKey) -> Message {
        event(name, Classes::CALL)
            .channel("Spyer", self.channels.get(&spy))
            .channel("Spyee", self.channels.get(&spied))
    }

    /// One who listens does something else now, or goes.
    pub(crate) fn stop_spying(&mut self, key: ChannelKey) {
        let spy = self.spies.remove(&key);
        if let Some(spied) = spy.and_then(|spy| spy.listens) {
            let text = self.spy_event("ChanSpyStop", key, spied);
            self.tell(Classes::CALL, text);
        }
    }

    /// A channel is about to go: whoever listens to it goes as well, or stays on the line and hears nothing.
    pub(crate) fn spied_one_goes(&mut self, spied: ChannelKey) {
        let listeners: Vec<(ChannelKey, bool)> = self
            .spies
            .iter()
            .filter(|(_, spy)| spy.listens == Some(spied))
            .map(|(key, spy)| (*key, spy.ends))
            .collect();
        for (key, ends) in listeners {
            if ends {
                self.stop_spying(key);
                self.ends_spying(key);
            } else {
                let text = self.spy_event("ChanSpyStop", key, spied);
                self.tell(Classes::CALL, text);
                if let Some(spy) = self.spies.get_mut(&key) {
                    spy.listens = None;
                }
            }
        }
    }
}
