//! What happened while the link was down, as far as two pictures can tell: the last one before, and the first one after.

mod compare;

use std::sync::Arc;

use board::{Millis, PbxId, Picture, Ref, RefKind, Thing};
use serde::Serialize;
use ts_rs::TS;

use compare::{changes, somebody_stayed};

/// So many changes are shown at most; a restart at noon would fill every screen.
const MOST_SHOWN: usize = 100;

/// What was found when a PBX was back.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GapView {
    /// `gap:name:`.
    pub id: Ref,
    /// Nothing was known from then on.
    pub since: Millis,
    /// The picture was the PBX's again at this time.
    pub until: Millis,
    /// The PBX was started anew in between: whoever talked then was cut off.
    pub restarted: bool,
    /// What is other than before, what concerns people first; never more than a hundred.
    pub changes: Vec<GapChange>,
    /// How many more there are.
    pub more: u32,
}

impl GapView {
    /// The first picture after a gap against the last one before it. None: nothing is other than before.
    pub(crate) fn between(
        pbx: &PbxId,
        (before, since): (&Picture<Arc<Thing>>, Millis),
        (after, until): (&Picture<Arc<Thing>>, Millis),
        another_run: bool,
    ) -> Option<Self> {
        let restarted = another_run && !somebody_stayed(before, after);
        let mut changes = changes(before, after, restarted);
        let more = changes.len().saturating_sub(MOST_SHOWN);
        changes.truncate(MOST_SHOWN);
        (!changes.is_empty()).then(|| Self {
            id: Ref::new(RefKind::Gap, pbx, ""),
            since,
            until,
            restarted,
            changes,
            more: u32::try_from(more).unwrap_or(u32::MAX),
        })
    }
}

/// One thing that is other than before.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GapChange {
    /// What became of it.
    pub what: GapWhat,
    /// The call it was, or is.
    pub call: Ref,
    /// Whom it is about: the caller, or whoever of the call is still there. Hostile text.
    pub name: Option<String>,
    /// Their number.
    pub number: Option<String>,
    /// The extension of their phone.
    pub extension: Option<Ref>,
    /// The other party then, or now for a new call. Hostile text.
    pub with_name: Option<String>,
    /// The other party's number.
    pub with_number: Option<String>,
}

/// What became of a call while nobody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum GapWhat {
    /// The PBX was started anew: the call was cut off.
    Interrupted,
    /// It waited in a queue, in a parking space or on hold, and is gone.
    GoneWaiting,
    /// It was under way, and is gone.
    Gone,
    /// It is with somebody else, or waits, or waits no more.
    Moved,
    /// It was not there before.
    New,
}
