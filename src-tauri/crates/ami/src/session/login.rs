//! From the greeting to the login: one question at a time.

use std::time::Instant;

use super::timing::{BOOT, LOGIN};
use super::{Method, Over, Phase, Session, SessionEvent};
use crate::action::{self, Proof};
use crate::frame::Frame;
use crate::quirks::Quirks;
use crate::request::{ActionId, Request};
use crate::value::Value;

impl Session {
    pub(super) fn greet(&mut self, now: Instant) {
        let Some(line) = self.reader.greeting() else {
            let start = self.reader.pending();
            let stranger = start.len() > 256
                || !b"Asterisk Call Manager/".starts_with(&start[..start.len().min(22)]);
            if stranger {
                let greeting = printable(start);
                self.end(Over::NotAmi { greeting });
            }
            return;
        };
        let text = Value::of(&line).text().into_owned();
        let Some(version) = text.strip_prefix("Asterisk Call Manager/") else {
            self.end(Over::NotAmi {
                greeting: printable(&line),
            });
            return;
        };
        self.quirks = Quirks::for_greeting(version);
        self.events.push_back(SessionEvent::Greeted {
            version: version.trim().to_owned(),
        });
        match self.login.method {
            Method::Challenge | Method::ChallengeOrPlain => {
                self.ask(&action::challenge(), |id| Phase::Challenging {
                    id,
                    until: now + LOGIN,
                })
            }
            Method::Plain => self.log_in(None, now),
        }
    }

    fn log_in(&mut self, challenge: Option<&str>, now: Instant) {
        let secret = &self.login.secret;
        let proof = challenge.map_or(Proof::Plain(secret), |challenge| Proof::Challenge {
            challenge,
            secret,
        });
        let request = action::login(&self.login.user, &self.login.events, proof);
        self.ask(&request, |id| Phase::LoggingIn {
            id,
            until: now + LOGIN,
        });
    }

    fn ask(&mut self, request: &Request, next: impl FnOnce(ActionId) -> Phase) {
        match self.write(request) {
            Ok(id) => self.phase = next(id),
            Err(error) => self.end(Over::BadCredentials(error)),
        }
    }

    pub(super) fn challenged(&mut self, frame: &Frame, now: Instant) {
        match frame.get("Challenge").map(Value::text) {
            Some(challenge) => self.log_in(Some(&challenge), now),
            None if self.login.method == Method::ChallengeOrPlain => self.log_in(None, now),
            None => self.end(Over::of_login(frame)),
        }
    }

    pub(super) fn logged_in(&mut self, frame: &Frame, now: Instant) {
        if !frame
            .get("Response")
            .is_some_and(|value| value.is("Success"))
        {
            self.end(Over::of_login(frame));
            return;
        }
        self.phase = Phase::In;
        self.boot = Some(now + BOOT);
        self.pulse.heard(now);
        self.events.push_back(SessionEvent::LoggedIn);
    }
}

/// Before the login there is one question at a time, so an answer without ActionID can only be to that.
pub(super) fn is_answer_to(frame: &Frame, id: &ActionId) -> bool {
    frame.get("Response").is_some()
        && frame
            .get("ActionID")
            .is_none_or(|value| value.bytes() == id.as_str().as_bytes())
}

fn printable(bytes: &[u8]) -> String {
    Value::of(&bytes[..bytes.len().min(60)])
        .text()
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}
