//! How it stands with each PBX, in a closed set.

use board::{Millis, Ref};
use operator::{
    CampView, ConsultationView, LostView, NoteView, OperationView, SentView, StuckView,
};
use serde::Serialize;
use ts_rs::TS;

use crate::gap::GapView;
use crate::journal::JournalState;

/// How the link stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "status",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Status {
    /// Connecting and logging in.
    Dialing,
    /// It will not work until somebody changes something; not tried again by itself.
    Refused {
        /// Why.
        reason: LinkError,
    },
    /// Logged in; the lists are being read.
    Loading,
    /// The picture is the PBX's.
    Live,
    /// The link is gone, or this computer has slept and nobody knows whether it is: the picture is old, actions are locked.
    Lost {
        /// Since when nothing is known.
        since: Millis,
        /// When it is tried again.
        retry_at: Millis,
        /// Why.
        reason: LinkError,
    },
}

/// Why there is no link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[serde(
    tag = "error",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum LinkError {
    /// Nothing listens there.
    #[error("connection refused: nothing listens on that port, or a firewall rejects it")]
    ConnectionRefused,
    /// No such host, no route, or no answer at all.
    #[error("host not reachable: {detail}")]
    Unreachable {
        /// The system's words.
        detail: String,
    },
    /// Connected, but no greeting came: a TLS port spoken to in plain, or too many logins at once.
    #[error("connected, but no AMI greeting came (a TLS port? too many unauthenticated sessions?)")]
    NoGreeting,
    /// Closed before any greeting: an ACL, a firewall, or the PBX's limit of unauthenticated sessions.
    #[error("the PBX closed the connection before greeting us (ACL, or authlimit reached)")]
    ClosedEarly,
    /// Something else answers there.
    #[error("not an Asterisk Manager Interface: it greeted with {greeting:?}")]
    NotAmi {
        /// The first bytes, printable only.
        greeting: String,
    },
    /// The port does not speak TLS.
    #[error("the port does not speak TLS")]
    NotTls,
    /// The key is not known yet: compare the fingerprint, then pin it.
    #[error("the PBX's key is not trusted yet; its SHA-256 is {sha256}")]
    Untrusted {
        /// SHA-256 of its SubjectPublicKeyInfo in hex.
        sha256: String,
    },
    /// The key is another than the pinned one. A hard stop.
    #[error("the PBX's key has changed: expected {expected}, found {found}")]
    KeyChanged {
        /// The pinned one.
        expected: String,
        /// The one presented.
        found: String,
    },
    /// The certificate does not verify by the chosen CA.
    #[error("the certificate does not verify: {detail}")]
    Certificate {
        /// The TLS library's words.
        detail: String,
    },
    /// User, secret or address is not accepted; Asterisk does not say which.
    #[error("login refused: user, secret or allowed address is wrong")]
    WrongSecret,
    /// The account allows one login and it is taken.
    #[error("this account is already logged in and allows only one login")]
    AlreadyLoggedIn,
    /// The account may not read what a switchboard needs.
    #[error("the account lacks rights: {missing}")]
    NoPermission {
        /// What is missing, as `read=…` / `write=…`.
        missing: String,
    },
    /// The PBX stopped answering.
    #[error("the PBX has been silent for too long")]
    Silence,
    /// This computer has slept; the PBX is being asked whether the link still stands, which is known within half a second.
    #[error("this computer has slept; the PBX is being asked whether it is still there")]
    Slept,
    /// The connection ended.
    #[error("the PBX closed the connection")]
    Closed,
    /// What arrived is no AMI any more, or came faster than it could be kept.
    #[error("the stream could not be read: {detail}")]
    Protocol {
        /// What was wrong.
        detail: String,
    },
    /// A setting of the profile cannot be used.
    #[error("the profile cannot be used: {detail}")]
    Profile {
        /// What is wrong with it.
        detail: String,
    },
}

/// What the board cannot see with this account or on this PBX.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Blind {
    /// The list that was refused or is not there, as an AMI action.
    pub action: String,
    /// The PBX's words.
    pub message: String,
}

