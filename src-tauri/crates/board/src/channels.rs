//! All channels, found by the numbers in their Uniqueid: two neighbours share all but the last of fifteen characters, so comparing
//! text was a quarter of the board's time.

use std::collections::BTreeMap;

use crate::channel::Channel;

/// A Uniqueid made for comparing. Two ids have one key only if they are the same text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// `seconds.counter`, as Asterisk makes them.
    Plain(u64, u64),
    /// Any other: with a system name before it, or one of our own.
    Other(Box<str>),
}

impl Key {
    fn of(uniqueid: &str) -> Self {
        let parts = uniqueid.split_once('.');
        match parts.and_then(|(seconds, counter)| Some((plain(seconds)?, plain(counter)?))) {
            Some((seconds, counter)) => Self::Plain(seconds, counter),
            None => Self::Other(uniqueid.into()),
        }
    }
}

/// A number that can be written in one way only: no leading zeros, and short enough for 64 bits.
fn plain(digits: &str) -> Option<u64> {
    let canonical = digits == "0" || !digits.starts_with('0');
    if !canonical || !(1..=19).contains(&digits.len()) {
        return None;
    }
    digits.bytes().try_fold(0u64, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u64::from(byte - b'0'))
    })
}

/// More marks than this are no better than "everything".
const MOST_TOUCHED: usize = 200_000;

/// Channels by Uniqueid. Whoever changes one leaves a mark, so that the next picture knows where to look.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    by_key: BTreeMap<Key, (String, Channel)>,
    touched: Vec<String>,
    all_touched: bool,
}

impl Channels {
    pub(crate) fn get(&self, uniqueid: &str) -> Option<&Channel> {
        self.by_key
            .get(&Key::of(uniqueid))
            .map(|(_, channel)| channel)
    }

    /// The channel with its id, as it is kept here.
    pub(crate) fn entry(&self, uniqueid: &str) -> Option<(&str, &Channel)> {
        self.by_key
            .get(&Key::of(uniqueid))
            .map(|(id, channel)| (id.as_str(), channel))
    }

    pub(crate) fn get_mut(&mut self, uniqueid: &str) -> Option<&mut Channel> {
        let (id, channel) = self.by_key.get_mut(&Key::of(uniqueid))?;
        if !channel.touched {
            channel.touched = true;
            self.touched.push(id.clone());
        }
        Some(channel)
    }

    /// Something about it has changed that is not kept on it.
    pub(crate) fn touch(&mut self, uniqueid: &str) {
        self.get_mut(uniqueid);
    }

    /// Something about this device has changed that its calls show.
    pub(crate) fn touch_device(&mut self, device: &str) {
        let of_it = self
            .iter()
            .filter(|(_, channel)| channel.device() == device);
        let ids: Vec<_> = of_it.map(|(id, _)| id.clone()).collect();
        ids.iter().for_each(|id| self.touch(id));
    }

    /// So much has changed that it is easier to look at all.
    pub(crate) fn touch_all(&mut self) {
        self.all_touched = true;
    }

    /// The marks since the last time; `None`: look at all.
    pub(crate) fn take_touched(&mut self) -> Option<Vec<String>> {
        let touched = std::mem::take(&mut self.touched);
        for id in &touched {
            if let Some((_, channel)) = self.by_key.get_mut(&Key::of(id)) {
                channel.touched = false;
            }
        }
        let all = std::mem::take(&mut self.all_touched);
        (!all).then_some(touched)
    }

    pub(crate) fn contains_key(&self, uniqueid: &str) -> bool {
        self.by_key.contains_key(&Key::of(uniqueid))
    }

    pub(crate) fn insert(&mut self, uniqueid: String, mut channel: Channel) {
        let key = Key::of(&uniqueid);
        channel.touched = true;
        self.touched.push(uniqueid.clone());
        self.by_key.insert(key, (uniqueid, channel));
        self.forget_marks_of_the_gone();
    }

    pub(crate) fn remove(&mut self, uniqueid: &str) -> Option<Channel> {
        let (id, channel) = self.by_key.remove(&Key::of(uniqueid))?;
        if !channel.touched {
            self.touched.push(id);
        }
        Some(channel)
    }

    /// Where nobody makes pictures, marks must not pile up.
    fn forget_marks_of_the_gone(&mut self) {
        if self.touched.len() > MOST_TOUCHED {
            let by_key = &self.by_key;
            self.touched.retain(|id| by_key.contains_key(&Key::of(id)));
            self.all_touched = true;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Channel)> {
        self.by_key.values().map(|(id, channel)| (id, channel))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Channel> {
        self.by_key.values().map(|(_, channel)| channel)
    }

    /// For what no picture shows: it leaves no mark.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Channel> {
        self.by_key.values_mut().map(|(_, channel)| channel)
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn different_ids_have_different_keys() {
        let ids = [
            "1.1",
            "01.1",
            "1.01",
            "1.10",
            "1.1.1",
            "1.",
            ".1",
            "pbx-1.1",
            "1",
            "0.0",
            "00.0",
            "18446744073709551616.1",
            "1.18446744073709551616",
            "1.-1",
            "+1.1",
        ];
        for (at, one) in ids.iter().enumerate() {
            for other in &ids[at + 1..] {
                assert_ne!(Key::of(one), Key::of(other), "{one} {other}");
            }
        }
        assert_eq!(Key::of("1795198387.12"), Key::Plain(1_795_198_387, 12));
    }
}
