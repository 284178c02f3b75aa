//! States of extensions, devices and endpoints.

use super::Answer;
use crate::device::HINTS;
use crate::pbx::Pbx;
use crate::phone::contact_uri;
use crate::request::Request;
use crate::wire::{Message, error, list};

pub(super) fn extension(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(exten) = request.get("Exten") else {
        return error(request, "Extension not specified").into();
    };
    let context = request.get("Context").unwrap_or("default");
    let hint = pbx
        .hints()
        .into_iter()
        .find(|hint| hint.exten == exten && context == HINTS);
    let (text, (status, word)) = match &hint {
        Some(hint) => (hint.text.as_str(), pbx.hint_state(hint).extension()),
        None => ("", (0, "Unknown")),
    };
    let status = if hint.is_some() {
        i32::from(status)
    } else {
        -1
    };
    Message::response("Success", request)
        .with("Message", "Extension Status")
        .with("Exten", exten)
        .with("Context", context)
        .with("Hint", text)
        .with("Status", status)
        .with("StatusText", word)
        .end()
        .into()
}

pub(super) fn extensions(request: &Request, pbx: &mut Pbx) -> Answer {
    let items = pbx.hints().into_iter().map(|hint| {
        let (status, word) = pbx.hint_state(&hint).extension();
        Message::item("ExtensionStatus", request)
            .with("Exten", hint.exten)
            .with("Context", HINTS)
            .with("Hint", hint.text)
            .with("Status", status)
            .with("StatusText", word)
    });
    list(
        request,
        "Extension Statuses will follow",
        items.collect(),
        "ExtensionStateListComplete",
        &[],
    )
    .into()
}

pub(super) fn devices(request: &Request, pbx: &mut Pbx) -> Answer {
    let items = pbx.devices().into_iter().map(|device| {
        let state = pbx.device_state(&device).word();
        Message::item("DeviceStateChange", request)
            .with("Device", device)
            .with("State", state)
    });
    list(
        request,
        "Device State Changes will follow",
        items.collect(),
        "DeviceStateListComplete",
        &[],
    )
    .into()
}

pub(super) fn endpoints(request: &Request, pbx: &mut Pbx) -> Answer {
    let phones = pbx.phones.iter().map(|(exten, phone)| {
        let contacts = if phone.registered {
            format!("{exten}/{},", contact_uri(exten))
        } else {
            String::new()
        };
        (
            exten.clone(),
            contacts,
            pbx.device_state(&format!("PJSIP/{exten}")).sentence(),
        )
    });
    let trunk = (
        "trunk".to_owned(),
        "trunk/sip:127.0.0.2:5060,".to_owned(),
        pbx.device_state("PJSIP/trunk").sentence(),
    );
    let items = phones.chain([trunk]).map(|(name, contacts, state)| {
        let device = format!("PJSIP/{name}");
        let active = pbx
            .channels
            .values()
            .filter(|channel| channel.device() == device);
        Message::item("EndpointList", request)
            .with("ObjectType", "endpoint")
            .with("ObjectName", &name)
            .with("Transport", "udp")
            .with("Aor", &name)
            .with("Auths", if name == "trunk" { "" } else { &name })
            .with("OutboundAuths", "")
            .with("Contacts", contacts)
            .with("DeviceState", state)
            .with("ActiveChannels", active.count())
    });
    let text = "A listing of Endpoints follows, presented as EndpointList events";
    list(request, text, items.collect(), "EndpointListComplete", &[]).into()
}

pub(super) fn contacts(request: &Request, pbx: &mut Pbx) -> Answer {
    let registered = pbx.phones.iter().filter(|(_, phone)| phone.registered);
    let items: Vec<Message> = registered
        .map(|(exten, _)| {
            Message::item("ContactList", request)
                .with("ObjectType", "contact")
                .with("ObjectName", format!("{exten};@practice"))
                .with("Uri", contact_uri(exten))
                .with("Endpoint", exten)
                .with("Aor", exten)
                .with("UserAgent", "practice phone")
                .with("Status", "NonQualified")
                .with("RoundtripUsec", "N/A")
        })
        .collect();
    if items.is_empty() {
        return error(request, "No Contacts found\n").into();
    }
    let text = "A listing of Contacts follows, presented as ContactList events";
    list(request, text, items, "ContactListComplete", &[]).into()
}
