//! Calls and their legs, as the operator sees them.

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
        let order = [
            (LegState::Held, CallPhase::Held),
            (LegState::Talking, CallPhase::Talking),
            (LegState::Parked, CallPhase::Parked),
            (LegState::Ringing, CallPhase::Ringing),
            (LegState::Queued, CallPhase::Queued),
            (LegState::Calling, CallPhase::Dialing),
            (LegState::Application, CallPhase::Application),
            (LegState::Alone, CallPhase::Application),
            (LegState::Ending, CallPhase::Ending),
        ];
        let found = order
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
                .or_else(|| channel.person.clone()),
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

    /// A rung leg ends as its dial did; any other by its own cause.
    fn why_ending(&self, member: Member<'_>) -> End {
        let channel = member.channel;
        let dial = self.dials.to(member.id);
        dial.and_then(|dial| cause::of_dial(dial.status, channel.cause))
            .unwrap_or_else(|| cause::of_cause(channel.cause, channel.answered.is_some()))
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
