//! A PBX on a script behind the dialer's seam: it says what a test tells it to, and remembers every action it was sent.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::{Connection, Dialer, Dialing, LinkError, Profile, SharedDialer, Stream};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::mpsc;

/// What the server does instead of answering an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instead {
    Cut,
    Silence,
}

/// How it behaves. Read anew at each action, so that a test may change it as it goes.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    pub(crate) greeting: String,
    pub(crate) secret_is_right: bool,
    pub(crate) told_when_booted: bool,
    /// Seconds since its start, as it says with that.
    pub(crate) uptime: Option<u64>,
    /// Date and time of its start; none: this account may not ask.
    pub(crate) started: Option<(&'static str, &'static str)>,
    pub(crate) commands: Vec<&'static str>,
    /// Lists that are refused.
    pub(crate) refused: Vec<&'static str>,
    /// Actions answered by an error with other words.
    pub(crate) errors: Vec<(&'static str, &'static str)>,
    /// What is told in one breath with an action's success.
    pub(crate) follows: Vec<(&'static str, String)>,
    /// Items by list.
    pub(crate) items: Vec<(&'static str, String)>,
    pub(crate) instead: Vec<(&'static str, Instead)>,
    /// Messages in voicemail boxes: new, and heard.
    pub(crate) mailboxes: Vec<(&'static str, u32, u32)>,
    /// A ping holds everything up for so long.
    pub(crate) pong_after: Option<Duration>,
    /// A file that is read whenever an action comes that changes a call.
    pub(crate) reads: Option<PathBuf>,
    /// Nobody is at home.
    pub(crate) unreachable: bool,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            greeting: "Asterisk Call Manager/11.0.0\r\n".to_owned(),
            secret_is_right: true,
            told_when_booted: true,
            uptime: None,
            started: Some(("2026-11-20", "21:01:49")),
            commands: vec!["Redirect", "Hangup", "Originate"],
            refused: Vec::new(),
            errors: Vec::new(),
            follows: Vec::new(),
            items: vec![
                ("ExtensionStateList", hint("101", 0)),
                ("ExtensionStateList", hint("102", 0)),
                ("ExtensionStateList", hint("103", 0)),
            ],
            instead: Vec::new(),
            mailboxes: Vec::new(),
            pong_after: None,
            reads: None,
            unreachable: false,
        }
    }
}

#[derive(Debug, Default)]
struct Seen {
    dials: usize,
    actions: Vec<String>,
    /// What stood in the file when an action came.
    read: Vec<String>,
    lines: Vec<mpsc::UnboundedSender<Say>>,
}

#[derive(Debug)]
enum Say {
    Bytes(Vec<u8>),
    Cut,
    /// The far side is gone without a word: nothing is read or answered any more.
    Freeze,
}

/// The server; clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Server {
    script: Arc<Mutex<Script>>,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    pub(crate) fn with(change: impl FnOnce(&mut Script)) -> Self {
        let server = Self::default();
        server.change(change);
        server
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script.lock().expect("no panic"));
    }

    fn script(&self) -> Script {
        self.script.lock().expect("no panic").clone()
    }

    pub(crate) fn connection(&self, pbx: &str) -> Connection {
        Connection {
            profile: profile(pbx),
            secret: desk::practice_secret(),
            dialer: Arc::new(self.clone()) as SharedDialer,
        }
    }

    /// How often it was dialled.
    pub(crate) fn dials(&self) -> usize {
        self.seen.lock().expect("no panic").dials
    }

    /// How often this action came.
    pub(crate) fn count(&self, action: &str) -> usize {
        let wanted = format!("Action: {action}\r\n");
        self.seen
            .lock()
            .expect("no panic")
            .actions
            .iter()
            .filter(|text| text.starts_with(&wanted))
            .count()
    }

    /// Says something on the latest connection.
    pub(crate) fn say(&self, frame: &str) {
        self.tell(Say::Bytes(frame.replace('\n', "\r\n").into_bytes()));
    }

    pub(crate) fn say_bytes(&self, bytes: Vec<u8>) {
        self.tell(Say::Bytes(bytes));
    }

    pub(crate) fn cut(&self) {
        self.tell(Say::Cut);
    }

    pub(crate) fn freeze(&self) {
        self.tell(Say::Freeze);
    }

    fn tell(&self, say: Say) {
        let seen = self.seen.lock().expect("no panic");
        seen.lines
            .last()
            .expect("somebody has dialled")
            .send(say)
            .expect("the line is open");
    }

    async fn serve(self, mut line: DuplexStream, mut orders: mpsc::UnboundedReceiver<Say>) {
        drop(line.write_all(self.script().greeting.as_bytes()).await);
        let mut text = Vec::new();
        let mut buffer = vec![0; 4096];
        loop {
            tokio::select! {
                read = line.read(&mut buffer) => match read {
                    Ok(count) if count > 0 => text.extend_from_slice(&buffer[..count]),
                    Ok(_) | Err(_) => return,
                },
                order = orders.recv() => match order {
                    Some(Say::Bytes(bytes)) => drop(line.write_all(&bytes).await),
                    Some(Say::Freeze) => std::future::pending().await,
                    Some(Say::Cut) | None => return,
                },
            }
            while let Some(end) = text.windows(4).position(|four| four == b"\r\n\r\n") {
                let action =
                    String::from_utf8(text.drain(..end + 4).collect()).expect("our own text");
                self.linger(&action).await;
                let Some(answer) = self.answer(action) else {
                    return;
                };
                drop(
                    line.write_all(answer.replace('\n', "\r\n").as_bytes())
                        .await,
                );
            }
        }
    }

    async fn linger(&self, action: &str) {
        let slow = self.script.lock().expect("no panic").pong_after;
        if let Some(wait) = slow.filter(|_| action.starts_with("Action: Ping\r\n")) {
            tokio::time::sleep(wait).await;
        }
    }

    fn read_along(&self, action: &str, script: &Script) {
        let changes = ["Redirect", "Hangup", "Originate"].contains(&action);
        if let Some(file) = script.reads.as_ref().filter(|_| changes) {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            self.seen.lock().expect("no panic").read.push(text);
        }
    }

    /// What stood in the file at each action that changes a call.
    pub(crate) fn read(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").read.clone()
    }

    /// None: the line is cut.
    fn answer(&self, text: String) -> Option<String> {
        let header = |name: &str| {
            let lines = text.lines().filter_map(|line| line.split_once(": "));
            lines
                .into_iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.to_owned())
                .unwrap_or_default()
        };
        let (action, id, variable) = (header("Action"), header("ActionID"), header("Variable"));
        self.seen
            .lock()
            .expect("no panic")
            .actions
            .push(text.clone());
        let script = self.script();
        self.read_along(&action, &script);
        match script.instead.iter().find(|(name, _)| *name == action) {
            Some((_, Instead::Cut)) => return None,
            Some((_, Instead::Silence)) => return Some(String::new()),
            None => {}
        }
        let success = |more: &str| format!("Response: Success\nActionID: {id}\n{more}\n");
        let failure =
            |words: &str| format!("Response: Error\nActionID: {id}\nMessage: {words}\n\n");
        let error = script.errors.iter().find(|(name, _)| *name == action);
        if let Some((_, words)) = error {
            return Some(failure(words));
        }
        Some(match action.as_str() {
            "Challenge" => success("Challenge: 12345\n"),
            "Login" if script.secret_is_right => {
                success("Message: Authentication accepted\n") + &booted(&script)
            }
            "Login" => failure("Authentication failed"),
            "ListCommands" => success(
                &script
                    .commands
                    .iter()
                    .map(|name| format!("{name}: x  (Priv: call,all)\n"))
                    .collect::<String>(),
            ),
            "CoreSettings" => success("AsteriskVersion: 22.10.1\n"),
            "CoreStatus" => match script.started {
                Some((date, time)) => success(&format!(
                    "CoreStartupDate: {date}\nCoreStartupTime: {time}\n"
                )),
                None => failure("Permission denied"),
            },
            "Getvar" => success(&format!(
                "Variable: {variable}\nValue: {}\n",
                if variable.starts_with("DIALPLAN") {
                    "1"
                } else {
                    ""
                }
            )),
            "MailboxCount" => {
                let wanted = header("Mailbox");
                let mut boxes = script.mailboxes.iter();
                let (_, new, old) = boxes
                    .find(|(name, ..)| *name == wanted)
                    .unwrap_or(&("", 0, 0));
                success(&format!(
                    "UrgMessages: 0\nNewMessages: {new}\nOldMessages: {old}\n"
                ))
            }
            "Ping" | "Redirect" | "Hangup" | "Originate" | "Logoff" => {
                let follows = script.follows.iter().filter(|(name, _)| *name == action);
                success("")
                    + &follows
                        .map(|(_, events)| events.as_str())
                        .collect::<String>()
            }
            list if script.refused.contains(&list) => failure("Permission denied"),
            list => {
                let room = format!("Conference: {}\n", header("Conference"));
                let is_there = |item: &str| list != "ConfbridgeList" || item.contains(&room);
                let items = script.items.iter();
                let items = items.filter(|(name, item)| *name == list && is_there(item));
                let items: String = items
                    .map(|(_, item)| format!("{}ActionID: {id}\n\n", item))
                    .collect();
                let end = format!(
                    "Event: {list}Complete\nActionID: {id}\nEventList: Complete\nListItems: 1\n\n"
                );
                success("EventList: start\nMessage: follows\n") + &items + &end
            }
        })
    }
}

