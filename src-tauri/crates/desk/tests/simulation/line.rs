//! The PBX at the far end of a line that fails as its seed wants: slow, cut before, inside or after a write, frozen, out of order.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use desk::{Dialer, Dialing, LinkError, Stream};
use practice::Practice;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::history::{History, Write};
use crate::lanes::Lanes;

const PIPE: usize = 1024 * 1024;

/// Where a line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// The write never arrives.
    Before,
    /// Half of it does.
    Inside,
    /// All of it does, and nothing is heard any more.
    After,
    /// The same, but nobody closes the line: it is silent.
    Silent,
    /// So many bytes are heard after it.
    Later(usize),
}

/// How badly things go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// The longest lag of a path of the PBX's, in milliseconds.
    pub(crate) lag: u64,
    /// One write in so many breaks the line; none: never.
    pub(crate) breaks: Option<u32>,
    /// What is said comes in pieces.
    pub(crate) pieces: bool,
}

impl Weather {
    pub(crate) const FINE: Self = Self {
        lag: 0,
        breaks: None,
        pieces: false,
    };
}

#[derive(Debug)]
struct Inner {
    pbx: Practice,
    history: History,
    weather: Weather,
    chance: StdRng,
    /// Lines opened before this count are dead.
    generation: u64,
}

/// The PBX; clones are the same.
#[derive(Clone)]
pub(crate) struct Far {
    inner: Arc<Mutex<Inner>>,
    origin: Instant,
    /// Something was done to the PBX.
    news: Arc<Notify>,
    /// The PBX has gone on: it may have something to say.
    told: Arc<Notify>,
}

impl std::fmt::Debug for Far {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Far")
    }
}

