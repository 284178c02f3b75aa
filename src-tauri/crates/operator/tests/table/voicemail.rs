//! Straight to voicemail: to everybody who may have a box, never to one that is known not to exist.

use board::Ref;
use operator::{Answer, Intent, Offer, Outcome, Preview, Refusal, Verb, Warning};

use crate::stage::{Stage, extension, queue};
use crate::trial::{Trial, intent};

const TALK: &str =
    "phones 101 102 103\n offline 110\n group 100 = 101 102\n queue sales\n +4930 talks 101";

fn wish(stage: &Stage, to: &str) -> Intent {
    intent(Verb::Voicemail, stage.leg("+4930"), Some(extension(to)))
}

fn offer(stage: &Stage) -> Offer {
    let offers = stage.with(|scene| operator::offers(&stage.call_of("101"), scene).offers);
    let offer = offers.into_iter().find(|one| one.verb == Verb::Voicemail);
    offer.expect("voicemail")
}

fn preview(stage: &Stage, to: &str) -> Preview {
    let wish = wish(stage, to);
    stage.with(|scene| operator::preview(&wish, scene))
}

/// A message was left in a box.
fn message(stage: &mut Stage, mailbox: &str) {
    let headers = [
        ("Event", "MessageWaiting"),
        ("Mailbox", mailbox),
        ("Waiting", "1"),
        ("New", "1"),
        ("Old", "0"),
    ];
    stage.say(&headers);
}

fn refused(trial: &Trial) -> Option<Refusal> {
    match trial.outcome()? {
        Outcome::Refused { refusal } => Some(refusal.clone()),
        Outcome::Done { .. }
        | Outcome::Failed { .. }
        | Outcome::Expired
        | Outcome::Unknown { .. } => None,
    }
}

fn variables(trial: &Trial) -> Vec<&str> {
    let asked = trial.asked.iter();
    asked.filter_map(|one| one.header("Variable")).collect()
}

#[test]
fn voicemail_is_offered_for_everybody_whether_or_not_a_message_ever_was_in_the_box() {
    let mut stage = Stage::of(TALK);
    let everybody: Vec<Ref> = ["100", "101", "102", "103", "110"].map(extension).into();
    assert_eq!(offer(&stage).targets, everybody);
    message(&mut stage, "103@default");
    assert_eq!(offer(&stage).targets, everybody);
}

#[test]
fn what_is_no_phone_has_no_box_unless_somebody_left_a_message_there() {
    let mut stage = Stage::of("phones 101 102\n +4930 talks 101");
    for (number, hint) in [("680", "Confbridge:680"), ("291", "Custom:LAMP")] {
        stage.say(&[
            ("Event", "ExtensionStatus"),
            ("Exten", number),
            ("Context", "hints"),
            ("Hint", hint),
            ("Status", "0"),
        ]);
    }
    assert_eq!(offer(&stage).targets, ["101", "102"].map(extension));
    message(&mut stage, "291@default");
    assert!(offer(&stage).targets.contains(&extension("291")));
    assert!(!offer(&stage).targets.contains(&queue("sales")));
}

#[test]
fn a_colleague_leaves_no_message_for_themselves() {
    let stage = Stage::of("phones 101 102 103\n 102 talks 103");
    let named = stage.leg("102");
    let offers = stage.with(|scene| operator::offers(&named, scene).offers);
    let offer = offers.into_iter().find(|one| one.verb == Verb::Voicemail);
    let offer = offer.expect("voicemail");
    assert_eq!(offer.targets, ["101", "103"].map(extension));
    assert_eq!(offer.refused[0].refusal, Refusal::SamePerson);
    let own = intent(Verb::Voicemail, named, Some(extension("102")));
    let refusal = stage.with(|scene| operator::preview(&own, scene).refusal);
    assert_eq!(refusal, Some(Refusal::SamePerson));
}

