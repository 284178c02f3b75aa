//! Queues.

use serde::Serialize;
use ts_rs::TS;

use super::{ExtensionState, Millis};
use crate::id::Ref;

/// A queue.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueView {
    /// Named after the queue.
    pub id: Ref,
    /// The queue's name in Asterisk.
    pub name: String,
    /// The number that leads into it, once a caller who dialled it has been seen to join.
    pub number: Option<String>,
    /// Who waits, first in line first.
    pub callers: Vec<QueueCallerView>,
    /// Who serves it.
    pub members: Vec<MemberView>,
    /// How it picks a member, in Asterisk's word: `ringall`, `rrmemory`, …
    pub strategy: Option<String>,
    /// Calls answered since its counters were reset.
    pub completed: Option<u32>,
    /// Callers who gave up since then.
    pub abandoned: Option<u32>,
    /// Average wait, in seconds.
    pub hold_time: Option<u32>,
    /// Average talk, in seconds.
    pub talk_time: Option<u32>,
    /// Seconds within which a call should be answered; absent or 0: none set.
    pub service_level: Option<u32>,
    /// How many were, in percent; absent while calls have been answered that the last list did not count.
    pub within: Option<f64>,
}

/// A caller waiting in a queue.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueCallerView {
    /// The leg that waits.
    pub leg: Ref,
    /// 1 is next.
    pub position: u32,
    /// Since when it waits.
    pub since: Millis,
    /// Who goes first: the higher, the sooner. Absent where only an event has told of the caller.
    pub priority: Option<u32>,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
}

/// A queue member.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MemberView {
    /// Its interface, e.g. `PJSIP/103`.
    pub interface: String,
    /// Its name in the queue. Hostile text.
    pub name: String,
    /// What its phone is doing.
    pub state: ExtensionState,
    /// Whether it takes calls.
    pub paused: bool,
    /// Since when it does not; absent if it was so before the PBX started.
    pub paused_since: Option<Millis>,
    /// Why. Hostile text.
    pub reason: Option<String>,
    /// Whose turn it is: members with a lower penalty are rung first.
    pub penalty: u32,
    /// Rung also while on a call.
    pub ring_in_use: Option<bool>,
    /// Came by `QueueAdd` or by phone, and can be removed.
    pub dynamic: bool,
    /// When its last call of the queue ended.
    pub last_call: Option<Millis>,
    /// How many calls it has taken.
    pub taken: u32,
    /// On a call of this queue.
    pub in_call: bool,
    /// The extension whose phone serves.
    pub extension: Option<Ref>,
    /// The call that phone is on.
    pub call: Option<Ref>,
}
