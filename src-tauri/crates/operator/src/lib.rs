//! What one may do: wishes become offers, previews, refusals and plans; plans end in outcomes seen on the wire.

mod intent;
mod offer;
mod operation;
mod outcome;
mod preview;
mod refusal;

pub use intent::{Intent, OperationId, Seen, Verb};
pub use offer::{Offer, Offers, RefusedTarget};
pub use operation::{After, OperationView, Step};
pub use outcome::{Evidence, Failure, Outcome};
pub use preview::{Journey, Party, Place, Preview, Warning};
pub use refusal::Refusal;
