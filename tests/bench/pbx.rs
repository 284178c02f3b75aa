//! The PBX of an office: it has lists, answers at once, plays a transfer when asked for one, and says by itself whatever is wanted.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::office::Office;
use crate::server::cut;
use crate::told;
use crate::wire::{self, Inbox, Lists};

/// Longer than this nothing takes here, unless something is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// Without a question for so long the desk has asked all it wants to know.
const QUIET: Duration = Duration::from_millis(300);

/// An action that came in.
#[derive(Debug)]
pub(crate) struct Heard {
    /// Its name.
    pub(crate) action: String,
    /// When its last byte was read.
    pub(crate) read: Instant,
    /// When the last byte of its answer was written.
    pub(crate) answered: Instant,
}

/// The PBX of an office, on a thread of its own.
#[derive(Debug)]
pub(crate) struct Pbx {
    /// Where it listens.
    pub(crate) port: u16,
    /// What it was asked.
    pub(crate) heard: Receiver<Heard>,
    lines: Receiver<Line>,
}

/// The way to the desk.
#[derive(Debug, Clone)]
pub(crate) struct Line(Arc<Mutex<TcpStream>>);

impl Line {
    /// Says this, cut between two events so that answers fit in.
    pub(crate) fn say(&self, mut bytes: &[u8]) -> std::io::Result<()> {
        while !bytes.is_empty() {
            let (chunk, rest) = bytes.split_at(cut(bytes));
            self.stream().write_all(chunk)?;
            bytes = rest;
        }
        Ok(())
    }

    /// Ends the link.
    pub(crate) fn hang_up(&self) {
        // A desk that is gone already is as good as cut off.
        drop(self.stream().shutdown(Shutdown::Both));
    }

    fn stream(&self) -> MutexGuard<'_, TcpStream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Office {
    /// Opens it for one desk.
    pub(crate) fn open(self) -> Result<Pbx> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port for the office")?;
        let port = listener.local_addr()?.port();
        let (told, heard) = mpsc::channel();
        let (connected, lines) = mpsc::channel();
        let lists = self.lists();
        std::thread::spawn(move || -> std::io::Result<()> {
            let (desk, _) = listener.accept()?;
            desk.set_nodelay(true)?;
            let line = Line(Arc::new(Mutex::new(desk.try_clone()?)));
            // Whoever measures may have gone home already.
            drop(connected.send(line.clone()));
            serve(desk, &line, &lists, &told)
        });
        Ok(Pbx { port, heard, lines })
    }
}

impl Pbx {
    /// The way to the desk, once there is one.
    pub(crate) fn line(&self) -> Result<Line> {
        self.lines
            .recv_timeout(PATIENCE)
            .context("no desk has connected")
    }

    /// Waits until the desk asks no more, and gives what it has asked. Pings go on for ever and are no sign of work.
    pub(crate) fn settle(&self) -> Vec<Heard> {
        let (mut all, mut asked) = (Vec::new(), Instant::now());
        while asked.elapsed() < QUIET {
            if let Ok(heard) = self.heard.recv_timeout(QUIET / 10) {
                if heard.action != "Ping" {
                    asked = Instant::now();
                }
                all.push(heard);
            }
        }
        all
    }
}

fn serve(
    mut desk: TcpStream,
    line: &Line,
    lists: &Lists,
    told: &Sender<Heard>,
) -> std::io::Result<()> {
    line.say(wire::GREETING)?;
    let (mut inbox, mut buffer, mut made) = (Inbox::default(), vec![0; 64 * 1024], 0);
    loop {
        let count = desk.read(&mut buffer)?;
        let read = Instant::now();
        if count == 0 {
            return Ok(());
        }
        for asked in inbox.take(&buffer[..count]) {
            line.stream().write_all(&wire::answer(&asked, lists))?;
            // Whoever measures may have gone home already.
            drop(told.send(Heard {
                action: asked.name().to_owned(),
                read,
                answered: Instant::now(),
            }));
            if asked.name() == "Redirect" {
                made += 1;
                let events = told::transferred(asked.get("Channel"), asked.get("Exten"), made);
                line.say(events.concat().as_bytes())?;
            }
        }
    }
}
