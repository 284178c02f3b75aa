//! The moment a leg was parted from those who heard it: who went first tells who ended the call.

use std::collections::{BTreeMap, BTreeSet};

use ami::Event;
use ami::event::BridgeEvent;
use board::Millis;

use super::trail::Trail;

/// A parting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parting {
    pub(super) at: Millis,
    /// The Uniqueid of who left first.
    pub(super) first: String,
    /// That was half a Local channel: whoever is behind it has gone.
    pub(super) wire: bool,
}

impl Trail<'_> {
    /// The last time somebody left the bridge the leg shared with others, or the leg itself did.
    pub(super) fn parting(&self) -> Option<Parting> {
        let mut bridges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut parting = None;
        for (record, event) in self.flight.events() {
            match &event {
                Event::Bridge(BridgeEvent::Enter {
                    bridge, channel, ..
                }) => {
                    let inside = bridges.entry(bridge.uniqueid.to_string()).or_default();
                    inside.insert(channel.uniqueid.to_string());
                }
                Event::Bridge(BridgeEvent::Leave { bridge, channel }) => {
                    let Some(inside) = bridges.get_mut(bridge.uniqueid.as_ref()) else {
                        continue;
                    };
                    if inside.contains(self.subject) && inside.len() > 1 {
                        parting = Some(Parting {
                            at: record.at,
                            first: channel.uniqueid.to_string(),
                            wire: channel.channel.starts_with("Local/"),
                        });
                    }
                    inside.remove(channel.uniqueid.as_ref());
                }
                Event::Bridge(_)
                | Event::Channel(_)
                | Event::Dial(_)
                | Event::Transfer(_)
                | Event::Parking(_)
                | Event::Queue(_)
                | Event::State(_)
                | Event::Conference(_)
                | Event::Recording(_)
                | Event::Spy(_)
                | Event::Agent(_)
                | Event::Originate(_)
                | Event::System(_)
                | Event::Other(_)
                | Event::Malformed(_) => {}
            }
        }
        parting
    }
}
