//! A PBX simulated in memory that speaks AMI bytes: practice mode, and the far side of simulation tests.
//!
//! It behaves as the lab's Asterisk 22 does where they overlap: the same numbers and names, the same events in the same
//! order, errors in Asterisk's words. Pure: no clock, no threads; `now` is an argument in milliseconds, chance is a seed.

mod actions;
mod bridge;
mod channel;
mod class;
mod conference;
mod create;
mod device;
mod dial;
mod dialplan;
mod hangup;
mod hold;
mod local;
mod media;
mod moves;
mod originate;
mod parking;
mod pbx;
mod people;
mod phone;
mod practice;
mod queue;
mod request;
mod rng;
mod run;
mod sayings;
mod script;
mod serve;
mod session;
mod spy;
mod waiting;
mod wire;
mod yank;

pub use phone::PhoneAct;
pub use practice::{Leg, LegPlace, Line, Practice};

/// Milliseconds since the PBX was switched on.
pub type Millis = u64;
