//! What became of a call that rang: answered is answered, and by whom it was sent to.

use operator::{After, Evidence};

use super::place::{arrived, travellers};
use super::told::Told;
use crate::history::{Hand, History, Write};

/// Somebody answered, and before anybody else had sent the leg elsewhere: what the other desk brought about is not ours to tell.
pub(super) fn answered_was_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    if one.cut_short || one.view.after != Some(After::Answered) {
        return Ok(());
    }
    let until = taken_away(one, history).unwrap_or(u64::MAX);
    let ours = one.between(one.begun, until);
    arrived(&ours, Evidence::Answered, history)
        .then_some(())
        .ok_or_else(|| format!("nobody answered before {until}: {}", one.brief()))
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
