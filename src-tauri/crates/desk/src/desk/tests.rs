//! The desk with a journal whose clerk is in the test's hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use board::RefKind;
use operator::{Intent, OperationId, Outcome, Refusal, Verb};
use practice::{PhoneAct, Practice};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use uuid::Uuid;

use super::start::start_with;
use super::*;
use crate::dialer::{Dialer, Dialing, Stream};
use crate::handle::Connection;
use crate::journal::{Journal, Note, Reading};
use crate::{Desk, DeskThing, FeedMessage, PracticePbx, Status};

/// The practice PBX, taken for a real one; what goes to it is counted.
#[derive(Debug, Clone)]
struct ForReal {
    pbx: PracticePbx,
    hangups: Arc<AtomicUsize>,
    cut: Arc<tokio::sync::Notify>,
}

impl Dialer for ForReal {
    fn dial(&self) -> Dialing {
        let (all, dialing) = (self.clone(), self.pbx.dial());
        Box::pin(async move {
            let far = dialing.await?;
            let (near, middle) = tokio::io::duplex(1024 * 1024);
            tokio::spawn(all.pass_on(middle, far));
            Ok(Box::new(near) as Box<dyn Stream>)
        })
    }
}

impl ForReal {
    async fn pass_on(self, mut near: DuplexStream, mut far: Box<dyn Stream>) {
        let (mut said, mut heard) = (vec![0; 65_536], vec![0; 65_536]);
        loop {
            tokio::select! {
                () = self.cut.notified() => return,
                Ok(count @ 1..) = near.read(&mut said) => {
                    let text = String::from_utf8_lossy(&said[..count]);
                    let hangups = text.matches("Action: Hangup\r\n").count();
                    self.hangups.fetch_add(hangups, Ordering::Relaxed);
                    far.write_all(&said[..count]).await.expect("open");
                }
                Ok(count @ 1..) = far.read(&mut heard) => {
                    near.write_all(&heard[..count]).await.expect("open");
                }
                else => return,
            }
        }
    }

    fn written(&self) -> usize {
        self.hangups.load(Ordering::Relaxed)
    }
}

struct Play {
    line: ForReal,
    desk: Desk,
    feed: mpsc::Receiver<FeedMessage>,
    tiles: BTreeMap<Ref, Tile>,
    notes: mpsc::UnboundedReceiver<Note>,
    clerk: mpsc::UnboundedSender<JournalNews>,
}

impl Play {
    /// The journal has been read: there was nothing in it.
    async fn begin() -> Self {
        let play = Self::begin_unread().await;
        let opened = JournalNews::Opened(Reading::default());
        play.clerk.send(opened).expect("runs");
        play
    }

    async fn begin_unread() -> Self {
        let pbx = PracticePbx::new(Practice::new(1));
        let line = ForReal {
            pbx,
            hangups: Arc::default(),
            cut: Arc::default(),
        };
        let (journal, notes) = Journal::over();
        let (clerk, news) = mpsc::unbounded_channel();
        let desk = start_with(Box::new(|| Duration::ZERO), Some((journal, news)), None);
        let connection = Connection {
            profile: crate::practice_profile(),
            secret: crate::practice_secret(),
            dialer: Arc::new(line.clone()),
        };
        desk.connect(connection).await.expect("runs");
        let feed = desk.subscribe().await.expect("runs");
        let mut play = Self {
            line,
            desk,
            feed,
            tiles: BTreeMap::new(),
            notes,
            clerk,
        };
        let line = play.line.pbx.clone();
        play.until(Self::is_live).await;
        line.with(|pbx, now| pbx.phone("102", PhoneAct::Dial("103".into()), now));
        play.until(|play| play.call().is_some()).await;
        play
    }

    fn is_live(&self) -> bool {
        let mut tiles = self.tiles.values();
        tiles.any(
            |tile| matches!(tile, Tile::Desk(DeskThing::Pbx(pbx)) if pbx.status == Status::Live),
        )
    }

    fn call(&self) -> Option<Ref> {
        let mut calls = self.tiles.keys().filter(|id| id.kind == RefKind::Call);
        calls.next().cloned()
    }

    fn outcome(&self, id: OperationId) -> Option<Outcome> {
        self.tiles.values().find_map(|tile| match tile {
            Tile::Desk(DeskThing::Operation(view)) if view.operation == id => view.outcome.clone(),
            Tile::Desk(_) | Tile::Board(_) => None,
        })
    }

