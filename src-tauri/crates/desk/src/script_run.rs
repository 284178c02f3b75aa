//! Running an action file: one login without a picture, one action after the other, each answered before the next is written. Nothing
//! is written twice, and nothing more once an answer has stayed away.

use std::time::Duration;

use ami::script::ScriptAction;
use ami::{ActionId, Frame, Login, Method, Session, SessionEvent};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

use crate::clock::Clock;
use crate::dialer::Stream;
use crate::exchange::link_error;
use crate::{Connection, LinkError, Protection};

/// A login, or a goodbye, is a few hundred bytes: whoever does not take them within this takes none any more.
const TAKES: Duration = Duration::from_secs(5);

/// What is known of an action of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptOutcome {
    /// The PBX said success, and all of its list has come. For what moves a call that means "accepted", not "done".
    Accepted,
    /// The PBX said error.
    Failed,
    /// It was written, and no whole answer came: nobody knows whether it was carried out. It is not sent again.
    Unknown(Unanswered),
    /// It was not written.
    NotSent,
}

/// Why an answer stayed away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Nothing came in time.
    #[error("no answer came in time")]
    Late,
    /// The PBX reads no more, so that the action may have reached it in part.
    #[error("the PBX has stopped reading: the action could not be written to its end in time")]
    Unread,
    /// The link ended first.
    #[error(transparent)]
    Link(#[from] LinkError),
}

impl Unanswered {
    /// For whoever is not logged in yet: nothing of a file was written.
    fn before_login(self) -> LinkError {
        match self {
            Self::Link(error) => error,
            Self::Late | Self::Unread => LinkError::Silence,
        }
    }
}

/// What became of an action of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptReport {
    /// What is known.
    pub outcome: ScriptOutcome,
    /// The answer, if one came.
    pub reply: Option<Frame>,
    /// The items of its list, as many as have come.
    pub items: Vec<Frame>,
}

/// Logs in and carries the actions out in their order. `within` is how long each may take to answer; `tell` hears of each as it ends.
///
/// # Errors
/// Why the login did not come about: nothing of the file was written then.
pub async fn run_script(
    connection: Connection,
    actions: &[ScriptAction],
    within: Duration,
    mut tell: impl FnMut(&ScriptAction, &ScriptReport),
) -> Result<(), LinkError> {
    let mut line = Line::open(connection).await?;
    let logged_in = line.log_in().await;
    logged_in.map_err(Unanswered::before_login)?;
    let mut goes_on = true;
    for action in actions {
        let report = if goes_on {
            line.carry_out(action, within).await
        } else {
            ScriptReport::of(ScriptOutcome::NotSent)
        };
        goes_on &= !report.ends_the_line();
        tell(action, &report);
    }
    if goes_on {
        line.session.log_off();
        // Whether the goodbye arrives changes nothing.
        drop(line.write(TAKES).await);
    }
    Ok(())
}

impl ScriptReport {
    fn of(outcome: ScriptOutcome) -> Self {
        Self {
            outcome,
            reply: None,
            items: Vec::new(),
        }
    }

    fn ends_the_line(&self) -> bool {
        let goodbye = |frame: &Frame| {
            frame
                .get("Response")
                .is_some_and(|value| value.is("Goodbye"))
        };
        matches!(
            self.outcome,
            ScriptOutcome::Unknown(_) | ScriptOutcome::NotSent
        ) || self.reply.as_ref().is_some_and(goodbye)
    }
}

/// One login on one connection.
struct Line {
    stream: Box<dyn Stream>,
    session: Session,
    clock: Clock,
    buffer: Vec<u8>,
    greeted: bool,
}

impl Line {
    async fn open(connection: Connection) -> Result<Self, LinkError> {
        let clock = Clock::start();
        let login = Login {
            method: match connection.profile.protection {
                Protection::Plain => Method::Challenge,
                Protection::Tls { .. } => Method::ChallengeOrPlain,
            },
            user: connection.profile.user,
            secret: connection.secret,
            // FullyBooted, and little else: what an action does is told by its answer alone.
            events: "system".to_owned(),
        };
        let stream = connection.dialer.dial().await?;
        Ok(Self {
            session: Session::new(login, Uuid::new_v4(), clock.now().std()),
            stream,
            clock,
            buffer: vec![0; 256 * 1024],
            greeted: false,
        })
    }

