//! Small things done to one leg or one person: keys pressed, a time limit, a voicemail box counted anew. No event tells of them.

use ami::action::{AbsoluteTimeout, MailboxCount, PlayDtmf};
use board::Ref;
use board::view::{CallView, LegState, LegView};

use super::act::{LONGEST, meant, mine};
use super::moves::Act;
use super::{Move, Moves};
use crate::intent::{Intent, Verb};
use crate::offer::{Asks, Offer};
use crate::plan::Proof;
use crate::preview::Warning;
use crate::refusal::Refusal;
use crate::scene::Scene;

/// More keys than any menu asks for; each takes the PBX a tenth of a second.
const MOST_KEYS: usize = 32;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let mut offers = Vec::new();
    if let Ok(leg) = listener(call, named, scene) {
        let keys = scene.ready("PlayDTMF").and_then(|()| scene.free(leg));
        let offer = Offer::act(Verb::SendDigits, &leg.id, scene.party(leg), keys);
        offers.push(offer.asking(Asks::Digits));
    }
    if let Ok(leg) = limited(call, named) {
        let ready = scene.ready("AbsoluteTimeout");
        let limit = ready.and_then(|()| scene.free(leg));
        let offer = Offer::act(Verb::LimitTime, &leg.id, scene.party(leg), limit);
        offers.push(offer.asking(Asks::Seconds));
    }
    offers
}

/// Whom the keys are for: the named leg, the other party of my own call, the only one who is there.
fn listener<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Result<&'c LegView, Refusal> {
    let me = mine(call, scene).filter(|me| !me.hears.is_empty());
    let other = |leg: &LegView| up(leg) && (named.is_some() || me.is_none_or(|me| me.id != leg.id));
    meant(call, named, other)
}

/// Whose end ends the call: the named leg, or either of two who hear each other, so the first.
fn limited<'c>(call: &'c CallView, named: Option<&'c LegView>) -> Result<&'c LegView, Refusal> {
    match (&call.legs[..], named) {
        ([first, second], None) if up(first) && first.hears.contains(&second.id) => Ok(first),
        ([..], _) => meant(call, named, up),
    }
}

pub(super) fn mailbox_offer(subject: &Ref, scene: Scene<'_>) -> Option<Offer> {
    let person = scene.extension(subject)?;
    person.mailbox.as_ref()?;
    let allowed = scene.ready("MailboxCount");
    Some(Offer::act(
        Verb::AskMailbox,
        subject,
        scene.person(person),
        allowed,
    ))
}

fn up(leg: &LegView) -> bool {
    match leg.state {
        LegState::Talking
        | LegState::Held
        | LegState::Application
        | LegState::Queued
        | LegState::Alone => true,
        LegState::Ringing | LegState::Calling | LegState::Parked | LegState::Ending => false,
    }
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    if intent.verb == Verb::AskMailbox {
        return count(&intent.subject, scene);
    }
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    if intent.verb == Verb::LimitTime {
        return limit(intent, limited(call, named)?, scene);
    }
    press(intent, listener(call, named, scene)?, scene)
}

fn limit(intent: &Intent, leg: &LegView, scene: Scene<'_>) -> Result<Moves, Refusal> {
    scene.ready("AbsoluteTimeout")?;
    scene.free(leg)?;
    let (about, uniqueid) = (vec![scene.party(leg)], leg.id.key.clone());
    // Nought would be no end at all: the PBX does not take it.
    let seconds = intent.details.seconds;
    let seconds = seconds.filter(|seconds| (1..=LONGEST).contains(seconds));
    let seconds = seconds.ok_or(Refusal::BadDetails)?;
    let act = Act::new(&AbsoluteTimeout { uniqueid, seconds }, Proof::Word, about);
    Ok(Moves::from(act).warned(Warning::NoProof))
}

/// Who hears somebody hears the keys; for whoever is alone with the PBX they count as pressed: its menus listen to that.
fn press(intent: &Intent, leg: &LegView, scene: Scene<'_>) -> Result<Moves, Refusal> {
    scene.ready("PlayDTMF")?;
    scene.free(leg)?;
    let about = vec![scene.party(leg)];
    let press = |digit| {
        let key = PlayDtmf {
            uniqueid: leg.id.key.clone(),
            digit,
            pressed: leg.hears.is_empty(),
        };
        Move::Act(Act::new(&key, Proof::Word, about.clone()))
    };
    let all = keys(intent.details.digits.as_deref())?
        .into_iter()
        .map(press);
    Ok(Moves::series(all.collect()).warned(Warning::NoProof))
}

fn keys(typed: Option<&str>) -> Result<Vec<char>, Refusal> {
    let typed = typed.unwrap_or_default().chars().filter(|c| *c != ' ');
    let keys: Vec<_> = typed.map(|c| c.to_ascii_uppercase()).collect();
    let legal = |key: &char| matches!(key, '0'..='9' | '*' | '#' | 'A'..='D');
    if keys.is_empty() || keys.len() > MOST_KEYS || !keys.iter().all(legal) {
        Err(Refusal::BadDetails)
    } else {
        Ok(keys)
    }
}

fn count(subject: &Ref, scene: Scene<'_>) -> Result<Moves, Refusal> {
    scene.ready("MailboxCount")?;
    let person = scene.extension(subject).ok_or(Refusal::Gone)?;
    let known = person.mailbox.as_ref().ok_or(Refusal::NotInThisState)?;
    let mailbox = known.mailbox.clone();
    let act = Act::new(
        &MailboxCount { mailbox },
        Proof::Word,
        vec![scene.person(person)],
    );
    Ok(act.into())
}
