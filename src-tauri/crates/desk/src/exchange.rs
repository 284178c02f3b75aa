//! One PBX as the desk holds it: link, session, board, running plans, and how they stand. No task of its own: the desk's loop turns it.

mod audit;
mod blind;
mod boot;
mod consultations;
mod difference;
mod journaling;
mod line;
mod mailboxes;
mod net;
mod people;
mod picture;
mod plans;
mod queue_news;
mod recorded;
mod rooms;
mod sync;
mod unsettled;
mod wake;

use ami::event::SystemEvent;
use ami::{Event, Frame, Permissions, Session, SessionEvent};
use board::{Board, Millis, PbxId, Place};
use rand::Rng;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::backoff::Backoff;
use crate::clock::Now;
use crate::flight::Flight;
use crate::handle::Connection;
use crate::link::{LinkWriter, Post};
use crate::{Advisory, Blind, GapView, Status};
use audit::Audit;
use blind::{DEAF, deaf};
pub(crate) use boot::Boot;
pub(crate) use journaling::Keeping;
pub(crate) use line::link_error;
use net::Net;
use picture::{Frozen, Given};
use plans::Plans;
use queue_news::QueueNews;
use rooms::Rooms;
use sync::Sync;
pub(crate) use unsettled::Adrift;
use wake::Check;

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
    /// What whoever looks has been given.
    given: Given,
    /// Something on show may be other than it was when last looked at.
    changed: bool,
    /// The picture while it was last live: shown, marked as old, until it is live again.
    frozen: Option<Frozen>,
    /// What was found when it was back the last time.
    gap: Option<GapView>,
    permissions: Permissions,
    sync: Sync,
    plans: Plans,
    keeping: Keeping,
    net: Net,
    status: Status,
    since: Millis,
    heard: Option<Millis>,
    version: Option<String>,
    advisories: Vec<Advisory>,
    blind: Vec<Blind>,
    booted: bool,
    boot: Boot,
    /// It has said that it is going down.
    stopping: bool,
    /// How long the last answer to a ping took, in milliseconds.
    lag: Option<u32>,
    check: Check,
    rooms: Rooms,
    queue_news: QueueNews,
    audit: Audit,
    /// What was heard and done lately.
    flight: Flight,
    backoff: Backoff,
    retry: Option<Instant>,
}

impl Exchange {
    pub(crate) fn new(connection: Connection, keeping: &Keeping, now: Now) -> Self {
        let keeping = match connection.dialer.is_for_real() {
            true => keeping.clone(),
            false => Keeping::with(None),
        };
        Self {
            keeping,
            board: board(&connection),
            given: Given::default(),
            changed: true,
            connection,
            generation: 0,
            task: None,
            writer: None,
            session: None,
            frozen: None,
            gap: None,
            permissions: Permissions::default(),
            sync: Sync::default(),
            plans: Plans::default(),
            net: Net::default(),
            status: Status::Dialing,
            since: now.millis,
            heard: None,
            version: None,
            advisories: Vec::new(),
            blind: Vec::new(),
            booted: false,
            boot: Boot::default(),
            stopping: false,
            lag: None,
            check: Check::default(),
            rooms: Rooms::default(),
            queue_news: QueueNews::default(),
            audit: Audit::default(),
            flight: Flight::default(),
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
        self.flight = std::mem::take(&mut old.flight);
        self.net = std::mem::take(&mut old.net);
        self.given = std::mem::take(&mut old.given);
        self.plans_lost(now);
        self.net.link_lost();
    }

    /// Which link news must be from to count.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    pub(crate) fn is_live(&self) -> bool {
        self.status == Status::Live
    }

