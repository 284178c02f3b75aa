//! What a running lab can be asked for.

use clap::Subcommand;

/// A wish of whoever sits before the running lab.
#[derive(Debug, Subcommand)]
pub(crate) enum Ask {
    /// Let an office full of calls go on until the lab goes down.
    BusyDay,
    /// Show every channel Asterisk has.
    Channels,
    /// Switch a phone on.
    Phone { number: String },
    /// Let a phone dial a number.
    Call { from: String, to: String },
    /// Let a phone answer.
    Answer { number: String },
    /// Let a phone refuse the call that rings.
    Reject { number: String },
    /// Let a phone hang up.
    Hangup { number: String },
    /// Let a phone put its call on hold.
    Hold { number: String },
    /// Let a phone take its held call back.
    Resume { number: String },
    /// Press keys on a phone.
    Dtmf { number: String, keys: String },
    /// Let somebody outside call one of the trunk's numbers.
    TrunkCall {
        did: String,
        /// The number that calls.
        #[arg(long, default_value = "+49301234567")]
        from: String,
        /// The name that calls.
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Let every outside caller hang up.
    TrunkHangup,
}

impl Ask {
    /// What a running lab is told.
    pub(crate) fn words(&self) -> Vec<&str> {
        match self {
            Self::BusyDay => vec!["busy-day"],
            Self::Channels => vec!["channels"],
            Self::Phone { number } => vec!["phone", number],
            Self::Call { from, to } => vec!["call", from, to],
            Self::Answer { number } => vec!["answer", number],
            Self::Reject { number } => vec!["reject", number],
            Self::Hangup { number } => vec!["hangup", number],
            Self::Hold { number } => vec!["hold", number],
            Self::Resume { number } => vec!["resume", number],
            Self::Dtmf { number, keys } => vec!["dtmf", number, keys],
            Self::TrunkCall { did, from, name } => vec!["trunk-call", did, from, name],
            Self::TrunkHangup => vec!["trunk-hangup"],
        }
    }
}
