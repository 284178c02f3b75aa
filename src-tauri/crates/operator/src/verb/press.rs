//! Small things done to one leg or one person: keys pressed, a time limit, a voicemail box counted anew. No event tells of them.

use ami::action::{AbsoluteTimeout, MailboxCount, PlayDtmf};
use board::Ref;
use board::view::{CallView, LegState, LegView};

use super::act::meant;
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
/// A day.
const LONGEST: u32 = 86_400;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let Ok(leg) = meant(call, named, up) else {
        return Vec::new();
    };
    let party = scene.party(leg);
    let keys = scene.ready("PlayDTMF").and_then(|()| scene.free(leg));
    let limit = scene
        .ready("AbsoluteTimeout")
        .and_then(|()| scene.free(leg));
    vec![
        Offer::act(Verb::SendDigits, &leg.id, party.clone(), keys).asking(Asks::Digits),
        Offer::act(Verb::LimitTime, &leg.id, party, limit).asking(Asks::Seconds),
    ]
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
    let leg = meant(call, named, up)?;
    scene.free(leg)?;
    let about = vec![scene.party(leg)];
    let uniqueid = leg.id.key.clone();
    if intent.verb == Verb::LimitTime {
        scene.ready("AbsoluteTimeout")?;
        let seconds = intent.details.seconds.filter(|seconds| *seconds <= LONGEST);
        let seconds = seconds.ok_or(Refusal::BadDetails)?;
        let act = Act::new(&AbsoluteTimeout { uniqueid, seconds }, Proof::Word, about);
        return Ok(Moves::from(act).warned(Warning::NoProof));
    }
    scene.ready("PlayDTMF")?;
    let press = |digit| {
        let uniqueid = uniqueid.clone();
        Move::Act(Act::new(
            &PlayDtmf { uniqueid, digit },
            Proof::Word,
            about.clone(),
        ))
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
