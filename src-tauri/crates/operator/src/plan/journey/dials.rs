//! Whom a leg rings on its way: for us, at the goal we have sent it to, until somebody else sends it on.

use ami::event::{DialEvent, DialStatus};
use board::{Board, Millis};

use super::super::phone;
use super::Journey;
use crate::outcome::Failure;

impl Journey {
    /// Until it has come to the goal's number (which is passed quickly, where the dialplan leads on), or rings the goal's phone, it is
    /// where it was before: news of that may come late, and is none of our making.
    pub(super) fn look(&mut self, board: &Board) {
        let Some(channel) = board.channel(self.uniqueid()) else {
            return;
        };
        let rings = self.open_dials(board).next().is_some();
        self.way.look(rings, board);
        self.way.is_sent_on_if_elsewhere(board);
        if !self.way.is_there(channel) {
            self.elsewhere = channel.bridge_id().map(str::to_owned);
        }
        if !self.way.came() {
            self.before.is_still(self.way.uniqueid(), board);
        }
        if self.way.is_sent_on() {
            let theirs = self.others_dials(board);
            self.before.rings_for_another(theirs);
        }
    }

    /// Whoever else than the goal's phones is rung for it.
    fn others_dials(&self, board: &Board) -> Vec<String> {
        let rung = board.rings(self.uniqueid()).map(|(dest, _)| dest);
        let others = rung.filter(|dest| {
            let device = board.channel(dest).map(board::Channel::device);
            !device.is_some_and(|device| self.is_phone_of_goal(device))
        });
        others.map(str::to_owned).collect()
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
            .is_some_and(|caller| caller.uniqueid == self.uniqueid());
        if !mine || self.before.rang(&dest.uniqueid) {
            return;
        }
        let device = phone(&dest.channel);
        if self.way.is_ours() || self.is_phone_of_goal(device) {
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
                self.way.cancelled(&dest.uniqueid, board);
                return;
            }
            DialStatus::Otherwise => return,
        };
        let others = self
            .open_dials(board)
            .any(|(other, _)| other != dest.uniqueid);
        self.failure = (!others).then_some((failure, now));
    }

    /// The goal's phones that are being rung for it.
    pub(super) fn open_dials<'a>(
        &'a self,
        board: &'a Board,
    ) -> impl Iterator<Item = (&'a str, DialStatus)> {
        let dials = board
            .rings(self.uniqueid())
            .filter(|(dest, _)| !self.before.rang(dest));
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
        !self.is_for_a_place() && (self.is_phone_of_goal(device) || may && self.way.is_ours())
    }

    pub(super) fn is_phone_of_goal(&self, device: &str) -> bool {
        self.to.phones().any(|known| known == device)
    }
}
