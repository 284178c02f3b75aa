//! The commands of `ui/src/host/commands.ts`, each one call on the desk. Nothing is remembered on disk.

use anyhow::{Context, Result, bail};
use board::Ref;
use desk::{Choice, Connection, Desk, Profile, SharedDialer, Trial};
use operator::{Intent, OperationId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// What a page asks.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    pub(crate) id: u64,
    pub(crate) command: String,
    #[serde(default)]
    args: Value,
}

/// The desk, and how the page stands to it.
#[derive(Debug)]
pub(crate) struct Seat {
    desk: Desk,
    options: Option<Profile>,
    standing: Mutex<Standing>,
}

#[derive(Debug)]
struct Standing {
    settings: Value,
    linked: Option<Profile>,
    practice: bool,
}

impl Asked {
    fn arg<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        serde_json::from_value(self.args[name].clone())
            .with_context(|| format!("{name} of {}", self.command))
    }
}

impl Seat {
    /// Starts the desk, linked to what the command line names.
    pub(crate) async fn take(choice: Choice) -> Result<Self> {
        let settings = json!({"version": 2, "connections": [], "theme": "system", "density": "comfortable", "columns": []});
        let standing = Standing {
            settings,
            linked: None,
            practice: false,
        };
        let mut seat = Self {
            desk: desk::start(),
            options: None,
            standing: Mutex::new(standing),
        };
        match choice {
            Choice::Nothing => {}
            Choice::Practice { profile } => seat.practise(profile).await?,
            Choice::Pbx { profile, secret } => {
                let secret = secret.context("--secret-env is missing: the AMI secret")?;
                let dialer = desk::net_dialer(&profile)?;
                seat.options = Some(profile.clone());
                seat.link(profile, secret, dialer, false).await?;
            }
        }
        Ok(seat)
    }

    /// The desk itself.
    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What the desk says to a question.
    pub(crate) async fn answer(&self, asked: &Asked) -> Result<Value> {
        Ok(match asked.command.as_str() {
            "subscribe" => Value::Null,
            "offers" => json!(self.desk.offers(asked.arg::<Ref>("subject")?).await?),
            "preview" => json!(self.desk.preview(asked.arg::<Intent>("intent")?).await?),
            "perform" => {
                let performed = self.desk.perform(asked.arg::<Intent>("intent")?).await?;
                json!(performed.err())
            }
            "take_back" => {
                let operation = asked.arg::<OperationId>("operation")?;
                json!(self.desk.take_back(operation).await?)
            }
            "dismiss" => json!(self.desk.dismiss(asked.arg::<Ref>("id")?).await?),
            "label" => {
                let leg = asked.arg::<Ref>("leg")?;
                json!(self.desk.label(leg, asked.arg::<String>("text")?).await?)
            }
            "start" => self.start().await,
            "try_connection" => json!(try_connection(asked).await?),
            "connect" => self.connect(asked).await?,
            "use_practice" => self
                .practise(desk::practice_profile())
                .await
                .map(|()| Value::Null)?,
            "disconnect" => self.disconnect().await.map(|()| Value::Null)?,
            "save_settings" => {
                self.standing.lock().await.settings = asked.arg("settings")?;
                Value::Null
            }
            other => bail!("no such command: {other}"),
        })
    }

    async fn start(&self) -> Value {
        let standing = self.standing.lock().await;
        json!({
            "settings": standing.settings,
            "options": self.options,
            "practice": standing.practice,
            "connected": standing.linked.is_some(),
            "secret": "absent",
            "remembered": [],
            "kept": null,
        })
    }

    async fn connect(&self, asked: &Asked) -> Result<Value> {
        let profile: Profile = asked.arg("profile")?;
        let secret = asked.arg::<Option<String>>("secret")?;
        let Some(secret) = secret.map(ami::Secret::new) else {
            return Ok(json!({"remembered": false, "secret": "absent"}));
        };
        let dialer = desk::net_dialer(&profile)?;
        self.link(profile, secret, dialer, false).await?;
        Ok(json!({"remembered": false, "secret": "session"}))
    }

    async fn practise(&self, profile: Profile) -> Result<()> {
        let (secret, dialer) = (desk::practice_secret(), desk::practice_dialer());
        self.link(profile, secret, dialer, true).await
    }

    async fn link(
        &self,
        profile: Profile,
        secret: ami::Secret,
        dialer: SharedDialer,
        practice: bool,
    ) -> Result<()> {
        self.disconnect().await?;
        let mut standing = self.standing.lock().await;
        standing.linked = Some(profile.clone());
        standing.practice = practice;
        let connection = Connection {
            profile,
            secret,
            dialer,
        };
        Ok(self.desk.connect(connection).await?)
    }

    async fn disconnect(&self) -> Result<()> {
        let linked = self.standing.lock().await.linked.take();
        if let Some(profile) = linked {
            self.desk.disconnect(profile.pbx).await?;
        }
        Ok(())
    }
}

async fn try_connection(asked: &Asked) -> Result<Trial> {
    let profile: Profile = asked.arg("profile")?;
    let secret = ami::Secret::new(asked.arg::<Option<String>>("secret")?.unwrap_or_default());
    Ok(match desk::net_dialer(&profile) {
        Ok(dialer) => desk::try_connection(&profile, &secret, dialer).await,
        Err(reason) => Trial::Failed { reason },
    })
}
