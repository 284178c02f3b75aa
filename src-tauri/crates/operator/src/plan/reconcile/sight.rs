//! One look at one leg: is it where it was sent, where it was before, or neither?

use std::collections::BTreeSet;

use ami::ChannelState;
use ami::event::DialStatus;
use board::{Board, Channel, Ref, RefKind};
use serde::{Deserialize, Serialize};

use crate::goal::Goal;
use crate::outcome::Evidence;
use crate::plan::Proof;

/// What one leg was to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "expected", rename_all = "camelCase")]
pub(super) enum Expected {
    /// It is at the goal.
    Sent {
        leg: String,
        to: Destination,
        before: Before,
    },
    /// It is gone.
    Ended { leg: String },
    /// It exists, and goes to the goal once it has answered.
    Begun { channel: String, to: Destination },
    /// It exists, and listens in on a leg once it has answered.
    Listens { channel: String, on: String },
    /// The board says that it is so.
    Proven {
        proof: Proof,
        before: bool,
        /// Where its legs stood: a move before this one may have taken them elsewhere.
        #[serde(default)]
        stood: Vec<(String, Before)>,
    },
}

/// A goal, as far as a journal needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Destination {
    target: Ref,
    number: String,
    phones: Vec<String>,
}

/// Where a leg stood before: being there still proves nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Before {
    bridge: Option<String>,
    exten: Option<String>,
    dials: BTreeSet<String>,
    queued: bool,
    parked: bool,
}

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// It is where it was to go.
    There(Evidence),
    /// The new channel exists, and no more can be said.
    Begun,
    /// It is where it was.
    AsBefore,
    /// A leg that was there before is gone.
    Gone,
    /// The new channel does not exist.
    Nothing,
    /// It is somewhere else.
    Elsewhere,
}

impl From<&Goal> for Destination {
    fn from(goal: &Goal) -> Self {
        Self {
            target: goal.target.clone(),
            number: goal.number.clone(),
            phones: goal.phones().map(str::to_owned).collect(),
        }
    }
}

impl Before {
    pub(super) fn of(uniqueid: &str, board: &Board) -> Self {
        let channel = board.channel(uniqueid);
        let dials = board.rings(uniqueid);
        Self {
            bridge: channel.and_then(Channel::bridge_id).map(str::to_owned),
            exten: channel.and_then(|channel| channel.exten.clone()),
            dials: dials.map(|(dest, _)| dest.to_owned()).collect(),
            queued: board.is_queued(uniqueid),
            parked: board.is_parked(uniqueid),
        }
    }

    fn is_still(&self, leg: &str, board: &Board) -> bool {
        board.channel(leg).is_some_and(|channel| {
            channel.bridge_id() == self.bridge.as_deref()
                && channel.exten == self.exten
                && board.is_queued(leg) == self.queued
                && board.is_parked(leg) == self.parked
        })
    }
}

impl Expected {
    /// What this act is to bring about.
    pub(super) fn proven(proof: &Proof, board: &Board) -> Self {
        let legs = proof.needs().into_iter();
        Self::Proven {
            before: proof.holds(board),
            stood: legs
                .map(|leg| (leg.to_owned(), Before::of(leg, board)))
                .collect(),
            proof: proof.clone(),
        }
    }

    /// It is about nothing that ends with the run of a PBX.
    pub(super) fn outlives_a_run(&self) -> bool {
        match self {
            Self::Proven { proof, .. } => matches!(proof, Proof::Member { .. } | Proof::Word),
            Self::Sent { .. } | Self::Ended { .. } | Self::Begun { .. } | Self::Listens { .. } => {
                false
            }
        }
    }

    /// Whether it is so, wherever that comes from; `None`: no picture tells.
    pub(super) fn is_so(&self, board: &Board) -> Option<bool> {
        match self {
            Self::Proven { proof, .. } => (*proof != Proof::Word).then(|| proof.holds(board)),
            Self::Sent { .. } | Self::Ended { .. } | Self::Begun { .. } | Self::Listens { .. } => {
                None
            }
        }
    }

    pub(super) fn look(&self, board: &Board) -> Sight {
        match self {
            Self::Sent { leg, to, before } => match board.channel(leg) {
                Some(channel) => sent(leg, channel, to, before, board),
                None => Sight::Gone,
            },
            Self::Ended { leg } => match board.channel(leg) {
                Some(_) => Sight::AsBefore,
                None => Sight::There(Evidence::HungUp),
            },
            Self::Begun { channel, to } => match board.channel(channel) {
                Some(found) => begun(channel, found, to, board),
                None => Sight::Nothing,
            },
            Self::Listens { channel, on } => match board.channel(channel) {
                Some(_) if board.spied_by(channel) == Some(on) => Sight::There(Evidence::Told),
                Some(_) => Sight::Begun,
                None => Sight::Nothing,
            },
            Self::Proven {
                proof,
                before,
                stood,
            } => {
                let sight = proven(proof, *before, board);
                let still = stood.iter().all(|(leg, place)| place.is_still(leg, board));
                if sight == Sight::AsBefore && !still {
                    Sight::Elsewhere
                } else {
                    sight
                }
            }
        }
    }
}

