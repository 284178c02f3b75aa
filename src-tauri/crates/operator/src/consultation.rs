//! A consultation under way: I, the one who waits, and the one I ask. Made of plain redirects, so the PBX knows nothing of it: who stands
//! where is read off the board each time.

mod kept;
mod stand;

use board::{Board, Millis, Ref, RefKind};
use serde::Serialize;
use ts_rs::TS;

use crate::goal::Goal;
use crate::intent::{OperationId, Verb};
use crate::outcome::Outcome;
use crate::pending::Pending;
use crate::plan::Plan;
use crate::preview::{Party, Place};
use crate::rules::ConsultBy;
pub use kept::KeptConsultation;
pub(crate) use stand::Stand;
use stand::waits;

/// My leg may be gone for a moment while a move of ours is under way; only then does the caller come back by itself.
const PATIENCE: Millis = 1_500;

/// A caller who could not be brought back is not tried again at once.
const AGAIN: Millis = 8_000;

/// The PBX presses its code and the digits, a tenth of a second each; by then it has parted us, or never will.
const CODE_TAKES: Millis = 8_000;

/// A consultation as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConsultationView {
    /// `consultation:pbx:uuid`.
    pub id: Ref,
    /// Who was on the phone first.
    pub caller: Party,
    /// My own leg.
    pub mine: Party,
    /// Who is asked.
    pub to: Place,
    /// Their leg, once they have answered.
    pub target: Option<Ref>,
    /// How it stands.
    pub stage: ConsultationStage,
    /// Since when.
    pub since: Millis,
}

/// How a consultation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ConsultationStage {
    /// The target is called, the caller hears music.
    Calling,
    /// I talk to the target, the caller hears music.
    Talking,
    /// I talk to the caller, the target hears music.
    Back,
    /// I am out of it, and the caller waits.
    Apart,
    /// The caller has hung up, or is with somebody else, and whoever was asked hears music with nobody.
    Left,
}

/// Three legs that belong together.
#[derive(Debug, Clone)]
pub struct Consultation {
    id: OperationId,
    caller: Party,
    mine: Party,
    caller_leg: Ref,
    mine_key: String,
    goal: Goal,
    target: Option<String>,
    by: ConsultBy,
    /// The number where the caller hears music.
    music: Option<String>,
    /// The caller has been seen there.
    waited: bool,
    /// I have been seen apart from the caller: until then the PBX's own feature code may have done nothing at all.
    parted: bool,
    since: Millis,
    apart: Option<Millis>,
    /// Since when it looks over. While legs go from one bridge to another it does so for a moment.
    over: Option<Millis>,
    /// How it stood when it was looked at last and was not over.
    last: Stand,
    /// The caller has been sent back to me.
    returned: bool,
    /// So has whoever was asked, when the caller had gone.
    left_returned: bool,
    /// Whoever was asked waits with nobody, and has for long enough to be sure.
    surely_left: bool,
    /// I have sent the caller somewhere else: they are no longer mine to fetch back.
    sent_on: bool,
}

impl Consultation {
    pub(crate) fn new(
        id: OperationId,
        caller: &Party,
        mine: &Party,
        goal: Goal,
        (by, now): (ConsultBy, Millis),
    ) -> Option<Self> {
        Some(Self {
            id,
            caller: caller.clone(),
            mine: mine.clone(),
            caller_leg: caller.leg.clone()?,
            mine_key: mine.leg.as_ref()?.key.clone(),
            goal,
            target: None,
            by,
            music: None,
            waited: false,
            parted: by == ConsultBy::Redirect,
            since: now,
            apart: None,
            over: None,
            last: Stand::Calling,
            returned: false,
            left_returned: false,
            surely_left: false,
            sent_on: false,
        })
    }

    /// Where the caller hears music.
    pub(crate) fn waiting_at(self, music: &str) -> Self {
        let music = Some(music.to_owned());
        Self { music, ..self }
    }

