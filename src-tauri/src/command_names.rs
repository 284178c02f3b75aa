// Read by the crate and by its build script: each name becomes a permission which a capability must grant.

/// Everything the page may ask of the program.
pub(crate) const COMMANDS: [&str; 10] = [
    "connect",
    "disconnect",
    "offers",
    "perform",
    "preview",
    "save_settings",
    "start",
    "subscribe",
    "try_connection",
    "use_practice",
];
