//! What may look different in the next picture. Whoever changes something says so here or, for channels, need not: every way to change a
//! channel leads through [`crate::channels::Channels`]. A law compares what comes of it with a picture made from nothing.

use std::collections::BTreeSet;
use std::mem::replace;

use crate::board::Board;
use crate::device::Device;
use crate::extension::Extension;

/// Marks since the last picture. What is marked here knows it, so that nothing is named twice.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Hints, or whose device is whose: everything hangs on it.
    pub(crate) owners: bool,
    /// Which devices are lines to elsewhere.
    pub(crate) lines: bool,
    /// All people's tiles.
    pub(crate) people: bool,
    /// Hints, by number and context.
    pub(crate) hints: Vec<(String, String)>,
    /// Devices, by name.
    pub(crate) devices: Vec<String>,
    /// Numbers whose mailbox has changed.
    pub(crate) numbers: BTreeSet<String>,
    /// Presentities, by name.
    pub(crate) presentities: BTreeSet<String>,
    /// Queues, by name.
    pub(crate) queues: BTreeSet<String>,
}

impl Touched {
    pub(crate) fn hint(&mut self, number: &str, context: &str, hint: &mut Extension) {
        if !replace(&mut hint.touched, true) {
            self.hints.push((number.to_owned(), context.to_owned()));
        }
    }

    /// Most news of a device comes in swarms about the same one.
    pub(crate) fn device(&mut self, name: &str, device: &mut Device) {
        if !replace(&mut device.touched, true) {
            self.devices.push(name.to_owned());
        }
    }

    pub(crate) fn queue(&mut self, name: &str) {
        if !self.queues.contains(name) {
            self.queues.insert(name.to_owned());
        }
    }
}

impl Board {
    /// The marks since the last time. From now on there are none.
    pub(crate) fn take_marks(&mut self) -> Touched {
        let touched = std::mem::take(&mut self.touched);
        for name in &touched.devices {
            if let Some(device) = self.devices.get_mut(name) {
                device.touched = false;
            }
        }
        for (number, context) in &touched.hints {
            let contexts = self.extensions.get_mut(number);
            if let Some(hint) = contexts.and_then(|contexts| contexts.get_mut(context)) {
                hint.touched = false;
            }
        }
        touched
    }
}
