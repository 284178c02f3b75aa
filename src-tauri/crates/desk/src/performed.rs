//! Which operations were begun already: one write for each, ever, however often the gesture is reported.

use std::collections::{BTreeSet, VecDeque};

use operator::OperationId;

/// Far more than an operator does in a day.
const MOST: usize = 4096;

/// The operations of this run of the desk, the latest of them.
#[derive(Debug, Default)]
pub(crate) struct Performed {
    known: BTreeSet<OperationId>,
    order: VecDeque<OperationId>,
}

impl Performed {
    pub(crate) fn has(&self, id: OperationId) -> bool {
        self.known.contains(&id)
    }

    pub(crate) fn remember(&mut self, id: OperationId) {
        if !self.known.insert(id) {
            return;
        }
        self.order.push_back(id);
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_latest_are_remembered_and_memory_is_bounded() {
        let mut performed = Performed::default();
        let id = |number: usize| OperationId(Uuid::from_u128(number as u128));
        (0..2 * MOST).for_each(|number| performed.remember(id(number)));
        assert!(performed.has(id(2 * MOST - 1)) && performed.has(id(MOST)));
        assert!(!performed.has(id(MOST - 1)));
        assert_eq!(performed.known.len(), MOST);
    }
}
