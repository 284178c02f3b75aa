//! The board against what real Asterisk sent: pictures of recorded scenarios, and laws that hold on every recording.

mod behaviour;
mod calls;
mod check;
mod draw;
mod ends;
mod histories;
mod laws;
mod links;
mod moves;
mod names;
mod originate;
mod places;
mod replay;
mod resync;
#[path = "../../../../../tests/lab/transcript.rs"]
mod transcript;
mod trunks;
mod world;
