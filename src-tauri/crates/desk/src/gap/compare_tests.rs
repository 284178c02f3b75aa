use board::view::Direction;
use board::{PbxId, RefKind};

use super::*;

fn id(kind: RefKind, key: &str) -> Ref {
    Ref::new(kind, &PbxId::new("lab").expect("valid"), key)
}

fn leg(key: &str, state: LegState, hears: &[&str]) -> LegView {
    LegView {
        id: id(RefKind::Leg, key),
        channel: format!("PJSIP/{key}-00000001"),
        state,
        since: 0,
        name: Some(format!("name of {key}")),
        number: Some(key.to_owned()),
        extension: None,
        trunk: None,
        caller: false,
        hears: hears.iter().map(|key| id(RefKind::Leg, key)).collect(),
        hold: false,
        application: None,
        music: false,
        muted: false,
        recorded: None,
        listens_to: None,
        listeners: Vec::new(),
        end: None,
    }
}

fn called(phase: CallPhase, mut legs: Vec<LegView>) -> CallView {
    legs[0].caller = true;
    CallView {
        id: id(RefKind::Call, &legs[0].id.key),
        phase,
        since: 0,
        started: 0,
        direction: Direction::Internal,
        dialled: None,
        legs,
        inferred: false,
    }
}

fn talk(one: &str, other: &str) -> CallView {
    let legs = vec![
        leg(one, LegState::Talking, &[other]),
        leg(other, LegState::Talking, &[one]),
    ];
    called(CallPhase::Talking, legs)
}

fn held(one: &str, other: &str) -> CallView {
    let legs = vec![
        leg(one, LegState::Held, &[other]),
        leg(other, LegState::Held, &[one]),
    ];
    called(CallPhase::Held, legs)
}

fn ring(one: &str, others: &[&str]) -> CallView {
    let rung = others.iter().map(|key| leg(key, LegState::Ringing, &[]));
    let legs = std::iter::once(leg(one, LegState::Calling, &[])).chain(rung);
    called(CallPhase::Ringing, legs.collect())
}

fn alone(one: &str, phase: CallPhase, state: LegState) -> CallView {
    called(phase, vec![leg(one, state, &[])])
}

fn queued(one: &str) -> CallView {
    alone(one, CallPhase::Queued, LegState::Queued)
}

fn parked(one: &str) -> CallView {
    alone(one, CallPhase::Parked, LegState::Parked)
}

fn menu(one: &str) -> CallView {
    alone(one, CallPhase::Application, LegState::Application)
}

fn ending(one: &str) -> CallView {
    alone(one, CallPhase::Ending, LegState::Ending)
}

fn picture(calls: Vec<CallView>) -> Picture<Arc<Thing>> {
    let things = calls.into_iter();
    things
        .map(|call| (call.id.clone(), Arc::new(Thing::Call(call))))
        .collect()
}

/// In words: what, whom it is about, whom they were with.
fn told(before: Vec<CallView>, after: Vec<CallView>, restarted: bool) -> Vec<String> {
    let found = changes(&picture(before), &picture(after), restarted);
    let words = found.iter().map(|change| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (number, with) = (text(&change.number), text(&change.with_number));
        format!("{:?} {number} {with}", change.what)
            .trim_end()
            .to_owned()
    });
    words.collect()
}

