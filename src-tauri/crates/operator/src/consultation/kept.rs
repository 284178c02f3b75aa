//! What is kept of a consultation for the next run of a program that ends: the PBX knows nothing of it, and a caller waits to music.

use board::{Board, Channel, Millis, PbxId};
use serde::{Deserialize, Serialize};

use super::{Consultation, Stand};
use crate::goal::Goal;
use crate::intent::OperationId;
use crate::preview::Party;
use crate::rules::ConsultBy;

/// Three legs that belonged together. Who stands where is read off the board, as always.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptConsultation {
    id: OperationId,
    caller: Party,
    mine: Party,
    goal: Goal,
    music: String,
    target: Option<String>,
    since: Millis,
}

impl KeptConsultation {
    /// The operation that began it.
    #[must_use]
    pub fn operation(&self) -> OperationId {
        self.id
    }

    /// Whose it is.
    #[must_use]
    pub fn pbx(&self) -> &PbxId {
        &self.goal.target.pbx
    }
}

impl Consultation {
    /// What to keep of it. Nothing where the PBX's own feature code made it: that one brings the caller back by itself.
    #[must_use]
    pub fn kept(&self) -> Option<KeptConsultation> {
        Some(KeptConsultation {
            id: self.id,
            caller: self.caller.clone(),
            mine: self.mine.clone(),
            goal: self.goal.clone(),
            music: self.music.clone()?,
            target: self.target.clone(),
            since: self.since,
        })
    }

    /// Goes on with it on a board of the same run of the PBX; `None`: it is over. A caller who waits alone, but not where we left them, may
    /// have been put there by somebody else: the operator decides, and nobody fetches them unasked.
    #[must_use]
    pub fn resumed(kept: KeptConsultation, board: &Board) -> Option<Self> {
        let by = (ConsultBy::Redirect, kept.since);
        let KeptConsultation {
            id,
            caller,
            mine,
            goal,
            music,
            target,
            ..
        } = kept;
        let mut all = Self::new(id, &caller, &mine, goal, by)?.waiting_at(&music);
        all.target = target.or_else(|| all.heard_by_me(board));
        let channel = board.channel(&all.caller_leg.key);
        let exten = channel.and_then(|channel: &Channel| channel.exten.as_deref());
        all.returned = exten != Some(music.as_str());
        (all.stand(board) != Stand::Over).then_some(all)
    }
}
