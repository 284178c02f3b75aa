//! The board against what real Asterisk sent: pictures of recorded scenarios, and laws that hold on every recording.

mod calls;
mod check;
mod draw;
mod replay;
#[path = "../../../../../tests/lab/transcript.rs"]
mod transcript;
