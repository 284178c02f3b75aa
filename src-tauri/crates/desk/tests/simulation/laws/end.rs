//! Each operation ends, and in time.

use std::collections::BTreeSet;

use operator::{After, Outcome, Verb};

use super::told::Told;
use crate::history::History;
use crate::seat::Seat;

/// The longest a phone rings, and the news of it.
const RING: u64 = 36_000;
/// For a check, for evidence, for an answer.
const STEP: u64 = 10_500;

/// A phone stops ringing after half a minute, and then something else is told.
pub(super) fn nothing_rings_for_ever(
    seat: &Seat,
    told: &[Told<'_>],
    now: u64,
) -> Result<(), String> {
    let on_show: BTreeSet<_> = seat.screen.on_show().map(|view| view.operation).collect();
    let rings = told.iter().find(|one| {
        on_show.contains(&one.view.operation)
            && one.view.after == Some(After::Ringing)
            && one.ended + RING < now
    });
    rings.map_or(Ok(()), |one| {
        Err(format!("it rings for ever: {}", one.brief()))
    })
}

/// Ten seconds after the last write, the ring of a first phone aside; and what was unknown is told once the PBX is seen again.
pub(super) fn each_ends(one: &Told<'_>, history: &History) -> Result<(), String> {
    let last = one.writes(history).map(|write| write.at).max();
    let last = last.unwrap_or(one.begun);
    let rings_first = matches!(
        one.view.verb,
        Verb::Originate
            | Verb::Invite
            | Verb::Take
            | Verb::Next
            | Verb::Listen
            | Verb::Whisper
            | Verb::Barge
    );
    let rings = if rings_first { RING } else { 0 };
    let grace = u64::from(one.view.details.grace.unwrap_or(0));
    if one.ended > last + STEP + rings + grace {
        return Err(format!("it took too long: {}", one.brief()));
    }
    if one.outcome() == Some(&Outcome::Unknown { found: None }) {
        return Err(format!("nobody looked into it: {}", one.brief()));
    }
    Ok(())
}
