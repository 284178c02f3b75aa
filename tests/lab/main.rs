//! `cordboard-lab`: a real PBX with phones on this machine, for hands and for recordings.

mod ask;
mod busy_day;
mod serve;
mod up;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use lab::Version;
use lab::record::{self, Scenario};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use ask::Ask;

const TRANSCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/transcripts");

/// Phones switched on by `up`: all but two, so that the board shows absent ones too.
const PHONES: &str = "100,101,102,103,104,105,106,107,108,109,110,111,112,113,114,115,116,117,118";

/// A real Asterisk with phones and a trunk on this machine.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a scenario on a fresh PBX and write what a desk would have seen.
    Record {
        /// Scenarios' names, the beginnings of several, or `all`.
        #[arg(required = true)]
        scenarios: Vec<String>,
        /// PBXs played on at once.
        #[arg(long, default_value_t = 4)]
        stages: usize,
        /// Only this Asterisk: 22 or 16.
        #[arg(long)]
        version: Option<Version>,
        /// Where transcripts are kept.
        #[arg(long, default_value = TRANSCRIPTS)]
        folder: PathBuf,
    },
    /// List the scenarios that can be recorded.
    Scenarios {
        /// As the table in `tests/transcripts/README.md`, with the moments of each.
        #[arg(long)]
        markdown: bool,
        /// Where transcripts are kept.
        #[arg(long, default_value = TRANSCRIPTS)]
        folder: PathBuf,
    },
    /// Bring a PBX with phones up in the background, on fixed ports.
    Up {
        /// Which Asterisk: 22 or 16.
        #[arg(long, default_value = "22")]
        version: Version,
        /// The phones to switch on.
        #[arg(long, default_value = PHONES)]
        phones: String,
    },
    /// Take it down.
    Down,
    #[command(flatten)]
    Ask(Ask),
    /// Be the background process of `up`.
    #[command(hide = true)]
    HoldUp {
        #[arg(long)]
        version: Version,
        #[arg(long)]
        phones: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<()> {
    match command {
        Command::Ask(ask) => say(format_args!("{}", up::command(&ask.words()).await?)),
        Command::Record {
            scenarios,
            stages,
            version,
            folder,
        } => record_all(&scenarios, stages, version, folder).await?,
        Command::Up { version, phones } => say(format_args!("{}", up::up(version, &phones).await?)),
        Command::Down => say(format_args!("{}", up::down().await?)),
        Command::HoldUp { version, phones } => up::hold(version, &phones).await?,
        Command::Scenarios {
            markdown: true,
            folder,
        } => {
            say(format_args!("{}", record::table(&folder)?));
        }
        Command::Scenarios {
            markdown: false, ..
        } => {
            for scenario in record::all() {
                say(format_args!("{}", scenario.name));
            }
        }
    }
    Ok(())
}

async fn record_all(
    names: &[String],
    stages: usize,
    version: Option<Version>,
    folder: PathBuf,
) -> Result<()> {
    let wanted = |scenario: &Scenario| {
        let mut names = names.iter();
        names.any(|name| name == "all" || scenario.name.starts_with(name.as_str()))
    };
    let mut scenarios = record::all();
    scenarios.retain(wanted);
    ensure!(!scenarios.is_empty(), "no scenario begins with {names:?}");
    let versions = version.map_or_else(|| Version::ALL.to_vec(), |only| vec![only]);
    let stages = Arc::new(Semaphore::new(stages));
    let mut plays = JoinSet::new();
    for version in versions {
        for scenario in scenarios.iter().filter(|s| s.versions.contains(&version)) {
            let (scenario, stages, folder) = (*scenario, Arc::clone(&stages), folder.clone());
            plays.spawn(async move {
                let _turn = stages.acquire().await?;
                record::write(scenario, version, &folder).await?;
                anyhow::Ok((scenario, version))
            });
        }
    }
    report(plays).await
}

async fn report(mut plays: JoinSet<Result<(Scenario, Version)>>) -> Result<()> {
    let mut failed = 0;
    while let Some(play) = plays.join_next().await {
        match play? {
            Ok((scenario, version)) => say(format_args!("{version} {}", scenario.name)),
            Err(error) => {
                failed += 1;
                say(format_args!("FAILED {error:#}"));
            }
        }
    }
    ensure!(failed == 0, "{failed} recordings failed");
    Ok(())
}

/// Speaks on standard output; whoever stopped listening misses nothing.
fn say(text: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
