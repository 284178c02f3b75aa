//! Recalls: after an attended transfer to somebody who never answers, Asterisk calls the transferrer back.
//!
//! Nothing in the call back names the one who waits: it is dialled by nobody, on a linkedid of its own. That the transfer was seen, whose
//! phone is rung and whose number is on its display tells them together (transcript `keys-blonde-recall`).

use std::collections::BTreeMap;

use ami::ChannelSnapshot;

use crate::board::Board;

/// Who waits for a transfer to be answered, by the transferrer's device.
#[derive(Debug, Default)]
pub(crate) struct Recalls(BTreeMap<String, String>);

impl Board {
    /// A transfer was left to itself.
    pub(crate) fn expect_recall(&mut self, transferrer: &ChannelSnapshot<'_>, waiting: &str) {
        let transferrer = self.channels.get(&transferrer.uniqueid);
        if let Some(device) = transferrer.map(|channel| channel.device().to_owned())
            && self.channels.contains_key(waiting)
        {
            self.recalls.0.insert(device, waiting.to_owned());
        }
    }

    /// The one who waits, alone in a bridge, while this channel is rung by nobody.
    pub(crate) fn recall_for(&self, rung: &ChannelSnapshot<'_>) -> Option<String> {
        let device = self.channels.get(&rung.uniqueid)?.device();
        let id = self.recalls.0.get(device)?;
        let waiting = self.channels.get(id)?;
        let display = rung.connected_number.as_deref();
        let shown = display.is_some() && display == waiting.number.as_deref();
        (shown && waiting.bridge.is_some() && !self.hears_somebody(id)).then(|| id.clone())
    }

    /// Somebody has come to the one who waits: there is nothing to call back for. A wire is nobody yet.
    pub(crate) fn settle_recalls(&mut self, uniqueid: &str, bridge: &str) {
        let channels = &self.channels;
        if channels.get(uniqueid).is_none_or(|one| one.is_local()) {
            return;
        }
        let waits_here = |id: &String| {
            channels
                .get(id)
                .is_some_and(|one| one.bridge_id() == Some(bridge))
        };
        self.recalls.0.retain(|_, waiting| !waits_here(waiting));
    }

    /// A channel is gone, or elsewhere, and with it the reason to call back.
    pub(crate) fn forget_recall(&mut self, uniqueid: &str) {
        self.recalls.0.retain(|_, waiting| waiting != uniqueid);
    }

    fn hears_somebody(&self, uniqueid: &str) -> bool {
        let bridge = self.channels.get(uniqueid).and_then(|one| one.bridge_id());
        let mut inside = bridge
            .into_iter()
            .flat_map(|id| self.channels.in_bridge(id));
        inside.any(|(id, _)| id != uniqueid)
    }
}
