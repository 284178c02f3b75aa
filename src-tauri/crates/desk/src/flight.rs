//! The flight recorder: what a PBX has told lately and what we have done there, for the question why a call dropped, and for tracing a fault
//! of ours in the field. It is bounded by what it weighs, lives in memory alone, and leaves the machine only by somebody's hand, with
//! names and numbers taken out.

mod export;
mod file;
mod parting;
mod redact;
mod ring;
mod trail;
mod verdict;
mod why;

pub(crate) use export::lines;
pub(crate) use file::write;
pub(crate) use ring::{Flight, Mark};
pub(crate) use verdict::Question;
pub use why::{Why, WhyReason, WhyStep, WhyWhat};
