//! What became of a call that rang: answered is answered, and by whom it was sent to.

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

/// The target's own phone hears the leg, by whatever number it came there: those two are the ones who were to meet.
fn they_met(one: &Told<'_>, history: &History) -> bool {
    let legs = travellers(one);
    let mut moments = history.during(one.begun, u64::MAX);
    moments.any(|now| {
        legs.iter().any(|(key, number)| {
            let phone = format!("PJSIP/{number}-");
            let leg = find(now, key);
            leg.is_some_and(|leg| leg.hears.iter().any(|name| name.starts_with(&phone)))
        })
    })
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
