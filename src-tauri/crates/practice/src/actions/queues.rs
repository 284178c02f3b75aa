//! Queues: lists, members in and out, pauses.

use super::Answer;
use crate::device::DeviceState;
use crate::pbx::Pbx;
use crate::queue::{Member, Queue, member, member_lines};
use crate::request::Request;
use crate::wire::{Message, ack, error, list};

pub(super) fn status(request: &Request, pbx: &mut Pbx) -> Answer {
    let mut items = Vec::new();
    for (name, queue) in wanted(request, pbx) {
        items.push(parameters(request, name, queue));
        let only = request.get("Member");
        let members = queue
            .serving()
            .map(|(_, member)| member)
            .filter(|member| only.is_none_or(|only| member.interface == only));
        items.extend(members.map(|member| {
            let text = Message::new()
                .with("Event", "QueueMember")
                .with("Queue", name)
                .with("Name", &member.name)
                .with("Location", &member.interface)
                .with("StateInterface", &member.state_interface);
            member_lines(text, member, pbx.device_state(&member.device))
                .with("Wrapuptime", 0)
                .id(request)
        }));
        items.extend(pbx.waiting(name).into_iter().enumerate().map(
            |(index, (channel, wait, priority))| {
                Message::new()
                    .with("Event", "QueueEntry")
                    .with("Queue", name)
                    .with("Position", index + 1)
                    .with("Channel", &channel.name)
                    .with("Uniqueid", &channel.uniqueid)
                    .with("CallerIDNum", known(&channel.caller.number))
                    .with("CallerIDName", known(&channel.caller.name))
                    .with("ConnectedLineNum", known(&channel.connected.number))
                    .with("ConnectedLineName", known(&channel.connected.name))
                    .with("Wait", wait)
                    .with("Priority", priority)
                    .id(request)
            },
        ));
    }
    list(
        request,
        "Queue status will follow",
        items,
        "QueueStatusComplete",
        &[],
    )
    .into()
}

fn wanted<'a>(request: &'a Request, pbx: &'a Pbx) -> impl Iterator<Item = (&'a String, &'a Queue)> {
    let only = request.get("Queue");
    pbx.queues
        .iter()
        .filter(move |(name, _)| only.is_none_or(|only| only == name.as_str()))
}

/// QueueEntry writes `unknown`, without brackets.
fn known(text: &str) -> &str {
    if text.is_empty() { "unknown" } else { text }
}

fn parameters(request: &Request, name: &str, queue: &Queue) -> Message {
    Message::new()
        .with("Event", "QueueParams")
        .with("Queue", name)
        .with("Max", 0)
        .with("Strategy", queue.strategy)
        .with("Calls", queue.callers.len())
        .with("Holdtime", queue.held / queue.completed.max(1))
        .with("TalkTime", queue.talked / queue.completed.max(1))
        .with("Completed", queue.completed)
        .with("Abandoned", queue.abandoned)
        .with("ServiceLevel", queue.service_level)
        .with("ServicelevelPerf", "0.0")
        .with("ServicelevelPerf2", "0.0")
        .with("Weight", 0)
        .id(request)
}

pub(super) fn summary(request: &Request, pbx: &mut Pbx) -> Answer {
    let items = wanted(request, pbx).map(|(name, queue)| {
        let state = |device: &str| pbx.device_state(device);
        let members = || queue.serving().map(|(_, member)| member);
        let logged_in =
            members().filter(|member| state(&member.device) != DeviceState::Unavailable);
        let free = members()
            .filter(|member| !member.paused && state(&member.device) == DeviceState::NotInUse);
        Message::item("QueueSummary", request)
            .with("Queue", name)
            .with("LoggedIn", logged_in.count())
            .with("Available", free.count())
            .with("Callers", queue.callers.len())
            .with("HoldTime", queue.held / queue.completed.max(1))
            .with("TalkTime", queue.talked / queue.completed.max(1))
            .with(
                "LongestHoldTime",
                pbx.waiting(name)
                    .iter()
                    .map(|(_, wait, _)| *wait)
                    .max()
                    .unwrap_or(0),
            )
    });
    list(
        request,
        "Queue summary will follow",
        items.collect(),
        "QueueSummaryComplete",
        &[],
    )
    .into()
}

