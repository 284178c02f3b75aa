//! `Challenge`, `Login`, `Ping`, `Logoff`: the session's own actions. No permission needed.

use md5::{Digest, Md5};

use crate::request::Request;
use crate::secret::Secret;

pub(crate) fn challenge() -> Request {
    Request::ack("Challenge").with("AuthType", "MD5")
}

/// The event mask goes into the login itself: `Events` may get no answer at all (`brokeneventsaction`).
pub(crate) fn login(user: &str, events: &str, proof: Proof<'_>) -> Request {
    let request = Request::ack("Login")
        .with("Username", user)
        .with("Events", events);
    match proof {
        Proof::Plain(secret) => request.with("Secret", secret.reveal()),
        Proof::Challenge { challenge, secret } => request
            .with("AuthType", "MD5")
            .with("Key", key(challenge, secret)),
    }
}

/// What shows that we know the secret.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Proof<'a> {
    /// The secret itself.
    Plain(&'a Secret),
    /// Its MD5 with the PBX's challenge.
    Challenge {
        challenge: &'a str,
        secret: &'a Secret,
    },
}

fn key(challenge: &str, secret: &Secret) -> String {
    let digest = Md5::new()
        .chain_update(challenge)
        .chain_update(secret.reveal())
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn ping() -> Request {
    Request::ack("Ping")
}

pub(crate) fn logoff() -> Request {
    Request::ack("Logoff")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_md5_of_challenge_and_secret_in_lower_case_hex() {
        assert_eq!(
            key("123456789", &Secret::new("mysecret".into())),
            "aba26d296bb0ae595d7c90fb8e38e67e"
        );
    }
}
