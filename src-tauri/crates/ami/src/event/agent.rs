//! Agent pools (`app_agent_pool`): people who log in with a call and keep it.

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// Events of agents.
#[derive(Debug, Clone, PartialEq)]
pub enum AgentEvent<'f> {
    /// `AgentLogin`.
    Login {
        /// The agent's number.
        agent: Cow<'f, str>,
        /// The leg they are logged in with.
        channel: ChannelSnapshot<'f>,
    },
    /// `AgentLogoff`.
    Logoff {
        /// The agent's number.
        agent: Cow<'f, str>,
        /// The leg they were logged in with.
        channel: Option<ChannelSnapshot<'f>>,
    },
    /// `Agents`: an item of the list `Agents`.
    Listed {
        /// The agent's number.
        agent: Cow<'f, str>,
        /// Their name.
        name: Option<Cow<'f, str>>,
        /// `AGENT_LOGGEDOFF`, `AGENT_IDLE`, `AGENT_ONCALL`.
        status: Cow<'f, str>,
        /// When they logged in, in seconds since the epoch.
        since: Option<u64>,
        /// The leg they are logged in with.
        channel: Option<ChannelSnapshot<'f>>,
    },
}

impl<'f> AgentEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        let agent = fields.text("Agent")?;
        Ok(match name {
            "AgentLogin" => Self::Login {
                agent,
                channel: fields.channel()?,
            },
            "AgentLogoff" => Self::Logoff {
                agent,
                channel: fields.channel_at(""),
            },
            _ => Self::Listed {
                agent,
                name: fields.optional("Name"),
                status: fields.text("Status")?,
                since: fields.number("LoggedInTime").filter(|at| *at > 0),
                channel: fields.channel_at(""),
            },
        })
    }

    pub(crate) fn snapshot(&self) -> Option<&ChannelSnapshot<'f>> {
        match self {
            Self::Login { channel, .. } => Some(channel),
            Self::Logoff { channel, .. } | Self::Listed { channel, .. } => channel.as_ref(),
        }
    }
}
