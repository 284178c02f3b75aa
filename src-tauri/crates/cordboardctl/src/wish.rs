//! `move` and `offers`: every move by its name, for scripts; what may be done now.

use std::io::Write;

use board::{Ref, RefKind};
use operator::{Details, Intent, Verb};
use uuid::Uuid;

use crate::act;
use crate::end::{Exit, Trouble};
use crate::link::{Link, Live};
use crate::options::Wish;
use crate::output;

/// A verb's name on the command line: `queue-pause`.
pub(crate) fn verb(text: &str) -> Result<Verb, String> {
    let mut words = text.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    let name = words.fold(first, |name, word| {
        let (head, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        name + &head.to_uppercase() + rest
    });
    let small = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    let plain = text.split('-').all(small);
    let verb = serde_json::from_value(serde_json::Value::String(name)).ok();
    verb.filter(|_| plain)
        .ok_or_else(|| "no such move; `offers` lists what is possible".to_owned())
}

pub(crate) async fn carry_out(
    link: Link,
    wish: &Wish,
    out: &mut impl Write,
) -> Result<Exit, Trouble> {
    act::wished(link, |live| intent(live, wish), out).await
}

pub(crate) async fn offers(
    link: Link,
    subject: &str,
    out: &mut impl Write,
) -> Result<Exit, Trouble> {
    let live = link.live().await?;
    let offers = live.desk.offers(anything(&live, subject)).await?;
    output::json(out, &offers)?;
    Ok(Exit::Done)
}

fn intent(live: &Live, wish: &Wish) -> Intent {
    let target = |text: &String| target(live, wish.verb, text);
    let details = Details {
        label: wish.label.clone(),
        digits: wish.digits.clone(),
        reason: wish.reason.clone(),
        seconds: wish.seconds,
        value: wish.value,
        lot: wish.lot.clone(),
        ..Details::default()
    };
    let subject = subject(live, wish.verb, &wish.subject);
    Intent {
        target: wish.target.as_ref().map(target),
        second: wish.second.as_ref().map(target),
        details,
        confirmed: wish.unverified,
        ..Intent::new(Uuid::new_v4(), wish.verb, subject)
    }
}

/// What a verb is done to. A number is a person where only a person can be meant, and a room where only a room can.
fn subject(live: &Live, verb: Verb, text: &str) -> Ref {
    if let Ok(id) = text.parse() {
        return id;
    }
    let of_people = matches!(
        verb,
        Verb::Originate
            | Verb::Invite
            | Verb::QueueAdd
            | Verb::QueueRemove
            | Verb::QueuePause
            | Verb::QueueUnpause
            | Verb::SetPenalty
            | Verb::AskMailbox
    );
    if of_people {
        return person(live, text);
    }
    if matches!(verb, Verb::Lock | Verb::Unlock) {
        let room = || Ref::new(RefKind::Conference, &live.profile.pbx, text);
        return conference(live, text).unwrap_or_else(room);
    }
    anything(live, text)
}

/// Whatever on the board is called so; what is not there is left to be refused in the operator's words.
fn anything(live: &Live, text: &str) -> Ref {
    if let Ok(id) = text.parse() {
        return id;
    }
    let leg = live.shown.leg(text).map(|leg| leg.id.clone());
    leg.or_else(|| conference(live, text))
        .or_else(|| queue(live, text))
        .or_else(|| live.extension(text))
        .unwrap_or_else(|| Ref::new(RefKind::Leg, &live.profile.pbx, text))
}

fn target(live: &Live, verb: Verb, text: &str) -> Ref {
    if let Ok(id) = text.parse() {
        return id;
    }
    if matches!(verb, Verb::Connect | Verb::Join | Verb::Invite) {
        return anything(live, text);
    }
    queue(live, text).unwrap_or_else(|| live.target(text))
}

fn person(live: &Live, number: &str) -> Ref {
    let ours = || Ref::extension(&live.profile.pbx, number, &live.profile.context);
    live.extension(number).unwrap_or_else(ours)
}

fn conference(live: &Live, text: &str) -> Option<Ref> {
    let rooms = live.shown.groups().conferences;
    let named = |number: Option<&String>, name: &str| {
        name == text || number.is_some_and(|number| number == text)
    };
    let mut rooms = rooms.into_iter();
    let found = rooms.find(|room| named(room.number.as_ref(), &room.name))?;
    Some(found.id.clone())
}

fn queue(live: &Live, name: &str) -> Option<Ref> {
    let queues = live.shown.groups().queues;
    let found = queues.into_iter().find(|queue| queue.name == name)?;
    Some(found.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::tests::live;

    fn wish(verb: Verb, subject: &str, target: Option<&str>) -> Intent {
        let wish = Wish {
            verb,
            subject: subject.to_owned(),
            target: target.map(str::to_owned),
            second: None,
            digits: Some("12#".to_owned()),
            seconds: Some(60),
            value: Some(3),
            reason: Some("lunch".to_owned()),
            label: Some("for Anna".to_owned()),
            lot: Some("short".to_owned()),
            unverified: false,
        };
        intent(&live(), &wish)
    }

    fn named(verb: Verb, subject: &str) -> String {
        wish(verb, subject, None).subject.to_string()
    }

    #[test]
    fn a_verb_is_written_in_small_letters_with_dashes() {
        assert_eq!(verb("queue-pause"), Ok(Verb::QueuePause));
        assert_eq!(verb("hang-up"), Ok(Verb::HangUp));
        assert_eq!(verb("transfer"), Ok(Verb::Transfer));
        for unknown in ["", "fly", "queuePause", "queue--pause", "-", "Transfer"] {
            assert!(verb(unknown).is_err(), "{unknown}");
        }
    }

    #[tokio::test]
    async fn a_subject_is_what_the_verb_can_be_done_to() {
        let leg = "leg:main:100.1";
        assert_eq!(named(Verb::Mute, "PJSIP/trunk-00000001"), leg);
        assert_eq!(named(Verb::Mute, "100.1"), leg);
        assert_eq!(named(Verb::Mute, "leg:main:100.7"), "leg:main:100.7");
        assert_eq!(named(Verb::Mute, "100.9"), "leg:main:100.9");
        assert_eq!(named(Verb::QueuePause, "204"), "extension:main:204@office");
        assert_eq!(named(Verb::QueuePause, "999"), "extension:main:999@office");
        assert_eq!(named(Verb::Lock, "680"), "conference:main:680");
    }

    #[tokio::test]
    async fn a_target_may_be_any_place_and_the_details_go_along() {
        let intent = wish(Verb::Transfer, "100.1", Some("204"));
        let target = intent.target.map(|target| target.to_string());
        assert_eq!(target.as_deref(), Some("extension:main:204@office"));
        let details = intent.details;
        assert_eq!(
            (details.digits.as_deref(), details.reason.as_deref()),
            (Some("12#"), Some("lunch"))
        );
        assert_eq!(
            (details.label.as_deref(), details.lot.as_deref()),
            (Some("for Anna"), Some("short"))
        );
        assert_eq!((details.seconds, details.value), (Some(60), Some(3)));
        let call = wish(Verb::Connect, "100.1", Some("call:main:100.1"));
        let target = call.target.map(|target| target.to_string());
        assert_eq!(target.as_deref(), Some("call:main:100.1"));
    }
}
