//! The links of this session: which there are, how one is made, how one is let go.

use std::collections::BTreeMap;
use std::sync::Arc;

use board::PbxId;
use desk::{Connection, Desk, LinkError, Profile, SharedDialer, Stopped};

use super::{NoWay, Shell};
use crate::secrets::SecretState;

/// How the window stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    links: BTreeMap<PbxId, Profile>,
    practice: bool,
    /// What was last heard of each secret.
    secrets: BTreeMap<PbxId, SecretState>,
    /// What the keyring said while no PBX was known.
    keyring: Option<SecretState>,
}

impl Standing {
    pub(super) fn is_linked(&self) -> bool {
        !self.links.is_empty()
    }

    pub(super) fn is_practice(&self) -> bool {
        self.practice
    }

    pub(super) fn has(&self, pbx: &PbxId) -> bool {
        self.links.contains_key(pbx)
    }

    pub(super) fn known(&self, pbx: &PbxId) -> Option<SecretState> {
        self.secrets.get(pbx).copied()
    }

    /// Of the PBX the page proposes, or of the keyring while it has none to propose.
    pub(super) fn secret_of(&self, proposed: Option<&PbxId>) -> SecretState {
        proposed
            .map_or(self.keyring, |pbx| self.known(pbx))
            .unwrap_or(SecretState::NotStored)
    }

    pub(super) fn note(&mut self, pbx: &PbxId, state: SecretState) {
        self.secrets.insert(pbx.clone(), state);
    }

    pub(super) fn note_keyring(&mut self, state: SecretState) {
        self.keyring = Some(state);
    }

    pub(super) async fn let_go(&mut self, desk: &Desk) -> Result<(), Stopped> {
        self.practice = false;
        for pbx in std::mem::take(&mut self.links).into_keys() {
            desk.disconnect(pbx).await?;
        }
        Ok(())
    }
}

impl Shell {
    /// Connects to a PBX whose secret is at hand; without one it stays away.
    pub(super) async fn link_known(&self, profile: &Profile) -> Result<(), Stopped> {
        match self.secrets.find(profile).await {
            Ok((secret, state)) => self.link(profile, secret, state).await,
            Err(state) => {
                self.standing.lock().await.note(&profile.pbx, state);
                Ok(())
            }
        }
    }

    /// Connects to a PBX, or lets its status say that its secret is missing.
    pub(super) async fn link_or_say_why(&self, profile: &Profile) -> Result<(), Stopped> {
        match self.secrets.find(profile).await {
            Ok((secret, state)) => self.link(profile, secret, state).await,
            Err(state) => self.link_in_name(profile, state).await,
        }
    }

    /// Connects to every remembered PBX that is wanted and not yet there. Whoever works at a board sees of the others why they are not on it; with no board at all the first page asks.
    pub(super) async fn link_rest(&self) -> Result<(), Stopped> {
        let mut without = Vec::new();
        let mut barred = None;
        for profile in self.missing().await {
            // One keyring for all: when it is locked, each further question would only wait its time.
            let found = match (self.secrets.held(&profile), barred) {
                (Some(held), _) => Ok(held),
                (None, Some(state)) => Err(state),
                (None, None) => self.secrets.find(&profile).await,
            };
            match found {
                Ok((secret, state)) => self.link(&profile, secret, state).await?,
                Err(state) => {
                    barred = barred.or(is_barred(state).then_some(state));
                    self.standing.lock().await.note(&profile.pbx, state);
                    without.push((profile, state));
                }
            }
        }
        if self.standing.lock().await.is_linked() {
            for (profile, state) in without {
                self.link_in_name(&profile, state).await?;
            }
        }
        Ok(())
    }

    async fn missing(&self) -> Vec<Profile> {
        let standing = self.standing.lock().await;
        let saved = self.settings.current().connections;
        let wanted = saved.into_iter().filter(|each| !each.paused);
        wanted
            .map(|each| each.profile)
            .filter(|profile| !standing.has(&profile.pbx))
            .collect()
    }

    pub(super) async fn link(
        &self,
        profile: &Profile,
        secret: ami::Secret,
        state: SecretState,
    ) -> Result<(), Stopped> {
        let dialer = desk::net_dialer(profile).unwrap_or_else(|reason| Arc::new(NoWay(reason)));
        self.tie(profile.clone(), secret, dialer, state).await
    }

    /// On the board by name only, with the reason in its status.
    async fn link_in_name(&self, profile: &Profile, state: SecretState) -> Result<(), Stopped> {
        let reason = LinkError::Profile {
            detail: no_secret_because(state).to_owned(),
        };
        let nothing = ami::Secret::new(String::new());
        self.tie(profile.clone(), nothing, Arc::new(NoWay(reason)), state)
            .await
    }

    pub(super) async fn link_practice(&self, profile: Profile) -> Result<(), Stopped> {
        let mut standing = self.standing.lock().await;
        standing.let_go(&self.desk).await?;
        standing.practice = true;
        standing.links.insert(profile.pbx.clone(), profile.clone());
        let connection = Connection {
            profile,
            secret: desk::practice_secret(),
            dialer: desk::practice_dialer(),
        };
        self.desk.connect(connection).await
    }

    /// Beside the other links; but callers of a play never stand beside real ones.
    async fn tie(
        &self,
        profile: Profile,
        secret: ami::Secret,
        dialer: SharedDialer,
        state: SecretState,
    ) -> Result<(), Stopped> {
        let mut standing = self.standing.lock().await;
        if standing.practice {
            standing.let_go(&self.desk).await?;
        }
        standing.note(&profile.pbx, state);
        standing.links.insert(profile.pbx.clone(), profile.clone());
        let connection = Connection {
            profile,
            secret,
            dialer,
        };
        self.desk.connect(connection).await
    }

    pub(super) async fn unlink(&self, pbx: &PbxId) -> Result<(), Stopped> {
        let mut standing = self.standing.lock().await;
        match standing.links.remove(pbx) {
            Some(_) => self.desk.disconnect(pbx.clone()).await,
            None => Ok(()),
        }
    }
}

fn is_barred(state: SecretState) -> bool {
    match state {
        SecretState::Locked | SecretState::Absent | SecretState::Denied => true,
        SecretState::Stored | SecretState::NotStored | SecretState::Session => false,
    }
}

fn no_secret_because(state: SecretState) -> &'static str {
    match state {
        SecretState::Locked => "no secret: the system keyring is locked",
        SecretState::Absent => "no secret: this system has no keyring",
        SecretState::Denied => "no secret: the system keyring refused",
        SecretState::Stored | SecretState::NotStored | SecretState::Session => {
            "no secret is known for this account"
        }
    }
}
