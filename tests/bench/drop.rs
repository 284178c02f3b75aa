//! A drop: from the wish to the last byte of its action on the wire, on a busy board; and what offers cost there.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use board::{Ref, RefKind};
use desk::Desk;
use operator::{Intent, Verb};
use uuid::Uuid;

use crate::client::profile;
use crate::live::{Live, live, live_with};
use crate::office::{self, Office};
use crate::pbx::{PATIENCE, Pbx};
use crate::table::{Quantiles, Table, Verdicts, say};

/// The office in which calls are moved.
const MOVING: Office = Office {
    calls: 1_000,
    extensions: 2_000,
    groups: 0,
};
/// The office in which is looked around.
const LOOKING: Office = Office {
    calls: 1_000,
    extensions: 5_000,
    groups: 0,
};
const DROPS: usize = 300;
const LOOKS: usize = 200;
/// A person drops a call now and then, not the next one while the last is on its way.
const PACE: Duration = Duration::from_millis(5);

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(verdicts: &mut Verdicts) -> Result<()> {
    let runtime = crate::client::runtime()?;
    let mut table = Table::new(["on a busy board", "times", "p50 ms", "p99 ms", "max ms"]);
    let drops = runtime.block_on(kept_drops(&mut table))?;
    verdicts.at_most(
        "drop to bytes on the wire, journal on disk, p99 ms",
        10.0,
        Quantiles::of(drops.iter().copied()).p99,
    );
    let offers = runtime.block_on(offers())?;
    row(
        &mut table,
        &format!("offers for a leg ({})", size(LOOKING)),
        &offers,
    );
    verdicts.at_most(
        "offers for a leg among 5,000 extensions, p99 ms",
        1.0,
        Quantiles::of(offers.iter().copied()).p99,
    );
    say(&table.to_string())
}

/// As the window's desk does it: each drop is on the disk before a byte of it goes out. Beside it what the disk alone takes, and the rest.
async fn kept_drops(table: &mut Table) -> Result<Vec<f64>> {
    // Not in the system's temporary folder, which may be memory.
    let program = std::env::current_exe()?;
    let folder = tempfile::tempdir_in(program.parent().context("a folder")?)?;
    let kept = drops(desk::start_in(folder.path())).await?;
    row(
        table,
        &format!("drop to last byte of Redirect ({})", size(MOVING)),
        &kept,
    );
    let line = asked(&folder.path().join("journal/journal.jsonl"))?;
    row(
        table,
        &format!("  the disk alone: append {} bytes, fdatasync", line.len()),
        &syncs(folder.path(), &line).await?,
    );
    let unkept = drops(desk::start()).await?;
    row(table, "  the same drops without a journal", &unkept);
    Ok(kept)
}

/// What the journal says of the first move before it goes out.
fn asked(journal: &Path) -> Result<String> {
    let text = fs::read_to_string(journal).context("the desk has kept no journal")?;
    let mut lines = text.lines();
    let asked = lines.find(|line| line.contains(r#""entry":"asked""#));
    Ok(format!("{}\n", asked.context("nothing was asked")?))
}

/// How long this disk takes for such a line, at the pace of the drops.
async fn syncs(folder: &Path, line: &str) -> Result<Vec<f64>> {
    let mut file = File::create(folder.join("alone"))?;
    let mut taken = Vec::new();
    for _ in 0..DROPS {
        let began = Instant::now();
        file.write_all(line.as_bytes())?;
        file.sync_data()?;
        taken.push(millis(began.elapsed()));
        tokio::time::sleep(PACE).await;
    }
    Ok(taken)
}

/// An office in words.
pub(crate) fn size(office: Office) -> String {
    format!("{} calls, {} extensions", office.calls, office.extensions)
}

/// One row of such a table.
pub(crate) fn row(table: &mut Table, name: &str, millis: &[f64]) {
    let Quantiles { p50, p99, max } = Quantiles::of(millis.iter().copied());
    let [p50, p99, max] = [p50, p99, max].map(|value| format!("{value:.2}"));
    table.row([name.to_owned(), millis.len().to_string(), p50, p99, max]);
}

async fn drops(desk: Desk) -> Result<Vec<f64>> {
    let Live {
        pbx,
        desk,
        mut feed,
        ..
    } = live_with(MOVING, desk).await?;
    pbx.settle();
    let mut taken = Vec::new();
    for call in 0..DROPS {
        while feed.try_recv().is_ok() {}
        let intent = transfer(call)?;
        while pbx.heard.try_recv().is_ok() {}
        let began = Instant::now();
        let answer = desk.perform(intent).await?;
        ensure!(answer.is_ok(), "a drop was refused: {answer:?}");
        taken.push(millis(written(&pbx)?.duration_since(began)));
        tokio::time::sleep(PACE).await;
    }
    Ok(taken)
}

fn written(pbx: &Pbx) -> Result<Instant> {
    loop {
        let heard = pbx
            .heard
            .recv_timeout(PATIENCE)
            .context("no Redirect came")?;
        if heard.action == "Redirect" {
            return Ok(heard.read);
        }
    }
}

fn transfer(call: usize) -> Result<Intent> {
    let pbx = profile(0)?.pbx;
    Ok(Intent {
        target: Some(Ref::extension(&pbx, &office::idle(MOVING, call), "hints")),
        ..Intent::new(
            Uuid::from_u128(0xB0_0000 + call as u128),
            Verb::Transfer,
            Ref::new(RefKind::Leg, &pbx, office::caller(call)),
        )
    })
}

async fn offers() -> Result<Vec<f64>> {
    let Live {
        pbx,
        desk,
        feed: _feed,
        ..
    } = live(LOOKING).await?;
    pbx.settle();
    let id = profile(0)?.pbx;
    let mut taken = Vec::new();
    for call in 0..LOOKS {
        let leg = Ref::new(RefKind::Leg, &id, office::caller(call));
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

/// As they are printed.
pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
