//! Oddities: counted and shown in diagnostics, never thrown.

/// How often the PBX said something the board could not fit in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anomalies {
    /// Events that lacked what they must carry.
    pub malformed: u64,
    /// News of channels nobody has announced. Normal right after a login, odd later.
    pub strangers: u64,
    /// A channel announced again after its end.
    pub revived: u64,
    /// Channels beyond what a board holds. No PBX has so many: something is wrong with it, or it is none.
    pub turned_away: u64,
}

impl Anomalies {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.malformed + self.strangers + self.revived + self.turned_away
    }
}
