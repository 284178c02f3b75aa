//! One leg on its way: what it did before, what counts as having reached the goal, what as having failed.
//!
//! Only what follows from our move is evidence. A phone that answered just before the redirect took hold, a bridge the PBX
//! merged, a queue the leg was waiting in already: each would be a false "done", so each is told apart by what was there before.

mod dials;
mod room;

use std::collections::BTreeSet;

use ami::event::{ChannelEvent, DialStatus};
use ami::{ChannelState, Event};
use board::{Board, Channel, Millis, RefKind};

use crate::goal::Goal;
use crate::operation::After;
use crate::outcome::{Evidence, Failure};
use crate::way::{Before, Way};

/// A leg that has answered, dials nobody and stays at the goal's number for this long is with an application there.
const SETTLED: Millis = 1_000;
/// A dial that failed may be followed at once by the next phone of a group or of a hunt: only then is it the end.
const LAST_WORD: Millis = 400;
/// So long after it has left, a leg of which no music is told is taken to be at its new place.
const CALM: Millis = 500;
/// An outside line that never says "ringing" plays it into the call instead (early media).
const EARLY_MEDIA: Millis = 4_000;

/// How a leg stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Progress {
    /// Nothing seen yet.
    Under,
    /// It is there.
    Reached(Evidence),
    /// The target did not take it.
    Failed(Failure),
    /// Its channel is gone.
    Gone,
}

/// A leg we have sent somewhere.
#[derive(Debug)]
pub(super) struct Journey {
    way: Way,
    to: Goal,
    before: Before,
    /// Whom it has rung on our behalf, phones that picked it up included.
    called: BTreeSet<String>,
    /// It has been on its way: see [`Journey::has_left`].
    left: bool,
    /// When that was seen.
    left_at: Option<Millis>,
    /// The bridge it was last seen in away from the goal's number. News that it stands at the number again may overtake the news that it
    /// has left.
    elsewhere: Option<String>,
    /// How the goal's phones ended, if they did without success, and when.
    failure: Option<(Failure, Millis)>,
    reached: Option<Evidence>,
    cause: Option<String>,
    /// Since when it is with somebody else without having been in the room it was sent to.
    turned_away: Option<Millis>,
    /// Since when it sits at the goal without dialling anybody.
    settled: Option<Millis>,
    /// Since when it rings nobody any more.
    quiet: Option<Millis>,
}

impl Journey {
    /// A leg that exists and is moved.
    pub(super) fn of_leg(uniqueid: &str, to: Goal, board: &Board) -> Self {
        let way = Way::of_leg(uniqueid, &to.number);
        Self::new(way, to, Before::of(uniqueid, board))
    }

    /// A leg that an originate makes.
    pub(super) fn of_new_leg(uniqueid: &str, to: Goal) -> Self {
        let way = Way::of_new_leg(uniqueid, &to.number);
        Self::new(way, to, Before::default())
    }

    fn new(way: Way, to: Goal, before: Before) -> Self {
        Self {
            way,
            to,
            before,
            called: BTreeSet::new(),
            left: false,
            left_at: None,
            elsewhere: None,
            failure: None,
            reached: None,
            cause: None,
            turned_away: None,
            settled: None,
            quiet: None,
        }
    }

    pub(super) fn uniqueid(&self) -> &str {
        self.way.uniqueid()
    }

    /// It has been at its goal's number, out of the bridge it was in, and rang nobody: on its way, though nothing proves yet that it has
    /// arrived. The first of a pair may be in the room already, and led on there by its dialplan, when the second leaves.
    pub(super) fn has_left(&mut self, board: &Board) -> bool {
        let channel = board.channel(self.uniqueid());
        self.left |= channel.is_some_and(|channel| {
            let away = channel.bridge_id().is_none() || self.new_bridge(channel, board).is_some();
            self.way.is_there(channel) && away && board.rings(self.uniqueid()).next().is_none()
        });
        self.left
    }

    /// It has left, and the PBX has it at its new place: it hears the music there, or has had the time to. Whoever is bridged while they are
    /// still leaving is refused (`Unable to add Channel2 to bridge`, seen live on 22 and 16).
    pub(super) fn rests(&mut self, board: &Board, now: Millis) -> bool {
        if !self.has_left(board) {
            return false;
        }
        let since = *self.left_at.get_or_insert(now);
        let music = board
            .channel(self.uniqueid())
            .is_some_and(Channel::hears_music);
        music || now >= since + CALM
    }

    /// The hang-up's cause, once it has hung up, in Asterisk's words.
    pub(super) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// The end of a dial is told only once: it must be caught as it passes.
    pub(super) fn event(&mut self, event: &Event<'_>, board: &Board, now: Millis) {
        self.look(board);
        match event {
            Event::Channel(ChannelEvent::Hangup {
                channel,
                cause_text,
                ..
            }) if channel.uniqueid == self.uniqueid() => {
                self.cause = Some(cause_text.as_deref().unwrap_or_default().to_owned());
            }
            Event::Dial(dial) => self.dial(dial, board, now),
            Event::Channel(_)
            | Event::Bridge(_)
            | Event::Transfer(_)
            | Event::Parking(_)
            | Event::Queue(_)
            | Event::State(_)
            | Event::Conference(_)
            | Event::Recording(_)
            | Event::Spy(_)
            | Event::Agent(_)
            | Event::Originate(_)
            | Event::System(_)
            | Event::Other(_)
            | Event::Malformed(_) => {}
        }
    }

