//! A leg's way from where it stood to where it was sent: whether it has come there, and whether somebody else has sent it on since.
//!
//! Two look at it. A plan under way (`plan/journey`) wants proof: it knows the goal's phones, and counts nothing that may be of another's
//! making. The shelf of those who were sent (`net/sent`) wants nobody forgotten: it knows no more than a number, and follows whoever
//! rings anywhere. What either concludes is its own; what they conclude from is the same, and was learnt from races:
//!
//! - News of where a leg stood before it came may be late (an answer overtakes events, a rival desk has moved it a moment earlier): until
//!   it has come nobody has sent it on, and for a plan it is where it stood before. Not so for the shelf: a number may be passed unseen
//!   (the PBX is not asked for `Newexten`), and without the goal's phones the shelf would take the target for the past.
//! - A redirect ends the dial of a leg that is at its new number by then (transcript `redirect-caller-ringing`); an answer or a pick-up
//!   ends those of the other phones while one is still under way.
//! - The dialplan may lead on from the number before anybody looks. Who has come has come; and who stands there again was never away.

use std::collections::BTreeSet;

use board::{Board, Channel};

/// How far a leg has come.
#[derive(Debug)]
pub(crate) struct Way {
    uniqueid: String,
    /// Where it was sent, as it is dialled.
    number: String,
    /// It came into being for this number, and has not been seen there yet: the PBX runs it as soon as it is answered.
    made_for_it: bool,
    /// It has been there.
    came: bool,
    /// Somebody else has sent it on from there: whatever it does now is no longer of our making.
    sent_on: bool,
}

impl Way {
    /// Of a leg that exists and is moved.
    pub(crate) fn of_leg(uniqueid: &str, number: &str) -> Self {
        Self {
            uniqueid: uniqueid.to_owned(),
            number: number.to_owned(),
            made_for_it: false,
            came: false,
            sent_on: false,
        }
    }

    /// Of a leg that an originate makes.
    pub(crate) fn of_new_leg(uniqueid: &str, number: &str) -> Self {
        Self {
            made_for_it: true,
            ..Self::of_leg(uniqueid, number)
        }
    }

    pub(crate) fn uniqueid(&self) -> &str {
        &self.uniqueid
    }

    /// Looks at the board of now; `seen`: that it is there shows by something else than the number, too, which may be passed too quickly.
    pub(crate) fn look(&mut self, seen: bool, board: &Board) {
        let Some(channel) = board.channel(&self.uniqueid) else {
            return;
        };
        let stands_there = self.stands_at_number(channel);
        self.made_for_it &= !stands_there;
        self.came |= seen || self.is_there(channel);
        self.sent_on &= !stands_there;
    }

    /// It has come, or must have while nobody looked: what happened unseen is held against nobody.
    pub(crate) fn has_come(&mut self) {
        self.came = true;
    }

    /// Until then it is where it was before.
    pub(crate) fn came(&self) -> bool {
        self.came
    }

    /// A dial of it has ended without an answer, and without having failed.
    pub(crate) fn cancelled(&mut self, dest: &str, board: &Board) {
        let Some(channel) = board.channel(&self.uniqueid) else {
            return;
        };
        let mut others = board.rings(&self.uniqueid);
        let away = !self.is_there(channel) && !others.any(|(other, _)| other != dest);
        self.sent_on |= self.came && away;
    }

    /// It stands at another number of the context we dial in: that is where other desks dial, too, while a dialplan leads on into contexts
    /// of its own. Not always: a plan gives up a proof by it, but the shelf must not lose sight of a caller whose target is diverted.
    pub(crate) fn is_sent_on_if_elsewhere(&mut self, board: &Board) {
        let elsewhere = board.channel(&self.uniqueid).is_some_and(|channel| {
            let here = channel.context.as_deref() == Some(board.place().context.as_str());
            here && !self.is_there(channel)
        });
        self.sent_on |= self.came && elsewhere;
    }

    /// Somebody else has sent it on.
    pub(crate) fn is_sent_on(&self) -> bool {
        self.sent_on
    }

    /// Whoever rings for it, or answers it, does so because we have sent it there.
    pub(crate) fn is_ours(&self) -> bool {
        self.came && !self.sent_on
    }

    /// At its number, or sure to be led there.
    pub(crate) fn is_there(&self, channel: &Channel) -> bool {
        self.made_for_it || self.stands_at_number(channel)
    }

    fn stands_at_number(&self, channel: &Channel) -> bool {
        channel.exten.as_deref() == Some(self.number.as_str())
    }
}

/// Where a leg stood when it was sent: being there still proves nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Before {
    bridge: Option<String>,
    dials: BTreeSet<String>,
    /// It has not been seen outside of the queue it waited in.
    queued: bool,
    /// It has not been seen outside of its parking space.
    parked: bool,
    /// It has not been seen outside of the room it sat in.
    in_room: bool,
}

impl Before {
    pub(crate) fn of(uniqueid: &str, board: &Board) -> Self {
        let mut before = Self::default();
        before.is_still(uniqueid, board);
        before
    }

    /// It has not come yet: where it stands now is where it stood before, however late that is told.
    pub(crate) fn is_still(&mut self, uniqueid: &str, board: &Board) {
        let rung = board.rings(uniqueid).map(|(dest, _)| dest.to_owned());
        self.bridge = board.bridge_of(uniqueid).map(str::to_owned);
        self.dials.extend(rung);
        self.queued = board.is_queued(uniqueid);
        self.parked = board.is_parked(uniqueid);
        self.in_room = is_in_room(uniqueid, board);
    }

    /// Whom it rings is none of our making, though it may be told later that it stands where we have sent it.
    pub(crate) fn rings_for_another(&mut self, dests: Vec<String>) {
        self.dials.extend(dests);
    }

    /// Whatever place it has left it may join anew.
    pub(crate) fn leaves(&mut self, uniqueid: &str, board: &Board) {
        self.queued &= board.is_queued(uniqueid);
        self.parked &= board.is_parked(uniqueid);
        self.in_room &= is_in_room(uniqueid, board);
    }

    /// It is in no bridge: the one it was in would be a new one.
    pub(crate) fn is_out_of_its_bridge(&mut self) {
        self.bridge = None;
    }

    pub(crate) fn was_in(&self, bridge: &str) -> bool {
        self.bridge.as_deref() == Some(bridge)
    }

    pub(crate) fn rang(&self, dest: &str) -> bool {
        self.dials.contains(dest)
    }

    pub(crate) fn was_queued(&self) -> bool {
        self.queued
    }

    pub(crate) fn was_parked(&self) -> bool {
        self.parked
    }

    /// In a queue, a parking space or a room, and not out of it since.
    pub(crate) fn was_placed(&self) -> bool {
        self.queued || self.parked || self.in_room
    }
}

/// In line, parked or in a room: held by a place, not by a person.
pub(crate) fn is_placed(uniqueid: &str, board: &Board) -> bool {
    is_in_room(uniqueid, board) || board.is_parked(uniqueid) || board.is_queued(uniqueid)
}

fn is_in_room(uniqueid: &str, board: &Board) -> bool {
    let channel = board.channel(uniqueid);
    channel.is_some_and(|channel| channel.room.is_some())
}
