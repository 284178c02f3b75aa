//! The feed: pictures in, numbered differences out. Comparing whole pictures means that no handler can forget to say what changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use ts_rs::TS;

use crate::id::Ref;

/// Everything on show, by id.
pub type Picture<T> = BTreeMap<Ref, T>;

/// The same picture, with values that can be kept by several.
#[must_use]
pub fn share<T>(picture: Picture<T>) -> Picture<Arc<T>> {
    let things = picture.into_iter();
    things.map(|(id, thing)| (id, Arc::new(thing))).collect()
}

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

/// One thing that is other than it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<T> {
    /// Which.
    pub id: Ref,
    /// What it is now; `None`: gone.
    pub now: Option<Arc<T>>,
}

/// Compares two pictures. A value that is the very same one need not be looked into; and it is under the very same id, since no value is
/// under two.
#[must_use]
pub fn changes<T: PartialEq>(before: &Picture<Arc<T>>, now: &Picture<Arc<T>>) -> Vec<Change<T>> {
    let gone = |id: &Ref| Change {
        id: id.clone(),
        now: None,
    };
    let (mut removed, mut fresh) = (Vec::new(), Vec::new());
    let mut old = before.iter().peekable();
    for (id, value) in now {
        if old.next_if(|(_, was)| Arc::ptr_eq(was, value)).is_some() {
            continue;
        }
        while let Some((known, _)) = old.next_if(|(known, _)| *known < id) {
            removed.push(gone(known));
        }
        let known = old.next_if(|(known, _)| *known == id);
        let same = |was: &Arc<T>| Arc::ptr_eq(was, value) || **was == **value;
        if !known.is_some_and(|(_, was)| same(was)) {
            fresh.push(Change {
                id: id.clone(),
                now: Some(Arc::clone(value)),
            });
        }
    }
    removed.extend(old.map(|(id, _)| gone(id)));
    removed.append(&mut fresh);
    removed
}

/// Remembers the last picture it gave out.
#[derive(Debug)]
pub struct Feed<T> {
    last: Picture<Arc<T>>,
    rev: u64,
}

impl<T> Default for Feed<T> {
    fn default() -> Self {
        Self {
            last: Picture::new(),
            rev: 0,
        }
    }
}

impl<T: Clone + PartialEq> Feed<T> {
    /// A feed that has shown nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of the last batch.
    #[must_use]
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// The picture as last published.
    #[must_use]
    pub fn picture(&self) -> &Picture<Arc<T>> {
        &self.last
    }

    /// Takes in what [`changes`] has found; `into` tells where a vanished thing's parts are now. Nothing new, no batch.
    pub fn publish(
        &mut self,
        changes: impl IntoIterator<Item = Change<T>>,
        into: impl Fn(&T) -> Option<Ref>,
    ) -> Option<Batch<T>> {
        let deltas: Vec<_> = changes
            .into_iter()
            .filter_map(|change| self.delta(change, &into))
            .collect();
        if deltas.is_empty() {
            return None;
        }
        self.rev += 1;
        Some(Batch {
            rev: self.rev,
            deltas,
        })
    }

    fn delta(&mut self, change: Change<T>, into: impl Fn(&T) -> Option<Ref>) -> Option<Delta<T>> {
        let Change { id, now } = change;
        let Some(now) = now else {
            let old = self.last.remove(&id)?;
            let into = into(&old);
            return Some(Delta::Remove { id, into });
        };
        let value = T::clone(&now);
        self.last.insert(id, now);
        Some(Delta::Upsert { value })
    }
}
