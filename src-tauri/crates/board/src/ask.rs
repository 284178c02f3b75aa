//! Plain questions about how the PBX stands now, for whoever must prove that a move has worked. Answers come from what Asterisk has
//! said, never from the picture: that is made for eyes, and somewhat later.

use ami::ChannelState;

use crate::board::Board;
use crate::channel::Channel;

/// How somebody serves a queue, as the queue's own news tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberState<'b> {
    /// Takes no calls now.
    pub paused: bool,
    /// Members with a lower one are rung first.
    pub penalty: u32,
    /// Came by `QueueAdd` or by phone, and can be removed.
    pub dynamic: bool,
    /// Why it is paused, if that was given. Hostile text.
    pub reason: Option<&'b str>,
}

/// How a caller stands in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueCaller {
    /// Who goes first: the higher, the sooner. Only a list tells: `None` until one has.
    pub priority: Option<u32>,
    /// 1 is next.
    pub position: u32,
}

/// A seat in a conference room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat<'b> {
    /// The room.
    pub room: &'b str,
    /// Silenced by the room: `ConfbridgeMute`.
    pub muted: bool,
    /// May rule the room.
    pub admin: bool,
}

/// What the recordings of a channel do. Asterisk does not tell one from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingState {
    /// At least one runs.
    On,
    /// At least one runs, and writes silence: `MixMonitorMute`.
    Paused,
    /// At least one ran when the link was lost, and no list tells whether it still does.
    Unsure,
}

impl Board {
    /// The channel's name now, e.g. `PJSIP/101-0000002a`.
    #[must_use]
    pub fn channel_name(&self, uniqueid: &str) -> Option<&str> {
        let channel = self.channels.get(uniqueid)?;
        Some(&channel.name)
    }

    /// Whether it has been answered: its state is `Up`.
    #[must_use]
    pub fn is_up(&self, uniqueid: &str) -> bool {
        let channel = self.channels.get(uniqueid);
        channel.is_some_and(|channel| channel.state == ChannelState::Up)
    }

    /// Whether its user has pressed hold: `Hold`, or after a reconnect what the other phone's `ONHOLD` lets one conclude.
    #[must_use]
    pub fn is_on_hold(&self, uniqueid: &str) -> bool {
        let channel = self.channels.get(uniqueid);
        channel.is_some_and(|channel| channel.hold.is_some())
    }

    /// The bridge it is in, of whatever kind: a parking lot's as well.
    #[must_use]
    pub fn bridge_of(&self, uniqueid: &str) -> Option<&str> {
        self.channels.get(uniqueid)?.bridge_id()
    }

    /// Whether these two hear each other in one and the same bridge. Not so in a bridge that only holds people (a parking lot), while
    /// the phone of one still rings, while one waits in a room for its host, or before the PBX has said what the bridge is. Whoever talks through a Local channel is in a bridge
    /// with its half: see [`Board::hears`].
    #[must_use]
    pub fn is_bridged_with(&self, one: &str, other: &str) -> bool {
        let (Some(one_is), Some(other_is)) = (self.channels.get(one), self.channels.get(other))
        else {
            return false;
        };
        let shared = one_is.bridge_id().is_some() && one_is.bridge_id() == other_is.bridge_id();
        let both_hear = one_is.can_hear() && other_is.can_hear();
        let bridge = one_is.bridge_id().and_then(|id| self.bridges.get(id));
        let joins = bridge.is_some_and(|bridge| !bridge.holding);
        one != other && shared && both_hear && joins
    }

    /// Whether these two people hear each other, be it through Local channels.
    #[must_use]
    pub fn hears(&self, one: &str, other: &str) -> bool {
        self.is_bridged_with(one, other) || {
            let calls = self.calls_among(&self.connected_with([one.to_owned()]));
            let mut own = calls.iter().flat_map(|call| {
                let members = call.members.iter();
                members
                    .filter(|member| member.id == one)
                    .map(move |member| (call, *member))
            });
            own.any(|(call, member)| {
                let heard = call.heard_by(member);
                heard.iter().any(|heard| heard.id == other)
            })
        }
    }

    /// The parking lot and the space this channel waits in.
    #[must_use]
    pub fn parked(&self, uniqueid: &str) -> Option<(&str, &str)> {
        let parked = self.parked.get(uniqueid)?;
        Some((&parked.lot, &parked.space))
    }

