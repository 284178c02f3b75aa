// Read by the crate and by its build script: each name becomes a permission which a capability must grant.

/// Everything the page may ask of the program.
pub(crate) const COMMANDS: [&str; 15] = [
    "connect",
    "disconnect",
    "dismiss",
    "label",
    "offers",
    "pause_connection",
    "perform",
    "preview",
    "remove_connection",
    "save_settings",
    "start",
    "subscribe",
    "take_back",
    "try_connection",
    "use_practice",
];
