//! Places calls go to, and lines they come by: parking spaces, rooms, trunks, agent pools.

use serde::Serialize;
use ts_rs::TS;

use super::Millis;
use crate::id::Ref;

/// A caller in a parking space.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ParkedView {
    /// Named after the parked channel's Uniqueid.
    pub id: Ref,
    /// The leg of who waits. Parked over a Local channel that is not the channel in the space, but the person at its far end.
    pub leg: Ref,
    /// The parking lot.
    pub lot: String,
    /// The space, which is also the number that fetches it.
    pub space: String,
    /// Since when.
    pub since: Millis,
    /// When the PBX takes it out again; absent: never.
    pub until: Option<Millis>,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// The extension that parked it, and that it comes back to.
    pub parker: Option<Ref>,
    /// The device it comes back to, e.g. `PJSIP/102`; for one that was parked through a Local channel the number that channel dials.
    pub parker_device: Option<String>,
}

/// A conference room.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConferenceView {
    /// Named after the room.
    pub id: Ref,
    /// The room's name.
    pub name: String,
    /// The number that leads into it, once known.
    pub number: Option<String>,
    /// Who is in it.
    pub members: Vec<SeatView>,
    /// When it opened; absent while empty.
    pub since: Option<Millis>,
    /// Nobody new comes in. No event tells: as it was when last asked; absent: never asked.
    pub locked: Option<bool>,
    /// The room is being recorded.
    pub recorded: bool,
}

/// Somebody in a conference room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SeatView {
    /// Whose seat.
    pub leg: Ref,
    /// May rule the room.
    pub admin: bool,
    /// Silenced.
    pub muted: bool,
    /// Speaks now, where the room tells.
    pub talking: bool,
    /// Waits for the one who opens the room.
    pub waiting: bool,
}

/// How a trunk stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum TrunkState {
    /// The PBX has not said.
    #[default]
    Unknown,
    /// Registered, or its far end answers.
    Up,
    /// Not registered, or its far end is silent.
    Down,
    /// The far end turned the registration down.
    Rejected,
}

/// A line to another exchange.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TrunkView {
    /// Named after its device or registration.
    pub id: Ref,
    /// What the PBX calls it, e.g. `PJSIP/trunk`.
    pub name: String,
    /// How it stands.
    pub state: TrunkState,
    /// Since when, if that was seen.
    pub since: Option<Millis>,
    /// The calls on it.
    pub calls: Vec<Ref>,
}

/// What somebody of an agent pool does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum AgentState {
    /// The PBX has not said.
    #[default]
    Unknown,
    /// Not there.
    LoggedOff,
    /// Logged in, waits for a call.
    Idle,
    /// Talks.
    OnCall,
}

/// Somebody of an agent pool (`app_agent_pool`).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AgentView {
    /// Named after the agent's number.
    pub id: Ref,
    /// The agent's number.
    pub number: String,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// What they do.
    pub state: AgentState,
    /// Since when they are logged in.
    pub since: Option<Millis>,
    /// The leg they are logged in with.
    pub leg: Option<Ref>,
}
