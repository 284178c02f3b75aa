//! Judged from what real Asterisk told, and from marks of our own.

#[path = "../../../../../../tests/lab/transcript.rs"]
mod transcript;

use ami::Frame;
use board::{PbxId, RefKind};
use operator::{Evidence, Remembered, Unsettled, Verb};
use serde_json::json;
use transcript::Step as Recorded;
use uuid::Uuid;

use super::*;
use crate::flight::Mark;

fn pbx() -> PbxId {
    PbxId::new("lab").expect("an id")
}

/// Every live event of a scenario, in both versions.
fn flown(scenario: &str) -> [Flight; 2] {
    ["16", "22"].map(|version| {
        let path = format!(
            "{}/../../../tests/transcripts/{version}/{scenario}.ami",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut flight = Flight::default();
        let mut now = 1_000_000;
        for step in transcript::parse(&bytes) {
            match step {
                Recorded::Server(bytes) => {
                    let frame = Frame::parse(&bytes).filter(|frame| frame.event().is_some());
                    frame.into_iter().for_each(|frame| flight.frame(frame, now));
                }
                Recorded::At(at) => now = 1_000_000 + at,
                Recorded::Sent { .. } | Recorded::Mark(_) => {}
            }
        }
        flight
    })
}

/// The Uniqueid of the first channel of a device.
fn leg(flight: &Flight, device: &str) -> String {
    let named = |frame: &Frame| {
        let name = frame.get("Channel")?.text().into_owned();
        let is_new = frame.event().as_deref() == Some("Newchannel");
        (is_new && name.starts_with(device))
            .then(|| frame.get("Uniqueid").expect("an id").text().into_owned())
    };
    let mut frames = flight.records().filter_map(|record| match &record.what {
        What::Frame(frame) => Some(frame),
        What::Said(_) | What::Operation(_) | What::Mark(_) => None,
    });
    frames.find_map(named).expect("such a channel")
}

fn ask(flight: &Flight, uniqueid: &str) -> Why {
    let call = Ref::new(RefKind::Leg, &pbx(), uniqueid);
    let question = Question {
        call,
        alive: false,
        end: None,
        me: Some("101".to_owned()),
    };
    flight.why(&question)
}

/// The reason in a few words: its tag, and whose number it names.
fn told(why: &Why) -> (String, Option<String>) {
    let value = json!(why.reason);
    let tag = value["why"].as_str().unwrap_or_default().to_owned();
    (tag, value["who"]["number"].as_str().map(str::to_owned))
}

#[test]
fn real_asterisk_tells_why_each_call_ended() {
    let table = [
        ("call-answered", "PJSIP/101", "hungUp", Some("102")),
        ("call-answered", "PJSIP/102", "hungUp", Some("102")),
        ("call-cancelled", "PJSIP/101", "hungUp", Some("101")),
        ("call-cancelled", "PJSIP/102", "hungUp", Some("101")),
        ("call-rejected", "PJSIP/101", "notAnswered", Some("102")),
        ("call-no-answer", "PJSIP/101", "notAnswered", Some("102")),
        ("call-unregistered", "PJSIP/101", "dialplan", None),
        ("call-hung-up-by-desk", "PJSIP/101", "byPbx", Some("102")),
        (
            "call-ringing-hung-up-by-desk",
            "PJSIP/101",
            "byPbx",
            Some("101"),
        ),
        (
            "redirect-caller-bridged",
            "PJSIP/102",
            "leftAlone",
            Some("101"),
        ),
        (
            "redirect-caller-bridged",
            "PJSIP/101",
            "hungUp",
            Some("101"),
        ),
        (
            "redirect-no-such-extension",
            "PJSIP/101",
            "byPbx",
            Some("101"),
        ),
        ("refer-blind", "PJSIP/102", "transferred", Some("102")),
        ("keys-attended", "PJSIP/103", "hungUp", Some("101")),
        ("group-second-answers", "PJSIP/101", "hungUp", Some("103")),
        ("park-given-up", "PJSIP/101", "hungUp", Some("101")),
    ];
    for (scenario, device, reason, number) in table {
        for flight in flown(scenario) {
            let why = ask(&flight, &leg(&flight, device));
            let expected = (reason.to_owned(), number.map(str::to_owned));
            assert_eq!(
                told(&why),
                expected,
                "{scenario} {device}: {:#?}",
                why.steps
            );
        }
    }
}

#[test]
fn the_steps_are_those_of_the_call_in_their_order() {
    let [_, flight] = flown("call-answered");
    let why = ask(&flight, &leg(&flight, "PJSIP/101"));
    let steps: Vec<_> = why
        .steps
        .iter()
        .map(|step| {
            let who = step.who.as_ref().expect("a leg");
            (
                json!(step.what)["what"].as_str().expect("a tag").to_owned(),
                who.number.clone(),
                who.me,
            )
        })
        .collect();
    let expected = [
        ("began", "101", true),
        ("called", "102", false),
        ("rings", "102", false),
        ("answered", "102", false),
        ("connected", "102", false),
        ("connected", "101", true),
        ("hangsUp", "102", false),
        ("disconnected", "102", false),
        ("disconnected", "101", true),
        ("gone", "102", false),
        ("gone", "101", true),
    ];
    let expected =
        expected.map(|(what, number, me)| (what.to_owned(), Some(number.to_owned()), me));
    assert_eq!(steps, expected);
    assert_eq!((why.earlier, why.end), (0, Some(End::HungUp)));
    assert!(why.steps.is_sorted_by_key(|step| step.at));
}

#[test]
fn a_call_that_is_there_has_not_ended_and_one_nobody_recorded_is_not_known() {
    let call = Ref::new(RefKind::Call, &pbx(), "1.1");
    let question = |alive| Question {
        call: call.clone(),
        alive,
        end: None,
        me: None,
    };
    let flight = Flight::default();
    let reason = |alive| flight.why(&question(alive)).reason;
    assert_eq!(reason(true), WhyReason::NotEnded);
    assert_eq!(reason(false), WhyReason::Unknown);
}

fn new_channel() -> Frame {
    let text = "Event: Newchannel\nChannel: PJSIP/101-1\nUniqueid: 1.1\nCallerIDNum: 101\n";
    Frame::parse(text.as_bytes()).expect("a frame")
}

#[test]
fn an_end_nobody_saw_is_told_as_such_and_so_is_a_pbx_started_anew() {
    for (restarted, reason) in [(true, WhyReason::Restarted), (false, WhyReason::Unseen)] {
        let mut flight = Flight::default();
        flight.mark(Mark::Lost, 5);
        flight.mark(Mark::Back { restarted: true }, 6);
        flight.frame(new_channel(), 10);
        flight.mark(Mark::Lost, 20);
        flight.mark(Mark::Back { restarted }, 30);
        assert_eq!(ask(&flight, "1.1").reason, reason);
    }
}

/// An operation as the recorder was told of it. `leg` moves, `released` ends.
fn operation(leg: &str, released: &str, change: impl FnOnce(&mut OperationView)) -> OperationView {
    let id = OperationId(Uuid::from_u128(7));
    let party = |leg: &str| json!({"leg": format!("leg:lab:{leg}"), "name": null, "number": null, "me": false});
    let to = json!({"target": "extension:lab:103@hints", "name": "Marco", "number": "103", "state": null});
    let kept = json!({
        "id": "operation:lab:7", "operation": id, "verb": "transfer", "legs": [format!("leg:lab:{leg}")], "target": null, "since": 5,
        "preview": {"verb": "transfer", "journeys": [{"who": party(leg), "to": to}], "about": [], "at": null,
            "released": [party(released)], "warnings": [], "refusal": null},
        "expected": [],
    });
    let kept: Remembered = serde_json::from_value(kept).expect("as a journal has it");
    let mut view = Unsettled::new(kept, 5).view();
    change(&mut view);
    view
}

/// Into the recorder as if it had been written half a second before the first event of the end.
fn with_operation(flight: &Flight, written: usize, views: [OperationView; 2]) -> Flight {
    let mut other = Flight::default();
    let [asked, ended] = views;
    for (at, record) in flight.records().enumerate() {
        if at == written {
            other.operation(asked.clone(), record.at);
        }
        if let What::Frame(frame) = &record.what {
            other.frame(frame.clone(), record.at);
        }
    }
    let last = flight.records().next_back().expect("events").at;
    other.operation(ended, last);
    other
}

fn before_the_end(flight: &Flight) -> usize {
    let mut records = flight.records();
    let leaves = |record: &crate::flight::ring::Record| match &record.what {
        What::Frame(frame) => frame.event().as_deref() == Some("BridgeLeave"),
        What::Said(_) | What::Operation(_) | What::Mark(_) => false,
    };
    records.position(leaves).expect("somebody leaves")
}

#[test]
fn an_operation_that_released_somebody_is_why_they_are_gone() {
    for flight in flown("redirect-caller-bridged") {
        let (moved, released) = (leg(&flight, "PJSIP/101"), leg(&flight, "PJSIP/102"));
        let asked = operation(&moved, &released, |view| {
            (view.step, view.outcome) = (Step::Asked, None)
        });
        let done = operation(&moved, &released, |view| {
            let evidence = Evidence::Ringing;
            view.outcome = Some(Outcome::Done { evidence });
            view.after = Some(After::Answered);
        });
        let flight = with_operation(&flight, before_the_end(&flight), [asked, done]);
        let expected = WhyReason::Operation {
            operation: OperationId(Uuid::from_u128(7)),
            verb: Verb::Transfer,
        };
        assert_eq!(ask(&flight, &released).reason, expected);
        let (reason, who) = told(&ask(&flight, &moved));
        assert_eq!(
            (reason.as_str(), who.as_deref()),
            ("hungUp", Some("101")),
            "talked on, and hung up"
        );
    }
}

#[test]
fn a_transfer_to_where_nobody_took_it_is_why_the_caller_is_gone() {
    for flight in flown("redirect-no-such-extension") {
        let (moved, released) = (leg(&flight, "PJSIP/101"), leg(&flight, "PJSIP/102"));
        let asked = operation(&moved, &released, |view| {
            (view.step, view.outcome) = (Step::Asked, None)
        });
        let failure = Failure::Lost {
            cause: "Normal Clearing".to_owned(),
        };
        let outcome = Outcome::Failed {
            failure: failure.clone(),
        };
        let ended = operation(&moved, &released, |view| view.outcome = Some(outcome));
        let flight = with_operation(&flight, before_the_end(&flight), [asked, ended]);
        let expected = WhyReason::NotTaken {
            operation: OperationId(Uuid::from_u128(7)),
            verb: Verb::Transfer,
            number: Some("103".to_owned()),
            name: Some("Marco".to_owned()),
            failure: Some(failure),
        };
        assert_eq!(ask(&flight, &moved).reason, expected);
    }
}
