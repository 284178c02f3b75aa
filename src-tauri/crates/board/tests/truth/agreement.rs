//! The board and the reference model, told the same invented histories, see the same calls after every single event.

use std::collections::{BTreeMap, BTreeSet};

use ami::{Event, Frame};
use board::view::{CallPhase, CallView};
use board::{Picture, Ref, Thing};
use proptest::prelude::*;

use crate::histories::history;
use crate::reference::{Class, Ids, Reference, Seen};
use crate::replay::{START, empty_board};
use crate::world::World;

/// What is compared.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    calls: BTreeSet<Seen>,
    queues: BTreeMap<String, Vec<String>>,
    parked: BTreeMap<String, String>,
    rooms: BTreeMap<String, Ids>,
}

fn by_reference(reference: &Reference) -> Shown {
    let mut queues = reference.queues.clone();
    queues.retain(|_, line| !line.is_empty());
    Shown {
        calls: reference.calls(),
        queues,
        parked: reference.parked.clone(),
        rooms: reference.rooms(),
    }
}

fn by_board(picture: &Picture<Thing>) -> Shown {
    let mut shown = Shown::default();
    for thing in picture.values() {
        match thing {
            Thing::Call(call) => {
                shown.calls.insert(seen(call));
            }
            Thing::Queue(queue) if !queue.callers.is_empty() => {
                let line = queue.callers.iter().map(|caller| caller.leg.key.clone());
                shown.queues.insert(queue.name.clone(), line.collect());
            }
            Thing::Parked(parked) => {
                shown
                    .parked
                    .insert(parked.leg.key.clone(), parked.space.clone());
            }
            Thing::Conference(room) if !room.members.is_empty() => {
                let inside = room.members.iter().map(|seat| seat.leg.key.clone());
                shown.rooms.insert(room.name.clone(), inside.collect());
            }
            Thing::Queue(_)
            | Thing::Conference(_)
            | Thing::Extension(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => {}
        }
    }
    shown
}

fn seen(call: &CallView) -> Seen {
    let keys = |refs: &[Ref]| refs.iter().map(|id| id.key.clone()).collect::<Ids>();
    let class = match call.phase {
        CallPhase::Conference => Class::Room,
        CallPhase::Held => Class::Held,
        CallPhase::Talking => Class::Talking,
        CallPhase::Parked => Class::Parked,
        CallPhase::Ringing => Class::Ringing,
        CallPhase::Queued => Class::Queued,
        CallPhase::Dialing | CallPhase::Application => Class::Waiting,
        CallPhase::Ending => Class::Ending,
    };
    let legs = call.legs.iter();
    let hears = legs
        .map(|leg| (leg.id.key.clone(), keys(&leg.hears)))
        .collect();
    Seen {
        people: call.legs.iter().map(|leg| leg.id.key.clone()).collect(),
        class,
        hears,
    }
}

/// A history as it arrives: here and there an event comes twice, or one from long ago comes again about somebody who is gone.
fn arrives(said: &[String], again: &[(usize, usize)]) -> Vec<String> {
    let mut arrived = Vec::new();
    for (at, text) in said.iter().enumerate() {
        arrived.push(text.clone());
        for (_, back) in again.iter().filter(|(moment, _)| moment % said.len() == at) {
            let old = &said[at.saturating_sub(*back)];
            if *back == 0
                || old.starts_with("Event: Newchannel")
                || old.starts_with("Event: Hangup\n")
            {
                arrived.push(old.clone());
            }
        }
    }
    arrived
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_reference_model_sees_what_the_board_shows(
        history in history(20),
        ends in any::<bool>(),
        again in prop::collection::vec((0..500usize, 0..6usize), 0..8),
    ) {
        let mut world = World::live(&history);
        if ends {
            world.end();
        }
        let (mut board, mut reference) = (empty_board(), Reference::default());
        for text in arrives(&world.said, &again) {
            let frame = Frame::parse(text.as_bytes()).expect("a frame");
            board.apply(&Event::read(&frame), START);
            reference.hear(&text);
            prop_assert_eq!(by_board(&board.picture()), by_reference(&reference), "after {}", text);
        }
    }
}
