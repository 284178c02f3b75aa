//! The desk: the one owner of link, session, board and running plans.

mod advisory;
mod backoff;
mod call_file;
mod clock;
mod computer;
mod count;
mod desk;
mod dialer;
mod early;
mod exchange;
mod flight;
mod gap;
mod handle;
mod journal;
mod link;
mod net;
mod options;
mod performed;
mod practice_line;
mod profile;
mod script_run;
mod status;
mod subscribers;
mod tls;
mod trial;

pub use advisory::{Advisory, Fault, Severity};
pub use call_file::{CallFile, CallFileError, Spool, SpoolError, spool, wall_clock};
pub use computer::Computer;
pub use count::{Count, count_until_closed};
pub use desk::{start, start_in, start_on, start_with_sleep};
pub use dialer::{Dialer, Dialing, SharedDialer, Stream};
pub use flight::{Why, WhyReason, WhyStep, WhyWhat};
pub use gap::{GapChange, GapView, GapWhat};
pub use handle::{Connection, Desk, ExportError, Stopped};
pub use journal::{Disk, DiskWait, DiskWork, JournalState, SharedDisk};
pub use net::net_dialer;
pub use options::{
    Choice, ConnectionOptions, OptionsError, pbx_id, practice_profile, practice_secret,
};
pub use practice_line::{PracticePbx, practice_dialer};
pub use profile::{Profile, Protection, Trust};
pub use script_run::{ScriptOutcome, ScriptReport, Unanswered, run_script};
pub use status::{Blind, DeskThing, Diagnostics, FeedMessage, LinkError, PbxView, Status, Tile};
pub use trial::{Trial, try_connection};
