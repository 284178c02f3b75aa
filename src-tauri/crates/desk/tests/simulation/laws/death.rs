//! What was open when a program died comes back with the next one, and is looked into; nothing is begun again.

use operator::Outcome;

use crate::screen::brief;
use crate::seat::Seat;

/// Two looks two seconds apart; and an operator who hesitates reads nothing meanwhile, then waits for a whole picture.
const LOOKS: u64 = 6_000;

/// Whatever stood in the journal without an end is shown as unknown by the next program, and then with what was found of it; unless that
/// one has died in the moment between writing that down and showing it.
pub(super) fn each_comes_back(seat: &Seat) -> Result<(), String> {
    for (death, id) in seat
        .deaths
        .iter()
        .flat_map(|death| death.open.iter().map(move |id| (death, id)))
    {
        let mut later = seat.deaths.iter().filter(|later| later.at > death.at);
        let was_settled = later.any(|later| !later.open.contains(id));
        let Some(view) = seat.screen.operations.get(id) else {
            if was_settled {
                continue;
            }
            let at = death.at;
            return Err(format!(
                "{id} was open when the program died at {at}, and never came back"
            ));
        };
        if !matches!(view.outcome, Some(Outcome::Unknown { found: Some(_) })) {
            return Err(format!("nobody saw its end, and yet: {}", brief(view)));
        }
    }
    Ok(())
}

/// As soon as the board has been live for long enough to look twice.
pub(super) fn each_is_found_in_time(seat: &Seat) -> Result<(), String> {
    for (id, (found, live)) in &seat.screen.found {
        if *found > live + LOOKS {
            return Err(format!(
                "{id} was found at {found}; the board was live at {live}"
            ));
        }
    }
    Ok(())
}

/// The same gesture is the same operation in every life.
pub(super) fn known_ones_are_not_begun_again(seat: &Seat) -> Result<(), String> {
    for (id, noted) in &seat.noted {
        let shown = seat.screen.operations.get(id);
        if let Some(view) = shown.filter(|view| view.since != noted.since) {
            return Err(format!("it was begun again: {}", brief(view)));
        }
    }
    Ok(())
}
