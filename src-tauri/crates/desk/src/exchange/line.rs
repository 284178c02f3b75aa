//! The link of one PBX: dialled, logged in over, lost, closed.

use std::net::IpAddr;

use ami::session::Over;
use ami::{Login, Method, Session};
use rand::Rng;
use uuid::Uuid;

use super::{CLASSES, Exchange, LinkKey};
use crate::backoff::needs_a_person;
use crate::clock::Now;
use crate::exchange::rooms::Rooms;
use crate::exchange::sync::Sync;
use crate::exchange::wake::Check;
use crate::flight::Mark;
use crate::link::{self, LinkNews, LinkWriter, Post};
use crate::{LinkError, Protection, Status};

impl Exchange {
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

    pub(super) fn dial(&mut self, post: &Post<LinkKey>, now: Now) {
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

    /// The link is gone: what was live is frozen, what was written may have happened, and nothing is ever sent again.
    pub(super) fn lost(&mut self, error: LinkError, now: Now, chance: &mut impl Rng) {
        if self.is_live() {
            self.freeze(now);
            self.flight.mark(Mark::Lost, now.millis);
        }
        self.stopping = false;
        self.lag = None;
        self.check = Check::default();
        self.rooms = Rooms::default();
        self.forget_link();
        if let Some(task) = self.task.take() {
            task.abort();
        }
        self.writer = None;
        self.session = None;
        self.sync = Sync::default();
        self.plans_lost(now);
        self.net.link_lost();
        self.begin_a_board();
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
                let known = self.frozen.as_ref().map(|frozen| frozen.since);
                known.or(self.heard).unwrap_or(now.millis)
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
