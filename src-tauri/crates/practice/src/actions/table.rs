//! Every action there is, with the classes of which one is needed: the lab's, to the letter.

use super::{
    Action, Answer, ask, callers, calls, channels, core, media, notify, park, people, places,
    queues, rooms, states,
};
use crate::class::Classes;
use crate::pbx::Pbx;
use crate::request::Request;

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

pub(super) const ACTIONS: &[Action] = &[
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
        "MailboxStatus",
        ASKING,
        "Check mailbox.",
        people::mailbox_status,
    ),
    action(
        "MixMonitor",
        SYSTEM,
        "Record a call and mix the audio during the recording.  Use of StopMixMonitor is required to guarantee the audio file is \
         available for processing during dialplan execution.",
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
        "MWIUpdate",
        CALL,
        "Update the mailbox message counts.",
        people::update_mailbox,
    ),
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
        "PJSIPNotify",
        SYSTEM,
        "Send a NOTIFY to either an endpoint, an arbitrary URI, or inside a SIP dialog.",
        notify::notify,
    ),
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
