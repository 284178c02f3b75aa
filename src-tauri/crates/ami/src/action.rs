//! The actions we send, one file each: what they ask, which answer they get, what Asterisk is known to do.

mod confbridge;
mod getvar;
mod hangup;
mod list;
mod login;
mod mailbox;
mod originate;
mod redirect;

pub use confbridge::ConfbridgeList;
pub use getvar::Getvar;
pub use hangup::Hangup;
pub use list::List;
pub(crate) use login::{Proof, challenge, login, logoff, ping};
pub use mailbox::MailboxCount;
pub use originate::Originate;
pub use redirect::{Goto, Redirect};
