//! What a decision is made on: the board of now, the picture of now, what the account may do, and what is already under way.

use std::collections::BTreeSet;
use std::sync::Arc;

use ami::Permissions;
use board::view::{
    CallPhase, CallView, ConferenceView, ExtensionState, ExtensionView, LegState, LegView,
    QueueView,
};
use board::{Board, Picture, Ref, RefKind, Thing};

use crate::consultation::Consultation;
use crate::intent::Seen;
use crate::pending::Pending;
use crate::preview::{Party, Place};
use crate::refusal::{Missing, Refusal};
use crate::rules::Rules;

/// Everything a verb may look at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The truth as we know it.
    pub board: &'a Board,
    /// The same, as the operator sees it.
    pub picture: &'a Picture<Arc<Thing>>,
    /// What the account may do.
    pub permissions: &'a Permissions,
    /// Whether the picture is the PBX's.
    pub live: bool,
    /// What open operations are about.
    pub pending: &'a Pending,
    /// What the house has.
    pub rules: &'a Rules,
    /// Consultations under way.
    pub consultations: &'a [Consultation],
    /// Legs this desk has silenced where no event tells of it.
    pub muted: &'a BTreeSet<Ref>,
}

/// Where somebody can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Goal {
    pub(crate) target: Ref,
    /// What is dialled.
    pub(crate) number: String,
    pub(crate) name: Option<String>,
    pub(crate) state: Option<ExtensionState>,
    /// The extension behind it, where there is one; also for a number typed by hand.
    pub(crate) extension: Option<Ref>,
    /// The devices of its hint, where they are known.
    pub(crate) devices: Vec<String>,
    /// Whoever is there does not want to be called.
    pub(crate) dnd: bool,
    /// Somebody there takes part in a call.
    pub(crate) on_call: bool,
    /// A number of the house itself (music, a voicemail box), known from the profile.
    pub(crate) own: bool,
}

/// What must be known of a target to say whether somebody can go there: a list of thousands needs no more of each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot<'a> {
    /// The extension behind it, where there is one.
    pub(crate) extension: Option<&'a Ref>,
    pub(crate) state: Option<ExtensionState>,
}

impl Goal {
    pub(crate) fn spot(&self) -> Spot<'_> {
        Spot {
            extension: self.extension.as_ref(),
            state: self.state,
        }
    }

    /// A number of the house that leads to no phone.
    pub(crate) fn of_house(
        target: &Ref,
        number: &str,
        name: Option<String>,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            target: target.clone(),
            number: dialable(number).ok_or(Refusal::BadNumber)?,
            name,
            state: None,
            extension: None,
            devices: Vec::new(),
            dnd: false,
            on_call: false,
            own: true,
        })
    }

    /// The devices that can ring. A hint may also watch a presence (`Custom:DND101`), which never will.
    pub(crate) fn phones(&self) -> impl Iterator<Item = &str> {
        self.devices
            .iter()
            .map(String::as_str)
            .filter(|device| is_phone(device))
    }

    pub(crate) fn has_phones(&self) -> bool {
        self.phones().next().is_some()
    }

    pub(crate) fn place(&self) -> Place {
        Place {
            target: self.target.clone(),
            name: self.name.clone(),
            number: self.number.clone(),
            state: self.state,
        }
    }
}

