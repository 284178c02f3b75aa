//! The board against what real Asterisk sent: pictures of recorded scenarios, and laws that hold on every recording.

mod behaviour;
mod calls;
mod check;
mod detail;
mod draw;
mod ends;
mod histories;
mod late;
mod laws;
mod links;
mod moves;
mod names;
mod originate;
mod places;
mod places_agents;
mod places_details;
mod places_ears;
mod places_members;
mod places_oddities;
mod places_parking;
mod places_phones;
mod places_queues;
mod places_rights;
mod places_rooms;
mod places_trunks;
mod replay;
mod resync;
#[path = "../../../../../tests/lab/transcript.rs"]
mod transcript;
mod trunks;
mod world;
