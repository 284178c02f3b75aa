//! People at their phones, who do what they like when they like.

use practice::PhoneAct;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use crate::far::Far;

/// Few phones, so that they get into each other's way.
pub(crate) const PHONES: [&str; 6] = ["101", "102", "103", "104", "105", "106"];
/// Reception, my own number, a queue, a menu, a room.
const INBOUND: [&str; 6] = [
    "4930555000",
    "4930555001",
    "4930555002",
    "4930555003",
    "4930555003",
    "4930555006",
];
const DIALLED: [&str; 12] = [
    "101",
    "102",
    "103",
    "104",
    "100",
    "610",
    "680",
    "700",
    "701",
    "*8",
    "601",
    "9004930123",
];
const OUTSIDERS: [&str; 5] = [
    "+49301111111",
    "+49302222222",
    "+49303333333",
    "+49304444444",
    "+49305555555",
];

fn pick(from: &[&'static str], chance: &mut StdRng) -> &'static str {
    from.choose(chance).copied().expect("some to choose from")
}

/// Somebody does something.
pub(crate) fn anything(far: &Far, chance: &mut StdRng) {
    let phone = pick(&PHONES, chance);
    let act = match chance.random_range(0..20) {
        0..4 => {
            let (did, number) = (pick(&INBOUND, chance), pick(&OUTSIDERS, chance));
            let what = format!("{number} rings {did}");
            far.act(|pbx, now| pbx.outside_call(did, number, "Somebody", now));
            far.say(what);
            return;
        }
        4 => {
            let number = pick(&OUTSIDERS, chance);
            far.act(|pbx, now| pbx.outside_hang_up(number, now));
            return;
        }
        5..8 => PhoneAct::Dial(pick(&DIALLED, chance).to_owned()),
        8..14 => PhoneAct::Answer,
        14 => PhoneAct::Reject,
        15 => PhoneAct::HangUp,
        16 => PhoneAct::Hold,
        17 => PhoneAct::Resume,
        18 => PhoneAct::Unregister,
        _ => PhoneAct::Register,
    };
    hand(far, phone, act);
}

fn hand(far: &Far, phone: &str, act: PhoneAct) {
    far.say(format!("{phone} {act:?}"));
    far.act(|pbx, now| pbx.phone(phone, act, now));
}

/// Somebody picks up, wherever it rings.
pub(crate) fn answer(far: &Far, chance: &mut StdRng) {
    hand(far, pick(&PHONES, chance), PhoneAct::Answer);
}

/// Everybody goes home.
pub(crate) fn all_hang_up(far: &Far) {
    for number in OUTSIDERS {
        while far.history(|history| history.now().iter().any(|leg| leg.number == number)) {
            far.act(|pbx, now| pbx.outside_hang_up(number, now));
        }
    }
    for phone in PHONES {
        for _ in 0..8 {
            far.act(|pbx, now| pbx.phone(phone, PhoneAct::HangUp, now));
        }
    }
}

/// Another desk moves one of these legs, or ends it.
pub(crate) fn rival(far: &Far, legs: &[String], chance: &mut StdRng) {
    let Some(leg) = legs.choose(chance) else {
        return;
    };
    let action = if chance.random_bool(0.8) {
        let exten = pick(&DIALLED, chance);
        format!(
            "Action: Redirect\r\nChannel: {leg}\r\nContext: internal\r\nExten: {exten}\r\nPriority: 1\r\n\r\n"
        )
    } else {
        format!("Action: Hangup\r\nChannel: {leg}\r\n\r\n")
    };
    far.rival(&action);
}
