//! How operations tell the net whom they move: at the write, at the end, and when it was found out what became of them.

use board::Millis;

use super::sight::Sight;
use super::{Net, Who};
use crate::intent::{OperationId, Verb};
use crate::operation::{OperationView, Step};
use crate::outcome::{Evidence, Outcome};
use crate::plan::Found;
use crate::preview::{Party, Place};
use crate::scene::Scene;

/// What is known of an operation.
#[derive(Debug)]
pub(super) struct Known {
    /// Those it moves were watched from the moment it was written: it is not one of an earlier run of the program.
    watched: bool,
    outcome: Option<Outcome>,
}

impl Net {
    /// An operation as it stands; to be told of every one in every turn in which it may have changed, before the next event is read.
    pub fn follow(&mut self, view: &OperationView, scene: Scene<'_>, now: Millis) {
        let known = self.known.get(&view.operation);
        let refused = matches!(view.outcome, Some(Outcome::Refused { .. }));
        let written = match view.step {
            Step::Waiting | Step::Checking => false,
            Step::Asked | Step::Accepted | Step::FirstPhoneRings => true,
            Step::Ended => !refused,
        };
        let told = known.is_some_and(|known| known.outcome == view.outcome);
        if told || !(written || refused) {
            return;
        }
        let sight = Sight::of(scene);
        let adrift = matches!(view.outcome, Some(Outcome::Unknown { .. }));
        let watched = known.map_or(!adrift, |known| known.watched);
        if known.is_none() && written && watched {
            self.begin(view, &sight, now);
        }
        if let Some(outcome) = &view.outcome {
            self.end(view, outcome, &sight, now);
            if let Outcome::Unknown { found: Some(found) } = outcome {
                self.settle(view, *found, watched, &sight, now);
            }
        }
        let outcome = view.outcome.clone();
        self.known
            .insert(view.operation, Known { watched, outcome });
    }

    /// Whether it has to be told of this operation.
    #[must_use]
    pub fn wants(&self, id: OperationId, outcome: Option<&Outcome>) -> bool {
        self.known
            .get(&id)
            .is_none_or(|known| known.outcome.as_ref() != outcome)
    }

    /// Operations that are shown no more need not be remembered.
    pub fn retain(&mut self, is_shown: impl Fn(OperationId) -> bool) {
        self.known.retain(|id, _| is_shown(*id));
    }

    /// It has just been written.
    fn begin(&mut self, view: &OperationView, sight: &Sight<'_>, now: Millis) {
        if matches!(view.verb, Verb::HangUp | Verb::Kick) {
            for leg in &view.legs {
                self.alarm.forget(leg);
                self.sent.forget(leg);
            }
            return;
        }
        let by = view.operation;
        for (who, to) in moved(view) {
            let mine = to.as_ref().is_some_and(|to| is_mine(to, sight));
            self.alarm.watch(who.clone(), to.clone(), by, sight, now);
            match to {
                // Who comes back is followed until I have them.
                Some(_) if mine && self.sent.has(&who.leg) => {}
                Some(to) if mine => self.sent.add_fetched((who, to), by, sight, now),
                Some(to) if goes_on_the_shelf(view.verb) => {
                    self.sent.add((who, to), by, sight, now);
                }
                Some(_) | None => drop(self.sent.forget(&who.leg)),
            }
        }
    }

    /// It has an outcome.
    fn end(&mut self, view: &OperationView, outcome: &Outcome, sight: &Sight<'_>, now: Millis) {
        for (who, _) in moved(view) {
            self.alarm.ended(&who.leg, outcome);
            self.sent.ended(&who.leg, view.operation, outcome, now);
            match outcome {
                Outcome::Done { .. } => self.arrived(view, who, sight, now),
                Outcome::Unknown { .. } => {}
                Outcome::Refused { .. } | Outcome::Failed { .. } | Outcome::Expired => {
                    self.camps.stays(&who.leg, now)
                }
            }
        }
        let evidence = Evidence::Word;
        let mutes = matches!(view.verb, Verb::Mute | Verb::Unmute);
        if mutes && *outcome == (Outcome::Done { evidence }) {
            let on = view.verb == Verb::Mute;
            let legs = view.legs.iter();
            legs.for_each(|leg| self.notes.mute(leg, on, now));
        }
    }

