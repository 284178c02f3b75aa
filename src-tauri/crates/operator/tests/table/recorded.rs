//! Plans driven by what real Asterisk said: our move takes the place of the recorder's, and the recorded events tell it how it went.

#[path = "../../../../../tests/lab/transcript.rs"]
mod transcript;

use ami::session::Reply;
use ami::{Event, Frame};
use board::{Ref, RefKind, Thing};
use operator::{After, Answer, Evidence, Failure, Intent, Outcome, Verb};
use transcript::Step;

use crate::stage::{Stage, conference, extension, number, pbx};
use crate::trial::{Trial, intent};

/// What became of the recorded move, in both versions; `{:?}` of a refusal, should it be refused.
fn played(scenario: &str) -> [Result<(Outcome, Option<After>), String>; 2] {
    ["16", "22"].map(|version| {
        let path = format!(
            "{}/../../../tests/transcripts/{version}/{scenario}.ami",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        play(&transcript::parse(&bytes))
    })
}

/// Every event so far, then the move, then the rest.
fn play(steps: &[Step]) -> Result<(Outcome, Option<After>), String> {
    let mut stage = Stage::of("");
    let is_move = |step: &Step| matches!(step, Step::Sent { action, .. } if action == "Redirect" || action == "Originate");
    let at = steps.iter().position(is_move).expect("a move");
    let (before, after) = steps.split_at(at);
    before
        .iter()
        .for_each(|step| drop(hear(&mut stage, step, None)));
    let Step::Sent {
        action_id, text, ..
    } = &after[0]
    else {
        unreachable!("a move")
    };
    let recorded = |name: &str| {
        let parts = text.split("; ").filter_map(|part| part.split_once(": "));
        parts
            .into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
    };
    if recorded("Async").is_some() {
        // The recorder started no more phones than the scenario needs; the rejected call never came to the target's.
        stage.hint("102", &["102"], 0);
        stage.endpoint("102", "102/sip:102@phone");
    }
    let wish = wish(&stage, recorded);
    let mut trial = Trial::begin(stage, wish).map_err(|refusal| format!("{refusal:?}"))?;
    while trial.written.is_empty() {
        trial.answer(true, "", Some("1"));
    }
    let ours = trial.written[0].header("ChannelId").map(str::to_owned);
    for step in &after[1..] {
        let frame = hear(&mut trial.stage, step, ours.as_deref());
        let Some(frame) = frame else {
            trial.wait(0);
            continue;
        };
        match frame
            .get("ActionID")
            .filter(|id| id.is(action_id) && frame.event().is_none())
        {
            Some(_) => trial.give(Answer::Reply(&reply(&frame))),
            None => trial.hear(&frame),
        }
    }
    trial.wait(11_000);
    Ok((trial.outcome().cloned().expect("an end"), trial.after()))
}

fn reply(frame: &Frame) -> Reply {
    let accepted = frame
        .get("Response")
        .is_some_and(|value| value.is("Success"));
    let message = frame
        .get("Message")
        .map(|value| value.text().into_owned())
        .unwrap_or_default();
    Reply {
        accepted,
        message,
        frame: frame.clone(),
    }
}

/// The board takes a frame in; our channel stands for the recorder's `cord-1`.
fn hear(stage: &mut Stage, step: &Step, ours: Option<&str>) -> Option<Frame> {
    match step {
        Step::At(millis) => stage.now = 1_000_000 + millis,
        Step::Sent { .. } | Step::Mark(_) => {}
        Step::Server(bytes) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let text = ours.map_or(text.clone(), |ours| text.replace("cord-1", ours));
            let frame = Frame::parse(text.as_bytes())?;
            let event = Event::read(&frame);
            if frame.event().is_some_and(|name| name == "CoreShowChannel") {
                return None;
            }
            stage.board.apply(&event, stage.now);
            return Some(frame);
        }
    }
    None
}

/// What an operator would have had to wish for the recorded action to be written.
fn wish(stage: &Stage, recorded: impl Fn(&str) -> Option<String>) -> Intent {
    let place = |exten: String| {
        let known = [conference(&exten), extension(&exten)];
        let picture = stage.board.picture();
        known
            .into_iter()
            .find(|target| picture.contains_key(target))
            .unwrap_or_else(|| number(&exten))
    };
    let channel = recorded("Channel").expect("a channel");
    let target = recorded("Exten").map(place);
    if recorded("Async").is_some() {
        let from = channel
            .trim_start_matches("PJSIP/")
            .trim_start_matches("Local/")
            .split('@')
            .next()
            .unwrap_or_default();
        return intent(Verb::Originate, extension(from), target);
    }
    let verb = if recorded("ExtraChannel").is_some() {
        Verb::TransferBoth
    } else {
        Verb::Transfer
    };
    let subject = Ref::new(RefKind::Leg, &pbx(), channel);
    Intent {
        second: recorded("ExtraExten").map(place),
        ..intent(verb, subject, target)
    }
}

fn done(evidence: Evidence, after: Option<After>) -> Result<(Outcome, Option<After>), String> {
    Ok((Outcome::Done { evidence }, after))
}

fn failed(failure: Failure) -> Result<(Outcome, Option<After>), String> {
    Ok((Outcome::Failed { failure }, None))
}

