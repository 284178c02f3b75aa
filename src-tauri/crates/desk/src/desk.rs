//! The loop: one task, one `select!`, one closed list of what can wake it, one reading of the clock a turn.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use board::{Change, Feed, PbxId, Ref, Thing};
use operator::{Intent, Offers, Preview, Refusal};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::Tile;
use crate::clock::{Clock, Now, Sleep, SleepGauge, sleep_gauge};
use crate::computer::Computer;
use crate::early::Early;
use crate::exchange::{Adrift, Exchange, Keeping, LinkKey};
use crate::handle::{Connection, Desk, Request};
use crate::journal::{Consulting, Journal, JournalNews, Reading, ThisComputer};
use crate::link::{LinkNews, Post};
use crate::performed::Performed;
use crate::subscribers::Subscribers;

/// At most twenty pictures a second.
const FLUSH: Duration = Duration::from_millis(50);
/// A PBX on the same network answers a check within this.
const ANSWER: Duration = Duration::from_millis(15);
/// However many moves are made, the board is shown this often.
const LONGEST_WAIT: Duration = Duration::from_millis(200);

/// While the board is live the computer's sleep is looked for this often.
const LOOK: Duration = Duration::from_secs(1);

/// Starts a desk on the tokio runtime of now. It keeps nothing on disk.
#[must_use]
pub fn start() -> Desk {
    start_with(sleep_gauge(), None, None)
}

/// Starts a desk that keeps its journal, and puts exports, below this folder: what is asked of a PBX is written down before it is sent, and what an earlier
/// run has left open is looked into.
#[must_use]
pub fn start_in(folder: &Path) -> Desk {
    let journal = Journal::start(folder.join("journal"), Arc::new(ThisComputer));
    start_with(sleep_gauge(), Some(journal), Some(folder))
}

/// Like [`start`], with another way to know for how long this computer has slept in all: for tests, which cannot sleep.
#[must_use]
pub fn start_with_sleep(slept: impl Fn() -> Duration + Send + 'static) -> Desk {
    start_with(Box::new(slept), None, None)
}

/// Like [`start`] or [`start_in`], on a computer as somebody says: for a simulation.
#[must_use]
pub fn start_on(computer: Computer) -> Desk {
    let awake = Box::new(|| Duration::ZERO);
    let clock = Clock::start_at(computer.time);
    let chance = StdRng::seed_from_u64(computer.seed);
    let (kept, folder) = match computer.journal {
        Some((folder, disk)) => (
            Some(Journal::start(folder.join("journal"), disk)),
            Some(folder),
        ),
        None => (None, None),
    };
    start_by(awake, clock, kept, folder.as_deref(), chance)
}

/// A journal, and what its clerk has to tell.
type Kept = (Journal, mpsc::UnboundedReceiver<JournalNews>);

fn start_with(gauge: SleepGauge, kept: Option<Kept>, folder: Option<&Path>) -> Desk {
    let chance = StdRng::from_os_rng();
    start_by(gauge, Clock::start(), kept, folder, chance)
}

