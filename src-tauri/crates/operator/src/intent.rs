//! What the operator wants, as it arrives from a drag, a key, a menu or the command line.

use board::Ref;
use board::view::CallPhase;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// One wish that became an operation. Made by whoever wishes, so that the same gesture twice is one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export, type = "string")]
pub struct OperationId(pub Uuid);

impl std::fmt::Display for OperationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The kind of intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Verb {
    /// The subject leg goes to the target; whoever it was talking to is released.
    Transfer,
    /// Both parties of a bridged pair go: to the same target, or the other one to `second`.
    TransferBoth,
    /// The subject leg goes straight to the target's voicemail box.
    Voicemail,
    /// The other party of my call waits to music while I call the target.
    Consult,
    /// During a consultation: I talk to the one who waits, and the other one waits.
    Swap,
    /// During a consultation: the one who waits and the target talk, and I leave.
    Complete,
    /// During a consultation: back to the one who waits; the target is released.
    GoBack,
    /// The subject leg goes into a parking space.
    Park,
    /// The subject leg hears music until somebody fetches it: for a PBX without a parking lot.
    Hold,
    /// The subject leg waits to music until the target is free.
    Camp,
    /// The subject leg comes to my phone: a parked, waiting, sent or ringing caller.
    Take,
    /// The next caller who waits in a queue comes to my phone.
    Next,
    /// The subject leg and the target leg talk to each other; whoever they talked to is released.
    Connect,
    /// Everybody in the subject call and in the target call meets in a conference.
    Join,
    /// The subject extension is rung and meets the target: a call, which moves into a conference, or a conference.
    Invite,
    /// My desk phone answers the call that rings there.
    Answer,
    /// My desk phone puts its call on hold.
    PhoneHold,
    /// My desk phone takes its call off hold.
    PhoneResume,
    /// The subject leg, everybody in the subject call, or everybody in the subject conference, is hung up.
    HangUp,
    /// The subject leg leaves its conference.
    Kick,
    /// The subject leg is heard no more.
    Mute,
    /// The subject leg is heard again.
    Unmute,
    /// Nobody new comes into the subject conference.
    Lock,
    /// The subject conference is open again.
    Unlock,
    /// The subject leg or conference is recorded.
    Record,
    /// The recording goes on, but writes silence.
    PauseRecording,
    /// The recording writes again.
    ResumeRecording,
    /// The recording ends.
    StopRecording,
    /// My phone hears the subject leg.
    Listen,
    /// My phone hears the subject leg, and only that one hears me.
    Whisper,
    /// My phone joins the subject leg's call.
    Barge,
    /// Keys are pressed for the subject leg.
    SendDigits,
    /// The subject leg is hung up after some time.
    LimitTime,
    /// The subject extension (my phone, if it is mine) is rung first, then the target is called.
    Originate,
    /// The subject extension serves the target queue.
    QueueAdd,
    /// The subject extension serves the target queue no more.
    QueueRemove,
    /// The subject extension takes no calls of the target queue, or of none.
    QueuePause,
    /// The subject extension takes its queues' calls again.
    QueueUnpause,
    /// Whose turn it is: the subject extension's penalty in the target queue.
    SetPenalty,
    /// How soon the subject leg's turn comes in its queue.
    SetPriority,
    /// The subject leg leaves its queue and goes on in the dialplan.
    Withdraw,
    /// The subject extension's voicemail box is counted anew.
    AskMailbox,
}

/// What else was asked with a wish. Nothing of it reaches the PBX unless the verb says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct Details {
    /// For whom a caller is parked or held, and from whom, in the operator's words. Stays on this desk.
    #[ts(optional = nullable)]
    pub label: Option<String>,
    /// Keys to press: `0`-`9`, `*`, `#`, `A`-`D`.
    #[ts(optional = nullable)]
    pub digits: Option<String>,
    /// Why a member pauses.
    #[ts(optional = nullable)]
    pub reason: Option<String>,
    /// A time in seconds: how long parked, how long a call may last, how long a phone rings.
    #[ts(optional = nullable)]
    pub seconds: Option<u32>,
    /// A penalty, or a priority.
    #[ts(optional = nullable)]
    pub value: Option<u32>,
    /// Which parking lot.
    #[ts(optional = nullable)]
    pub lot: Option<String>,
    /// So many milliseconds to take it back before anything is sent; five seconds at most.
    #[ts(optional = nullable)]
    pub grace: Option<u32>,
}

/// What the operator saw when the gesture began; a world that has moved on since is a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Seen {
    /// The call's phase on screen.
    pub phase: CallPhase,
    /// Every leg that was in the call.
    pub legs: Vec<Ref>,
}

/// What the operator wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Intent {
    /// Its operation, once accepted.
    pub id: OperationId,
    /// What to do.
    pub verb: Verb,
    /// What was grabbed: a leg, a call, or an extension.
    pub subject: Ref,
    /// Where to: an extension, a conference, a queue, a call or a typed number. None for verbs without one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub target: Option<Ref>,
    /// With `TransferBoth`: where the *other* party goes, if not to `target` as well.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub second: Option<Ref>,
    /// What was on screen, for subjects that are calls or legs.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub seen: Option<Seen>,
    /// What was on screen of the target, for targets that are calls: whoever is brought to a call is brought to the people in it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub target_seen: Option<Seen>,
    /// What else was asked.
    #[serde(default)]
    #[ts(as = "Option<Details>", optional)]
    pub details: Details,
    /// The operator has read that the target could not be verified, and wants it all the same.
    #[serde(default)]
    pub confirmed: bool,
}

impl Intent {
    /// Nothing but this is wished: nothing was seen, said or confirmed.
    #[must_use]
    pub fn new(id: Uuid, verb: Verb, subject: Ref) -> Self {
        Self {
            id: OperationId(id),
            verb,
            subject,
            target: None,
            second: None,
            seen: None,
            target_seen: None,
            details: Details::default(),
            confirmed: false,
        }
    }
}
