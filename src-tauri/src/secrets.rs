//! AMI secrets: in the OS keyring if it lets us, in memory for this session otherwise. Never in a file of ours.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// Where the entries lie: the system's keyring, or a stand-in for it.
pub(crate) trait Vault: std::fmt::Debug + Send + Sync {
    /// The entry's text.
    fn get(&self, entry: &str) -> keyring::Result<String>;
    /// Writes an entry.
    fn set(&self, entry: &str, text: &str) -> keyring::Result<()>;
    /// Takes an entry out.
    fn delete(&self, entry: &str) -> keyring::Result<()>;
}

#[derive(Debug)]
struct SystemKeyring;

impl Vault for SystemKeyring {
    fn get(&self, entry: &str) -> keyring::Result<String> {
        keyring::Entry::new(SERVICE, entry)?.get_password()
    }

    fn set(&self, entry: &str, text: &str) -> keyring::Result<()> {
        keyring::Entry::new(SERVICE, entry)?.set_password(text)
    }

    fn delete(&self, entry: &str) -> keyring::Result<()> {
        keyring::Entry::new(SERVICE, entry)?.delete_credential()
    }
}

/// Looks after the secrets, each PBX's apart.
#[derive(Debug)]
pub(crate) struct Secrets {
    known: Mutex<BTreeMap<String, (Secret, SecretState)>>,
    vault: Arc<dyn Vault>,
}

impl Default for Secrets {
    fn default() -> Self {
        Self::over(Arc::new(SystemKeyring))
    }
}

impl Secrets {
    pub(crate) fn over(vault: Arc<dyn Vault>) -> Self {
        Self {
            known: Mutex::default(),
            vault,
        }
    }

    /// The PBX's secret: from memory first, so that a locked keyring never blocks a reconnect; then from the keyring.
    pub(crate) async fn find(
        &self,
        profile: &Profile,
    ) -> Result<(Secret, SecretState), SecretState> {
        if let Some(known) = self.held(profile) {
            return Ok(known);
        }
        let entry = entry(profile);
        let text = match self.read(entry.clone()).await {
            Err(SecretState::NotStored) => self.adopt(profile).await?,
            read => read?,
        };
        let known = (Secret::new(text), SecretState::Stored);
        self.lock().insert(entry, known.clone());
        Ok(known)
    }

    /// The secret as far as memory knows it.
    pub(crate) fn held(&self, profile: &Profile) -> Option<(Secret, SecretState)> {
        self.lock().get(&entry(profile)).cloned()
    }

    /// The entry of a Cordboard that knew one PBX, under its own name from now on. Should the keyring not take it, the old one stays.
    async fn adopt(&self, profile: &Profile) -> Result<String, SecretState> {
        let (old, new) = (account(profile), entry(profile));
        let text = self.read(old.clone()).await?;
        let moved = self.ask(PATIENCE, {
            let text = text.clone();
            move |vault| vault.set(&new, &text).and_then(|()| vault.delete(&old))
        });
        if let Err(state) = moved.await {
            tracing::debug!(?state, "an old entry of the keyring stays where it was");
        }
        Ok(text)
    }

    async fn read(&self, entry: String) -> Result<String, SecretState> {
        self.ask(PATIENCE, move |vault| vault.get(&entry)).await
    }

    /// Whether there is a keyring at all, before any account is known: `NotStored` if so.
    pub(crate) async fn probe(&self) -> SecretState {
        self.read("probe".to_owned())
            .await
            .map_or_else(|why| why, |_| SecretState::NotStored)
    }

    /// Remembers the secret until the program ends.
    pub(crate) fn hold(&self, profile: &Profile, secret: &Secret) {
        self.lock()
            .insert(entry(profile), (secret.clone(), SecretState::Session));
    }

    /// Puts the secret into the keyring. Anything but `Stored` says why it is not there.
    pub(crate) async fn store(&self, profile: &Profile, secret: &Secret) -> SecretState {
        let entry = entry(profile);
        let stored = self.ask(PATIENCE, {
            let (entry, secret) = (entry.clone(), secret.clone());
            move |vault| vault.set(&entry, secret.reveal())
        });
        if let Err(why) = stored.await {
            return why;
        }
        self.lock()
            .insert(entry, (secret.clone(), SecretState::Stored));
        SecretState::Stored
    }

