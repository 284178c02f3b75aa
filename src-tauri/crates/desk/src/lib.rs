//! The desk: the one owner of link, session, board and running plans.

mod dialer;
mod handle;
mod options;
mod profile;
mod status;
mod trial;

pub use dialer::{Dialer, Dialing, SharedDialer, Stream};
pub use handle::{Connection, Desk, Stopped};
pub use options::{
    Choice, ConnectionOptions, OptionsError, pbx_id, practice_profile, practice_secret,
};
pub use profile::{Profile, Protection, Trust};
pub use status::{Blind, DeskThing, FeedMessage, LinkError, PbxView, Status, Tile};
pub use trial::Trial;

mod shim;
pub use shim::*;
