//! What is on show: the feed folded into one picture, as a window does it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use board::view::{
    CallPhase, CallView, ConferenceView, ExtensionState, ExtensionView, LegView, ParkedView,
    QueueView,
};
use board::{Delta, Ref, Thing};
use desk::{DeskThing, FeedMessage, PbxView, Status, Tile};
use operator::{ConsultationView, OperationId, OperationView};
use serde_json::Value;

/// All tiles, by id.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shown {
    tiles: BTreeMap<Ref, Tile>,
    rev: u64,
}

/// The endpoint a leg's channel belongs to: `101` of `PJSIP/101-00000001`.
pub(crate) fn endpoint(leg: &LegView) -> &str {
    let device = leg.channel.split_once('/').map_or("", |(_, rest)| rest);
    device
        .rsplit_once('-')
        .map_or(device, |(endpoint, _)| endpoint)
}

/// The endpoints of a call's legs, sorted.
pub(crate) fn ends(call: &CallView) -> Vec<&str> {
    let mut ends: Vec<_> = call.legs.iter().map(endpoint).collect();
    ends.sort_unstable();
    ends
}

/// The leg of a call that is on that endpoint's phone.
pub(crate) fn leg<'c>(call: &'c CallView, end: &str) -> &'c LegView {
    let found = call.legs.iter().find(|leg| endpoint(leg) == end);
    found.unwrap_or_else(|| panic!("no leg of {end} in {:?}", ends(call)))
}

/// A group, a lamp, an agent: no phone that has a person's name.
pub(crate) fn is_nobodys(extension: &ExtensionView) -> bool {
    extension.devices.len() > 1
        || extension
            .devices
            .iter()
            .any(|device| !device.starts_with("PJSIP/"))
}

impl Shown {
    /// Takes in what the desk tells; a gap in the numbers would be a broken promise.
    pub(crate) fn fold(&mut self, message: FeedMessage) {
        match message {
            FeedMessage::Snapshot { rev, tiles, .. } => {
                self.rev = rev;
                self.tiles = tiles
                    .into_iter()
                    .map(|tile| (id(&tile).clone(), tile))
                    .collect();
            }
            FeedMessage::Batch { rev, deltas, .. } => {
                assert_eq!(rev, self.rev + 1, "a batch is missing");
                self.rev = rev;
                deltas.into_iter().for_each(|delta| self.change(delta));
            }
        }
    }

    fn change(&mut self, delta: Delta<Tile>) {
        match delta {
            Delta::Upsert { value } => drop(self.tiles.insert(id(&value).clone(), value)),
            Delta::Remove { id, .. } => drop(self.tiles.remove(&id)),
        }
    }

    pub(crate) fn tiles(&self) -> impl Iterator<Item = &Tile> {
        self.tiles.values()
    }

    fn things(&self) -> impl Iterator<Item = &Thing> {
        self.tiles.values().filter_map(|tile| match tile {
            Tile::Board(thing) => Some(thing),
            Tile::Desk(_) => None,
        })
    }

    pub(crate) fn calls(&self) -> impl Iterator<Item = &CallView> {
        self.things().filter_map(|thing| {
            if let Thing::Call(call) = thing {
                Some(call)
            } else {
                None
            }
        })
    }

    pub(crate) fn extensions(&self) -> impl Iterator<Item = &ExtensionView> {
        self.things().filter_map(|thing| {
            if let Thing::Extension(extension) = thing {
                Some(extension)
            } else {
                None
            }
        })
    }

    pub(crate) fn queues(&self) -> impl Iterator<Item = &QueueView> {
        self.things().filter_map(|thing| {
            if let Thing::Queue(queue) = thing {
                Some(queue)
            } else {
                None
            }
        })
    }

    pub(crate) fn parked(&self) -> impl Iterator<Item = &ParkedView> {
        self.things().filter_map(|thing| {
            if let Thing::Parked(parked) = thing {
                Some(parked)
            } else {
                None
            }
        })
    }

    pub(crate) fn conferences(&self) -> impl Iterator<Item = &ConferenceView> {
        self.things().filter_map(|thing| {
            if let Thing::Conference(room) = thing {
                Some(room)
            } else {
                None
            }
        })
    }

