//! What clients may ask. One table; each action in the file of its family.

mod ask;
mod callers;
mod calls;
mod channels;
mod core;
mod media;
mod park;
mod people;
mod places;
mod queues;
mod rooms;
mod states;

use crate::class::Classes;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, error};

/// The answer to an action.
#[derive(Debug)]
pub(crate) enum Answer {
    Now(String),
    /// An Originate that is not asynchronous answers when it is over.
    Later,
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self::Now(text)
    }
}

/// An action: its name, the classes of which one is needed, what it says of itself, and what it does.
struct Action {
    name: &'static str,
    classes: Classes,
    text: &'static str,
    run: fn(&Request, &mut Pbx) -> Answer,
}

const ANYBODY: Classes = Classes::NONE;
const CALL: Classes = Classes::CALL;
const AGENT: Classes = Classes::AGENT;
const SYSTEM: Classes = Classes::SYSTEM;
const REPORTING: Classes = Classes::REPORTING;
const HANDS: Classes = SYSTEM.and(CALL);
const CORE: Classes = SYSTEM.and(REPORTING);
const ASKING: Classes = CALL.and(REPORTING);

const fn action(
    name: &'static str,
    classes: Classes,
    text: &'static str,
    run: fn(&Request, &mut Pbx) -> Answer,
) -> Action {
    Action {
        name,
        classes,
        text,
        run,
    }
}

const ACTIONS: &[Action] = &[
    action(
        "AbsoluteTimeout",
        HANDS,
        "Set absolute timeout.",
        media::absolute_timeout,
    ),
    action(
        "Agents",
        AGENT,
        "Lists agents and their status.",
        people::agents,
    ),
    action("Atxfer", CALL, "Attended transfer.", media::atxfer),
    action(
        "BlindTransfer",
        CALL,
        "Blind transfer channel(s) to the given destination",
        calls::blind_transfer,
    ),
    action(
        "Bridge",
        CALL,
        "Bridge two channels already in the PBX.",
        calls::bridge,
    ),
    action(
        "BridgeInfo",
        ANYBODY,
        "Get information about a bridge.",
        channels::bridge_members,
    ),
    action(
        "BridgeList",
        ANYBODY,
        "Get a list of bridges in the system.",
        channels::bridges,
    ),
    action(
        "CancelAtxfer",
        CALL,
        "Cancel an attended transfer.",
        media::cancel_atxfer,
    ),
    action(
        "ConfbridgeKick",
        CALL,
        "Kick a Confbridge user.",
        rooms::kick,
    ),
    action(
        "ConfbridgeList",
        REPORTING,
        "List participants in a conference.",
        rooms::conference,
    ),
    action(
        "ConfbridgeListRooms",
        REPORTING,
        "List active conferences.",
        rooms::conferences,
    ),
    action(
        "ConfbridgeLock",
        CALL,
        "Lock a Confbridge conference.",
        rooms::lock,
    ),
    action(
        "ConfbridgeMute",
        CALL,
        "Mute a Confbridge user.",
        rooms::mute,
    ),
    action(
        "ConfbridgeStartRecord",
        SYSTEM,
        "Start recording a Confbridge conference.",
        rooms::start_record,
    ),
    action(
        "ConfbridgeStopRecord",
        SYSTEM,
        "Stop recording a Confbridge conference.",
        rooms::stop_record,
    ),
    action(
        "ConfbridgeUnlock",
        CALL,
        "Unlock a Confbridge conference.",
        rooms::unlock,
    ),
    action(
        "ConfbridgeUnmute",
        CALL,
        "Unmute a Confbridge user.",
        rooms::unmute,
    ),
    action(
        "CoreSettings",
        CORE,
        "Show PBX core settings (version etc).",
        core::settings,
    ),
    action(
        "CoreShowChannels",
        CORE,
        "List currently active channels.",
        channels::channels,
    ),
    action(
        "CoreStatus",
        CORE,
        "Show PBX core status variables.",
        core::status,
    ),
    action(
        "DeviceStateList",
        ASKING,
        "List the current known device states.",
        states::devices,
    ),
    action(
        "ExtensionState",
        ASKING,
        "Check Extension Status.",
        states::extension,
    ),
    action(
        "ExtensionStateList",
        ASKING,
        "List the current known extension states.",
        states::extensions,
    ),
    action(
        "Getvar",
        ASKING,
        "Gets a channel variable or function value.",
        ask::getvar,
    ),
    action("Hangup", HANDS, "Hangup channel.", calls::hangup),
    action(
        "MailboxCount",
        ASKING,
        "Check Mailbox Message Count.",
        people::mailbox_count,
    ),
    action(
        "MixMonitor",
        SYSTEM,
        "Record a call and mix the audio during the recording.",
        media::record,
    ),
    action(
        "MixMonitorMute",
        HANDS,
        "Mute / unMute a Mixmonitor recording.",
        media::pause_recording,
    ),
    action("MuteAudio", SYSTEM, "Mute an audio stream.", media::mute),
    action(
        "Originate",
        Classes::ORIGINATE,
        "Originate a call.",
        calls::originate,
    ),
    action("Park", CALL, "Park a channel.", park::park),
    action(
        "ParkedCalls",
        CALL,
        "List parked calls.",
        places::parked_calls,
    ),
    action(
        "Parkinglots",
        CALL,
        "Get a list of parking lots",
        places::parking_lots,
    ),
    action("Ping", ANYBODY, "Keepalive command.", core::ping),
    action(
        "PJSIPShowContacts",
        SYSTEM,
        "Lists PJSIP Contacts.",
        states::contacts,
    ),
    action(
        "PJSIPShowEndpoints",
        SYSTEM,
        "Lists PJSIP endpoints.",
        states::endpoints,
    ),
    action(
        "PlayDTMF",
        CALL,
        "Play DTMF signal on a specific channel.",
        media::play_dtmf,
    ),
    action(
        "PresenceStateList",
        ASKING,
        "List the current known presence states.",
        people::presences,
    ),
    action("QueueAdd", AGENT, "Add interface to queue.", queues::add),
    action(
        "QueueChangePriorityCaller",
        ANYBODY,
        "Change priority of a caller on queue.",
        callers::change_priority,
    ),
    action(
        "QueuePause",
        AGENT,
        "Makes a queue member temporarily unavailable.",
        queues::pause,
    ),
    action(
        "QueuePenalty",
        AGENT,
        "Set the penalty for a queue member.",
        queues::penalty,
    ),
    action(
        "QueueRemove",
        AGENT,
        "Remove interface from queue.",
        queues::remove,
    ),
    action("QueueStatus", ANYBODY, "Show queue status.", queues::status),
    action(
        "QueueSummary",
        ANYBODY,
        "Show queue summary.",
        queues::summary,
    ),
    action(
        "QueueWithdrawCaller",
        ANYBODY,
        "Request to withdraw a caller from the queue back to the dialplan.",
        callers::withdraw,
    ),
    action(
        "Redirect",
        CALL,
        "Redirect (transfer) a call.",
        calls::redirect,
    ),
    action(
        "Setvar",
        CALL,
        "Sets a channel variable or function value.",
        ask::setvar,
    ),
    action(
        "Status",
        SYSTEM.and(CALL).and(REPORTING),
        "List channel status.",
        channels::status,
    ),
    action(
        "StopMixMonitor",
        HANDS,
        "Stop recording a call through MixMonitor, and free the recording's file handle.",
        media::stop_recording,
    ),
    action(
        "UserEvent",
        Classes::USER,
        "Send an arbitrary event.",
        ask::user_event,
    ),
];

