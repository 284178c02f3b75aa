//! Two witnesses of the same PBX: Asterisk, asked on a connection of its own, and our board. Each tells plain facts.

use std::collections::BTreeSet;

use anyhow::Result;
use board::Ref;
use board::view::ExtensionState;
use lab::message::Message;
use lab::truth::hear_each_other;
use lab::{Channel, Truth};

use crate::shown::Shown;

/// What Asterisk says.
pub(crate) async fn asterisk(truth: &Truth) -> Result<BTreeSet<String>> {
    let mut facts = BTreeSet::new();
    let parked = list(truth, "ParkedCalls", "ParkedCall").await?;
    for item in &parked {
        facts.insert(format!(
            "{} parked in {}",
            item.get("ParkeeUniqueid"),
            item.get("ParkingSpace")
        ));
    }
    let waits = |channel: &Channel| {
        parked
            .iter()
            .any(|item| item.get("ParkeeUniqueid") == channel.uniqueid)
    };
    let mut people = truth.channels().await?;
    people
        .retain(|channel| channel.name.starts_with("PJSIP/") || channel.name.starts_with("Local/"));
    facts.extend(
        people
            .iter()
            .filter(|one| one.name.starts_with("PJSIP/"))
            .map(|one| format!("{} lives", one.uniqueid)),
    );
    let pairs = people
        .iter()
        .flat_map(|one| people.iter().map(move |other| (one, other)));
    for (one, other) in
        pairs.filter(|(one, other)| !waits(one) && !waits(other) && hear(&people, one, other))
    {
        facts.insert(format!("{} hears {}", one.uniqueid, other.uniqueid));
    }
    for item in list(truth, "ExtensionStateList", "ExtensionStatus").await? {
        // A parking space or a room with a hint is a place, not a person.
        if !["park:", "Confbridge:"]
            .iter()
            .any(|place| item.get("Hint").starts_with(place))
        {
            facts.insert(format!(
                "{} is {:?}",
                item.get("Exten"),
                hint(item.get("Status"))
            ));
        }
    }
    for item in list(truth, "QueueStatus", "QueueEntry").await? {
        let (queue, position) = (item.get("Queue"), item.get("Position"));
        facts.insert(format!(
            "{} waits in {queue} as {position}",
            item.get("Uniqueid")
        ));
    }
    for item in list(truth, "QueueStatus", "QueueMember").await? {
        let paused = item.get("Paused") == "1";
        facts.insert(format!(
            "{} serves {}, paused {paused}",
            item.get("Location"),
            item.get("Queue")
        ));
    }
    for room in list(truth, "ConfbridgeListRooms", "ConfbridgeListRooms").await? {
        facts.extend(members(truth, room.get("Conference")).await?);
    }
    Ok(facts)
}

/// What our board says.
pub(crate) fn board(shown: &Shown) -> BTreeSet<String> {
    let key = |id: &Ref| id.key.clone();
    let mut facts = BTreeSet::new();
    // A call of nothing but wires shows one of them: no person, so none for the witness either.
    let people = shown.calls().flat_map(|call| &call.legs);
    for leg in people.filter(|leg| !leg.channel.starts_with("Local/")) {
        facts.insert(format!("{} lives", leg.id.key));
        facts.extend(
            leg.hears
                .iter()
                .map(|other| format!("{} hears {}", leg.id.key, other.key)),
        );
    }
    for parked in shown.parked() {
        facts.insert(format!("{} parked in {}", key(&parked.leg), parked.space));
    }
    for extension in shown.extensions() {
        facts.insert(format!("{} is {:?}", extension.number, extension.state));
    }
    for queue in shown.queues() {
        let waits = |caller: &board::view::QueueCallerView| {
            format!(
                "{} waits in {} as {}",
                key(&caller.leg),
                queue.name,
                caller.position
            )
        };
        facts.extend(queue.callers.iter().map(waits));
        let serves = |member: &board::view::MemberView| {
            format!(
                "{} serves {}, paused {}",
                member.interface, queue.name, member.paused
            )
        };
        facts.extend(queue.members.iter().map(serves));
    }
    for room in shown.conferences() {
        facts.extend(
            room.members
                .iter()
                .map(|member| format!("{} sits in {}", key(&member.leg), room.name)),
        );
    }
    facts
}

async fn members(truth: &Truth, room: &str) -> Result<Vec<String>> {
    let question = [("Action", "ConfbridgeList"), ("Conference", room)];
    let answer = truth.action(&question).await?;
    let inside = answer.iter().filter(|item| item.is_event("ConfbridgeList"));
    Ok(inside
        .map(|item| format!("{} sits in {room}", item.get("Uniqueid")))
        .collect())
}

async fn list(truth: &Truth, action: &str, item: &str) -> Result<Vec<Message>> {
    let mut answer = truth.action(&[("Action", action)]).await?;
    answer.retain(|message| message.is_event(item));
    Ok(answer)
}

/// Two people, no halves of Local channels, in one bridge or in bridges that Local channels join.
fn hear(all: &[Channel], one: &Channel, other: &Channel) -> bool {
    let person = |channel: &Channel| channel.name.starts_with("PJSIP/");
    person(one) && person(other) && hear_each_other(all, one, other)
}

/// A hint's bits: 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 on hold.
fn hint(status: &str) -> ExtensionState {
    match status {
        "0" => ExtensionState::Idle,
        "1" => ExtensionState::InUse,
        "2" => ExtensionState::Busy,
        "4" => ExtensionState::Offline,
        "8" => ExtensionState::Ringing,
        "9" => ExtensionState::InUseRinging,
        "16" | "17" => ExtensionState::Held,
        _ => ExtensionState::Unknown,
    }
}
