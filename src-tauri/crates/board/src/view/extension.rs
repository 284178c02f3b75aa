//! Numbers and the people behind them.

use serde::Serialize;
use ts_rs::TS;

use super::Millis;
use crate::id::Ref;

/// What a number's phones are doing, from its hint first, then devices and registration.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, TS,
)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ExtensionState {
    /// Nothing is known: never "free".
    #[default]
    Unknown,
    /// No phone is registered.
    Offline,
    /// Registered and idle.
    Idle,
    /// Rings.
    Ringing,
    /// On a call.
    InUse,
    /// On a call, and another rings.
    InUseRinging,
    /// Busy: it takes no more calls.
    Busy,
    /// Its call is on hold.
    Held,
}

/// A number lit by its hint.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExtensionView {
    /// `exten@context` of the hint.
    pub id: Ref,
    /// The number one dials.
    pub number: String,
    /// Whose it is, if the PBX knows. Hostile text.
    pub name: Option<String>,
    /// What its phones are doing.
    pub state: ExtensionState,
    /// Since when; absent if it was so before we looked.
    pub since: Option<Millis>,
    /// The devices behind the hint, e.g. `PJSIP/101`.
    pub devices: Vec<String>,
    /// The calls its phones take part in.
    pub calls: Vec<Ref>,
    /// It is the operator's own.
    pub me: bool,
    /// Whether a phone is registered; absent: the PBX has not said.
    pub registered: Option<bool>,
    /// The phone turns calls away: by presence, or by a `Custom:DND…` device behind the hint.
    pub dnd: bool,
    /// What the person says about themselves, if the hint has a presence.
    pub presence: Option<PresenceView>,
    /// The voicemail box of the same number.
    pub mailbox: Option<MailboxView>,
}

/// The words of `PresenceStatus` (`main/presencestate.c`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Presence {
    /// Nobody has said anything.
    NotSet,
    /// Not there.
    Unavailable,
    /// There.
    Available,
    /// Away.
    Away,
    /// Away for long.
    ExtendedAway,
    /// Ready to talk.
    Chat,
    /// Do not disturb.
    Dnd,
}

/// What a person says about themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PresenceView {
    /// In one word.
    pub state: Presence,
    /// In their own words. Hostile text.
    pub note: Option<String>,
}

/// A voicemail box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MailboxView {
    /// `mailbox@context`.
    pub mailbox: String,
    /// Messages nobody has heard.
    pub fresh: u32,
    /// Messages that have been heard.
    pub heard: u32,
}
