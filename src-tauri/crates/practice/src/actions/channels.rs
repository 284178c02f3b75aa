//! Lists of channels and bridges.

use super::{Answer, ask};
use crate::channel::{Channel, Doing};
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, error, list};

pub(super) fn channels(request: &Request, pbx: &mut Pbx) -> Answer {
    let items = pbx.channels.values().map(|channel| {
        let (app, data) = application(channel);
        let seconds = pbx.now.saturating_sub(channel.since) / 1000;
        let duration = format!(
            "{:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        );
        Message::item("CoreShowChannel", request)
            .channel("", Some(channel))
            .with("Application", app)
            .with("ApplicationData", data)
            .with("Duration", duration)
            .with("BridgeId", bridge_id(channel, pbx))
    });
    list(
        request,
        "Channels will follow",
        items.collect(),
        "CoreShowChannelsComplete",
        &[],
    )
    .into()
}

pub(super) fn status(request: &Request, pbx: &mut Pbx) -> Answer {
    let only = match request.get("Channel") {
        Some(_) => match super::channel(request, "Channel", pbx, "No such channel") {
            Ok(key) => Some(key),
            Err(refusal) => return refusal.into(),
        },
        None => None,
    };
    let wanted = pbx
        .channels
        .iter()
        .filter(|(key, _)| only.is_none_or(|only| only == **key));
    let items: Vec<Message> = wanted
        .map(|(_, channel)| status_item(request, channel, pbx))
        .collect();
    let count = items.len().to_string();
    list(
        request,
        "Channel status will follow",
        items,
        "StatusComplete",
        &[("Items", count)],
    )
    .into()
}

fn status_item(request: &Request, channel: &Channel, pbx: &Pbx) -> Message {
    let (app, data) = application(channel);
    Message::item("Status", request)
        .with("Privilege", "Call")
        .channel("", Some(channel))
        .with("Type", ask::technology(channel))
        .with("DNID", &channel.exten)
        .with(
            "EffectiveConnectedLineNum",
            known(&channel.connected.number),
        )
        .with("EffectiveConnectedLineName", known(&channel.connected.name))
        .with("TimeToHangup", 0)
        .with("BridgeID", bridge_id(channel, pbx))
        .with("Application", app)
        .with("Data", data)
        .with("Nativeformats", "(alaw)")
        .with("Readformat", "alaw")
        .with("Readtrans", "")
        .with("Writeformat", "alaw")
        .with("Writetrans", "")
        .with("Callgroup", 0)
        .with("Pickupgroup", 0)
        .with("Seconds", pbx.now.saturating_sub(channel.since) / 1000)
}

fn known(text: &str) -> &str {
    if text.is_empty() { "<unknown>" } else { text }
}

/// A dialled leg runs no dialplan: Asterisk says `AppDial`, or `AppQueue` for a queue's.
fn application(channel: &Channel) -> (&str, &str) {
    match (&channel.doing, channel.app.as_str()) {
        (Doing::Dialled(crate::channel::DialledBy::Queue(..)), _) => {
            ("AppQueue", "(Outgoing Line)")
        }
        (Doing::Dialled(crate::channel::DialledBy::Dial(_)) | Doing::Bridged, "") => {
            ("AppDial", "(Outgoing Line)")
        }
        (_, app) => (app, &channel.app_data),
    }
}

fn bridge_id<'a>(channel: &Channel, pbx: &'a Pbx) -> &'a str {
    channel
        .bridge
        .and_then(|key| pbx.bridges.get(&key))
        .map_or("", |bridge| bridge.uniqueid.as_str())
}

pub(super) fn bridges(request: &Request, pbx: &mut Pbx) -> Answer {
    let wanted = request.get("BridgeType");
    // The filter is called after the type, and compares the technology.
    let shown = pbx
        .bridges
        .values()
        .filter(|bridge| wanted.is_none_or(|wanted| bridge.kind.technology() == wanted));
    let items = shown
        .map(|bridge| Message::item("BridgeListItem", request).bridge(Some(bridge)))
        .collect();
    list(
        request,
        "Bridge listing will follow",
        items,
        "BridgeListComplete",
        &[],
    )
    .into()
}

pub(super) fn bridge_members(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(id) = request.get("BridgeUniqueid") else {
        return error(request, "BridgeUniqueid must be provided").into();
    };
    let Some(bridge) = pbx.bridges.values().find(|bridge| bridge.uniqueid == id) else {
        return error(request, "Specified BridgeUniqueid not found").into();
    };
    let members = bridge
        .members
        .iter()
        .filter_map(|key| pbx.channels.get(key));
    let items = members
        .map(|channel| Message::item("BridgeInfoChannel", request).channel("", Some(channel)))
        .collect();
    let extra = [
        ("BridgeUniqueid", bridge.uniqueid.clone()),
        ("BridgeType", bridge.kind.class().to_owned()),
        ("BridgeTechnology", bridge.kind.technology().to_owned()),
        ("BridgeCreator", bridge.kind.creator().to_owned()),
        ("BridgeName", bridge.kind.name().to_owned()),
        ("BridgeNumChannels", bridge.members.len().to_string()),
        ("BridgeVideoSourceMode", "none".to_owned()),
    ];
    list(
        request,
        "Bridge channel listing will follow",
        items,
        "BridgeInfoComplete",
        &extra,
    )
    .into()
}
