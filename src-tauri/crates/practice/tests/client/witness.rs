//! Follows the events as a board does.

use std::collections::{BTreeMap, BTreeSet};

use ami::Frame;

/// Follows the events as a board does, and complains.
#[derive(Default)]
pub(crate) struct Witness {
    pub(crate) live: BTreeSet<String>,
    pub(crate) bridges: BTreeMap<String, (String, BTreeSet<String>)>,
    pub(crate) waiting: BTreeSet<String>,
    pub(crate) ended: usize,
}

impl Witness {
    pub(crate) fn see(&mut self, frame: &Frame) {
        let text = |name: &str| {
            frame
                .get(name)
                .map(|value| value.text().into_owned())
                .unwrap_or_default()
        };
        let is_item = frame.get("ActionID").is_some();
        let Some(event) = frame
            .event()
            .map(|event| event.into_owned())
            .filter(|_| !is_item)
        else {
            return;
        };
        let (channel, bridge) = (text("Channel"), text("BridgeUniqueid"));
        if event == "Newchannel" {
            assert!(self.live.insert(channel.clone()), "{channel} twice");
        }
        for (name, value) in frame.pairs() {
            let name = String::from_utf8_lossy(name);
            let value = value.text().into_owned();
            assert!(
                !name.ends_with("Channel") || self.live.contains(&value),
                "{event} names {value}: {name}"
            );
        }
        let family = ["Bridge", "Queue", "MusicOnHold", "Hang", "New"]
            .iter()
            .any(|start| event.starts_with(start));
        let of_a_channel = family
            && !event.starts_with("QueueMember")
            && !["BridgeCreate", "BridgeDestroy"].contains(&event.as_str());
        assert!(
            !of_a_channel || !channel.is_empty(),
            "{event} without a channel"
        );
        match event.as_str() {
            "Hangup" => {
                self.ended += 1;
                self.live.remove(&channel);
                let inside = self
                    .bridges
                    .values()
                    .find(|(_, members)| members.contains(&channel));
                assert!(
                    inside.is_none() && !self.waiting.contains(&channel),
                    "{channel} is gone but still somewhere"
                );
            }
            "BridgeCreate" => drop(
                self.bridges
                    .insert(bridge, (text("BridgeType"), BTreeSet::new())),
            ),
            "BridgeEnter" => {
                let elsewhere = self
                    .bridges
                    .values()
                    .any(|(_, members)| members.contains(&channel));
                assert!(!elsewhere, "{channel} enters a second bridge");
                // Pulled out of a queue by Bridge or Park: no QueueCallerLeave says so.
                self.waiting.remove(&channel);
                self.bridges
                    .get_mut(&bridge)
                    .expect("a bridge")
                    .1
                    .insert(channel);
            }
            "BridgeLeave" => assert!(
                self.bridges
                    .get_mut(&bridge)
                    .expect("a bridge")
                    .1
                    .remove(&channel),
                "{channel} was not in"
            ),
            "BridgeDestroy" => assert!(
                self.bridges.remove(&bridge).expect("a bridge").1.is_empty(),
                "somebody is left in it"
            ),
            "QueueCallerJoin" => assert!(self.waiting.insert(channel)),
            "QueueCallerLeave" => assert!(self.waiting.remove(&channel)),
            _ => {}
        }
    }
}