/// What was so before proves nothing, and of some things no picture tells.
fn proven(proof: &Proof, before: bool, board: &Board) -> Sight {
    let gone = proof
        .needs()
        .into_iter()
        .any(|leg| board.channel(leg).is_none());
    let says = says(proof);
    match (proof.holds(board), before) {
        (true, false) if says == Says::All || says == Says::WhatIs => {
            Sight::There(proof.evidence())
        }
        (false, _) if gone => Sight::Gone,
        (false, false) if says == Says::All => Sight::AsBefore,
        (_, _) => Sight::Elsewhere,
    }
}

/// What a picture made of lists says of such a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// That it is so, and that it is not.
    All,
    /// That it is so, if an event has told since; where it says nothing, it may be so all the same.
    WhatIs,
    /// Nothing.
    Nothing,
}

fn says(proof: &Proof) -> Says {
    match proof {
        Proof::Word
        | Proof::Recording { paused: None, .. }
        | Proof::RoomRecorded { on: false, .. } => Says::Nothing,
        Proof::Recording {
            paused: Some(_), ..
        }
        | Proof::RoomRecorded { on: true, .. } => Says::WhatIs,
        Proof::Parked(_)
        | Proof::Together(..)
        | Proof::Up(_)
        | Proof::Hold(..)
        | Proof::OutOfRoom(_)
        | Proof::Seat { .. }
        | Proof::Locked { .. }
        | Proof::Member { .. }
        | Proof::Priority { .. }
        | Proof::OutOfQueue(_) => Says::All,
    }
}

fn sent(leg: &str, channel: &Channel, to: &Destination, before: &Before, board: &Board) -> Sight {
    let number = Some(to.number.as_str());
    let at_number = channel.exten.as_deref() == number;
    // Whoever had dialled that very number before has it still, moved or not.
    let had_it = before.exten.as_deref() == number;
    let arrived = at_number && !had_it;
    // A phone of the goal may ring, or answer, where the leg has always been or was taken by somebody else: it is one of several there.
    let elsewhere =
        channel.context.as_deref() == Some(board.place().context.as_str()) && !at_number;
    let moved = had_it || channel.exten != before.exten && !elsewhere;
    let evidence = to.evidence(leg, channel, before, arrived, board);
    if let Some(evidence) = evidence.filter(|_| moved) {
        return Sight::There(evidence);
    }
    if before.is_still(leg, board) && (channel.bridge_id().is_some() || !at_number) {
        Sight::AsBefore
    } else {
        Sight::Elsewhere
    }
}

/// The dialplan runs the goal's number for it as soon as it answers.
fn begun(uniqueid: &str, channel: &Channel, to: &Destination, board: &Board) -> Sight {
    let answered = channel.state == ChannelState::Up;
    let evidence = to.evidence(uniqueid, channel, &Before::default(), false, board);
    match evidence.filter(|_| answered) {
        Some(evidence) => Sight::There(evidence),
        None => Sight::Begun,
    }
}

impl Destination {
    /// What shows that the leg has come here since. `arrived`: it is at the number, and was not before.
    fn evidence(
        &self,
        leg: &str,
        channel: &Channel,
        before: &Before,
        arrived: bool,
        board: &Board,
    ) -> Option<Evidence> {
        let bridge = channel.bridge_id().filter(|bridge| {
            before.bridge.as_deref() != Some(bridge) && !board.is_held_in_lot(channel)
        });
        let in_room = channel.room.as_deref() == Some(self.target.key.as_str());
        let queued = board.is_queued(leg) && !before.queued;
        if (self.is_a(RefKind::Conference) && in_room && bridge.is_some())
            || (queued && (arrived || self.is_queue(board.queue_of(leg))))
        {
            return Some(Evidence::Joined);
        }
        if bridge.is_some_and(|bridge| self.is_heard_in(bridge, leg, board)) {
            return Some(Evidence::Answered);
        }
        if self.rings_for(leg, before, board) {
            return Some(Evidence::Ringing);
        }
        // Only the room itself can tell who is in it.
        let room = self.is_a(RefKind::Conference) || board.is_room_number(&self.number);
        (arrived && !room).then_some(Evidence::Arrived)
    }

    fn is_a(&self, kind: RefKind) -> bool {
        self.target.kind == kind
    }

    /// Another desk may have put it into another one at the same moment.
    fn is_queue(&self, name: Option<&str>) -> bool {
        self.is_a(RefKind::Queue) && name == Some(self.target.key.as_str())
    }

    /// A phone of the goal sits in the leg's new bridge.
    fn is_heard_in(&self, bridge: &str, leg: &str, board: &Board) -> bool {
        let mut others = board
            .channels()
            .filter(|(id, other)| *id != leg && other.bridge_id() == Some(bridge));
        others.any(|(_, other)| self.is_phone(other.device()))
    }

    /// A phone of the goal rings for it, and did not before.
    fn rings_for(&self, leg: &str, before: &Before, board: &Board) -> bool {
        let new = board.rings(leg).filter(|(dest, dial)| {
            dial.status == DialStatus::Ringing && !before.dials.contains(*dest)
        });
        let mut phones = new.filter_map(|(dest, _)| board.channel(dest));
        phones.any(|phone| self.is_phone(phone.device()))
    }

    fn is_phone(&self, device: &str) -> bool {
        self.phones.iter().any(|known| known == device)
    }
}
