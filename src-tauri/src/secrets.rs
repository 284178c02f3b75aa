//! AMI secrets: in the OS keyring if it lets us, in memory for this session otherwise. Never in a file of ours.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ami::Secret;
use desk::Profile;
use serde::Serialize;
use ts_rs::TS;

const SERVICE: &str = "org.cordboard.desktop";
const PATIENCE: Duration = Duration::from_secs(3);

/// What is known of an account's secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SecretState {
    /// In the keyring.
    Stored,
    /// The keyring works and has none for this account.
    NotStored,
    /// The keyring is locked, or waits for somebody to unlock it.
    Locked,
    /// There is no keyring on this desktop.
    Absent,
    /// The keyring does not let us in.
    Denied,
    /// In memory until the program ends.
    Session,
}

/// Looks after the secrets.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    known: Mutex<BTreeMap<String, (Secret, SecretState)>>,
}

impl Secrets {
    /// The account's secret: from memory first, so that a locked keyring never blocks a reconnect; then from the keyring.
    pub(crate) async fn find(
        &self,
        profile: &Profile,
    ) -> Result<(Secret, SecretState), SecretState> {
        let account = account(profile);
        if let Some(known) = self.lock().get(&account) {
            return Ok(known.clone());
        }
        let text = ask(PATIENCE, {
            let account = account.clone();
            move || keyring::Entry::new(SERVICE, &account)?.get_password()
        });
        let known = (Secret::new(text.await?), SecretState::Stored);
        self.lock().insert(account, known.clone());
        Ok(known)
    }

    /// Whether there is a keyring at all, before any account is known: `NotStored` if so.
    pub(crate) async fn probe(&self) -> SecretState {
        let asked = ask(PATIENCE, || {
            keyring::Entry::new(SERVICE, "probe")?.get_password()
        });
        asked
            .await
            .map_or_else(|why| why, |_| SecretState::NotStored)
    }

    /// Remembers the secret until the program ends.
    pub(crate) fn hold(&self, profile: &Profile, secret: &Secret) {
        self.lock()
            .insert(account(profile), (secret.clone(), SecretState::Session));
    }

    /// Puts the secret into the keyring. Anything but `Stored` says why it is not there.
    pub(crate) async fn store(&self, profile: &Profile, secret: &Secret) -> SecretState {
        let stored = ask(PATIENCE, {
            let (account, secret) = (account(profile), secret.clone());
            move || keyring::Entry::new(SERVICE, &account)?.set_password(secret.reveal())
        });
        if let Err(why) = stored.await {
            return why;
        }
        self.lock()
            .insert(account(profile), (secret.clone(), SecretState::Stored));
        SecretState::Stored
    }

    /// Takes the account's secret out of memory and keyring.
    pub(crate) async fn forget(&self, profile: &Profile) -> SecretState {
        let account = account(profile);
        self.lock().remove(&account);
        let gone = ask(PATIENCE, move || {
            keyring::Entry::new(SERVICE, &account)?.delete_credential()
        });
        gone.await
            .map_or_else(|why| why, |()| SecretState::NotStored)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, (Secret, SecretState)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the entry is called in the keyring.
pub(crate) fn account(profile: &Profile) -> String {
    format!("{}@{}:{}", profile.user, profile.host, profile.port)
}

/// Asks the keyring on a thread that may block: an unlock prompt can stay open for minutes.
async fn ask<T: Send + 'static>(
    patience: Duration,
    question: impl FnOnce() -> keyring::Result<T> + Send + 'static,
) -> Result<T, SecretState> {
    let answer = tokio::time::timeout(patience, tokio::task::spawn_blocking(question));
    match answer.await {
        Err(_elapsed) => Err(SecretState::Locked),
        Ok(Err(_panicked)) => Err(SecretState::Absent),
        Ok(Ok(answer)) => answer.map_err(|error| {
            let state = state_of(&error);
            tracing::debug!(?state, "the keyring gave no secret");
            state
        }),
    }
}

/// Which state an error of the keyring stands for. Its enum is open, hence the last arm.
fn state_of(error: &keyring::Error) -> SecretState {
    use keyring::Error;
    match error {
        Error::NoEntry => SecretState::NotStored,
        Error::NoStorageAccess(cause) | Error::PlatformFailure(cause) if is_denial(&**cause) => {
            SecretState::Denied
        }
        Error::NoStorageAccess(_) => SecretState::Locked,
        Error::PlatformFailure(_) | Error::NoDefaultStore | Error::NotSupportedByStore(_) => {
            SecretState::Absent
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => {
            SecretState::NotStored
        }
        Error::TooLong(..) | Error::Invalid(..) | Error::Ambiguous(_) | _ => SecretState::Denied,
    }
}

/// The stores wrap what the system said, and only its words tell a refusal from a locked door.
fn is_denial(cause: &(dyn std::error::Error + 'static)) -> bool {
    let words = format!("{cause:?} {cause}").to_ascii_lowercase();
    [
        "accessdenied",
        "access denied",
        "permission denied",
        "user canceled",
    ]
    .iter()
    .any(|denial| words.contains(denial))
}

#[cfg(test)]
mod tests {
    use super::*;
    use keyring::Error;

    fn cause(words: &str) -> Box<dyn std::error::Error + Send + Sync> {
        words.into()
    }

    #[test]
    fn each_error_of_the_keyring_has_its_own_state() {
        let table = [
            (Error::NoEntry, SecretState::NotStored),
            (
                Error::NoStorageAccess(cause("SS error: prompt dismissed")),
                SecretState::Locked,
            ),
            (
                Error::NoStorageAccess(cause("SS Error: object locked")),
                SecretState::Locked,
            ),
            (
                Error::NoStorageAccess(cause("AccessDenied")),
                SecretState::Denied,
            ),
            (
                Error::PlatformFailure(cause(
                    "org.freedesktop.DBus.Error.AccessDenied: not allowed",
                )),
                SecretState::Denied,
            ),
            (
                Error::PlatformFailure(cause("org.freedesktop.DBus.Error.ServiceUnknown")),
                SecretState::Absent,
            ),
            (Error::NoDefaultStore, SecretState::Absent),
            (Error::BadEncoding(vec![0xff]), SecretState::NotStored),
        ];
        for (error, state) in table {
            assert_eq!(state_of(&error), state, "{error:?}");
        }
    }

    #[tokio::test]
    async fn a_keyring_that_waits_for_its_user_counts_as_locked() {
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let slow = ask(Duration::from_millis(20), move || {
            // Ends when the test lets go of the other end.
            let _ = wait.recv();
            Ok(())
        });
        assert_eq!(slow.await, Err(SecretState::Locked));
        drop(release);
    }

    #[tokio::test]
    async fn a_secret_of_this_session_is_found_without_asking_the_keyring() {
        let (secrets, profile) = (Secrets::default(), desk::practice_profile());
        secrets.hold(&profile, &Secret::new("s3cret".to_owned()));
        let (found, state) = secrets.find(&profile).await.expect("held");
        assert_eq!((found.reveal(), state), ("s3cret", SecretState::Session));
        assert!(!format!("{secrets:?}").contains("s3cret"));
    }

    #[test]
    fn accounts_of_two_pbxs_do_not_share_a_secret() {
        let (one, mut other) = (desk::practice_profile(), desk::practice_profile());
        other.port = 5039;
        assert_ne!(account(&one), account(&other));
    }
}
