//! The PBX itself.

use super::Fields;

/// Events about the PBX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemEvent {
    /// `FullyBooted`: every module is loaded, lists are complete.
    FullyBooted {
        /// Seconds since it was started.
        uptime: Option<u64>,
    },
    /// `Shutdown`: it is going down.
    Shutdown,
    /// `Reload`, and `Load` or `Unload` of a module: configuration was read again; hints, queues and endpoints may have changed, or be gone
    /// without another word (transcript `module-unloaded`).
    Reload,
}

impl SystemEvent {
    pub(crate) fn read(name: &str, fields: Fields<'_>) -> Self {
        match name {
            "FullyBooted" => Self::FullyBooted {
                uptime: fields.number("Uptime"),
            },
            "Shutdown" => Self::Shutdown,
            _ => Self::Reload,
        }
    }
}
