//! Why an intent was not carried out: "not now", in a closed set the UI has words for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a house may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Missing {
    /// A number with music.
    Music,
    /// The way to voicemail boxes.
    Voicemail,
    /// A number that leads into a conference room.
    Conference,
    /// Phones that obey SIP NOTIFY.
    ObedientPhones,
    /// The leave to listen in.
    Listening,
}

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
    /// Voicemail has no such box: whoever went there would hear nothing and be hung up.
    NoSuchMailbox {
        /// What was asked for, `103@default`.
        mailbox: String,
    },
    /// The PBX could not tell whether the target exists; needs a confirmation.
    Unverified,
    /// The phone that would ring first rings already, or is about to, for a call that was asked for just before.
    RingsAlready,
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
    /// The house has no number that leads to what the move needs: see the profile.
    NotSetUp {
        /// What is missing.
        what: Missing,
    },
    /// It is so already: muted, locked, a member, paused, recorded.
    AlreadySo,
    /// Nobody waits.
    NobodyWaits,
    /// No consultation is under way with this leg.
    NoConsultation,
    /// That is not possible in the state the call is in now.
    NotInThisState,
    /// A member that queues.conf names can be neither added nor removed.
    StaticMember,
    /// The target is free: nothing to wait for.
    TargetFree,
    /// What was typed with it is out of bounds or carries characters that AMI cannot.
    BadDetails,
    /// No space of the parking lot is free: whoever is parked in it nevertheless is hung up.
    LotFull {
        /// The lot.
        lot: String,
    },
    /// The PBX has no parking lot of that name; where none was named, none that is meant by that.
    NoSuchLot,
    /// The conference is locked: whoever is sent there is sent away by the PBX, and hung up.
    RoomLocked,
    /// The operator took it back before anything was sent.
    TakenBack,
}
