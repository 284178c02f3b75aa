//! The board: what the PBX has told us, folded into what the operator sees. Pure: no clock, no I/O.

mod age;
mod anomaly;
mod apply;
mod board;
mod bridge;
mod call;
mod channel;
mod channels;
mod conference;
mod dial;
mod extension;
mod feed;
mod id;
mod list;
mod parking;
mod project;
mod queue;
mod tombstone;
pub mod view;

pub use anomaly::Anomalies;
pub use board::{Board, Place};
pub use channel::Channel;
pub use dial::Dial;
pub use feed::{Batch, Delta, Feed, Picture};
pub use id::{NotARef, PbxId, Ref, RefKind};
pub use view::{Millis, Thing};