#[test]
fn a_leg_of_a_bridged_call_rings_at_its_target_and_is_answered() {
    for scenario in [
        "redirect-caller-bridged",
        "redirect-called-bridged",
        "redirect-trunk-caller",
        "redirect-queue-caller",
    ] {
        let ringing = done(Evidence::Ringing, Some(After::Answered));
        assert_eq!(played(scenario), [ringing.clone(), ringing], "{scenario}");
    }
}

#[test]
fn a_ringing_call_is_taken_elsewhere_by_its_caller() {
    let ringing = done(Evidence::Ringing, Some(After::Answered));
    assert_eq!(
        played("redirect-caller-ringing"),
        [ringing.clone(), ringing]
    );
}

#[test]
fn a_target_that_rejects_has_rung_and_did_not_take_it() {
    let ended = done(Evidence::Ringing, Some(After::NotTaken));
    assert_eq!(played("redirect-target-rejects"), [ended.clone(), ended]);
}

#[test]
fn a_place_that_does_not_exist_loses_the_caller() {
    for result in played("redirect-no-such-extension") {
        assert!(
            matches!(
                result,
                Ok((
                    Outcome::Failed {
                        failure: Failure::Lost { .. }
                    },
                    None
                ))
            ),
            "{result:?}"
        );
    }
}

#[test]
fn what_would_lose_a_caller_is_refused_before() {
    let refused = |why: &str| [Err(why.to_owned()), Err(why.to_owned())];
    assert_eq!(played("redirect-unregistered"), refused("TargetOffline"));
    assert_eq!(played("redirect-no-such-channel"), refused("Gone"));
}

#[test]
fn both_arrive_together() {
    let joined = done(Evidence::Joined, None);
    assert_eq!(played("redirect-both-conference"), [joined.clone(), joined]);
    for scenario in [
        "redirect-both-one-extension",
        "redirect-both-two-extensions",
    ] {
        let ringing = done(Evidence::Ringing, None);
        assert_eq!(played(scenario), [ringing.clone(), ringing], "{scenario}");
    }
}

#[test]
fn a_parked_caller_is_given_to_somebody() {
    for result in played("park-redirected") {
        assert!(
            matches!(
                result,
                Ok((
                    Outcome::Done {
                        evidence: Evidence::Ringing
                    },
                    Some(_)
                ))
            ),
            "{result:?}"
        );
    }
}

#[test]
fn an_originate_ends_as_asterisk_says() {
    for scenario in [
        "originate-answered",
        "originate-local-optimised",
        "originate-local-kept",
    ] {
        let ringing = done(Evidence::Ringing, Some(After::Answered));
        assert_eq!(played(scenario), [ringing.clone(), ringing], "{scenario}");
    }
    let not_taken = done(Evidence::Ringing, Some(After::NotTaken));
    assert_eq!(
        played("originate-target-rejects"),
        [not_taken.clone(), not_taken]
    );
    let first = |cause: &str| {
        failed(Failure::FirstPhone {
            cause: cause.to_owned(),
        })
    };
    assert_eq!(
        played("originate-rejected"),
        [first("User busy"), first("User busy")]
    );
    assert_eq!(
        played("originate-timeout"),
        [first("no answer"), first("no answer")]
    );
    assert_eq!(
        played("originate-unregistered"),
        [Err("TargetOffline".into()), Err("TargetOffline".into())]
    );
    for result in played("originate-no-such-extension") {
        assert!(
            matches!(result, Ok((Outcome::Refused { .. }, None))),
            "{result:?}"
        );
    }
}

/// Redirecting the phone that rings would hang the caller up (see `redirect-called-ringing`): the caller goes instead.
#[test]
fn the_phone_that_rings_is_never_the_one_that_moves() {
    let (stage, caller, rung) = ringing("104");
    let wish = intent(Verb::Transfer, rung, Some(extension("103")));
    let trial = Trial::written(stage, wish);
    assert_eq!(
        trial.written[0].header("Channel"),
        Some(caller.key.as_str())
    );
}

/// Whoever grabs the phone they are calling does not mean to send themselves away.
#[test]
fn the_operators_own_call_out_goes_nowhere_while_it_rings() {
    let (stage, _, rung) = ringing("101");
    let wish = intent(Verb::Transfer, rung, Some(extension("103")));
    let refused = Trial::begin(stage, wish).err();
    assert_eq!(refused, Some(operator::Refusal::NotMovable));
}

/// 101 calls 102, as the desk of that extension sees it: who calls, and whose phone rings.
fn ringing(me: &str) -> (Stage, Ref, Ref) {
    let bytes = std::fs::read(format!(
        "{}/../../../tests/transcripts/22/redirect-called-ringing.ami",
        env!("CARGO_MANIFEST_DIR")
    ));
    let steps = transcript::parse(&bytes.expect("a recording"));
    let until = steps
        .iter()
        .position(|step| matches!(step, Step::Mark(mark) if mark == "ringing"))
        .expect("it rings");
    let mut stage = Stage::seen_by(me, "");
    steps[..until]
        .iter()
        .for_each(|step| drop(hear(&mut stage, step, None)));
    let call = stage
        .board
        .picture()
        .into_values()
        .find_map(|thing| match thing {
            Thing::Call(call) => Some(call),
            Thing::Extension(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        });
    let [caller, rung] = &call.expect("a call").legs[..] else {
        panic!("two legs")
    };
    let (caller, rung) = (caller.id.clone(), rung.id.clone());
    (stage, caller, rung)
}
