//! A second board, fed by a connection of its own with nothing but events: how many there were, and what is left of them.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ami::{Event, Frame, Login, Method, Secret, Session, SessionEvent};
use anyhow::{Result, ensure};
use board::{Board, Place};
use lab::message::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};
use uuid::Uuid;

use crate::desk::pbx_id;

/// From one attempt to connect to the next.
const AGAIN: Duration = Duration::from_millis(100);

/// Listens until it is dropped.
#[derive(Debug)]
pub(super) struct Ear {
    heard: Arc<Heard>,
    task: JoinHandle<()>,
}

/// So many frames are kept, to tell what led to a difference.
const TAPE: usize = 30_000;

#[derive(Debug, Default)]
struct Heard {
    tape: Mutex<VecDeque<Vec<u8>>>,
    events: AtomicU64,
    kept: AtomicU64,
    /// Frames that made the board count an oddity.
    odd: Mutex<Vec<String>>,
    links: AtomicU64,
}

impl Ear {
    /// Listens at the AMI of that port.
    pub(super) fn at(port: u16) -> Self {
        let heard = Arc::new(Heard::default());
        let task = tokio::spawn(listen(port, Arc::clone(&heard)));
        Self { heard, task }
    }

    /// How many events came.
    pub(super) fn events(&self) -> u64 {
        self.heard.events.load(Ordering::Relaxed)
    }

    /// What was said lately about any of these, in short: channels, by Uniqueid.
    pub(super) fn about(&self, uniqueids: &BTreeSet<String>) -> String {
        let tape = self
            .heard
            .tape
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let told: Vec<_> = tape
            .iter()
            .map(|frame| short(frame))
            .filter(|line| line.split(' ').any(|word| uniqueids.contains(word)))
            .collect();
        told.join("\n")
    }

    /// Until it hears whatever happens from now on: the first event comes with the login.
    pub(super) async fn listens(&self, patience: Duration) -> Result<()> {
        let until = Instant::now() + patience;
        while self.events() == 0 {
            ensure!(Instant::now() < until, "no event came");
            sleep(AGAIN).await;
        }
        Ok(())
    }

    /// Until its board keeps so many things of calls: channels, and what ties them.
    pub(super) async fn keeps(&self, many: usize, patience: Duration) -> Result<()> {
        let until = Instant::now() + patience;
        let many = u64::try_from(many)?;
        while self.heard.kept.load(Ordering::Relaxed) < many {
            let kept = self.heard.kept.load(Ordering::Relaxed);
            ensure!(Instant::now() < until, "{kept} of {many} kept");
            sleep(AGAIN).await;
        }
        Ok(())
    }

    /// When all have hung up nothing is kept, and nothing was odd.
    pub(super) async fn is_empty(&self, patience: Duration) -> Result<()> {
        let deadline = Instant::now() + patience;
        loop {
            let kept = self.heard.kept.load(Ordering::Relaxed);
            if kept == 0 {
                break;
            }
            ensure!(Instant::now() < deadline, "kept on an empty board: {kept}");
            sleep(Duration::from_millis(50)).await;
        }
        let odd = self
            .heard
            .odd
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let story = self.about(&uniqueids(&odd.join(" ")));
        // Who comes in the midst of calls hears of people it does not know.
        let heard_all = self.heard.links.load(Ordering::Relaxed) == 1;
        ensure!(
            odd.is_empty() || !heard_all,
            "odd to a board that heard all: {odd:#?}\n{story}"
        );
        Ok(())
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(port: u16, heard: Arc<Heard>) {
    loop {
        if let Ok(stream) = TcpStream::connect(("127.0.0.1", port)).await {
            heard.links.fetch_add(1, Ordering::Relaxed);
            hear(stream, &heard).await;
        }
        sleep(AGAIN).await;
    }
}

/// One connection, until it ends.
async fn hear(mut stream: TcpStream, heard: &Heard) {
    let mut session = Session::new(login(), Uuid::new_v4(), now());
    let mut board = Board::new(pbx_id(), Place::default());
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let due = session.poll_timeout().map(Instant::from_std);
        let read = tokio::select! {
            read = stream.read(&mut buffer) => Some(read.unwrap_or(0)),
            () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => None,
        };
        match read {
            Some(0) => return,
            Some(bytes) => session.receive(&buffer[..bytes], now()),
            None => session.handle_timeout(now()),
        }
        while let Some(event) = session.poll_event() {
            match event {
                SessionEvent::Event(frame) => {
                    heard.events.fetch_add(1, Ordering::Relaxed);
                    keep(heard, &frame);
                    let odd = board.anomalies().total();
                    board.apply(&Event::read(&frame), 0);
                    if board.anomalies().total() > odd {
                        let mut odd = heard.odd.lock().unwrap_or_else(PoisonError::into_inner);
                        odd.push(short(frame.bytes()));
                    }
                }
                SessionEvent::Over(_) => return,
                SessionEvent::Greeted { .. }
                | SessionEvent::LoggedIn
                | SessionEvent::Item(..)
                | SessionEvent::Booted { .. }
                | SessionEvent::Listed(..)
                | SessionEvent::Reply(..)
                | SessionEvent::Expired(_)
                | SessionEvent::Pong(_)
                | SessionEvent::Stray => {}
            }
        }
        heard.kept.store(board.kept() as u64, Ordering::Relaxed);
        while let Some(bytes) = session.poll_transmit() {
            if stream.write_all(&bytes).await.is_err() {
                return;
            }
        }
    }
}

/// Every Uniqueid in a text.
pub(super) fn uniqueids(text: &str) -> BTreeSet<String> {
    let is_id =
        |word: &&str| word.contains('.') && word.chars().all(|c| c == '.' || c.is_ascii_digit());
    text.split(' ').filter(is_id).map(str::to_owned).collect()
}

/// Headers that say nothing about what happened to whom.
const DULL: [&str; 14] = [
    "Privilege",
    "Language",
    "AccountCode",
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "BridgeTechnology",
    "BridgeCreator",
    "BridgeName",
    "BridgeVideoSourceMode",
    "ChannelState",
    "Context",
    "Priority",
];

fn keep(heard: &Heard, frame: &Frame) {
    let mut tape = heard.tape.lock().unwrap_or_else(PoisonError::into_inner);
    if tape.len() >= TAPE {
        tape.pop_front();
    }
    tape.push_back(frame.bytes().to_vec());
}

/// A frame in one line, without what is dull.
fn short(frame: &[u8]) -> String {
    let message = Message::read(frame);
    let telling = message
        .headers()
        .iter()
        .filter(|(name, value)| !value.is_empty() && !DULL.iter().any(|dull| name.ends_with(dull)));
    let words: Vec<_> = telling
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    words.join(" | ")
}

fn now() -> std::time::Instant {
    Instant::now().into_std()
}

fn login() -> Login {
    Login {
        user: "cordboard".to_owned(),
        secret: Secret::new("cordboard-secret".to_owned()),
        method: Method::ChallengeOrPlain,
        events: "system,call,agent,user".to_owned(),
    }
}