    /// The call in that phase between exactly these endpoints.
    pub(crate) fn call(&self, phase: CallPhase, wanted: &[&str]) -> Option<&CallView> {
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        self.calls()
            .find(|call| call.phase == phase && ends(call) == wanted)
    }

    /// The state of a phone of the lab.
    pub(crate) fn state(&self, number: &str) -> Option<ExtensionState> {
        self.extensions()
            .find(|extension| extension.number == number)
            .map(|extension| extension.state)
    }

    pub(crate) fn pbx(&self) -> Option<&PbxView> {
        self.tiles.values().find_map(|tile| match tile {
            Tile::Desk(DeskThing::Pbx(pbx)) => Some(pbx),
            Tile::Desk(_) | Tile::Board(_) => None,
        })
    }

    pub(crate) fn status(&self) -> Option<&Status> {
        self.pbx().map(|pbx| &pbx.status)
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = &OperationView> {
        self.tiles.values().filter_map(|tile| match tile {
            Tile::Desk(DeskThing::Operation(view)) => Some(view),
            Tile::Desk(_) | Tile::Board(_) => None,
        })
    }

    pub(crate) fn consultation(&self) -> Option<&ConsultationView> {
        self.tiles.values().find_map(|tile| match tile {
            Tile::Desk(DeskThing::Consultation(view)) => Some(view),
            Tile::Desk(_) | Tile::Board(_) => None,
        })
    }

    pub(crate) fn operation(&self, id: OperationId) -> Option<&OperationView> {
        self.operations().find(|view| view.operation == id)
    }

    /// The board as JSON by id, without what must differ between one who followed and one who came later: times, and how it is known.
    pub(crate) fn timeless(&self) -> BTreeMap<String, Value> {
        let plain = |thing: &Thing| {
            let mut value = serde_json::to_value(thing).expect("a thing is JSON");
            strip(&mut value, &["since", "started", "until", "inferred"]);
            (thing.id().to_string(), value)
        };
        self.things().map(plain).collect()
    }
}

/// The board with every channel and call named by its phones only, so that two PBXs can be compared.
pub(crate) fn nameless(shown: &Shown) -> BTreeSet<String> {
    let mut names: Vec<(String, String)> = Vec::new();
    for call in shown.calls() {
        names.push((
            format!("call:{}", call.id.key),
            format!("call:{}", ends(call).join("+")),
        ));
        for leg in &call.legs {
            let device = leg
                .channel
                .rsplit_once('-')
                .map_or(leg.channel.as_str(), |(device, _)| device);
            names.push((leg.channel.clone(), device.to_owned()));
            names.push((leg.id.key.clone(), endpoint(leg).to_owned()));
        }
    }
    let mask = |(id, thing): (String, Value)| {
        let id = id.replacen(":lab:", ":", 1);
        let text = format!("{id} {}", thing.to_string().replace(":lab:", ":"));
        names
            .iter()
            .fold(text, |text, (name, mask)| text.replace(name, mask))
    };
    let mut things = shown.timeless();
    // The practice PBX has no agent pool, and nobody listens there to hear music.
    things.retain(|_, thing| !["agent", "ended"].contains(&thing["kind"].as_str().unwrap_or("")));
    things.into_iter().map(mask).collect()
}

/// Takes these keys out of a JSON value, at any depth.
pub(crate) fn strip(value: &mut Value, keys: &[&str]) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !keys.contains(&key.as_str()));
            map.values_mut().for_each(|inner| strip(inner, keys));
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| strip(inner, keys)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn id(tile: &Tile) -> &Ref {
    match tile {
        Tile::Board(thing) => thing.id(),
        Tile::Desk(thing) => thing.id(),
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {:?}", self.status())?;
        for call in self.calls() {
            let legs: Vec<_> = call
                .legs
                .iter()
                .map(|leg| format!("{} {:?}", leg.channel, leg.state))
                .collect();
            writeln!(f, "  call {:?}: {}", call.phase, legs.join(", "))?;
        }
        let quiet = [ExtensionState::Idle, ExtensionState::Offline];
        for extension in self
            .extensions()
            .filter(|extension| !quiet.contains(&extension.state))
        {
            writeln!(f, "  {} {:?}", extension.number, extension.state)?;
        }
        for view in self.operations() {
            writeln!(
                f,
                "  {:?}: {:?} {:?} {:?}",
                view.verb, view.step, view.outcome, view.after
            )?;
        }
        Ok(())
    }
}
