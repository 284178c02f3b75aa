//! Socket to board: the stream poured to each client, each a fresh process, one after the other in the same run.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use anyhow::{Context, Result, ensure};

use crate::client::Report;
use crate::process::{self, Cores, Weighed};
use crate::server::Ready;
use crate::stream::Length;
use crate::table::{Spread, Table, Verdicts, say, thousands};

/// What to pour and how often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// The seed of the stream.
    pub(crate) seed: u64,
    /// Its length.
    pub(crate) length: Length,
    /// Runs of each client.
    pub(crate) runs: usize,
}

/// The PBX of the stream in its own process; gone when dropped.
struct Server {
    child: Child,
    ready: Ready,
}

impl Server {
    fn start(load: Load, core: Option<usize>) -> Result<Self> {
        let [seed, events, calls] =
            [load.seed, load.length.events, load.length.calls].map(|number| number.to_string());
        let arguments = [
            "serve", "--seed", &seed, "--events", &events, "--calls", &calls,
        ];
        let mut command = process::on(core, &process::this_program()?, &arguments)?;
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let ready =
            serde_json::from_str(&line).context("the server of the stream did not start")?;
        Ok(Self { child, ready })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when its input does; killing spares us the wait for memory to be given back.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

struct Run {
    report: Report,
    cost: Weighed,
}

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(load: Load, cores: Option<Cores>, verdicts: &mut Verdicts) -> Result<()> {
    let server = Server::start(load, cores.map(|cores| cores.server))?;
    let ready = server.ready;
    let each = ready.bytes as f64 / ready.events as f64;
    let where_it_ran = cores.map_or(
        "not pinned: the cores cannot be chosen here".to_owned(),
        |cores| {
            format!(
                "server on core {}, client alone on core {}",
                cores.server, cores.client
            )
        },
    );
    say(&format!(
        "Stream (seed {}): {} events, {} calls, {each:.0} bytes an event, {where_it_ran}. Median of {} (least-most).\n",
        load.seed,
        thousands(ready.events),
        thousands(ready.calls),
        load.runs,
    ))?;
    let mut table = Table::new([
        "client",
        "events",
        "wall s",
        "of it waiting for the core",
        "CPU s",
        "events/s",
        "events/CPU-s",
        "CPU-s per million",
        "peak MB",
        "left: channels, calls",
    ]);
    let port = ready.port.to_string();
    let this = process::this_program()?;
    let core = cores.map(|cores| cores.client);
    let bare = runs(load.runs, || process::on(core, &this, &["bare", &port]))?;
    row(&mut table, "only reads and counts ends", &bare);
    let desk = runs(load.runs, || process::on(core, &this, &["desk", &port]))?;
    check(&desk, ready)?;
    row(&mut table, "desk (session + board)", &desk);
    judge(&desk, verdicts);
    match released() {
        Some(path) => {
            let ctl = runs(load.runs, || ctl(core, &path, &port))?;
            check(&ctl, ready)?;
            row(&mut table, "cordboardctl watch --count --once", &ctl);
        }
        None => table.note("cordboardctl", "not measured: build it first (release)"),
    }
    say(&table.to_string())
}

fn ctl(core: Option<usize>, path: &Path, port: &str) -> Result<std::process::Command> {
    let path = path.to_str().context("a path of text")?;
    let arguments = [
        "watch",
        "--count",
        "--once",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--user",
        "bench",
    ];
    let mut command = process::on(
        core,
        path,
        &[&arguments[..], &["--secret-env", "CORDBOARD_SECRET"]].concat(),
    )?;
    command.env("CORDBOARD_SECRET", "bench");
    Ok(command)
}

fn runs(count: usize, command: impl Fn() -> Result<std::process::Command>) -> Result<Vec<Run>> {
    (0..count)
        .map(|_| {
            let cost = process::weigh(command()?)?;
            let report = serde_json::from_str(&cost.said)
                .with_context(|| format!("not a report: {}", cost.said))?;
            Ok(Run { report, cost })
        })
        .collect()
}

/// A client that has not got everything would look faster than it is.
fn check(runs: &[Run], ready: Ready) -> Result<()> {
    for run in runs {
        // `FullyBooted` comes before the stream.
        let got = run.report.events;
        ensure!(
            got == ready.events + 1,
            "{got} events counted, {} sent",
            ready.events + 1
        );
    }
    Ok(())
}

fn row(table: &mut Table, name: &str, runs: &[Run]) {
    let of = |value: &dyn Fn(&Run) -> f64| Spread::of(runs.iter().map(value));
    let million = |run: &Run| run.cost.cpu / run.report.events as f64 * 1e6;
    let left = runs
        .iter()
        .find_map(|run| Some(format!("{}, {}", run.report.channels?, run.report.calls?)));
    table.row([
        name.to_owned(),
        thousands(runs.first().map_or(0, |run| run.report.events)),
        of(&|run| run.report.seconds).decimals(2),
        of(&|run| run.cost.waited).decimals(2),
        of(&|run| run.cost.cpu).decimals(2),
        of(&|run| run.report.events as f64 / run.report.seconds).thousands(),
        of(&|run| run.report.events as f64 / run.cost.cpu).thousands(),
        of(&million).decimals(2),
        of(&|run| run.cost.peak).decimals(1),
        left.unwrap_or_else(|| "-".to_owned()),
    ]);
}

fn judge(runs: &[Run], verdicts: &mut Verdicts) {
    let median = |value: &dyn Fn(&Run) -> f64| Spread::of(runs.iter().map(value)).median;
    verdicts.at_least(
        "socket to board, events/s on one core",
        400_000.0,
        median(&|run| run.report.events as f64 / run.report.seconds),
    );
    let shared = median(&|run| run.cost.waited / run.report.seconds);
    if shared > 0.02 {
        let percent = shared * 100.0;
        verdicts.told(
            &format!("{percent:.0} % of that time other programs had the core; without it"),
            median(&|run| {
                let own = run.report.seconds - run.cost.waited;
                run.report.events as f64 / own.max(run.cost.cpu)
            }),
        );
    }
    verdicts.at_most(
        "CPU-seconds per million events",
        1.5,
        median(&|run| run.cost.cpu / run.report.events as f64 * 1e6),
    );
    verdicts.at_most(
        "peak memory of the engine, MB",
        30.0,
        median(&|run| run.cost.peak),
    );
    let left = runs
        .iter()
        .map(|run| run.report.channels.unwrap_or(1) + run.report.calls.unwrap_or(1))
        .max();
    verdicts.at_most(
        "channels and calls left on the board",
        0.0,
        left.unwrap_or(1) as f64,
    );
}

/// The `cordboardctl` built beside this program.
fn released() -> Option<PathBuf> {
    let path = std::env::current_exe().ok()?.with_file_name("cordboardctl");
    path.is_file().then_some(path)
}
