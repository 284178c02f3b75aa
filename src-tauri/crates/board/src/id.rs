//! Ids of everything on the board. Each names the PBX it came from, so two PBXs side by side never mix.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The short name of one PBX, taken from its profile: lower-case letters, digits and `-`.
#[derive(Debug, Clone, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(export, type = "string")]
pub struct PbxId(Arc<str>);

/// Ids of one board share one name in memory: then there is no need to look into it.
impl PartialEq for PbxId {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Ord for PbxId {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) {
            return Ordering::Equal;
        }
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for PbxId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for PbxId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl PbxId {
    /// Accepts 1 to 32 characters of `a-z0-9-`; anything else has no place in an id.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let fits = (1..=32).contains(&name.len());
        let plain = name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (fits && plain).then(|| Self(name.into()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PbxId {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::new(&name).ok_or_else(|| format!("not a PBX id: {name:?}"))
    }
}

impl From<PbxId> for String {
    fn from(id: PbxId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for PbxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a [`Ref`] points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefKind {
    /// The PBX itself.
    Pbx,
    /// A call: its oldest channel's Uniqueid.
    Call,
    /// A leg: its channel's Uniqueid.
    Leg,
    /// An extension: `exten@context` of its hint.
    Extension,
    /// A queue by name.
    Queue,
    /// A parked call: the parked channel's Uniqueid.
    Parked,
    /// A conference room by name.
    Conference,
    /// A trunk by its device, or its registration.
    Trunk,
    /// An agent by number.
    Agent,
    /// A call that has ended: its caller's Uniqueid.
    Ended,
    /// What was found when a PBX was back.
    Gap,
    /// A number somebody typed; it stands for no tile.
    Number,
    /// An operation of ours: its UUID.
    Operation,
    /// A consultation of ours: the UUID of the operation that began it.
    Consultation,
    /// What the desk keeps about a leg: the Uniqueid.
    Note,
    /// A caller whom this desk has sent somewhere, and whom nobody has answered yet: the leg's Uniqueid.
    Sent,
    /// A caller who was lost on the way: the leg's Uniqueid.
    Lost,
    /// A caller who waits for somebody to be free: the leg's Uniqueid.
    Camp,
    /// A leg that cannot be as the board shows it: the Uniqueid.
    Stuck,
}

impl RefKind {
    const ALL: [(Self, &'static str); 19] = [
        (Self::Pbx, "pbx"),
        (Self::Call, "call"),
        (Self::Leg, "leg"),
        (Self::Extension, "extension"),
        (Self::Queue, "queue"),
        (Self::Parked, "parked"),
        (Self::Conference, "conference"),
        (Self::Trunk, "trunk"),
        (Self::Agent, "agent"),
        (Self::Ended, "ended"),
        (Self::Gap, "gap"),
        (Self::Number, "number"),
        (Self::Operation, "operation"),
        (Self::Consultation, "consultation"),
        (Self::Note, "note"),
        (Self::Sent, "sent"),
        (Self::Lost, "lost"),
        (Self::Camp, "camp"),
        (Self::Stuck, "stuck"),
    ];

    /// The word used in the text form, and as `data-kind` of a tile.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(kind, _)| *kind)
    }
}

/// A reference to one thing on the board, in text `kind:pbx:key`, e.g. `leg:main:1795198387.12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, ts_rs::TS)]
#[ts(export, type = "string")]
pub struct Ref {
    /// What it points at.
    pub kind: RefKind,
    /// The PBX it belongs to.
    pub pbx: PbxId,
    /// Its key inside the PBX, in Asterisk's own spelling.
    pub key: String,
}

impl Ref {
    /// A reference of `kind` with `key` on `pbx`.
    #[must_use]
    pub fn new(kind: RefKind, pbx: &PbxId, key: impl Into<String>) -> Self {
        Self {
            kind,
            pbx: pbx.clone(),
            key: key.into(),
        }
    }

    /// An extension's reference, from number and the context of its hint.
    #[must_use]
    pub fn extension(pbx: &PbxId, exten: &str, context: &str) -> Self {
        Self::new(RefKind::Extension, pbx, [exten, "@", context].concat())
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.kind.word(), self.pbx, self.key)
    }
}

/// Why a text is no reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotARef(String);

impl fmt::Display for NotARef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a reference of the form kind:pbx:key: {:?}", self.0)
    }
}

impl std::error::Error for NotARef {}

impl FromStr for Ref {
    type Err = NotARef;

    fn from_str(text: &str) -> Result<Self, NotARef> {
        let mut parts = text.splitn(3, ':');
        let kind = parts.next().and_then(RefKind::from_word);
        let pbx = parts.next().and_then(PbxId::new);
        match (kind, pbx, parts.next()) {
            (Some(kind), Some(pbx), Some(key)) => Ok(Self {
                kind,
                pbx,
                key: key.to_owned(),
            }),
            _ => Err(NotARef(text.chars().take(80).collect())),
        }
    }
}

impl Serialize for Ref {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_survives_its_text_form() {
        let pbx = PbxId::new("main").expect("valid");
        for (kind, _) in RefKind::ALL {
            let id = Ref::new(kind, &pbx, "a:b@c");
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn a_text_that_is_no_reference_is_refused() {
        for text in [
            "",
            "leg",
            "leg:main",
            "nothing:main:1",
            "leg:Main:1",
            "leg::1",
        ] {
            assert!(text.parse::<Ref>().is_err(), "{text}");
        }
    }
}
