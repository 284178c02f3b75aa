//! The order in which a PBX's words arrive. Asterisk keeps it within one path only (ami.md section 5): what its message router tells may
//! lag behind an answer, and rooms, parking, registrations, hints and originate's result go ways of their own.

use std::collections::VecDeque;

use rand::Rng;
use rand::rngs::StdRng;

/// A path of Asterisk's: first in, first out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lane {
    /// Channels, bridges, dials, queues: the router.
    Router,
    Rooms,
    Parking,
    Registrations,
    Hints,
    Originate,
}

const LANES: [Lane; 6] = [
    Lane::Router,
    Lane::Rooms,
    Lane::Parking,
    Lane::Registrations,
    Lane::Hints,
    Lane::Originate,
];

/// Frames on their way to one client.
#[derive(Debug)]
pub(crate) struct Lanes {
    /// Bytes of a frame that is not whole yet.
    rest: Vec<u8>,
    waiting: [VecDeque<(u64, Vec<u8>)>; LANES.len()],
    /// The longest lag of a path, in milliseconds.
    lag: u64,
    greeted: bool,
}

impl Lanes {
    pub(crate) fn new(lag: u64) -> Self {
        Self {
            rest: Vec::new(),
            waiting: Default::default(),
            lag,
            greeted: false,
        }
    }

    /// Takes what the PBX says, and gives back what may not wait: an answer is as new as the moment it is made, and nothing that
    /// happens later arrives before it.
    pub(crate) fn take(&mut self, bytes: &[u8], now: u64, chance: &mut StdRng) -> Vec<u8> {
        self.rest.extend_from_slice(bytes);
        let mut at_once = Vec::new();
        while let Some(frame) = self.next_frame() {
            match lane(&frame) {
                Some(lane) if self.lag > 0 => {
                    let queue = &mut self.waiting[lane as usize];
                    let due = now + chance.random_range(0..=self.lag);
                    let due = queue.back().map_or(due, |(last, _)| due.max(*last));
                    queue.push_back((due, frame));
                }
                Some(_) | None => at_once.extend(frame),
            }
        }
        at_once
    }

    fn next_frame(&mut self) -> Option<Vec<u8>> {
        let mark: &[u8] = if self.greeted { b"\r\n\r\n" } else { b"\r\n" };
        let end = self
            .rest
            .windows(mark.len())
            .position(|window| window == mark)?;
        self.greeted = true;
        let tail = self.rest.split_off(end + mark.len());
        Some(std::mem::replace(&mut self.rest, tail))
    }

    /// What has waited long enough.
    pub(crate) fn due(&mut self, now: u64) -> Vec<u8> {
        let mut out = Vec::new();
        for queue in &mut self.waiting {
            while queue.front().is_some_and(|(due, _)| *due <= now) {
                out.extend(
                    queue
                        .pop_front()
                        .map(|(_, frame)| frame)
                        .unwrap_or_default(),
                );
            }
        }
        out
    }

    /// When something is due next.
    pub(crate) fn next(&self) -> Option<u64> {
        let fronts = self.waiting.iter().filter_map(VecDeque::front);
        fronts.map(|(due, _)| *due).min()
    }
}

/// None: an answer, or an item of a list.
fn lane(frame: &[u8]) -> Option<Lane> {
    let text = String::from_utf8_lossy(frame);
    let name = text.lines().find_map(|line| line.strip_prefix("Event: "))?;
    if name == "OriginateResponse" {
        return Some(Lane::Originate);
    }
    if text.lines().any(|line| line.starts_with("ActionID: ")) {
        return None;
    }
    Some(match name {
        "ExtensionStatus" | "PresenceStatus" => Lane::Hints,
        "PeerStatus" | "ContactStatus" => Lane::Registrations,
        name if name.starts_with("Confbridge") => Lane::Rooms,
        name if name.starts_with("Parked") || name.starts_with("UnParked") => Lane::Parking,
        _ => Lane::Router,
    })
}
