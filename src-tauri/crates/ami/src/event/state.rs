//! Extensions, devices and registrations.

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;
use crate::value::Value;

/// Events about phones rather than calls. Live and list items share names: the ActionID tells them apart.
#[derive(Debug, Clone, PartialEq)]
pub enum StateEvent<'f> {
    /// `ExtensionStatus`.
    Extension {
        /// The number.
        exten: Cow<'f, str>,
        /// The context of the *hint*, which need not be the one that is dialled.
        context: Cow<'f, str>,
        /// The devices behind it, e.g. `PJSIP/100&PJSIP/101`; a presence hint may follow after a comma.
        hint: Option<Cow<'f, str>>,
        /// Bits: 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 hold; 0 idle; -1 no hint, -2 removed.
        status: Option<i32>,
    },
    /// `DeviceStateChange`.
    Device {
        /// The device, e.g. `PJSIP/101`.
        device: Cow<'f, str>,
        /// `NOT_INUSE`, `INUSE`, `BUSY`, `INVALID`, `UNAVAILABLE`, `RINGING`, `RINGINUSE`, `ONHOLD`, `UNKNOWN`.
        state: Cow<'f, str>,
    },
    /// `PeerStatus` (`Registered`, `Reachable`, `Unreachable`, …).
    Peer {
        /// The device, e.g. `PJSIP/101`.
        peer: Cow<'f, str>,
        /// The word.
        status: Cow<'f, str>,
    },
    /// `ContactStatus`: one phone of an endpoint; there may be others.
    Contact {
        /// The device, e.g. `PJSIP/101`.
        peer: Cow<'f, str>,
        /// Where the phone is.
        uri: Option<Cow<'f, str>>,
        /// `Created`, `Reachable`, `NonQualified`, `Unreachable`, `Removed`, …
        status: Cow<'f, str>,
    },
    /// `EndpointList`: an item of `PJSIPShowEndpoints`.
    Endpoint {
        /// The endpoint's name without technology.
        name: Cow<'f, str>,
        /// Its registered contacts, if any.
        contacts: Option<Cow<'f, str>>,
        /// Its AOR: an endpoint without one is a trunk without registration.
        aor: Option<Cow<'f, str>>,
        /// How we prove ourselves to it: only trunks have one.
        outbound_auths: Option<Cow<'f, str>>,
    },
    /// `PresenceStatus` of a hint, `PresenceStateChange` of a presentity (also as an item of `PresenceStateList`).
    Presence {
        /// What it is about, e.g. `CustomPresence:101`; for a hint, whatever follows the comma in it.
        presentity: Cow<'f, str>,
        /// `available`, `away`, `xa`, `chat`, `dnd`, `unavailable`, `not_set`.
        status: Cow<'f, str>,
        /// The kind of it, in a word of somebody's own.
        subtype: Option<Cow<'f, str>>,
        /// In somebody's own words.
        message: Option<Cow<'f, str>>,
    },
    /// `MessageWaiting`.
    Mailbox {
        /// `101@default`.
        mailbox: Cow<'f, str>,
        /// Messages nobody has heard.
        new: u32,
        /// Messages that have been heard.
        old: u32,
        /// The channel that left or heard one; absent at start-up.
        channel: Option<ChannelSnapshot<'f>>,
    },
    /// `Registry`: a registration of ours at another exchange. The list that tells of it (`PJSIPShowRegistrationsOutbound`) brings the
    /// trunk's password along (transcript `trunk-registration`): it is not asked for.
    Registry {
        /// `PJSIP`, `SIP`, `IAX2`.
        technology: Cow<'f, str>,
        /// Who we are there.
        user: Option<Cow<'f, str>>,
        /// Where.
        domain: Option<Cow<'f, str>>,
        /// `Registered`, `Unregistered`, `Rejected`, …
        status: Cow<'f, str>,
    },
}

impl<'f> StateEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        Ok(match name {
            "ExtensionStatus" => Self::Extension {
                exten: fields.text("Exten")?,
                context: fields.text("Context")?,
                hint: fields.optional("Hint"),
                status: fields.number("Status"),
            },
            "DeviceStateChange" => Self::Device {
                device: fields.text("Device")?,
                state: fields.text("State")?,
            },
            "PeerStatus" => Self::Peer {
                peer: fields.text("Peer")?,
                status: fields.text("PeerStatus")?,
            },
            "ContactStatus" => {
                let endpoint = fields
                    .optional("EndpointName")
                    .or_else(|| fields.optional("AOR"))
                    .ok_or(Missing("EndpointName"))?;
                Self::Contact {
                    peer: Cow::Owned(format!("PJSIP/{endpoint}")),
                    uri: fields.optional("URI"),
                    status: fields.text("ContactStatus")?,
                }
            }
            "PresenceStatus" => Self::Presence {
                presentity: presentity(fields.text("Hint")?)?,
                status: fields.text("Status")?,
                subtype: escaped(fields, "Subtype"),
                message: escaped(fields, "Message"),
            },
            "PresenceStateChange" => Self::Presence {
                presentity: fields.text("Presentity")?,
                status: fields.text("Status")?,
                subtype: escaped(fields, "Subtype"),
                message: escaped(fields, "Message"),
            },
            "MessageWaiting" => Self::Mailbox {
                mailbox: fields.text("Mailbox")?,
                new: waiting(fields),
                old: fields.number("Old").unwrap_or(0),
                channel: fields.channel_at(""),
            },
            "Registry" => Self::Registry {
                technology: fields.text("ChannelType")?,
                user: fields.optional("Username"),
                domain: fields.optional("Domain"),
                status: fields.text("Status")?,
            },
            _ => Self::Endpoint {
                name: fields.text("ObjectName")?,
                contacts: fields.optional("Contacts"),
                aor: fields.optional("Aor"),
                outbound_auths: fields.optional("OutboundAuths"),
            },
        })
    }

    pub(crate) fn snapshot(&self) -> Option<&ChannelSnapshot<'f>> {
        match self {
            Self::Mailbox { channel, .. } => channel.as_ref(),
            Self::Extension { .. }
            | Self::Device { .. }
            | Self::Peer { .. }
            | Self::Contact { .. }
            | Self::Endpoint { .. }
            | Self::Presence { .. }
            | Self::Registry { .. } => None,
        }
    }
}

/// `PJSIP/101,CustomPresence:101`: the presence stands after the comma.
fn presentity(hint: Cow<'_, str>) -> Result<Cow<'_, str>, Missing> {
    let missing = Missing("a presence in Hint");
    match hint {
        Cow::Borrowed(hint) => Ok(Cow::Borrowed(hint.split_once(',').ok_or(missing)?.1)),
        Cow::Owned(hint) => Ok(Cow::Owned(
            hint.split_once(',').ok_or(missing)?.1.to_owned(),
        )),
    }
}

/// `Subtype` and `Message` of a presence pass through `ast_escape_c`.
fn escaped<'f>(fields: Fields<'f>, name: &'static str) -> Option<Cow<'f, str>> {
    fields.value(name).and_then(Value::name)
}

/// A mailbox without counting says only that something waits.
fn waiting(fields: Fields<'_>) -> u32 {
    let some = u32::from(fields.yes("Waiting").unwrap_or(false));
    fields.number("New").unwrap_or(some)
}
