//! What one may do: wishes become offers, previews, refusals and plans; plans end in outcomes seen on the wire.

mod consultation;
mod goal;
mod intent;
mod net;
mod number;
mod offer;
mod operation;
mod outcome;
mod pending;
mod plan;
mod preview;
mod refusal;
mod rules;
mod scene;
mod verb;
mod way;

pub use consultation::{Consultation, ConsultationStage, ConsultationView, KeptConsultation};
pub use intent::{Details, Intent, OperationId, Seen, Verb};
pub use net::{
    CampState, CampView, ListedChannel, Look, LostView, Net, NoteView, SentState, SentView,
    StatusSays, StuckQuestion, StuckVerdict, StuckView, StuckWhy, Wish,
};
pub use offer::{Asks, Offer, Offers, RefusedTarget};
pub use operation::{After, OperationView, Step};
pub use outcome::{Evidence, Failure, Outcome};
pub use pending::Pending;
pub use plan::{Answer, Found, Plan, Remembered, Unsettled};
pub use preview::{Journey, Party, Place, Preview, Warning};
pub use refusal::{Missing, Refusal};
pub use rules::{CampBy, ConsultBy, Outbound, Outgoing, Rules};
pub use scene::Scene;
pub use verb::{offers, preview};
