//! Park and hold: a caller waits where anybody can fetch them. In a lot where the PBX has one, else to music.

use ami::action::Park;
use board::Lot;
use board::view::{CallView, LegState, LegView};

use super::act::LONGEST;
use super::moves::Act;
use super::transfer::{may_move, mover, movers, released};
use super::{Move, Moves, Traveller};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::plan::Proof;
use crate::preview::Warning;
use crate::refusal::Refusal;
use crate::scene::Scene;

/// The lot Asterisk makes where none is configured (`res_parking.conf`).
const USUAL: &str = "default";

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let Some(leg) = movers(call, named, scene).into_iter().next() else {
        return Vec::new();
    };
    if matches!(leg.state, LegState::Parked | LegState::Ending) {
        return Vec::new();
    }
    let party = scene.party(leg);
    let allowed = |verb| {
        may_move(leg, scene)?;
        if verb == Verb::Park {
            can_be_parked(leg, scene)?;
            lot(None, scene).map(drop)
        } else {
            scene.music().map(drop)
        }
    };
    [Verb::Park, Verb::Hold]
        .map(|verb| Offer::act(verb, &leg.id, party.clone(), allowed(verb)))
        .into()
}

/// Somebody in a conference cannot be parked: the PBX refuses (transcript `conference-parked-from`).
fn can_be_parked(leg: &LegView, scene: Scene<'_>) -> Result<(), Refusal> {
    scene.ready("Park")?;
    if scene.board.seat(&leg.id.key).is_some() {
        return Err(Refusal::NotInThisState);
    }
    match leg.state {
        LegState::Talking
        | LegState::Held
        | LegState::Application
        | LegState::Alone
        | LegState::Queued => Ok(()),
        LegState::Ringing | LegState::Calling | LegState::Parked | LegState::Ending => {
            Err(Refusal::NotInThisState)
        }
    }
}

/// The lot that is meant, which must have a space: the PBX says "successful" and hangs up whoever finds none (transcript
/// `park-lot-full`). Of a PBX whose lots are not known nobody can say that it has one.
fn lot(named: Option<&str>, scene: Scene<'_>) -> Result<String, Refusal> {
    let lot = match named {
        Some(named) => named,
        None => usual_lot(scene)?,
    };
    let Lot { spaces, taken } = scene.board.lot(lot).ok_or(Refusal::NoSuchLot)?;
    if taken.saturating_add(scene.pending.parks(lot)) >= spaces {
        let lot = lot.to_owned();
        return Err(Refusal::LotFull { lot });
    }
    Ok(lot.to_owned())
}

/// Where none is named: `default`, or the only one there is.
fn usual_lot(scene: Scene<'_>) -> Result<&str, Refusal> {
    let mut lots = scene.board.lots();
    let first = lots.next().ok_or(Refusal::NoSuchLot)?;
    match lots.next() {
        None => Ok(first),
        Some(_) => Ok(USUAL),
    }
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = mover(call, named, scene)?;
    let released = released(call, leg, scene);
    if intent.verb == Verb::Hold {
        let who = Traveller {
            party: scene.party(leg),
            leg: leg.id.clone(),
            to: scene.music()?,
        };
        return Ok(Move::send(who, released).into());
    }
    can_be_parked(leg, scene)?;
    let details = &intent.details;
    if details.seconds.is_some_and(|seconds| seconds > LONGEST) {
        return Err(Refusal::BadDetails);
    }
    let lot = lot(details.lot.as_deref(), scene)?;
    // The partner hears the space and is whom the caller comes back to. Without one the caller would come back to their own device.
    let partner = call
        .legs
        .iter()
        .find(|other| leg.hears.len() == 1 && leg.hears.contains(&other.id));
    let seconds = match partner {
        Some(_) => details.seconds,
        None => Some(0),
    };
    let action = Park {
        uniqueid: leg.id.key.clone(),
        timeout: seconds.map(|seconds| seconds * 1000),
        lot: Some(lot),
        space: None,
        announce: None,
        timeout_channel: partner.map(|partner| partner.channel.clone()),
    };
    let act = Act::new(
        &action,
        Proof::Parked(leg.id.key.clone()),
        vec![scene.party(leg)],
    );
    let moves = Moves::from(act.releasing(released));
    Ok(match partner {
        Some(_) => moves,
        None => moves.warned(Warning::NoWayBack),
    })
}
