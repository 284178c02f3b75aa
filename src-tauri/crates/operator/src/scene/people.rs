//! Who somebody is: the operator, their own phone, and whoever is on a leg or behind an extension.

use board::view::{ExtensionView, LegView};
use board::{Ref, RefKind};

use super::Scene;
use crate::consultation::Consultation;
use crate::preview::Party;
use crate::refusal::Refusal;

impl<'a> Scene<'a> {
    /// The operator's own extension.
    pub(crate) fn me(self) -> Option<&'a ExtensionView> {
        let (pbx, place) = (self.board.pbx(), self.board.place());
        place.my_extension(pbx, self.picture)
    }

    /// The consultation one of whose legs this is.
    pub(crate) fn consultation_of(self, leg: &Ref) -> Option<&'a Consultation> {
        let mut all = self.consultations.iter();
        all.find(|consultation| consultation.concerns(leg, self.board))
    }

    /// Whether this desk has silenced it.
    pub(crate) fn is_muted(self, leg: &Ref) -> bool {
        self.muted.contains(leg)
    }

    /// Whoever is on this channel.
    pub(crate) fn party_of(self, uniqueid: &str) -> Result<Party, Refusal> {
        let leg = Ref::new(RefKind::Leg, self.board.pbx(), uniqueid);
        match self.find(&leg)? {
            (_, Some(leg)) => Ok(self.party(leg)),
            (_, None) => Err(Refusal::Gone),
        }
    }

    /// Whether it is on the operator's own phone. An extension's id begins with its number: hardly any other is looked up.
    pub(crate) fn is_mine(self, leg: &LegView) -> bool {
        let me = self.board.place().me.as_deref();
        let is_like_mine = |id: &&Ref| {
            let behind = me.and_then(|me| id.key.strip_prefix(me));
            behind.is_some_and(|rest| rest.starts_with('@'))
        };
        let id = leg.extension.as_ref().filter(is_like_mine);
        let extension = id.and_then(|id| self.extension(id));
        extension.is_some_and(|extension| extension.me)
    }

    pub(crate) fn party(self, leg: &LegView) -> Party {
        let me = self.is_mine(leg);
        Party {
            leg: Some(leg.id.clone()),
            name: leg.name.clone(),
            number: leg.number.clone(),
            me,
        }
    }

    pub(crate) fn person(self, extension: &ExtensionView) -> Party {
        Party {
            leg: None,
            name: extension.name.clone(),
            number: Some(extension.number.clone()),
            me: extension.me,
        }
    }
}
