//! Another program with an AMI account of its own, which moves calls about. It is told yes or no, and does not care.

use anyhow::Result;
use lab::{Channel, Truth};

use super::wish::Hand;

/// What it asks the PBX.
pub(super) async fn ask(truth: &Truth, hand: &Hand) -> Result<()> {
    let mut people = truth.channels().await?;
    people.retain(|channel| channel.name.starts_with("PJSIP/"));
    people.sort_by(|one, other| one.uniqueid.cmp(&other.uniqueid));
    let Some(headers) = headers(&people, hand) else {
        return Ok(());
    };
    let borrowed: Vec<_> = headers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    truth.action(&borrowed).await.map(drop)
}

type Headers = Vec<(&'static str, String)>;

fn headers(people: &[Channel], hand: &Hand) -> Option<Headers> {
    let some = |index: usize| people.get(index % people.len().max(1));
    let on = |action: &str, channel: &Channel| {
        vec![
            ("Action", action.to_owned()),
            ("Channel", channel.name.clone()),
        ]
    };
    match hand {
        Hand::Redirect(one, to) => Some(moved(on("Redirect", some(*one)?), PLACE, to)),
        Hand::RedirectBoth(one, to) => both(people, some(*one)?, to),
        Hand::BlindTransfer(one, to) => Some(aimed(on("BlindTransfer", some(*one)?), to)),
        Hand::Attended(one, to) => Some(aimed(on("Atxfer", some(*one)?), to)),
        Hand::Bridge(one, other) => bridge(some(*one)?, some(*other)?),
        Hand::Park(one) => Some(on("Park", some(*one)?)),
        Hand::HangUp(one) => Some(on("Hangup", some(*one)?)),
        Hand::Record(one, begin) => {
            let channel = some(*one)?;
            let action = if *begin {
                "MixMonitor"
            } else {
                "StopMixMonitor"
            };
            let mut headers = on(action, channel);
            headers.push(("File", format!("{}.wav", channel.uniqueid)));
            Some(headers)
        }
        Hand::Withdraw(one) => {
            let mut headers = on("QueueWithdrawCaller", some(*one)?);
            headers[1].0 = "Caller";
            headers.push(("Queue", "sales".to_owned()));
            Some(headers)
        }
        Hand::Mute(one, yes) => {
            let action = if *yes {
                "ConfbridgeMute"
            } else {
                "ConfbridgeUnmute"
            };
            Some(in_room(on(action, seated(people, *one)?)))
        }
        Hand::Kick(one) => Some(in_room(on("ConfbridgeKick", seated(people, *one)?))),
        Hand::Lock(yes) => {
            let action = if *yes {
                "ConfbridgeLock"
            } else {
                "ConfbridgeUnlock"
            };
            Some(in_room(vec![("Action", action.to_owned())]))
        }
        Hand::Spy(one, other) => spy(some(*one)?, *other),
        Hand::Originate(channel, to) => Some(originate(channel, to)),
        Hand::Pause(member, paused) => Some(pause(member, *paused)),
        Hand::Join(member) => Some(member_action("QueueAdd", member)),
        Hand::Leave(member) => Some(member_action("QueueRemove", member)),
    }
}

const PLACE: [&str; 3] = ["Context", "Exten", "Priority"];
const EXTRA_PLACE: [&str; 3] = ["ExtraContext", "ExtraExten", "ExtraPriority"];

fn moved(mut headers: Headers, place: [&'static str; 3], to: &str) -> Headers {
    let values = ["internal", to, "1"].map(str::to_owned);
    headers.extend(place.into_iter().zip(values));
    headers
}

fn aimed(mut headers: Headers, to: &str) -> Headers {
    headers.push(("Context", "internal".to_owned()));
    headers.push(("Exten", to.to_owned()));
    headers
}

/// A leg and whoever shares its bridge, both to one number.
fn both(people: &[Channel], one: &Channel, to: &str) -> Option<Headers> {
    let other = people.iter().find(|other| {
        !one.bridge.is_empty() && other.bridge == one.bridge && other.name != one.name
    })?;
    let headers = vec![
        ("Action", "Redirect".to_owned()),
        ("Channel", one.name.clone()),
        ("ExtraChannel", other.name.clone()),
    ];
    Some(moved(moved(headers, PLACE, to), EXTRA_PLACE, to))
}

/// A channel bridged with itself is destroyed: nobody wishes that.
fn bridge(one: &Channel, other: &Channel) -> Option<Headers> {
    let both_up = one.is_up() && other.is_up() && one.name != other.name;
    both_up.then(|| {
        vec![
            ("Action", "Bridge".to_owned()),
            ("Channel1", one.name.clone()),
            ("Channel2", other.name.clone()),
        ]
    })
}

fn seated(people: &[Channel], index: usize) -> Option<&Channel> {
    let seated: Vec<_> = people
        .iter()
        .filter(|channel| channel.application == "ConfBridge")
        .collect();
    seated.get(index % seated.len().max(1)).copied()
}

fn in_room(mut headers: Headers) -> Headers {
    headers.push(("Conference", "680".to_owned()));
    headers
}

/// A supervisor's phone listens to somebody.
fn spy(spied: &Channel, by: usize) -> Option<Headers> {
    let phone = super::wish::PHONES.get(by % super::wish::PHONES.len())?;
    Some(vec![
        ("Action", "Originate".to_owned()),
        ("Channel", format!("PJSIP/{phone}")),
        ("Application", "ChanSpy".to_owned()),
        ("Data", format!("{},qE", spied.name)),
        ("Async", "true".to_owned()),
        ("Timeout", "15000".to_owned()),
    ])
}

fn originate(channel: &str, to: &str) -> Headers {
    vec![
        ("Action", "Originate".to_owned()),
        ("Channel", channel.to_owned()),
        ("Context", "internal".to_owned()),
        ("Exten", to.to_owned()),
        ("Priority", "1".to_owned()),
        ("CallerID", "Storm <4711>".to_owned()),
        ("Async", "true".to_owned()),
        ("Timeout", "15000".to_owned()),
    ]
}

fn pause(member: &str, paused: bool) -> Headers {
    vec![
        ("Action", "QueuePause".to_owned()),
        ("Interface", format!("PJSIP/{member}")),
        ("Paused", paused.to_string()),
    ]
}

fn member_action(action: &str, member: &str) -> Headers {
    vec![
        ("Action", action.to_owned()),
        ("Queue", "sales".to_owned()),
        ("Interface", format!("PJSIP/{member}")),
    ]
}
