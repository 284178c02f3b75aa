//! Presence, voicemail and agent pools.

use super::Answer;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, error, list};

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
