//! The line between one program and the PBX. It fails as its seed wants: slow, cut before, inside or after a write, frozen, out of order.

use std::sync::Arc;

use desk::{Dialer, Dialing, LinkError, Stream};
use rand::Rng;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf};

use crate::far::{Far, Inner};
use crate::history::{Hand, Write};
use crate::lanes::Lanes;
use crate::notebook::Notebook;
use crate::program::{Doom, Program};
use crate::weather::Break;

const PIPE: usize = 1024 * 1024;

/// The way from a program to the PBX: each dial is a line of its own.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) far: Far,
    pub(crate) program: Arc<Program>,
    /// Where whatever goes out must stand before.
    pub(crate) notebook: Option<Notebook>,
}

/// One line's state.
struct Talk {
    line: practice::Line,
    lanes: Lanes,
    unread: Vec<u8>,
    /// So many bytes are still heard.
    allowed: Option<usize>,
    silent: bool,
}

impl Line {
    async fn serve(self, other: DuplexStream) {
        let (mut reader, mut writer) = tokio::io::split(other);
        let (line, generation, lag) = self
            .far
            .with(|inner, now| (inner.pbx.connect(now), inner.generation, inner.weather.lag));
        let mut talk = Talk {
            line,
            lanes: Lanes::new(lag),
            unread: Vec::new(),
            allowed: None,
            silent: false,
        };
        while self.far.with(|inner, _| inner.generation == generation)
            && !self.program.is_dead()
            && self.turn(&mut talk, &mut reader, &mut writer).await
        {}
        self.far.with(|inner, _| inner.pbx.disconnect(line));
    }

    /// False: the line is broken, or closed.
    async fn turn(
        &self,
        talk: &mut Talk,
        reader: &mut ReadHalf<DuplexStream>,
        writer: &mut WriteHalf<DuplexStream>,
    ) -> bool {
        let told = self.far.told();
        let (out, closed, due) = self.far.with(|inner, now| {
            let mut out = Vec::new();
            while let Some(bytes) = inner.pbx.poll_transmit(talk.line) {
                out.extend(talk.lanes.take(&bytes, now, &mut inner.chance));
            }
            out.extend(talk.lanes.due(now));
            let due = talk.lanes.next().unwrap_or(now + 60_000);
            (out, inner.pbx.is_closed(talk.line), due)
        });
        if !self.say(out, talk, writer).await || closed {
            return false;
        }
        let mut buffer = vec![0; 16 * 1024];
        tokio::select! {
            biased;
            () = told => true,
            read = reader.read(&mut buffer) => match read {
                Ok(count) if count > 0 => {
                    let goes_on = self.hear(&buffer[..count], talk);
                    self.far.touched();
                    goes_on
                }
                Ok(_) | Err(_) => false,
            },
            () = tokio::time::sleep_until(self.far.instant(due)) => true,
        }
    }

    async fn say(
        &self,
        mut out: Vec<u8>,
        talk: &mut Talk,
        writer: &mut WriteHalf<DuplexStream>,
    ) -> bool {
        let mut whole = true;
        if let Some(allowed) = &mut talk.allowed {
            whole = out.len() <= *allowed;
            out.truncate(*allowed);
            *allowed -= out.len();
        }
        if talk.silent {
            return true;
        }
        let pieces = self.far.with(|inner, _| {
            let pieces = inner.weather.pieces;
            pieces.then(|| inner.chance.random_range(1..=700_usize))
        });
        for piece in out.chunks(pieces.unwrap_or(usize::MAX)) {
            if writer.write_all(piece).await.is_err() {
                return false;
            }
            if pieces.is_some() {
                tokio::task::yield_now().await;
            }
        }
        whole
    }

    /// What the desk says, action by action: each that changes a call may break the line, or be the last thing the program does.
    fn hear(&self, bytes: &[u8], talk: &mut Talk) -> bool {
        talk.unread.extend_from_slice(bytes);
        while let Some(end) = talk.unread.windows(4).position(|end| end == b"\r\n\r\n") {
            let tail = talk.unread.split_off(end + 4);
            let action = std::mem::replace(&mut talk.unread, tail);
            if talk.silent {
                continue;
            }
            let text = String::from_utf8_lossy(&action);
            let goes_on = match Write::read(&text, self.far.now(), Hand::Seat(self.program.seat)) {
                Some(write) => self.hear_write(&action, write, talk),
                None => self.hear_question(&action, talk),
            };
            if !goes_on {
                return false;
            }
        }
        true
    }

    fn hear_question(&self, action: &[u8], talk: &Talk) -> bool {
        self.far
            .with(|inner, now| inner.pbx.receive(talk.line, action, now));
        !self.program.is_dead()
    }

    fn hear_write(&self, action: &[u8], mut write: Write, talk: &mut Talk) -> bool {
        let now = self.far.now();
        if self.program.is_dead() || self.dies(Doom::BeforeWire, now) {
            return false;
        }
        write.is_noted = self
            .notebook
            .as_ref()
            .is_none_or(|notebook| notebook.has(&write));
        let goes_on = self.far.with(|inner, now| {
            let broken = inner.weather.strikes(&mut inner.chance);
            receive(inner, (action, write), broken, (talk.line, now));
            match broken {
                Some(Break::Before | Break::Inside | Break::After) => return false,
                Some(Break::Silent) => talk.silent = true,
                Some(Break::Later(bytes)) => talk.allowed = Some(bytes),
                None => {}
            }
            true
        });
        goes_on && !self.dies(Doom::AfterWire, now)
    }

    fn dies(&self, moment: Doom, now: u64) -> bool {
        let dies = self.program.meets(moment, now);
        if dies {
            self.far.mourn();
        }
        dies
    }
}

/// As much of a write as arrives.
fn receive(
    inner: &mut Inner,
    (action, mut write): (&[u8], Write),
    broken: Option<Break>,
    (line, now): (practice::Line, u64),
) {
    let heard = match broken {
        Some(Break::Before) => 0,
        Some(Break::Inside) => inner.chance.random_range(1..action.len() - 2),
        Some(Break::After | Break::Silent | Break::Later(_)) | None => action.len(),
    };
    write.lost = heard < action.len();
    if let Some(broken) = broken {
        let what = format!("the line of {} breaks: {broken:?}", write.by);
        inner.history.say(now, what);
    }
    inner.history.writes.push(write);
    inner.pbx.receive(line, &action[..heard], now);
}

impl Dialer for Line {
    fn dial(&self) -> Dialing {
        let line = self.clone();
        Box::pin(async move {
            if line.program.is_dead() {
                return Err(LinkError::Closed);
            }
            let (near, other) = tokio::io::duplex(PIPE);
            tokio::spawn(line.serve(other));
            Ok::<_, LinkError>(Box::new(near) as Box<dyn Stream>)
        })
    }
}
