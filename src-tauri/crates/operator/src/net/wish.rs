//! What a look of the net at the board comes to: what the desk should do by itself, and what it should ask.

use board::Ref;
use uuid::Uuid;

use super::stuck::StuckQuestion;
use crate::intent::{Intent, Verb};

/// What the desk should do by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// `Transfer` of somebody who waited for the target, or `Take` of somebody who has waited for too long.
    pub verb: Verb,
    /// Whom.
    pub subject: Ref,
    /// Where to.
    pub target: Option<Ref>,
}

impl Wish {
    /// As an intent. It carries nothing that was seen: the board of now counts.
    #[must_use]
    pub fn intent(self, id: Uuid) -> Intent {
        Intent {
            target: self.target,
            ..Intent::new(id, self.verb, self.subject)
        }
    }
}

/// What a look at the board comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// To be done at once.
    pub wishes: Vec<Wish>,
    /// To be asked.
    pub question: Option<StuckQuestion>,
}
