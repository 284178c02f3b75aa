//! `cordboard-lab`: a real PBX with phones on this machine, for hands and for recordings.
#![expect(clippy::print_stdout, reason = "a command line speaks on standard output")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use lab::Version;
use lab::record::{self, Scenario};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// PBXs played on at once while recording.
const STAGES: usize = 4;

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
        /// A scenario's name, the beginning of several, or `all`.
        scenario: String,
        /// Only this Asterisk: 22 or 16.
        #[arg(long)]
        version: Option<Version>,
        /// Where transcripts are kept.
        #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/transcripts"))]
        folder: PathBuf,
    },
    /// List the scenarios that can be recorded.
    Scenarios,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<()> {
    match command {
        Command::Record {
            scenario,
            version,
            folder,
        } => record_all(&scenario, version, folder).await,
        Command::Scenarios => {
            for scenario in record::all() {
                println!("{}", scenario.name);
            }
            Ok(())
        }
    }
}

async fn record_all(name: &str, version: Option<Version>, folder: PathBuf) -> Result<()> {
    let mut scenarios = record::all();
    scenarios.retain(|scenario| name == "all" || scenario.name.starts_with(name));
    ensure!(!scenarios.is_empty(), "no scenario begins with {name:?}");
    let versions = version.map_or_else(|| Version::ALL.to_vec(), |only| vec![only]);
    let stages = Arc::new(Semaphore::new(STAGES));
    let mut plays = JoinSet::new();
    for version in versions {
        for scenario in &scenarios {
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
            Ok((scenario, version)) => println!("{version} {}", scenario.name),
            Err(error) => {
                failed += 1;
                println!("FAILED {error:#}");
            }
        }
    }
    ensure!(failed == 0, "{failed} recordings failed");
    Ok(())
}
