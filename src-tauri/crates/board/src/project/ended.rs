//! Calls that have ended, and people of agent pools, as the operator sees them.

use crate::agent::Agent;
use crate::board::Board;
use crate::channel::Channel;
use crate::device::Device;
use crate::ended::{Ended, Rung};
use crate::id::{Ref, RefKind};
use crate::view::{AgentState, AgentView, EndedView};

use super::Owners;

impl Board {
    pub(super) fn ended_views(&self, owners: &Owners) -> impl Iterator<Item = EndedView> {
        self.endings
            .iter()
            .map(|ended| self.ended_view(ended, owners))
    }

    fn ended_view(&self, ended: &Ended, owners: &Owners) -> EndedView {
        let owner = owners.of(&ended.device);
        let (name, number) = self.who_at(&ended.device, &ended.name, &ended.number, owners);
        let (to_name, to_number) = match &ended.to {
            Some(Rung {
                device,
                name,
                number,
                ..
            }) => self.who_at(device, name, number, owners),
            None => (None, None),
        };
        EndedView {
            id: Ref::new(RefKind::Ended, &self.pbx, ended.id.as_str()),
            name,
            number,
            extension: owner.map(|owner| owner.id.clone()),
            trunk: owner.is_none().then(|| ended.device.clone()),
            dialled: ended.dialled.clone(),
            to_name,
            to_number,
            started: ended.started,
            talked: ended.talked,
            ended: ended.ended,
            end: ended.end,
        }
    }

    /// A person of ours by their own name and number; anybody else by what they show.
    fn who_at(
        &self,
        device: &str,
        name: &Option<String>,
        number: &Option<String>,
        owners: &Owners,
    ) -> (Option<String>, Option<String>) {
        let Some(owner) = owners.of(device) else {
            return (name.clone(), number.clone());
        };
        let person = self.devices.get(device).and_then(Device::owner);
        let name = person.cloned().or_else(|| name.clone());
        (name, Some(owner.number.clone()))
    }

    pub(super) fn agent_views(&self) -> impl Iterator<Item = AgentView> {
        self.agents
            .iter()
            .map(|(number, agent)| self.agent_view(number, agent))
    }

    fn agent_view(&self, number: &str, agent: &Agent) -> AgentView {
        let channel = agent.leg.as_deref().and_then(|leg| self.channels.get(leg));
        let name = agent.name.as_ref().or_else(|| channel?.person.as_ref());
        AgentView {
            id: Ref::new(RefKind::Agent, &self.pbx, number),
            number: number.to_owned(),
            name: name.cloned(),
            state: self.agent_state(agent, channel),
            since: agent.since,
            leg: agent.leg.as_deref().map(|leg| self.leg(leg)),
        }
    }

    /// No event tells that an agent talks; the bridge does: idle ones wait in a holding bridge, or in none.
    fn agent_state(&self, agent: &Agent, channel: Option<&Channel>) -> AgentState {
        match (agent.state, channel) {
            (AgentState::Idle | AgentState::OnCall, Some(channel)) => {
                let talks = channel.bridge.is_some() && !self.is_held_in_lot(channel);
                if talks {
                    AgentState::OnCall
                } else {
                    AgentState::Idle
                }
            }
            (state, _) => state,
        }
    }
}
