//! Why the options make no connection, in words for whoever typed them.

/// Why the options make no connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// Something a connection needs is not there.
    #[error("{option} is missing: {why}")]
    Missing {
        /// The option.
        option: &'static str,
        /// What it is for.
        why: &'static str,
    },
    /// Two options exclude each other.
    #[error("{one} and {other} exclude each other: {why}")]
    Contradiction {
        /// The one.
        one: &'static str,
        /// The other.
        other: &'static str,
        /// Why.
        why: &'static str,
    },
    /// The value of an option cannot be meant.
    #[error("{option} {value:?} cannot be used: {why}")]
    BadValue {
        /// The option.
        option: &'static str,
        /// What was given; never a secret.
        value: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The variable named by `--secret-env` holds no secret.
    #[error("--secret-env {variable}: {why}")]
    Secret {
        /// The variable's name.
        variable: String,
        /// What is wrong with its value.
        why: &'static str,
    },
}
