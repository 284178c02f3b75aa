//! What became of a call that rang: answered is answered, and by whom it was sent to.

use std::collections::BTreeSet;

use operator::{After, Evidence};

use super::place::{arrived, find, travellers};
use super::told::Told;
use crate::history::{Hand, History, Write};

/// Somebody answered, and before anybody else had sent the leg elsewhere: what the other desk brought about is not ours to tell.
pub(super) fn answered_was_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    if one.cut_short || one.view.after != Some(After::Answered) {
        return Ok(());
    }
    let until = taken_away(one, history).unwrap_or(u64::MAX);
    let ours = one.between(one.begun, until);
    let so = arrived(&ours, Evidence::Answered, history) || they_met(one, history);
    so.then_some(())
        .ok_or_else(|| format!("nobody answered before {until}: {}", one.brief()))
}

/// The target's own phone, or one that its number has rung for them, hears the leg, by whatever number it came there: those two are the
/// ones who were to meet.
fn they_met(one: &Told<'_>, history: &History) -> bool {
    travellers(one).into_iter().any(|(key, number)| {
        let mut phones: BTreeSet<String> = BTreeSet::from([format!("PJSIP/{number}")]);
        let rung = history.during(one.begun, u64::MAX);
        let rung = rung.filter_map(|now| find(now, key));
        let there = rung.filter(|leg| leg.exten == number);
        phones.extend(there.flat_map(|leg| leg.rings.iter().filter_map(phone_of)));
        let mut moments = history.during(one.begun, u64::MAX);
        moments.any(|now| {
            let hears = find(now, key).map(|leg| &leg.hears).into_iter().flatten();
            hears
                .filter_map(phone_of)
                .any(|phone| phones.contains(&phone))
        })
    })
}

/// `PJSIP/101` of `PJSIP/101-00000003`.
fn phone_of(channel: &String) -> Option<String> {
    let (phone, _) = channel.rsplit_once('-')?;
    Some(phone.to_owned())
}

/// When somebody else had the leg sent to another number after it rang at ours.
fn taken_away(one: &Told<'_>, history: &History) -> Option<u64> {
    let legs = travellers(one);
    let elsewhere = |write: &&Write| {
        let theirs = write.by != Hand::Seat(one.seat) && !write.lost && write.at > one.ended;
        let mut named = write.channels();
        let ours = named.any(|channel| {
            let leg = history.uniqueid(channel, write.at);
            let mut legs = legs.iter();
            legs.any(|(key, number)| leg == Some(*key) && write.get("Exten") != Some(*number))
        });
        theirs && write.name == "Redirect" && ours
    };
    let mut writes = history.writes.iter();
    writes.find(elsewhere).map(|write| write.at)
}