#[test]
fn without_a_way_to_the_boxes_nothing_is_offered() {
    let mut stage = Stage::of(TALK);
    stage.rules.voicemail = None;
    let offers = stage.with(|scene| operator::offers(&stage.call_of("101"), scene).offers);
    assert!(offers.iter().all(|one| one.verb != Verb::Voicemail));
}

#[test]
fn a_box_nothing_has_told_of_is_said_to_be_unchecked_before() {
    let mut stage = Stage::of(TALK);
    assert_eq!(preview(&stage, "103").warnings, [Warning::MailboxUnknown]);
    message(&mut stage, "103@default");
    assert_eq!(preview(&stage, "103").warnings, []);
}

#[test]
fn the_number_and_the_box_behind_it_are_checked_before_the_write() {
    let stage = Stage::of(TALK);
    let wish = wish(&stage, "103");
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.answer(true, "", Some("1"));
    assert_eq!(
        variables(&trial),
        [
            "DIALPLAN_EXISTS(internal,*103,1)",
            "VM_INFO(103@default,exists)"
        ]
    );
    assert!(trial.written.is_empty());
    trial.answer(true, "", Some("1"));
    assert_eq!(trial.written[0].header("Exten"), Some("*103"));
}

#[test]
fn a_box_in_another_context_is_asked_for_where_it_is() {
    let mut stage = Stage::of(TALK);
    message(&mut stage, "103@branch");
    let wish = wish(&stage, "103");
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.answer(true, "", Some("1"));
    assert_eq!(variables(&trial)[1], "VM_INFO(103@branch,exists)");
}

#[test]
fn where_the_house_says_in_which_context_its_boxes_are_no_other_counts() {
    let mut stage = Stage::with_boxes_in(Some("staff"), "101", TALK);
    message(&mut stage, "103@default");
    let warnings = preview(&stage, "103").warnings;
    assert_eq!(warnings, [Warning::MailboxUnknown], "somebody else's 103");
    let wish = wish(&stage, "103");
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.answer(true, "", Some("1"));
    assert_eq!(variables(&trial)[1], "VM_INFO(103@staff,exists)");
}

#[test]
fn a_context_that_the_dialplan_could_misread_is_no_context() {
    let stage = Stage::with_boxes_in(Some("a,exists)}${X"), "101", TALK);
    let refusal = preview(&stage, "103").refusal;
    assert_eq!(refusal, Some(Refusal::BadDetails));
}

/// Up to the question whether there is such a box; `told`: of messages in it.
fn box_is_asked_for(confirmed: bool, told: bool) -> Trial {
    let mut stage = Stage::of(TALK);
    if told {
        message(&mut stage, "103@default");
    }
    let wish = Intent {
        confirmed,
        ..wish(&stage, "103")
    };
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.answer(true, "", Some("1"));
    trial
}

#[test]
fn nobody_is_sent_to_a_box_that_does_not_exist_even_if_it_was_confirmed() {
    for confirmed in [false, true] {
        for told in [false, true] {
            let mut trial = box_is_asked_for(confirmed, told);
            trial.answer(true, "", Some("0"));
            let mailbox = "103@default".to_owned();
            assert_eq!(refused(&trial), Some(Refusal::NoSuchMailbox { mailbox }));
            assert!(trial.written.is_empty());
        }
    }
}

#[test]
fn a_pbx_that_cannot_tell_needs_a_confirmation_unless_messages_were_told_of() {
    for (confirmed, told) in [(false, false), (true, false), (false, true)] {
        for silent in [false, true] {
            let mut trial = box_is_asked_for(confirmed, told);
            match silent {
                true => trial.give(Answer::Expired),
                false => trial.answer(true, "", Some("")),
            }
            let goes = confirmed || told;
            assert_eq!(trial.written.len(), usize::from(goes));
            let refusal = (!goes).then_some(Refusal::Unverified);
            assert_eq!(refused(&trial), refusal);
            let warned = trial
                .plan
                .view()
                .preview
                .warnings
                .contains(&Warning::Unverified);
            assert_eq!(warned, confirmed, "it is said that nobody vouches for it");
        }
    }
}
