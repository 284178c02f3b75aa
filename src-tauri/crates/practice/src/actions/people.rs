//! Presence, voicemail and agent pools.

use super::Answer;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::sayings::Mailbox;
use crate::wire::{Message, error, list, success};

/// A box that does not exist holds nothing, with Success.
pub(super) fn mailbox_count(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(name) = request.get("Mailbox") else {
        return error(request, "Mailbox not specified").into();
    };
    let number = name.split('@').next().unwrap_or(name);
    let mailbox = pbx.mailboxes.get(number).copied().unwrap_or_default();
    Message::response("Success", request)
        .with("Message", "Mailbox Message Count")
        .with("Mailbox", name)
        .with("UrgMessages", 0)
        .with("NewMessages", mailbox.fresh)
        .with("OldMessages", mailbox.heard)
        .end()
        .into()
}

/// Do new messages wait in this box, or in any of several?
pub(super) fn mailbox_status(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(names) = request.get("Mailbox") else {
        return error(request, "Mailbox not specified").into();
    };
    let fresh = names.split(',').any(|name| {
        let number = name.trim().split('@').next().unwrap_or_default();
        pbx.mailboxes.get(number).is_some_and(|own| own.fresh > 0)
    });
    Message::response("Success", request)
        .with("Message", "Mailbox Status")
        .with("Mailbox", names)
        .with("Waiting", u8::from(fresh))
        .end()
        .into()
}

/// The counts of a box are set. What is not said is none.
pub(super) fn update_mailbox(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(name) = request.get("Mailbox") else {
        return error(request, "Missing mailbox parameter in request").into();
    };
    let count = |header: &str| match request.get(header).map(str::parse::<u32>) {
        None => Ok(0),
        Some(Ok(count)) => Ok(count),
        Some(Err(_)) => {
            let text = request.text(header);
            Err(error(request, format!("Invalid {header}: {text}")))
        }
    };
    let mailbox = match (count("OldMessages"), count("NewMessages")) {
        (Ok(heard), Ok(fresh)) => Mailbox { fresh, heard },
        (Err(refusal), _) | (_, Err(refusal)) => return refusal.into(),
    };
    let number = name.split('@').next().unwrap_or(name).to_owned();
    pbx.fill(&number, mailbox);
    success(request).into()
}

pub(super) fn presences(request: &Request, pbx: &mut Pbx) -> Answer {
    let items = pbx.sayings.iter().map(|(presentity, saying)| {
        Message::item("PresenceStateChange", request)
            .with("Presentity", presentity)
            .with("Status", saying.status)
            .with("Subtype", saying.subtype)
            .with("Message", saying.message)
    });
    list(
        request,
        "Presence State Changes will follow",
        items.collect(),
        "PresenceStateListComplete",
        &[],
    )
    .into()
}

/// Nobody here is in a pool.
pub(super) fn agents(request: &Request, _pbx: &mut Pbx) -> Answer {
    list(
        request,
        "Agents will follow",
        Vec::new(),
        "AgentsComplete",
        &[],
    )
    .into()
}
