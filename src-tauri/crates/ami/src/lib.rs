//! The Asterisk Manager Interface: bytes to frames to events, actions to bytes. Pure: no clock, no I/O.

pub mod action;
pub mod channel;
pub mod event;
pub mod frame;
mod permissions;
pub mod quirks;
pub mod request;
mod scan;
pub mod script;
mod secret;
pub mod session;
mod value;

pub use channel::{ChannelSnapshot, ChannelState};
pub use event::Event;
pub use frame::{Frame, FrameReader, Limits, Read};
pub use permissions::Permissions;
pub use quirks::Quirks;
pub use request::{Action, ActionId, Answer, EncodeError, Request};
pub use secret::Secret;
pub use session::{Login, Method, Session, SessionEvent};
pub use value::Value;
