//! Which calls each extension, and each trunk, takes part in.

use std::collections::BTreeMap;

use crate::age::Age;
use crate::id::Ref;
use crate::view::CallView;

/// Calls by whoever takes part in them, oldest call first.
#[derive(Debug, Default)]
pub(super) struct Busy {
    extensions: BTreeMap<Ref, Vec<(Age, Ref)>>,
    trunks: BTreeMap<String, Vec<(Age, Ref)>>,
}

impl Busy {
    pub(super) fn add(&mut self, call: &CallView) {
        for leg in &call.legs {
            if let Some(extension) = &leg.extension {
                enter(self.extensions.entry(extension.clone()).or_default(), call);
            }
            if let Some(trunk) = &leg.trunk {
                enter(self.trunks.entry(trunk.clone()).or_default(), call);
            }
        }
    }

    pub(super) fn remove(&mut self, call: &CallView) {
        for leg in &call.legs {
            if let Some(extension) = &leg.extension {
                leave(&mut self.extensions, extension, call);
            }
            if let Some(trunk) = &leg.trunk {
                leave(&mut self.trunks, trunk, call);
            }
        }
    }

    pub(super) fn of(&self, extension: &Ref) -> Vec<Ref> {
        names(self.extensions.get(extension))
    }

    pub(super) fn first_of(&self, extension: &Ref) -> Option<&Ref> {
        let calls = self.extensions.get(extension)?;
        calls.first().map(|(_, call)| call)
    }

    pub(super) fn on(&self, trunk: &str) -> Vec<Ref> {
        names(self.trunks.get(trunk))
    }
}

fn enter(calls: &mut Vec<(Age, Ref)>, call: &CallView) {
    let entry = (Age::of(&call.id.key), call.id.clone());
    if let Err(at) = calls.binary_search(&entry) {
        calls.insert(at, entry);
    }
}

fn leave<K: Ord>(all: &mut BTreeMap<K, Vec<(Age, Ref)>>, key: &K, call: &CallView) {
    let Some(calls) = all.get_mut(key) else {
        return;
    };
    calls.retain(|(_, known)| *known != call.id);
    if calls.is_empty() {
        all.remove(key);
    }
}

fn names(calls: Option<&Vec<(Age, Ref)>>) -> Vec<Ref> {
    let calls = calls.into_iter().flatten();
    calls.map(|(_, call)| call.clone()).collect()
}
