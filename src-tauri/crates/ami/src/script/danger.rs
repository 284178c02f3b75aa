//! What an action of a file could do beyond moving calls. Such a one is not sent unless somebody has said that it may.
//!
//! An account's classes do not guard this: some of these need no permission at all, and `originate` was enough to run a shell command
//! before CVE-2024-42365 was closed. The list knows Asterisk 16 and 22; an action it does not know is sent.

use super::{Header, ScriptAction};

/// Why an action is held back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {action} is dangerous: {why}")]
pub struct Danger {
    /// The line of the header that makes it dangerous, or of the action.
    pub line: usize,
    /// The action.
    pub action: String,
    /// What it could do.
    pub why: &'static str,
}

const RUNS: &str = "it can run any command, also of the system";
const SECRETS: &str = "its answer holds secrets";
const SETTINGS: &str = "it changes how the PBX is set up, for everybody";
const SESSION: &str =
    "the connection is logged in and set up already, and would be cut off or spoilt";
const EVERYBODY: &str = "it hits everybody, not one call";
const LOSES: &str = "it throws away what nobody can bring back";
const BLOCKS: &str =
    "every later action waits for it, and no answer in time means that the link is taken for dead";
const DEVICES: &str = "it can restart phones, or take them or trunks out of service";

/// Dangerous whatever else they say.
const ACTIONS: &[(&str, &str)] = &[
    ("AGI", RUNS),
    ("BridgeDestroy", EVERYBODY),
    ("BridgeKick", "it ends a call, and any account may"),
    ("BridgeTechnologySuspend", SETTINGS),
    ("BridgeTechnologyUnsuspend", SETTINGS),
    ("Challenge", SESSION),
    ("Command", RUNS),
    ("CreateConfig", SETTINGS),
    ("DAHDIRestart", EVERYBODY),
    ("DBDel", LOSES),
    ("DBDelTree", LOSES),
    ("DBPut", SETTINGS),
    ("DialplanExtensionAdd", RUNS),
    ("DialplanExtensionRemove", SETTINGS),
    ("Events", SESSION),
    ("Filter", SESSION),
    ("GetConfig", SECRETS),
    ("GetConfigJSON", SECRETS),
    ("LoggerRotate", LOSES),
    ("Login", SESSION),
    ("Logoff", SESSION),
    ("MWIDelete", LOSES),
    ("ModuleLoad", SETTINGS),
    ("PJSIPNotify", DEVICES),
    ("PJSIPRegister", DEVICES),
    ("PJSIPSetMaintenance", DEVICES),
    ("PJSIPShowAuths", SECRETS),
    ("PJSIPShowEndpoint", SECRETS),
    ("PJSIPShowRegistrationsOutbound", SECRETS),
    ("PJSIPUnregister", DEVICES),
    ("PRIDebugFileSet", "it writes a file wherever it is told to"),
    (
        "QueueLog",
        "it writes into the record that reports are made of",
    ),
    ("QueueReload", SETTINGS),
    ("QueueReset", LOSES),
    ("Reload", SETTINGS),
    ("SIPnotify", DEVICES),
    ("UpdateConfig", RUNS),
    ("VoicemailForward", "it sends a message to somebody else"),
    ("VoicemailMove", LOSES),
    ("VoicemailRemove", LOSES),
    ("WaitEvent", BLOCKS),
];

/// Dialplan functions that only tell something.
const TELLING: &[&str] = &[
    "CALLERID",
    "CHANNEL",
    "CONNECTEDLINE",
    "DEVICE_STATE",
    "DIALPLAN_EXISTS",
    "EXTENSION_STATE",
    "HINT",
    "MAILBOX_EXISTS",
    "PJSIP_AOR",
    "PJSIP_CONTACT",
    "PRESENCE_STATE",
    "QUEUE_MEMBER",
    "QUEUE_MEMBER_COUNT",
    "QUEUE_MEMBER_LIST",
    "QUEUE_VARIABLES",
    "QUEUE_WAITING_COUNT",
    "VERSION",
    "VM_INFO",
];

