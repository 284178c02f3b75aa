//! What cannot be seen.

use ami::action::List;
use board::Board;

use super::Exchange;
use crate::Blind;

impl Exchange {
    /// This list was refused, or its answer did not come.
    pub(super) fn is_blind_to(&self, list: List) -> bool {
        self.blind.iter().any(|blind| blind.action == list.name())
    }
}

/// Lists of modules that a PBX may well do without: that they are not there is no loss, unless something else shows that it is.
pub(super) fn is_a_loss(blind: &Blind, board: &Board) -> bool {
    match blind.action.as_str() {
        "Agents" => board.has_agents_in_queues(),
        "Parkinglots" => board.has_parked(),
        "PresenceStateList" => board.has_hinted_presences(),
        _ => true,
    }
}

pub(super) const DEAF: &str = "Events";

/// An account that may read nothing is told so by nobody: until an event has come, the picture may be one that never changes.
pub(super) fn deaf() -> Blind {
    Blind {
        action: DEAF.to_owned(),
        message: "no event has come yet; does the account have read = system,call?".to_owned(),
    }
}
