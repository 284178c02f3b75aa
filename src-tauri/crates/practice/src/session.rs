//! One client's connection: greeting, login, what it may see, its answers.

use std::collections::VecDeque;

use md5::{Digest, Md5};

use crate::Millis;
use crate::actions::{self, Answer};
use crate::class::{Classes, Rights, rights_of};
use crate::pbx::Pbx;
use crate::practice::Line;
use crate::request::{Fault, Reader, Request};
use crate::wire::{Event, Message, ack, error};

const GREETING: &str = "Asterisk Call Manager/11.0.0\r\n";
/// A refusal is told late, against guessing.
const REFUSAL_DELAY: Millis = 1_000;
/// Who does not log in is cut off without a word.
const LOGIN_WITHIN: Millis = 30_000;

#[derive(Debug)]
enum Phase {
    /// Not logged in.
    Fresh,
    /// The login was wrong; this is said when the time has come.
    Refused(String),
    In,
    Closed,
}

/// A client's session.
#[derive(Debug)]
pub(crate) struct Session {
    reader: Reader,
    inbox: VecDeque<Request>,
    outbox: Vec<u8>,
    phase: Phase,
    rights: Rights,
    mask: Classes,
    challenge: Option<String>,
    /// An Originate that is not asynchronous holds up everything behind it.
    waits: bool,
    due: Option<Millis>,
}

impl Session {
    pub(crate) fn new(line: Line, now: Millis) -> Self {
        Self {
            reader: Reader::new(line),
            inbox: VecDeque::new(),
            outbox: GREETING.as_bytes().to_vec(),
            phase: Phase::Fresh,
            rights: Rights {
                read: Classes::NONE,
                write: Classes::NONE,
            },
            mask: Classes::ALL,
            challenge: None,
            waits: false,
            due: Some(now + LOGIN_WITHIN),
        }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if !self.is_closed() {
            self.inbox.extend(self.reader.push(bytes));
        }
    }

    /// The next action, if the last one has been answered.
    pub(crate) fn next_request(&mut self) -> Option<Request> {
        match self.phase {
            Phase::Fresh | Phase::In if !self.waits => self.inbox.pop_front(),
            Phase::Fresh | Phase::In | Phase::Refused(_) | Phase::Closed => None,
        }
    }

    pub(crate) fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        (!self.outbox.is_empty()).then(|| std::mem::take(&mut self.outbox))
    }

    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.phase, Phase::Closed)
    }

    pub(crate) fn is_in(&self) -> bool {
        matches!(self.phase, Phase::In)
    }

    pub(crate) fn due(&self) -> Option<Millis> {
        self.due
    }

    /// The time has come to tell a refusal, or to cut off one who never logged in.
    pub(crate) fn handle_timeout(&mut self) {
        self.due = None;
        match std::mem::replace(&mut self.phase, Phase::Closed) {
            Phase::Refused(text) => self.say(&text),
            Phase::Fresh | Phase::Closed => {}
            Phase::In => self.phase = Phase::In,
        }
    }

    /// An event, if this client may see it.
    pub(crate) fn offer(&mut self, event: &Event) {
        if self.is_in() && self.rights.read.only(self.mask).has_all(event.classes) {
            self.say(&event.text);
        }
    }

    pub(crate) fn answer_late(&mut self, text: &str) {
        self.waits = false;
        self.say(text);
    }

    fn say(&mut self, text: &str) {
        self.outbox.extend_from_slice(text.as_bytes());
    }

    /// Carries an action out and queues its answer.
    pub(crate) fn handle(&mut self, request: &Request, pbx: &mut Pbx) {
        if let Some(fault) = request.fault {
            let text = match fault {
                Fault::LineTooLong => "Failed to parse message: line too long",
                Fault::TooManyLines => "Too many lines in message or allocation failure",
            };
            return self.say(&error(request, text));
        }
        let Some(action) = request.get("Action") else {
            return self.say(&error(request, "Missing action in request"));
        };
        match action.to_ascii_lowercase().as_str() {
            "login" => self.log_in(request, pbx),
            "challenge" => self.give_challenge(request, pbx),
            "logoff" => {
                let text = Message::response("Goodbye", request)
                    .with("Message", "Thanks for all the fish.")
                    .end();
                self.say(&text);
                self.phase = Phase::Closed;
            }
            _ if !self.is_in() => self.say(&error(request, "Permission denied")),
            "events" => self.set_mask(request),
            "listcommands" => self.say(&actions::list_commands(request, self.rights.write)),
            _ => self.perform(request, action, pbx),
        }
    }

    fn perform(&mut self, request: &Request, action: &str, pbx: &mut Pbx) {
        match actions::perform(request, action, self.rights.write, pbx) {
            Answer::Now(text) => self.say(&text),
            Answer::Later => self.waits = true,
        }
    }

    fn give_challenge(&mut self, request: &Request, pbx: &mut Pbx) {
        if !request.text("AuthType").eq_ignore_ascii_case("MD5") {
            return self.say(&error(request, "Must specify AuthType"));
        }
        // One for the whole connection.
        let challenge = self
            .challenge
            .get_or_insert_with(|| pbx.rng.between(100_000_000, 2_000_000_000).to_string());
        let text = Message::response("Success", request)
            .with("Challenge", challenge)
            .end();
        self.say(&text);
    }

    fn log_in(&mut self, request: &Request, pbx: &Pbx) {
        if self.is_in() {
            return self.say(&ack(request, "Already authenticated"));
        }
        let user = request.text("Username");
        let Some(rights) = rights_of(user).filter(|_| self.proves(request, user)) else {
            self.phase = Phase::Refused(error(request, "Authentication failed"));
            self.due = Some(pbx.now + REFUSAL_DELAY);
            return;
        };
        self.rights = rights;
        self.mask = request.get("Events").map_or(Classes::ALL, mask);
        self.phase = Phase::In;
        self.due = None;
        self.say(&ack(request, "Authentication accepted"));
        if rights.read.only(self.mask).has_all(Classes::SYSTEM) {
            let uptime = (pbx.now - pbx.started) / 1000;
            let text = crate::wire::event("FullyBooted", Classes::SYSTEM)
                .with("Uptime", uptime)
                .with("LastReload", uptime)
                .with("Status", "Fully Booted")
                .end();
            self.say(&text);
        }
    }

    /// Everybody's secret is `practice`; the lab's form `<user>-secret` is right as well.
    fn proves(&self, request: &Request, user: &str) -> bool {
        let secrets = ["practice".to_owned(), format!("{user}-secret")];
        match (&self.challenge, request.get("Key")) {
            (Some(challenge), Some(key))
                if request.text("AuthType").eq_ignore_ascii_case("MD5") =>
            {
                secrets.iter().any(|secret| {
                    md5_hex(&format!("{challenge}{secret}")).eq_ignore_ascii_case(key)
                })
            }
            _ => secrets
                .iter()
                .any(|secret| secret == request.text("Secret")),
        }
    }

    fn set_mask(&mut self, request: &Request) {
        let Some(text) = request.get("EventMask") else {
            return self.say(&error(request, "Invalid event mask"));
        };
        self.mask = mask(text);
        let word = if self.mask == Classes::NONE {
            "Off"
        } else {
            "On"
        };
        self.say(
            &Message::response("Success", request)
                .with("Events", word)
                .end(),
        );
    }
}

fn mask(text: &str) -> Classes {
    match text.eq_ignore_ascii_case("off") {
        true => Classes::NONE,
        false => Classes::mask(text),
    }
}

fn md5_hex(text: &str) -> String {
    Md5::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
