//! Why an intent was not carried out: "not now", in a closed set the UI has words for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nothing was sent to the PBX.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "refusal",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Refusal {
    /// The picture is not live, so nobody can know what the move would do.
    NotLive,
    /// The call or leg has ended.
    Gone,
    /// The call is not what the operator saw: answered elsewhere, merged, or somebody joined or left.
    MovedOn,
    /// Another operation on this leg is still open.
    Pending,
    /// The account may not do this on this PBX.
    NotPermitted {
        /// The AMI action that is not allowed.
        action: String,
    },
    /// The target is the very phone the leg is on, or its partner.
    SamePerson,
    /// No phone is registered at the target.
    TargetOffline,
    /// The PBX has no such extension.
    NoSuchExtension {
        /// What was asked for.
        number: String,
    },
    /// The PBX could not tell whether the target exists; needs a confirmation.
    Unverified,
    /// The text is no number one can dial.
    BadNumber,
    /// The number that leads into the conference is not known.
    NoWayIn,
    /// Only a pair that hears each other can be moved together.
    NotAPair,
    /// This kind of leg cannot be moved (the far half of a Local channel, a phone that still rings).
    NotMovable,
    /// More than one leg could be meant: name one.
    WhichLeg,
    /// The operator's own extension is not set or not on the board.
    NoPhone,
    /// The thing dropped on takes no calls of this kind.
    NotATarget,
    /// The gesture was too long ago to be still meant.
    TooLate,
}
