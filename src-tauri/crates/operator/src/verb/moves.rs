//! What an intent comes to on the board of now: who exactly moves where, and what else is done. Preview and plan are made from this alone.

use ami::Request;
use ami::action::{List, SpyMode};
use board::view::ExtensionState;
use board::{Ref, RefKind};

use crate::goal::Goal;
use crate::intent::Verb;
use crate::plan::Proof;
use crate::preview::{Journey, Party, Place, Preview, Warning};

/// The moves of one intent, one after the other: the next is written when the one before was seen to have happened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moves {
    pub(crate) all: Vec<Move>,
    /// Warnings of the verb itself.
    pub(crate) warnings: Vec<Warning>,
    /// For whom it is done, where nobody goes there yet.
    pub(crate) awaited: Option<Place>,
}

/// One thing that is done, with what proves it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Move {
    /// Legs go.
    Send {
        trips: Vec<Trip>,
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
    /// A phone rings, and once it answers it hears a leg.
    Spy {
        from: Party,
        device: String,
        mode: SpyMode,
        on: Party,
        /// The full name of the leg's channel: `ChanSpy` matches by prefix.
        channel: String,
    },
    /// One action that moves nobody to a place in the dialplan.
    Act(Act),
}

/// One action, what it is done to, and what proves it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Act {
    pub(crate) request: Request,
    pub(crate) proof: Proof,
    /// What is read again when it is accepted, because no event tells.
    pub(crate) fresh: Option<List>,
    pub(crate) about: Vec<Party>,
    pub(crate) at: Option<Place>,
    /// Where the PBX itself will dial for it.
    pub(crate) to: Option<Goal>,
    pub(crate) released: Vec<Party>,
}

/// One `Redirect`: a leg, and a bridged partner that goes along so that neither is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trip {
    pub(crate) who: Traveller,
    pub(crate) with: Option<Traveller>,
}

/// A leg and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Traveller {
    pub(crate) party: Party,
    pub(crate) leg: Ref,
    pub(crate) to: Goal,
}

impl From<Move> for Moves {
    fn from(one: Move) -> Self {
        Self {
            all: vec![one],
            warnings: Vec::new(),
            awaited: None,
        }
    }
}

impl From<Act> for Moves {
    fn from(act: Act) -> Self {
        Move::Act(act).into()
    }
}

impl Moves {
    /// Done one after the other.
    pub(crate) fn series(all: Vec<Move>) -> Self {
        Self {
            all,
            warnings: Vec::new(),
            awaited: None,
        }
    }

    pub(crate) fn warned(mut self, warning: Warning) -> Self {
        self.warnings.push(warning);
        self
    }

    /// They wait for whoever is there.
    pub(crate) fn awaiting(mut self, place: Place) -> Self {
        self.awaited = Some(place);
        self
    }

    /// The places that must exist before anything is sent.
    pub(crate) fn goals(&self) -> Vec<&Goal> {
        self.all.iter().flat_map(Move::goals).collect()
    }

    /// The legs it is about.
    pub(crate) fn legs(&self) -> Vec<Ref> {
        let mut legs: Vec<Ref> = Vec::new();
        for leg in self.all.iter().flat_map(Move::legs) {
            if !legs.contains(&leg) {
                legs.push(leg);
            }
        }
        legs
    }

    /// The same deed: what was previewed and checked is what would be written.
    pub(crate) fn is_same_deed(&self, other: &Self) -> bool {
        let numbers = |moves: &Self| {
            let goals = moves.goals().into_iter();
            goals.map(|goal| goal.number.clone()).collect::<Vec<_>>()
        };
        let acts = |moves: &Self| {
            let acts = moves.all.iter().filter_map(|one| match one {
                Move::Act(act) => Some(act.request.clone()),
                Move::Send { .. }
                | Move::HangUp { .. }
                | Move::Originate { .. }
                | Move::Spy { .. } => None,
            });
            acts.collect::<Vec<_>>()
        };
        self.all.len() == other.all.len()
            && self.legs() == other.legs()
            && numbers(self) == numbers(other)
            && acts(self) == acts(other)
    }

    pub(crate) fn preview(&self, verb: Verb) -> Preview {
        let warnings = self.goals().into_iter().flat_map(warnings);
        Preview {
            verb,
            journeys: self.all.iter().flat_map(Move::journeys).collect(),
            about: self.all.iter().flat_map(Move::about).collect(),
            at: self
                .awaited
                .clone()
                .or_else(|| self.all.iter().find_map(Move::at)),
            released: self.all.iter().flat_map(Move::released).collect(),
            warnings: warnings.chain(self.warnings.iter().copied()).collect(),
            refusal: None,
        }
    }
}

