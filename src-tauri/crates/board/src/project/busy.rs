//! What the calls say about extensions and trunks: which each takes part in, and what a phone does in them.

use std::collections::BTreeMap;

use crate::age::Age;
use crate::id::Ref;
use crate::view::{CallPhase, CallView, ExtensionState, LegState, LegView};

/// Calls by whoever takes part in them, oldest call first.
#[derive(Debug, Default)]
pub(super) struct Busy {
    extensions: BTreeMap<Ref, Vec<Part>>,
    trunks: BTreeMap<String, Vec<Part>>,
}

/// The part somebody has in a call.
#[derive(Debug)]
struct Part {
    age: Age,
    call: Ref,
    doing: Option<ExtensionState>,
}

impl Busy {
    pub(super) fn add(&mut self, call: &CallView) {
        for leg in &call.legs {
            if let Some(extension) = &leg.extension {
                let parts = self.extensions.entry(extension.clone()).or_default();
                enter(parts, call, doing_in(call, leg));
            }
            if let Some(trunk) = &leg.trunk {
                enter(self.trunks.entry(trunk.clone()).or_default(), call, None);
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
        let parts = self.extensions.get(extension)?;
        parts.first().map(|part| &part.call)
    }

    /// What the phones of an extension do by their calls.
    pub(super) fn doing(&self, extension: &Ref) -> Option<ExtensionState> {
        let parts = self.extensions.get(extension).into_iter().flatten();
        parts.filter_map(|part| part.doing).reduce(both)
    }

    pub(super) fn on(&self, trunk: &str) -> Vec<Ref> {
        names(self.trunks.get(trunk))
    }
}

/// An account may be kept from device states, and they travel apart from the calls: a phone whose call is on the board is never
/// shown as free, or absent.
pub(super) fn seen(said: ExtensionState, doing: Option<ExtensionState>) -> ExtensionState {
    let rests = matches!(
        said,
        ExtensionState::Unknown | ExtensionState::Offline | ExtensionState::Idle
    );
    doing.filter(|_| rests).unwrap_or(said)
}

fn both(one: ExtensionState, other: ExtensionState) -> ExtensionState {
    if one == other {
        one
    } else {
        ExtensionState::InUseRinging
    }
}

fn doing_in(call: &CallView, leg: &LegView) -> Option<ExtensionState> {
    match leg.state {
        LegState::Ringing if call.phase == CallPhase::Ringing => Some(ExtensionState::Ringing),
        LegState::Ringing | LegState::Ending => None,
        LegState::Calling
        | LegState::Talking
        | LegState::Held
        | LegState::Application
        | LegState::Queued
        | LegState::Parked
        | LegState::Alone => Some(ExtensionState::InUse),
    }
}

/// Where the part in a call is, or is to be.
fn place(parts: &[Part], call: &Ref, age: &Age) -> Result<usize, usize> {
    parts.binary_search_by(|part| (&part.age, &part.call).cmp(&(age, call)))
}

fn enter(parts: &mut Vec<Part>, call: &CallView, doing: Option<ExtensionState>) {
    let age = Age::of(&call.id.key);
    match place(parts, &call.id, &age) {
        Ok(at) => {
            let known = &mut parts[at].doing;
            *known = [*known, doing].into_iter().flatten().reduce(both);
        }
        Err(at) => {
            let call = call.id.clone();
            parts.insert(at, Part { age, call, doing });
        }
    }
}

fn leave<K: Ord>(all: &mut BTreeMap<K, Vec<Part>>, key: &K, call: &CallView) {
    let Some(parts) = all.get_mut(key) else {
        return;
    };
    if let Ok(at) = place(parts, &call.id, &Age::of(&call.id.key)) {
        parts.remove(at);
    }
    if parts.is_empty() {
        all.remove(key);
    }
}

fn names(parts: Option<&Vec<Part>>) -> Vec<Ref> {
    let parts = parts.into_iter().flatten();
    parts.map(|part| part.call.clone()).collect()
}
