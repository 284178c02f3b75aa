//! The verbs, one file each: when it is offered, what exactly it would move, what is refused.

mod hangup;
mod originate;
mod transfer;
mod transfer_both;

use board::{Ref, RefKind};

use crate::intent::{Intent, Verb};
use crate::offer::{Offer, Offers, RefusedTarget};
use crate::preview::{Journey, Party, Preview, Warning};
use crate::refusal::Refusal;
use crate::scene::{Goal, Scene};
use board::view::ExtensionState;

/// What an intent comes to on the board of now: who exactly moves where. Preview and plan are made from this alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Move {
    /// One leg goes; `with` is a bridged partner that goes along, so that neither is dropped.
    Send {
        who: Traveller,
        with: Option<Traveller>,
        released: Vec<Party>,
    },
    /// These legs end.
    HangUp { legs: Vec<Party> },
    /// A phone rings, and once it answers the goal is called.
    Originate {
        from: Party,
        device: String,
        to: Goal,
    },
}

/// A leg and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Traveller {
    pub(crate) party: Party,
    pub(crate) leg: Ref,
    pub(crate) to: Goal,
}

/// What may be done with `subject` now.
#[must_use]
pub fn offers(subject: &Ref, scene: Scene<'_>) -> Offers {
    let goals: Goals<'_> = scene
        .targets()
        .map(|target| (target, scene.goal(target)))
        .collect();
    let offers = match (subject.kind, scene.find(subject)) {
        (RefKind::Extension, _) => originate::offers(subject, &goals, scene),
        (_, Ok((call, leg))) => {
            let mut offers = transfer::offers(call, leg, &goals, scene);
            offers.extend(transfer_both::offer(call, leg, &goals, scene));
            offers.extend(hangup::offers(call, leg, scene));
            offers
        }
        (_, Err(_)) => Vec::new(),
    };
    Offers {
        subject: subject.clone(),
        seen: scene.seen(subject),
        offers,
    }
}

/// Everything on the board that could be a target, as a place to go to: looked up once for all verbs.
type Goals<'a> = Vec<(&'a Ref, Result<Goal, Refusal>)>;

/// What an intent would move, or why not.
pub(crate) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Move, Refusal> {
    // On a picture that is not live a leg is neither there nor gone.
    if !scene.live {
        return Err(Refusal::NotLive);
    }
    match intent.verb {
        Verb::Transfer => transfer::resolve(intent, scene),
        Verb::TransferBoth => transfer_both::resolve(intent, scene),
        Verb::HangUp => hangup::resolve(intent, scene),
        Verb::Originate => originate::resolve(intent, scene),
    }
}

/// The sentence's data: who goes where, who is released.
#[must_use]
pub fn preview(intent: &Intent, scene: Scene<'_>) -> Preview {
    match resolve(intent, scene) {
        Ok(plan) => plan.preview(intent.verb),
        Err(refusal) => Preview {
            verb: intent.verb,
            journeys: Vec::new(),
            released: Vec::new(),
            warnings: Vec::new(),
            refusal: Some(refusal),
        },
    }
}

impl Move {
    pub(crate) fn preview(&self, verb: Verb) -> Preview {
        let (journeys, released) = match self {
            Self::Send {
                who,
                with,
                released,
            } => (
                std::iter::once(who)
                    .chain(with)
                    .map(Traveller::journey)
                    .collect(),
                released.clone(),
            ),
            Self::HangUp { legs } => (Vec::new(), legs.clone()),
            Self::Originate { from, to, .. } => (
                vec![Journey {
                    who: from.clone(),
                    to: to.place(),
                }],
                Vec::new(),
            ),
        };
        let warnings = self.goals().into_iter().flat_map(warnings).collect();
        Preview {
            verb,
            journeys,
            released,
            warnings,
            refusal: None,
        }
    }

    /// The places that must exist before anything is sent.
    pub(crate) fn goals(&self) -> Vec<&Goal> {
        match self {
            Self::Send { who, with, .. } => std::iter::once(&who.to)
                .chain(with.as_ref().map(|with| &with.to))
                .collect(),
            Self::HangUp { .. } => Vec::new(),
            Self::Originate { to, .. } => vec![to],
        }
    }

    /// The legs it is about.
    pub(crate) fn legs(&self) -> Vec<Ref> {
        match self {
            Self::Send { who, with, .. } => std::iter::once(who)
                .chain(with)
                .map(|traveller| traveller.leg.clone())
                .collect(),
            Self::HangUp { legs } => legs.iter().filter_map(|party| party.leg.clone()).collect(),
            Self::Originate { .. } => Vec::new(),
        }
    }
}

impl Traveller {
    fn journey(&self) -> Journey {
        Journey {
            who: self.party.clone(),
            to: self.to.place(),
        }
    }
}

fn warnings(goal: &Goal) -> impl Iterator<Item = Warning> {
    let doing = match goal.state {
        // Where the PBX keeps do-not-disturb in a device of the hint, that alone makes the hint busy.
        Some(ExtensionState::InUse | ExtensionState::Busy | ExtensionState::Held) => {
            (goal.on_call || !goal.dnd).then_some(Warning::TargetBusy)
        }
        Some(ExtensionState::Ringing | ExtensionState::InUseRinging) => {
            Some(Warning::TargetRinging)
        }
        Some(ExtensionState::Unknown) => Some(Warning::TargetUnknown),
        Some(ExtensionState::Idle | ExtensionState::Offline) => None,
        None => (goal.target.kind == RefKind::Number).then_some(Warning::Unverified),
    };
    let dnd = goal.dnd.then_some(Warning::DoNotDisturb);
    doing.into_iter().chain(dnd)
}

/// Splits everything on the board into legal and refused targets.
fn sort_targets(
    goals: &Goals<'_>,
    legal: impl Fn(&Goal) -> Result<(), Refusal>,
) -> (Vec<Ref>, Vec<RefusedTarget>) {
    let mut targets = Vec::new();
    let mut refused = Vec::new();
    for (target, goal) in goals {
        match goal.as_ref().map_err(Clone::clone).and_then(&legal) {
            Ok(()) => targets.push((*target).clone()),
            Err(refusal) => refused.push(RefusedTarget {
                target: (*target).clone(),
                refusal,
            }),
        }
    }
    (targets, refused)
}

fn refused_offer(verb: Verb, subject: &Ref, party: Party, refusal: Refusal) -> Offer {
    Offer {
        verb,
        subject: subject.clone(),
        party,
        targets: Vec::new(),
        refused: Vec::new(),
        numbers: false,
        refusal: Some(refusal),
    }
}
