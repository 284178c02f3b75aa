//! Phones: what hands do with them, how people behave, and the states and hints that show it.

use crate::Millis;
use crate::channel::{ChannelKey, DialledBy, Doing, Far, State};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::event;

/// How often somebody who talks looks whether the phone still rings.
const PATIENCE: Millis = 1_000;

/// What a person does with a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneAct {
    /// Lifts the receiver and dials.
    Dial(String),
    /// Picks up the oldest call that rings there.
    Answer,
    /// Refuses the oldest call that rings there: busy.
    Reject,
    /// Ends the newest call; one that only rings is refused.
    HangUp,
    /// Puts the other one on hold.
    Hold,
    /// Takes the other one back from hold.
    Resume,
    /// The phone logs out of the PBX.
    Unregister,
    /// The phone logs in to the PBX.
    Register,
}

/// How somebody behaves when the phone rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Only a test's hands touch it.
    Hands,
    /// Picks up after a time between these.
    Answers(Millis, Millis),
    /// Lets it ring.
    Never,
    /// Refuses after a time between these.
    Rejects(Millis, Millis),
}

/// A phone.
#[derive(Debug, Clone)]
pub(crate) struct Phone {
    pub(crate) name: String,
    pub(crate) registered: bool,
    pub(crate) manner: Manner,
    /// It takes one call at a time: a second one finds it busy.
    pub(crate) one_call: bool,
}

impl Pbx {
    /// A hand at a phone, or (as `trunk`) somebody out there.
    pub(crate) fn act(&mut self, exten: &str, act: PhoneAct) {
        match act {
            PhoneAct::Dial(number) => self.lift_and_dial(exten, &number),
            PhoneAct::Answer => {
                if let Some(leg) = self.rings_at(exten) {
                    self.hold(exten, true);
                    self.pick_up(leg);
                }
            }
            PhoneAct::Reject => {
                if let Some(leg) = self.rings_at(exten) {
                    self.reject(leg);
                }
            }
            PhoneAct::HangUp => match (self.live_at(exten), self.rings_at(exten)) {
                (Some(live), _) => self.hang_up_by_hand(live),
                (None, Some(ringing)) => self.reject(ringing),
                (None, None) => {}
            },
            PhoneAct::Hold => self.hold(exten, true),
            PhoneAct::Resume => self.hold(exten, false),
            PhoneAct::Unregister => self.register(exten, false),
            PhoneAct::Register => self.register(exten, true),
        }
    }

    fn lift_and_dial(&mut self, exten: &str, number: &str) {
        if self.phones.get(exten).is_some_and(|phone| phone.registered) {
            let caller = self.caller_of(exten);
            self.incoming(
                Far::Phone(exten.to_owned()),
                &format!("PJSIP/{exten}"),
                caller,
                "internal",
                number,
            );
        }
    }

    /// The oldest call that rings there; one that is about to ring does so now.
    fn rings_at(&mut self, exten: &str) -> Option<ChannelKey> {
        let dialled = |channel: &crate::channel::Channel| {
            matches!(channel.doing, Doing::Dialled(_)) && channel.is_phone(exten)
        };
        let (leg, state) = self
            .channels
            .iter()
            .find(|(_, channel)| dialled(channel))
            .map(|(key, leg)| (*key, leg.state))?;
        if state == State::Down {
            self.ring(leg);
        }
        Some(leg)
    }

    pub(crate) fn live_at(&self, exten: &str) -> Option<ChannelKey> {
        let live = |channel: &crate::channel::Channel| {
            !matches!(channel.doing, Doing::Dialled(_)) && channel.is_phone(exten)
        };
        self.channels
            .iter()
            .rev()
            .find(|(_, channel)| live(channel))
            .map(|(key, _)| *key)
    }

    fn register(&mut self, exten: &str, on: bool) {
        let Some(phone) = self
            .phones
            .get_mut(exten)
            .filter(|phone| phone.registered != on)
        else {
            return;
        };
        phone.registered = on;
        let (peer, contact) = if on {
            ("Reachable", "NonQualified")
        } else {
            ("Unreachable", "Removed")
        };
        let text = event("PeerStatus", Classes::SYSTEM)
            .with("ChannelType", "PJSIP")
            .with("Peer", format!("PJSIP/{exten}"))
            .with("PeerStatus", peer);
        self.tell(Classes::SYSTEM, text);
        let text = event("ContactStatus", Classes::SYSTEM)
            .with("URI", contact_uri(exten))
            .with("ContactStatus", contact)
            .with("AOR", exten)
            .with("EndpointName", exten);
        self.tell(Classes::SYSTEM, text);
    }

    /// Is this leg a second call to a phone that takes one at a time? A call its own user asked for is not refused.
    pub(crate) fn finds_it_busy(&self, leg: ChannelKey) -> bool {
        let Some(channel) = self.channels.get(&leg) else {
            return false;
        };
        let asked_for = matches!(channel.doing, Doing::Dialled(DialledBy::Originate(_)));
        match &channel.far {
            Far::Phone(exten) if !asked_for => {
                let one_call = self.phones.get(exten).is_some_and(|phone| phone.one_call);
                one_call && self.live_at(exten).is_some()
            }
            Far::Phone(_) | Far::Trunk | Far::Local { .. } => false,
        }
    }

    /// Whoever sits there does what they do when it rings.
    pub(crate) fn manners(&mut self, leg: ChannelKey, far: &Far) {
        let manner = match far {
            Far::Phone(exten) => self
                .phones
                .get(exten)
                .map_or(Manner::Hands, |phone| phone.manner),
            Far::Trunk if self.talks_for.is_some() => Manner::Answers(3_000, 8_000),
            Far::Trunk | Far::Local { .. } => Manner::Hands,
        };
        match manner {
            Manner::Hands | Manner::Never => {}
            Manner::Answers(from, to) => {
                let after = self.rng.between(from, to);
                self.later(after, Task::Answer(leg));
            }
            Manner::Rejects(from, to) => {
                let after = self.rng.between(from, to);
                self.later(after, Task::Reject(leg));
            }
        }
    }

    /// Somebody who talks lets a second call ring, unless they asked for it themselves: then the first one is held.
    pub(crate) fn pick_up_when_free(&mut self, leg: ChannelKey) {
        let Some(channel) = self.channels.get(&leg) else {
            return;
        };
        let asked_for = matches!(channel.doing, Doing::Dialled(DialledBy::Originate(_)));
        let Far::Phone(exten) = channel.far.clone() else {
            return self.pick_up(leg);
        };
        match self.live_at(&exten) {
            Some(_) if !asked_for => self.later(PATIENCE, Task::Answer(leg)),
            Some(_) => {
                self.hold(&exten, true);
                self.pick_up(leg);
            }
            None => self.pick_up(leg),
        }
    }
}

pub(crate) fn contact_uri(exten: &str) -> String {
    format!("sip:{exten}@127.0.0.1:5060")
}
