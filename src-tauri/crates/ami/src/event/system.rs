//! The PBX itself.

/// Events about the PBX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemEvent {
    /// `FullyBooted`: every module is loaded, lists are complete.
    FullyBooted,
    /// `Shutdown`: it is going down.
    Shutdown,
    /// `Reload`: configuration was read again; hints, queues and endpoints may have changed.
    Reload,
}

impl SystemEvent {
    pub(crate) fn read(name: &str) -> Self {
        match name {
            "FullyBooted" => Self::FullyBooted,
            "Shutdown" => Self::Shutdown,
            _ => Self::Reload,
        }
    }
}