impl<'a> Scene<'a> {
    /// What the picture has of one kind: it is sorted by kind, and has one PBX.
    fn all(self, kind: RefKind) -> impl Iterator<Item = &'a Thing> {
        let from = Ref::new(kind, self.board.pbx(), "");
        let behind = self.picture.range(from..);
        behind
            .take_while(move |(id, _)| id.kind == kind)
            .map(|(_, thing)| &**thing)
    }

    pub(crate) fn calls(self) -> impl Iterator<Item = &'a CallView> {
        self.all(RefKind::Call).filter_map(|thing| match thing {
            Thing::Call(call) => Some(call),
            Thing::Extension(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        })
    }

    pub(crate) fn extension(self, id: &Ref) -> Option<&'a ExtensionView> {
        match &**self.picture.get(id)? {
            Thing::Extension(extension) => Some(extension),
            Thing::Call(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        }
    }

    fn call(self, id: &Ref) -> Option<&'a CallView> {
        match &**self.picture.get(id)? {
            Thing::Call(call) => Some(call),
            Thing::Extension(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        }
    }

    /// The call a call, leg or parked tile stands for, with the leg it names.
    pub(crate) fn find(
        self,
        subject: &Ref,
    ) -> Result<(&'a CallView, Option<&'a LegView>), Refusal> {
        match subject.kind {
            RefKind::Call => {
                let call = self.call(subject).ok_or(Refusal::Gone)?;
                Ok((call, None))
            }
            RefKind::Leg | RefKind::Parked => {
                let id = self.leg_of(subject);
                let in_it = |call: &'a CallView| {
                    let leg = call.legs.iter().find(|leg| leg.id == id)?;
                    Some((call, Some(leg)))
                };
                let known = self.board.call_of(&id.key);
                let known = known.and_then(|call| self.call(&call)).and_then(in_it);
                known
                    .or_else(|| self.calls().find_map(in_it))
                    .ok_or(Refusal::Gone)
            }
            RefKind::Pbx
            | RefKind::Extension
            | RefKind::Queue
            | RefKind::Conference
            | RefKind::Trunk
            | RefKind::Agent
            | RefKind::Ended
            | RefKind::Gap
            | RefKind::Number
            | RefKind::Operation
            | RefKind::Consultation
            | RefKind::Note
            | RefKind::Sent
            | RefKind::Lost
            | RefKind::Camp
            | RefKind::Stuck => Err(Refusal::NotMovable),
        }
    }

    /// The leg a tile stands for: parked over a wire, the channel in the space is a half of a Local pair, and the person at its far end.
    fn leg_of(self, subject: &Ref) -> Ref {
        match self.picture.get(subject).map(Arc::as_ref) {
            Some(Thing::Parked(parked)) => parked.leg.clone(),
            Some(
                Thing::Call(_)
                | Thing::Extension(_)
                | Thing::Queue(_)
                | Thing::Conference(_)
                | Thing::Trunk(_)
                | Thing::Agent(_)
                | Thing::Ended(_),
            )
            | None => Ref {
                kind: RefKind::Leg,
                ..subject.clone()
            },
        }
    }

    /// What stands on the board for this subject now.
    pub(crate) fn seen(self, subject: &Ref) -> Option<Seen> {
        let (call, _) = self.find(subject).ok()?;
        Some(Seen {
            phase: call.phase,
            legs: call.legs.iter().map(|leg| leg.id.clone()).collect(),
        })
    }

    /// The world must still be what the operator saw when the gesture began. While nobody has answered, phones that begin or cease to
    /// ring make no difference: a queue tries one member after the other. Nor does a hold, while the same people are in the call; who
    /// is alone on hold because the other one consults somebody is in a call of one.
    pub(crate) fn unchanged(self, call: &CallView, seen: Option<&Seen>) -> Result<(), Refusal> {
        let Some(seen) = seen else { return Ok(()) };
        let before: BTreeSet<_> = seen.legs.iter().collect();
        let now = |skip_ringing: bool| {
            let legs = call
                .legs
                .iter()
                .filter(move |leg| !(skip_ringing && leg.state == LegState::Ringing));
            legs.map(|leg| &leg.id).collect::<BTreeSet<_>>()
        };
        let same = match (stage(seen.phase), stage(call.phase)) {
            (CallPhase::Ringing, CallPhase::Ringing) => now(true).is_subset(&before),
            (then, today) => then == today && before == now(false),
        };
        same.then_some(()).ok_or(Refusal::MovedOn)
    }

    pub(crate) fn ready(self, action: &str) -> Result<(), Refusal> {
        if !self.live {
            return Err(Refusal::NotLive);
        }
        if !self.permissions.allow(action) {
            return Err(Refusal::NotPermitted {
                action: action.to_owned(),
            });
        }
        Ok(())
    }

    /// Whether an open operation is about this one.
    pub(crate) fn is_pending(self, party: &Party) -> bool {
        let leg = party.leg.as_ref();
        leg.is_some_and(|leg| self.pending.contains(leg))
    }

    pub(crate) fn free(self, leg: &LegView) -> Result<(), Refusal> {
        if leg.state == LegState::Ending {
            return Err(Refusal::Gone);
        }
        if self.pending.contains(&leg.id) {
            Err(Refusal::Pending)
        } else {
            Ok(())
        }
    }

    /// A target as a place to go to, or why nobody can go there.
    pub(crate) fn goal(self, target: &Ref) -> Result<Goal, Refusal> {
        match (target.kind, self.picture.get(target).map(Arc::as_ref)) {
            (RefKind::Number, _) => self.number_goal(target),
            (_, Some(Thing::Extension(extension))) => extension_goal(extension),
            (_, Some(Thing::Conference(room))) => place(target, room.number.as_ref(), &room.name),
            (_, Some(Thing::Queue(queue))) => place(target, queue.number.as_ref(), &queue.name),
            (
                _,
                Some(
                    Thing::Call(_)
                    | Thing::Parked(_)
                    | Thing::Trunk(_)
                    | Thing::Agent(_)
                    | Thing::Ended(_),
                )
                | None,
            ) => Err(Refusal::NotATarget),
        }
    }

    /// A target as it is shown.
    pub(crate) fn place_of(self, target: &Ref) -> Result<Place, Refusal> {
        match self.extension(target) {
            // Where nobody can be called now, somebody may be later.
            Some(extension) => Ok(Place {
                target: target.clone(),
                name: extension.name.clone(),
                number: extension.number.clone(),
                state: Some(extension.state),
            }),
            None => self.goal(target).map(|goal| goal.place()),
        }
    }

    /// A number that is an extension's is that extension, however it was typed.
    fn number_goal(self, target: &Ref) -> Result<Goal, Refusal> {
        let number = dialable(&target.key).ok_or(Refusal::BadNumber)?;
        match self
            .extensions()
            .find(|extension| extension.number == number)
        {
            Some(extension) => Ok(Goal {
                target: target.clone(),
                ..extension_goal(extension)?
            }),
            None => Ok(Goal {
                target: target.clone(),
                number: dialable(&self.rules.outward(&number)).ok_or(Refusal::BadNumber)?,
                name: None,
                state: None,
                extension: None,
                devices: Vec::new(),
                dnd: false,
                on_call: false,
                own: false,
            }),
        }
    }

    /// Everything on the board that could be a target, and what a list of targets has to know of it.
    pub(crate) fn spots(self) -> impl Iterator<Item = (&'a Ref, Result<Spot<'a>, Refusal>)> {
        let kinds = [RefKind::Extension, RefKind::Queue, RefKind::Conference];
        let all = kinds.into_iter().flat_map(move |kind| self.all(kind));
        all.filter_map(|thing| match thing {
            Thing::Extension(extension) => Some((&extension.id, callable(extension))),
            Thing::Queue(queue) => Some((&queue.id, way_in(queue.number.as_deref()))),
            Thing::Conference(room) => Some((&room.id, way_in(room.number.as_deref()))),
            Thing::Call(_)
            | Thing::Parked(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        })
    }

    fn extensions(self) -> impl Iterator<Item = &'a ExtensionView> {
        self.all(RefKind::Extension)
            .filter_map(|thing| match thing {
                Thing::Extension(extension) => Some(extension),
                Thing::Call(_)
                | Thing::Queue(_)
                | Thing::Parked(_)
                | Thing::Conference(_)
                | Thing::Trunk(_)
                | Thing::Agent(_)
                | Thing::Ended(_) => None,
            })
    }

    /// The operator's own extension.
    pub(crate) fn me(self) -> Option<&'a ExtensionView> {
        let (pbx, place) = (self.board.pbx(), self.board.place());
        place.my_extension(pbx, self.picture)
    }

    /// Where a caller hears music.
    pub(crate) fn music(self) -> Result<Goal, Refusal> {
        let what = Missing::Music;
        let number = self
            .rules
            .music
            .as_deref()
            .ok_or(Refusal::NotSetUp { what })?;
        Goal::of_house(
            &Ref::new(RefKind::Number, self.board.pbx(), number),
            number,
            None,
        )
    }

    /// My own phone as a place to send somebody to.
    pub(crate) fn my_goal(self) -> Result<Goal, Refusal> {
        extension_goal(self.me().ok_or(Refusal::NoPhone)?)
    }

    /// A room of the house in which nobody is.
    pub(crate) fn empty_room(self) -> Result<Goal, Refusal> {
        let what = Missing::Conference;
        let empty = self
            .rooms()
            .find(|room| room.members.is_empty() && room.number.is_some());
        self.goal(&empty.ok_or(Refusal::NotSetUp { what })?.id)
    }

    pub(crate) fn room(self, id: &Ref) -> Option<&'a ConferenceView> {
        self.rooms().find(|room| room.id == *id)
    }

    pub(crate) fn queue(self, id: &Ref) -> Option<&'a QueueView> {
        self.queues().find(|queue| queue.id == *id)
    }

    fn rooms(self) -> impl Iterator<Item = &'a ConferenceView> {
        self.all(RefKind::Conference)
            .filter_map(|thing| match thing {
                Thing::Conference(room) => Some(room),
                Thing::Extension(_)
                | Thing::Call(_)
                | Thing::Queue(_)
                | Thing::Parked(_)
                | Thing::Trunk(_)
                | Thing::Agent(_)
                | Thing::Ended(_) => None,
            })
    }

    pub(crate) fn queues(self) -> impl Iterator<Item = &'a QueueView> {
        self.all(RefKind::Queue).filter_map(|thing| match thing {
            Thing::Queue(queue) => Some(queue),
            Thing::Extension(_)
            | Thing::Call(_)
            | Thing::Conference(_)
            | Thing::Parked(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        })
    }

    /// The consultation one of whose legs this is.
    pub(crate) fn consultation_of(self, leg: &Ref) -> Option<&'a Consultation> {
        let mut all = self.consultations.iter();
        all.find(|consultation| consultation.has(leg) && !consultation.is_over(self.board))
    }

    /// Whether this desk has silenced it.
    pub(crate) fn is_muted(self, leg: &Ref) -> bool {
        self.muted.contains(leg)
    }

    /// Whoever is on this channel.
    pub(crate) fn party_of(self, uniqueid: &str) -> Result<Party, Refusal> {
        let leg = Ref::new(RefKind::Leg, self.board.pbx(), uniqueid);
        match self.find(&leg)? {
            (_, Some(leg)) => Ok(self.party(leg)),
            (_, None) => Err(Refusal::Gone),
        }
    }

    /// Whether it is on the operator's own phone. An extension's id begins with its number: hardly any other is looked up.
    pub(crate) fn is_mine(self, leg: &LegView) -> bool {
        let me = self.board.place().me.as_deref();
        let is_like_mine = |id: &&Ref| {
            let behind = me.and_then(|me| id.key.strip_prefix(me));
            behind.is_some_and(|rest| rest.starts_with('@'))
        };
        let id = leg.extension.as_ref().filter(is_like_mine);
        let extension = id.and_then(|id| self.extension(id));
        extension.is_some_and(|extension| extension.me)
    }

    pub(crate) fn party(self, leg: &LegView) -> Party {
        let me = self.is_mine(leg);
        Party {
            leg: Some(leg.id.clone()),
            name: leg.name.clone(),
            number: leg.number.clone(),
            me,
        }
    }

    pub(crate) fn person(self, extension: &ExtensionView) -> Party {
        Party {
            leg: None,
            name: extension.name.clone(),
            number: Some(extension.number.clone()),
            me: extension.me,
        }
    }
}