impl Move {
    /// One leg goes to one place.
    pub(crate) fn send(who: Traveller, released: Vec<Party>) -> Self {
        Self::Send {
            trips: vec![Trip { who, with: None }],
            released,
        }
    }

    /// Everybody who travels.
    pub(crate) fn travellers(&self) -> impl Iterator<Item = &Traveller> {
        let trips = match self {
            Self::Send { trips, .. } => &trips[..],
            Self::HangUp { .. } | Self::Originate { .. } | Self::Spy { .. } | Self::Act(_) => &[],
        };
        trips
            .iter()
            .flat_map(|trip| std::iter::once(&trip.who).chain(trip.with.as_ref()))
    }

    fn goals(&self) -> Vec<&Goal> {
        match self {
            Self::Send { .. } => self.travellers().map(|one| &one.to).collect(),
            Self::Originate { to, .. } => vec![to],
            Self::Act(act) => act.to.iter().collect(),
            Self::HangUp { .. } | Self::Spy { .. } => Vec::new(),
        }
    }

    pub(crate) fn legs(&self) -> Vec<Ref> {
        let of = |parties: &[Party]| {
            parties
                .iter()
                .filter_map(|party| party.leg.clone())
                .collect()
        };
        match self {
            Self::Send { .. } => self.travellers().map(|one| one.leg.clone()).collect(),
            Self::HangUp { legs } => of(legs),
            Self::Originate { .. } | Self::Spy { .. } => Vec::new(),
            Self::Act(act) => of(&act.about),
        }
    }

    /// The operator's own legs among those it is about.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Ref> {
        let about = match self {
            Self::Act(act) => &act.about[..],
            Self::HangUp { legs } => &legs[..],
            Self::Send { .. } | Self::Originate { .. } | Self::Spy { .. } => &[],
        };
        let travellers = self.travellers().map(|one| &one.party);
        let mine = travellers.chain(about).filter(|party| party.me);
        mine.filter_map(|party| party.leg.as_ref())
    }

    /// The device it rings first.
    pub(crate) fn rung(&self) -> Option<&str> {
        match self {
            Self::Originate { device, .. } | Self::Spy { device, .. } => Some(device),
            Self::Send { .. } | Self::HangUp { .. } | Self::Act(_) => None,
        }
    }

    /// The parking lot in which it takes a space.
    pub(crate) fn lot(&self) -> Option<&str> {
        match self {
            Self::Act(act) if matches!(act.proof, Proof::Parked(_)) => {
                act.request.header("Parkinglot")
            }
            Self::Act(_)
            | Self::Send { .. }
            | Self::HangUp { .. }
            | Self::Originate { .. }
            | Self::Spy { .. } => None,
        }
    }

    fn journeys(&self) -> Vec<Journey> {
        match self {
            Self::Send { .. } => self.travellers().map(Traveller::journey).collect(),
            Self::Originate { from, to, .. } => vec![Journey {
                who: from.clone(),
                to: to.place(),
            }],
            Self::HangUp { .. } | Self::Spy { .. } | Self::Act(_) => Vec::new(),
        }
    }

    fn about(&self) -> Vec<Party> {
        match self {
            Self::Spy { from, on, .. } => vec![from.clone(), on.clone()],
            Self::Act(act) => act.about.clone(),
            Self::Send { .. } | Self::HangUp { .. } | Self::Originate { .. } => Vec::new(),
        }
    }

    fn at(&self) -> Option<Place> {
        match self {
            Self::Act(act) => act.at.clone(),
            Self::Send { .. } | Self::HangUp { .. } | Self::Originate { .. } | Self::Spy { .. } => {
                None
            }
        }
    }

    fn released(&self) -> Vec<Party> {
        match self {
            Self::Send { released, .. } => released.clone(),
            Self::HangUp { legs } => legs.clone(),
            Self::Act(act) => act.released.clone(),
            Self::Originate { .. } | Self::Spy { .. } => Vec::new(),
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
        None => (goal.target.kind == RefKind::Number && !goal.own).then_some(Warning::Unverified),
    };
    let dnd = goal.dnd.then_some(Warning::DoNotDisturb);
    let unknown = goal.mailbox.as_ref().is_some_and(|own| !own.known);
    let mailbox = unknown.then_some(Warning::MailboxUnknown);
    doing.into_iter().chain(dnd).chain(mailbox)
}
