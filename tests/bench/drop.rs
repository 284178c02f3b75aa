//! A drop: from the wish to the last byte of its action on the wire, on a busy board; and what offers and pictures cost there.

use std::time::{Duration, Instant};

use ami::{Event, Frame};
use anyhow::{Context, Result, bail, ensure};
use board::{Board, Feed, Place, Ref, RefKind};
use desk::{Connection, Desk, DeskThing, FeedMessage, Status, Tile};
use operator::{Intent, OperationId, Verb};
use tokio::sync::mpsc::Receiver;
use uuid::Uuid;

use crate::client::profile;
use crate::office::{self, Office, Pbx};
use crate::table::{Quantiles, Table, Verdicts, say};

/// The office in which calls are moved.
const MOVING: Office = Office {
    calls: 1_000,
    extensions: 2_000,
};
/// The office in which is looked around.
const LOOKING: Office = Office {
    calls: 1_000,
    extensions: 5_000,
};
const DROPS: usize = 300;
const LOOKS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(verdicts: &mut Verdicts) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut table = Table::new(["on a busy board", "times", "p50 ms", "p99 ms", "max ms"]);
    let drops = runtime.block_on(drops())?;
    row(
        &mut table,
        &format!("drop to last byte of Redirect ({})", size(MOVING)),
        &drops,
    );
    verdicts.at_most(
        "drop to bytes on the wire, p99 ms",
        10.0,
        Quantiles::of(drops.iter().copied()).p99,
    );
    let offers = runtime.block_on(offers())?;
    row(
        &mut table,
        &format!("offers for a leg ({})", size(LOOKING)),
        &offers,
    );
    let [pictures, diffs] = pictures()?;
    row(
        &mut table,
        &format!("picture of the board ({})", size(LOOKING)),
        &pictures,
    );
    row(&mut table, "comparing it with the last one", &diffs);
    say(&table.to_string())
}

fn size(office: Office) -> String {
    format!("{} calls, {} extensions", office.calls, office.extensions)
}

fn row(table: &mut Table, name: &str, millis: &[f64]) {
    let Quantiles { p50, p99, max } = Quantiles::of(millis.iter().copied());
    let [p50, p99, max] = [p50, p99, max].map(|value| format!("{value:.2}"));
    table.row([name.to_owned(), millis.len().to_string(), p50, p99, max]);
}

async fn drops() -> Result<Vec<f64>> {
    let (pbx, desk, mut feed) = live(MOVING).await?;
    let mut taken = Vec::new();
    for call in 0..DROPS {
        while feed.try_recv().is_ok() {}
        let intent = transfer(call)?;
        while pbx.read.try_recv().is_ok() {}
        let began = Instant::now();
        let answer = desk.perform(intent).await?;
        ensure!(answer.is_ok(), "a drop was refused: {answer:?}");
        taken.push(millis(written(&pbx)?.duration_since(began)));
        // A person drops a call now and then, not the next one while the last is on its way.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(taken)
}

fn written(pbx: &Pbx) -> Result<Instant> {
    loop {
        let (action, at) = pbx
            .read
            .recv_timeout(PATIENCE)
            .context("no Redirect came")?;
        if action == "Redirect" {
            return Ok(at);
        }
    }
}

fn transfer(call: usize) -> Result<Intent> {
    let pbx = profile(0)?.pbx;
    Ok(Intent {
        id: OperationId(Uuid::from_u128(0xB0_0000 + call as u128)),
        verb: Verb::Transfer,
        subject: Ref::new(RefKind::Leg, &pbx, office::caller(call)),
        target: Some(Ref::extension(&pbx, &office::idle(MOVING, call), "hints")),
        second: None,
        seen: None,
        confirmed: false,
    })
}

async fn offers() -> Result<Vec<f64>> {
    let (_pbx, desk, _feed) = live(LOOKING).await?;
    let pbx = profile(0)?.pbx;
    let mut taken = Vec::new();
    for call in 0..LOOKS {
        let leg = Ref::new(RefKind::Leg, &pbx, office::caller(call));
        let began = Instant::now();
        let offers = desk.offers(leg).await?;
        taken.push(millis(began.elapsed()));
        ensure!(
            offers.offers.iter().any(|offer| !offer.targets.is_empty()),
            "nothing is offered"
        );
    }
    Ok(taken)
}

/// A desk that is live on this office and has asked all it wants to know.
async fn live(office: Office) -> Result<(Pbx, Desk, Receiver<FeedMessage>)> {
    let pbx = office.open()?;
    let desk = desk::start();
    let profile = profile(pbx.port)?;
    let dialer = desk::net_dialer(&profile)?;
    let secret = ami::Secret::new("bench".to_owned());
    desk.connect(Connection {
        profile,
        secret,
        dialer,
    })
    .await?;
    let mut feed = desk.subscribe().await?;
    tokio::time::timeout(PATIENCE, until_live(&mut feed))
        .await
        .context("the desk does not come live")??;
    // Live, and done with asking whose phones they are: pings go on for ever and are no sign of work.
    let quiet = Duration::from_millis(300);
    let mut asked = Instant::now();
    while asked.elapsed() < quiet {
        let action = pbx.read.recv_timeout(quiet / 10);
        if action.is_ok_and(|(action, _)| action != "Ping") {
            asked = Instant::now();
        }
    }
    Ok((pbx, desk, feed))
}

async fn until_live(feed: &mut Receiver<FeedMessage>) -> Result<()> {
    let is_live = |tile: &Tile| match tile {
        Tile::Desk(DeskThing::Pbx(pbx)) => pbx.status == Status::Live,
        Tile::Desk(DeskThing::Operation(_) | DeskThing::Gap(_)) | Tile::Board(_) => false,
    };
    while let Some(message) = feed.recv().await {
        let live = match &message {
            FeedMessage::Snapshot { tiles, .. } => tiles.iter().any(is_live),
            FeedMessage::Batch { deltas, .. } => deltas.iter().any(|delta| match delta {
                board::Delta::Upsert { value } => is_live(value),
                board::Delta::Remove { .. } => false,
            }),
        };
        if live {
            return Ok(());
        }
    }
    bail!("the feed has ended")
}

/// Building the picture, and finding what is new in it, after one phone's state has changed.
fn pictures() -> Result<[Vec<f64>; 2]> {
    let mut board = Board::new(
        profile(0)?.pbx,
        Place {
            me: Some("4000".to_owned()),
            context: "internal".to_owned(),
            conferences: Vec::new(),
        },
    );
    for items in LOOKING.lists().values() {
        for item in items {
            let frame = Frame::parse(item.as_bytes()).context("an item of a list")?;
            board.apply_item(&Event::read(&frame), 0);
        }
    }
    let mut feed = Feed::new();
    let (mut pictures, mut diffs) = (Vec::new(), Vec::new());
    for look in 0..LOOKS {
        let hint = office::hint(look, look % 2 == 0);
        let frame = Frame::parse(hint.as_bytes()).context("a hint")?;
        board.apply(&Event::read(&frame), look as u64);
        let began = Instant::now();
        let news = board::changes(feed.picture(), board.show());
        pictures.push(millis(began.elapsed()));
        let began = Instant::now();
        feed.publish(news, |_| None);
        diffs.push(millis(began.elapsed()));
    }
    ensure!(
        board.call_count() == LOOKING.calls,
        "{} calls on the board",
        board.call_count()
    );
    Ok([pictures, diffs])
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
