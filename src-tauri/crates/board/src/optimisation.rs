//! Local pairs that take themselves out of a call: one side leaves its bridge and takes the place of the pair's half in the other.
//! Both people hear each other all the while, so what is told between the beginning and the end is taken in as one step.

use std::collections::BTreeMap;

use ami::ChannelSnapshot;

use crate::board::Board;
use crate::view::Millis;

/// Channels that a pair is moving, by Uniqueid. Empty, but for the moment that takes.
#[derive(Debug, Default)]
pub(crate) struct Optimisations(BTreeMap<String, Moving>);

#[derive(Debug)]
struct Moving {
    /// The pair: the Uniqueid of its first half.
    pair: String,
    /// The bridge it has left, and when; it is kept there until it enters another, or the pair is done.
    left: Option<(String, Millis)>,
}

impl Optimisations {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether a leave is part of an optimisation: then it waits.
    pub(crate) fn postpones(&mut self, uniqueid: &str, bridge: &str, now: Millis) -> bool {
        let Some(moving) = self.0.get_mut(uniqueid) else {
            return false;
        };
        moving.left.get_or_insert_with(|| (bridge.to_owned(), now));
        true
    }

    /// The leave that waited for this channel.
    pub(crate) fn postponed(&mut self, uniqueid: &str) -> Option<(String, Millis)> {
        self.0.get_mut(uniqueid)?.left.take()
    }
}

impl Board {
    /// `LocalOptimizationBegin`.
    pub(crate) fn begin_optimisation(
        &mut self,
        one: &ChannelSnapshot<'_>,
        others: [Option<&ChannelSnapshot<'_>>; 2],
    ) {
        for channel in others.into_iter().flatten().chain([one]) {
            if !self.channels.contains_key(&channel.uniqueid) {
                continue;
            }
            let moving = Moving {
                pair: one.uniqueid.clone().into_owned(),
                left: None,
            };
            let Optimisations(all) = &mut self.optimisations;
            all.entry(channel.uniqueid.clone().into_owned())
                .or_insert(moving);
        }
    }

    /// `LocalOptimizationEnd`, whatever it says of its success, or the end of a half: whoever was to leave and has entered no other
    /// bridge has left now.
    pub(crate) fn end_optimisation(&mut self, pair: &str) {
        let Optimisations(all) = &mut self.optimisations;
        let done = all.extract_if(.., |_, moving| moving.pair == pair);
        let left: Vec<_> = done
            .filter_map(|(id, moving)| Some((id, moving.left?)))
            .collect();
        for (id, (bridge, at)) in left {
            self.leave(&id, &bridge, at);
        }
    }

    /// A channel is gone; with either half the whole optimisation.
    pub(crate) fn forget_optimisation(&mut self, uniqueid: &str) {
        let Optimisations(all) = &mut self.optimisations;
        let Some(moving) = all.remove(uniqueid) else {
            return;
        };
        if self
            .channels
            .get(uniqueid)
            .is_none_or(|gone| gone.is_local())
        {
            self.end_optimisation(&moving.pair);
        }
    }
}
