//! An operator who does whatever is offered, sometimes a moment too late.

use std::time::Duration;

use board::{Ref, RefKind, Thing};
use desk::Desk;
use operator::{Asks, Details, Intent, Offer, Offers};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use uuid::Uuid;

use crate::screen::Screen;

/// One wish, made of what is offered for something on the screen. None: nothing is offered for it.
pub(crate) async fn any(desk: &Desk, screen: &Screen, chance: &mut StdRng) -> Option<Intent> {
    let subject = subjects(screen).choose(chance).cloned()?;
    about(desk, subject, chance).await
}

/// One wish for this very thing.
pub(crate) async fn about(desk: &Desk, subject: Ref, chance: &mut StdRng) -> Option<Intent> {
    let offers = desk.offers(subject).await.expect("a running desk");
    if chance.random_bool(0.3) {
        let hesitates = chance.random_range(1..1_500);
        tokio::time::sleep(Duration::from_millis(hesitates)).await;
    }
    let offer = offers
        .offers
        .iter()
        .filter(|offer| offer.refusal.is_none())
        .collect::<Vec<_>>();
    let offer = offer.choose(chance)?;
    wish(offer, &offers, chance)
}

fn wish(offer: &Offer, offers: &Offers, chance: &mut StdRng) -> Option<Intent> {
    let targets = offer.like.map_or(&offer.targets, |verb| {
        let other = offers.offers.iter().find(|other| other.verb == verb);
        other.map_or(&offer.targets, |other| &other.targets)
    });
    let needs = match offer.asks {
        Asks::Target | Asks::TargetAndValue => true,
        Asks::Nothing | Asks::Digits | Asks::Seconds | Asks::Value => !targets.is_empty(),
    };
    let target = match needs {
        true if offer.numbers && chance.random_bool(0.1) => Some(typed(offer, chance)),
        true => Some(targets.choose(chance)?.clone()),
        false => None,
    };
    let id = Uuid::from_u128(chance.random());
    Some(Intent {
        target,
        seen: offers.seen.clone(),
        details: details(offer.asks, chance),
        confirmed: chance.random_bool(0.5),
        ..Intent::new(id, offer.verb, offer.subject.clone())
    })
}

/// A number by hand: one that is there, one outside, one that does not exist.
fn typed(offer: &Offer, chance: &mut StdRng) -> Ref {
    let number = ["104", "9004930123", "555"].choose(chance).copied();
    Ref::new(
        RefKind::Number,
        &offer.subject.pbx,
        number.unwrap_or_default(),
    )
}

fn details(asks: Asks, chance: &mut StdRng) -> Details {
    let number = || Some(7);
    Details {
        digits: (asks == Asks::Digits).then(|| "12#".to_owned()),
        seconds: (asks == Asks::Seconds).then(|| chance.random_range(2..40)),
        value: matches!(asks, Asks::Value | Asks::TargetAndValue)
            .then(number)
            .flatten(),
        grace: chance.random_bool(0.1).then_some(1_500),
        ..Details::default()
    }
}

/// Whatever can be grabbed.
fn subjects(screen: &Screen) -> Vec<Ref> {
    let mut all = Vec::new();
    for thing in screen.things() {
        match thing {
            Thing::Call(call) => {
                // Most of an operator's work is with calls.
                let legs = call.legs.iter().map(|leg| leg.id.clone());
                all.extend(legs.chain([call.id.clone(), call.id.clone()]));
            }
            Thing::Extension(extension) => {
                let near = ["102", "103"].contains(&extension.number.as_str());
                all.extend(near.then(|| extension.id.clone()));
            }
            Thing::Queue(queue) => all.push(queue.id.clone()),
            Thing::Conference(room) if !room.members.is_empty() => all.push(room.id.clone()),
            Thing::Parked(parked) => all.push(parked.id.clone()),
            Thing::Conference(_) | Thing::Trunk(_) | Thing::Agent(_) | Thing::Ended(_) => {}
        }
    }
    all
}
