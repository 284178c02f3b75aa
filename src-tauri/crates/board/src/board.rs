//! The truth as we know it: events in, state changed. `apply` never fails; oddities are counted.

use std::collections::{BTreeMap, BTreeSet};

use ami::Event;

use crate::agent::Agent;
use crate::anomaly::Anomalies;
use crate::bridge::Bridge;
use crate::channel::Channel;
use crate::channels::Channels;
use crate::conference::Conference;
use crate::device::{Device, Registrations};
use crate::dial::Dials;
use crate::ended::Endings;
use crate::extension::Extensions;
use crate::id::PbxId;
use crate::optimisation::Optimisations;
use crate::parking::{Parked, Spaces};
use crate::presence::{Mailboxes, Presences};
use crate::project::Shown;
use crate::queue::Queue;
use crate::recall::Recalls;
use crate::supervision::RecordingsBefore;
use crate::tombstone::Tombstones;
use crate::touched::Touched;
use crate::view::Millis;

/// What the operator's profile says about this PBX; nothing Asterisk could tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The operator's own number.
    pub me: Option<String>,
    /// The context calls are dialled in.
    pub context: String,
    /// Numbers that lead into conference rooms.
    pub conferences: Vec<String>,
    /// The context of voicemail.conf with everybody's boxes; absent: `default`.
    pub voicemail: Option<String>,
}

impl Place {
    /// The context in which a number has its voicemail box.
    #[must_use]
    pub fn mailboxes(&self) -> &str {
        self.voicemail.as_deref().unwrap_or("default")
    }
}

/// One PBX during one login.
#[derive(Debug)]
pub struct Board {
    pub(crate) pbx: PbxId,
    pub(crate) place: Place,
    pub(crate) channels: Channels,
    pub(crate) bridges: BTreeMap<String, Bridge>,
    pub(crate) dials: Dials,
    pub(crate) extensions: Extensions,
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) parked: BTreeMap<String, Parked>,
    /// The lots, by name.
    pub(crate) lots: BTreeMap<String, Spaces>,
    pub(crate) queues: BTreeMap<String, Queue>,
    pub(crate) conferences: BTreeMap<String, Conference>,
    /// What the login before knew of recordings, until the channels are listed.
    pub(crate) were_recorded: RecordingsBefore,
    pub(crate) agents: BTreeMap<String, Agent>,
    pub(crate) registrations: Registrations,
    pub(crate) presences: Presences,
    pub(crate) mailboxes: Mailboxes,
    pub(crate) endings: Endings,
    /// Channels that listen in on another.
    pub(crate) spyers: BTreeSet<String>,
    /// Local pairs that take themselves out of their call just now.
    pub(crate) optimisations: Optimisations,
    /// Who waits for a transfer to be answered.
    pub(crate) recalls: Recalls,
    /// Local halves that wait for their other half, by what both names share.
    pub(crate) halves: BTreeMap<String, String>,
    pub(crate) tombstones: Tombstones,
    pub(crate) touched: Touched,
    pub(crate) shown: Shown,
    pub(crate) anomalies: Anomalies,
}

impl Board {
    /// An empty board: one for each login.
    #[must_use]
    pub fn new(pbx: PbxId, place: Place) -> Self {
        Self {
            pbx,
            place,
            channels: Channels::default(),
            bridges: BTreeMap::new(),
            dials: Dials::default(),
            extensions: BTreeMap::new(),
            devices: BTreeMap::new(),
            parked: BTreeMap::new(),
            lots: BTreeMap::new(),
            queues: BTreeMap::new(),
            conferences: BTreeMap::new(),
            were_recorded: RecordingsBefore::new(),
            agents: BTreeMap::new(),
            registrations: Registrations::new(),
            presences: Presences::new(),
            mailboxes: Mailboxes::new(),
            endings: Endings::default(),
            spyers: BTreeSet::new(),
            optimisations: Optimisations::default(),
            recalls: Recalls::default(),
            halves: BTreeMap::new(),
            tombstones: Tombstones::default(),
            touched: Touched::default(),
            shown: Shown::default(),
            anomalies: Anomalies::default(),
        }
    }

    /// A live event.
    pub fn apply(&mut self, event: &Event<'_>, now: Millis) {
        self.take(event, false, now);
    }

    /// An item of a list we asked for.
    pub fn apply_item(&mut self, event: &Event<'_>, now: Millis) {
        self.take(event, true, now);
    }

    /// A channel, if it exists.
    #[must_use]
    pub fn channel(&self, uniqueid: &str) -> Option<&Channel> {
        self.channels.get(uniqueid)
    }

    /// How many channels exist.
    #[must_use]
    pub fn channel_count(&self) -> usize {
        self.channels.len()
    }

    /// The PBX it shows.
    #[must_use]
    pub fn pbx(&self) -> &PbxId {
        &self.pbx
    }

    /// What the profile says about this PBX.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// All channels, by Uniqueid.
    pub fn channels(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels
            .iter()
            .map(|(id, channel)| (id.as_str(), channel))
    }

    /// How much it remembers about calls: channels, bridges, dials, parked calls, callers in line, rooms. Nothing, when nobody
    /// calls; the bridge of a parking lot stays for the next one and does not count, nor do the few calls that ended last.
    #[must_use]
    pub fn kept(&self) -> usize {
        let waiting: usize = self.queues.values().map(|queue| queue.callers.len()).sum();
        let places = self.parked.len() + waiting + self.conferences.len();
        let wires = self.dials.iter().count() + self.halves.len() + self.optimisations.len();
        let bridges = self.bridges.values().filter(|bridge| !bridge.holding);
        self.channels.len() + bridges.count() + wires + places
    }

    /// What was odd so far.
    #[must_use]
    pub fn anomalies(&self) -> &Anomalies {
        &self.anomalies
    }
}