    /// What became of an operation whose end nobody saw was found out.
    fn settle(
        &mut self,
        view: &OperationView,
        found: Found,
        watched: bool,
        sight: &Sight<'_>,
        now: Millis,
    ) {
        for (who, to) in moved(view) {
            match found {
                Found::Happened { .. } => {
                    self.arrived(view, who.clone(), sight, now);
                    if let Some(to) = to.filter(|_| !watched) {
                        self.resume(view, (who, to), sight, now);
                    }
                }
                Found::Gone { .. } if !watched => {
                    self.alarm.gone(who, to, view.operation, now);
                }
                Found::Gone { .. } => {}
                // Who waits for somebody waits on.
                Found::Begun
                | Found::DidNotHappen
                | Found::NothingThere
                | Found::Restarted { .. }
                | Found::CannotTell => self.camps.stays(&who.leg, now),
            }
        }
    }

    /// A move of an earlier run of the program has happened, and may not have been answered yet.
    fn resume(&mut self, view: &OperationView, sent: (Who, Place), sight: &Sight<'_>, now: Millis) {
        let by = view.operation;
        if is_mine(&sent.1, sight) {
            self.sent.resume_fetched(sent, by, sight, now);
        } else if goes_on_the_shelf(view.verb) {
            self.sent.resume(sent, by, sight, now);
        }
    }

    /// A move has happened.
    fn arrived(&mut self, view: &OperationView, who: Who, sight: &Sight<'_>, now: Millis) {
        let (rules, by) = (sight.scene.rules, Some(view.operation));
        if view.verb != Verb::Hold {
            self.notes.resume(&who.leg);
        }
        self.camps.forget(&who.leg);
        if view.verb == Verb::Hold {
            self.notes.hold(&who.leg, by, rules.hold_warn(), now);
        }
        let target = view.target.as_ref().filter(|_| view.verb == Verb::Camp);
        if let Some(Ok(target)) = target.map(|target| sight.scene.place_of(target)) {
            self.camps.add(who.clone(), target, rules.camp_limit(), now);
        }
        let labelled = matches!(view.verb, Verb::Hold | Verb::Camp | Verb::Park);
        if let Some(label) = view.details.label.as_deref().filter(|_| labelled) {
            self.notes.label(&who.leg, label, by);
        }
    }
}

/// Whom an operation moves, the operator left out, and where to. A phone that is to ring first has no leg yet.
fn moved(view: &OperationView) -> Vec<(Who, Option<Place>)> {
    let journeys = view.preview.journeys.iter();
    let travels = journeys.map(|one| (&one.who, Some(&one.to)));
    let bridged = matches!(
        view.verb,
        Verb::Park | Verb::Connect | Verb::Complete | Verb::Swap | Verb::GoBack
    );
    let about = view.preview.about.iter().filter(|_| bridged);
    let all = travels.chain(about.map(|party| (party, None)));
    let mut found: Vec<(Who, Option<Place>)> = Vec::new();
    for (party, to) in all.filter(|(party, _)| !party.me) {
        let Some(who) = who(party) else { continue };
        if found.iter().all(|(known, _)| known.leg != who.leg) {
            found.push((who, to.cloned()));
        }
    }
    found
}

fn who(party: &Party) -> Option<Who> {
    Some(Who {
        leg: party.leg.clone()?,
        name: party.name.clone(),
        number: party.number.clone(),
    })
}

/// Until somebody answers, these are sent and not yet there.
fn goes_on_the_shelf(verb: Verb) -> bool {
    matches!(verb, Verb::Transfer | Verb::TransferBoth | Verb::Complete)
}

fn is_mine(to: &Place, sight: &Sight<'_>) -> bool {
    sight.scene.me().is_some_and(|me| me.number == to.number)
}
