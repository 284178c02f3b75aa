//! Where a leg stands, seen from where it stood before it was sent: being there still proves nothing.

use std::collections::BTreeMap;

use ami::event::DialStatus;
use board::Ref;
use board::view::{CallView, LegState, LegView};

use crate::preview::Party;
use crate::scene::Scene;
use crate::way::{Before, is_placed};

/// All legs of the picture, found at once.
pub(super) struct Sight<'a> {
    pub(super) scene: Scene<'a>,
    legs: BTreeMap<&'a Ref, (&'a CallView, &'a LegView)>,
}

/// Where it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Its channel is gone.
    Gone,
    /// It has not left yet, is on the way, or is being hung up.
    Under,
    /// A phone rings for it; `mine`: the operator's own.
    Rings { mine: bool },
    /// It hears somebody else than before; `mine`: the operator.
    Heard { mine: bool },
    /// It is parked, in line, or in a room.
    Placed,
    /// It has been answered, and is in the dialplan with nobody.
    Alone,
}

impl<'a> Sight<'a> {
    pub(super) fn of(scene: Scene<'a>) -> Self {
        let calls = scene.calls();
        let legs = calls.flat_map(|call| call.legs.iter().map(move |leg| (&leg.id, (call, leg))));
        Self {
            scene,
            legs: legs.collect(),
        }
    }

    pub(super) fn find(&self, leg: &Ref) -> Option<(&'a CallView, &'a LegView)> {
        self.legs.get(leg).copied()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&'a CallView, &'a LegView)> {
        self.legs.values().copied()
    }

    pub(super) fn is_there(&self, leg: &Ref) -> bool {
        self.scene.board.channel(&leg.key).is_some()
    }

    pub(super) fn party(&self, leg: &Ref) -> Option<Party> {
        self.find(leg).map(|(_, leg)| self.scene.party(leg))
    }

    /// It has been answered, waits with an application of the dialplan, and neither hears nor rings anybody.
    pub(super) fn is_alone(&self, leg: &Ref) -> bool {
        let board = self.scene.board;
        let rings = board.rings(&leg.key).next().is_some();
        let placed = is_placed(&leg.key, board);
        board.is_up(&leg.key) && board.bridge_of(&leg.key).is_none() && !rings && !placed
    }

    pub(super) fn stand(&self, leg: &Ref, before: &mut Before) -> Stand {
        let board = self.scene.board;
        let Some(channel) = board.channel(&leg.key) else {
            return Stand::Gone;
        };
        if channel.ending.is_some() {
            return Stand::Under;
        }
        before.leaves(&leg.key, board);
        if is_placed(&leg.key, board) {
            return if before.was_placed() {
                Stand::Under
            } else {
                Stand::Placed
            };
        }
        if let Some(bridge) = channel.bridge_id() {
            return self.in_bridge(leg, bridge, before);
        }
        before.is_out_of_its_bridge();
        if self.rings(leg, before) {
            let mine = self.company(leg).any(|other| self.is_mine(other));
            return Stand::Rings { mine };
        }
        match self.is_alone(leg) {
            true => Stand::Alone,
            false => Stand::Under,
        }
    }

    fn in_bridge(&self, leg: &Ref, bridge: &str, before: &Before) -> Stand {
        let same = before.was_in(bridge);
        let heard = self.find(leg).map(|(_, leg)| &leg.hears[..]);
        match heard {
            Some(heard @ [_, ..]) if !same => {
                let mine = |other: &Ref| self.find(other).is_some_and(|(_, leg)| self.is_mine(leg));
                Stand::Heard {
                    mine: heard.iter().any(mine),
                }
            }
            Some(_) | None => Stand::Under,
        }
    }

    fn rings(&self, leg: &Ref, before: &Before) -> bool {
        let dials = self.scene.board.rings(&leg.key);
        let mut new = dials.filter(|(dest, _)| !before.rang(dest));
        new.any(|(_, dial)| matches!(dial.status, DialStatus::Ringing | DialStatus::Progress))
    }

    /// Whose phones ring in its call.
    fn company(&self, leg: &Ref) -> impl Iterator<Item = &'a LegView> {
        let legs = self.find(leg).into_iter().flat_map(|(call, _)| &call.legs);
        legs.filter(|other| other.state == LegState::Ringing)
    }

    fn is_mine(&self, leg: &LegView) -> bool {
        self.scene.is_mine(leg)
    }
}
