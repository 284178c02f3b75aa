//! At rest the picture is the PBX: the same people, hearing the same people.

use std::collections::{BTreeMap, BTreeSet};

use board::Ref;
use practice::Leg;

use crate::seat::Seat;

type Heard = BTreeMap<String, BTreeSet<String>>;

pub(super) fn is_the_pbx(seat: &Seat, legs: &[Leg]) -> Result<(), String> {
    let number = seat.number;
    if !seat.screen.is_live() {
        return Err(format!("the board of seat {number} is not live"));
    }
    let (theirs, ours) = (theirs(legs), ours(seat, legs));
    if theirs == ours {
        Ok(())
    } else {
        Err(format!(
            "the PBX has {theirs:#?}\nthe board of seat {number} {ours:#?}"
        ))
    }
}

fn theirs(legs: &[Leg]) -> Heard {
    let people = legs.iter().filter(|leg| !leg.name.starts_with("Local/"));
    let heard = people.map(|leg| {
        let mut heard = BTreeSet::new();
        let names = leg.hears.iter();
        names.for_each(|name| through(name, legs, &mut heard));
        (leg.name.clone(), heard)
    });
    heard.collect()
}

fn ours(seat: &Seat, legs: &[Leg]) -> Heard {
    let name = |id: &Ref| {
        let leg = legs.iter().find(|leg| leg.uniqueid == id.key);
        leg.map_or_else(|| id.key.clone(), |leg| leg.name.clone())
    };
    let legs = seat.screen.calls().flat_map(|call| &call.legs);
    let heard = legs.map(|leg| (leg.channel.clone(), leg.hears.iter().map(name).collect()));
    heard.collect()
}

/// A Local pair is a wire: who is heard at its other end.
fn through(name: &str, legs: &[Leg], heard: &mut BTreeSet<String>) {
    let Some(pair) = name.strip_prefix("Local/").and(name.rsplit_once(';')) else {
        heard.insert(name.to_owned());
        return;
    };
    let half = if pair.1 == "1" { "2" } else { "1" };
    let other = format!("{};{half}", pair.0);
    let far = legs.iter().find(|leg| leg.name == other);
    for name in far.iter().flat_map(|leg| &leg.hears) {
        through(name, legs, heard);
    }
}