    /// The queue this channel waits in.
    #[must_use]
    pub fn queue_of(&self, uniqueid: &str) -> Option<&str> {
        self.channels.get(uniqueid)?.queue.as_deref()
    }

    /// Whether it has left its queue without being served there: `QueueCallerAbandon`, which comes for those as well who were withdrawn or
    /// moved. Whoever a member has answered has left it too, and has not.
    #[must_use]
    pub fn left_unserved(&self, uniqueid: &str) -> bool {
        let channel = self.channels.get(uniqueid);
        channel.is_some_and(|channel| channel.queue.is_none() && channel.gave_up)
    }

    /// How this channel stands in line there; `None`: it does not wait in this queue.
    #[must_use]
    pub fn queue_caller(&self, queue: &str, uniqueid: &str) -> Option<QueueCaller> {
        let waiting = self.queues.get(queue)?.callers.get(uniqueid)?;
        Some(QueueCaller {
            priority: waiting.priority,
            position: waiting.position,
        })
    }

    /// How this interface, e.g. `PJSIP/103`, serves that queue; `None`: it does not.
    #[must_use]
    pub fn member(&self, queue: &str, interface: &str) -> Option<MemberState<'_>> {
        let member = self.queues.get(queue)?.members.get(interface)?;
        Some(MemberState {
            paused: member.paused,
            penalty: member.penalty,
            dynamic: member.dynamic,
            reason: member.reason.as_deref(),
        })
    }

    /// The seat this channel has in a conference room.
    #[must_use]
    pub fn seat(&self, uniqueid: &str) -> Option<Seat<'_>> {
        let channel = self.channels.get(uniqueid)?;
        Some(Seat {
            room: channel.room.as_deref()?,
            muted: channel.chair.muted,
            admin: channel.chair.admin,
        })
    }

    /// Whether this number leads into a conference room: the house has said so, a hint watches one by it, or one that is open bears it.
    #[must_use]
    pub fn is_room_number(&self, number: &str) -> bool {
        let named = self.place.conferences.iter().any(|known| known == number);
        let open = self.conferences.contains_key(number);
        let contexts = self.extensions.get(number).into_iter().flatten();
        let mut hints = contexts.map(|(_, extension)| extension);
        named || open || hints.any(|extension| extension.room().is_some())
    }

    /// Whether nobody new comes into this room, as it was when last asked, or as somebody who came in has shown: no event tells. `None`:
    /// it is not open, or that is not known.
    #[must_use]
    pub fn room_locked(&self, room: &str) -> Option<bool> {
        self.conferences.get(room)?.locked
    }

    /// Whether this room is known to be recorded. No list tells: a recording from before the login is not known.
    #[must_use]
    pub fn room_recorded(&self, room: &str) -> bool {
        let known = self.conferences.get(room);
        known.is_some_and(|known| known.recorded)
    }

    /// What this channel's recordings do; `None`: none is known. No list tells of one from before the login; of
    /// those this desk has seen it remembers that they may still run.
    #[must_use]
    pub fn recording(&self, uniqueid: &str) -> Option<RecordingState> {
        let recorded = self.channels.get(uniqueid)?.recordings.view()?;
        Some(match (recorded.unsure, recorded.paused) {
            (true, _) => RecordingState::Unsure,
            (false, true) => RecordingState::Paused,
            (false, false) => RecordingState::On,
        })
    }

    /// The channel that this supervisor's channel listens in on. Whether it whispers or barges Asterisk does not tell.
    #[must_use]
    pub fn spied_by(&self, spyer: &str) -> Option<&str> {
        self.channels.get(spyer)?.spies_on.as_deref()
    }

    /// Voicemail waiting in a box, `101@default`: new, and heard already. `None`: nobody has told of it.
    #[must_use]
    pub fn messages(&self, mailbox: &str) -> Option<(u32, u32)> {
        let known = self.mailboxes.get(mailbox)?;
        Some((known.fresh, known.heard))
    }
}

impl Channel {
    /// It is where one hears others. A phone that still rings hears nobody, though its channel may be in a bridge: it was sent on while
    /// ringing, and who it rang then has answered.
    pub(crate) fn can_hear(&self) -> bool {
        self.bridge.is_some() && self.state != ChannelState::Ringing && !self.waits_for_host()
    }
}