    async fn until(&mut self, shows: impl Fn(&Self) -> bool) {
        while !shows(self) {
            let wait = tokio::time::timeout(Duration::from_secs(60), self.feed.recv());
            match wait.await.expect("in time").expect("runs") {
                FeedMessage::Snapshot { tiles, .. } => {
                    self.tiles = tiles.into_iter().map(|tile| (id(&tile), tile)).collect();
                }
                FeedMessage::Batch { deltas, .. } => {
                    deltas.into_iter().for_each(|delta| match delta {
                        board::Delta::Upsert { value } => {
                            drop(self.tiles.insert(id(&value), value))
                        }
                        board::Delta::Remove { id, .. } => drop(self.tiles.remove(&id)),
                    })
                }
            }
        }
    }

    /// Wishes that the call ends; its entry has come, its write has not.
    async fn hang_up(&mut self) -> (OperationId, u64) {
        let id = OperationId(Uuid::new_v4());
        let wish = Intent::new(id.0, Verb::HangUp, self.call().expect("a call"));
        self.desk.perform(wish).await.expect("runs").expect("begun");
        let note = self.notes.recv().await.expect("an entry");
        assert_eq!(self.line.written(), 0, "the journal first");
        (id, note.number)
    }
}

fn id(tile: &Tile) -> Ref {
    match tile {
        Tile::Board(thing) => thing.id().clone(),
        Tile::Desk(thing) => thing.id().clone(),
    }
}

#[tokio::test(start_paused = true)]
#[expect(
    clippy::disallowed_methods,
    reason = "the paused clock of the test itself"
)]
async fn a_journal_that_does_not_answer_holds_a_move_up_for_150_ms_and_no_longer() {
    let mut play = Play::begin().await;
    let began = Instant::now();
    let (id, _) = play.hang_up().await;
    let line = play.line.clone();
    play.until(|play| play.outcome(id).is_some()).await;
    let took = began.elapsed();
    assert!(matches!(play.outcome(id), Some(Outcome::Done { .. })));
    assert_eq!(line.written(), 2, "each leg once");
    assert!((150..300).contains(&took.as_millis()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn it_is_written_in_the_turn_in_which_the_journal_says_that_it_stands() {
    let mut play = Play::begin().await;
    let (id, number) = play.hang_up().await;
    play.clerk
        .send(JournalNews::Durable(number - 1))
        .expect("runs");
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert_eq!(play.line.written(), 0, "another one's entry");
    play.clerk.send(JournalNews::Durable(number)).expect("runs");
    play.until(|play| play.outcome(id).is_some()).await;
    assert_eq!(play.line.written(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_ends_while_the_journal_is_written_is_refused_and_nothing_goes_out() {
    let mut play = Play::begin().await;
    let (id, number) = play.hang_up().await;
    let line = play.line.pbx.clone();
    line.with(|pbx, now| pbx.phone("102", PhoneAct::HangUp, now));
    tokio::time::sleep(Duration::from_millis(120)).await;
    play.clerk.send(JournalNews::Durable(number)).expect("runs");
    play.until(|play| play.outcome(id).is_some()).await;
    let refusal = Refusal::Gone;
    assert_eq!(play.outcome(id), Some(Outcome::Refused { refusal }));
    assert_eq!(play.line.written(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_link_lost_while_the_journal_is_written_sends_nothing_ever() {
    let mut play = Play::begin().await;
    let (id, number) = play.hang_up().await;
    play.line.cut.notify_one();
    play.until(|play| play.outcome(id).is_some()).await;
    let refusal = Refusal::NotLive;
    assert_eq!(play.outcome(id), Some(Outcome::Refused { refusal }));
    play.clerk.send(JournalNews::Durable(number)).expect("runs");
    play.until(Play::is_live).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(play.line.written(), 0);
}

#[tokio::test(start_paused = true)]
async fn what_an_earlier_run_has_begun_is_not_begun_again_before_the_journal_has_been_read() {
    let play = Play::begin_unread().await;
    let id = OperationId(Uuid::new_v4());
    let wish = Intent::new(id.0, Verb::HangUp, play.call().expect("a call"));
    let desk = play.desk.clone();
    let asked = tokio::spawn(async move { desk.perform(wish).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let known = vec![id];
    let reading = Reading {
        known,
        ..Reading::default()
    };
    let opened = JournalNews::Opened(reading);
    play.clerk.send(opened).expect("runs");
    let answer = asked.await.expect("no panic").expect("runs");
    assert_eq!(answer, Ok(id), "it is the same operation");
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(play.line.written(), 0);
    assert!(play.notes.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_cannot_be_read_holds_nobody_up_for_longer_than_a_second() {
    let mut play = Play::begin_unread().await;
    let (id, _) = play.hang_up().await;
    play.until(|play| play.outcome(id).is_some()).await;
    assert_eq!(play.line.written(), 2);
}
