//! What must hold whatever happens: for each operator by himself, over all the lives of the program.

mod answer;
mod death;
mod end;
mod found;
mod picture;
mod place;
mod told;
mod word;
mod writing;

use crate::course::Course;
use crate::history::History;
use crate::seat::Seat;
use told::Told;

/// At rest.
pub(crate) fn all(course: &mut Course) -> Result<(), String> {
    let far = course.far.clone();
    for seat in &course.seats {
        far.history(|history| of_seat(seat, far.now(), history))?;
    }
    far.history(|history| writing::nobody_is_sent_astray(history))?;
    let mut unheard = 0;
    for seat in &course.seats {
        unheard += far.history(|history| never_heard(seat, history))?;
    }
    course.tally.saw_times("never reached the wire", unheard);
    Ok(())
}

fn of_seat(seat: &Seat, now: u64, history: &History) -> Result<(), String> {
    let told = told::all(seat)?;
    let each = |law: fn(&Told<'_>, &History) -> Result<(), String>| {
        told.iter().try_for_each(|one| law(one, history))
    };
    end::nothing_rings_for_ever(seat, &told, now)?;
    each(end::each_ends)?;
    death::each_comes_back(seat)?;
    death::each_is_found_in_time(seat)?;
    death::known_ones_are_not_begun_again(seat)?;
    writing::is_about_whom_was_shown(seat, &told, history)?;
    writing::is_noted_before(seat, history)?;
    writing::is_not_made_twice(&told, history)?;
    each(word::done_was_so)?;
    each(answer::answered_was_so)?;
    each(found::happened_or_did_not)?;
    each(word::expired_was_not_so)?;
    found::what_was_seen(seat, history)?;
    picture::is_the_pbx(seat, history.now())
}

/// When all have gone home nothing is left.
pub(crate) fn no_ghosts(course: &Course) -> Result<(), String> {
    let legs = course.far.history(|history| history.now().to_vec());
    let mut seats = course.seats.iter();
    seats.try_for_each(|seat| picture::is_the_pbx(seat, &legs))
}

/// How many operations are unknown of which nothing has ever reached the PBX.
fn never_heard(seat: &Seat, history: &History) -> Result<u64, String> {
    let told = told::all(seat)?;
    let unheard = told
        .iter()
        .filter(|one| one.is_unknown() && one.first_heard(history).is_none());
    Ok(unheard.count() as u64)
}
