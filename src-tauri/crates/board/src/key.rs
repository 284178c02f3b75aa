//! Uniqueids made for comparing: two neighbours share all but the last of fifteen characters, so comparing text was a quarter of the
//! board's time.

/// A Uniqueid by its numbers. Two ids have one key only if they are the same text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// `seconds.counter`, as Asterisk makes them.
    Plain(u64, u64),
    /// Any other: with a system name before it, or one of our own.
    Other(Box<str>),
}

impl Key {
    pub(crate) fn of(uniqueid: &str) -> Self {
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
