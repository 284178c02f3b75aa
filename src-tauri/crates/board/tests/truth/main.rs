//! The board against what real Asterisk sent: pictures of recorded scenarios, and laws that hold on every recording.

mod agreement;
mod behaviour;
mod calls;
mod check;
mod cuts;
mod draw;
mod histories;
mod late;
mod laws;
mod links;
mod moves;
mod names;
mod originate;
mod places;
mod reference;
mod reorder;
mod replay;
mod resync;
mod torn;
#[path = "../../../../../tests/lab/transcript.rs"]
mod transcript;
mod trunks;
mod world;