/// One PBX as the operator sees it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PbxView {
    /// `pbx:name:`.
    pub id: Ref,
    /// What the operator calls it.
    pub name: String,
    /// How the link stands.
    pub status: Status,
    /// Since when it stands so.
    pub since: Millis,
    /// When it last spoke while it was logged in to, in whole seconds.
    pub heard: Option<Millis>,
    /// Asterisk's version, once known.
    pub version: Option<String>,
    /// It has not said that it is fully booted: lists may be short. Accounts that may not read `system` are never told.
    pub booting: bool,
    /// The operator's own extension on the board.
    pub me: Option<Ref>,
    /// The context calls are dialled in.
    pub context: String,
    /// The link is not encrypted and leaves this machine.
    pub unprotected: bool,
    /// What cannot be seen.
    pub blind: Vec<Blind>,
    /// Oddities counted since the login.
    pub anomalies: u64,
    /// When it was started, as it says itself, in its own time zone.
    pub started: Option<String>,
    /// It has said that it is going down.
    pub stopping: bool,
    /// An AMI older than Asterisk 13 (`ami::quirks`): what is shown is the best that can be made of it.
    pub best_effort: bool,
    /// How long the last answer to a ping took, in milliseconds.
    pub lag: Option<u32>,
    /// What is known about how right the board is.
    pub diagnostics: Diagnostics,
}

/// How right the board has been since the login: the oddities one by one, and what audits found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Diagnostics {
    /// Events that lacked what they must carry.
    pub malformed: u64,
    /// News of channels nobody had announced.
    pub strangers: u64,
    /// Channels announced again after their end.
    pub revived: u64,
    /// Channels beyond what a board holds.
    pub turned_away: u64,
    /// How often the board was compared with the PBX's own list.
    pub audits: u64,
    /// When last.
    pub audited: Option<Millis>,
    /// Differences that were seen twice, and mended. Anything but none is a fault of ours.
    pub healed: u64,
    /// How it stands with the journal of what was asked of this PBX.
    pub journal: JournalState,
}

/// What the desk adds to the board's things.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[ts(export)]
pub enum DeskThing {
    /// A PBX.
    Pbx(PbxView),
    /// An operation.
    Operation(OperationView),
    /// What was found when a PBX was back.
    Gap(GapView),
    /// A consultation under way.
    Consultation(ConsultationView),
    /// Somebody who was sent, and whom nobody has answered yet.
    Sent(SentView),
    /// Somebody who was lost on the way.
    Lost(LostView),
    /// What this desk knows of a leg and the PBX does not.
    Note(NoteView),
    /// Somebody who waits for somebody to be free.
    Camp(CampView),
    /// A row that cannot be.
    Stuck(StuckView),
}

impl DeskThing {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &Ref {
        match self {
            Self::Pbx(view) => &view.id,
            Self::Operation(view) => &view.id,
            Self::Gap(view) => &view.id,
            Self::Consultation(view) => &view.id,
            Self::Sent(view) => &view.id,
            Self::Lost(view) => &view.id,
            Self::Note(view) => &view.id,
            Self::Camp(view) => &view.id,
            Self::Stuck(view) => &view.id,
        }
    }
}

/// Anything that is on show.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(untagged)]
#[ts(export)]
pub enum Tile {
    /// From a board.
    Board(board::Thing),
    /// From the desk itself.
    Desk(DeskThing),
}

/// What a subscriber gets.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(
    tag = "message",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum FeedMessage {
    /// Everything, to start from.
    Snapshot {
        /// Changes whenever a PBX is connected to by hand: what was gathered before is no longer of use.
        epoch: u64,
        /// The number the next batch follows.
        rev: u64,
        /// All tiles.
        tiles: Vec<Tile>,
    },
    /// What changed.
    Batch {
        /// See the snapshot.
        epoch: u64,
        /// One more than before.
        rev: u64,
        /// The changes.
        deltas: Vec<board::Delta<Tile>>,
    },
}
