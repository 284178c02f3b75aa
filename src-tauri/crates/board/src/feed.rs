//! The feed: pictures in, numbered differences out. Comparing whole pictures means that no handler can forget to say what changed.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::id::Ref;

/// Everything on show, by id.
pub type Picture<T> = BTreeMap<Ref, T>;

/// One change: a whole value, or its end.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "change", rename_all = "camelCase")]
#[ts(export)]
pub enum Delta<T> {
    /// The thing is now so.
    Upsert {
        /// The whole new value.
        value: T,
    },
    /// The thing is gone.
    Remove {
        /// Which.
        id: Ref,
        /// For a call that merged: the call its legs are in now.
        into: Option<Ref>,
    },
}

/// Changes that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Batch<T> {
    /// One more than the batch or snapshot before it.
    pub rev: u64,
    /// Safe to apply twice, in any order.
    pub deltas: Vec<Delta<T>>,
}

/// Remembers the last picture it gave out.
#[derive(Debug, Default)]
pub struct Feed<T> {
    last: Picture<T>,
    rev: u64,
}

impl<T: Clone + PartialEq> Feed<T> {
    /// A feed that has shown nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            last: Picture::new(),
            rev: 0,
        }
    }

    /// The number of the last batch.
    #[must_use]
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// The picture as last published.
    #[must_use]
    pub fn picture(&self) -> &Picture<T> {
        &self.last
    }

    /// Compares `next` with the last picture; `into` tells where a vanished thing's parts are now.
    /// Nothing new, no batch.
    pub fn publish(
        &mut self,
        next: Picture<T>,
        into: impl Fn(&Ref, &T, &Picture<T>) -> Option<Ref>,
    ) -> Option<Batch<T>> {
        let gone = self.last.iter().filter(|(id, _)| !next.contains_key(*id));
        let removed = gone.map(|(id, old)| Delta::Remove {
            id: id.clone(),
            into: into(id, old, &next),
        });
        let fresh = next
            .iter()
            .filter(|(id, value)| self.last.get(*id) != Some(*value));
        let upserted = fresh.map(|(_, value)| Delta::Upsert {
            value: value.clone(),
        });
        let deltas: Vec<_> = removed.chain(upserted).collect();
        self.last = next;
        if deltas.is_empty() {
            return None;
        }
        self.rev += 1;
        Some(Batch {
            rev: self.rev,
            deltas,
        })
    }
}
