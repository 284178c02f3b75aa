//! The board to the picture: one projection for everything the operator sees.

mod call;
mod ended;
mod extension;
mod place;
mod queue;
mod trunk;

use std::collections::BTreeMap;

use ami::event::DialStatus;

use crate::board::Board;
use crate::feed::Picture;
use crate::id::{PbxId, Ref, RefKind};
use crate::view::{CallPhase, CallView, ExtensionState, LegState, LegView, Thing};

/// Whose device is whose.
struct Owners<'b> {
    device: BTreeMap<&'b str, Owner<'b>>,
    /// Devices without a hint, and their numbers.
    unhinted: Vec<(&'b str, &'b str)>,
}

/// The calls each extension takes part in.
type Busy<'c> = BTreeMap<&'c Ref, Vec<Ref>>;

/// What the phones of an extension do by their calls.
type Doing<'c> = BTreeMap<&'c Ref, ExtensionState>;

/// The extension a device belongs to.
#[derive(Clone, Copy)]
struct Owner<'b> {
    number: &'b str,
    context: &'b str,
    /// How many devices the hint names.
    devices: usize,
}

impl Owner<'_> {
    fn id(&self, pbx: &PbxId) -> Ref {
        Ref::extension(pbx, self.number, self.context)
    }
}

impl<'b> Owners<'b> {
    fn of(&self, device: &str) -> Option<&Owner<'b>> {
        self.device.get(device)
    }
}

impl Board {
    /// Everything the operator sees of this PBX.
    #[must_use]
    pub fn picture(&self) -> Picture<Thing> {
        let owners = self.owners();
        let found = self.calls();
        let calls: Vec<_> = found
            .iter()
            .map(|call| self.call_view(call, &owners))
            .collect();
        let busy = busy(&calls);
        let doing = doing(&calls);
        let mut things = Vec::new();
        self.extension_views(&busy, &doing, &owners, &mut things);
        let parked = self.parked.iter();
        things.extend(
            parked.map(|(id, parked)| Thing::Parked(self.parked_view(id, parked, &found, &owners))),
        );
        let queues = self.queues.iter();
        things.extend(queues.map(|(name, queue)| {
            Thing::Queue(self.queue_view(name, queue, (&busy, &doing), &owners))
        }));
        things.extend(self.conference_views().into_iter().map(Thing::Conference));
        things.extend(self.trunk_views(&calls, &owners).map(Thing::Trunk));
        things.extend(self.agent_views().map(Thing::Agent));
        things.extend(self.ended_views(&owners).map(Thing::Ended));
        things.extend(calls.into_iter().map(Thing::Call));
        things
            .into_iter()
            .map(|thing| (thing.id().clone(), thing))
            .collect()
    }

    /// A channel's place in the picture.
    #[must_use]
    pub fn leg(&self, uniqueid: &str) -> Ref {
        Ref::new(RefKind::Leg, &self.pbx, uniqueid)
    }

    /// A device belongs to the extension with the fewest devices that names it: a ring group's hint covers other people's phones.
    fn owners(&self) -> Owners<'_> {
        let mut device: BTreeMap<&str, Owner<'_>> = BTreeMap::new();
        for (number, context, hint) in self.hints() {
            for name in &hint.devices {
                let devices = hint.devices.len();
                if device
                    .get(name.as_str())
                    .is_none_or(|known| devices < known.devices)
                {
                    let owner = Owner {
                        number,
                        context,
                        devices,
                    };
                    device.insert(name, owner);
                }
            }
        }
        let phones = self.devices.iter().filter(|(_, known)| known.endpoint);
        let unhinted: Vec<_> = phones
            .filter(|(name, _)| !device.contains_key(name.as_str()))
            .filter_map(|(name, _)| Some((name.as_str(), own_number(name)?)))
            .collect();
        for (name, number) in &unhinted {
            let owner = Owner {
                number,
                context: &self.place.context,
                devices: 1,
            };
            device.insert(name, owner);
        }
        Owners { device, unhinted }
    }

    /// Whether a leg of `gone` is in `other` now: the call it has merged into.
    #[must_use]
    pub fn shares_a_leg(gone: &Thing, other: &Thing) -> bool {
        let (Thing::Call(gone), Thing::Call(other)) = (gone, other) else {
            return false;
        };
        other
            .legs
            .iter()
            .any(|leg| gone.legs.iter().any(|old| old.id == leg.id))
    }

    /// How many calls there are.
    #[must_use]
    pub fn call_count(&self) -> usize {
        self.calls().len()
    }

    /// Is this dial still open, and alerting?
    #[must_use]
    pub fn is_ringing(&self, dest: &str) -> bool {
        self.dials
            .to(dest)
            .is_some_and(|dial| dial.status == DialStatus::Ringing)
    }
}

fn busy(calls: &[CallView]) -> Busy<'_> {
    let mut busy = Busy::new();
    for call in calls {
        for extension in call.legs.iter().filter_map(|leg| leg.extension.as_ref()) {
            let calls = busy.entry(extension).or_default();
            if calls.last() != Some(&call.id) {
                calls.push(call.id.clone());
            }
        }
    }
    busy
}

/// An account may be kept from device states, and they travel apart from the calls: a phone whose call is on the board is never
/// shown as free, or absent.
fn seen(said: ExtensionState, doing: Option<&ExtensionState>) -> ExtensionState {
    let rests = matches!(
        said,
        ExtensionState::Unknown | ExtensionState::Offline | ExtensionState::Idle
    );
    doing.copied().filter(|_| rests).unwrap_or(said)
}

fn doing(calls: &[CallView]) -> Doing<'_> {
    let mut doing = Doing::new();
    for call in calls {
        for leg in &call.legs {
            if let (Some(extension), Some(state)) = (&leg.extension, doing_in(call, leg)) {
                let known = doing.entry(extension).or_insert(state);
                if *known != state {
                    *known = ExtensionState::InUseRinging;
                }
            }
        }
    }
    doing
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

/// Endpoints named by a number are phones, shown even without a hint; but never as free unless their device state says so.
fn own_number(device: &str) -> Option<&str> {
    let (_, number) = device.split_once('/')?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(number)
}
