//! One login: greeting, challenge, answers matched to actions, lists, deadlines, pings. No I/O: bytes and `now` go in,
//! events, bytes to send and the next deadline come out.

mod answers;
mod login;
mod over;
mod timing;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::action;
use crate::frame::{Frame, FrameReader, Limits, Read};
use crate::quirks::Quirks;
use crate::request::{Action, ActionId, Answer, EncodeError, Request};
use crate::script::ScriptAction;
use crate::secret::Secret;
use answers::Answers;
pub use answers::{Listing, Reply};
use login::is_answer_to;
pub use over::Over;
use timing::{GREETING, Pulse};

/// Who logs in, and how.
#[derive(Debug, Clone)]
pub struct Login {
    /// The AMI user.
    pub user: String,
    /// Its secret.
    pub secret: Secret,
    /// How it is proved.
    pub method: Method,
    /// The classes of events wanted, e.g. `system,call,agent,user`; `off` for none.
    pub events: String,
}

/// How the secret is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By MD5 over the PBX's challenge: the secret never travels.
    Challenge,
    /// By MD5; in clear if the PBX knows no challenge. Only where the link itself is safe.
    ChallengeOrPlain,
    /// In clear. Only where the link itself is safe.
    Plain,
}

/// What a session has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionEvent {
    /// An AMI answered, in this version of the protocol.
    Greeted {
        /// E.g. `11.0.0`. Never decide by it: ask `ListCommands`.
        version: String,
    },
    /// The login was accepted. Events flow from here.
    LoggedIn,
    /// Lists are worth asking for: everything is loaded (`told`), or three seconds have passed without a word, as happens to
    /// accounts that may not read `system`.
    Booted {
        /// `FullyBooted` has been seen.
        told: bool,
    },
    /// A live event.
    Event(Frame),
    /// An item of a list we asked for.
    Item(ActionId, Frame),
    /// The end of a list.
    Listed(ActionId, Listing),
    /// The answer to an action.
    Reply(ActionId, Reply),
    /// No answer came in time.
    Expired(ActionId),
    /// The answer to a ping, this long after it.
    Pong(Duration),
    /// Something that fits nowhere: an answer to nothing we asked, or a message over the limits.
    Stray,
    /// The session has ended and will say nothing more.
    Over(Over),
}

#[derive(Debug)]
enum Phase {
    Greeting { until: Instant },
    Challenging { id: ActionId, until: Instant },
    LoggingIn { id: ActionId, until: Instant },
    In,
    Over,
}

/// One login on one connection.
#[derive(Debug)]
pub struct Session {
    login: Login,
    reader: FrameReader,
    phase: Phase,
    tag: Uuid,
    actions: u64,
    out: VecDeque<Vec<u8>>,
    events: VecDeque<SessionEvent>,
    answers: Answers,
    pulse: Pulse,
    /// The translation of an old server's words; none for a server of today.
    quirks: Option<Quirks>,
    /// When to stop waiting for `FullyBooted`.
    boot: Option<Instant>,
}

impl Session {
    /// A session on a fresh connection. `tag` makes its ActionIDs unique in the world.
    #[must_use]
    pub fn new(login: Login, tag: Uuid, now: Instant) -> Self {
        Self {
            login,
            reader: FrameReader::new(Limits::default()),
            phase: Phase::Greeting {
                until: now + GREETING,
            },
            tag,
            actions: 0,
            out: VecDeque::new(),
            events: VecDeque::new(),
            answers: Answers::default(),
            pulse: Pulse::new(now),
            quirks: None,
            boot: None,
        }
    }

