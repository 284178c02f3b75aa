//! Who stands where in a consultation: read off the board each time.

use board::Board;

use super::Consultation;

/// Who stands where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stand {
    /// The target's phone is called; the caller waits.
    Calling,
    /// I talk to the target; the caller waits.
    Talking { target: String },
    /// I talk to the caller; the target waits.
    Back { target: String },
    /// I am gone, and the caller waits alone.
    Apart,
    /// The caller has gone, and the target waits alone.
    Left { target: String },
    /// It is over: somebody has gone, or they talk to each other.
    Over,
}

impl Consultation {
    pub(crate) fn stand(&self, board: &Board) -> Stand {
        let left = || self.left_waiting(board);
        match self.around_the_caller(board) {
            Stand::Over => left().map_or(Stand::Over, |target| Stand::Left { target }),
            stand @ (Stand::Calling
            | Stand::Talking { .. }
            | Stand::Back { .. }
            | Stand::Apart
            | Stand::Left { .. }) => stand,
        }
    }

    /// Whoever was asked, put to our music by a swap, when there is no caller any more to whom I could have gone back.
    fn left_waiting(&self, board: &Board) -> Option<String> {
        let (target, music) = (self.target.as_ref()?, self.music.as_deref()?);
        let there = board.channel(target)?.exten.as_deref() == Some(music);
        (there && waits(target, board)).then(|| target.clone())
    }

    fn around_the_caller(&self, board: &Board) -> Stand {
        let caller = &self.caller_leg.key;
        if board.channel(caller).is_none() || self.sent_on {
            return Stand::Over;
        }
        if self.is_by_code() {
            return self.stand_by_code(board);
        }
        let with_me = board.hears(caller, &self.mine_key);
        let mine = board.channel(&self.mine_key).is_some();
        let alive = |target: &&String| board.channel(target).is_some();
        // Whoever has answered me is noted when it is looked at next, which may be after an operation of mine has been written.
        let nobody = self.target.is_none();
        let heard = nobody.then(|| self.heard_by_me(board)).flatten();
        let target = self.target.as_ref().or(heard.as_ref()).filter(alive);
        match (target, with_me) {
            (Some(target), true) if waits(target, board) => Stand::Back {
                target: target.clone(),
            },
            (_, true) => Stand::Over,
            (_, false) if !waits(caller, board) || self.is_led_away(board) => Stand::Over,
            (Some(target), false) if board.hears(&self.mine_key, target) => Stand::Talking {
                target: target.clone(),
            },
            (_, false) if mine && self.target.is_none() => Stand::Calling,
            (_, false) => Stand::Apart,
        }
    }

    pub(super) fn is_at_music(&self, board: &Board) -> bool {
        let caller = board.channel(&self.caller_leg.key);
        let exten = caller.and_then(|caller| caller.exten.as_deref());
        exten.is_some() && exten == self.music.as_deref()
    }

    /// Another desk has sent the caller from the music to another number of the context we dial in: into a menu, to somebody's mailbox. Music
    /// that leads on into a context of its own is still ours.
    fn is_led_away(&self, board: &Board) -> bool {
        let caller = board.channel(&self.caller_leg.key);
        let context = caller.and_then(|caller| caller.context.as_deref());
        let here = context == Some(board.place().context.as_str());
        self.waited && here && !self.is_at_music(board)
    }

    /// The caller waits in the bridge of old, and the PBX brings them back by itself: nobody is ever apart.
    fn stand_by_code(&self, board: &Board) -> Stand {
        let with_me = board.hears(&self.caller_leg.key, &self.mine_key);
        if board.channel(&self.mine_key).is_none() || (self.parted && with_me) {
            return Stand::Over;
        }
        let mut target = self.target.iter();
        match target.find(|target| board.hears(&self.mine_key, target)) {
            Some(target) => Stand::Talking {
                target: target.clone(),
            },
            None => Stand::Calling,
        }
    }

    /// As it is shown. For a moment in which it only looks over, or whoever was asked is about to be put through, as it stood before; but
    /// nobody who has hung up is shown as waiting.
    pub(super) fn shown(&self, board: &Board) -> Stand {
        let caller_is_there = board.channel(&self.caller_leg.key).is_some();
        match self.stand(board) {
            Stand::Over if !self.is_settled(board) && caller_is_there => self.last.clone(),
            Stand::Left { .. } if !self.surely_left && caller_is_there => self.last.clone(),
            stand @ (Stand::Calling
            | Stand::Talking { .. }
            | Stand::Back { .. }
            | Stand::Apart
            | Stand::Left { .. }
            | Stand::Over) => stand,
        }
    }

    /// This leg is one of those about whom there is something to decide, now.
    pub(crate) fn concerns(&self, leg: &board::Ref, board: &Board) -> bool {
        match self.stand(board) {
            Stand::Left { target } => {
                let mine = leg.key == self.mine_key && self.i_wait(board);
                leg.key == target || mine
            }
            Stand::Calling | Stand::Talking { .. } | Stand::Back { .. } | Stand::Apart => {
                self.has(leg)
            }
            Stand::Over => false,
        }
    }
}

/// It has been answered, and neither hears nor rings anybody, nor stands in line for somebody.
pub(super) fn waits(leg: &str, board: &Board) -> bool {
    let rings = board.rings(leg).next().is_some();
    board.is_up(leg) && board.bridge_of(leg).is_none() && !rings && !board.is_queued(leg)
}