    /// The board has changed: whoever looks next sees it anew.
    fn board_changed(&mut self) {
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
        let plans = self.plans.due().map(&at);
        let net = self.net.due().filter(|_| self.is_live()).map(&at);
        let unsettled = self.plans.unsettled_due().map(&at);
        let live = [self.rooms.due(), self.audit.due(), unsettled];
        let live = live.into_iter().filter(|_| self.is_live());
        [self.retry, session, plans, net, self.check.due()]
            .into_iter()
            .chain(live)
            .flatten()
            .min()
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
        self.look_at_check(now, chance);
    }

    /// Takes in what the session has to tell, and writes what it wants to say.
    fn turn(&mut self, now: Now, chance: &mut impl Rng) {
        while let Some(event) = self.session.as_mut().and_then(Session::poll_event) {
            self.session_event(event, now, chance);
        }
        self.look_at_rooms(now);
        self.look_at_audit(now, chance);
        // Before the consultations are looked at, and no harm in it: whoever writes resolves the wish anew on the board of now, and how a
        // consultation stands is read off that board as well. Nothing goes out for a caller who is seen to be gone in this very turn; nor
        // later, for a caller whom the watcher brings back is not moved while another operation of ours is about them.
        self.write_overdue(now);
        self.watch_plans(now);
        self.look_at_net(now);
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
            SessionEvent::Event(frame) => self.live_event(frame, now),
            SessionEvent::Item(id, frame) if self.audit.reads(&id) => self.audit.item(frame),
            SessionEvent::Item(id, frame) if self.net.reads(&id) => self.net.item(&id, &frame),
            SessionEvent::Item(_, frame) => {
                self.board.apply_item(&Event::read(&frame), now.millis);
                self.board_changed();
            }
            SessionEvent::Listed(id, listing) => self.listed(&id, listing, now),
            SessionEvent::Reply(id, reply) => self.replied(&id, &reply, now),
            SessionEvent::Expired(id) => self.expired(&id, now, chance),
            SessionEvent::Pong(took) => self.ponged(took, now),
            SessionEvent::Stray => tracing::debug!(pbx = %self.pbx(), "a frame that fits nowhere"),
            SessionEvent::Over(over) => self.lost(link_error(over), now, chance),
        }
    }

    /// Nothing is known of the calls any more; of recordings no list will tell.
    fn begin_a_board(&mut self) {
        let recorded = self.board.recordings();
        self.board = board(&self.connection);
        self.board.were_recorded(recorded);
    }

    fn logged_in(&mut self, now: Now) {
        tracing::info!(pbx = %self.pbx(), "logged in");
        self.begin_a_board();
        self.board_changed();
        self.permissions = Permissions::default();
        self.blind.clear();
        self.booted = false;
        self.boot = Boot::default();
        self.queue_news = QueueNews::default();
        self.audit = Audit::default();
        self.backoff.reset();
        self.set_status(Status::Loading, now);
    }

    fn live_event(&mut self, frame: Frame, now: Now) {
        self.blind.retain(|blind| blind.action != DEAF);
        let event = Event::read(&frame);
        self.board.apply(&event, now.millis);
        self.board_changed();
        self.plans.event(&event, &self.board, now.millis);
        self.net.event(&event, &self.board);
        self.audit.event(&event);
        if let Event::System(event) = &event {
            self.system_event(event, now);
        }
        if let Event::Conference(event) = &event {
            self.room_event(event, now);
        }
        if let Event::Queue(_) = &event {
            self.queue_event();
        }
        self.flight.frame(frame, now.millis);
    }

    fn system_event(&mut self, event: &SystemEvent, now: Now) {
        match event {
            SystemEvent::FullyBooted { uptime } => self.boot.reckon(*uptime, now.millis),
            SystemEvent::Shutdown => self.stopping = true,
            SystemEvent::Reload => self.reload(now),
        }
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

fn board(connection: &Connection) -> Board {
    let profile = &connection.profile;
    let place = Place {
        me: profile.me.clone(),
        context: profile.context.clone(),
        conferences: profile.conferences.clone(),
        voicemail: profile.rules.voicemail_context.clone(),
    };
    Board::new(profile.pbx.clone(), place)
}