    /// Takes in what the socket gave.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) {
        self.reader.push(bytes);
        self.pulse.heard(now);
        if matches!(self.phase, Phase::Greeting { .. }) {
            self.greet(now);
        }
        if matches!(self.phase, Phase::Greeting { .. } | Phase::Over) {
            return;
        }
        while let Some(read) = self.reader.next_frame() {
            match read {
                Read::Frame(frame) => self.understand(frame, now),
                Read::Skipped => self.events.push_back(SessionEvent::Stray),
            }
        }
    }

    fn understand(&mut self, frame: Frame, now: Instant) {
        let Some(quirks) = &mut self.quirks else {
            self.take(frame, now);
            return;
        };
        for frame in quirks.translate(frame) {
            self.take(frame, now);
        }
    }

    /// Whether the server speaks a dialect from before Asterisk 14, so that what it says is translated as well as can be.
    #[must_use]
    pub fn best_effort(&self) -> bool {
        self.quirks.is_some()
    }

    /// Acts on whatever is due: deadlines of answers, pings, silence.
    pub fn handle_timeout(&mut self, now: Instant) {
        match &self.phase {
            Phase::Greeting { until } if now >= *until => self.end(Over::NoGreeting),
            Phase::Challenging { until, .. } | Phase::LoggingIn { until, .. } if now >= *until => {
                self.end(Over::NoAnswerToLogin)
            }
            Phase::In => self.tend(now),
            Phase::Greeting { .. }
            | Phase::Challenging { .. }
            | Phase::LoggingIn { .. }
            | Phase::Over => {}
        }
    }

    fn tend(&mut self, now: Instant) {
        for id in self.answers.expire(now) {
            self.events.push_back(SessionEvent::Expired(id));
        }
        if self.boot.is_some_and(|until| now >= until) {
            self.boot = None;
            self.events.push_back(SessionEvent::Booted { told: false });
        }
        if self.pulse.is_dead(now) {
            self.end(Over::Silence);
        } else if self.pulse.ping_is_due(now)
            && let Ok(id) = self.write(&action::ping())
        {
            self.pulse.pinged(id, now);
        }
    }

    /// Sends an action once. Its answer, its items or its expiry come back under the id.
    ///
    /// # Errors
    /// A value that AMI cannot carry; nothing is written then.
    pub fn send(&mut self, action: &impl Action, now: Instant) -> Result<ActionId, EncodeError> {
        self.send_request(&action.request(), now)
    }

    /// Like [`Session::send`], for an action that is a request already.
    ///
    /// # Errors
    /// A value that AMI cannot carry; nothing is written then.
    pub fn send_request(
        &mut self,
        request: &Request,
        now: Instant,
    ) -> Result<ActionId, EncodeError> {
        let old = self.quirks.as_ref().and_then(|old| old.action(request));
        let request = old.as_ref().unwrap_or(request);
        let id = self.write(request)?;
        self.answers.expect(id.clone(), request.answer(), now);
        if let Some(quirks) = &mut self.quirks {
            quirks.asked(request.name(), id.as_str());
        }
        Ok(id)
    }

    /// Sends an action out of a file once. First comes its [`SessionEvent::Reply`]; if that says that a list begins, items follow and
    /// an end.
    pub fn send_scripted(
        &mut self,
        action: &ScriptAction,
        within: Duration,
        now: Instant,
    ) -> ActionId {
        let id = self.next_id();
        self.out.push_back(action.encode(&id));
        self.answers
            .expect_until(id.clone(), Answer::Either, now + within);
        id
    }

    /// Says goodbye; nothing more is sent.
    pub fn log_off(&mut self) {
        if matches!(self.phase, Phase::In) && self.write(&action::logoff()).is_ok() {
            self.phase = Phase::Over;
        }
    }

    /// Asks at once whether the PBX still answers: [`SessionEvent::Pong`] tells. Answers to earlier pings count no more.
    pub fn check(&mut self, now: Instant) {
        if matches!(self.phase, Phase::In)
            && let Ok(id) = self.write(&action::ping())
        {
            self.pulse.pinged(id, now);
        }
    }

    /// Pings every second instead of every two, while an operation is open.
    pub fn set_brisk(&mut self, brisk: bool) {
        self.pulse.set_brisk(brisk);
    }

    /// When the PBX last said anything.
    #[must_use]
    pub fn heard_at(&self) -> Instant {
        self.pulse.heard_at()
    }

    /// Bytes to write, if any.
    #[must_use]
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    /// News, if any.
    #[must_use]
    pub fn poll_event(&mut self) -> Option<SessionEvent> {
        self.events.pop_front()
    }

    /// When [`Session::handle_timeout`] is due next.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Greeting { until }
            | Phase::Challenging { until, .. }
            | Phase::LoggingIn { until, .. } => Some(*until),
            Phase::In => [Some(self.pulse.due()), self.boot, self.answers.due()]
                .into_iter()
                .flatten()
                .min(),
            Phase::Over => None,
        }
    }

    fn take(&mut self, frame: Frame, now: Instant) {
        match &self.phase {
            Phase::In => self.sort(frame, now),
            Phase::Challenging { id, .. } if is_answer_to(&frame, id) => {
                self.challenged(&frame, now)
            }
            Phase::LoggingIn { id, .. } if is_answer_to(&frame, id) => self.logged_in(&frame, now),
            Phase::Greeting { .. }
            | Phase::Challenging { .. }
            | Phase::LoggingIn { .. }
            | Phase::Over => {}
        }
    }

    /// Event wins over response; an ActionID we know makes an event a list item.
    fn sort(&mut self, frame: Frame, now: Instant) {
        let id = frame
            .get("ActionID")
            .map(|value| ActionId::new(value.text().into_owned()));
        let event = frame.event().map(|name| name == "FullyBooted");
        match (event, id) {
            (Some(booted), id) => {
                if let Some(news) = id.and_then(|id| self.answers.item(&id, &frame, now)) {
                    self.pulse.answered(now);
                    self.events.extend(news.into_event(frame));
                    return;
                }
                if booted {
                    self.boot = None;
                    self.events.push_back(SessionEvent::Booted { told: true });
                }
                self.events.push_back(SessionEvent::Event(frame));
            }
            (None, Some(id)) if self.pulse.answers(&id) => {
                let took = self.pulse.ponged(now);
                self.events.push_back(SessionEvent::Pong(took));
            }
            (None, Some(id)) => {
                let news = self.answers.response(&id, frame, now);
                if news.is_some() {
                    self.pulse.answered(now);
                }
                self.events
                    .extend(news.unwrap_or(Some(SessionEvent::Stray)));
            }
            (None, None) => self.events.push_back(SessionEvent::Stray),
        }
    }

    fn write(&mut self, request: &Request) -> Result<ActionId, EncodeError> {
        let id = self.next_id();
        let bytes = request.encode(&id)?;
        self.out.push_back(bytes);
        Ok(id)
    }

    fn next_id(&mut self) -> ActionId {
        self.actions += 1;
        ActionId::new(format!("{}-{}", self.tag.simple(), self.actions))
    }

    fn end(&mut self, over: Over) {
        self.phase = Phase::Over;
        self.events.push_back(SessionEvent::Over(over));
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