/// The session's own actions: listed with the others, carried out by the session.
const SESSIONS: [(&str, &str); 5] = [
    ("Challenge", "Generate Challenge for MD5 Auth."),
    ("Events", "Control Event Flow."),
    ("ListCommands", "List available manager commands."),
    ("Login", "Login Manager."),
    ("Logoff", "Logoff Manager."),
];

/// Carries an action out, if the login may.
pub(crate) fn perform(request: &Request, name: &str, rights: Classes, pbx: &mut Pbx) -> Answer {
    let Some(action) = ACTIONS
        .iter()
        .find(|action| action.name.eq_ignore_ascii_case(name))
    else {
        let text = format!(
            "Invalid/unknown command: {name}. Use Action: ListCommands to show available commands."
        );
        return error(request, text).into();
    };
    match rights.has_any(action.classes) {
        true => (action.run)(request, pbx),
        false => error(request, "Permission denied").into(),
    }
}

/// One frame whose header names are the actions this login may use.
pub(crate) fn list_commands(request: &Request, rights: Classes) -> String {
    let own = SESSIONS
        .iter()
        .map(|(name, text)| (*name, Classes::NONE, *text));
    let others = ACTIONS
        .iter()
        .map(|action| (action.name, action.classes, action.text));
    let mut all: Vec<_> = own
        .chain(others)
        .filter(|(_, classes, _)| rights.has_any(*classes))
        .collect();
    all.sort_by_key(|(name, ..)| name.to_ascii_lowercase());
    let line = |message: Message, (name, classes, text): (&str, Classes, &str)| {
        let needed = if classes == Classes::NONE {
            "<none>".to_owned()
        } else {
            classes.privilege()
        };
        message.with(name, format!("{text}  (Priv: {needed})"))
    };
    all.into_iter()
        .fold(Message::response("Success", request), line)
        .end()
}

/// A channel that a header names, or Asterisk's refusal.
fn channel(
    request: &Request,
    header: &str,
    pbx: &Pbx,
    missing: &str,
) -> Result<crate::channel::ChannelKey, String> {
    pbx.named(request.text(header))
        .ok_or_else(|| error(request, missing))
}
