//! Recording a leg's call (`MixMonitor`) or a room, with pause. The file's name comes from the profile's pattern and from ids, never from
//! what a caller is called.

use ami::action::{ConfbridgeRecord, MixMonitor, MixMonitorMute, StopMixMonitor};
use board::view::{CallView, LegState, LegView};
use board::{RecordingState, Ref, RefKind};
use jiff::Timestamp;

use super::Moves;
use super::act::meant;
use super::moves::Act;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::plan::Proof;
use crate::preview::{Party, Place};
use crate::refusal::Refusal;
use crate::scene::Scene;

/// Of a caller's number in a file's name.
const LONGEST_NUMBER: usize = 40;

const VERBS: [Verb; 4] = [
    Verb::Record,
    Verb::PauseRecording,
    Verb::ResumeRecording,
    Verb::StopRecording,
];

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let offer = |verb| {
        let leg = recorded_leg(verb, call, named, scene).ok()?;
        let allowed = act(verb, leg, "", scene).map(drop);
        Some(Offer::act(verb, &leg.id, scene.party(leg), allowed))
    };
    VERBS.into_iter().filter_map(offer).collect()
}

pub(super) fn offer_of_room(room: &Ref, party: Party, scene: Scene<'_>) -> Option<Offer> {
    let view = scene.room(room)?;
    let verb = if view.recorded {
        Verb::StopRecording
    } else {
        Verb::Record
    };
    Some(Offer::act(
        verb,
        room,
        party,
        of_room(verb, room, "", scene).map(drop),
    ))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let id = intent.id.0.simple().to_string();
    if intent.subject.kind == RefKind::Conference {
        return of_room(intent.verb, &intent.subject, &id, scene).map(Into::into);
    }
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = recorded_leg(intent.verb, call, named, scene)?;
    act(intent.verb, leg, &id, scene).map(Into::into)
}

/// A call is recorded at one leg: the named one, else the caller's; to pause or stop, the one that is recorded.
fn recorded_leg<'c>(
    verb: Verb,
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Result<&'c LegView, Refusal> {
    if verb == Verb::Record {
        return to_record(call, named, scene);
    }
    let wanted: &[RecordingState] = if verb == Verb::PauseRecording {
        &[RecordingState::On]
    } else if verb == Verb::ResumeRecording {
        &[RecordingState::Paused]
    } else {
        // What is perhaps over by now is ended in any case: the PBX says so if there is nothing to end.
        &[
            RecordingState::On,
            RecordingState::Paused,
            RecordingState::Unsure,
        ]
    };
    let state = |leg: &LegView| scene.board.recording(&leg.id.key);
    let fits = |leg: &LegView| state(leg).is_some_and(|state| wanted.contains(&state));
    meant(call, named.filter(|named| state(named).is_some()), fits)
}

fn to_record<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Result<&'c LegView, Refusal> {
    let talks = |leg: &LegView| matches!(leg.state, LegState::Talking | LegState::Held);
    if call
        .legs
        .iter()
        .filter_map(|leg| scene.board.recording(&leg.id.key))
        .any(|state| state != RecordingState::Unsure)
    {
        return Err(Refusal::AlreadySo);
    }
    let first = || call.legs.iter().find(|leg| talks(leg));
    named
        .filter(|leg| talks(leg))
        .or_else(first)
        .ok_or(Refusal::NotInThisState)
}

fn act(verb: Verb, leg: &LegView, id: &str, scene: Scene<'_>) -> Result<Act, Refusal> {
    let uniqueid = leg.id.key.clone();
    let party = vec![scene.party(leg)];
    scene.free(leg)?;
    let proof = |paused| Proof::Recording {
        leg: leg.id.key.clone(),
        paused,
    };
    if verb == Verb::Record {
        scene.ready("MixMonitor")?;
        let action = MixMonitor {
            file: file_name(leg, id, scene),
            options: String::new(),
            uniqueid,
        };
        return Ok(Act::new(&action, proof(Some(false)), party));
    }
    if verb == Verb::StopRecording {
        scene.ready("StopMixMonitor")?;
        return Ok(Act::new(&StopMixMonitor { uniqueid }, proof(None), party));
    }
    scene.ready("MixMonitorMute")?;
    let on = verb == Verb::PauseRecording;
    Ok(Act::new(
        &MixMonitorMute { uniqueid, on },
        proof(Some(on)),
        party,
    ))
}

/// Only letters, digits, dots, dashes and underscores: no folder, no way up, nothing a shell or Asterisk could read. MixMonitor writes
/// over a file that is there: a pattern that does not say so gets the operation's id all the same.
fn file_name(leg: &LegView, id: &str, scene: Scene<'_>) -> String {
    let pattern = match &scene.rules.recordings[..] {
        "" => "cordboard-{id}.wav".to_owned(),
        pattern if pattern.contains("{id}") => pattern.to_owned(),
        pattern => match pattern.rsplit_once('.') {
            Some((name, format)) => format!("{name}-{{id}}.{format}"),
            None => format!("{pattern}-{{id}}"),
        },
    };
    // No file system takes a name as long as a caller's number may be, and nothing tells that the file could not be made.
    let number = leg.number.as_deref().unwrap_or("unknown");
    let number: String = number.chars().take(LONGEST_NUMBER).collect();
    let filled = pattern
        .replace("{time}", &time_of(&leg.id.key))
        .replace("{number}", &number)
        .replace("{id}", id);
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = filled
        .chars()
        .map(|c| if safe(c) { c } else { '_' })
        .collect();
    name.trim_start_matches('.').to_owned()
}

/// When the leg began, in UTC, as `20261002-141530`: a channel's Uniqueid begins with it in seconds.
fn time_of(uniqueid: &str) -> String {
    let digits = |part: &str| part.len() >= 9 && part.chars().all(|c| c.is_ascii_digit());
    let seconds = uniqueid.split(['.', '-']).find(|part| digits(part));
    let began = seconds.and_then(|part| Timestamp::from_second(part.parse().ok()?).ok());
    began.map_or_else(
        || "unknown".to_owned(),
        |began| began.strftime("%Y%m%d-%H%M%S").to_string(),
    )
}

fn of_room(verb: Verb, room: &Ref, id: &str, scene: Scene<'_>) -> Result<Act, Refusal> {
    let on = verb == Verb::Record;
    scene.ready(if on {
        "ConfbridgeStartRecord"
    } else {
        "ConfbridgeStopRecord"
    })?;
    let view = scene.room(room).ok_or(Refusal::Gone)?;
    if view.members.is_empty() {
        return Err(Refusal::NotInThisState);
    }
    if view.recorded == on {
        return Err(Refusal::AlreadySo);
    }
    let action = ConfbridgeRecord {
        room: view.name.clone(),
        on,
        file: on.then(|| format!("cordboard-room-{id}.wav")),
    };
    let proof = Proof::RoomRecorded {
        room: view.name.clone(),
        on,
    };
    let place = Place::named(room, &view.name, view.number.as_ref());
    Ok(Act::new(&action, proof, Vec::new()).at(place))
}

#[cfg(test)]
mod tests {
    use super::time_of;

    #[test]
    fn a_uniqueid_tells_when_its_channel_began() {
        assert_eq!(time_of("1795198387.12"), "20261120-181307");
        assert_eq!(time_of("pbx1-1709208000.0"), "20240229-120000");
        assert_eq!(time_of("1735689599.7"), "20241231-235959");
        assert_eq!(time_of("cordboard.1"), "unknown");
    }
}
