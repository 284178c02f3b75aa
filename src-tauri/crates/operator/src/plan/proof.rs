//! What proves that an action which moves nobody has worked: the board says so, told by events or by a list read again.

use board::{Board, RecordingState};
use serde::{Deserialize, Serialize};

use crate::outcome::Evidence;

/// The state that proves it. Kept in the journal, to be looked for when nobody saw the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Proof {
    /// No event and no list tells: the PBX's word is all there is.
    Word,
    /// This leg is in a parking space.
    Parked(String),
    /// These two hear each other.
    Together(String, String),
    /// This leg has answered.
    Up(String),
    /// This leg's phone has pressed hold, or has not.
    Hold(String, bool),
    /// This leg is in no room.
    OutOfRoom(String),
    /// This leg is silenced in its room, or not.
    Seat { leg: String, muted: bool },
    /// The room is locked, or not.
    Locked { room: String, on: bool },
    /// The room is recorded, or not.
    RoomRecorded { room: String, on: bool },
    /// What this leg's recordings do: none, or whether they are paused.
    Recording { leg: String, paused: Option<bool> },
    /// How an interface serves a queue.
    Member {
        queue: String,
        interface: String,
        now: MemberNow,
    },
    /// How soon the leg's turn comes.
    Priority {
        queue: String,
        leg: String,
        priority: u32,
    },
    /// This leg has left its queue, and no member has answered it.
    OutOfQueue(String),
}

/// How an interface serves a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum MemberNow {
    /// It does.
    Serves,
    /// It does not.
    Gone,
    /// It is paused, or not.
    Paused(bool),
    /// Its penalty.
    Penalty(u32),
}

impl Proof {
    /// Whether the board says so.
    pub(crate) fn holds(&self, board: &Board) -> bool {
        match self {
            Self::Word => false,
            Self::Parked(leg) => board.parked(leg).is_some(),
            Self::Together(one, other) => board.hears(one, other),
            Self::Up(leg) => board.is_up(leg),
            // Whose call is taken away holds nobody any more, and has not resumed.
            Self::Hold(leg, on) => board.bridge_of(leg).is_some() && board.is_on_hold(leg) == *on,
            Self::OutOfRoom(leg) => board.seat(leg).is_none(),
            Self::Seat { leg, muted } => board.seat(leg).is_some_and(|seat| seat.muted == *muted),
            Self::Locked { room, on } => board.room_locked(room) == Some(*on),
            Self::RoomRecorded { room, on } => board.room_recorded(room) == *on,
            Self::Recording { leg, paused } => {
                let state = board.recording(leg);
                let sure = state != Some(RecordingState::Unsure);
                let now = state.map(|state| state == RecordingState::Paused);
                board.channel(leg).is_some() && sure && now == *paused
            }
            Self::Member {
                queue,
                interface,
                now,
            } => now.holds(board, queue, interface),
            Self::Priority {
                queue,
                leg,
                priority,
            } => {
                board
                    .queue_caller(queue, leg)
                    .and_then(|caller| caller.priority)
                    == Some(*priority)
            }
            Self::OutOfQueue(leg) => board.left_unserved(leg),
        }
    }

    /// What it is called once it holds.
    pub(super) fn evidence(&self) -> Evidence {
        match self {
            Self::Parked(_) => Evidence::Parked,
            Self::Together(..) => Evidence::Together,
            Self::Word
            | Self::Up(_)
            | Self::Hold(..)
            | Self::OutOfRoom(_)
            | Self::Seat { .. }
            | Self::Locked { .. }
            | Self::RoomRecorded { .. }
            | Self::Recording { .. }
            | Self::Member { .. }
            | Self::Priority { .. }
            | Self::OutOfQueue(_) => Evidence::Told,
        }
    }

    /// The legs without which it can never hold.
    pub(super) fn needs(&self) -> Vec<&str> {
        match self {
            Self::Parked(leg)
            | Self::Up(leg)
            | Self::Hold(leg, _)
            | Self::OutOfQueue(leg)
            | Self::Seat { leg, .. }
            | Self::Recording { leg, .. }
            | Self::Priority { leg, .. } => vec![leg],
            Self::Together(one, other) => vec![one, other],
            Self::Word
            | Self::OutOfRoom(_)
            | Self::Locked { .. }
            | Self::RoomRecorded { .. }
            | Self::Member { .. } => Vec::new(),
        }
    }

    /// It is about a leg that stays where it is.
    pub(super) fn is_in_place(&self) -> bool {
        match self {
            Self::Up(_)
            | Self::Hold(..)
            | Self::Seat { .. }
            | Self::Recording { .. }
            | Self::Priority { .. } => true,
            Self::Word
            | Self::Parked(_)
            | Self::Together(..)
            | Self::OutOfRoom(_)
            | Self::Locked { .. }
            | Self::RoomRecorded { .. }
            | Self::Member { .. }
            | Self::OutOfQueue(_) => false,
        }
    }
}

impl MemberNow {
    fn holds(self, board: &Board, queue: &str, interface: &str) -> bool {
        let member = board.member(queue, interface);
        match self {
            Self::Serves => member.is_some(),
            Self::Gone => member.is_none(),
            Self::Paused(paused) => member.is_some_and(|member| member.paused == paused),
            Self::Penalty(penalty) => member.is_some_and(|member| member.penalty == penalty),
        }
    }
}
