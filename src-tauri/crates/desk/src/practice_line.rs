//! The practice PBX behind the dialer seam: same bytes as a real one, no network.

use std::sync::{Arc, Mutex, PoisonError};

use practice::{Line, Practice};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::time::{Duration, Instant};

use crate::clock::Clock;
use crate::dialer::{Dialer, Dialing, SharedDialer, Stream};

const PIPE: usize = 1024 * 1024;

/// A practice PBX that goes on between two dials, as a real one does.
#[derive(Clone)]
pub struct PracticePbx {
    pbx: Arc<Mutex<Practice>>,
    clock: Clock,
    started: u64,
}

impl std::fmt::Debug for PracticePbx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PracticePbx")
    }
}

impl PracticePbx {
    /// Switches it on.
    #[must_use]
    pub fn new(pbx: Practice) -> Self {
        let clock = Clock::start();
        Self {
            pbx: Arc::new(Mutex::new(pbx)),
            clock,
            started: clock.now().millis,
        }
    }

    /// Does something to the PBX: lets a phone dial, say. `now` is its own clock, in milliseconds.
    pub fn with<T>(&self, act: impl FnOnce(&mut Practice, u64) -> T) -> T {
        let now = self.now();
        act(
            &mut self.pbx.lock().unwrap_or_else(PoisonError::into_inner),
            now,
        )
    }

    fn now(&self) -> u64 {
        self.clock.now().millis.saturating_sub(self.started)
    }

    async fn serve(self, mut far: DuplexStream) {
        let line = self.with(|pbx, now| pbx.connect(now));
        let mut buffer = vec![0; 16 * 1024];
        loop {
            if !self.say(line, &mut far).await {
                break;
            }
            let due = self.due();
            tokio::select! {
                read = far.read(&mut buffer) => match read {
                    Ok(count) if count > 0 => self.with(|pbx, now| pbx.receive(line, &buffer[..count], now)),
                    Ok(_) | Err(_) => break,
                },
                () = tokio::time::sleep_until(due) => self.with(|pbx, now| pbx.handle_timeout(now)),
            }
        }
        self.with(|pbx, _| pbx.disconnect(line));
    }

    /// False: the PBX has closed the line.
    async fn say(&self, line: Line, far: &mut DuplexStream) -> bool {
        while let Some(bytes) = self.with(|pbx, _| pbx.poll_transmit(line)) {
            if far.write_all(&bytes).await.is_err() {
                return false;
            }
        }
        !self.with(|pbx, _| pbx.is_closed(line))
    }

    /// Looked at ten times a second at least: somebody else's line, or a hand, may have moved things.
    fn due(&self) -> Instant {
        let next = self.with(|pbx, now| {
            pbx.poll_timeout()
                .map_or(100, |at| at.saturating_sub(now).min(100))
        });
        self.clock.now().instant + Duration::from_millis(next)
    }
}

impl Dialer for PracticePbx {
    fn dial(&self) -> Dialing {
        let pbx = self.clone();
        Box::pin(async move {
            let (near, far) = tokio::io::duplex(PIPE);
            tokio::spawn(pbx.serve(far));
            Ok(Box::new(near) as Box<dyn Stream>)
        })
    }

    fn is_for_real(&self) -> bool {
        false
    }
}

/// A practice PBX with a day's calls on it.
#[must_use]
pub fn practice_dialer() -> SharedDialer {
    Arc::new(PracticePbx::new(Practice::with_day(1)))
}