/// Phases between which a call goes to and fro while nothing happens that a person would call a change.
fn stage(phase: CallPhase) -> CallPhase {
    match phase {
        CallPhase::Dialing | CallPhase::Ringing | CallPhase::Queued => CallPhase::Ringing,
        CallPhase::Talking | CallPhase::Held => CallPhase::Talking,
        CallPhase::Application => CallPhase::Application,
        CallPhase::Parked => CallPhase::Parked,
        CallPhase::Conference => CallPhase::Conference,
        CallPhase::Ending => CallPhase::Ending,
    }
}

/// No phone is there that could ring. A hint may watch more than phones (`PJSIP/101&Custom:DND101`), and is idle or busy by that alone;
/// a phone on a call is there, whatever its registration says.
pub(crate) fn is_offline(extension: &ExtensionView) -> bool {
    let absent = extension.registered == Some(false) && extension.calls.is_empty();
    absent || extension.state == ExtensionState::Offline
}

fn callable(extension: &ExtensionView) -> Result<Spot<'_>, Refusal> {
    if is_offline(extension) {
        return Err(Refusal::TargetOffline);
    }
    let spot = Spot {
        extension: Some(&extension.id),
        state: Some(extension.state),
    };
    let fits = is_dialable(&extension.number);
    fits.then_some(spot).ok_or(Refusal::BadNumber)
}

