//! What the commands act on: the desk, what is remembered, and which PBX the window is connected to.

use std::sync::Arc;

use desk::{
    Choice, Connection, Desk, Dialer, Dialing, LinkError, Profile, SharedDialer, Stopped, Trial,
};
use serde::Serialize;
use tokio::sync::{Mutex, OnceCell};
use ts_rs::TS;

use crate::feed::Feeds;
use crate::secrets::{self, SecretState, Secrets};
use crate::settings::{Settings, SettingsFile};

/// What a fresh page must know first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Start {
    /// What is remembered.
    pub settings: Settings,
    /// The PBX named on the command line.
    pub options: Option<Profile>,
    /// It is the practice PBX we are connected to.
    pub practice: bool,
    /// The desk holds a link, or tries to.
    pub connected: bool,
    /// What is known of the secret for the PBX above, or else for the remembered one.
    pub secret: SecretState,
    /// Where a settings file lies that could not be read and was put aside.
    pub kept: Option<String>,
}

/// What came of the wish to connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Connected {
    /// The secret is in the keyring: the next start needs no question.
    pub remembered: bool,
    /// `stored` or `session`, or why the keyring did not take or give the secret. With a secret given, the desk connects in any case.
    pub secret: SecretState,
}

/// How the window stands.
#[derive(Debug)]
struct Standing {
    profile: Option<Profile>,
    practice: bool,
    secret: SecretState,
}

/// The program behind the window.
#[derive(Debug)]
pub(crate) struct Shell {
    pub(crate) desk: Desk,
    pub(crate) feeds: Feeds,
    choice: Choice,
    settings: SettingsFile,
    secrets: Secrets,
    standing: Mutex<Standing>,
    opened: OnceCell<()>,
}

impl Shell {
    pub(crate) fn new(desk: Desk, settings: SettingsFile, choice: Choice) -> Self {
        let standing = Standing {
            profile: None,
            practice: false,
            secret: SecretState::NotStored,
        };
        Self {
            desk,
            feeds: Feeds::default(),
            choice,
            settings,
            secrets: Secrets::default(),
            standing: Mutex::new(standing),
            opened: OnceCell::new(),
        }
    }

    /// Connects at once, without a click, if the command line or the settings say where to. Only the first call does anything; later ones wait for it.
    pub(crate) async fn open(&self) -> Result<(), Stopped> {
        self.opened
            .get_or_try_init(|| self.open_once())
            .await
            .copied()
    }

    async fn open_once(&self) -> Result<(), Stopped> {
        match &self.choice {
            Choice::Practice { profile } => self.link_practice(profile.clone()).await,
            Choice::Pbx { profile, secret } => {
                if let Some(secret) = secret {
                    self.secrets.hold(profile, secret);
                }
                self.link_known(profile).await
            }
            Choice::Nothing => match self.settings.current().profile {
                Some(profile) => self.link_known(&profile).await,
                None => {
                    self.standing.lock().await.secret = self.secrets.probe().await;
                    Ok(())
                }
            },
        }
    }

    async fn link_known(&self, profile: &Profile) -> Result<(), Stopped> {
        match self.secrets.find(profile).await {
            Ok((secret, state)) => self.link(profile, secret, state).await,
            Err(state) => {
                self.standing.lock().await.secret = state;
                Ok(())
            }
        }
    }

    pub(crate) async fn start(&self) -> Result<Start, Stopped> {
        self.open().await?;
        let standing = self.standing.lock().await;
        Ok(Start {
            settings: self.settings.current(),
            options: self.options().cloned(),
            practice: standing.practice,
            connected: standing.profile.is_some(),
            secret: standing.secret,
            kept: self.settings.kept().map(|path| path.display().to_string()),
        })
    }

    pub(crate) async fn try_connection(&self, profile: &Profile, secret: Option<String>) -> Trial {
        let secret = match secret {
            Some(text) => ami::Secret::new(text),
            None => match self.secrets.find(profile).await {
                Ok((secret, _)) => secret,
                Err(_) => return no_secret(),
            },
        };
        match desk::net_dialer(profile) {
            Ok(dialer) => desk::try_connection(profile, &secret, dialer).await,
            Err(reason) => Trial::Failed { reason },
        }
    }

