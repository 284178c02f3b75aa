//! What the operations under way are about: whoever they move is not moved twice, and the space somebody is on the way to is taken.

use std::collections::{BTreeMap, BTreeSet};

use board::Ref;

use crate::plan::Plan;

/// Legs, phones that are about to ring, and parking spaces nobody is in yet.
#[derive(Debug, Clone, Default)]
pub struct Pending {
    legs: BTreeSet<Ref>,
    /// What is rung first, as the PBX is asked for it: `PJSIP/101`.
    rung: BTreeSet<String>,
    /// How many are on their way into a lot, by its name.
    parks: BTreeMap<String, usize>,
}

impl Pending {
    /// Of nothing but this leg: for a scene made by hand.
    #[must_use]
    pub fn leg(leg: Ref) -> Self {
        Self {
            legs: BTreeSet::from([leg]),
            ..Self::default()
        }
    }

    /// Of these plans, as far as they have not ended.
    pub fn of<'p>(plans: impl Iterator<Item = &'p Plan>) -> Self {
        let mut pending = Self::default();
        for plan in plans.filter(|plan| !plan.has_ended()) {
            pending.legs.extend(plan.legs());
            pending.rung.extend(plan.rung().map(str::to_owned));
            if let Some(lot) = plan.lot() {
                *pending.parks.entry(lot.to_owned()).or_default() += 1;
            }
        }
        pending
    }

    /// Whether an open operation is about this leg.
    #[must_use]
    pub fn contains(&self, leg: &Ref) -> bool {
        self.legs.contains(leg)
    }

    /// Whether an open operation rings this device first.
    #[must_use]
    pub fn rings(&self, device: &str) -> bool {
        self.rung.contains(device)
    }

    /// How many are on their way into this parking lot.
    #[must_use]
    pub fn parks(&self, lot: &str) -> usize {
        self.parks.get(lot).copied().unwrap_or_default()
    }
}
