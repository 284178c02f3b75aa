//! One PBX as the desk holds it: link, session, board, running plans, and how they stand. No task of its own: the desk's loop turns it.

mod picture;
mod plans;
mod sync;

use std::cell::OnceCell;
use std::net::IpAddr;

use ami::event::SystemEvent;
use ami::session::Over;
use ami::{Event, Frame, Login, Method, Permissions, Session, SessionEvent};
use board::{Board, Millis, PbxId, Picture, Place, Thing};
use rand::Rng;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use uuid::Uuid;

use crate::backoff::{Backoff, needs_a_person};
use crate::clock::Now;
use crate::handle::Connection;
use crate::link::{self, LinkNews, LinkWriter, Post};
use crate::{Blind, LinkError, Protection, Status};
use plans::Plans;
use sync::Sync;

/// The event classes a switchboard lives on. `reporting` is left out: RTCP rides on it; `dialplan` is most of the volume and none of the use.
pub(crate) const CLASSES: &str = "system,call,agent,user";

/// Which link a piece of news is from: a PBX, and the how-manieth link to it.
pub(crate) type LinkKey = (PbxId, u64);

/// A PBX.
#[derive(Debug)]
pub(crate) struct Exchange {
    connection: Connection,
    /// Counts links: news of an older one is ignored.
    generation: u64,
    task: Option<JoinHandle<()>>,
    writer: Option<LinkWriter>,
    session: Option<Session>,
    board: Board,
    /// The board as the operator sees it: made once for all who look between two changes.
    picture: OnceCell<Picture<Thing>>,
    /// Something on show may be other than it was when last looked at.
    changed: bool,
    /// The picture while it was last live: shown, marked as old, until it is live again.
    frozen: Option<Picture<Thing>>,
    permissions: Permissions,
    sync: Sync,
    plans: Plans,
    status: Status,
    since: Millis,
    heard: Option<Millis>,
    version: Option<String>,
    blind: Vec<Blind>,
    booted: bool,
    backoff: Backoff,
    retry: Option<Instant>,
}

impl Exchange {
    pub(crate) fn new(connection: Connection, now: Now) -> Self {
        Self {
            board: board(&connection),
            picture: OnceCell::new(),
            changed: true,
            connection,
            generation: 0,
            task: None,
            writer: None,
            session: None,
            frozen: None,
            permissions: Permissions::default(),
            sync: Sync::default(),
            plans: Plans::default(),
            status: Status::Dialing,
            since: now.millis,
            heard: None,
            version: None,
            blind: Vec::new(),
            booted: false,
            backoff: Backoff::default(),
            retry: Some(now.instant),
        }
    }

    pub(crate) fn pbx(&self) -> &PbxId {
        &self.connection.profile.pbx
    }

    /// Takes the place of `old`, which says goodbye: news of its link count no more, and its operations are shown to their end.
    pub(crate) fn replace(&mut self, mut old: Self, now: Now) {
        old.close();
        self.generation = old.generation;
        self.plans = std::mem::take(&mut old.plans);
        self.plans.link_lost(now.millis);
    }