    /// The operation that began it.
    #[must_use]
    pub fn operation(&self) -> OperationId {
        self.id
    }

    pub(crate) fn caller(&self) -> &Party {
        &self.caller
    }

    pub(crate) fn mine(&self) -> &Party {
        &self.mine
    }

    pub(crate) fn goal(&self) -> &Goal {
        &self.goal
    }

    /// The caller's leg.
    #[must_use]
    pub fn caller_leg(&self) -> &Ref {
        &self.caller_leg
    }

    /// The PBX made it by its own feature code, and ends it by them.
    pub(crate) fn is_by_code(&self) -> bool {
        self.by == ConsultBy::Atxfer
    }

    /// The code has taken: whoever hangs up now leaves the caller to the target.
    pub(crate) fn has_parted(&self) -> bool {
        self.parted
    }

    /// One of its three legs.
    #[must_use]
    pub fn has(&self, leg: &Ref) -> bool {
        let target = self.target.as_deref() == Some(leg.key.as_str());
        *leg == self.caller_leg || leg.key == self.mine_key || target
    }

    /// An operation is under way with one of its legs.
    #[must_use]
    pub fn is_pending(&self, pending: &Pending) -> bool {
        let others = std::iter::once(&self.mine_key).chain(&self.target);
        let mut others = others.map(|key| self.leg(key));
        pending.contains(&self.caller_leg) || others.any(|leg| pending.contains(&leg))
    }

    /// Looks at the board of now. True: somebody waits alone and should come back to me; said once of each.
    pub fn observe(&mut self, board: &Board, now: Millis) -> bool {
        if let Some(target) = self.heard_by_me(board) {
            self.target = Some(target);
        }
        self.waited |= self.is_at_music(board);
        self.parted |= !board.hears(&self.caller_leg.key, &self.mine_key);
        let stand = self.stand(board);
        match &stand {
            Stand::Over => drop(self.over.get_or_insert(now)),
            Stand::Left { .. } => self.over = None,
            Stand::Calling | Stand::Talking { .. } | Stand::Back { .. } | Stand::Apart => {
                self.over = None;
                self.last = stand.clone();
            }
        }
        let left = matches!(stand, Stand::Left { .. });
        self.surely_left &= left;
        if stand != Stand::Apart && !left {
            self.apart = None;
            return false;
        }
        let since = *self.apart.get_or_insert(now);
        if now < since + PATIENCE {
            return false;
        }
        self.surely_left = left;
        let may = !left || self.i_am_free(board);
        let returned = if left {
            &mut self.left_returned
        } else {
            &mut self.returned
        };
        may && !std::mem::replace(returned, true)
    }

    /// Who is left alone: the caller, or whoever was asked where the caller has gone.
    #[must_use]
    pub fn alone(&self, board: &Board) -> Ref {
        match self.stand(board) {
            Stand::Left { target } => self.leg(&target),
            Stand::Calling
            | Stand::Talking { .. }
            | Stand::Back { .. }
            | Stand::Apart
            | Stand::Over => self.caller_leg.clone(),
        }
    }

    /// By which verb whoever is left alone comes back to me. While my own leg waits to music as well a second call to my phone might be
    /// turned away as busy, and the caller lost.
    #[must_use]
    pub fn fetches(&self, board: &Board) -> Verb {
        if self.i_wait(board) {
            Verb::GoBack
        } else {
            Verb::Take
        }
    }

    /// My own leg is with nobody.
    pub(crate) fn i_wait(&self, board: &Board) -> bool {
        waits(&self.mine_key, board)
    }

    /// I wait as well; or nobody but whoever was asked is left.
    fn i_am_free(&self, board: &Board) -> bool {
        let gone = |key: &str| board.channel(key).is_none();
        self.i_wait(board) || gone(&self.mine_key) && gone(&self.caller_leg.key)
    }

    fn leg(&self, key: &str) -> Ref {
        Ref {
            key: key.to_owned(),
            ..self.caller_leg.clone()
        }
    }