    /// Takes the PBX's secret out of memory and keyring, wherever an earlier Cordboard put it.
    pub(crate) async fn forget(&self, profile: &Profile) -> SecretState {
        let (entry, old) = (entry(profile), account(profile));
        self.lock().remove(&entry);
        let gone = self.ask(PATIENCE, move |vault| {
            match vault.delete(&old) {
                Ok(()) | Err(keyring::Error::NoEntry) => {}
                Err(error) => return Err(error),
            }
            vault.delete(&entry)
        });
        gone.await
            .map_or_else(|why| why, |()| SecretState::NotStored)
    }

    /// Asks the keyring on a thread that may block: an unlock prompt can stay open for minutes.
    async fn ask<T: Send + 'static>(
        &self,
        patience: Duration,
        question: impl FnOnce(&dyn Vault) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, SecretState> {
        let vault = Arc::clone(&self.vault);
        let asked = tokio::task::spawn_blocking(move || question(&*vault));
        match tokio::time::timeout(patience, asked).await {
            Err(_elapsed) => Err(SecretState::Locked),
            Ok(Err(_panicked)) => Err(SecretState::Absent),
            Ok(Ok(answer)) => answer.map_err(|error| {
                let state = state_of(&error);
                tracing::debug!(?state, "the keyring gave no secret");
                state
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, (Secret, SecretState)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the entry is called in the keyring. Beside the PBX's id stands where its secret may be sent: another host typed over a profile finds none.
pub(crate) fn entry(profile: &Profile) -> String {
    format!("{} {}", profile.pbx, account(profile))
}

/// The account at its PBX, which was the whole name of an entry while there was one PBX.
pub(crate) fn account(profile: &Profile) -> String {
    format!("{}@{}:{}", profile.user, profile.host, profile.port)
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
pub(crate) mod drawer;

#[cfg(test)]
mod tests {
    use super::drawer::Drawer;
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
        let secrets = Secrets::over(Arc::new(Drawer::default()));
        let slow = secrets.ask(Duration::from_millis(20), move |_| {
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
    fn two_pbxs_do_not_share_an_entry_though_the_account_be_the_same() {
        let (one, mut other) = (desk::practice_profile(), desk::practice_profile());
        other.pbx = desk::pbx_id("other");
        assert_ne!(entry(&one), entry(&other));
        other = Profile {
            port: 5039,
            ..desk::practice_profile()
        };
        assert_ne!(entry(&one), entry(&other), "nor would another host get it");
    }

    #[tokio::test]
    async fn the_secret_of_a_cordboard_with_one_pbx_is_found_and_moved_under_its_own_name() {
        let (drawer, profile) = (Arc::new(Drawer::default()), desk::practice_profile());
        drawer.put(&account(&profile), "old");
        let secrets = Secrets::over(drawer.clone());
        let (found, state) = secrets.find(&profile).await.expect("found");
        assert_eq!((found.reveal(), state), ("old", SecretState::Stored));
        assert_eq!(drawer.names(), [entry(&profile)]);
    }

    #[tokio::test]
    async fn each_pbx_forgets_its_own_secret_only() {
        let drawer = Arc::new(Drawer::default());
        let secrets = Secrets::over(drawer.clone());
        let (one, mut other) = (desk::practice_profile(), desk::practice_profile());
        other.pbx = desk::pbx_id("other");
        for (profile, text) in [(&one, "first"), (&other, "second")] {
            let stored = secrets.store(profile, &Secret::new(text.to_owned())).await;
            assert_eq!(stored, SecretState::Stored);
        }
        assert_eq!(secrets.forget(&one).await, SecretState::NotStored);
        assert_eq!(
            secrets.find(&one).await.map(|(_, state)| state),
            Err(SecretState::NotStored)
        );
        let (kept, _) = secrets.find(&other).await.expect("kept");
        assert_eq!(kept.reveal(), "second");
        assert_eq!(drawer.names(), [entry(&other)]);
    }
}
