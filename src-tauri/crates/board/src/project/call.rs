//! Calls and their legs, as the operator sees them.

use ami::ChannelState;
use ami::event::DialStatus;

use crate::board::Board;
use crate::call::{Call, Member};
use crate::cause;
use crate::channel::Channel;
use crate::device::Device;
use crate::id::{Ref, RefKind};
use crate::view::{CallPhase, CallView, Direction, End, LegState, LegView, Millis};

use super::Owners;

impl Board {
    pub(super) fn call_view(&self, call: &Call<'_>, owners: &Owners) -> CallView {
        let people = call.people();
        let legs: Vec<_> = people
            .iter()
            .map(|member| self.leg_view(call, *member, owners))
            .collect();
        let (phase, since) = self.phase(call, &people, &legs);
        let first = people.first().map(|member| member.channel);
        let inferred = call.members.iter().any(|member| self.is_inferred(*member));
        CallView {
            id: Ref::new(RefKind::Call, &self.pbx, call.id()),
            phase,
            since,
            started: first.map_or(0, |channel| channel.began),
            direction: direction(&people, &legs),
            dialled: first.and_then(|channel| channel.dialled.clone()),
            legs,
            inferred,
        }
    }

    fn phase(
        &self,
        call: &Call<'_>,
        people: &[Member<'_>],
        legs: &[LegView],
    ) -> (CallPhase, Millis) {
        let since = |state: LegState| {
            legs.iter()
                .filter(|leg| leg.state == state)
                .map(|leg| leg.since)
                .min()
        };
        let room = people
            .iter()
            .any(|member| member.channel.room.is_some() && member.channel.bridge.is_some());
        let bridged = people
            .iter()
            .filter_map(|member| member.channel.bridge.as_ref().map(|(_, at)| *at))
            .min();
        let answering = call.members.iter().any(|member| self.is_answering(*member));
        if room {
            return (CallPhase::Conference, bridged.unwrap_or(0));
        }
        let alerting = people.iter().any(|member| self.alerts(*member));
        let found = phases(alerting)
            .iter()
            .find_map(|(state, phase)| since(*state).map(|at| (*phase, at)));
        match found {
            // Between the answer and the bridge nobody should see the call fall apart.
            Some((CallPhase::Application | CallPhase::Dialing, at)) if answering => {
                (CallPhase::Ringing, at)
            }
            // What rings may be a wire, to a dialplan that says so.
            Some((CallPhase::Dialing, at))
                if call.members.iter().any(|m| self.is_ringing(m.id)) =>
            {
                (CallPhase::Ringing, at)
            }
            Some(found) => found,
            None => (CallPhase::Ending, 0),
        }
    }

    fn leg_view(&self, call: &Call<'_>, member: Member<'_>, owners: &Owners) -> LegView {
        let channel = member.channel;
        let (state, since) = self.leg_state(call, member);
        let owner = owners.of(channel.device());
        let device = self.devices.get(channel.device());
        let person = device.and_then(Device::owner).cloned();
        let is_trunk = owner.is_none() && !channel.is_local();
        LegView {
            id: self.leg(member.id),
            channel: channel.name.clone(),
            state,
            since,
            name: person
                .filter(|_| owner.is_some())
                .or_else(|| shown_name(call, member, is_trunk)),
            number: owner
                .map(|owner| owner.number.to_owned())
                .or_else(|| channel.number.clone()),
            extension: owner.map(|owner| owner.id.clone()),
            trunk: is_trunk.then(|| channel.device().to_owned()),
            caller: self.is_caller(member, call),
            hears: call
                .heard_by(member)
                .iter()
                .map(|other| self.leg(other.id))
                .collect(),
            hold: channel.hold.is_some(),
            application: channel
                .application
                .clone()
                .filter(|_| matches!(state, LegState::Application | LegState::Alone))
                .filter(|name| !is_connecting(name)),
            music: channel.music,
            muted: channel.chair.muted,
            recorded: channel.recordings.view(),
            listens_to: channel.spies_on.as_deref().map(|spyee| self.leg(spyee)),
            listeners: self.listeners(member.id),
            end: (state == LegState::Ending).then(|| self.why_ending(member)),
        }
    }

    /// Supervisors are few; whoever is listened to is looked up among them.
    fn listeners(&self, spyee: &str) -> Vec<Ref> {
        let listens = |channel: &Channel| channel.spies_on.as_deref() == Some(spyee);
        let spyers = self
            .spyers
            .iter()
            .filter(|id| self.channels.get(id).is_some_and(listens));
        spyers.map(|id| self.leg(id)).collect()
    }

    /// A rung leg ends as its dial did; any other as a caller's call.
    fn why_ending(&self, member: Member<'_>) -> End {
        let channel = member.channel;
        let dial = self.dials.to(member.id);
        let Some(dial) = dial.filter(|_| channel.answered.is_none()) else {
            return cause::of_caller(channel, self.is_rung_by_pbx(member.id));
        };
        let quiet = match &dial.caller {
            Some(caller) => self.why_ring_stopped(caller),
            None => End::NoAnswer,
        };
        cause::of_dial(dial.status, channel.cause)
            .unwrap_or_else(|| cause::of_cause(channel.cause, quiet))
    }

    /// The phone rang until somebody else answered, the caller hung up, or the caller was taken elsewhere.
    fn why_ring_stopped(&self, caller: &str) -> End {
        let answered = self
            .rings(caller)
            .any(|(_, dial)| dial.status == DialStatus::Answer);
        let known = self.channels.get(caller);
        if answered || known.is_some_and(|caller| caller.bridge.is_some()) {
            End::AnsweredElsewhere
        } else if known.is_some_and(|caller| caller.hung_up) {
            End::GaveUp
        } else {
            End::HungUp
        }
    }

    /// Its phone is known to ring: a phone that lost its plug, or a line that keeps silent, is dialled and does not (transcripts
    /// `device-killed`, `trunk-out-unreachable`).
    fn alerts(&self, member: Member<'_>) -> bool {
        let dial = self.dials.to(member.id).map(|dial| dial.status);
        member.channel.state == ChannelState::Ringing
            || matches!(dial, Some(DialStatus::Ringing | DialStatus::Answer))
    }

    /// It was not rung by anybody: the oldest person of the call.
    fn is_caller(&self, member: Member<'_>, call: &Call<'_>) -> bool {
        call.people()
            .first()
            .is_some_and(|first| first.id == member.id)
            && self.dials.to(member.id).is_none()
    }

    /// Worked out from a list: who rings it, or that it holds.
    fn is_inferred(&self, member: Member<'_>) -> bool {
        let rung = self.dials.to(member.id);
        let holds = member.channel.hold.is_some() && member.channel.hold_inferred;
        holds || rung.is_some_and(|dial| dial.inferred)
    }
}

/// Applications that connect people: whoever was seen in one is alone now, or waits for somebody, but not with that application.
fn is_connecting(application: &str) -> bool {
    matches!(application, "Dial" | "AppDial" | "AppDial2" | "AppQueue")
}

/// Which leg tells a call's phase, first things first. `alerting`: a phone is known to ring; while none is, a caller waits in line.
fn phases(alerting: bool) -> [(LegState, CallPhase); 9] {
    let queued = (LegState::Queued, CallPhase::Queued);
    let (first, second) = match alerting {
        true => ((LegState::Ringing, CallPhase::Ringing), queued),
        false => (queued, (LegState::Ringing, CallPhase::Dialing)),
    };
    [
        (LegState::Held, CallPhase::Held),
        (LegState::Talking, CallPhase::Talking),
        (LegState::Parked, CallPhase::Parked),
        first,
        second,
        (LegState::Calling, CallPhase::Dialing),
        (LegState::Application, CallPhase::Application),
        (LegState::Alone, CallPhase::Application),
        (LegState::Ending, CallPhase::Ending),
    ]
}

/// A PBX may show the caller's own name on the outside line it rings (transcript `trunk-out-by-desk`): that is nobody's there.
fn shown_name(call: &Call<'_>, member: Member<'_>, is_trunk: bool) -> Option<String> {
    let name = member.channel.person.as_ref()?;
    let people = call.people();
    let caller = people.first().filter(|first| first.id != member.id);
    let borrowed = caller.is_some_and(|caller| caller.channel.person.as_ref() == Some(name));
    (!(is_trunk && borrowed)).then(|| name.clone())
}

/// Whoever comes by a trunk without having been rung has called us. A line that we rang stays an outbound call, whoever it is connected
/// with now, until it calls on itself: then no list could tell it from one that called us.
fn direction(people: &[Member<'_>], legs: &[LegView]) -> Direction {
    let trunks = people.iter().zip(legs);
    let trunks = trunks.filter(|(_, leg)| leg.trunk.is_some());
    let callers: Vec<_> = trunks
        .map(|(member, _)| member.channel.is_caller())
        .collect();
    if callers.is_empty() {
        Direction::Internal
    } else if callers.contains(&true) {
        Direction::Inbound
    } else {
        Direction::Outbound
    }
}
