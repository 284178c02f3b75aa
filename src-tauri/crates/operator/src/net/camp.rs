//! Camp-on: callers who wait to music until somebody is free. Each is offered to the operator or sent, and comes back when it takes too long.

use board::view::ExtensionState;
use board::{Millis, PbxId, Ref, RefKind};
use serde::Serialize;
use ts_rs::TS;

use super::sight::Sight;
use super::{Who, Wish};
use crate::intent::Verb;
use crate::preview::Place;
use crate::rules::CampBy;

/// Between two calls a phone is free for a moment; only who stays free is sent somebody.
const STAYS_FREE: Millis = 1_000;
/// A caller is on the way to the music for a moment.
const ARRIVES: Millis = 3_000;
/// A move that did not come off is not tried again at once.
const AGAIN: Millis = 10_000;

/// How it stands with somebody who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CampState {
    /// The target is on the phone, or cannot be called.
    Waiting,
    /// The target is free.
    Free,
    /// The caller is being sent there.
    Sending,
    /// It has taken too long: the caller comes back, as soon as the operator's own phone is free.
    Limit,
}

/// A caller who waits for somebody to be free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CampView {
    /// `camp:pbx:uniqueid`.
    pub id: Ref,
    /// The leg that waits.
    pub leg: Ref,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// For whom.
    pub target: Place,
    /// What their phone is doing.
    pub target_state: Option<ExtensionState>,
    /// Since when.
    pub since: Millis,
    /// When the caller comes back.
    pub limit: Millis,
    /// How it stands.
    pub state: CampState,
}

#[derive(Debug)]
struct Camp {
    who: Who,
    target: Place,
    since: Millis,
    limit: Millis,
    state: CampState,
    free_since: Option<Millis>,
    /// Nothing is tried before.
    not_before: Millis,
}

/// All who wait, the longest first.
#[derive(Debug, Default)]
pub(super) struct Camps(Vec<Camp>);

impl Camps {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, who: Who, target: Place, limit: Millis, now: Millis) {
        self.forget(&who.leg);
        self.0.push(Camp {
            who,
            target,
            since: now,
            limit: now + limit,
            state: CampState::Waiting,
            free_since: None,
            not_before: now,
        });
    }

    pub(super) fn has(&self, leg: &Ref) -> bool {
        self.0.iter().any(|camp| camp.who.leg == *leg)
    }

    /// False: nobody waited on this leg.
    pub(super) fn forget(&mut self, leg: &Ref) -> bool {
        let before = self.0.len();
        self.0.retain(|camp| camp.who.leg != *leg);
        self.0.len() != before
    }

    /// A move of this leg did not come off, and it still waits.
    pub(super) fn stays(&mut self, leg: &Ref, now: Millis) {
        let mut all = self.0.iter_mut();
        if let Some(camp) = all.find(|camp| camp.who.leg == *leg) {
            camp.not_before = now + AGAIN;
            if camp.state == CampState::Sending {
                camp.state = CampState::Waiting;
            }
        }
    }

    /// Looks at the board of now; what is to be done about it. `awaited`: somebody is being sent to this target already.
    pub(super) fn observe(
        &mut self,
        sight: &Sight<'_>,
        awaited: impl Fn(&Ref) -> bool,
        now: Millis,
    ) -> Vec<Wish> {
        let pending = |camp: &Camp| sight.scene.pending.contains(&camp.who.leg);
        self.0.retain(|camp| {
            let arrives = now < camp.since + ARRIVES;
            let waits = sight.is_alone(&camp.who.leg) || pending(camp);
            sight.is_there(&camp.who.leg) && (arrives || waits)
        });
        let mut taken: Vec<Ref> = self.sent_to().collect();
        let mut wishes = Vec::new();
        for camp in &mut self.0 {
            camp.look(sight, now);
            let busy = pending(camp) || now < camp.not_before;
            let wish = match camp.state {
                CampState::Limit => camp.bring_back(sight),
                CampState::Free if sight.scene.rules.camp == CampBy::Send => {
                    let target = &camp.target.target;
                    let alone = !taken.contains(target) && !awaited(target);
                    camp.send(now).filter(|_| alone)
                }
                CampState::Waiting | CampState::Free | CampState::Sending => None,
            };
            let Some(wish) = wish.filter(|_| !busy) else {
                continue;
            };
            camp.not_before = now + AGAIN;
            if wish.verb == Verb::Transfer {
                camp.state = CampState::Sending;
                taken.push(camp.target.target.clone());
            }
            wishes.push(wish);
        }
        wishes
    }

    fn sent_to(&self) -> impl Iterator<Item = Ref> {
        let sending = self
            .0
            .iter()
            .filter(|camp| camp.state == CampState::Sending);
        sending.map(|camp| camp.target.target.clone())
    }

    pub(super) fn due(&self) -> Option<Millis> {
        let times = self.0.iter().flat_map(|camp| {
            let free = camp.free_since.map(|at| at + STAYS_FREE);
            let limit = (camp.state != CampState::Limit).then_some(camp.limit);
            [free, limit, Some(camp.not_before)]
        });
        times.flatten().min()
    }

    pub(super) fn views<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = CampView> + 'a {
        self.0.iter().map(move |camp| CampView {
            id: Ref::new(RefKind::Camp, pbx, camp.who.leg.key.clone()),
            leg: camp.who.leg.clone(),
            name: camp.who.name.clone(),
            number: camp.who.number.clone(),
            target: camp.target.clone(),
            target_state: camp.target.state,
            since: camp.since,
            limit: camp.limit,
            state: camp.state,
        })
    }
}

impl Camp {
    fn look(&mut self, sight: &Sight<'_>, now: Millis) {
        let target = sight.scene.extension(&self.target.target);
        self.target.state = target.map(|target| target.state);
        let free = target.is_some_and(|target| target.state == ExtensionState::Idle && !target.dnd);
        self.free_since = free.then(|| self.free_since.unwrap_or(now));
        self.state = match self.state {
            CampState::Sending => CampState::Sending,
            CampState::Limit => CampState::Limit,
            CampState::Waiting | CampState::Free if now >= self.limit => CampState::Limit,
            CampState::Waiting | CampState::Free if free => CampState::Free,
            CampState::Waiting | CampState::Free => CampState::Waiting,
        };
    }

    fn send(&self, now: Millis) -> Option<Wish> {
        let since = self.free_since?;
        (now >= since + STAYS_FREE).then(|| Wish {
            verb: Verb::Transfer,
            subject: self.who.leg.clone(),
            target: Some(self.target.target.clone()),
        })
    }

    /// A busy phone may turn the caller away, and then they are lost: they wait on until mine is free, and the board says so.
    fn bring_back(&self, sight: &Sight<'_>) -> Option<Wish> {
        let me = sight.scene.me()?;
        let free = me.state == ExtensionState::Idle && !me.dnd;
        free.then(|| Wish {
            verb: Verb::Take,
            subject: self.who.leg.clone(),
            target: None,
        })
    }
}
