//! The verbs, one file each: when it is offered, what exactly it would move, what is refused.

mod act;
mod camp;
mod connect;
mod consult;
mod hangup;
mod join;
mod member;
mod moves;
mod originate;
mod park;
mod phone;
mod press;
mod queued;
mod record;
mod room;
mod supervise;
mod take;
mod transfer;
mod transfer_both;
mod voicemail;

use board::{Ref, RefKind};

use crate::goal::Spot;
use crate::intent::{Intent, Verb};
use crate::offer::{Offer, Offers, RefusedTarget};
use crate::preview::Preview;
use crate::refusal::Refusal;
use crate::scene::Scene;
pub(crate) use moves::{Act, Move, Moves, Traveller, Trip};

/// What may be done with `subject` now. The first that is available is the default of a drag.
#[must_use]
pub fn offers(subject: &Ref, scene: Scene<'_>) -> Offers {
    let spots: Spots<'_> = scene.spots().collect();
    let offers = match (subject.kind, scene.find(subject)) {
        (RefKind::Extension, _) => person(subject, &spots, scene),
        (RefKind::Number, _) => originate::offers_of_number(subject, scene),
        (RefKind::Conference, _) => room::offers_of_room(subject, scene),
        (RefKind::Queue, _) => take::offers_of_queue(subject, scene),
        (_, Ok(found)) => call(found, &spots, scene),
        (_, Err(_)) => Vec::new(),
    };
    Offers {
        subject: subject.clone(),
        seen: scene.seen(subject),
        offers,
    }
}

fn person(subject: &Ref, spots: &Spots<'_>, scene: Scene<'_>) -> Vec<Offer> {
    let mut offers = originate::offers(subject, spots, scene);
    offers.extend(join::invitations(subject, scene));
    offers.extend(take::next_offer(subject, scene));
    offers.extend(member::offers(subject, scene));
    offers.extend(press::mailbox_offer(subject, scene));
    offers
}

fn call(found: Found<'_>, spots: &Spots<'_>, scene: Scene<'_>) -> Vec<Offer> {
    let (call, leg) = found;
    let mut offers = transfer::offers(call, leg, spots, scene);
    offers.extend(consult::offers(call, leg, scene));
    offers.extend(transfer_both::offer(call, leg, spots, scene));
    offers.extend(voicemail::offers(call, leg, scene));
    offers.extend(connect::offers(call, leg, scene));
    offers.extend(join::offers(call, leg, scene));
    offers.extend(camp::offers(call, leg, spots, scene));
    offers.extend(take::offers(call, leg, scene));
    offers.extend(park::offers(call, leg, scene));
    offers.extend(phone::offers(call, leg, scene));
    offers.extend(room::offers(call, leg, scene));
    offers.extend(queued::offers(call, leg, scene));
    offers.extend(record::offers(call, leg, scene));
    offers.extend(supervise::offers(call, leg, scene));
    offers.extend(press::offers(call, leg, scene));
    offers.extend(hangup::offers(call, leg, scene));
    offers
}

/// A call, and the leg of it that was named.
pub(crate) type Found<'a> = (&'a board::view::CallView, Option<&'a board::view::LegView>);

/// Everything on the board that could be a target: looked up once for all verbs.
type Spots<'a> = Vec<(&'a Ref, Result<Spot<'a>, Refusal>)>;

/// What an intent would do, or why not.
pub(crate) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    // On a picture that is not live a leg is neither there nor gone.
    if !scene.live {
        return Err(Refusal::NotLive);
    }
    match intent.verb {
        Verb::Transfer => transfer::resolve(intent, scene),
        Verb::TransferBoth => transfer_both::resolve(intent, scene),
        Verb::Voicemail => voicemail::resolve(intent, scene),
        Verb::Consult | Verb::Swap | Verb::Complete | Verb::GoBack => {
            consult::resolve(intent, scene)
        }
        Verb::Park | Verb::Hold => park::resolve(intent, scene),
        Verb::Camp => camp::resolve(intent, scene),
        Verb::Take | Verb::Next => take::resolve(intent, scene),
        Verb::Connect => connect::resolve(intent, scene),
        Verb::Join | Verb::Invite => join::resolve(intent, scene),
        Verb::Answer | Verb::PhoneHold | Verb::PhoneResume => phone::resolve(intent, scene),
        Verb::HangUp => hangup::resolve(intent, scene),
        Verb::Kick | Verb::Mute | Verb::Unmute | Verb::Lock | Verb::Unlock => {
            room::resolve(intent, scene)
        }
        Verb::Record | Verb::PauseRecording | Verb::ResumeRecording | Verb::StopRecording => {
            record::resolve(intent, scene)
        }
        Verb::Listen | Verb::Whisper | Verb::Barge => supervise::resolve(intent, scene),
        Verb::SendDigits | Verb::LimitTime | Verb::AskMailbox => press::resolve(intent, scene),
        Verb::Originate => originate::resolve(intent, scene),
        Verb::QueueAdd
        | Verb::QueueRemove
        | Verb::QueuePause
        | Verb::QueueUnpause
        | Verb::SetPenalty => member::resolve(intent, scene),
        Verb::SetPriority | Verb::Withdraw => queued::resolve(intent, scene),
    }
}

/// The sentence's data: who goes where, who is released.
#[must_use]
pub fn preview(intent: &Intent, scene: Scene<'_>) -> Preview {
    match resolve(intent, scene) {
        Ok(moves) => moves.preview(intent.verb),
        Err(refusal) => Preview::refused(intent.verb, refusal),
    }
}

/// Splits everything on the board into legal and refused targets.
fn sort_targets(spots: &Spots<'_>, legal: impl Fn(Spot<'_>) -> Result<(), Refusal>) -> Sorted {
    let judged = spots.iter().map(|(target, spot)| {
        let spot = spot.as_ref().map_err(Clone::clone);
        (*target, spot.and_then(|spot| legal(*spot)))
    });
    sort(judged)
}

/// Legal targets, and those that would be refused with the reason.
type Sorted = (Vec<Ref>, Vec<RefusedTarget>);

fn sort<'a>(judged: impl Iterator<Item = (&'a Ref, Result<(), Refusal>)>) -> Sorted {
    // Nearly all of them are legal.
    let mut sorted: Sorted = (
        Vec::with_capacity(judged.size_hint().1.unwrap_or(0)),
        Vec::new(),
    );
    for (target, legal) in judged {
        let target = target.clone();
        match legal {
            Ok(()) => sorted.0.push(target),
            Err(refusal) => sorted.1.push(RefusedTarget { target, refusal }),
        }
    }
    sorted
}
