//! What Asterisk itself says, asked on a second AMI connection as `admin`.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use crate::message::{Message, Splitter};

/// How long a question may take to be answered.
const PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(20);

/// An independent witness: a plain AMI client which reports what the PBX says now.
#[derive(Debug)]
pub struct Truth {
    port: u16,
    link: Mutex<Option<Link>>,
    next_id: AtomicU64,
}

/// One channel as listed by `CoreShowChannels`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// `PJSIP/101-00000001`.
    pub name: String,
    /// Asterisk's identity for it.
    pub uniqueid: String,
    /// Hint at the call it belongs to.
    pub linkedid: String,
    /// Dialplan context it is in.
    pub context: String,
    /// Dialplan extension it is in.
    pub exten: String,
    /// `Down`, `Ring`, `Ringing`, `Up`, `Busy`.
    pub state: String,
    /// Bridge in which it hears others, empty if none.
    pub bridge: String,
    /// Number shown to it.
    pub connected: String,
    /// Its own caller number.
    pub caller: String,
    /// Its own caller name.
    pub caller_name: String,
    /// Application it runs.
    pub application: String,
}

impl Channel {
    /// The endpoint part of the name: `101` of `PJSIP/101-00000001`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        let device = self.name.split_once('/').map_or("", |(_, rest)| rest);
        device
            .rsplit_once('-')
            .map_or(device, |(endpoint, _)| endpoint)
    }

    /// Whether it is answered.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.state == "Up"
    }

    fn read(item: &Message) -> Self {
        let text = |name| item.get(name).to_owned();
        Self {
            name: text("Channel"),
            uniqueid: text("Uniqueid"),
            linkedid: text("Linkedid"),
            context: text("Context"),
            exten: text("Exten"),
            state: text("ChannelStateDesc"),
            bridge: text("BridgeId"),
            connected: text("ConnectedLineNum"),
            caller: text("CallerIDNum"),
            caller_name: text("CallerIDName"),
            application: text("Application"),
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} {} {}@{} {} bridge={:?} {}",
            self.name,
            self.state,
            self.exten,
            self.context,
            self.application,
            self.bridge,
            self.uniqueid
        )
    }
}

impl Truth {
    /// A witness of the PBX whose AMI listens on that port of loopback. Connects at the
    /// first question, and again after a loss.
    #[must_use]
    pub fn on_port(port: u16) -> Self {
        Self {
            port,
            link: Mutex::new(None),
            next_id: AtomicU64::new(1),
        }
    }

    /// Sends any action (without `ActionID`) and gives the reply, followed by the items
    /// of its list if it has one, the closing event included.
    pub async fn action(&self, headers: &[(&str, &str)]) -> Result<Vec<Message>> {
        let mut slot = self.link.lock().await;
        let asked = timeout(PATIENCE, self.ask(&mut slot, headers)).await;
        let answer = asked.context("no answer from Asterisk").and_then(|a| a);
        if answer.is_err() {
            *slot = None;
        }
        answer.with_context(|| format!("asking {headers:?}"))
    }

    /// Every channel there is.
    pub async fn channels(&self) -> Result<Vec<Channel>> {
        let answer = self.action(&[("Action", "CoreShowChannels")]).await?;
        Ok(answer
            .iter()
            .filter(|item| item.is_event("CoreShowChannel"))
            .map(Channel::read)
            .collect())
    }

    /// The channels of an endpoint.
    pub async fn channels_of(&self, endpoint: &str) -> Result<Vec<Channel>> {
        let mut channels = self.channels().await?;
        channels.retain(|channel| channel.endpoint() == endpoint);
        Ok(channels)
    }

    /// The only channel of an endpoint; an error if it has none or several.
    pub async fn channel_of(&self, endpoint: &str) -> Result<Channel> {
        let mut channels = self.channels_of(endpoint).await?;
        ensure!(
            channels.len() == 1,
            "{endpoint} has {} channels:\n{}",
            channels.len(),
            listing(&channels)
        );
        channels.pop().context("no channel")
    }