impl Dialer for Server {
    fn dial(&self) -> Dialing {
        let server = self.clone();
        Box::pin(async move {
            let mut seen = server.seen.lock().expect("no panic");
            seen.dials += 1;
            if server.script().unreachable {
                return Err(LinkError::ConnectionRefused);
            }
            let (near, far) = tokio::io::duplex(1024 * 1024);
            let (sender, orders) = mpsc::unbounded_channel();
            seen.lines.push(sender);
            drop(seen);
            tokio::spawn(server.serve(far, orders));
            Ok(Box::new(near) as Box<dyn Stream>)
        })
    }
}

/// That it has started, if it says so.
fn booted(script: &Script) -> String {
    let uptime = script.uptime.map(|seconds| format!("Uptime: {seconds}\n"));
    let more = uptime.unwrap_or_default();
    match script.told_when_booted {
        true => format!("Event: FullyBooted\nStatus: Fully Booted\n{more}\n"),
        false => String::new(),
    }
}

pub(crate) fn profile(pbx: &str) -> Profile {
    Profile {
        pbx: desk::pbx_id(pbx),
        name: pbx.to_owned(),
        ..desk::practice_profile()
    }
}

pub(crate) fn hint(number: &str, status: u8) -> String {
    format!(
        "Event: ExtensionStatus\nExten: {number}\nContext: hints\nHint: PJSIP/{number}\nStatus: {status}\nStatusText: Idle\n"
    )
}

/// A channel, as an event or an item shows it.
pub(crate) fn channel(event: &str, number: &str, uniqueid: &str, more: &str) -> String {
    format!(
        "Event: {event}\nChannel: PJSIP/{number}-00000001\nUniqueid: {uniqueid}\nLinkedid: 1795200000.1\nChannelState: 6\n\
         CallerIDNum: {number}\nContext: internal\nExten: 102\n{more}"
    )
}

/// 101 and 102 talk, as the lists tell it.
pub(crate) fn talk() -> [(&'static str, String); 2] {
    let bridged = "BridgeId: b1\nApplication: Dial\nDuration: 00:00:10\n";
    [
        (
            "CoreShowChannels",
            channel("CoreShowChannel", "101", "1795200000.1", bridged),
        ),
        (
            "CoreShowChannels",
            channel("CoreShowChannel", "102", "1795200000.2", bridged),
        ),
    ]
}