fn way_in<'a>(number: Option<&str>) -> Result<Spot<'a>, Refusal> {
    let spot = Spot {
        extension: None,
        state: None,
    };
    let fits = number.is_some_and(is_dialable);
    fits.then_some(spot).ok_or(Refusal::NoWayIn)
}

fn extension_goal(extension: &ExtensionView) -> Result<Goal, Refusal> {
    callable(extension)?;
    let number = dialable(&extension.number).ok_or(Refusal::BadNumber)?;
    Ok(Goal {
        target: extension.id.clone(),
        number,
        name: extension.name.clone(),
        state: Some(extension.state),
        extension: Some(extension.id.clone()),
        devices: extension.devices.clone(),
        dnd: extension.dnd,
        on_call: !extension.calls.is_empty(),
        own: false,
    })
}

/// A room or a queue, by the number that leads into it.
fn place(target: &Ref, number: Option<&String>, name: &str) -> Result<Goal, Refusal> {
    let number = number
        .and_then(|number| dialable(number))
        .ok_or(Refusal::NoWayIn)?;
    Ok(Goal {
        target: target.clone(),
        number,
        name: Some(name.to_owned()),
        state: None,
        extension: None,
        devices: Vec::new(),
        dnd: false,
        on_call: false,
        own: false,
    })
}

