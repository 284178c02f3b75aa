//! The actions we send, one file each: what they ask, which answer they get, what Asterisk is known to do.

mod absolute_timeout;
mod atxfer;
mod blind_transfer;
mod bridge;
mod confbridge;
mod conference;
mod dtmf;
mod getvar;
mod hangup;
mod list;
mod login;
mod mailbox;
mod mix_monitor;
mod mute;
mod mwi;
mod notify;
mod originate;
mod park;
mod queue_caller;
mod queue_member;
mod redirect;
mod spy;
#[cfg(test)]
mod tests;

pub use absolute_timeout::AbsoluteTimeout;
pub use atxfer::{Atxfer, CancelAtxfer};
pub use blind_transfer::BlindTransfer;
pub use bridge::Bridge;
pub use confbridge::ConfbridgeList;
pub use conference::{ConfbridgeKick, ConfbridgeLock, ConfbridgeMute, ConfbridgeRecord};
pub use dtmf::PlayDtmf;
pub use getvar::Getvar;
pub use hangup::Hangup;
pub use list::List;
pub(crate) use login::{Proof, challenge, login, logoff, ping};
pub use mailbox::{MailboxCount, MailboxStatus};
pub use mix_monitor::{MixMonitor, MixMonitorMute, StopMixMonitor};
pub use mute::{Direction, MuteAudio};
pub use mwi::MwiUpdate;
pub use notify::{NotifyEvent, PjsipNotify};
pub use originate::Originate;
pub use park::Park;
pub use queue_caller::{QueueChangePriority, QueueWithdraw};
pub use queue_member::{QueueAdd, QueuePause, QueuePenalty, QueueRemove};
pub use redirect::{Goto, Redirect};
pub use spy::{OriginateSpy, SpyMode, is_channel_name};
