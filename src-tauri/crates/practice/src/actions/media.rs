//! Actions upon a call's sound: keys, silence, recordings; and the end that is set for it.

use super::{Answer, channel};
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{ack, error, success};

/// How long a key sounds if nobody says (`AST_DEFAULT_EMULATE_DTMF_DURATION`).
const KEY: u64 = 100;
/// The keys of the lab's attended transfer and of its end (features.conf).
const ATXFER: &str = "*2";
const ATXFER_ABORT: &str = "*1";

pub(super) fn play_dtmf(request: &Request, pbx: &mut Pbx) -> Answer {
    let key = match channel(request, "Channel", pbx, "Channel not found") {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    let Some(digit) = request.text("Digit").chars().next() else {
        return error(request, "No digit specified").into();
    };
    let duration = match request.get("Duration").map(str::parse::<u64>) {
        Some(Err(_)) => {
            return error(request, "Could not convert Duration parameter").into();
        }
        Some(Ok(duration)) => duration,
        None => KEY,
    };
    let direction = match request.is_true("Receive") {
        true => "Received",
        false => "Sent",
    };
    pbx.press(key, digit, duration, direction);
    ack(request, "DTMF successfully queued").into()
}

/// No event tells it, and nothing tells it back.
pub(super) fn mute(request: &Request, pbx: &mut Pbx) -> Answer {
    for (header, words) in [
        ("Channel", "Channel not specified"),
        ("State", "State not specified"),
        ("Direction", "Direction not specified"),
    ] {
        if request.get(header).is_none() {
            return error(request, words).into();
        }
    }
    match channel(request, "Channel", pbx, "No such channel") {
        Ok(_) => success(request).into(),
        Err(refusal) => refusal.into(),
    }
}

pub(super) fn record(request: &Request, pbx: &mut Pbx) -> Answer {
    let key = match recorded(request, pbx) {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    if request.get("File").is_none() {
        return error(request, "Could not start monitoring channel").into();
    }
    pbx.record(key);
    success(request).into()
}

fn recorded(request: &Request, pbx: &Pbx) -> Result<crate::channel::ChannelKey, String> {
    if request.get("Channel").is_none() {
        return Err(error(request, "No channel specified"));
    }
    channel(request, "Channel", pbx, "No such channel")
}

pub(super) fn stop_recording(request: &Request, pbx: &mut Pbx) -> Answer {
    let key = match recorded(request, pbx) {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    match pbx.stop_recording(key) {
        true => success(request).into(),
        false => error(request, "Could not stop monitoring channel").into(),
    }
}

pub(super) fn pause_recording(request: &Request, pbx: &mut Pbx) -> Answer {
    let directions = "Must be read, write or both";
    let Some(direction) = request.get("Direction") else {
        return error(request, format!("No direction specified. {directions}")).into();
    };
    if !["read", "write", "both"]
        .iter()
        .any(|known| direction.eq_ignore_ascii_case(known))
    {
        return error(
            request,
            format!("Invalid direction specified. {directions}"),
        )
        .into();
    }
    if request.get("Channel").is_some() && request.get("State").is_none() {
        return error(request, "No state specified").into();
    }
    let key = match recorded(request, pbx) {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    match pbx.pause_recording(key, direction, request.is_true("State")) {
        true => success(request).into(),
        false => error(request, "Cannot set mute flag").into(),
    }
}

/// Seconds, with a fraction if wanted.
pub(super) fn absolute_timeout(request: &Request, pbx: &mut Pbx) -> Answer {
    if request.get("Channel").is_none() {
        return error(request, "No channel specified").into();
    }
    let seconds: f64 = request.text("Timeout").trim().parse().unwrap_or(0.0);
    let after = std::time::Duration::try_from_secs_f64(seconds);
    let Some(after) = after.ok().filter(|after| !after.is_zero()) else {
        return error(request, "No timeout specified").into();
    };
    let key = match channel(request, "Channel", pbx, "No such channel") {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    pbx.end_after(key, u64::try_from(after.as_millis()).unwrap_or(u64::MAX));
    ack(request, "Timeout Set").into()
}

/// Presses the transfer key and the number into the channel, and says so whether that does anything or not: a phone's keys
/// do nothing in the practice.
pub(super) fn atxfer(request: &Request, pbx: &mut Pbx) -> Answer {
    if request.get("Channel").is_some() && request.get("Exten").is_none() {
        return error(request, "No extension specified").into();
    }
    let keys = format!("{ATXFER}{}", request.text("Exten"));
    pressed(request, pbx, &keys, "Atxfer successfully queued")
}

pub(super) fn cancel_atxfer(request: &Request, pbx: &mut Pbx) -> Answer {
    pressed(
        request,
        pbx,
        ATXFER_ABORT,
        "CancelAtxfer successfully queued",
    )
}

fn pressed(request: &Request, pbx: &mut Pbx, keys: &str, words: &str) -> Answer {
    if request.get("Channel").is_none() {
        return error(request, "No channel specified").into();
    }
    let key = match channel(request, "Channel", pbx, "Channel specified does not exist") {
        Ok(key) => key,
        Err(refusal) => return refusal.into(),
    };
    for digit in keys.chars() {
        pbx.press(key, digit, KEY, "Received");
    }
    ack(request, words).into()
}
