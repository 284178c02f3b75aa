//! The loop: one task, one `select!`, one closed list of what can wake it, one reading of the clock a turn.

mod remembered;
mod request;
mod start;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use board::{Change, Feed, PbxId, Ref, Thing};
use rand::rngs::StdRng;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::Tile;
use crate::clock::{Clock, Now, Sleep};
use crate::early::Early;
use crate::exchange::{Adrift, Exchange, Keeping, LinkKey};
use crate::handle::Request;
use crate::journal::{Consulting, JournalNews};
use crate::link::{LinkNews, Post};
use crate::performed::Performed;
use crate::subscribers::Subscribers;

pub use start::{start, start_in, start_on, start_with_sleep};

/// At most twenty pictures a second.
const FLUSH: Duration = Duration::from_millis(50);
/// A PBX on the same network answers a check within this.
const ANSWER: Duration = Duration::from_millis(15);
/// However many moves are made, the board is shown this often.
const LONGEST_WAIT: Duration = Duration::from_millis(200);

/// While the board is live the computer's sleep is looked for this often.
const LOOK: Duration = Duration::from_secs(1);

/// Everything that can wake the desk.
enum Tick {
    Request(Option<Request>),
    News(LinkKey, LinkNews),
    Journal(JournalNews),
    Timer,
}

struct Owner {
    clock: Clock,
    sleep: Sleep,
    /// When the last turn began.
    turned: Instant,
    post: Post<LinkKey>,
    chance: StdRng,
    exchanges: BTreeMap<PbxId, Exchange>,
    feed: Feed<Tile>,
    epoch: u64,
    subscribers: Subscribers,
    performed: Performed,
    early: Early,
    keeping: Keeping,
    /// Operations of PBXs that are not connected, whose end nobody has seen.
    adrift: Vec<Adrift>,
    /// Consultations at PBXs that are not connected: a caller may wait there.
    consulting: Vec<Consulting>,
    /// Who waits until the journal stands up to an entry.
    waiting: Vec<(u64, oneshot::Sender<()>)>,
    /// A PBX has come or gone since the last picture.
    changed: bool,
    /// What was on show of PBXs that are let go of.
    gone: Vec<Change<Tile>>,
    /// The next picture is made then, not earlier.
    flush_at: Instant,
    /// Since when it has been put off for an answer.
    postponed: Option<Instant>,
}

impl Owner {
    async fn run(
        mut self,
        mut requests: mpsc::Receiver<Request>,
        mut news: mpsc::UnboundedReceiver<(LinkKey, LinkNews)>,
        mut clerk: mpsc::UnboundedReceiver<JournalNews>,
    ) {
        loop {
            let due = self.due();
            let tick = tokio::select! {
                biased;
                request = requests.recv() => Tick::Request(request),
                Some(news) = clerk.recv() => Tick::Journal(news),
                Some((key, news)) = news.recv() => Tick::News(key, news),
                () = sleep_until(due) => Tick::Timer,
            };
            let slept = self.sleep.look();
            if let Some(time) = slept {
                self.clock.slept(time);
            }
            let now = self.clock.now();
            self.turned = now.instant;
            if slept.is_some() {
                self.woke(now);
            }
            match tick {
                Tick::Request(None) => return,
                Tick::Request(Some(request)) => self.request(request, now),
                Tick::News(key, news) => self.news(&key, news, now),
                Tick::Journal(news) => self.journal_news(news, now),
                Tick::Timer => {}
            }
            if self.early.due().is_some_and(|due| now.instant >= due) {
                self.begin_early(now);
            }
            // Timers are looked at in every turn: a flood of news must not starve them.
            self.timer(now);
            if now.instant >= self.flush_at {
                self.flush();
            }
        }
    }

    /// Before anything else: what came before the sleep must not pass for news.
    fn woke(&mut self, now: Now) {
        self.exchanges
            .values_mut()
            .for_each(|exchange| exchange.woke(now));
    }

    fn due(&self) -> Option<Instant> {
        let exchanges = self
            .exchanges
            .values()
            .filter_map(|exchange| exchange.due(|millis| self.clock.instant_of(millis)));
        let waiting = self.is_changed() || self.subscribers.any_waits();
        let watching = self.exchanges.values().any(Exchange::is_logged_in);
        exchanges
            .chain(waiting.then_some(self.flush_at))
            .chain(watching.then_some(self.turned + LOOK))
            .chain(self.early.due())
            .min()
    }

    fn is_changed(&self) -> bool {
        self.changed || self.exchanges.values().any(Exchange::is_changed)
    }

    fn timer(&mut self, now: Now) {
        let clock = self.clock;
        for exchange in self.exchanges.values_mut() {
            if exchange
                .due(|millis| clock.instant_of(millis))
                .is_some_and(|due| due <= now.instant)
            {
                exchange.tick(now, &self.post, &mut self.chance);
            }
        }
    }

    fn news(&mut self, (pbx, generation): &LinkKey, news: LinkNews, now: Now) {
        let Some(exchange) = self
            .exchanges
            .get_mut(pbx)
            .filter(|exchange| exchange.generation() == *generation)
        else {
            return;
        };
        exchange.news(news, now, &mut self.chance);
    }

    fn flush(&mut self) {
        let began = self.clock.now().instant;
        self.publish();
        self.subscribers.catch_up(self.epoch, &self.feed);
        let ended = self.clock.now().instant;
        // A board of 100,000 channels takes its time: three quarters of it stay for the news.
        self.flush_at = ended + FLUSH.max(3 * (ended - began));
        self.postponed = None;
    }

    fn publish(&mut self) {
        if !self.is_changed() {
            return;
        }
        self.changed = false;
        let mut changes = std::mem::take(&mut self.gone);
        for exchange in self.exchanges.values_mut() {
            exchange.shown();
            changes.extend(exchange.changes());
        }
        let exchanges = &self.exchanges;
        let batch = self
            .feed
            .publish(changes, |gone| merged_into(gone, exchanges));
        if let Some(batch) = batch {
            self.subscribers.publish(self.epoch, batch);
        }
    }
}

/// For a call that has vanished: the call its legs are in now.
fn merged_into(gone: &Tile, exchanges: &BTreeMap<PbxId, Exchange>) -> Option<Ref> {
    let Tile::Board(Thing::Call(gone)) = gone else {
        return None;
    };
    let exchange = exchanges.get(&gone.id.pbx)?;
    gone.legs.iter().find_map(|leg| exchange.call_of(&leg.id))
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
