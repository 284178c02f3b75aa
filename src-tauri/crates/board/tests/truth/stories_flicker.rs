//! No flicker, on any recording, looked at after every single event: finer than the desk, which publishes at most every 50 ms.
//!
//! The recorder's clock goes in steps of 100 ms, so "at once" is anything below 250 ms, and nothing finer can be told from the recordings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ami::Event;
use ami::event::BridgeEvent;
use board::view::{CallPhase, CallView, LegView};
use board::{Picture, Ref, Thing};

use crate::replay::{Follower, News, all, news};

/// What comes back within this time was not gone, in the eyes of a person.
const AT_ONCE: u64 = 250;

/// Where two are shown apart all the same, once on each version. Both are redirected into a room: until they are in it, each is alone with
/// the PBX and neither hears the other. Or one bridge is merged into another: each channel says itself when it moves, because one of them
/// may stay behind, and the one in the middle of three says so three events after the others.
const APART: [&str; 3] = [
    "bridge-three-in-conference",
    "keys-attended-three",
    "redirect-both-conference",
];

/// Two legs, by the channels' names.
type Pair = (String, String);

/// What all recordings show, looked for once.
static FOUND: LazyLock<Found> = LazyLock::new(Found::look);

#[derive(Default)]
struct Found {
    torn: Vec<String>,
    between: Vec<String>,
    wires: Vec<String>,
    swaps: usize,
}

#[test]
fn two_who_talk_are_never_shown_apart_and_together_again_at_once() {
    let apart = |line: &&String| APART.iter().any(|name| line.contains(name));
    let (apart, torn): (Vec<_>, Vec<_>) = FOUND.torn.iter().partition(apart);
    assert!(torn.is_empty(), "{torn:#?}");
    assert_eq!(apart.len(), 2 * APART.len(), "once on each version");
}

#[test]
fn a_call_that_is_answered_goes_from_ringing_to_talking_with_nothing_between() {
    assert!(FOUND.between.is_empty(), "{:#?}", FOUND.between);
}

#[test]
fn wires_alone_are_never_shown_as_a_call() {
    assert!(FOUND.wires.is_empty(), "{:#?}", FOUND.wires);
}

#[test]
fn the_recordings_hold_swaps_enough_for_this_to_mean_something() {
    assert!(FOUND.swaps >= 40, "{}", FOUND.swaps);
}

impl Found {
    fn look() -> Self {
        let mut found = Self::default();
        for (name, steps) in all() {
            let mut follower = Follower::new();
            let mut eye = Eye::default();
            for (now, news) in news(&steps) {
                follower.now = now;
                follower.take(&news);
                found.swaps += usize::from(is_swap(&news));
                match news {
                    News::Login => eye = Eye::default(),
                    News::Live(_) => eye.see(&name, now, &follower.board.picture(), &mut found),
                    News::Asked(_) | News::Item(_) | News::Done(_) | News::Mark(_) => {}
                }
            }
        }
        found
    }
}

/// Somebody who looks at every picture of one recording.
#[derive(Default)]
struct Eye {
    heard: BTreeSet<Pair>,
    /// Who no longer hear each other, and since when.
    apart: BTreeMap<Pair, u64>,
    /// When a call was last seen ringing.
    rang: BTreeMap<Ref, u64>,
    /// What it was since, other than ringing or talking.
    between: BTreeMap<Ref, CallPhase>,
}

impl Eye {
    fn see(&mut self, name: &str, now: u64, picture: &Picture<Thing>, found: &mut Found) {
        let pairs = pairs(picture);
        let lost = self.heard.difference(&pairs);
        self.apart.extend(lost.map(|pair| (pair.clone(), now)));
        for pair in &pairs {
            let since = self.apart.remove(pair);
            if since.is_some_and(|since| now - since < AT_ONCE) {
                found.torn.push(format!("{name}: {pair:?}"));
            }
        }
        self.heard = pairs;
        for call in calls(picture) {
            self.follow(name, now, call, found);
            let wire = |leg: &LegView| leg.channel.starts_with("Local/");
            if call.legs.iter().all(wire) && call.phase != CallPhase::Conference {
                found.wires.push(format!("{name}: {:?}", call.legs));
            }
        }
    }

    fn follow(&mut self, name: &str, now: u64, call: &CallView, found: &mut Found) {
        if call.phase == CallPhase::Ringing {
            self.rang.insert(call.id.clone(), now);
            self.between.remove(&call.id);
        } else if call.phase != CallPhase::Talking {
            self.between.insert(call.id.clone(), call.phase);
        } else if let Some(phase) = self.between.remove(&call.id) {
            let rang = self.rang.get(&call.id);
            if rang.is_some_and(|at| now - at < AT_ONCE) {
                found
                    .between
                    .push(format!("{name}: {} was {phase:?}", call.id));
            }
        }
    }
}

fn is_swap(news: &News) -> bool {
    matches!(news, News::Live(frame)
        if matches!(Event::read(frame), Event::Bridge(BridgeEvent::Enter { swap: Some(_), .. })))
}

fn calls(picture: &Picture<Thing>) -> impl Iterator<Item = &CallView> {
    picture.values().filter_map(|thing| match thing {
        Thing::Call(call) => Some(call),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    })
}

/// Who hears whom, each pair once.
fn pairs(picture: &Picture<Thing>) -> BTreeSet<Pair> {
    let mut pairs = BTreeSet::new();
    for call in calls(picture) {
        for leg in &call.legs {
            let heard = call
                .legs
                .iter()
                .filter(|other| leg.hears.contains(&other.id));
            let heard = heard.filter(|other| leg.channel < other.channel);
            pairs.extend(heard.map(|other| (leg.channel.clone(), other.channel.clone())));
        }
    }
    pairs
}
