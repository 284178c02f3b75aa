//! Actions that move, end and begin calls. Answers say "accepted"; what happens is told by events.

use super::{Answer, channel};
use crate::channel::{CallerId, ChannelKey};
use crate::dialplan;
use crate::moves::Place;
use crate::originate::{Origin, Then};
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{ack, error};

/// Longest Uniqueid a client may choose (`AST_MAX_PUBLIC_UNIQUEID`).
const LONGEST_ID: usize = 149;
/// Applications that need more than the class `originate`.
const FORBIDDEN: [&str; 8] = [
    "agi",
    "exec",
    "system",
    "mixmonitor",
    "originate",
    "reload",
    "dbdeltree",
    "externalivr",
];

pub(super) fn hangup(request: &Request, pbx: &mut Pbx) -> Answer {
    if request.get("Channel").is_none() {
        return error(request, "No channel specified").into();
    }
    let key = match channel(request, "Channel", pbx, "No such channel") {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    let cause = request
        .text("Cause")
        .parse()
        .ok()
        .filter(|cause| (1..=127).contains(cause));
    if let (Some(cause), Some(channel)) = (cause, pbx.channels.get_mut(&key)) {
        channel.cause = cause;
    }
    pbx.hang_up(key);
    ack(request, "Channel Hungup").into()
}

pub(super) fn redirect(request: &Request, pbx: &mut Pbx) -> Answer {
    redirected(request, pbx)
        .unwrap_or_else(|refusal| refusal)
        .into()
}

fn redirected(request: &Request, pbx: &mut Pbx) -> Result<String, String> {
    let need = |name: &str, text: &str| match request.get(name) {
        Some(value) => Ok(value.to_owned()),
        None => Err(error(request, text)),
    };
    need("Channel", "Channel not specified")?;
    let place = Place {
        context: need("Context", "Context not specified")?,
        exten: need("Exten", "Exten not specified")?,
        priority: priority(&need("Priority", "Priority not specified")?)
            .ok_or_else(|| error(request, "Priority is invalid"))?,
    };
    let extra = match request
        .get("ExtraContext")
        .filter(|_| request.get("ExtraChannel").is_some())
    {
        Some(context) => Place {
            context: context.to_owned(),
            exten: need("ExtraExten", "ExtraExten not specified")?,
            priority: priority(&need("ExtraPriority", "ExtraPriority not specified")?)
                .ok_or_else(|| error(request, "ExtraPriority is invalid"))?,
        },
        None => place.clone(),
    };
    let first = channel(
        request,
        "Channel",
        pbx,
        &format!("Channel does not exist: {}", request.text("Channel")),
    )?;
    let Some(second) = request.get("ExtraChannel") else {
        pbx.redirect(&[(first, place)]);
        return Ok(ack(request, "Redirect successful"));
    };
    let second = channel(
        request,
        "ExtraChannel",
        pbx,
        &format!("ExtraChannel does not exist: {second}"),
    )?;
    pbx.redirect(&[(first, place), (second, extra)]);
    Ok(ack(request, "Dual Redirect successful"))
}

/// A number; labels there are none.
fn priority(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

pub(super) fn blind_transfer(request: &Request, pbx: &mut Pbx) -> Answer {
    if request.get("Channel").is_none() {
        return error(request, "No channel specified").into();
    }
    let Some(exten) = request.get("Exten") else {
        return error(request, "No extension specified").into();
    };
    let key = match channel(request, "Channel", pbx, "Channel specified does not exist") {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    let own = pbx
        .channels
        .get(&key)
        .map(|channel| channel.context.clone())
        .unwrap_or_default();
    let context = request.get("Context").map_or(own, str::to_owned);
    match pbx.blind_transfer(key, &context, exten) {
        Some(()) => ack(request, "Transfer succeeded").into(),
        None => error(request, "Transfer invalid").into(),
    }
}

pub(super) fn bridge(request: &Request, pbx: &mut Pbx) -> Answer {
    let (Some(first), Some(second)) = (request.get("Channel1"), request.get("Channel2")) else {
        return error(request, "Missing channel parameter in request").into();
    };
    let Some(one) = by_prefix(pbx, first) else {
        return error(request, format!("Channel1 does not exist: {first}")).into();
    };
    let Some(two) = by_prefix(pbx, second) else {
        return error(request, format!("Channel2 does not exist: {second}")).into();
    };
    let one_name = pbx.name_of(one);
    if pbx.is_in_room(one) {
        pbx.empty_bridge();
        return error(
            request,
            format!("Unable to add Channel1 to bridge: {one_name}"),
        )
        .into();
    }
    if one == two || pbx.is_in_room(two) {
        let name = pbx.name_of(two);
        pbx.bridge_in_vain(one);
        return error(request, format!("Unable to add Channel2 to bridge: {name}")).into();
    }
    pbx.bridge_two(one, two);
    ack(request, "Channels have been bridged").into()
}

/// The action Bridge alone matches names and ids by their beginning.
fn by_prefix(pbx: &Pbx, text: &str) -> Option<ChannelKey> {
    let starts = |name: &str| {
        name.get(..text.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(text))
    };
    pbx.channels
        .iter()
        .find(|(_, own)| starts(&own.name) || starts(&own.uniqueid))
        .map(|(key, _)| *key)
}

pub(super) fn originate(request: &Request, pbx: &mut Pbx) -> Answer {
    let origin = match origin(request) {
        Ok(origin) => origin,
        Err(refusal) => return refusal.into(),
    };
    let waits = origin.waits;
    pbx.originate(origin);
    match waits {
        true => Answer::Later,
        false => ack(request, "Originate successfully queued").into(),
    }
}

fn origin(request: &Request) -> Result<Origin, String> {
    let refuse = |text: &str| Err(error(request, text));
    if [request.text("ChannelId"), request.text("OtherChannelId")]
        .iter()
        .any(|id| id.len() > LONGEST_ID)
    {
        return refuse("Uniqueid length exceeds maximum of 149\n");
    }
    let Some(device) = request.get("Channel") else {
        return refuse("Channel not specified");
    };
    let priority = match request.get("Priority").map(priority) {
        Some(None) => return refuse("Invalid priority"),
        Some(Some(priority)) => priority,
        None => 0,
    };
    let timeout = match request.get("Timeout").map(str::parse::<u64>) {
        Some(Err(_)) => return refuse("Invalid timeout"),
        Some(Ok(timeout)) => timeout,
        None => 30_000,
    };
    if !device.contains('/') {
        return refuse("Invalid channel");
    }
    let app = request.text("Application");
    if !app.is_empty()
        && FORBIDDEN
            .iter()
            .any(|word| app.to_ascii_lowercase().contains(word))
    {
        return refuse("Originate Access Forbidden: app or data blacklisted");
    }
    let (context, exten) = (
        request.text("Context").to_owned(),
        request.text("Exten").to_owned(),
    );
    if priority > 0 && !dialplan::exists(&context, &exten, priority) {
        return refuse("Extension does not exist.");
    }
    if app.is_empty() && (exten.is_empty() || context.is_empty() || priority == 0) {
        return refuse("Originate with 'Exten' requires 'Context' and 'Priority'");
    }
    let then = match app {
        "" => Then::Run(Place {
            context,
            exten,
            priority,
        }),
        app => Then::App(app.to_owned(), request.text("Data").to_owned()),
    };
    let (waits, caller) = (
        !request.is_true("Async"),
        caller_id(request.text("CallerID")),
    );
    Ok(Origin {
        request: request.clone(),
        device: device.to_owned(),
        then,
        caller,
        timeout,
        waits,
    })
}

/// `"Name" <number>`, `Name <number>` or a number alone.
fn caller_id(text: &str) -> CallerId {
    let unquoted = |name: &str| name.trim().trim_matches('"').replace("\\\"", "\"");
    match text
        .rsplit_once('<')
        .and_then(|(name, rest)| Some((name, rest.split_once('>')?.0)))
    {
        Some((name, number)) => CallerId {
            number: number.trim().to_owned(),
            name: unquoted(name),
        },
        None if text
            .trim()
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'+') =>
        {
            CallerId::new(text.trim(), "")
        }
        None => CallerId {
            number: String::new(),
            name: unquoted(text),
        },
    }
}
