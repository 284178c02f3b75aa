//! The recording connection: every byte Asterisk sends to it goes into the transcript.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use md5::{Digest as _, Md5};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use crate::message::{Message, Splitter};

const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing must come before a moment counts as settled.
const QUIET: Duration = Duration::from_millis(300);
/// How often the clock is written down at least, if anything comes.
const CLOCK: u64 = 100;

/// What a desk asks for after every login.
const SYNC: [&str; 10] = [
    "CoreSettings",
    "CoreStatus",
    "CoreShowChannels",
    "BridgeList",
    "ParkedCalls",
    "QueueStatus",
    "ExtensionStateList",
    "DeviceStateList",
    "PJSIPShowEndpoints",
    "ConfbridgeListRooms",
];

/// A recording, over one connection after the other.
#[derive(Debug)]
pub(super) struct Tape {
    port: u16,
    log: Arc<Mutex<Log>>,
    writer: Option<OwnedWriteHalf>,
    news: watch::Receiver<Link>,
    sent: usize,
    synced: usize,
    since_mark: usize,
}

/// What the reader tells: how many frames came, and whether the connection lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Open(usize),
    Closed,
}

#[derive(Debug)]
struct Log {
    text: Vec<u8>,
    messages: Vec<Message>,
    start: Instant,
    clock: u64,
}

impl Log {
    fn directive(&mut self, line: &str) {
        self.text
            .extend_from_slice(format!("## {line}\n").as_bytes());
    }

    fn clock(&mut self, at_least: u64) {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        if now >= self.clock + at_least {
            self.clock = now;
            self.directive(&format!("at {now}"));
        }
    }

    fn frame(&mut self, frame: &[u8]) {
        self.clock(CLOCK);
        self.text.extend_from_slice(frame);
        self.messages.push(Message::read(frame));
    }
}

impl Tape {
    pub(super) fn new(port: u16) -> Self {
        let log = Log {
            text: Vec::new(),
            messages: Vec::new(),
            start: Instant::now(),
            clock: 0,
        };
        Self {
            port,
            log: Arc::new(Mutex::new(log)),
            writer: None,
            news: watch::channel(Link::Closed).1,
            sent: 0,
            synced: 0,
            since_mark: 0,
        }
    }

    /// Another recording of the same PBX, by the same clock.
    pub(super) fn beside(&self) -> Self {
        let tape = Self::new(self.port);
        tape.log().start = self.log().start;
        tape
    }

    /// Connects, as soon as Asterisk takes connections, and waits for the greeting.
    pub(super) async fn connect(&mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let stream = loop {
            match TcpStream::connect(("127.0.0.1", self.port)).await {
                Ok(stream) => break stream,
                Err(error) => ensure!(Instant::now() < deadline, error),
            }
            sleep(Duration::from_millis(2)).await;
        };
        self.note("mark connected");
        let count = self.log().messages.len();
        self.since_mark = count;
        let (reader, writer) = stream.into_split();
        let (tell, news) = watch::channel(Link::Open(self.since_mark));
        self.writer = Some(writer);
        self.news = news;
        tokio::spawn(listen(reader, Arc::clone(&self.log), tell));
        self.until("the greeting", |_| true).await.map(drop)
    }

    /// Sends an action with an id of its own and gives the reply.
    pub(super) async fn request(&mut self, headers: &[(&str, &str)]) -> Result<Message> {
        let id = self.send(headers).await?;
        self.reply(&id).await
    }

    /// Sends an action with an id of its own; gives the id.
    pub(super) async fn send(&mut self, headers: &[(&str, &str)]) -> Result<String> {
        self.sent += 1;
        let id = format!("act-{}", self.sent);
        self.send_as(&id, headers).await?;
        Ok(id)
    }

    /// Waits for the reply to an action.
    pub(super) async fn reply(&mut self, id: &str) -> Result<Message> {
        self.until("a reply", |message| {
            message.get("ActionID") == id
                && !message.get("Response").is_empty()
                && message.get("Event").is_empty()
        })
        .await
    }

    /// Logs in by MD5 challenge and gives the reply.
    pub(super) async fn log_in_md5(&mut self, user: &str, events: &str) -> Result<Message> {
        let challenge = self
            .request(&[("Action", "Challenge"), ("AuthType", "MD5")])
            .await?;
        let mut digest = Md5::new();
        digest.update(challenge.get("Challenge"));
        digest.update(format!("{user}-secret"));
        let key = digest.finalize();
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        let login = [
            ("Action", "Login"),
            ("AuthType", "MD5"),
            ("Username", user),
            ("Key", &key),
            ("Events", events),
        ];
        self.request(&login).await
    }

    /// Waits until Asterisk says it is fully booted.
    pub(super) async fn booted(&mut self) -> Result<()> {
        let found = self.until("FullyBooted", |message| message.is_event("FullyBooted"));
        found.await.map(drop)
    }

    /// Asks for every list, all at once as a desk does, and waits for the last.
    pub(super) async fn sync(&mut self) -> Result<()> {
        let mut ids = Vec::new();
        for action in SYNC {
            self.synced += 1;
            let id = format!("sync-{}", self.synced);
            self.send_as(&id, &[("Action", action)]).await?;
            ids.push(id);
        }
        for id in ids {
            self.list(&id).await?;
        }
        self.mark("synced").await
    }

