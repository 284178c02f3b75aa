//! The PBX, its own time, and everything that is done to it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use practice::Practice;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::history::{Hand, History, Write};
use crate::weather::Weather;

/// What is behind the lock.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) pbx: Practice,
    pub(crate) history: History,
    pub(crate) weather: Weather,
    pub(crate) chance: StdRng,
    /// Lines opened before this count are dead.
    pub(crate) generation: u64,
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
    /// A program has died.
    death: Arc<Notify>,
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
            death: Arc::default(),
        };
        tokio::spawn(far.clone().live());
        far
    }

    /// Milliseconds since the simulation began.
    pub(crate) fn now(&self) -> u64 {
        let passed = self.origin.elapsed().as_millis();
        u64::try_from(passed).expect("a short simulation")
    }

    /// When that is, for a timer.
    pub(crate) fn instant(&self, at: u64) -> Instant {
        self.origin + Duration::from_millis(at)
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut Inner, u64) -> T) -> T {
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
        self.touched();
        done
    }

    /// Something was done to the PBX: it may do something itself now.
    pub(crate) fn touched(&self) {
        self.news.notify_waiters();
    }

    /// Comes back when the PBX may have something to say.
    pub(crate) fn told(&self) -> impl Future<Output = ()> {
        self.told.notified()
    }

    pub(crate) fn history<T>(&self, read: impl FnOnce(&mut History) -> T) -> T {
        self.with(|inner, _| read(&mut inner.history))
    }

    /// Something worth telling has happened.
    pub(crate) fn say(&self, what: impl Into<String>) {
        self.with(|inner, now| inner.history.say(now, what.into()));
    }

    pub(crate) fn set_weather(&self, weather: Weather) {
        self.with(|inner, _| inner.weather = weather);
    }

    /// Every line breaks.
    pub(crate) fn cut(&self) {
        self.with(|inner, now| {
            inner.generation += 1;
            inner.history.say(now, "every line is cut".to_owned());
        });
        self.told.notify_waiters();
    }

    /// A program is no more: its line is closed, and whoever sits before it sees so.
    pub(crate) fn mourn(&self) {
        self.told.notify_waiters();
        self.death.notify_one();
    }

    /// Comes back when a program has died.
    pub(crate) async fn death(&self) {
        self.death.notified().await;
    }

    /// Another client of this PBX, who knows nothing of us.
    pub(crate) fn rival(&self, action: &str) {
        self.with(|inner, now| {
            let line = inner.pbx.connect(now);
            let login = "Action: Login\r\nUsername: cordboard\r\nSecret: cordboard-secret\r\nEvents: off\r\n\r\n";
            inner.pbx.receive(line, login.as_bytes(), now);
            inner.history.writes.extend(Write::read(action, now, Hand::Rival));
            inner.pbx.receive(line, action.as_bytes(), now);
            inner.pbx.disconnect(line);
        });
        self.touched();
    }

    /// The PBX dies, and another one is there at once.
    pub(crate) fn restart(&self, seed: u64) {
        self.with(|inner, now| {
            inner.pbx = Practice::restarted(seed, now);
            inner.history.restarts.push(now);
            inner.history.say(now, "the PBX starts anew".to_owned());
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
                () = tokio::time::sleep_until(self.instant(due)) => {}
            }
        }
    }
}
