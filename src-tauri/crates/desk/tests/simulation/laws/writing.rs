//! What is written to the PBX: about whom was shown, once, and loses nobody.

use std::collections::BTreeSet;

use practice::Leg;

use super::place::find;
use super::told::Told;
use crate::history::{Hand, History, Write};
use crate::seat::Seat;

pub(super) fn is_about_whom_was_shown(
    seat: &Seat,
    told: &[Told<'_>],
    history: &History,
) -> Result<(), String> {
    let own = |write: &&Write| write.by == Hand::Seat(seat.number);
    let covered = |write: &Write| told.iter().any(|one| one.covers(write, history));
    let mut writes = history.writes.iter().filter(own);
    let stray = writes.find(|write| !covered(write));
    stray.map_or(Ok(()), |write| {
        let at = write.at;
        Err(format!(
            "nobody was shown what was written at {at}: {write}"
        ))
    })
}

/// The line in the journal comes first.
pub(super) fn is_noted_before(seat: &Seat, history: &History) -> Result<(), String> {
    let own = |write: &&Write| write.by == Hand::Seat(seat.number);
    let mut writes = history.writes.iter().filter(own);
    let early = writes.find(|write| !write.is_noted);
    early.map_or(Ok(()), |write| {
        let at = write.at;
        Err(format!("the journal knew nothing of this at {at}: {write}"))
    })
}

/// Keys pressed one after the other may be the same.
pub(super) fn is_not_made_twice(told: &[Told<'_>], history: &History) -> Result<(), String> {
    for one in told {
        let mut seen = BTreeSet::new();
        for write in one.writes(history).filter(|write| write.name != "PlayDTMF") {
            let others = told
                .iter()
                .filter(|other| other.covers(write, history))
                .count();
            if others == 1 && !seen.insert(&write.headers) {
                return Err(format!("it wrote this twice: {write}; {}", one.brief()));
            }
        }
    }
    Ok(())
}

/// No number that does not exist, and never the leg of a phone that only rings: its caller would be hung up.
pub(super) fn nobody_is_sent_astray(history: &History) -> Result<(), String> {
    let ours = |write: &&Write| write.by != Hand::Rival && write.name == "Redirect";
    for write in history.writes.iter().filter(ours) {
        let nowhere = ["Exten", "ExtraExten"]
            .into_iter()
            .any(|name| write.get(name) == Some("555"));
        let rang = write
            .channels()
            .filter_map(|channel| history.uniqueid(channel, write.at))
            .any(|leg| {
                let mut before = history.during(write.at.saturating_sub(500), write.at);
                before.all(|now| find(now, leg).is_some_and(only_rings))
            });
        if nowhere || rang {
            return Err(format!("this loses somebody at {}: {write}", write.at));
        }
    }
    Ok(())
}

fn only_rings(leg: &Leg) -> bool {
    leg.state == "Ringing" && leg.rings.is_empty()
}
