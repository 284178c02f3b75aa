//! Who is where: channels by what they share, a bridge, a device or a room, so that nobody has to look through all channels.

use std::collections::{BTreeMap, BTreeSet};

use crate::key::Key;

/// Channels by the name of what they share.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Index(BTreeMap<String, BTreeSet<Key>>);

impl Index {
    /// Those that share this, in the order of their keys.
    pub(crate) fn of(&self, name: &str) -> impl Iterator<Item = &Key> {
        self.0.get(name).into_iter().flatten()
    }

    pub(crate) fn add(&mut self, name: &str, key: &Key) {
        if let Some(known) = self.0.get_mut(name) {
            known.insert(key.clone());
        } else {
            self.0
                .insert(name.to_owned(), BTreeSet::from([key.clone()]));
        }
    }

    pub(crate) fn remove(&mut self, name: &str, key: &Key) {
        let Some(known) = self.0.get_mut(name) else {
            return;
        };
        known.remove(key);
        if known.is_empty() {
            self.0.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_shares_any_more_is_forgotten() {
        let mut index = Index::default();
        let [one, other] = ["1.1", "1.2"].map(Key::of);
        index.add("b", &one);
        index.add("b", &other);
        assert_eq!(index.of("b").collect::<Vec<_>>(), [&one, &other]);
        index.remove("b", &one);
        index.remove("b", &other);
        assert_eq!(index, Index::default());
    }
}