/// A call, what is there after the gap, and what is told: what, whom it is about, whom they were with.
type Fate = (CallView, Vec<CallView>, Vec<(GapWhat, &'static str)>);

#[test]
fn each_fate_of_a_call_has_its_word_and_progress_has_none() {
    use GapWhat::{Gone, GoneWaiting, Moved, New};
    let table: Vec<Fate> = vec![
        (talk("1", "2"), vec![talk("1", "2")], vec![]),
        (talk("1", "2"), vec![], vec![(Gone, "1 2")]),
        (queued("1"), vec![], vec![(GoneWaiting, "1")]),
        (parked("1"), vec![], vec![(GoneWaiting, "1")]),
        (held("1", "2"), vec![], vec![(GoneWaiting, "1 2")]),
        (ending("1"), vec![], vec![]),
        (talk("1", "2"), vec![talk("1", "3")], vec![(Moved, "1 2")]),
        (
            talk("1", "2"),
            vec![ring("2", &["3"])],
            vec![(Moved, "2 1")],
        ),
        (talk("1", "2"), vec![parked("2")], vec![(Moved, "2 1")]),
        (talk("1", "2"), vec![menu("1")], vec![(Moved, "1 2")]),
        (talk("1", "2"), vec![ending("1")], vec![]),
        (talk("1", "2"), vec![held("1", "2")], vec![(Moved, "1 2")]),
        (held("1", "2"), vec![talk("1", "2")], vec![]),
        (queued("1"), vec![queued("1")], vec![]),
        (queued("1"), vec![talk("1", "2")], vec![(Moved, "1")]),
        (parked("1"), vec![talk("2", "1")], vec![(Moved, "1")]),
        (ring("1", &["2", "3"]), vec![talk("1", "3")], vec![]),
        (
            ring("1", &["2"]),
            vec![talk("1", "4")],
            vec![(Moved, "1 2")],
        ),
        (
            ring("1", &["2"]),
            vec![ring("1", &["4"])],
            vec![(Moved, "1 2")],
        ),
        (ring("1", &["2"]), vec![menu("1")], vec![(Moved, "1 2")]),
        (ring("1", &[]), vec![talk("1", "2")], vec![]),
        (menu("1"), vec![talk("1", "2")], vec![(Moved, "1")]),
        (
            talk("1", "2"),
            vec![talk("1", "2"), talk("7", "8")],
            vec![(New, "7 8")],
        ),
        (
            talk("1", "2"),
            vec![talk("1", "3"), talk("2", "4")],
            vec![(Moved, "1 2"), (Moved, "2 1")],
        ),
    ];
    for (before, after, expected) in table {
        let expected: Vec<_> = expected
            .iter()
            .map(|(what, who)| format!("{what:?} {who}"))
            .collect();
        let about = format!("{before:?} -> {after:?}");
        assert_eq!(told(vec![before], after, false), expected, "{about}");
    }
}

#[test]
fn a_conference_whose_people_come_and_go_has_not_moved() {
    let room = |keys: &[&str]| {
        let legs = keys.iter().map(|key| {
            let hears: Vec<_> = keys.iter().filter(|other| *other != key).copied().collect();
            leg(key, LegState::Talking, &hears)
        });
        called(CallPhase::Conference, legs.collect())
    };
    let after = vec![room(&["1", "2", "4"])];
    assert_eq!(told(vec![room(&["1", "2", "3"])], after, false), [""; 0]);
}

#[test]
fn a_restart_interrupts_every_call_and_what_is_there_now_is_new() {
    let before = vec![talk("1", "2"), queued("3"), ending("4")];
    let expected = ["Interrupted 1 2", "Interrupted 3", "New 9"];
    assert_eq!(told(before, vec![menu("9")], true), expected);
}

#[test]
fn what_concerns_people_comes_first_and_then_who_has_waited_longest() {
    let mut late = queued("2");
    late.since = 5_000;
    let before = vec![talk("5", "6"), late, queued("3")];
    let expected = ["GoneWaiting 3", "GoneWaiting 2", "Gone 5 6", "New 9"];
    assert_eq!(told(before, vec![menu("9")], false), expected);
}

#[test]
fn a_channel_that_lives_on_is_proof_against_a_restart() {
    let (before, same) = (picture(vec![talk("1", "2")]), picture(vec![menu("2")]));
    assert!(somebody_stayed(&before, &same));
    assert!(!somebody_stayed(&before, &picture(vec![menu("3")])));
}