    /// The other channels in the same bridge as the channel of that name.
    pub async fn bridged_with(&self, name: &str) -> Result<Vec<Channel>> {
        let channels = self.channels().await?;
        let bridge = channels
            .iter()
            .find(|channel| channel.name == name || channel.uniqueid == name)
            .map(|channel| channel.bridge.clone())
            .with_context(|| format!("no channel {name}"))?;
        Ok(channels
            .into_iter()
            .filter(|other| !bridge.is_empty() && other.bridge == bridge && other.name != name)
            .collect())
    }

    /// Waits until the channels are as `wanted` says; the error shows how they were.
    pub async fn wait_until(
        &self,
        wanted: impl Fn(&[Channel]) -> bool,
        patience: Duration,
    ) -> Result<Vec<Channel>> {
        let deadline = Instant::now() + patience;
        loop {
            let channels = self.channels().await?;
            if wanted(&channels) {
                return Ok(channels);
            }
            if Instant::now() > deadline {
                bail!(
                    "not within {patience:?}; the channels are:\n{}",
                    listing(&channels)
                );
            }
            sleep(POLL).await;
        }
    }

    /// Waits until two endpoints are answered and hear each other, over Local channels too.
    pub async fn wait_talking(&self, one: &str, other: &str) -> Result<Vec<Channel>> {
        self.wait_until(|channels| are_talking(channels, one, other), PATIENCE)
            .await
            .with_context(|| format!("{one} should be talking to {other}"))
    }

    /// Waits until a channel of that endpoint rings.
    pub async fn wait_ringing(&self, endpoint: &str) -> Result<Vec<Channel>> {
        self.wait_until(
            |channels| {
                let mut own = channels.iter().filter(|c| c.endpoint() == endpoint);
                own.any(|channel| channel.state == "Ringing")
            },
            PATIENCE,
        )
        .await
        .with_context(|| format!("{endpoint} should be ringing"))
    }

    /// Waits until that endpoint has no channel.
    pub async fn wait_gone(&self, endpoint: &str) -> Result<Vec<Channel>> {
        self.wait_until(
            |channels| channels.iter().all(|c| c.endpoint() != endpoint),
            PATIENCE,
        )
        .await
        .with_context(|| format!("{endpoint} should have no call"))
    }

    /// Waits until there is no channel at all.
    pub async fn wait_silent(&self) -> Result<()> {
        self.wait_until(<[Channel]>::is_empty, PATIENCE)
            .await
            .context("all calls should be over")
            .map(drop)
    }

    /// Waits until Asterisk says it is fully booted.
    pub(crate) async fn wait_booted(&self, patience: Duration) -> Result<()> {
        let deadline = Instant::now() + patience;
        loop {
            // Refused while Asterisk still starts; the last error is the one to show.
            let status = self.action(&[("Action", "CoreStatus")]).await;
            match status {
                Ok(_) => return Ok(()),
                Err(error) if Instant::now() > deadline => return Err(error),
                Err(_) => sleep(POLL).await,
            }
        }
    }

    async fn ask(&self, slot: &mut Option<Link>, headers: &[(&str, &str)]) -> Result<Vec<Message>> {
        let link = match slot {
            Some(link) => link,
            None => slot.insert(Link::open(self.port).await?),
        };
        let id = format!("truth-{}", self.next_id.fetch_add(1, Ordering::Relaxed));
        link.ask(headers, &id).await
    }
}

/// Whether two endpoints are answered and hear each other: in one bridge, or in bridges
/// which pairs of Local channels join.
#[must_use]
pub fn are_talking<'a>(channels: &'a [Channel], one: &'a str, other: &'a str) -> bool {
    let own = |endpoint: &'a str| channels.iter().filter(move |c| c.endpoint() == endpoint);
    own(one).any(|mine| own(other).any(|theirs| hear_each_other(channels, mine, theirs)))
}

