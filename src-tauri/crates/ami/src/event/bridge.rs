//! Bridges: where channels hear each other.

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// A bridge as one event shows it. Member counts are left out: they count hidden channels too.
#[derive(Debug, Clone, PartialEq)]
pub struct BridgeSnapshot<'f> {
    /// Its identity.
    pub uniqueid: Cow<'f, str>,
    /// `basic`, `base`, `parking`, `stasis`, … `parking` means waiting, not talking.
    pub kind: Option<Cow<'f, str>>,
    /// `simple_bridge`, `softmix`, `holding_bridge`, …: changes without an event.
    pub technology: Option<Cow<'f, str>>,
    /// Who made it: `ConfBridge` for a conference.
    pub creator: Option<Cow<'f, str>>,
    /// Its name: the room of a conference.
    pub name: Option<Cow<'f, str>>,
}

impl<'f> BridgeSnapshot<'f> {
    fn read(fields: Fields<'f>) -> Result<Self, Missing> {
        Ok(Self {
            uniqueid: fields.text("BridgeUniqueid")?,
            kind: fields.optional("BridgeType"),
            technology: fields.optional("BridgeTechnology"),
            creator: fields.optional("BridgeCreator"),
            name: fields.optional("BridgeName"),
        })
    }
}

/// Events of bridges.
#[derive(Debug, Clone, PartialEq)]
pub enum BridgeEvent<'f> {
    /// `BridgeCreate`, and the items of `BridgeList`.
    Exists(BridgeSnapshot<'f>),
    /// `BridgeDestroy`.
    Destroyed(BridgeSnapshot<'f>),
    /// `BridgeEnter`.
    Enter {
        /// The bridge.
        bridge: BridgeSnapshot<'f>,
        /// Who comes in.
        channel: ChannelSnapshot<'f>,
        /// Whose place it takes (`SwapUniqueid`); that one's leave came just before.
        swap: Option<Cow<'f, str>>,
    },
    /// `BridgeLeave`. Not an end: a move, often.
    Leave {
        /// The bridge.
        bridge: BridgeSnapshot<'f>,
        /// Who goes out.
        channel: ChannelSnapshot<'f>,
    },
    /// `BridgeMerge`: everybody moves; a leave and an enter for each follow.
    Merge {
        /// Where to.
        to: Cow<'f, str>,
        /// Where from.
        from: Cow<'f, str>,
    },
}

impl<'f> BridgeEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        Ok(match name {
            "BridgeEnter" => Self::Enter {
                bridge: BridgeSnapshot::read(fields)?,
                channel: fields.channel()?,
                swap: fields.optional("SwapUniqueid"),
            },
            "BridgeLeave" => Self::Leave {
                bridge: BridgeSnapshot::read(fields)?,
                channel: fields.channel()?,
            },
            "BridgeDestroy" => Self::Destroyed(BridgeSnapshot::read(fields)?),
            "BridgeMerge" => Self::Merge {
                to: fields.text("ToBridgeUniqueid")?,
                from: fields.text("FromBridgeUniqueid")?,
            },
            _ => Self::Exists(BridgeSnapshot::read(fields)?),
        })
    }

    pub(crate) fn snapshot(&self) -> Option<&ChannelSnapshot<'f>> {
        match self {
            Self::Enter { channel, .. } | Self::Leave { channel, .. } => Some(channel),
            Self::Exists(_) | Self::Destroyed(_) | Self::Merge { .. } => None,
        }
    }
}
