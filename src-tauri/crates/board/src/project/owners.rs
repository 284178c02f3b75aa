//! What follows from hints and devices alone: whose phone is whose, who is a person, which devices are lines. It changes rarely, so it
//! is worked out once and kept until it does.

use std::collections::BTreeMap;

use crate::board::Board;
use crate::id::{PbxId, Ref};

use super::trunk::is_line;

/// Whose device is whose.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    device: BTreeMap<String, Owner>,
    /// Everybody with a tile: numbers with a hint, then phones without one.
    pub(super) people: Vec<Person>,
    /// Where somebody of `people` is.
    index: BTreeMap<Ref, usize>,
    /// Whose tile the news of a device or a presentity may change.
    watchers: BTreeMap<String, Vec<usize>>,
    /// Rooms that have a hint, and its number.
    pub(super) rooms: Vec<(String, String)>,
    /// Devices that are lines to elsewhere.
    pub(super) lines: Vec<String>,
}

/// The extension a device belongs to.
#[derive(Debug)]
pub(super) struct Owner {
    /// Its tile.
    pub(super) id: Ref,
    /// Its number.
    pub(super) number: String,
    /// How many devices the hint names.
    devices: usize,
}

/// Somebody with a tile.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: Ref,
    pub(super) number: String,
    pub(super) kind: PersonKind,
}

/// How somebody is known.
#[derive(Debug)]
pub(super) enum PersonKind {
    /// By a hint in this context.
    Hinted { context: String },
    /// By a phone alone.
    Unhinted { device: String },
}

impl Owners {
    pub(super) fn of(&self, device: &str) -> Option<&Owner> {
        self.device.get(device)
    }

    /// Where this extension is among the people.
    pub(super) fn position(&self, extension: &Ref) -> Option<usize> {
        self.index.get(extension).copied()
    }

    /// The extension of somebody one reaches by dialling this number in this context. Hints are often kept in a context of their own:
    /// without one in this context it is the first with that number.
    pub(super) fn reached_by(&self, pbx: &PbxId, number: &str, context: &str) -> Option<&Ref> {
        let own = Ref::extension(pbx, number, context);
        if let Some((own, _)) = self.index.get_key_value(&own) {
            return Some(own);
        }
        let (first, _) = self.numbered(pbx, number).next()?;
        Some(first)
    }

    /// Whose tiles show this device, or presentity.
    pub(super) fn watching(&self, name: &str) -> &[usize] {
        self.watchers.get(name).map_or(&[], Vec::as_slice)
    }

    /// Everybody with this number, in whatever context.
    pub(super) fn numbered(
        &self,
        pbx: &PbxId,
        number: &str,
    ) -> impl Iterator<Item = (&Ref, usize)> {
        let first = Ref::extension(pbx, number, "");
        let from = self.index.range(first.clone()..);
        let same = from.take_while(move |(id, _)| {
            id.kind == first.kind && id.pbx == first.pbx && id.key.starts_with(&first.key)
        });
        same.map(|(id, at)| (id, *at))
    }

    fn add_person<'w>(&mut self, person: Person, watched: impl IntoIterator<Item = &'w str>) {
        let at = self.people.len();
        self.index.insert(person.id.clone(), at);
        for name in watched {
            self.watchers.entry(name.to_owned()).or_default().push(at);
        }
        self.people.push(person);
    }
}

impl Board {
    /// A device belongs to the extension with the fewest devices that names it: a ring group's hint covers other people's phones.
    pub(super) fn owners(&self) -> Owners {
        let mut owners = Owners::default();
        self.own_by_hint(&mut owners);
        self.own_without_hint(&mut owners);
        self.find_lines(&mut owners);
        owners
    }

    /// Devices that are lines to elsewhere, where it is known whose the others are.
    pub(super) fn find_lines(&self, owners: &mut Owners) {
        let devices = self.devices.iter();
        let lines = devices.filter(|(name, device)| is_line(name, device, owners));
        owners.lines = lines.map(|(name, _)| name.clone()).collect();
    }

    fn own_by_hint(&self, owners: &mut Owners) {
        for (number, context, hint) in self.hints() {
            let id = Ref::extension(&self.pbx, number, context);
            let devices = hint.devices.len();
            for name in &hint.devices {
                let fewer = |known: &Owner| devices < known.devices;
                if owners.device.get(name).is_none_or(fewer) {
                    let (id, number) = (id.clone(), number.to_owned());
                    let owner = Owner {
                        id,
                        number,
                        devices,
                    };
                    owners.device.insert(name.clone(), owner);
                }
            }
            if let Some(room) = hint.room() {
                owners.rooms.push((room.to_owned(), number.to_owned()));
            }
            if hint.is_person() {
                let kind = PersonKind::Hinted {
                    context: context.to_owned(),
                };
                let number = number.to_owned();
                let devices = hint.devices.iter().map(String::as_str);
                let watched = devices.chain(hint.presentity());
                owners.add_person(Person { id, number, kind }, watched);
            }
        }
    }

    fn own_without_hint(&self, owners: &mut Owners) {
        for (name, _) in self.devices.iter().filter(|(_, known)| known.endpoint) {
            let Some(number) = own_number(name).filter(|_| !owners.device.contains_key(name))
            else {
                continue;
            };
            let id = Ref::extension(&self.pbx, number, &self.place.context);
            let owner = Owner {
                id: id.clone(),
                number: number.to_owned(),
                devices: 1,
            };
            owners.device.insert(name.clone(), owner);
            let kind = PersonKind::Unhinted {
                device: name.clone(),
            };
            let number = number.to_owned();
            owners.add_person(Person { id, number, kind }, [name.as_str()]);
        }
    }
}

/// Endpoints named by a number are phones, shown even without a hint; but never as free unless their device state says so.
pub(super) fn own_number(device: &str) -> Option<&str> {
    let (_, number) = device.split_once('/')?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(number)
}
