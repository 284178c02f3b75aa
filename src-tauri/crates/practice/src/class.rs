//! Permission classes: what a login may read and what it may do.

/// A set of AMI classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Classes(u32);

const NAMES: [(&str, Classes); 19] = [
    ("system", Classes::SYSTEM),
    ("call", Classes::CALL),
    ("log", Classes(1 << 2)),
    ("verbose", Classes(1 << 3)),
    ("command", Classes(1 << 4)),
    ("agent", Classes::AGENT),
    ("user", Classes::USER),
    ("config", Classes(1 << 7)),
    ("dtmf", Classes::DTMF),
    ("reporting", Classes::REPORTING),
    ("cdr", Classes(1 << 10)),
    ("dialplan", Classes::DIALPLAN),
    ("originate", Classes::ORIGINATE),
    ("agi", Classes(1 << 13)),
    ("cc", Classes(1 << 14)),
    ("aoc", Classes(1 << 15)),
    ("test", Classes(1 << 16)),
    ("security", Classes(1 << 17)),
    ("message", Classes(1 << 18)),
];

impl Classes {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const SYSTEM: Self = Self(1);
    pub(crate) const CALL: Self = Self(1 << 1);
    pub(crate) const AGENT: Self = Self(1 << 5);
    pub(crate) const USER: Self = Self(1 << 6);
    pub(crate) const DTMF: Self = Self(1 << 8);
    pub(crate) const REPORTING: Self = Self(1 << 9);
    pub(crate) const DIALPLAN: Self = Self(1 << 11);
    pub(crate) const ORIGINATE: Self = Self(1 << 12);
    pub(crate) const ALL: Self = Self((1 << 19) - 1);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// An event needs every class; an action needs any of its classes, or has none.
    pub(crate) fn has_all(self, needed: Self) -> bool {
        self.0 & needed.0 == needed.0
    }

    pub(crate) fn has_any(self, needed: Self) -> bool {
        needed == Self::NONE || self.0 & needed.0 != 0
    }

    pub(crate) fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What `Privilege:` says of an event.
    pub(crate) fn privilege(self) -> String {
        let names = NAMES
            .iter()
            .filter(|(_, class)| self.has_all(*class))
            .map(|(name, _)| *name);
        names.chain(["all"]).collect::<Vec<_>>().join(",")
    }

    /// A mask as `Events:` and `EventMask:` write it. Unknown names count for nothing: `calls` is "off".
    pub(crate) fn mask(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() || is_true(text) {
            return Self::ALL;
        }
        if let Ok(bits) = text.parse::<u32>() {
            return Self(bits & Self::ALL.0);
        }
        text.split(',')
            .fold(Self::NONE, |mask, word| mask.and(Self::named(word.trim())))
    }

    fn named(word: &str) -> Self {
        if word.eq_ignore_ascii_case("all") {
            return Self::ALL;
        }
        let known = NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(word));
        known.map_or(Self::NONE, |(_, class)| *class)
    }
}

pub(crate) fn is_true(text: &str) -> bool {
    ["on", "yes", "true", "1", "y", "t"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// What one login may do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rights {
    pub(crate) read: Classes,
    pub(crate) write: Classes,
}

/// The lab's users by name; everybody else has what a desk asks for. `None`: always refused.
pub(crate) fn rights_of(user: &str) -> Option<Rights> {
    let seen = Classes::CALL
        .and(Classes::AGENT)
        .and(Classes::USER)
        .and(Classes::REPORTING);
    let all_seen = seen.and(Classes::SYSTEM);
    let rights = match user {
        "blocked" => return None,
        "admin" => Rights {
            read: Classes::ALL,
            write: Classes::ALL,
        },
        "readonly" => Rights {
            read: Classes::SYSTEM
                .and(Classes::CALL)
                .and(Classes::AGENT)
                .and(Classes::REPORTING),
            write: Classes::NONE,
        },
        "restricted" => Rights {
            read: Classes::CALL,
            write: Classes::CALL.and(Classes::ORIGINATE),
        },
        "nosystem" => Rights {
            read: seen,
            write: seen.and(Classes::ORIGINATE),
        },
        "noevents" => Rights {
            read: Classes::NONE,
            write: all_seen.and(Classes::ORIGINATE),
        },
        _ => Rights {
            read: all_seen,
            write: all_seen.and(Classes::ORIGINATE),
        },
    };
    Some(rights)
}
