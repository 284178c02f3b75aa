//! A leg that was sent into a conference room. Whoever comes to a locked one is told so, and then hung up or led on by the dialplan: to look
//! at they are with an application at its number all the while. Only the room itself can tell who is in it.

use board::{Board, Channel, Millis, RefKind};

use super::{Journey, LAST_WORD};

impl Journey {
    /// A room, by whichever name: standing at its number is no proof of being in it.
    pub(super) fn is_for_a_room(&self, board: &Board) -> bool {
        self.to.target.kind == RefKind::Conference || board.is_room_number(&self.to.number)
    }

    /// It came to the room's number, was led on from there, and is with somebody else now. While it is with nobody, the dialplan may still be
    /// on the way to the room.
    pub(super) fn is_turned_away(&mut self, channel: &Channel, board: &Board, now: Millis) -> bool {
        self.look(board);
        let key = self.uniqueid();
        let rings = board.rings(key).next().is_some();
        let elsewhere = rings || channel.bridge_id().is_some() || board.is_queued(key);
        let outside = channel.room.is_none() && self.reached.is_none();
        if !(self.is_for_a_room(board) && self.way.is_sent_on() && outside && elsewhere) {
            self.turned_away = None;
            return false;
        }
        now >= *self.turned_away.get_or_insert(now) + LAST_WORD
    }
}
