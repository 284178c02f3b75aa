//! How every call of every recording ended, in one table for each version: whoever reads it must agree with each word.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use board::Thing;
use board::view::{End, EndedView};
use expect_test::expect_file;

use crate::draw::word;
use crate::replay::{Follower, News, VERSIONS, all, news};
use crate::transcript::Step;

/// A line for each call that ended, in the order they did.
fn ends(steps: &[Step]) -> Vec<String> {
    let mut follower = Follower::new();
    let mut told = BTreeSet::new();
    let mut out = Vec::new();
    for (now, news) in news(steps) {
        // A new login forgets what has ended, so it is read before.
        if matches!(news, News::Mark(_) | News::Login) {
            let mut fresh: Vec<EndedView> = ended(&follower);
            fresh.retain(|view| told.insert(view.id.clone()));
            fresh.sort_by_key(|view| view.ended);
            out.extend(fresh.iter().map(line));
        }
        follower.now = now;
        follower.take(&news);
    }
    out
}

fn ended(follower: &Follower) -> Vec<EndedView> {
    let things = follower.board.picture().into_values();
    let view = |thing| match thing {
        Thing::Ended(view) => Some(view),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_) => None,
    };
    things.filter_map(view).collect()
}

fn line(view: &EndedView) -> String {
    let who = view.number.as_deref().unwrap_or("?");
    let dialled = view.dialled.as_deref().unwrap_or("?");
    let talked = if view.talked.is_some() {
        "talked, "
    } else {
        ""
    };
    let whom = match (&view.to_number, &view.to_name) {
        (Some(number), _) => format!(" -> {number}"),
        (None, Some(name)) => format!(" -> {name:?}"),
        (None, None) => String::new(),
    };
    format!("{who} ({dialled}){whom}: {talked}{}", word(view.end))
}

#[test]
fn every_call_of_every_recording_ends_with_a_word_an_operator_would_choose() {
    let mut tables = VERSIONS.map(|_| String::new());
    for (name, steps) in all() {
        let (version, scenario) = name.split_once('/').expect("a version");
        let at = VERSIONS.iter().position(|known| *known == version);
        let table = &mut tables[at.expect("a known version")];
        for line in ends(&steps) {
            let _ = writeln!(table, "{scenario}: {line}");
        }
    }
    let [new, old] = tables;
    expect_file!["ends/22.txt"].assert_eq(&new);
    expect_file!["ends/16.txt"].assert_eq(&old);
}

/// Why each leg that is about to go ends, as its tile says; less may be known of it then than when it is gone.
fn last_words(follower: &Follower, words: &mut BTreeMap<String, End>) {
    for thing in follower.board.picture().into_values() {
        if let Thing::Call(call) = thing {
            let ending = call
                .legs
                .into_iter()
                .filter_map(|leg| Some((leg.id.key, leg.end?)));
            words.extend(ending);
        }
    }
}

/// Whoever hangs up on the tone of a busy line gives up: that it was busy comes with the end of the channel.
fn agree(said: End, told: End) -> bool {
    let tone = said == End::GaveUp && matches!(told, End::Busy | End::Congestion);
    said == told || said == End::HungUp || tone
}

#[test]
fn a_leg_on_its_way_out_says_why_as_its_ended_call_will() {
    let mut wrong = Vec::new();
    let mut agreed = 0;
    for (name, steps) in all() {
        let mut follower = Follower::new();
        let mut words = BTreeMap::new();
        for (now, news) in news(&steps) {
            if matches!(&news, News::Live(frame) if frame.event().as_deref() == Some("Hangup")) {
                last_words(&follower, &mut words);
            }
            follower.now = now;
            follower.take(&news);
            for view in ended(&follower) {
                match words.remove(&view.id.key) {
                    Some(said) if agree(said, view.end) => agreed += 1,
                    Some(said) => wrong.push(format!("{name}: {}: {said:?} was said", line(&view))),
                    None => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(agreed > 300, "{agreed} legs were seen on their way out");
}
