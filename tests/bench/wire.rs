//! The far side of AMI, as far as a desk in a benchmark needs it: takes actions in, gives answers out.

use std::collections::BTreeMap;

/// The bytes Asterisk greets with.
pub(crate) const GREETING: &[u8] = b"Asterisk Call Manager/11.0.0\r\n";
/// Told after the login.
pub(crate) const BOOTED: &[u8] = b"Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 1000\r\nLastReload: 1000\r\nStatus: Fully Booted\r\n\r\n";

/// An action somebody has sent.
#[derive(Debug)]
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    /// The value of a header, empty if it is not there.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    /// The name of the action.
    pub(crate) fn name(&self) -> &str {
        self.get("Action")
    }
}

/// Cuts what a client writes into actions.
#[derive(Debug, Default)]
pub(crate) struct Inbox(Vec<u8>);

impl Inbox {
    /// Takes in what came, and gives every action that is whole.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Vec<Asked> {
        self.0.extend_from_slice(bytes);
        let mut asked = Vec::new();
        while let Some(end) = memchr::memmem::find(&self.0, b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&self.0[..end]).into_owned();
            self.0.drain(..end + 4);
            let pairs = text.lines().filter_map(|line| line.split_once(':'));
            asked.push(Asked(
                pairs
                    .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
                    .collect(),
            ));
        }
        asked
    }
}

/// What an account of a switchboard may do.
const COMMANDS: [&str; 18] = [
    "Agents",
    "BlindTransfer",
    "Bridge",
    "BridgeList",
    "ConfbridgeListRooms",
    "CoreShowChannels",
    "ExtensionStateList",
    "Getvar",
    "Hangup",
    "MailboxCount",
    "Originate",
    "Park",
    "ParkedCalls",
    "PJSIPShowEndpoints",
    "PresenceStateList",
    "QueueStatus",
    "Redirect",
    "Status",
];
/// The lists; whatever a desk asks for at its login ends with the last of them.
pub(crate) const LISTS: [&str; 11] = [
    "Agents",
    "CoreShowChannels",
    "Status",
    "BridgeList",
    "ParkedCalls",
    "QueueStatus",
    "ExtensionStateList",
    "DeviceStateList",
    "PJSIPShowEndpoints",
    "PresenceStateList",
    "ConfbridgeListRooms",
];

/// The items of the lists, by action: frames without the empty line at their end. An action that is not in it has an empty list.
pub(crate) type Lists = BTreeMap<&'static str, Vec<String>>;

/// The answer to an action.
pub(crate) fn answer(asked: &Asked, lists: &Lists) -> Vec<u8> {
    let id = asked.get("ActionID");
    let success =
        |lines: &str| format!("Response: Success\r\nActionID: {id}\r\n{lines}\r\n").into_bytes();
    match asked.name() {
        "Challenge" => success("Challenge: 120027039\r\n"),
        "Login" => [success("Message: Authentication accepted\r\n"), BOOTED.to_vec()].concat(),
        "Ping" => format!("Response: Success\r\nActionID: {id}\r\nPing: Pong\r\nTimestamp: 1795200000.000000\r\n\r\n").into_bytes(),
        "ListCommands" => success(&COMMANDS.map(|name| format!("{name}: Does it  (Priv: call,all)\r\n")).concat()),
        "Getvar" => success(&format!("Variable: {}\r\nValue: {}\r\n", asked.get("Variable"), value(asked.get("Variable")))),
        name if LISTS.contains(&name) => list(name, id, lists.get(name).map_or(&[], Vec::as_slice)),
        "CoreSettings" => success("AMIversion: 11.0.0\r\nAsteriskVersion: 22.5.2\r\n"),
        "CoreStatus" => success("CoreStartupDate: 2026-11-20\r\nCoreStartupTime: 21:01:49\r\n"),
        "MailboxCount" => success(&format!("Message: Mailbox Message Count\r\nMailbox: {}\r\nUrgMessages: 0\r\nNewMessages: 0\r\nOldMessages: 0\r\n", asked.get("Mailbox"))),
        "Redirect" => success("Message: Redirect successful\r\n"),
        name => format!("Response: Error\r\nActionID: {id}\r\nMessage: Invalid/unknown command: {name}. Use Action: ListCommands to show available commands.\r\n\r\n").into_bytes(),
    }
}

fn value(variable: &str) -> &'static str {
    if variable.starts_with("DIALPLAN_EXISTS") {
        "1"
    } else {
        ""
    }
}

fn list(name: &str, id: &str, items: &[String]) -> Vec<u8> {
    let mut out = format!(
        "Response: Success\r\nActionID: {id}\r\nEventList: start\r\nMessage: Will follow\r\n\r\n"
    );
    for item in items {
        out.push_str(item);
        out.push_str(&format!("ActionID: {id}\r\n\r\n"));
    }
    out.push_str(&format!(
        "Event: {name}Complete\r\nActionID: {id}\r\nEventList: Complete\r\nListItems: {}\r\n\r\n",
        items.len()
    ));
    out.into_bytes()
}
