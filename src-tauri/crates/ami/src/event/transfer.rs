//! Transfers, pickups and Local channels. They describe what happens; bridge and dial events do it.

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// Events about moves.
#[derive(Debug, Clone, PartialEq)]
pub enum TransferEvent<'f> {
    /// `BlindTransfer`.
    Blind {
        /// Who transfers.
        transferer: ChannelSnapshot<'f>,
        /// Who goes; absent when more than two were bridged.
        transferee: Option<ChannelSnapshot<'f>>,
        /// `Success`, `Fail`, `Invalid`, `Not Permitted`.
        result: Cow<'f, str>,
    },
    /// `AttendedTransfer`.
    Attended {
        /// The transferrer's first leg.
        original: Option<ChannelSnapshot<'f>>,
        /// The transferrer's second leg.
        second: Option<ChannelSnapshot<'f>>,
        /// Who goes.
        transferee: Option<ChannelSnapshot<'f>>,
        /// Where to (22).
        target: Option<ChannelSnapshot<'f>>,
    },
    /// `Pickup`: the channel answers what rang at the target.
    Pickup {
        /// Who picks up.
        channel: ChannelSnapshot<'f>,
        /// Whose phone rang.
        target: Option<ChannelSnapshot<'f>>,
    },
    /// `LocalBridge`: the two halves of a Local channel.
    LocalBridge {
        /// `;1`.
        one: ChannelSnapshot<'f>,
        /// `;2`.
        two: ChannelSnapshot<'f>,
    },
    /// `LocalOptimizationBegin`: the pair takes itself out of the call.
    OptimizationBegins {
        /// `;1`.
        one: ChannelSnapshot<'f>,
        /// `;2`.
        two: Option<ChannelSnapshot<'f>>,
        /// Who moves to the other side's bridge (`Source*`).
        source: Option<ChannelSnapshot<'f>>,
    },
    /// `LocalOptimizationEnd`. Its `Success` says `No` of one that went well (transcript `local-one-hop`), so it is not read.
    OptimizationEnds {
        /// `;1`.
        one: ChannelSnapshot<'f>,
        /// `;2`.
        two: Option<ChannelSnapshot<'f>>,
    },
}

impl<'f> TransferEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        Ok(match name {
            "BlindTransfer" => Self::Blind {
                transferer: fields
                    .channel_at("Transferer")
                    .ok_or(Missing("TransfererUniqueid"))?,
                transferee: fields.channel_at("Transferee"),
                result: fields.text("Result")?,
            },
            "AttendedTransfer" => Self::Attended {
                original: fields.channel_at("OrigTransferer"),
                second: fields.channel_at("SecondTransferer"),
                transferee: fields.channel_at("Transferee"),
                target: fields.channel_at("TransferTarget"),
            },
            "Pickup" => Self::Pickup {
                channel: fields.channel()?,
                target: fields.channel_at("Target"),
            },
            "LocalBridge" => Self::LocalBridge {
                one: fields
                    .channel_at("LocalOne")
                    .ok_or(Missing("LocalOneUniqueid"))?,
                two: fields
                    .channel_at("LocalTwo")
                    .ok_or(Missing("LocalTwoUniqueid"))?,
            },
            "LocalOptimizationBegin" => Self::OptimizationBegins {
                one: fields
                    .channel_at("LocalOne")
                    .ok_or(Missing("LocalOneUniqueid"))?,
                two: fields.channel_at("LocalTwo"),
                source: fields.channel_at("Source"),
            },
            _ => Self::OptimizationEnds {
                one: fields
                    .channel_at("LocalOne")
                    .ok_or(Missing("LocalOneUniqueid"))?,
                two: fields.channel_at("LocalTwo"),
            },
        })
    }

    pub(crate) fn snapshots(&self) -> [Option<&ChannelSnapshot<'f>>; 4] {
        match self {
            Self::Blind {
                transferer,
                transferee,
                ..
            } => [Some(transferer), transferee.as_ref(), None, None],
            Self::Attended {
                original,
                second,
                transferee,
                target,
            } => [
                original.as_ref(),
                second.as_ref(),
                transferee.as_ref(),
                target.as_ref(),
            ],
            Self::Pickup { channel, target } => [Some(channel), target.as_ref(), None, None],
            Self::LocalBridge { one, two } => [Some(one), Some(two), None, None],
            Self::OptimizationBegins { one, two, source } => {
                [Some(one), two.as_ref(), source.as_ref(), None]
            }
            Self::OptimizationEnds { one, two } => [Some(one), two.as_ref(), None, None],
        }
    }
}
