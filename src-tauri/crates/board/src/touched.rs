//! What may look different in the next picture. Whoever changes something says so here or, for channels, need not: every way to change a
//! channel leads through [`crate::channels::Channels`]. A law compares what comes of it with a picture made from nothing.

use std::collections::BTreeSet;

/// Marks since the last picture.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Hints, or whose device is whose: everything hangs on it.
    pub(crate) owners: bool,
    /// All people's tiles.
    pub(crate) people: bool,
    /// Hints, by number and context.
    pub(crate) hints: BTreeSet<(String, String)>,
    /// Devices, by name.
    pub(crate) devices: BTreeSet<String>,
    /// Queues, by name.
    pub(crate) queues: BTreeSet<String>,
}

impl Touched {
    pub(crate) fn hint(&mut self, number: &str, context: &str) {
        self.hints.insert((number.to_owned(), context.to_owned()));
    }

    /// Most news of a device comes in swarms about the same one.
    pub(crate) fn device(&mut self, name: &str) {
        if !self.devices.contains(name) {
            self.devices.insert(name.to_owned());
        }
    }

    pub(crate) fn queue(&mut self, name: &str) {
        if !self.queues.contains(name) {
            self.queues.insert(name.to_owned());
        }
    }
}
