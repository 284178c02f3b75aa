//! The board: what the PBX has told us, folded into what the operator sees. Pure: no clock, no I/O.

mod age;
mod agent;
mod anomaly;
mod apply;
mod board;
mod bridge;
mod call;
mod cause;
mod channel;
mod channels;
mod conference;
mod device;
mod dial;
mod ended;
mod extension;
mod feed;
mod hold;
mod id;
mod list;
mod optimisation;
mod parking;
mod presence;
mod project;
mod queue;
mod recall;
mod supervision;
mod tombstone;
mod touched;
pub mod view;

pub use anomaly::Anomalies;
pub use board::{Board, Place};
pub use channel::Channel;
pub use dial::Dial;
pub use feed::{Batch, Change, Delta, Feed, Picture, changes, share};
pub use id::{NotARef, PbxId, Ref, RefKind};
pub use view::{Millis, Thing};