    /// Asks for one more list, or hears that there is none.
    pub(super) async fn ask_list(&mut self, headers: &[(&str, &str)]) -> Result<()> {
        let id = self.send(headers).await?;
        self.list(&id).await
    }

    /// Asks what this account may do.
    pub(super) async fn rights(&mut self) -> Result<()> {
        self.request(&[("Action", "ListCommands")]).await.map(drop)
    }

    /// Waits until something comes that is as `wanted` says, counted from the last mark.
    pub(super) async fn until(
        &mut self,
        what: &str,
        wanted: impl Fn(&Message) -> bool,
    ) -> Result<Message> {
        let deadline = Instant::now() + PATIENCE;
        let mut next = self.since_mark;
        loop {
            let link = *self.news.borrow_and_update();
            let found = {
                let log = self.log();
                let found = log.messages.iter().skip(next).find(|m| wanted(m)).cloned();
                next = log.messages.len();
                found
            };
            if let Some(message) = found {
                return Ok(message);
            }
            ensure!(
                link != Link::Closed,
                "the connection closed before {what} came"
            );
            let changed = tokio::time::timeout_at(deadline, self.news.changed()).await;
            changed
                .with_context(|| format!("{what} did not come"))?
                .ok();
        }
    }

    /// Waits for an event of that name, counted from the last mark.
    pub(super) async fn event(&mut self, name: &str) -> Result<Message> {
        self.until(name, |message| message.is_event(name)).await
    }

    /// Lets everything come that is on its way, then names the moment.
    pub(super) async fn mark(&mut self, name: &str) -> Result<()> {
        self.settle().await?;
        self.name_moment(name);
        Ok(())
    }

    /// Names a moment after which all was silent already.
    pub(super) async fn mark_too(&mut self, name: &str) -> Result<()> {
        self.request(&[("Action", "Ping")]).await?;
        self.name_moment(name);
        Ok(())
    }

    fn name_moment(&mut self, name: &str) {
        let mut log = self.log();
        log.clock(1);
        log.directive(&format!("mark {name}"));
        let count = log.messages.len();
        drop(log);
        self.since_mark = count;
    }

    /// Waits until Asterisk closes the connection.
    pub(super) async fn closed(&mut self) -> Result<()> {
        let closed = self.news.wait_for(|link| *link == Link::Closed);
        let waited = timeout(Duration::from_secs(40), closed).await;
        // A sender that is gone has closed as well.
        waited.context("Asterisk does not close")?.ok();
        self.writer = None;
        Ok(())
    }

    /// A last list of the channels, and the transcript.
    pub(super) async fn end(&mut self) -> Result<Vec<u8>> {
        if self.writer.is_some() {
            self.send_as("end-1", &[("Action", "CoreShowChannels")])
                .await?;
            self.list("end-1").await?;
            self.note("mark end");
        }
        Ok(std::mem::take(&mut self.log().text))
    }

    /// The transcript so far, and no more.
    pub(super) fn cut(&mut self) -> Vec<u8> {
        self.writer = None;
        std::mem::take(&mut self.log().text)
    }

    async fn send_as(&mut self, id: &str, headers: &[(&str, &str)]) -> Result<()> {
        let own = ("ActionID", id);
        let headers: Vec<_> = headers.iter().chain([&own]).collect();
        let shown: Vec<_> = headers
            .iter()
            .map(|(name, value)| match *name {
                "Secret" | "Key" => format!("{name}: ***"),
                name => format!("{name}: {value}"),
            })
            .collect();
        self.note(&format!("> {}", shown.join("; ")));
        let lines = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"));
        let text = lines.collect::<String>() + "\r\n";
        let writer = self.writer.as_mut().context("not connected")?;
        writer.write_all(text.as_bytes()).await?;
        Ok(())
    }

    /// Waits for the end of a list, or for the reply if there is no list.
    async fn list(&mut self, id: &str) -> Result<()> {
        let first = self.reply(id).await?;
        if first.get("EventList").eq_ignore_ascii_case("start") {
            self.until("the end of a list", |message| {
                message.get("ActionID") == id && message.get("EventList") == "Complete"
            })
            .await?;
        }
        Ok(())
    }

    /// Nothing for a while, and a ping answered after that: what happened is on the tape.
    pub(super) async fn settle(&mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while timeout(QUIET, self.news.changed()).await.is_ok() {
            ensure!(Instant::now() < deadline, "Asterisk does not fall silent");
            ensure!(*self.news.borrow() != Link::Closed, "the connection closed");
        }
        self.request(&[("Action", "Ping")]).await.map(drop)
    }

    fn note(&self, line: &str) {
        self.log().directive(line);
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn listen(mut reader: OwnedReadHalf, log: Arc<Mutex<Log>>, tell: watch::Sender<Link>) {
    let mut splitter = Splitter::default();
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = reader.read(&mut chunk).await {
        splitter.push(&chunk[..count]);
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(frame) = splitter.next_frame() {
            log.frame(&frame);
        }
        let frames = log.messages.len();
        drop(log);
        tell.send_replace(Link::Open(frames));
    }
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    log.clock(1);
    // A directive needs the start of a line, so half a message is only counted.
    match splitter.rest().len() {
        0 => log.directive("mark closed"),
        rest => log.directive(&format!("mark closed after {rest} bytes of a message")),
    }
    drop(log);
    tell.send_replace(Link::Closed);
}
