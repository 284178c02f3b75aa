//! A client for tests: logs in, plays, and tells in short lines what it was told.

#![allow(dead_code, reason = "each test file uses its own part of the client")]

pub(crate) mod stage;
pub(crate) mod story;
pub(crate) mod witness;

use std::collections::BTreeMap;

use ami::{Frame, FrameReader, Limits, Read};
use practice::{Line, Millis, Practice};

pub(crate) struct Client {
    pub(crate) pbx: Practice,
    pub(crate) line: Line,
    pub(crate) now: Millis,
    pub(crate) frames: Vec<Frame>,
    reader: FrameReader,
    /// Short names for bridges, in order of appearance.
    bridges: BTreeMap<String, String>,
}

impl Client {
    /// Connected, greeting read, not logged in.
    pub(crate) fn fresh(mut pbx: Practice) -> Self {
        let line = pbx.connect(0);
        let reader = FrameReader::new(Limits::default());
        let mut client = Self {
            pbx,
            line,
            now: 0,
            frames: Vec::new(),
            reader,
            bridges: BTreeMap::new(),
        };
        client.read();
        let greeting = client.reader.greeting().expect("a greeting");
        assert_eq!(greeting, b"Asterisk Call Manager/11.0.0");
        client
    }

    /// Logged in with everything a desk may see.
    pub(crate) fn logged_in(pbx: Practice) -> Self {
        let mut client = Self::fresh(pbx);
        client.send("Action: Login\nUsername: cordboard\nSecret: practice\n");
        client.take();
        client
    }

    pub(crate) fn send(&mut self, action: &str) -> &mut Self {
        self.pbx
            .receive(self.line, format!("{action}\n").as_bytes(), self.now);
        self.read();
        self
    }

    pub(crate) fn wait(&mut self, milliseconds: Millis) -> &mut Self {
        self.now += milliseconds;
        self.pbx.handle_timeout(self.now);
        self.read();
        self
    }

    pub(crate) fn phone(&mut self, exten: &str, act: practice::PhoneAct) -> &mut Self {
        self.pbx.phone(exten, act, self.now);
        self.read();
        self.wait(50)
    }

    pub(crate) fn outside(&mut self, did: &str, number: &str, name: &str) -> &mut Self {
        self.pbx.outside_call(did, number, name, self.now);
        self.read();
        self.wait(50)
    }

    pub(crate) fn outside_hangs_up(&mut self, number: &str) -> &mut Self {
        self.pbx.outside_hang_up(number, self.now);
        self.read();
        self.wait(50)
    }

    pub(crate) fn read(&mut self) {
        while let Some(bytes) = self.pbx.poll_transmit(self.line) {
            self.reader.push(&bytes);
        }
        while let Some(read) = self.reader.next_frame() {
            match read {
                Read::Frame(frame) => self.frames.push(frame),
                Read::Skipped => panic!("a frame too large"),
            }
        }
    }

    pub(crate) fn take(&mut self) -> Vec<Frame> {
        std::mem::take(&mut self.frames)
    }

    /// What was told since last asked, a line each.
    pub(crate) fn told(&mut self) -> String {
        let frames = self.take();
        frames
            .iter()
            .map(|frame| self.short(frame) + "\n")
            .collect()
    }

    /// The same without states of devices and extensions.
    pub(crate) fn heard(&mut self) -> String {
        let quiet = |frame: &Frame| {
            ["DeviceStateChange", "ExtensionStatus", "QueueMemberStatus"]
                .iter()
                .any(|name| is_event(frame, name))
        };
        self.frames.retain(|frame| !quiet(frame));
        self.told()
    }

    fn short(&mut self, frame: &Frame) -> String {
        let mut words = Vec::new();
        for (name, value) in frame.pairs() {
            let name = String::from_utf8_lossy(name).into_owned();
            let value = value.text().into_owned();
            let shown = match name.as_str() {
                "Event" | "Response" => value,
                "BridgeUniqueid" => self.bridge(&value),
                _ if name.ends_with("Channel") => format!("{name}={}", phone(&value)),
                "Message" | "ChannelStateDesc" | "DialStatus" | "Cause" | "Exten" | "Status"
                | "Queue" | "Position" => {
                    format!("{name}={value}")
                }
                "Count" | "Interface" | "Reason" | "SwapUniqueid" | "ParkingSpace"
                | "ConnectedLineNum" | "Conference" | "Extension" | "ParkerDialString"
                | "EventList" | "Device" | "State" | "PausedReason" => {
                    format!("{name}={value}")
                }
                _ => continue,
            };
            words.push(shown);
        }
        words.join(" ")
    }

    fn bridge(&mut self, id: &str) -> String {
        let next = format!("bridge-{}", self.bridges.len() + 1);
        self.bridges.entry(id.to_owned()).or_insert(next).clone()
    }
}

pub(crate) fn is_event(frame: &Frame, name: &str) -> bool {
    frame.event().is_some_and(|event| event == name)
}

/// `101-0` of `PJSIP/101-00000000`.
fn phone(name: &str) -> String {
    let short = name.strip_prefix("PJSIP/").unwrap_or(name);
    match short.split_once("-000000") {
        Some((device, rest)) => format!("{device}-{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => short.to_owned(),
    }
}