    /// Connects, and remembers the PBX; its secret goes into the keyring if that is wished and possible.
    pub(crate) async fn connect(
        &self,
        profile: Profile,
        secret: Option<String>,
        remember: bool,
    ) -> Result<Connected, Stopped> {
        if let Some(text) = secret {
            self.secrets.hold(&profile, &ami::Secret::new(text));
        }
        let (secret, state) = match self.secrets.find(&profile).await {
            Ok(found) => found,
            Err(state) => {
                return Ok(Connected {
                    remembered: false,
                    secret: state,
                });
            }
        };
        self.link(&profile, secret.clone(), state).await?;
        let stored = if remember {
            self.store(&profile, &secret, state).await
        } else {
            self.forget(&profile, &secret).await
        };
        let saved = self.keep(Settings {
            profile: Some(profile),
            ..self.settings.current()
        });
        self.standing.lock().await.secret = stored;
        Ok(Connected {
            remembered: stored == SecretState::Stored && saved,
            secret: stored,
        })
    }

    async fn store(
        &self,
        profile: &Profile,
        secret: &ami::Secret,
        state: SecretState,
    ) -> SecretState {
        if state == SecretState::Stored {
            state
        } else {
            self.secrets.store(profile, secret).await
        }
    }

    /// Takes the secret of a PBX we know out of the keyring; this session goes on with it.
    async fn forget(&self, profile: &Profile, secret: &ami::Secret) -> SecretState {
        let known = self.settings.current().profile;
        if known.is_some_and(|known| secrets::account(&known) == secrets::account(profile)) {
            self.secrets.forget(profile).await;
        }
        self.secrets.hold(profile, secret);
        SecretState::Session
    }

    fn keep(&self, settings: Settings) -> bool {
        let saved = self.settings.save(settings);
        if let Err(error) = &saved {
            tracing::warn!(%error, "the settings are not saved");
        }
        saved.is_ok()
    }

    pub(crate) async fn use_practice(&self) -> Result<(), Stopped> {
        self.link_practice(desk::practice_profile()).await
    }

    async fn link_practice(&self, profile: Profile) -> Result<(), Stopped> {
        self.replace(
            Some((profile, desk::practice_secret(), desk::practice_dialer())),
            SecretState::NotStored,
            true,
        )
        .await
    }

    async fn link(
        &self,
        profile: &Profile,
        secret: ami::Secret,
        state: SecretState,
    ) -> Result<(), Stopped> {
        let dialer = desk::net_dialer(profile).unwrap_or_else(|reason| Arc::new(NoWay(reason)));
        self.replace(Some((profile.clone(), secret, dialer)), state, false)
            .await
    }

    pub(crate) async fn disconnect(&self) -> Result<(), Stopped> {
        let secret = self.secret_at_hand().await;
        self.replace(None, secret, false).await
    }

    /// What is known of the secret for the PBX which the page will propose next.
    async fn secret_at_hand(&self) -> SecretState {
        let proposed = self
            .options()
            .cloned()
            .or_else(|| self.settings.current().profile);
        match proposed {
            Some(profile) => match self.secrets.find(&profile).await {
                Ok((_, state)) | Err(state) => state,
            },
            None => self.secrets.probe().await,
        }
    }

    fn options(&self) -> Option<&Profile> {
        match &self.choice {
            Choice::Pbx { profile, .. } => Some(profile),
            Choice::Practice { .. } | Choice::Nothing => None,
        }
    }

    /// One PBX at a time in this window: the earlier one is let go.
    async fn replace(
        &self,
        link: Option<(Profile, ami::Secret, SharedDialer)>,
        secret: SecretState,
        practice: bool,
    ) -> Result<(), Stopped> {
        let mut standing = self.standing.lock().await;
        if let Some(earlier) = standing.profile.take() {
            self.desk.disconnect(earlier.pbx).await?;
        }
        *standing = Standing {
            profile: link.as_ref().map(|(profile, ..)| profile.clone()),
            practice,
            secret,
        };
        match link {
            Some((profile, secret, dialer)) => {
                self.desk
                    .connect(Connection {
                        profile,
                        secret,
                        dialer,
                    })
                    .await
            }
            None => Ok(()),
        }
    }

    /// The page may be older than the last connect, so having no profile in hand does not make us forget one.
    pub(crate) fn save_settings(&self, settings: Settings) -> std::io::Result<()> {
        let profile = settings
            .profile
            .clone()
            .or_else(|| self.settings.current().profile);
        self.settings.save(Settings {
            profile,
            ..settings
        })
    }
}

fn no_secret() -> Trial {
    Trial::Failed {
        reason: LinkError::Profile {
            detail: "no secret is known for this account".to_owned(),
        },
    }
}

/// Stands in for a dialer which the profile does not allow, so that the reason appears where every other one does: in the status.
#[derive(Debug)]
struct NoWay(LinkError);

impl Dialer for NoWay {
    fn dial(&self) -> Dialing {
        let reason = self.0.clone();
        Box::pin(async move { Err(reason) })
    }
}

#[cfg(test)]
mod tests;
