//! Agent pools: people who log in with a call and keep it.

use ami::event::AgentEvent;

use crate::board::Board;
use crate::view::{AgentState, Millis};

/// Somebody of a pool.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Agent {
    /// Name, from the list.
    pub name: Option<String>,
    /// As last told; whether one who is logged in talks is read from the leg.
    pub state: AgentState,
    /// Since when they are logged in.
    pub since: Option<Millis>,
    /// The Uniqueid of the leg they are logged in with.
    pub leg: Option<String>,
    pub(crate) suspect: bool,
}

impl Board {
    pub(crate) fn agent(&mut self, event: &AgentEvent<'_>, now: Millis) {
        match event {
            AgentEvent::Login { agent, channel } => {
                let known = self.agent_mut(agent);
                let leg = Some(channel.uniqueid.as_ref());
                if known.leg.as_deref() != leg || known.since.is_none() {
                    known.since = Some(now);
                }
                known.state = AgentState::Idle;
                self.seat_agent(agent, leg);
            }
            AgentEvent::Logoff { agent, .. } => {
                let known = self.agent_mut(agent);
                (known.state, known.since) = (AgentState::LoggedOff, None);
                self.seat_agent(agent, None);
            }
            AgentEvent::Listed {
                agent,
                name,
                status,
                since,
                channel,
            } => {
                let known = self.agent_mut(agent);
                known.name = name.as_deref().map(str::to_owned).or(known.name.take());
                known.state = agent_state(status);
                known.since = since.map(|at| at.saturating_mul(1000));
                let leg = channel.as_ref().map(|channel| channel.uniqueid.as_ref());
                self.seat_agent(agent, leg);
            }
        }
    }

    /// Whoever is an agent's leg comes last in its calls.
    fn seat_agent(&mut self, number: &str, leg: Option<&str>) {
        let known = self.agent_mut(number);
        if known.leg.as_deref() == leg {
            return;
        }
        let before = std::mem::replace(&mut known.leg, leg.map(str::to_owned));
        let legs = before.as_deref().into_iter().chain(leg);
        legs.for_each(|leg| self.channels.touch(leg));
    }

    fn agent_mut(&mut self, number: &str) -> &mut Agent {
        let agent = self.agents.entry(number.to_owned()).or_default();
        agent.suspect = false;
        agent
    }
}

/// The words of the list `Agents` (`apps/app_agent_pool.c`).
fn agent_state(word: &str) -> AgentState {
    match word {
        "AGENT_LOGGEDOFF" => AgentState::LoggedOff,
        "AGENT_IDLE" => AgentState::Idle,
        "AGENT_ONCALL" => AgentState::OnCall,
        _ => AgentState::Unknown,
    }
}