fn start_by(
    gauge: SleepGauge,
    clock: Clock,
    kept: Option<Kept>,
    folder: Option<&Path>,
    chance: StdRng,
) -> Desk {
    let (sender, requests) = mpsc::channel(64);
    let (journal, clerk) = match kept {
        Some((journal, clerk)) => (Some(journal), clerk),
        // Nobody will ever tell anything.
        None => (None, mpsc::unbounded_channel().1),
    };
    let (post, news) = mpsc::unbounded_channel();
    let early = Early::start(journal.is_some(), clock.now().instant);
    let owner = Owner {
        clock,
        sleep: Sleep::new(gauge),
        turned: clock.now().instant,
        post,
        chance,
        exchanges: BTreeMap::new(),
        feed: Feed::new(),
        epoch: 0,
        subscribers: Subscribers::default(),
        performed: Performed::default(),
        early,
        keeping: Keeping::with(journal),
        adrift: Vec::new(),
        consulting: Vec::new(),
        waiting: Vec::new(),
        changed: false,
        gone: Vec::new(),
        flush_at: clock.now().instant,
        postponed: None,
    };
    tokio::spawn(owner.run(requests, news, clerk));
    Desk::over(sender, folder)
}

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

    fn journal_news(&mut self, news: JournalNews, now: Now) {
        self.keeping.take(&news);
        if let JournalNews::Durable(upto) | JournalNews::Failing { upto, .. } = &news {
            let ready = self.waiting.extract_if(.., |(number, _)| *number <= *upto);
            ready.for_each(|(_, answer)| answer.send(()).unwrap_or_default());
        }
        for exchange in self.exchanges.values_mut() {
            exchange.journal_news(&news, now);
        }
        if let JournalNews::Opened(reading) = news {
            let Reading { open, known, .. } = reading;
            self.consulting.extend(reading.consulting);
            known.into_iter().for_each(|id| self.performed.remember(id));
            self.adrift.extend(open.into_iter().map(Adrift::from));
            self.hand_out(now);
        }
        self.begin_early(now);
    }

    /// What was wished before it was known what earlier runs have begun.
    fn begin_early(&mut self, now: Now) {
        for (intent, answer) in self.early.all() {
            drop(answer.send(self.perform(intent, now)));
            self.postpone(now);
        }
    }

    /// What is adrift goes to its PBX.
    fn hand_out(&mut self, now: Now) {
        for adrift in std::mem::take(&mut self.adrift) {
            match self.exchanges.get_mut(adrift.pbx()) {
                Some(exchange) => exchange.adopt(adrift, now),
                None => self.adrift.push(adrift),
            }
        }
        for one in std::mem::take(&mut self.consulting) {
            match self.exchanges.get_mut(one.consultation.pbx()) {
                Some(exchange) => exchange.adopt_consultation(one, now),
                None => self.consulting.push(one),
            }
        }
    }

    fn request(&mut self, request: Request, now: Now) {
        match request {
            Request::Connect(connection) => self.connect(*connection, now),
            Request::Disconnect(pbx) => {
                if let Some(mut exchange) = self.exchanges.remove(&pbx) {
                    self.adrift.extend(exchange.abandon(now));
                    self.consulting.extend(exchange.abandon_consultations());
                    self.gone.extend(exchange.goes());
                    self.changed = true;
                }
                self.flush();
            }
            Request::Subscribe(answer) => {
                self.flush();
                drop(answer.send(self.subscribers.add(self.epoch, &self.feed)));
            }
            Request::Offers(subject, answer) => drop(answer.send(self.offers(&subject))),
            Request::Preview(intent, answer) => drop(answer.send(self.preview(&intent))),
            Request::WrittenDown(answer) => match self.keeping.behind() {
                Some(number) => self.waiting.push((number, answer)),
                None => answer.send(()).unwrap_or_default(),
            },
            Request::Why(call, answer) => {
                let exchange = self.exchanges.get_mut(&call.pbx);
                drop(answer.send(exchange.map(|exchange| exchange.why(call))));
            }
            Request::Flight(pbx, answer) => {
                let exchange = self.exchanges.get(&pbx);
                drop(answer.send(exchange.map(|exchange| exchange.recording(now))));
            }
            Request::DismissGap(pbx) => {
                if let Some(exchange) = self.exchanges.get_mut(&pbx) {
                    exchange.dismiss_gap();
                }
            }
            Request::Dismiss(id) => {
                if let Some(exchange) = self.exchanges.get_mut(&id.pbx) {
                    exchange.dismiss(&id, now);
                }
            }
            Request::Label(leg, text, answer) => {
                let exchange = self.exchanges.get_mut(&leg.pbx);
                let there = exchange.is_some_and(|exchange| exchange.label(&leg, &text));
                let _ = answer.send(there);
            }
            Request::TakeBack(operation, answer) => {
                let mut all = self.exchanges.values_mut();
                let taken = all.any(|exchange| exchange.take_back(operation, now));
                let _ = answer.send(taken);
            }
            Request::Perform(intent, answer) => {
                if let Some((intent, answer)) = self.early.keep(*intent, answer) {
                    drop(answer.send(self.perform(intent, now)));
                    self.postpone(now);
                }
            }
        }
    }

    /// The PBX's answer to the check, and the write that follows it, go before the next picture; but never for long.
    fn postpone(&mut self, now: Now) {
        let first = *self.postponed.get_or_insert(now.instant);
        let asked = (now.instant + ANSWER).min(first + LONGEST_WAIT);
        self.flush_at = self.flush_at.max(asked);
    }

    fn connect(&mut self, connection: Connection, now: Now) {
        let pbx = connection.profile.pbx.clone();
        let mut exchange = Exchange::new(connection, &self.keeping, now);
        if let Some(old) = self.exchanges.remove(&pbx) {
            exchange.replace(old, now);
        }
        exchange.tick(now, &self.post, &mut self.chance);
        self.epoch += 1;
        self.exchanges.insert(pbx, exchange);
        self.hand_out(now);
    }

    fn offers(&mut self, subject: &Ref) -> Offers {
        let nothing = || Offers {
            subject: subject.clone(),
            seen: None,
            offers: Vec::new(),
        };
        self.exchanges
            .get_mut(&subject.pbx)
            .map_or_else(nothing, |exchange| exchange.offers(subject))
    }

    fn preview(&mut self, intent: &Intent) -> Preview {
        let nothing = || Preview::refused(intent.verb, Refusal::Gone);
        self.exchanges
            .get_mut(&intent.subject.pbx)
            .map_or_else(nothing, |exchange| exchange.preview(intent))
    }

    /// The same gesture twice is one operation, for as long as anybody could mean it.
    fn perform(&mut self, intent: Intent, now: Now) -> Result<operator::OperationId, Refusal> {
        let elsewhere = |target: &Option<Ref>| {
            target
                .as_ref()
                .is_some_and(|target| target.pbx != intent.subject.pbx)
        };
        if elsewhere(&intent.target) || elsewhere(&intent.second) {
            return Err(Refusal::NotATarget);
        }
        if self.performed.has(intent.id) {
            return Ok(intent.id);
        }
        let id = self
            .exchanges
            .get_mut(&intent.subject.pbx)
            .ok_or(Refusal::Gone)?
            .perform(intent, now)?;
        self.performed.remember(id);
        Ok(id)
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

#[cfg(test)]
mod tests;
