//! A desk may come at any moment, not only when all is quiet: whatever it was loaded with, it ends up with the same picture.

use std::collections::BTreeSet;
use std::env;

use board::{Picture, Thing};

use crate::histories::RECORDINGS;
use crate::laws::{UNTOLD_RECALL, differences};
use crate::replay::{Follower, News};
use crate::resync::{blot, cold};

/// Every so many events a desk comes, at another one in each recording. `CUTS=1`: at every single one.
const EVERY: usize = 12;

/// The lists made up here take the devices' states from their hints, and the two are told one after the other, by different paths:
/// until both say the same about a hold, no such list would be true.
#[derive(Default)]
struct Held {
    devices: BTreeSet<String>,
    hints: BTreeSet<String>,
}

impl Held {
    fn note(&mut self, news: &News) {
        let (News::Live(frame) | News::Item(frame)) = news else {
            return;
        };
        let text = |name: &str| frame.get(name).map(|value| value.text().into_owned());
        let (Some(event), device) = (frame.event(), text("Device")) else {
            return;
        };
        let hint = text("Hint").and_then(|hint| hint.split(',').next().map(str::to_owned));
        let (known, who, holds) = match event.as_ref() {
            "DeviceStateChange" => (
                &mut self.devices,
                device,
                text("State").as_deref() == Some("ONHOLD"),
            ),
            "ExtensionStatus" => (
                &mut self.hints,
                hint,
                text("Status").as_deref() == Some("16"),
            ),
            _ => return,
        };
        // A ring group's hint is nobody's.
        if let Some(who) = who.filter(|who| !who.contains('&')) {
            if holds {
                known.insert(who)
            } else {
                known.remove(&who)
            };
        }
    }

    fn agree(&self) -> bool {
        self.devices == self.hints
    }
}

/// A phone that was sent on while it still rang, and one that rings for somebody it was handed over to: which of the two rings and which is
/// rung, these made-up lists do not tell as real ones do (`late.rs`).
const UNTOLD_RINGS: [&str; 2] = ["redirect-called-ringing", "refer-attended-ringing"];

#[test]
fn cuts_a_board_loaded_at_any_moment_shows_the_same_later() {
    let every = env::var("CUTS")
        .ok()
        .and_then(|every| every.parse().ok())
        .unwrap_or(EVERY);
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (number, (name, news)) in RECORDINGS
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| !name.contains('+'))
    {
        if UNTOLD_RINGS.iter().any(|scenario| name.ends_with(scenario)) {
            continue;
        }
        let mut followed = Follower::new();
        let mut held = Held::default();
        let mut late: Vec<(usize, Follower)> = Vec::new();
        for (at, (now, news)) in news.iter().enumerate() {
            for desk in std::iter::once(&mut followed).chain(late.iter_mut().map(|(_, desk)| desk))
            {
                desk.now = *now;
                desk.take(news);
            }
            held.note(news);
            match news {
                News::Live(_) if (at + number) % every == 0 && held.agree() => {
                    tried += 1;
                    let board = cold(&followed.board, *now);
                    late.push((at, Follower { board, now: *now }));
                }
                // What ties a call back to its cause was seen before, or never.
                News::Mark(mark) if mark == UNTOLD_RECALL => {}
                News::Mark(mark) => {
                    let right = blot_cut(followed.board.picture());
                    let scenario = name.split('/').next_back().unwrap_or_default();
                    for (came, desk) in &late {
                        let found = differences(scenario, &right, &blot_cut(desk.board.picture()));
                        wrong.extend(
                            found
                                .iter()
                                .map(|found| format!("{name} at {mark}, came at {came}: {found}")),
                        );
                    }
                }
                News::Login => late.clear(),
                News::Live(_) | News::Asked(_) | News::Item(_) | News::Done(_) => {}
            }
        }
    }
    assert!(tried > 1000, "{tried} cuts");
    assert!(
        wrong.is_empty(),
        "{} of {tried}: {}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Messages are told when they change, and lists do not tell them. Nor do these lists tell of a guest who waits alone: the board that
/// followed knows it by the music only once there are two.
fn blot_cut(picture: Picture<Thing>) -> Picture<Thing> {
    let mut picture = blot(picture);
    for thing in picture.values_mut() {
        match thing {
            Thing::Extension(extension) => extension.mailbox = None,
            Thing::Conference(room) => {
                room.members
                    .iter_mut()
                    .for_each(|seat| seat.waiting = false);
            }
            Thing::Call(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => {}
        }
    }
    picture
}