    /// Until the PBX has loaded its modules: before, half of its actions are unknown to it.
    async fn log_in(&mut self) -> Result<(), Unanswered> {
        loop {
            match self.next(TAKES).await? {
                SessionEvent::Greeted { .. } => self.greeted = true,
                SessionEvent::Booted { .. } => return Ok(()),
                SessionEvent::LoggedIn
                | SessionEvent::Event(_)
                | SessionEvent::Item(..)
                | SessionEvent::Listed(..)
                | SessionEvent::Reply(..)
                | SessionEvent::Expired(_)
                | SessionEvent::Pong(_)
                | SessionEvent::Stray
                | SessionEvent::Over(_) => {}
            }
        }
    }

    async fn carry_out(&mut self, action: &ScriptAction, within: Duration) -> ScriptReport {
        let now = self.clock.now().std();
        let id = self.session.send_scripted(action, within, now);
        let mut report = ScriptReport::of(ScriptOutcome::Accepted);
        let answer = self.answer(&id, within, &mut report).await;
        report.outcome = answer.unwrap_or_else(ScriptOutcome::Unknown);
        report
    }

    async fn answer(
        &mut self,
        id: &ActionId,
        within: Duration,
        report: &mut ScriptReport,
    ) -> Result<ScriptOutcome, Unanswered> {
        loop {
            match self.next(within).await? {
                SessionEvent::Reply(of, reply) if of == *id => {
                    let lists = begins_a_list(&reply.frame);
                    report.reply = Some(reply.frame);
                    match (reply.accepted, lists) {
                        (true, true) => {}
                        (true, false) => return Ok(ScriptOutcome::Accepted),
                        (false, _) => return Ok(ScriptOutcome::Failed),
                    }
                }
                SessionEvent::Item(of, item) if of == *id => report.items.push(item),
                SessionEvent::Listed(of, _) if of == *id => return Ok(ScriptOutcome::Accepted),
                SessionEvent::Expired(of) if of == *id => {
                    return Err(Unanswered::Late);
                }
                SessionEvent::Greeted { .. }
                | SessionEvent::LoggedIn
                | SessionEvent::Booted { .. }
                | SessionEvent::Event(_)
                | SessionEvent::Item(..)
                | SessionEvent::Listed(..)
                | SessionEvent::Reply(..)
                | SessionEvent::Expired(_)
                | SessionEvent::Pong(_)
                | SessionEvent::Stray
                | SessionEvent::Over(_) => {}
            }
        }
    }

    /// `within`: so long the PBX may take to read what is written.
    async fn next(&mut self, within: Duration) -> Result<SessionEvent, Unanswered> {
        loop {
            match self.session.poll_event() {
                Some(SessionEvent::Over(over)) => return Err(link_error(over).into()),
                Some(event) => return Ok(event),
                None => self.turn(within).await?,
            }
        }
    }

    /// Writes what is to be written, and waits for bytes or for the next deadline.
    async fn turn(&mut self, within: Duration) -> Result<(), Unanswered> {
        self.write(within).await?;
        let due = self.session.poll_timeout();
        let due = due.map_or(self.clock.now().instant, tokio::time::Instant::from_std);
        let read = tokio::time::timeout_at(due, self.stream.read(&mut self.buffer)).await;
        let now = self.clock.now().std();
        match read {
            Ok(Ok(count)) if count > 0 => self.session.receive(&self.buffer[..count], now),
            Ok(_) => return Err(self.closed().into()),
            Err(_) => self.session.handle_timeout(now),
        }
        Ok(())
    }

    /// What was begun and cannot be ended ends the line: nobody knows how much of it has gone.
    async fn write(&mut self, within: Duration) -> Result<(), Unanswered> {
        while let Some(bytes) = self.session.poll_transmit() {
            let stream = &mut self.stream;
            let all = async {
                stream.write_all(&bytes).await?;
                stream.flush().await
            };
            match tokio::time::timeout(within, all).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Err(self.closed().into()),
                Err(_) => return Err(Unanswered::Unread),
            }
        }
        Ok(())
    }

    fn closed(&self) -> LinkError {
        if self.greeted {
            LinkError::Closed
        } else {
            LinkError::ClosedEarly
        }
    }
}

fn begins_a_list(reply: &Frame) -> bool {
    reply
        .get("EventList")
        .is_some_and(|value| value.is("start"))
}
