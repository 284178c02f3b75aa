//! Who sits behind the phones of the lab.

/// Extension and name of every phone; the password of phone `n` is `pw<n>`.
/// The names come from many places on purpose: accents, an apostrophe, other scripts.
pub const PEOPLE: [(&str, &str); 21] = [
    ("100", "Reception"),
    ("101", "Anna Rossi"),
    ("102", "Marco Bianchi"),
    ("103", "Cara Müller"),
    ("104", "Dora Novák"),
    ("105", "Emil Kowalski"),
    ("106", "Fatma Yılmaz"),
    ("107", "George Okafor"),
    ("108", "Hélène Dubois"),
    ("109", "Ingrid Østergaard"),
    ("110", "Jānis Ozols"),
    ("111", "Keiko Tanaka"),
    ("112", "Luís Carvalho"),
    ("113", "Małgorzata Wiśniewska"),
    ("114", "Noor al-Hassan"),
    ("115", "Ольга Смирнова"),
    ("116", "Priya Raman"),
    ("117", "Quentin O'Neil"),
    ("118", "Sofía Hernández"),
    ("119", "Thomas Becker"),
    ("120", "王秀英"),
];

/// How many of them have a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// All.
    Full,
    /// 100 to 107 only, of whom 101 to 103 have mailboxes and 105 is an agent: short lists.
    Small,
}

impl Office {
    /// Extension and name of everybody in it.
    #[must_use]
    pub fn people(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Full => &PEOPLE,
            Self::Small => &PEOPLE[..8],
        }
    }

    /// Those of them who have a mailbox.
    pub(crate) fn with_mailbox(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Full => &PEOPLE,
            Self::Small => &PEOPLE[1..4],
        }
    }

    /// Those of them who are agents.
    pub(crate) fn agents(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Full => &PEOPLE,
            Self::Small => &PEOPLE[5..6],
        }
    }
}

/// The name behind an extension of the lab.
#[must_use]
pub fn name_of(extension: &str) -> Option<&'static str> {
    PEOPLE
        .iter()
        .find(|(number, _)| *number == extension)
        .map(|(_, name)| *name)
}
