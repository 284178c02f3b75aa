//! What a conversation tells of calls, in a form in which two tellings can be compared: channels by device and order of
//! appearance, no ids, no times; and of each event only what does not hang on who was quicker.

use std::collections::BTreeMap;

use ami::Frame;

/// Events that say nothing of a call, or whose number depends on how quickly states follow each other.
const QUIET: [&str; 16] = [
    "RTCPReceived",
    "RTCPSent",
    "DeviceStateChange",
    "ExtensionStatus",
    "QueueMemberStatus",
    "TestEvent",
    "MessageWaiting",
    "PeerStatus",
    "ContactStatus",
    "FullyBooted",
    "Newexten",
    "VarSet",
    "NewConnectedLine",
    "NewCallerid",
    "HangupRequest",
    "SoftHangupRequest",
];

/// What is compared of every event that has it. States and connected lines of legs that are just being dialled race in
/// Asterisk; they are compared where they have settled.
const SETTLED: [&str; 10] = [
    "ChannelStateDesc",
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "Context",
    "Exten",
    "Priority",
    "BridgeType",
    "BridgeTechnology",
];
const OWN: [&str; 29] = [
    "Penalty",
    "Paused",
    "PausedReason",
    "Membership",
    "Muted",
    "Admin",
    "Direction",
    "State",
    "DialStatus",
    "DialString",
    "Cause",
    "Cause-txt",
    "TechCause",
    "Queue",
    "Position",
    "Count",
    "OriginalPosition",
    "Interface",
    "MemberName",
    "Reason",
    "ParkingSpace",
    "ParkerDialString",
    "Parkinglot",
    "Conference",
    "Response",
    "Result",
    "Extension",
    "LocalOptimization",
    "BridgeName",
];

/// One telling.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// Every event, a line each.
    pub(crate) lines: Vec<String>,
    /// What befell each channel, in order: only what Asterisk always tells in this order.
    pub(crate) lives: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
}

pub(crate) fn story(frames: &[Frame]) -> Story {
    let mut story = Story::default();
    for frame in frames {
        story.tell(frame);
    }
    story
}

impl Story {
    fn tell(&mut self, frame: &Frame) {
        let Some(event) = frame.event().map(|event| event.into_owned()) else {
            return;
        };
        let is_item = frame.get("ActionID").is_some() && event != "OriginateResponse";
        if is_item || frame.get("EventList").is_some() || QUIET.contains(&event.as_str()) {
            return;
        }
        if event == "Newchannel" {
            self.baptise(frame);
        }
        self.lines.push(self.line(&event, frame));
        self.live(&event, frame);
    }

    fn baptise(&mut self, frame: &Frame) {
        let text = |name: &str| {
            frame
                .get(name)
                .map(|value| value.text().into_owned())
                .unwrap_or_default()
        };
        let (name, id) = (text("Channel"), text("Uniqueid"));
        let (device, half) = match name.rsplit_once('-') {
            Some((device, rest)) => (device, rest.split_once(';').map_or("", |(_, half)| half)),
            None => (name.as_str(), ""),
        };
        let count = self
            .names
            .values()
            .filter(|known| known.starts_with(&format!("{device}#")))
            .count();
        let short = match half {
            "" => format!("{device}#{}", count + 1),
            half => format!("{device}#{};{half}", count / 2 + 1),
        };
        self.names.insert(name, short.clone());
        self.ids.insert(id, short);
    }

    fn line(&self, event: &str, frame: &Frame) -> String {
        let races = ["DialBegin", "DialState", "AgentCalled", "ConfbridgeStart"].contains(&event)
            || event.starts_with("LocalOptim");
        // A channel on its way elsewhere shows the old place or already the new one.
        let leaving = [
            "BridgeLeave",
            "MusicOnHoldStop",
            "ParkedCallTimeOut",
            "ParkedCallGiveUp",
        ]
        .contains(&event);
        let mut words = vec![event.to_owned()];
        for (name, value) in frame.pairs() {
            let (name, value) = (
                String::from_utf8_lossy(name).into_owned(),
                // Which of the two carries a conversation hangs on who was quicker.
                value.text().replace("native_rtp", "simple_bridge"),
            );
            let settled =
                SETTLED.iter().any(|known| name.ends_with(known)) && !name.starts_with("Dest");
            let own = OWN.contains(&name.as_str());
            if name.ends_with("Channel") {
                words.push(format!(
                    "{name}={}",
                    self.names.get(&value).unwrap_or(&value)
                ));
            } else if name == "SwapUniqueid" {
                words.push(format!("{name}={}", self.ids.get(&value).unwrap_or(&value)));
            } else if own || (settled && !races && !(leaving && is_place(&name))) {
                words.push(format!("{name}={value}"));
            }
        }
        words[1..].sort();
        words.join(" ")
    }

    fn live(&mut self, event: &str, frame: &Frame) {
        let header = if event.starts_with("Dial") {
            "DestChannel"
        } else {
            "Channel"
        };
        let Some(name) = frame.get(header).map(|value| value.text().into_owned()) else {
            return;
        };
        let always = [
            "Newchannel",
            "DialEnd",
            "BridgeEnter",
            "BridgeLeave",
            "Hangup",
            "QueueCallerJoin",
            "QueueCallerLeave",
        ];
        if always.contains(&event) {
            let name = self.names.get(&name).cloned().unwrap_or(name);
            self.lives.entry(name).or_default().push(event.to_owned());
        }
    }

    /// Lines this story has and the other has not.
    pub(crate) fn beyond(&self, other: &Self) -> Vec<String> {
        let mut left = other.lines.clone();
        let mut own = Vec::new();
        for line in &self.lines {
            match left.iter().position(|known| known == line) {
                Some(index) => drop(left.remove(index)),
                None => own.push(line.clone()),
            }
        }
        own
    }
}

fn is_place(name: &str) -> bool {
    ["Context", "Exten", "Priority"]
        .iter()
        .any(|place| name.ends_with(place))
}
