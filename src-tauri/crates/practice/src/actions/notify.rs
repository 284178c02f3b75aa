//! `PJSIPNotify`: a key pressed at a phone from afar. The practice's phones obey.

use super::Answer;
use crate::channel::{ChannelKey, Far, State};
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{ack, error};

/// To whom, of the three ways there are.
const WAYS: [&str; 3] = ["Endpoint", "URI", "Channel"];

pub(super) fn notify(request: &Request, pbx: &mut Pbx) -> Answer {
    match sent(request, pbx) {
        Ok(()) => ack(request, "NOTIFY sent").into(),
        Err(refusal) => refusal.into(),
    }
}

fn sent(request: &Request, pbx: &mut Pbx) -> Result<(), String> {
    if request.get("Option").is_some() == request.get("Variable").is_some() {
        let words =
            "PJSIPNotify requires either an Option or Variable(s).You must use only one of them.";
        return Err(error(request, words));
    }
    let mut ways = WAYS
        .iter()
        .filter_map(|way| Some((*way, request.get(way)?)));
    let one = "PJSIPNotify requires either an endpoint name, a SIP URI, or a channel.";
    let (way, to) = ways.next().ok_or_else(|| error(request, one))?;
    if ways.next().is_some() {
        let words = format!("{one}  You must use only one of them.");
        return Err(error(request, words));
    }
    if let Some(option) = request.get("Option") {
        let words = format!("Unable to find notify type '{option}'\n");
        return Err(error(request, words));
    }
    let leg = match way {
        "Channel" => Some(pjsip(pbx, to).ok_or_else(|| error(request, "Channel not found"))?),
        "Endpoint" if !pbx.phones.contains_key(to) => {
            let words = format!("Unable to retrieve endpoint {to}");
            return Err(error(request, words));
        }
        // The phone chooses among its calls.
        "Endpoint" => pbx.newest_at(to),
        _ => None,
    };
    if let Some(leg) = leg {
        press(request, pbx, leg);
    }
    Ok(())
}

/// A channel with a phone's dialogue behind it, which there is from the first ringing on.
fn pjsip(pbx: &Pbx, name: &str) -> Option<ChannelKey> {
    let key = pbx.named(name)?;
    let channel = pbx.channels.get(&key)?;
    let pjsip = match channel.far {
        Far::Phone(_) | Far::Trunk => true,
        Far::Local { .. } => false,
    };
    (pjsip && channel.state != State::Down).then_some(key)
}

fn press(request: &Request, pbx: &mut Pbx, leg: ChannelKey) {
    let events = request.all("Variable").filter_map(|variable| {
        let (name, value) = variable.split_once('=')?;
        name.eq_ignore_ascii_case("Event").then_some(value)
    });
    let events: Vec<String> = events.map(str::to_ascii_lowercase).collect();
    for event in events {
        match event.as_str() {
            "talk" => pbx.talk_key(leg),
            "hold" => pbx.hold_leg(leg, true),
            _ => {}
        }
    }
}