pub(super) fn pause(request: &Request, pbx: &mut Pbx) -> Answer {
    let (Some(interface), Some(_)) = (request.get("Interface"), request.get("Paused")) else {
        return error(request, "Need 'Interface' and 'Paused' parameters.").into();
    };
    let paused = request.is_true("Paused");
    let places: Vec<(String, usize)> = wanted(request, pbx)
        .filter_map(|(name, queue)| Some((name.clone(), position(queue, interface)?)))
        .collect();
    if places.is_empty() {
        return error(request, "Interface not found").into();
    }
    let reason = request.text("Reason").to_owned();
    for (name, index) in places {
        pbx.pause_member(&name, index, paused, &reason);
    }
    ack(
        request,
        if paused {
            "Interface paused successfully"
        } else {
            "Interface unpaused successfully"
        },
    )
    .into()
}

fn position(queue: &Queue, interface: &str) -> Option<usize> {
    let named = |member: &Member| member.interface.eq_ignore_ascii_case(interface);
    let mut serving = queue.serving();
    serving
        .find(|(_, member)| named(member))
        .map(|(index, _)| index)
}

pub(super) fn add(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(name) = request.get("Queue") else {
        return error(request, "'Queue' not specified.").into();
    };
    let Some(interface) = request.get("Interface") else {
        return error(request, "'Interface' not specified.").into();
    };
    let clock = pbx.clock();
    let Some(queue) = pbx.queues.get_mut(name) else {
        return error(request, "Unable to add interface to queue: No such queue").into();
    };
    if position(queue, interface).is_some() {
        return error(request, "Unable to add interface: Already there").into();
    }
    let state = request.get("StateInterface").unwrap_or(interface);
    let mut new = member(
        request.get("MemberName").unwrap_or(interface).to_owned(),
        interface,
        state,
        state,
    );
    (new.dynamic, new.login, new.paused) = (true, clock, request.is_true("Paused"));
    // `atoi`: what is no number counts as none.
    new.penalty = request.text("Penalty").parse().unwrap_or(0);
    queue.members.push(new);
    let index = queue.members.len() - 1;
    pbx.member_event("QueueMemberAdded", name, index);
    ack(request, "Added interface to queue").into()
}

pub(super) fn remove(request: &Request, pbx: &mut Pbx) -> Answer {
    let (Some(name), Some(interface)) = (request.get("Queue"), request.get("Interface")) else {
        return error(request, "Need 'Queue' and 'Interface' parameters.").into();
    };
    let Some(queue) = pbx.queues.get(name) else {
        return error(
            request,
            "Unable to remove interface from queue: No such queue",
        )
        .into();
    };
    let Some(index) = position(queue, interface) else {
        return error(request, "Unable to remove interface: Not there").into();
    };
    if !queue.members[index].dynamic {
        return error(request, "Member not dynamic").into();
    }
    pbx.member_event("QueueMemberRemoved", name, index);
    pbx.remove_member(name, index);
    ack(request, "Removed interface from queue").into()
}

/// Who is rung first, in one queue or in all. A queue or interface that does not exist is one refusal.
pub(super) fn penalty(request: &Request, pbx: &mut Pbx) -> Answer {
    let (Some(interface), Some(text)) = (request.get("Interface"), request.get("Penalty")) else {
        return error(request, "Need 'Interface' and 'Penalty' parameters.").into();
    };
    let places: Vec<(String, usize)> = wanted(request, pbx)
        .filter_map(|(name, queue)| Some((name.clone(), position(queue, interface)?)))
        .collect();
    let penalty = text.trim().parse::<i64>().unwrap_or(0);
    let Some(penalty) = u32::try_from(penalty).ok().filter(|_| !places.is_empty()) else {
        return error(request, "Invalid interface, queuename or penalty").into();
    };
    for (name, index) in places {
        let queue = pbx.queues.get_mut(&name);
        if let Some(member) = queue.and_then(|queue| queue.members.get_mut(index)) {
            member.penalty = penalty;
        }
        pbx.member_event("QueueMemberPenalty", &name, index);
    }
    ack(request, "Interface penalty set successfully").into()
}
