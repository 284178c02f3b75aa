//! The board against what real Asterisk sent: pictures of recorded scenarios, and laws that hold on every recording.

mod behaviour;
mod calls;
mod check;
mod draw;
mod histories;
mod late;
mod laws;
mod links;
mod moves;
mod names;
mod old;
mod originate;
mod places;
mod replay;
mod resync;
mod shown;
mod stories_atxfer;
mod stories_blonde;
mod stories_bridge;
mod stories_consult;
mod stories_consult_ends;
mod stories_dials;
mod stories_flicker;
mod stories_groups;
mod stories_hold;
mod stories_keys;
mod stories_local;
mod stories_pickup;
mod stories_refer;
mod stories_refer_blind;
mod stories_wires;
#[path = "../../../../../tests/lab/transcript.rs"]
mod transcript;
mod trunks;
mod world;
