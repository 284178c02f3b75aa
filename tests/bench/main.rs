//! `cordboard-bench`: how fast the engine is, in one run, on a stream it makes itself. `make bench` builds and starts it in release.

mod burst;
mod cast;
mod client;
mod day;
mod drop;
mod live;
mod load;
mod memory;
mod office;
mod pbx;
mod picture;
mod process;
mod queues;
mod server;
mod steady;
mod stream;
mod sync;
mod table;
mod template;
mod told;
mod window;
mod wire;

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};

use load::Load;
use stream::Length;
use table::{Verdicts, say};

/// Measures Cordboard's engine and prints one table.
#[derive(Debug, Parser)]
#[command(name = "cordboard-bench", version)]
struct Options {
    #[command(flatten)]
    stream: StreamOptions,
    /// How often each client reads the stream
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Only these measurements, instead of all
    #[arg(long, value_delimiter = ',')]
    only: Vec<Measure>,
    #[command(subcommand)]
    part: Option<Part>,
}

/// The stream to make.
#[derive(Debug, Clone, Copy, Args)]
struct StreamOptions {
    /// The same seed gives the same stream
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// At least so many events
    #[arg(long, default_value_t = 1_000_000)]
    events: u64,
    /// And at least so many calls
    #[arg(long, default_value_t = 14_000)]
    calls: u64,
}

impl StreamOptions {
    fn length(self) -> Length {
        Length {
            events: self.events,
            calls: self.calls,
        }
    }
}

/// What is measured, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// Socket to board, at full speed
    Load,
    /// A drop: from the hand to the wire and back
    Drop,
    /// Everybody hangs up at once
    Burst,
    /// Login to the whole picture
    Sync,
    /// The picture after one event
    Picture,
    /// Two hundred queues with two thousand members
    Queues,
    /// A million channels come and go
    Memory,
    /// An ordinary busy day
    Steady,
    /// The window's own program
    Window,
}

/// The parts it starts as processes of their own; also useful alone, under a profiler.
#[derive(Debug, Subcommand)]
enum Part {
    /// Pour the stream to every client, until standard input closes
    Serve(StreamOptions),
    /// Read a stream and only count the ends of messages
    Bare { port: u16 },
    /// Read a stream as the desk does
    Desk { port: u16 },
    /// Hold a desk on a PBX, follow its feed until the link ends, and say what was seen
    Follow { port: u16 },
    /// Read calls without end until so many channels have come and gone, and say what that takes in memory
    Endless {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 1_000_000)]
        channels: u64,
    },
    /// Run a program on one core
    On {
        core: usize,
        #[arg(last = true)]
        command: Vec<String>,
    },
}

fn main() -> Result<()> {
    let options = Options::parse();
    match options.part {
        Some(Part::Serve(stream)) => server::run(stream.seed, stream.length()),
        Some(Part::Bare { port }) => client::bare(port),
        Some(Part::Desk { port }) => client::desk(port),
        Some(Part::Follow { port }) => steady::follow(port),
        Some(Part::Endless { seed, channels }) => memory::read(seed, channels),
        Some(Part::On { core, command }) => process::become_on(core, &command),
        None => all(options.stream, options.runs, &options.only),
    }
}

fn all(stream: StreamOptions, runs: usize, only: &[Measure]) -> Result<()> {
    if cfg!(debug_assertions) {
        say("This is a debug build: its figures say nothing. Build with --release.\n")?;
    }
    let busy = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    say(&format!(
        "Load of this machine before the run: {}",
        busy.split_whitespace()
            .take(3)
            .collect::<Vec<_>>()
            .join(" ")
    ))?;
    let mut verdicts = Verdicts::default();
    let wanted = |measure: &Measure| only.is_empty() || only.contains(measure);
    for what in Measure::value_variants().iter().filter(|one| wanted(one)) {
        measure(*what, stream, runs, &mut verdicts)?;
    }
    say(&verdicts.to_string())
}

fn measure(
    what: Measure,
    stream: StreamOptions,
    runs: usize,
    verdicts: &mut Verdicts,
) -> Result<()> {
    match what {
        Measure::Load => {
            let cores = process::two_cores();
            let (seed, length) = (stream.seed, stream.length());
            load::measure(Load { seed, length, runs }, cores, verdicts)?;
            cores.map_or(Ok(()), process::Cores::release)
        }
        Measure::Drop => drop::measure(verdicts),
        Measure::Burst => burst::measure(verdicts),
        Measure::Sync => sync::measure(verdicts),
        Measure::Picture => picture::measure(verdicts),
        Measure::Queues => queues::measure(verdicts),
        Measure::Memory => memory::measure(stream.seed, verdicts),
        Measure::Steady => steady::measure(stream.seed, verdicts),
        Measure::Window => window::measure(verdicts),
    }
}
