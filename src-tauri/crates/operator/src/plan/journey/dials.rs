//! Whom a leg rings on its way: for us, at the goal we have sent it to, until somebody else sends it on.

use ami::event::{DialEvent, DialStatus};
use board::{Board, Channel, Millis};

use super::super::phone;
use super::Journey;
use crate::outcome::Failure;

impl Journey {
    /// Until it has come to the goal's number (which is passed quickly, where the dialplan leads on), or rings the goal's phone, it is
    /// where it was before: news of that may come late, and is none of our making.
    pub(super) fn look(&mut self, board: &Board) {
        let Some(channel) = board.channel(&self.uniqueid) else {
            return;
        };
        self.before.made_for_it &= !self.stands_at_goal(channel);
        let rings = self.open_dials(board).next().is_some();
        self.came |= rings || self.is_at_goal(channel);
        self.sent_on |= self.came && self.is_elsewhere(channel, board);
        // News from before may come late (`OriginateResponse` overtakes): who stands there again was never away.
        self.sent_on &= !self.stands_at_goal(channel);
        if !self.is_at_goal(channel) {
            self.elsewhere = channel.bridge_id().map(str::to_owned);
        }
        if !self.came {
            self.before.bridge = channel.bridge_id().map(str::to_owned);
            self.before.queued = board.is_queued(&self.uniqueid);
            self.before.parked = board.is_parked(&self.uniqueid);
            let rung = board.rings(&self.uniqueid);
            self.before
                .dials
                .extend(rung.map(|(dest, _)| dest.to_owned()));
        }
    }

    /// At another number of the context we dial in: that is where other desks dial, too. A dialplan leads on into contexts of its own.
    fn is_elsewhere(&self, channel: &Channel, board: &Board) -> bool {
        let here = channel.context.as_deref() == Some(board.place().context.as_str());
        here && !self.is_at_goal(channel)
    }

    /// What it rings, it rings because we have sent it there.
    pub(super) fn is_ours(&self) -> bool {
        self.came && !self.sent_on
    }

    pub(super) fn dial(
        &mut self,
        DialEvent {
            caller,
            dest,
            status,
        }: &DialEvent<'_>,
        board: &Board,
        now: Millis,
    ) {
        let mine = caller
            .as_ref()
            .is_some_and(|caller| caller.uniqueid == self.uniqueid);
        if !mine || self.before.dials.contains(dest.uniqueid.as_ref()) {
            return;
        }
        let device = phone(&dest.channel);
        if self.is_ours() || self.is_phone_of_goal(device) {
            self.called.insert(dest.uniqueid.clone().into_owned());
        }
        if !self.is_of_goal(device) {
            return;
        }
        let failure = match status {
            DialStatus::Busy => Failure::Busy,
            DialStatus::NoAnswer => Failure::NoAnswer,
            DialStatus::Unreachable => Failure::Unreachable,
            DialStatus::Begun | DialStatus::Ringing | DialStatus::Progress | DialStatus::Answer => {
                self.failure = None;
                return;
            }
            DialStatus::Cancel => {
                self.sent_on |= self.is_sent_on(&dest.uniqueid, board);
                return;
            }
            DialStatus::Otherwise => return,
        };
        let others = self
            .open_dials(board)
            .any(|(other, _)| other != dest.uniqueid);
        self.failure = (!others).then_some((failure, now));
    }

    /// A redirect ends the dial of a leg that is at its new number by then (transcript `redirect-caller-ringing`); an answer or a
    /// pick-up ends those of the other phones while one is still under way.
    fn is_sent_on(&self, cancelled: &str, board: &Board) -> bool {
        let Some(channel) = board.channel(&self.uniqueid) else {
            return false;
        };
        let mut others = board.rings(&self.uniqueid);
        !self.is_at_goal(channel) && !others.any(|(dest, _)| dest != cancelled)
    }

    /// The goal's phones that are being rung for it.
    pub(super) fn open_dials<'a>(
        &'a self,
        board: &'a Board,
    ) -> impl Iterator<Item = (&'a str, DialStatus)> {
        let dials = board
            .rings(&self.uniqueid)
            .filter(|(dest, _)| !self.before.dials.contains(*dest));
        let of_goal = dials.filter(|(dest, _)| {
            board
                .channel(dest)
                .is_some_and(|channel| self.is_of_goal(channel.device()))
        });
        of_goal.map(|(dest, dial)| (dest, dial.status))
    }

    /// A phone of the goal; or what was rung there: a Local channel that may lead to it, or anything at all, when its phones are not
    /// known by name.
    fn is_of_goal(&self, device: &str) -> bool {
        let may = device.starts_with("Local/") || !self.to.has_phones();
        !self.is_for_a_place() && (self.is_phone_of_goal(device) || may && self.is_ours())
    }

    pub(super) fn is_phone_of_goal(&self, device: &str) -> bool {
        self.to.phones().any(|known| known == device)
    }
}
