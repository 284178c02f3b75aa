//! Variables and user events.

use super::Answer;
use crate::channel::{Channel, Far};
use crate::class::Classes;
use crate::dialplan;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, ack, error, event};

pub(super) fn getvar(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(variable) = request.get("Variable") else {
        return error(request, "No variable specified").into();
    };
    if ["SHELL(", "EVAL("]
        .iter()
        .any(|word| variable.to_ascii_uppercase().contains(word))
    {
        return error(request, "GetVar Access Forbidden: Variable").into();
    }
    let channel = match request.get("Channel") {
        Some(_) => match super::channel(request, "Channel", pbx, "No such channel") {
            Ok(key) => pbx.channels.get(&key),
            Err(refusal) => return refusal.into(),
        },
        None => None,
    };
    let value = value(variable, channel, pbx);
    Message::response("Success", request)
        .with("Variable", variable)
        .with("Value", value)
        .end()
        .into()
}

fn value(variable: &str, channel: Option<&Channel>, pbx: &Pbx) -> String {
    let function = variable
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('));
    let Some((name, arguments)) = function else {
        return variable_of(variable, channel, pbx);
    };
    let arguments: Vec<&str> = arguments.split(',').collect();
    match (name.to_ascii_uppercase().as_str(), arguments.as_slice()) {
        ("DIALPLAN_EXISTS", [context, exten]) => exists(context, exten, "1"),
        ("DIALPLAN_EXISTS", [context, exten, priority]) => exists(context, exten, priority),
        ("PJSIP_ENDPOINT", [endpoint, "callerid"]) => match pbx.phones.get(*endpoint) {
            Some(phone) => format!("\"{}\" <{endpoint}>", phone.name),
            None => String::new(),
        },
        ("PJSIP_ENDPOINT", [endpoint, "context"]) if pbx.phones.contains_key(*endpoint) => {
            "internal".to_owned()
        }
        ("VM_INFO", [mailbox, "exists"]) => u8::from(has_mailbox(mailbox, pbx)).to_string(),
        ("DEVICE_STATE", [device]) => pbx.device_state(device).word().to_owned(),
        ("CALLERID", [part, ..]) => channel.map_or_else(String::new, |channel| {
            match part.to_ascii_lowercase().as_str() {
                "num" | "number" => channel.caller.number.clone(),
                "name" => channel.caller.name.clone(),
                "all" => format!("\"{}\" <{}>", channel.caller.name, channel.caller.number),
                _ => String::new(),
            }
        }),
        _ => String::new(),
    }
}

fn exists(context: &str, exten: &str, priority: &str) -> String {
    let exists = priority
        .parse()
        .is_ok_and(|priority| dialplan::exists(context, exten, priority));
    u8::from(exists).to_string()
}

/// Whoever has a phone has a box; all of them are in `default`.
fn has_mailbox(mailbox: &str, pbx: &Pbx) -> bool {
    let (number, context) = mailbox.split_once('@').unwrap_or((mailbox, "default"));
    context == "default" && pbx.phones.contains_key(number)
}

/// A variable nobody set is empty, with Success.
fn variable_of(name: &str, channel: Option<&Channel>, pbx: &Pbx) -> String {
    match (name.to_ascii_uppercase().as_str(), channel) {
        ("UNIQUEID", Some(channel)) => channel.uniqueid.clone(),
        ("EXTEN", Some(channel)) => channel.exten.clone(),
        ("CONTEXT", Some(channel)) => channel.context.clone(),
        ("CHANNEL", Some(channel)) => channel.name.clone(),
        (_, Some(_)) => String::new(),
        (_, None) => pbx.globals.get(name).cloned().unwrap_or_default(),
    }
}

/// Values of channels are told and forgotten; globals are kept.
pub(super) fn setvar(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(variable) = request.get("Variable") else {
        return error(request, "No variable specified").into();
    };
    let value = request.text("Value");
    let channel = match request.get("Channel") {
        Some(_) => match super::channel(request, "Channel", pbx, "No such channel") {
            Ok(key) => Some(key),
            Err(refusal) => return refusal.into(),
        },
        None => None,
    };
    let text = event("VarSet", Classes::DIALPLAN);
    let text = match channel.and_then(|key| pbx.channels.get(&key)) {
        Some(channel) => text.channel("", Some(channel)),
        None => {
            pbx.globals.insert(variable.to_owned(), value.to_owned());
            text.with("Channel", "none").with("Uniqueid", "none")
        }
    };
    let text = text.with("Variable", variable).with("Value", value);
    pbx.tell(Classes::DIALPLAN, text);
    ack(request, "Variable Set").into()
}

pub(super) fn user_event(request: &Request, pbx: &mut Pbx) -> Answer {
    let text = event("UserEvent", Classes::USER).with("UserEvent", request.text("UserEvent"));
    let body = request.others(&["Action", "ActionID", "UserEvent"]);
    let text = body.fold(text, |text, (name, value)| text.with(name, value));
    pbx.tell(Classes::USER, text);
    ack(request, "Event Sent").into()
}

/// The technology as `Status` names it.
pub(super) fn technology(channel: &Channel) -> &'static str {
    match channel.far {
        Far::Phone(_) | Far::Trunk => "PJSIP",
        Far::Local { .. } => "Local",
    }
}