    /// Which link news must be from to count.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    pub(crate) fn is_live(&self) -> bool {
        self.status == Status::Live
    }

    /// Says goodbye and closes.
    pub(crate) fn close(&mut self) {
        if let Some(session) = &mut self.session {
            session.log_off();
        }
        self.transmit();
        if let Some(task) = self.task.take().filter(|_| self.writer.is_none()) {
            task.abort();
        }
        // The writer sends what is queued, then closes; the reader ends with it.
        self.writer = None;
        self.session = None;
        self.forget_link();
    }

    /// Whatever the link still has to tell is about the past: its end must not be taken for the end of the next one.
    fn forget_link(&mut self) {
        self.generation += 1;
    }

    /// The board has changed: whoever looks next sees it anew.
    fn board_changed(&mut self) {
        self.picture.take();
        self.changed = true;
    }

    /// Whether there may be something new to show.
    pub(crate) fn is_changed(&self) -> bool {
        self.changed
    }

    /// What there is has been shown.
    pub(crate) fn shown(&mut self) {
        self.changed = false;
    }

    /// When it wants to be turned next.
    pub(crate) fn due(&self, at: impl Fn(Millis) -> Instant) -> Option<Instant> {
        let session = self
            .session
            .as_ref()
            .and_then(Session::poll_timeout)
            .map(Instant::from_std);
        let plans = self.plans.due().map(at);
        [self.retry, session, plans].into_iter().flatten().min()
    }

    /// Whatever is due: a new attempt, pings, deadlines.
    pub(crate) fn tick(&mut self, now: Now, post: &Post<LinkKey>, chance: &mut impl Rng) {
        if self.retry.is_some_and(|at| now.instant >= at) {
            self.retry = None;
            self.dial(post, now);
        }
        if let Some(session) = &mut self.session {
            session.handle_timeout(now.std());
        }
        self.turn(now, chance);
    }

    fn dial(&mut self, post: &Post<LinkKey>, now: Now) {
        self.generation += 1;
        let key = (self.pbx().clone(), self.generation);
        self.task = Some(link::open(key, &self.connection.dialer, post.clone()));
        if !matches!(self.status, Status::Lost { .. }) {
            self.set_status(Status::Dialing, now);
        }
    }

    /// News from the link.
    pub(crate) fn news(&mut self, news: LinkNews, now: Now, chance: &mut impl Rng) {
        match news {
            LinkNews::Connected(writer) => self.connected(writer, now),
            LinkNews::Bytes(bytes) => {
                if let Some(writer) = &self.writer {
                    writer.read(bytes.len());
                }
                if let Some(session) = &mut self.session {
                    session.receive(&bytes, now.std());
                    self.turn(now, chance);
                    self.hear(now);
                }
            }
            LinkNews::Lost(error) => {
                let early = self.session.is_some() && self.heard_nothing();
                let error = if early && error == LinkError::Closed {
                    LinkError::ClosedEarly
                } else {
                    error
                };
                self.lost(error, now, chance);
            }
        }
        self.turn(now, chance);
    }

    /// While there is no login nothing is known of the PBX, whatever it says: the age of the picture goes on.
    fn hear(&mut self, now: Now) {
        if !matches!(self.status, Status::Loading | Status::Live) {
            return;
        }
        self.changed |= self
            .heard
            .is_none_or(|before| before / 1000 != now.millis / 1000);
        self.heard = Some(now.millis);
    }

    fn heard_nothing(&self) -> bool {
        self.sync.version().is_none() && !matches!(self.status, Status::Live | Status::Loading)
    }

    fn connected(&mut self, writer: LinkWriter, now: Now) {
        let login = Login {
            user: self.connection.profile.user.clone(),
            secret: self.connection.secret.clone(),
            method: if self.is_private() {
                Method::ChallengeOrPlain
            } else {
                Method::Challenge
            },
            events: CLASSES.to_owned(),
        };
        self.writer = Some(writer);
        self.session = Some(Session::new(login, Uuid::new_v4(), now.std()));
        self.sync = Sync::default();
    }

    /// Nobody on the way can read it: TLS, or this very machine.
    pub(crate) fn is_private(&self) -> bool {
        let profile = &self.connection.profile;
        let address = profile.host.parse::<IpAddr>();
        let loopback =
            profile.host == "localhost" || address.is_ok_and(|address| address.is_loopback());
        profile.protection != Protection::Plain || loopback
    }

    /// Takes in what the session has to tell, and writes what it wants to say.
    fn turn(&mut self, now: Now, chance: &mut impl Rng) {
        while let Some(event) = self.session.as_mut().and_then(Session::poll_event) {
            self.session_event(event, now, chance);
        }
        self.watch_plans(now);
        self.transmit();
    }

    fn transmit(&mut self) {
        let (Some(session), Some(writer)) = (&mut self.session, &self.writer) else {
            return;
        };
        while let Some(bytes) = session.poll_transmit() {
            writer.send(bytes);
        }
    }

    fn session_event(&mut self, event: SessionEvent, now: Now, chance: &mut impl Rng) {
        match event {
            SessionEvent::Greeted { version } => self.sync.greeted(version),
            SessionEvent::LoggedIn => self.logged_in(now),
            SessionEvent::Booted { told } => {
                self.booted |= told;
                self.load(now);
                if !told {
                    self.blind.push(deaf());
                }
            }
            SessionEvent::Event(frame) => self.live_event(&frame, now),
            SessionEvent::Item(_, frame) => {
                self.board.apply_item(&Event::read(&frame), now.millis);
                self.board_changed();
            }
            SessionEvent::Listed(id, listing) => self.listed(&id, listing, now),
            SessionEvent::Reply(id, reply) => self.replied(&id, &reply, now),
            SessionEvent::Expired(id) => self.expired(&id, now, chance),
            SessionEvent::Pong(took) => tracing::trace!(pbx = %self.pbx(), ?took, "pong"),
            SessionEvent::Stray => tracing::debug!(pbx = %self.pbx(), "a frame that fits nowhere"),
            SessionEvent::Over(over) => self.lost(link_error(over), now, chance),
        }
    }

    fn logged_in(&mut self, now: Now) {
        tracing::info!(pbx = %self.pbx(), "logged in");
        self.board = board(&self.connection);
        self.board_changed();
        self.permissions = Permissions::default();
        self.blind.clear();
        self.booted = false;
        self.backoff.reset();
        self.set_status(Status::Loading, now);
    }

    fn live_event(&mut self, frame: &Frame, now: Now) {
        self.blind.retain(|blind| blind.action != DEAF);
        let event = Event::read(frame);
        self.board.apply(&event, now.millis);
        self.board_changed();
        self.plans.event(&event, &self.board, now.millis);
        if let Event::System(SystemEvent::Reload) = event {
            self.reload(now);
        }
    }

    /// The link is gone: what was live is frozen, what was written may have happened, and nothing is ever sent again.
    fn lost(&mut self, error: LinkError, now: Now, chance: &mut impl Rng) {
        if self.is_live() {
            self.frozen = Some(self.picture.take().unwrap_or_else(|| self.board.picture()));
        }
        self.forget_link();
        if let Some(task) = self.task.take() {
            task.abort();
        }
        self.writer = None;
        self.session = None;
        self.sync = Sync::default();
        self.plans.link_lost(now.millis);
        self.board = board(&self.connection);
        self.board_changed();
        if needs_a_person(&error) {
            tracing::warn!(pbx = %self.pbx(), %error, "link refused");
            self.set_status(Status::Refused { reason: error }, now);
            return;
        }
        let wait = self.backoff.next(&error, chance);
        self.retry = Some(now.instant + wait);
        let retry_at = now.millis + u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let since = match &self.status {
            Status::Lost { since, .. } => *since,
            Status::Dialing | Status::Refused { .. } | Status::Loading | Status::Live => {
                self.heard.unwrap_or(now.millis)
            }
        };
        tracing::info!(pbx = %self.pbx(), %error, ?wait, "link lost");
        self.set_status(
            Status::Lost {
                since,
                retry_at,
                reason: error,
            },
            now,
        );
    }

    fn set_status(&mut self, status: Status, now: Now) {
        if std::mem::discriminant(&self.status) != std::mem::discriminant(&status) {
            self.since = now.millis;
        }
        self.status = status;
        self.changed = true;
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.close();
    }
}

const DEAF: &str = "Events";

/// An account that may read nothing is told so by nobody: until an event has come, the picture may be one that never changes.
fn deaf() -> Blind {
    Blind {
        action: DEAF.to_owned(),
        message: "no event has come yet; does the account have read = system,call?".to_owned(),
    }
}

fn board(connection: &Connection) -> Board {
    let profile = &connection.profile;
    let place = Place {
        me: profile.me.clone(),
        context: profile.context.clone(),
        conferences: profile.conferences.clone(),
    };
    Board::new(profile.pbx.clone(), place)
}

pub(crate) fn link_error(over: Over) -> LinkError {
    match over {
        Over::NoGreeting => LinkError::NoGreeting,
        Over::NotAmi { greeting } => LinkError::NotAmi { greeting },
        Over::NoAnswerToLogin | Over::Silence => LinkError::Silence,
        Over::WrongSecret => LinkError::WrongSecret,
        Over::AlreadyLoggedIn => LinkError::AlreadyLoggedIn,
        Over::Refused { message } => LinkError::NoPermission { missing: message },
        Over::BadCredentials(error) => LinkError::Profile {
            detail: format!("user or secret: {error}"),
        },
    }
}