    /// Who was alone could not be brought back to me: to be tried again later, as my phone may have gone off for the very reason that has
    /// parted us.
    pub fn not_fetched(&mut self, now: Millis) {
        self.apart = Some(now + AGAIN);
        (self.returned, self.left_returned) = (false, false);
    }

    /// Looks at an operation that has ended. The caller may have been sent somewhere else by it, or whoever was asked.
    pub fn follow(&mut self, plan: &Plan) {
        let after = plan.ended_at().is_some_and(|ended| ended >= self.since);
        let done = matches!(plan.outcome(), Some(Outcome::Done { .. }));
        if !after || !done || !sends_elsewhere(plan.intent().verb) {
            return;
        }
        let legs = plan.legs();
        self.sent_on |= legs.contains(&self.caller_leg);
        let target = self.target.as_deref();
        if legs.iter().any(|leg| Some(leg.key.as_str()) == target) {
            self.target = None;
        }
    }

    /// A move of ours is under way with it: how it stands in between counts for nothing.
    pub fn is_moved(&mut self) {
        (self.apart, self.over) = (None, None);
    }

    /// Nothing of it is left to decide, now.
    pub(crate) fn is_over(&self, board: &Board) -> bool {
        self.stand(board) == Stand::Over
    }

    /// It is over, and has been for long enough to be sure.
    #[must_use]
    pub fn has_ended(&self, board: &Board, now: Millis) -> bool {
        let surely = self.is_over(board) && self.is_settled(board);
        let nothing = !self.parted && now >= self.since + CODE_TAKES;
        surely || nothing || self.over.is_some_and(|since| now >= since + PATIENCE)
    }

    /// The caller hears one of the other two, or is gone with whoever was asked: nobody is between two bridges. While that one is there, they
    /// may be on their way to the music, in a move that began before the caller hung up.
    fn is_settled(&self, board: &Board) -> bool {
        let caller = &self.caller_leg.key;
        let hears = |other: &String| board.hears(caller, other);
        let heard = hears(&self.mine_key) || self.target.as_ref().is_some_and(hears);
        let there = |key: &String| board.channel(key).is_some();
        let asked = self.target.as_ref().is_some_and(there);
        (!there(caller) && !asked) || heard || self.sent_on
    }

    /// Whoever I hear who is not the caller.
    fn heard_by_me(&self, board: &Board) -> Option<String> {
        let me = &self.mine_key;
        let others = board
            .channels()
            .filter(|(id, channel)| *id != self.caller_leg.key && !channel.is_local() && *id != me);
        let mut heard = others.filter(|(id, _)| board.hears(me, id));
        heard.next().map(|(id, _)| id.to_owned())
    }

    /// As the operator sees it; `None` when it is over. For a moment in which it only looks so, as it stood before.
    #[must_use]
    pub fn view(&self, board: &Board) -> Option<ConsultationView> {
        let (stage, target) = match self.shown(board) {
            Stand::Calling => (ConsultationStage::Calling, None),
            Stand::Talking { target } => (ConsultationStage::Talking, Some(target)),
            Stand::Back { target } => (ConsultationStage::Back, Some(target)),
            Stand::Apart => (ConsultationStage::Apart, None),
            Stand::Left { target } => (ConsultationStage::Left, Some(target)),
            Stand::Over => return None,
        };
        Some(ConsultationView {
            id: Ref::new(RefKind::Consultation, board.pbx(), self.id.to_string()),
            caller: self.caller.clone(),
            mine: self.mine.clone(),
            to: self.goal.place(),
            target: target.map(|key| self.leg(&key)),
            stage,
            since: self.since,
        })
    }
}

/// Whoever is moved so is with somebody else, or waits for somebody else. A `Take` brings them to me.
fn sends_elsewhere(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Transfer
            | Verb::TransferBoth
            | Verb::Voicemail
            | Verb::Park
            | Verb::Hold
            | Verb::Camp
            | Verb::Connect
            | Verb::Join
            | Verb::Invite
    )
}
