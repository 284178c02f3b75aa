//! Parking spaces, as the operator sees them: who waits, and whom they come back to, where either may be at the far end of a wire.

use crate::board::Board;
use crate::channel::device_of;
use crate::device::Device;
use crate::id::{Ref, RefKind};
use crate::parking::Parked;
use crate::view::ParkedView;

use super::Owners;

/// Whom a parked caller comes back to.
#[derive(Debug, Default)]
struct Parker {
    extension: Option<Ref>,
    device: Option<String>,
}

impl Board {
    /// Name and number of who is there. A Local half is only a wire, and goes on showing the person who laid it: parked by a
    /// consultation, it would be the parker (transcript `park-by-consultation`).
    pub(super) fn person_at(&self, uniqueid: &str) -> (Option<String>, Option<String>) {
        let person = self.at_the_far_end(uniqueid).unwrap_or(uniqueid);
        let Some(channel) = self.channels.get(person) else {
            return (None, None);
        };
        let device = self.devices.get(channel.device());
        let owner = device.and_then(Device::owner);
        (
            owner.or(channel.person.as_ref()).cloned(),
            channel.number.clone(),
        )
    }

    /// Whoever talks into the other end of a wire, through a few wires at most; nobody, if that is not one person.
    fn at_the_far_end<'b>(&'b self, uniqueid: &'b str) -> Option<&'b str> {
        const MOST_WIRES: usize = 8;
        let mut at = uniqueid;
        for _ in 0..MOST_WIRES {
            let channel = self.channels.get(at)?;
            if !channel.is_local() {
                return Some(at);
            }
            let half = channel.half.as_deref()?;
            let bridge = self.channels.get(half)?.bridge_id()?;
            let inside = self.channels.in_bridge(bridge);
            let mut others = inside.filter(|(id, _)| *id != half);
            let (other, _) = others.next()?;
            if others.next().is_some() {
                return None;
            }
            at = other;
        }
        None
    }

    pub(super) fn parked_view(
        &self,
        uniqueid: &str,
        parked: &Parked,
        owners: &Owners,
    ) -> ParkedView {
        let device = parked.parker.as_deref();
        let parker = device.map_or_else(Parker::default, |device| self.parker(device, owners));
        let (name, number) = self.person_at(uniqueid);
        let person = self.at_the_far_end(uniqueid).unwrap_or(uniqueid);
        ParkedView {
            id: Ref::new(RefKind::Parked, &self.pbx, uniqueid),
            leg: self.leg(person),
            lot: parked.lot.clone(),
            space: parked.space.clone(),
            since: parked.since,
            until: parked.until,
            name,
            number,
            parker: parker.extension,
            parker_device: parker.device,
        }
    }

    /// Asterisk makes the dial string of the parker's channel: of a wire's it dials the wire's number anew, in its context.
    fn parker(&self, device: &str, owners: &Owners) -> Parker {
        if let Some(person) = self.behind_wire(device) {
            return Parker {
                extension: owners.of(person).map(|owner| owner.id.clone()),
                device: Some(person.to_owned()),
            };
        }
        let Some((number, context)) = dialled_by_wire(device) else {
            return Parker {
                extension: owners.of(device).map(|owner| owner.id.clone()),
                device: Some(device.to_owned()),
            };
        };
        Parker {
            extension: owners.reached_by(&self.pbx, number, context).cloned(),
            device: Some(number.to_owned()),
        }
    }

    /// The device of who talks through this very wire, where the whole name of one of its halves is told.
    fn behind_wire(&self, name: &str) -> Option<&str> {
        if !name.contains(';') {
            return None;
        }
        let (half, _) = self
            .channels
            .of_device(device_of(name))
            .find(|(_, known)| known.name == name)?;
        let person = self.at_the_far_end(half)?;
        Some(self.channels.get(person)?.device())
    }
}

/// `Local/104@internal/n`, also with what tells one such wire from another behind it: the number, and the context it is dialled in.
fn dialled_by_wire(device: &str) -> Option<(&str, &str)> {
    let (number, rest) = device.strip_prefix("Local/")?.split_once('@')?;
    let rest = match rest.split_once(';') {
        Some((one, _)) => one.rsplit_once('-').map_or(one, |(context, _)| context),
        None => rest,
    };
    let context = rest.split('/').next()?;
    (!number.is_empty()).then_some((number, context))
}

#[cfg(test)]
mod tests {
    use super::dialled_by_wire;

    #[test]
    fn a_wire_names_the_number_it_dials_and_the_context() {
        let expected = [
            ("Local/104@internal", Some(("104", "internal"))),
            ("Local/104@internal/n", Some(("104", "internal"))),
            ("Local/104@from-internal", Some(("104", "from-internal"))),
            (
                "Local/104@from-internal-0000002a;1",
                Some(("104", "from-internal")),
            ),
            ("Local/@internal", None),
            ("Local/104", None),
            ("PJSIP/104", None),
        ];
        for (device, wire) in expected {
            assert_eq!(dialled_by_wire(device), wire, "{device}");
        }
    }
}
