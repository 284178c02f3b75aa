//! What the actions need: what `ListCommands` says decides what a desk offers.

use std::collections::BTreeMap;

use ami::Frame;
use practice::Practice;

use crate::client::Client;
use crate::tape::tape;

/// Modules the lab's Asterisk does not load: they keep each other out, or are not needed there.
const ELSEWHERE: [&str; 2] = ["MWIUpdate", "PJSIPNotify"];

/// Name and text of every action in the answer to `ListCommands`.
fn commands(frames: &[Frame]) -> BTreeMap<String, String> {
    let is_list = |frame: &&Frame| frame.event().is_none() && frame.get("ListCommands").is_some();
    let answer = frames.iter().find(is_list).expect("a list of actions");
    let pairs = answer.pairs().map(|(name, value)| {
        let name = String::from_utf8_lossy(name).into_owned();
        (name, value.text().into_owned())
    });
    let mut commands: BTreeMap<_, _> = pairs.collect();
    for header in ["Response", "ActionID"] {
        commands.remove(header);
    }
    commands
}

#[test]
fn every_action_is_listed_with_the_labs_classes() {
    let mut client = Client::logged_in(Practice::new(1));
    client.send("Action: ListCommands\n");
    let (ours, theirs) = (commands(&client.frames), commands(&tape("login-plain")));
    for name in [
        "AbsoluteTimeout",
        "Atxfer",
        "BlindTransfer",
        "Bridge",
        "CancelAtxfer",
        "ConfbridgeKick",
        "ConfbridgeLock",
        "ConfbridgeMute",
        "ConfbridgeStartRecord",
        "ConfbridgeStopRecord",
        "ConfbridgeUnlock",
        "ConfbridgeUnmute",
        "Getvar",
        "Hangup",
        "MWIUpdate",
        "MailboxCount",
        "MailboxStatus",
        "MixMonitor",
        "MixMonitorMute",
        "MuteAudio",
        "Originate",
        "PJSIPNotify",
        "Park",
        "PlayDTMF",
        "QueueAdd",
        "QueueChangePriorityCaller",
        "QueuePause",
        "QueuePenalty",
        "QueueRemove",
        "QueueWithdrawCaller",
        "Redirect",
        "StopMixMonitor",
    ] {
        assert!(ours.contains_key(name), "{name}");
    }
    for (name, text) in &ours {
        let known = theirs.get(name).map(String::as_str);
        if ELSEWHERE.contains(&name.as_str()) {
            assert_eq!(known, None, "{name}");
        } else {
            assert_eq!(known, Some(text.as_str()), "{name}");
        }
    }
}