impl Far {
    #[expect(
        clippy::disallowed_methods,
        reason = "the simulation's own clock, which is virtual"
    )]
    pub(crate) fn new(seed: u64, weather: Weather) -> Self {
        let inner = Inner {
            pbx: Practice::new(seed),
            history: History::default(),
            weather,
            chance: StdRng::seed_from_u64(seed ^ 0xFA),
            generation: 0,
        };
        let far = Self {
            inner: Arc::new(Mutex::new(inner)),
            origin: Instant::now(),
            news: Arc::default(),
            told: Arc::default(),
        };
        tokio::spawn(far.clone().live());
        far
    }

    /// Milliseconds since the simulation began.
    pub(crate) fn now(&self) -> u64 {
        let passed = self.origin.elapsed().as_millis();
        u64::try_from(passed).expect("a short simulation")
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inner, u64) -> T) -> T {
        let now = self.now();
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let done = act(&mut inner, now);
        let Inner { pbx, history, .. } = &mut *inner;
        history.look(pbx, now);
        done
    }

    /// A hand, or time.
    pub(crate) fn act<T>(&self, act: impl FnOnce(&mut Practice, u64) -> T) -> T {
        let done = self.with(|inner, now| act(&mut inner.pbx, now));
        self.news.notify_waiters();
        done
    }

    pub(crate) fn history<T>(&self, read: impl FnOnce(&mut History) -> T) -> T {
        self.with(|inner, _| read(&mut inner.history))
    }

    pub(crate) fn set_weather(&self, weather: Weather) {
        self.with(|inner, _| inner.weather = weather);
    }

    /// Every line breaks.
    pub(crate) fn cut(&self) {
        self.with(|inner, now| {
            inner.generation += 1;
            inner.history.say(now, "CUT".to_owned());
        });
        self.told.notify_waiters();
    }

    /// Another client of this PBX, who knows nothing of us.
    pub(crate) fn rival(&self, action: &str) {
        self.with(|inner, now| {
            let line = inner.pbx.connect(now);
            let login = "Action: Login\r\nUsername: cordboard\r\nSecret: cordboard-secret\r\nEvents: off\r\n\r\n";
            inner.pbx.receive(line, login.as_bytes(), now);
            inner.pbx.receive(line, action.as_bytes(), now);
            inner.pbx.disconnect(line);
            inner.history.say(now, format!("RIVAL {action:?}"));
        });
        self.news.notify_waiters();
    }

    /// The PBX dies, and another one is there at once.
    pub(crate) fn restart(&self, seed: u64) {
        self.with(|inner, now| {
            inner.pbx = Practice::restarted(seed, now);
            inner.history.say(now, "RESTART".to_owned());
        });
        self.cut();
    }

    /// The PBX's own time goes by, whether anybody listens or not.
    async fn live(self) {
        loop {
            let news = self.news.notified();
            let due = self.with(|inner, now| {
                inner.pbx.handle_timeout(now);
                inner.pbx.poll_timeout().unwrap_or(now + 60_000)
            });
            self.told.notify_waiters();
            tokio::select! {
                biased;
                () = news => {}
                () = tokio::time::sleep_until(self.origin + Duration::from_millis(due)) => {}
            }
        }
    }

    async fn serve(self, far: DuplexStream) {
        let (mut reader, mut writer) = tokio::io::split(far);
        let (line, generation, lag) =
            self.with(|inner, now| (inner.pbx.connect(now), inner.generation, inner.weather.lag));
        let mut talk = Talk {
            lanes: Lanes::new(lag),
            unread: Vec::new(),
            allowed: None,
            silent: false,
        };
        while self.with(|inner, _| inner.generation == generation)
            && self.turn(line, &mut talk, &mut reader, &mut writer).await
        {}
        self.with(|inner, _| inner.pbx.disconnect(line));
    }

    /// False: the line is broken, or closed.
    async fn turn(
        &self,
        line: practice::Line,
        talk: &mut Talk,
        reader: &mut ReadHalf<DuplexStream>,
        writer: &mut WriteHalf<DuplexStream>,
    ) -> bool {
        let told = self.told.notified();
        let (out, closed, due) = self.with(|inner, now| {
            let mut out = Vec::new();
            while let Some(bytes) = inner.pbx.poll_transmit(line) {
                out.extend(talk.lanes.take(&bytes, now, &mut inner.chance));
            }
            out.extend(talk.lanes.due(now));
            let due = talk.lanes.next().unwrap_or(now + 60_000);
            (out, inner.pbx.is_closed(line), due)
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
                    let goes_on = self.hear(line, &buffer[..count], talk);
                    self.news.notify_waiters();
                    goes_on
                }
                Ok(_) | Err(_) => false,
            },
            () = tokio::time::sleep_until(self.origin + Duration::from_millis(due)) => true,
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
        let pieces = self.with(|inner, _| {
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

    /// What the desk says, action by action: each that changes a call may break the line.
    fn hear(&self, line: practice::Line, bytes: &[u8], talk: &mut Talk) -> bool {
        talk.unread.extend_from_slice(bytes);
        while let Some(end) = talk.unread.windows(4).position(|end| end == b"\r\n\r\n") {
            let tail = talk.unread.split_off(end + 4);
            let action = std::mem::replace(&mut talk.unread, tail);
            if !self.hear_one(line, &action, talk) {
                return false;
            }
        }
        true
    }

    fn hear_one(&self, line: practice::Line, action: &[u8], talk: &mut Talk) -> bool {
        if talk.silent {
            return true;
        }
        let text = String::from_utf8_lossy(action).into_owned();
        self.with(|inner, now| {
            let write = Write::read(&text, now);
            let broken = write.as_ref().and_then(|_| inner.breaks());
            let heard = match broken {
                Some(Break::Before) => 0,
                Some(Break::Inside) => inner.chance.random_range(1..action.len() - 2),
                Some(Break::After | Break::Silent | Break::Later(_)) | None => action.len(),
            };
            if let Some(mut write) = write {
                write.lost = heard < action.len();
                if let Some(broken) = broken {
                    inner.history.say(now, format!("BREAK {broken:?}"));
                }
                inner.history.writes.push(write);
            }
            inner.pbx.receive(line, &action[..heard], now);
            match broken {
                Some(Break::Before | Break::Inside | Break::After) => return false,
                Some(Break::Silent) => talk.silent = true,
                Some(Break::Later(bytes)) => talk.allowed = Some(bytes),
                None => {}
            }
            true
        })
    }
}

impl Inner {
    fn breaks(&mut self) -> Option<Break> {
        let one_in = self.weather.breaks?;
        if self.chance.random_range(0..one_in) > 0 {
            return None;
        }
        Some(match self.chance.random_range(0..5) {
            0 => Break::Before,
            1 => Break::Inside,
            2 => Break::After,
            3 => Break::Silent,
            _ => Break::Later(self.chance.random_range(1..3_000)),
        })
    }
}

/// One line's state.
struct Talk {
    lanes: Lanes,
    unread: Vec<u8>,
    /// So many bytes are still heard.
    allowed: Option<usize>,
    silent: bool,
}

impl Dialer for Far {
    fn dial(&self) -> Dialing {
        let far = self.clone();
        Box::pin(async move {
            let (near, other) = tokio::io::duplex(PIPE);
            tokio::spawn(far.serve(other));
            Ok::<_, LinkError>(Box::new(near) as Box<dyn Stream>)
        })
    }
}
