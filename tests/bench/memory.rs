//! Memory: a million channels come and go, read and shown as the desk does, and what the process holds meanwhile.

use std::collections::VecDeque;
use std::time::Instant;

use ami::event::ChannelEvent;
use ami::{Event, Login, Method, Secret, Session, SessionEvent};
use anyhow::{Context, Result, ensure};
use board::Board;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::office::{STREAM, board};
use crate::picture::Show;
use crate::process::{self, own_memory, this_program};
use crate::stream::Traffic;
use crate::table::{Table, Verdicts, say, thousands};
use crate::wire::{self, Inbox, Lists};

const CHANNELS: u64 = 1_000_000;
/// When memory is read, in channels that have come and gone.
const MARKS: [u64; 3] = [100_000, 500_000, CHANNELS];
/// What an allocator's own housekeeping may move, in MB.
const NOISE: f64 = 2.0;
/// A desk that reads as fast as it can makes twenty pictures a second: one for about so many events.
const EVENTS_A_PICTURE: u64 = 20_000;
const EVENTS_A_MILLISECOND: u64 = 400;

/// How it stood when so many channels had gone.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    channels: u64,
    events: u64,
    pictures: u64,
    /// MB.
    resident: f64,
}

/// What the reading process tells at its end.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    marks: Vec<Mark>,
    /// What the board still remembered of calls once all had ended.
    kept: usize,
    strangers: u64,
}

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(seed: u64, verdicts: &mut Verdicts) -> Result<()> {
    let (seed, channels) = (seed.to_string(), CHANNELS.to_string());
    let arguments = ["endless", "--seed", &seed, "--channels", &channels];
    let cost = process::weigh(process::on(None, &this_program()?, &arguments)?)?;
    let told: Told =
        serde_json::from_str(&cost.said).with_context(|| format!("not a report: {}", cost.said))?;
    let mut table = Table::new([
        "memory: channels come and gone",
        "events",
        "pictures",
        "resident MB",
    ]);
    for mark in &told.marks {
        table.row([
            thousands(mark.channels),
            thousands(mark.events),
            thousands(mark.pictures),
            format!("{:.2}", mark.resident),
        ]);
    }
    say(&table.to_string())?;
    let [Some(first), Some(last)] = [told.marks.first(), told.marks.last()] else {
        anyhow::bail!("no memory was read")
    };
    verdicts.at_most(
        "memory grown from 100,000 to 1,000,000 channels come and gone, MB",
        NOISE,
        last.resident - first.resident,
    );
    verdicts.told(
        "resident at the end, with its stream's maker, MB",
        last.resident,
    );
    verdicts.told(
        "news of channels nobody had announced meanwhile",
        told.strangers as f64,
    );
    verdicts.at_most(
        "calls, bridges and dials remembered after a million channels",
        0.0,
        told.kept as f64,
    );
    Ok(())
}

/// The engine without a socket: session, board, pictures, feed.
struct Engine {
    session: Session,
    inbox: Inbox,
    began: Instant,
    board: Board,
    show: Show,
    events: u64,
    pictures: u64,
    gone: u64,
}

impl Engine {
    /// Logged in, and with every phone's hint read.
    fn new() -> Result<Self> {
        let login = Login {
            user: "bench".to_owned(),
            secret: Secret::new("bench".to_owned()),
            method: Method::ChallengeOrPlain,
            events: "system,call,agent,user".to_owned(),
        };
        let began = Instant::now();
        let mut engine = Self {
            session: Session::new(login, Uuid::from_u128(1), began),
            inbox: Inbox::default(),
            began,
            board: board(STREAM)?,
            show: Show::default(),
            events: 0,
            pictures: 0,
            gone: 0,
        };
        engine.receive(wire::GREETING)?;
        ensure!(engine.events > 0, "the login did not come about");
        Ok(engine)
    }

    /// Takes in bytes, and answers itself what the session asks.
    fn receive(&mut self, bytes: &[u8]) -> Result<()> {
        let mut coming = VecDeque::from([bytes.to_vec()]);
        while let Some(bytes) = coming.pop_front() {
            self.session.receive(&bytes, self.began);
            while let Some(event) = self.session.poll_event() {
                self.take(event)?;
            }
            while let Some(sent) = self.session.poll_transmit() {
                let lists = Lists::new();
                let asked = self.inbox.take(&sent);
                coming.extend(asked.iter().map(|asked| wire::answer(asked, &lists)));
            }
        }
        Ok(())
    }

    fn take(&mut self, event: SessionEvent) -> Result<()> {
        let frame = match event {
            SessionEvent::Event(frame) => frame,
            SessionEvent::Over(over) => anyhow::bail!("the session has ended: {over:?}"),
            SessionEvent::Item(..)
            | SessionEvent::LoggedIn
            | SessionEvent::Greeted { .. }
            | SessionEvent::Booted { .. }
            | SessionEvent::Listed(..)
            | SessionEvent::Reply(..)
            | SessionEvent::Expired(_)
            | SessionEvent::Pong(_)
            | SessionEvent::Stray => return Ok(()),
        };
        let event = Event::read(&frame);
        let ended = matches!(event, Event::Channel(ChannelEvent::Hangup { .. }));
        self.gone += u64::from(ended);
        self.board.apply(&event, self.events / EVENTS_A_MILLISECOND);
        self.events += 1;
        if self.events.is_multiple_of(EVENTS_A_PICTURE) {
            drop(self.show.next(&mut self.board));
            self.pictures += 1;
        }
        Ok(())
    }

    fn mark(&self) -> Result<Mark> {
        Ok(Mark {
            channels: self.gone,
            events: self.events,
            pictures: self.pictures,
            resident: own_memory()?,
        })
    }
}

/// About what a socket gives at once.
const CHUNK: usize = 200;

/// Reads calls until so many channels have gone, then to the last call's end, and tells.
pub(crate) fn read(seed: u64, channels: u64) -> Result<()> {
    let mut traffic = Traffic::new(seed);
    let mut engine = Engine::new()?;
    let mut marks = Vec::new();
    let mut next = MARKS
        .into_iter()
        .filter(|mark| *mark <= channels)
        .peekable();
    loop {
        let more = engine.gone < channels;
        let written = (0..CHUNK).take_while(|_| traffic.event(more)).count();
        engine.receive(&traffic.take())?;
        if next.next_if(|mark| engine.gone >= *mark).is_some() {
            marks.push(engine.mark()?);
        }
        if written < CHUNK && !more {
            break;
        }
    }
    let told = Told {
        marks,
        kept: engine.board.kept(),
        strangers: engine.board.anomalies().strangers,
    };
    say(&serde_json::to_string(&told)?)
}