    pub(super) fn progress(&mut self, board: &Board, now: Millis) -> Progress {
        let Some(channel) = board.channel(self.uniqueid()) else {
            return match (&self.failure, self.reached) {
                (Some((failure, _)), _) => Progress::Failed(failure.clone()),
                (None, Some(evidence)) => Progress::Reached(evidence),
                (None, None) => Progress::Gone,
            };
        };
        match &self.failure {
            Some((failure, at)) if now >= at + LAST_WORD => {
                return Progress::Failed(failure.clone());
            }
            Some(_) => return Progress::Under,
            None => {}
        }
        if self.is_turned_away(channel, board, now) {
            return Progress::Failed(Failure::Unreachable);
        }
        if let Some(evidence) = self.evidence(channel, board, now) {
            self.reached = Some(evidence);
        }
        self.reached.map_or(Progress::Under, Progress::Reached)
    }

    fn evidence(&mut self, channel: &Channel, board: &Board, now: Millis) -> Option<Evidence> {
        self.look(board);
        self.before.leaves(self.way.uniqueid(), board);
        if self.has_joined(channel, board) {
            return Some(Evidence::Joined);
        }
        if self.hears_target(channel, board) {
            return Some(Evidence::Answered);
        }
        let rings = self
            .open_dials(board)
            .any(|(_, status)| status == DialStatus::Ringing);
        if rings {
            return Some(Evidence::Ringing);
        }
        if self.is_for_a_room(board) {
            return None;
        }
        let parked = board.is_parked(self.uniqueid()) && !self.before.was_parked();
        if parked && self.way.is_there(channel) && !self.to.has_phones() {
            return Some(Evidence::Arrived);
        }
        self.settles(channel, board, now)
            .then_some(Evidence::Arrived)
    }

    /// In the goal's conference or queue. A number may lead into any, but only whom we have sent there: another desk may have put them into
    /// one at the same moment.
    fn has_joined(&self, channel: &Channel, board: &Board) -> bool {
        let target = &self.to.target;
        let named = |kind, key: Option<&str>| target.kind == kind && key == Some(&target.key[..]);
        let any = target.kind != RefKind::Conference && channel.room.is_some();
        let room = any || named(RefKind::Conference, channel.room.as_deref());
        let bridge = self.new_bridge(channel, board);
        if room && self.way.is_ours() && bridge.is_some_and(|bridge| self.is_from_here(bridge)) {
            return true;
        }
        let queued = board.is_queued(self.uniqueid()) && !self.before.was_queued();
        queued && (self.way.is_ours() || named(RefKind::Queue, board.queue_of(self.uniqueid())))
    }

    /// In a bridge it was not in before, with somebody it has rung since, or who is where it was sent.
    fn hears_target(&self, channel: &Channel, board: &Board) -> bool {
        let Some(bridge) = self.new_bridge(channel, board) else {
            return false;
        };
        // The bridge of a room is entered a moment before the room says who has joined.
        if self.is_for_a_place() {
            return false;
        }
        let there = self.way.is_there(channel) && self.is_from_here(bridge);
        let mut partners = board.channels().filter(|(id, other)| {
            *id != self.uniqueid() && other.bridge_id() == Some(bridge) && !self.before.rang(id)
        });
        partners.any(|(id, other)| {
            there || self.called.contains(id) || self.is_phone_of_goal(other.device())
        })
    }

    fn new_bridge<'c>(&self, channel: &'c Channel, board: &Board) -> Option<&'c str> {
        let bridge = channel.bridge_id()?;
        let new = !self.before.was_in(bridge) && !board.is_held_in_lot(channel);
        new.then_some(bridge)
    }

    /// It was not in this bridge while it stood elsewhere.
    fn is_from_here(&self, bridge: &str) -> bool {
        self.elsewhere.as_deref() != Some(bridge)
    }

    /// A room or a queue is joined; whatever rings meanwhile is no proof of it.
    fn is_for_a_place(&self) -> bool {
        matches!(self.to.target.kind, RefKind::Conference | RefKind::Queue)
    }

    /// An application (a menu, music, a voicemail box) rings nobody and bridges nobody. Never counted for a person's phone.
    fn settles(&mut self, channel: &Channel, board: &Board, now: Millis) -> bool {
        let moved =
            channel.bridge_id().is_none() && self.way.is_there(channel) && !self.to.has_phones();
        let dials: Vec<_> = board
            .rings(self.uniqueid())
            .map(|(_, dial)| dial.status)
            .collect();
        let patience = match &dials[..] {
            [] if channel.state == ChannelState::Up => SETTLED,
            [DialStatus::Progress, ..] => EARLY_MEDIA,
            [..] => Millis::MAX,
        };
        if !moved || patience == Millis::MAX {
            self.settled = None;
            return false;
        }
        let since = *self.settled.get_or_insert(now);
        now >= since.saturating_add(patience)
    }

    /// What became of a leg whose target rang.
    pub(super) fn after(&mut self, board: &Board, now: Millis) -> After {
        let Some(channel) = board.channel(self.uniqueid()) else {
            return if self.failure.is_some() {
                After::NotTaken
            } else {
                After::GaveUp
            };
        };
        if self.hears_target(channel, board) {
            return After::Answered;
        }
        if self.open_dials(board).next().is_some() {
            self.quiet = None;
            return After::Ringing;
        }
        let quiet = *self.quiet.get_or_insert(now);
        if self.failure.is_some() || now >= quiet + SETTLED {
            After::NotTaken
        } else {
            After::Ringing
        }
    }
}