/// Whether two channels are answered and hear each other: in one bridge, or in bridges which pairs of Local channels join.
#[must_use]
pub fn hear_each_other(channels: &[Channel], one: &Channel, other: &Channel) -> bool {
    let hears = |channel: &Channel| channel.is_up() && !channel.bridge.is_empty();
    hears(one)
        && hears(other)
        && one.name != other.name
        && joined_bridges(channels, &one.bridge).contains(&other.bridge)
}

/// Every bridge that is heard in this one.
fn joined_bridges(channels: &[Channel], bridge: &str) -> BTreeSet<String> {
    let mut joined = BTreeSet::from([bridge.to_owned()]);
    loop {
        let halves = channels.iter().filter(|c| joined.contains(&c.bridge));
        let far: Vec<_> = halves
            .filter_map(|near| other_half(channels, near))
            .filter(|far| !far.bridge.is_empty() && !joined.contains(&far.bridge))
            .map(|far| far.bridge.clone())
            .collect();
        if far.is_empty() {
            return joined;
        }
        joined.extend(far);
    }
}

/// The other channel of a Local pair: `...;2` for `...;1`.
fn other_half<'a>(channels: &'a [Channel], near: &Channel) -> Option<&'a Channel> {
    let (pair, half) = near.name.rsplit_once(';')?;
    channels.iter().find(|far| {
        let far = far.name.rsplit_once(';');
        far.is_some_and(|(same, other)| same == pair && other != half)
    })
}

fn listing(channels: &[Channel]) -> String {
    let lines: Vec<_> = channels.iter().map(|c| format!("  {c}")).collect();
    lines.join("\n")
}

#[derive(Debug)]
struct Link {
    stream: TcpStream,
    splitter: Splitter,
}

impl Link {
    /// Connects, logs in without live events and waits for `FullyBooted`, which the
    /// right `system` shows even so when events are asked for first.
    async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        let mut link = Self {
            stream,
            splitter: Splitter::default(),
        };
        let login = [
            ("Action", "Login"),
            ("Username", "admin"),
            ("Secret", "admin-secret"),
            ("Events", "system"),
        ];
        let reply = link.ask(&login, "truth-login").await?;
        let message = reply.first().map_or("", |reply| reply.get("Message"));
        ensure!(message == "Authentication accepted", "login: {message}");
        while !link.read().await?.is_event("FullyBooted") {}
        link.ask(&[("Action", "Events"), ("EventMask", "off")], "truth-mute")
            .await?;
        Ok(link)
    }

    async fn ask(&mut self, headers: &[(&str, &str)], id: &str) -> Result<Vec<Message>> {
        let mut text = String::new();
        for (name, value) in headers.iter().chain([&("ActionID", id)]) {
            ensure!(!value.contains(['\r', '\n']), "line break in {name}");
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        self.stream.write_all(text.as_bytes()).await?;
        let reply = self.read_own(id).await?;
        let mut answer = vec![reply];
        let is_list = |message: &Message| message.get("EventList").eq_ignore_ascii_case("start");
        if answer.first().is_some_and(is_list) {
            while answer
                .last()
                .is_some_and(|last| last.get("EventList") != "Complete")
            {
                let item = self.read_own(id).await?;
                answer.push(item);
            }
        }
        Ok(answer)
    }

    async fn read_own(&mut self, id: &str) -> Result<Message> {
        loop {
            let message = self.read().await?;
            if message.get("ActionID") == id {
                return Ok(message);
            }
        }
    }

    async fn read(&mut self) -> Result<Message> {
        loop {
            if let Some(frame) = self.splitter.next_frame() {
                return Ok(Message::read(&frame));
            }
            let mut chunk = [0; 16 * 1024];
            let count = self.stream.read(&mut chunk).await?;
            ensure!(count > 0, "Asterisk closed the connection");
            self.splitter.push(&chunk[..count]);
        }
    }
}
