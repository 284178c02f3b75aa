//! A second desk that logged in late, with the lists real Asterisk gave it: from then on it shows what the first shows.

use board::view::QueueView;
use board::{Picture, Thing};

use crate::laws::differences;
use crate::replay::{Follower, News, START, VERSIONS, all, news, steps};
use crate::resync::{blot, unasked};
use crate::transcript::Step;

/// Late desks of one version and scenario: `(moment, what it heard)`.
struct Late {
    name: String,
    version: &'static str,
    scenario: String,
    moment: String,
    heard: Vec<(u64, News)>,
}

fn late_desks() -> Vec<Late> {
    all()
        .filter_map(|(name, steps)| late(name, &steps))
        .collect()
}

fn late(name: String, steps: &[Step]) -> Option<Late> {
    let (version, rest) = name.split_once('/')?;
    let (scenario, moment) = rest.split_once('+')?;
    Some(Late {
        version: VERSIONS.into_iter().find(|known| *known == version)?,
        scenario: scenario.to_owned(),
        moment: moment.to_owned(),
        heard: news(steps),
        name: name.clone(),
    })
}

#[test]
fn late_a_desk_that_comes_later_shows_what_the_first_shows() {
    let mut wrong = Vec::new();
    let mut compared = (0, 0);
    for late in late_desks() {
        let first = news(&steps(late.version, &late.scenario));
        let (before, after) = first.split_at(moment(&first, &late));
        let mut followed = fed(before);
        let mut loaded = fed(&late.heard);
        unasked(&followed.board, &mut loaded.board, loaded.now);
        compared.0 += 1;
        for (now, news) in after
            .iter()
            .take_while(|(_, news)| !matches!(news, News::Login))
        {
            for desk in [&mut followed, &mut loaded] {
                desk.now = *now;
                desk.take(news);
            }
            if let News::Mark(mark) = news {
                compared.1 += 1;
                let pictures = [&followed, &loaded]
                    .map(|desk| blot_late(&late.scenario, desk.board.picture()));
                let found = differences(&late.scenario, &pictures[0], &pictures[1]);
                wrong.extend(
                    found
                        .into_iter()
                        .map(|found| format!("{} at {mark}: {found}", late.name)),
                );
            }
        }
    }
    assert!(
        compared.0 >= 100 && compared.1 >= 300,
        "compared {compared:?}"
    );
    wrong.dedup();
    assert!(wrong.is_empty(), "{} {}", wrong.len(), wrong.join("\n"));
}

/// What the recorded lists cannot tell, besides what no list can.
fn blot_late(scenario: &str, picture: Picture<Thing>) -> Picture<Thing> {
    let stale = NOT_TOLD_AGAIN.contains(&scenario);
    let things = picture.into_iter().filter(|(_, thing)| match thing {
        Thing::Queue(_) | Thing::Extension(_) => !stale,
        Thing::Agent(_)
        | Thing::Call(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Ended(_) => true,
    });
    blot(
        things
            .map(|(id, thing)| (id, blot_late_one(scenario, thing)))
            .collect(),
    )
}

/// Queues and hints that changed by a reload, or a module's going: the desk asks for its lists again after that, the recorder did not,
/// so here it is the first desk that does not know.
const NOT_TOLD_AGAIN: [&str; 3] = ["module-unloaded", "queue-reload", "reload-dialplan"];

/// Counters that went back, or on, without an event: `QueueReset`, and a caller parked or bridged out of a queue, whom Asterisk counts as
/// given up.
const COUNTED_IN_SILENCE: [&str; 3] = ["queue-bridged-from", "queue-parked-from", "queue-reset"];

/// A ringing phone whose caller is gone: nobody says who it rings for now, and only one of the two knows that it was rung.
const RINGS_FOR_NOBODY: &str = "refer-attended-ringing";

fn blot_late_one(scenario: &str, mut thing: Thing) -> Thing {
    match &mut thing {
        Thing::Queue(queue) => blot_late_queue(scenario, queue),
        Thing::Call(call) => {
            for leg in &mut call.legs {
                leg.caller &= scenario != RINGS_FOR_NOBODY;
            }
        }
        // Messages are told when they change; the recorder asked for no mailbox.
        Thing::Extension(extension) => extension.mailbox = None,
        Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => {}
    }
    thing
}

/// Averages are in the list alone. So is `InCall` when it begins: the next `QueueMemberStatus` tells it, and there may be none.
fn blot_late_queue(scenario: &str, queue: &mut QueueView) {
    (queue.hold_time, queue.talk_time, queue.within) = (None, None, None);
    let silent = COUNTED_IN_SILENCE.contains(&scenario);
    if silent {
        (queue.completed, queue.abandoned) = (None, None);
    }
    for member in &mut queue.members {
        member.in_call = false;
        if silent {
            (member.last_call, member.taken) = (None, 0);
        }
    }
}

/// Where the late desk comes in: a moment's name may return, the time does not.
fn moment(first: &[(u64, News)], late: &Late) -> usize {
    let came = late.heard.last().map_or(START, |(at, _)| *at);
    let is_it = |(at, news): &(u64, News)| {
        matches!(news, News::Mark(mark) if *mark == late.moment) && *at >= came
    };
    first
        .iter()
        .position(is_it)
        .unwrap_or_else(|| panic!("{} has its moment", late.name))
}

fn fed(news: &[(u64, News)]) -> Follower {
    let mut follower = Follower::new();
    for (now, news) in news {
        follower.now = *now;
        follower.take(news);
    }
    follower
}

/// A consultation with the parking lot parks a Local half, which goes on showing the parker.
#[test]
fn whoever_is_parked_over_a_wire_is_shown_not_the_parker() {
    for version in VERSIONS {
        let told = news(&steps(version, "park-by-consultation"));
        let is_it = |(_, news): &(u64, News)| matches!(news, News::Mark(mark) if mark == "parked");
        let moment = told.iter().position(is_it).expect("the moment");
        let picture = fed(&told[..moment]).board.picture();
        let parked = picture.values().find_map(|thing| match thing {
            Thing::Parked(parked) => {
                Some((parked.number.as_deref(), parked.parker_device.as_deref()))
            }
            Thing::Call(_)
            | Thing::Extension(_)
            | Thing::Queue(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        });
        assert_eq!(parked, Some((Some("101"), Some("PJSIP/102"))), "{version}");
    }
}
