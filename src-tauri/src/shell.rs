//! What the commands act on: the desk, what is remembered, and which PBXs the window is connected to.

mod session;

use board::PbxId;
use desk::{Choice, Desk, Dialer, Dialing, LinkError, Profile, Stopped, Trial};
use serde::Serialize;
use tokio::sync::{Mutex, OnceCell};
use ts_rs::TS;

use crate::connections;
use crate::feed::Feeds;
use crate::secrets::{self, SecretState, Secrets};
use crate::settings::{Settings, SettingsFile};
use session::Standing;

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
    /// What is known of the secret for the PBX above, or else for the first remembered one.
    pub secret: SecretState,
    /// The remembered PBXs, and how each stands in this session.
    pub remembered: Vec<Remembered>,
    /// Where a settings file lies that could not be read and was put aside.
    pub kept: Option<String>,
}

/// How a remembered PBX stands in this session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Remembered {
    /// Where it is.
    pub profile: Profile,
    /// No link is wanted to it for now.
    pub paused: bool,
    /// The desk holds a link to it, or tries to, or says why it cannot.
    pub linked: bool,
    /// What is known of its secret; nothing before anybody asked.
    pub secret: Option<SecretState>,
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
        Self::over(desk, settings, choice, Secrets::default())
    }

    /// The same over another keyring than the system's.
    fn over(desk: Desk, settings: SettingsFile, choice: Choice, secrets: Secrets) -> Self {
        Self {
            desk,
            feeds: Feeds::default(),
            choice,
            settings,
            secrets,
            standing: Mutex::default(),
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
            Choice::Nothing => {
                self.link_rest().await?;
                self.look_into_keyring().await;
                Ok(())
            }
        }
    }

    pub(crate) async fn start(&self) -> Result<Start, Stopped> {
        self.open().await?;
        let remembered = self.remembered().await;
        let proposed = self.proposed();
        let standing = self.standing.lock().await;
        Ok(Start {
            settings: self.settings.current(),
            options: self.options().cloned(),
            practice: standing.is_practice(),
            connected: standing.is_linked(),
            secret: standing.secret_of(proposed.as_ref().map(|profile| &profile.pbx)),
            remembered,
            kept: self.settings.kept().map(|path| path.display().to_string()),
        })
    }

    async fn remembered(&self) -> Vec<Remembered> {
        let standing = self.standing.lock().await;
        let saved = self.settings.current().connections;
        saved
            .into_iter()
            .map(|saved| Remembered {
                linked: standing.has(&saved.profile.pbx),
                secret: standing.known(&saved.profile.pbx),
                paused: saved.paused,
                profile: saved.profile,
            })
            .collect()
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

    /// Connects, and remembers the PBX, in place of the one it `replaces`; its secret goes into the keyring if that is wished and possible.
    pub(crate) async fn connect(
        &self,
        profile: Profile,
        secret: Option<String>,
        remember: bool,
        replaces: Option<PbxId>,
    ) -> Result<Connected, Stopped> {
        let saved = self.settings.current().connections;
        let profile = connections::named(profile, replaces.as_ref(), &saved);
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
        self.make_way(&profile, replaces).await?;
        self.link(&profile, secret.clone(), state).await?;
        let stored = self.keep_secret(&profile, &secret, state, remember).await;
        let saved = self.keep(|settings| connections::put(&mut settings.connections, profile));
        if matches!(self.choice, Choice::Nothing) {
            self.link_rest().await?;
        }
        Ok(Connected {
            remembered: stored == SecretState::Stored && saved,
            secret: stored,
        })
    }

    /// Lets go of the PBXs whose place it takes: that of the id it had, and any other at the same host and port, which is remembered no more.
    async fn make_way(&self, profile: &Profile, replaces: Option<PbxId>) -> Result<(), Stopped> {
        if let Some(pbx) = replaces.filter(|pbx| *pbx != profile.pbx) {
            self.unlink(&pbx).await?;
        }
        let saved = self.settings.current().connections;
        for other in saved.into_iter().map(|each| each.profile) {
            if other.pbx != profile.pbx && connections::same_place(&other, profile) {
                self.unlink(&other.pbx).await?;
                self.secrets.forget(&other).await;
            }
        }
        Ok(())
    }

    /// The secret goes where it is wished; one for an account that this PBX no longer has is forgotten.
    async fn keep_secret(
        &self,
        profile: &Profile,
        secret: &ami::Secret,
        state: SecretState,
        remember: bool,
    ) -> SecretState {
        if let Some(earlier) = self.saved(&profile.pbx)
            && (!remember || secrets::entry(&earlier) != secrets::entry(profile))
        {
            self.secrets.forget(&earlier).await;
        }
        let stored = match (remember, state) {
            (false, _) => {
                self.secrets.hold(profile, secret);
                SecretState::Session
            }
            (true, SecretState::Stored) => state,
            (true, _) => self.secrets.store(profile, secret).await,
        };
        self.standing.lock().await.note(&profile.pbx, stored);
        stored
    }

    /// Lets go of a remembered PBX until further notice, or takes it up again. False: the next start will not know of it.
    pub(crate) async fn pause(&self, pbx: &PbxId, paused: bool) -> Result<bool, Stopped> {
        let Some(profile) = self.saved(pbx) else {
            return Ok(false);
        };
        let saved = self.keep(|settings| {
            for each in &mut settings.connections {
                if each.profile.pbx == *pbx {
                    each.paused = paused;
                }
            }
        });
        if paused {
            self.unlink(pbx).await?;
        } else {
            self.link_or_say_why(&profile).await?;
        }
        Ok(saved)
    }

    /// Forgets a remembered PBX and its secret. False: the next start will remember it again.
    pub(crate) async fn remove(&self, pbx: &PbxId) -> Result<bool, Stopped> {
        let profile = self.saved(pbx);
        self.unlink(pbx).await?;
        let saved = self.keep(|settings| {
            settings.connections.retain(|each| each.profile.pbx != *pbx);
        });
        if let Some(profile) = profile {
            self.secrets.forget(&profile).await;
        }
        Ok(saved)
    }

    fn saved(&self, pbx: &PbxId) -> Option<Profile> {
        let saved = self.settings.current().connections;
        let mut profiles = saved.into_iter().map(|each| each.profile);
        profiles.find(|profile| profile.pbx == *pbx)
    }

    fn keep(&self, change: impl FnOnce(&mut Settings)) -> bool {
        let saved = self.settings.change(change);
        if let Err(error) = &saved {
            tracing::warn!(%error, "the settings are not saved");
        }
        saved.is_ok()
    }

    pub(crate) async fn use_practice(&self) -> Result<(), Stopped> {
        self.link_practice(desk::practice_profile()).await
    }

    /// Lets go of every PBX of this session; all of them stay remembered.
    pub(crate) async fn disconnect(&self) -> Result<(), Stopped> {
        self.standing.lock().await.let_go(&self.desk).await?;
        self.look_into_keyring().await;
        Ok(())
    }

    /// Which PBX the page will propose next.
    fn proposed(&self) -> Option<Profile> {
        let first = || {
            let saved = self.settings.current().connections;
            saved.into_iter().next().map(|each| each.profile)
        };
        self.options().cloned().or_else(first)
    }

    /// Asks for the secret of the PBX which the page will propose next, or else whether there is a keyring.
    async fn look_into_keyring(&self) {
        let proposed = self.proposed();
        let state = match &proposed {
            Some(profile) => match self.secrets.find(profile).await {
                Ok((_, state)) | Err(state) => state,
            },
            None => self.secrets.probe().await,
        };
        let mut standing = self.standing.lock().await;
        match proposed {
            Some(profile) => standing.note(&profile.pbx, state),
            None => standing.note_keyring(state),
        }
    }

    fn options(&self) -> Option<&Profile> {
        match &self.choice {
            Choice::Pbx { profile, .. } => Some(profile),
            Choice::Practice { .. } | Choice::Nothing => None,
        }
    }

    /// The page may be older than the last connect: which PBXs are remembered is not for it to say in passing.
    pub(crate) fn save_settings(&self, settings: Settings) -> std::io::Result<()> {
        self.settings.change(|current| {
            let connections = std::mem::take(&mut current.connections);
            *current = Settings {
                connections,
                ..settings
            };
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
