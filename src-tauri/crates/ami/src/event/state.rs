//! Extensions, devices and registrations.

use std::borrow::Cow;

use super::{Fields, Missing};

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
    /// `PeerStatus` (`Registered`, `Reachable`, `Unreachable`, …), `ContactStatus` of an endpoint.
    Peer {
        /// The device, e.g. `PJSIP/101`.
        peer: Cow<'f, str>,
        /// The word.
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
                Self::Peer {
                    peer: Cow::Owned(format!("PJSIP/{endpoint}")),
                    status: fields.text("ContactStatus")?,
                }
            }
            _ => Self::Endpoint {
                name: fields.text("ObjectName")?,
                contacts: fields.optional("Contacts"),
                aor: fields.optional("Aor"),
            },
        })
    }
}