impl ScriptAction {
    /// Why this one is not sent without being allowed, if it is not.
    #[must_use]
    pub fn danger(&self) -> Option<Danger> {
        let known = ACTIONS
            .iter()
            .find(|(name, _)| self.is(name))
            .map(|(_, why)| (self.line, *why));
        let (line, why) = known.or_else(|| self.danger_within())?;
        Some(Danger {
            line,
            action: self.name.clone(),
            why,
        })
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// By what its headers say.
    fn danger_within(&self) -> Option<(usize, &'static str)> {
        match self.name.to_ascii_lowercase().as_str() {
            "originate" => self.originate(),
            "setvar" => self.setvar(),
            "getvar" => self.asked("Variable"),
            "status" => self.asked("Variables"),
            "hangup" => self.found(&["Channel"], |name| name.starts_with('/'), EVERYBODY),
            "confbridgekick" | "confbridgemute" | "confbridgeunmute" => self.found(
                &["Channel"],
                |name| {
                    ["all", "participants"]
                        .iter()
                        .any(|all| name.eq_ignore_ascii_case(all))
                },
                EVERYBODY,
            ),
            "mixmonitor" | "monitor" | "changemonitor" | "confbridgestartrecord" => {
                self.recording()
            }
            "bridge" => self.bridge(),
            name if name.starts_with("sorcerymemorycache") => Some((self.line, SETTINGS)),
            _ => None,
        }
    }

    fn originate(&self) -> Option<(usize, &'static str)> {
        let given = ["Application", "Data", "Variable", "PreDialGoSub"];
        self.found(&given, |_| true, RUNS).or_else(|| {
            let async_ = self.values("Async").next();
            let waits = async_.is_none_or(|header| !is_true(&header.value));
            waits.then(|| (async_.map_or(self.line, |header| header.line), BLOCKS))
        })
    }

    fn setvar(&self) -> Option<(usize, &'static str)> {
        // Of several Asterisk takes the first, be it empty.
        let first = self.values("Channel").next();
        if first.is_none_or(|header| header.value.is_empty()) {
            let why = "without Channel it sets the variable for all calls";
            return Some((self.line, why));
        }
        self.found(&["Variable"], |name| name.contains('('), RUNS)
    }

    /// A function in what is asked for may do as well as tell.
    fn asked(&self, header: &str) -> Option<(usize, &'static str)> {
        let does = |text: &str| text.contains('$') || calls(text).any(|function| !tells(function));
        self.found(&[header], does, RUNS)
    }

    fn recording(&self) -> Option<(usize, &'static str)> {
        let splits = |text: &str| text.contains([',', '$', '^', '|', ';', '`']);
        let leaves = |text: &str| text.starts_with('/') || text.split('/').any(|part| part == "..");
        self.found(&["Command"], |_| true, RUNS)
            .or_else(|| self.found(&["File", "Options", "RecordFile"], splits, RUNS))
            .or_else(|| {
                let why = "it writes a file outside the folder of recordings";
                self.found(&["File", "RecordFile"], leaves, why)
            })
            .or_else(|| {
                let why = "these options name files or programs of their own";
                self.found(&["Options"], |text| text.contains('('), why)
            })
    }

    fn bridge(&self) -> Option<(usize, &'static str)> {
        let one = self.values("Channel1").next()?;
        let other = self.values("Channel2").next()?;
        let same = one.value.eq_ignore_ascii_case(&other.value);
        let why = "a channel bridged with itself is destroyed";
        same.then_some((other.line, why))
    }

    fn found(
        &self,
        names: &[&str],
        harms: impl Fn(&str) -> bool,
        why: &'static str,
    ) -> Option<(usize, &'static str)> {
        let named = |header: &&Header| {
            names
                .iter()
                .any(|name| header.name.eq_ignore_ascii_case(name))
        };
        let mut headers = self.headers.iter().filter(named);
        headers
            .find(|header| harms(&header.value))
            .map(|header| (header.line, why))
    }
}

/// The names before each parenthesis.
fn calls(text: &str) -> impl Iterator<Item = &str> {
    let mut parts: Vec<_> = text.split('(').collect();
    parts.pop();
    parts.into_iter().map(|before| {
        let within = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
        before.rsplit(within).next().unwrap_or_default()
    })
}

fn tells(function: &str) -> bool {
    TELLING
        .iter()
        .any(|name| name.eq_ignore_ascii_case(function))
}

/// What Asterisk takes for "yes".
fn is_true(value: &str) -> bool {
    ["yes", "true", "y", "t", "1", "on"]
        .iter()
        .any(|yes| value.eq_ignore_ascii_case(yes))
}
