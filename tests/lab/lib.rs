//! A real telephone exchange for tests: Asterisk 22 and 16 with SIP phones and a
//! trunk, all on loopback, one fresh PBX per test. See `README.md` beside this file.

mod certificate;
mod config;
pub mod handset;
pub mod message;
mod netstring;
pub mod obedient;
pub mod pbx;
pub mod people;
pub mod phone;
mod process;
pub mod proxy;
pub mod record;
pub mod root;
pub mod slot;
pub mod transcript;
pub mod trap;
pub mod trunk;
pub mod truth;
pub mod version;

pub use handset::Handset;
pub use obedient::{ObedientPhone, Stands};
pub use pbx::Pbx;
pub use phone::Phone;
pub use proxy::Proxy;
pub use root::Root;
pub use slot::Ports;
pub use trap::Place;
pub use trunk::{Outside, TrunkCall};
pub use truth::{Channel, Truth};
pub use version::Version;
