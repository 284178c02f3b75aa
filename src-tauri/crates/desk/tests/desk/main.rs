//! The desk against PBXs that behave well, badly, and not at all.

mod acting;
mod auditing;
mod consulting;
mod feeding;
mod freshness;
mod gap;
mod journal;
mod linking;
mod losing;
mod net;
mod network;
mod practising;
mod queues;
mod recorded;
mod recording;
mod rooms;
mod scale;
mod scripting;
mod server;
mod sleeping;
mod voicemail;
mod watcher;
