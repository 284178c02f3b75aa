//! Call files: an Originate that Asterisk's `pbx_spool` picks up from a folder, now or at a time of day.
//!
//! What `pbx_spool` does decides how one is written. It takes whatever appears in its folder, half-written or not, names with a dot
//! included: so the file is made elsewhere on the same file system and moved in whole. It reads the time of a file once, as it
//! appears: so that is set before. It deletes what it cannot read and has to write to what it carries out: so owner and mode are
//! given. A file whose time has passed while Asterisk was down is carried out when it starts.

mod text;
mod writer;

pub use text::{CallFile, CallFileError};
pub use writer::{Spool, SpoolError, spool};

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::clock::Clock;

/// The time by this computer, for whoever says "at 14:00".
#[must_use]
pub fn wall_clock() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(Clock::start().now().millis)
}