/// `PJSIP/101` can ring; `Custom:DND101`, `Confbridge:680` and the like are states without a phone.
pub(crate) fn is_phone(device: &str) -> bool {
    device
        .split_once('/')
        .is_some_and(|(technology, _)| !technology.contains(':'))
}

/// Whether [`dialable`] makes a number of it. Nearly all are plain digits, which it leaves as they are.
fn is_dialable(typed: &str) -> bool {
    let plain = (1..=64).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    plain || dialable(typed).is_some()
}

/// What people write between digits goes; what a dialplan could misread (`&`, `,`, `$`, `/`, `@`, line ends) makes it no number.
pub(crate) fn dialable(typed: &str) -> Option<String> {
    let number: String = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '(' | ')'))
        .collect();
    let digits_first = number.starts_with(|c: char| c.is_ascii_digit() || c == '+');
    let number: String = if digits_first {
        number
            .chars()
            .filter(|c| !matches!(c, '-' | '.' | '/'))
            .collect()
    } else {
        number
    };
    let legal =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '#' | '+' | '.' | '_' | '-');
    let fits =
        (1..=64).contains(&number.len()) && number.chars().all(legal) && !number.starts_with('_');
    fits.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{dialable, is_dialable};

    #[test]
    fn what_people_type_becomes_a_number() {
        assert_eq!(
            dialable("+49 (30) 123-45/6").as_deref(),
            Some("+4930123456")
        );
        assert_eq!(dialable("*102").as_deref(), Some("*102"));
        assert_eq!(dialable("anna-desk").as_deref(), Some("anna-desk"));
        for good in ["1", "+49 (30) 1", "*102", &"1".repeat(64)] {
            assert!(is_dialable(good), "{good:?}");
        }
    }

    #[test]
    fn what_a_dialplan_could_misread_is_no_number() {
        for bad in [
            "",
            " ",
            "102\r\nAction: Originate",
            "102&103",
            "102,1",
            "${EXTEN}",
            "102@x",
            "_X.",
            "a/b",
            &"1".repeat(65),
        ] {
            assert_eq!(dialable(bad), None, "{bad:?}");
            assert!(!is_dialable(bad), "{bad:?}");
        }
    }
}
