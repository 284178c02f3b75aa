//! The desk against PBXs that behave well, badly, and not at all.

mod acting;
mod feeding;
mod gap;
mod linking;
mod losing;
mod network;
mod practising;
mod scale;
mod server;
mod watcher;
