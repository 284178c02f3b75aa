//! The alarm: a caller this desk moved, who hung up before they had arrived anywhere.

use std::collections::VecDeque;

use ami::event::ChannelEvent;
use board::{Millis, Ref, RefKind};
use serde::Serialize;
use ts_rs::TS;

use super::Who;
use super::sight::{Sight, Stand};
use crate::intent::OperationId;
use crate::outcome::{Failure, Outcome};
use crate::preview::Place;
use crate::way::{Before, Way};

/// Who hangs up so soon after they left has arrived nowhere; later they may have had enough.
const SOON: Millis = 5_000;
/// A move has ended by then, and said how.
const LONGEST: Millis = 12_000;
/// More than anybody can call back.
const MOST: usize = 50;

/// A caller who was lost on the way. Stays until somebody has taken note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LostView {
    /// `lost:pbx:uniqueid`.
    pub id: Ref,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number: whom to call back.
    pub number: Option<String>,
    /// Where they were to go; absent when they were to be parked or connected.
    pub to: Option<Place>,
    /// When they hung up, or were found gone.
    pub when: Millis,
    /// The hang-up's cause in Asterisk's words, if it was seen.
    pub cause: Option<String>,
    /// The operation that moved them.
    pub by: OperationId,
    /// They were seen to hang up. Else the link was lost in between, and they were gone when it was back: perhaps somebody talked to them.
    pub sure: bool,
}

#[derive(Debug)]
struct Watch {
    who: Who,
    to: Option<Place>,
    by: OperationId,
    before: Before,
    /// Of whoever goes to a number.
    way: Option<Way>,
    sent: Millis,
    left: Option<Millis>,
    cause: Option<String>,
    /// The operation has ended with its being lost.
    told: bool,
}

/// Whom to watch for, and who was lost.
#[derive(Debug, Default)]
pub(super) struct Alarm {
    watched: Vec<Watch>,
    lost: VecDeque<LostView>,
}

impl Alarm {
    pub(super) fn is_idle(&self) -> bool {
        self.watched.is_empty()
    }

    pub(super) fn watch(
        &mut self,
        who: Who,
        to: Option<Place>,
        by: OperationId,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        self.forget(&who.leg);
        let key = &who.leg.key;
        self.watched.push(Watch {
            way: to.as_ref().map(|to| Way::of_leg(key, &to.number)),
            before: Before::of(&who.leg.key, sight.scene.board),
            who,
            to,
            by,
            sent: now,
            left: None,
            cause: None,
            told: false,
        });
    }

    /// Somebody wants it to hang up, or it is sent elsewhere.
    pub(super) fn forget(&mut self, leg: &Ref) {
        self.watched.retain(|watch| watch.who.leg != *leg);
    }

    /// The operation that moved it has ended.
    pub(super) fn ended(&mut self, leg: &Ref, outcome: &Outcome) {
        match outcome {
            Outcome::Done { .. } | Outcome::Refused { .. } => self.forget(leg),
            Outcome::Failed {
                failure: Failure::Lost { cause },
            } => {
                let mut all = self.watched.iter_mut();
                if let Some(watch) = all.find(|watch| watch.who.leg == *leg) {
                    watch.told = true;
                    let cause = Some(cause.clone()).filter(|cause| !cause.is_empty());
                    watch.cause = watch.cause.take().or(cause);
                }
            }
            Outcome::Failed {
                failure: Failure::Pbx { .. },
            } => self.forget(leg),
            Outcome::Failed { .. } | Outcome::Expired | Outcome::Unknown { .. } => {}
        }
    }

    /// Why a channel ended is told only once.
    pub(super) fn hangup(&mut self, event: &ChannelEvent<'_>) {
        let ChannelEvent::Hangup {
            channel,
            cause_text,
            ..
        } = event
        else {
            return;
        };
        let mut all = self.watched.iter_mut();
        if let Some(watch) = all.find(|watch| watch.who.leg.key == channel.uniqueid) {
            watch.cause = cause_text.as_deref().map(str::to_owned);
        }
    }

    /// Looks at the board of now; `blind`: the link was lost since it last did.
    pub(super) fn observe(&mut self, sight: &Sight<'_>, blind: bool, now: Millis) {
        let mut lost = Vec::new();
        self.watched.retain_mut(|watch| {
            let stand = sight.stand(&watch.who.leg, &mut watch.before);
            let came = watch.came(sight);
            let under = now <= watch.sent + LONGEST;
            match stand {
                Stand::Gone => {
                    let soon = now <= watch.left.unwrap_or(watch.sent) + SOON;
                    let so = blind || watch.told || soon;
                    lost.extend(so.then(|| watch.view(!blind, now)));
                    false
                }
                // Late news of a place it was in before our own move, which is still to come.
                Stand::Placed if !came => under,
                Stand::Rings { .. } | Stand::Heard { .. } | Stand::Placed => false,
                Stand::Alone => {
                    watch.left.get_or_insert(now);
                    under
                }
                Stand::Under => under,
            }
        });
        lost.into_iter().for_each(|view| self.raise(view));
    }

    /// Somebody who was moved is gone, and nobody saw how that came about.
    pub(super) fn gone(&mut self, who: Who, to: Option<Place>, by: OperationId, now: Millis) {
        let watch = Watch {
            who,
            to,
            by,
            before: Before::default(),
            way: None,
            sent: now,
            left: None,
            cause: None,
            told: false,
        };
        self.raise(watch.view(false, now));
    }

    fn raise(&mut self, view: LostView) {
        self.lost.retain(|known| known.id != view.id);
        if self.lost.len() >= MOST {
            self.lost.pop_front();
        }
        self.lost.push_back(view);
    }

    pub(super) fn dismiss(&mut self, id: &Ref) -> bool {
        let before = self.lost.len();
        self.lost.retain(|lost| lost.id != *id);
        self.lost.len() != before
    }

    pub(super) fn views(&self) -> impl Iterator<Item = LostView> {
        self.lost.iter().cloned()
    }
}

impl Watch {
    /// It has come to its number, as far as one can say.
    fn came(&mut self, sight: &Sight<'_>) -> bool {
        let board = sight.scene.board;
        self.way.as_mut().is_none_or(|way| {
            way.look(false, board);
            way.came()
        })
    }

    fn view(&self, sure: bool, now: Millis) -> LostView {
        LostView {
            id: Ref {
                kind: RefKind::Lost,
                ..self.who.leg.clone()
            },
            name: self.who.name.clone(),
            number: self.who.number.clone(),
            to: self.to.clone(),
            when: now,
            cause: self.cause.clone(),
            by: self.by,
            sure,
        }
    }
}
