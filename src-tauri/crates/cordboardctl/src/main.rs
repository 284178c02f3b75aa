//! The desk without a window: the board as JSON, what changes on it, and actions, for scripts and administrators.

mod act;
mod action_line;
mod action_run;
mod beside;
mod board_command;
mod call_file;
mod end;
mod keep;
mod link;
mod moment;
mod options;
mod output;
mod shown;
mod table;
mod watch;
mod wish;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, error::ErrorKind};
use tracing_subscriber::EnvFilter;

use crate::end::{Exit, Trouble};
use crate::link::Link;
use crate::options::{Command, Options};

fn main() -> ExitCode {
    let options = Options::parse();
    trace_to_stderr();
    let ended = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(run(&options)),
        Err(error) => Err(Trouble::Output(error)),
    };
    ended.unwrap_or_else(|trouble| trouble.tell()).into()
}

/// `CORDBOARD_LOG=debug` shows more; secrets are at no level.
fn trace_to_stderr() {
    let filter =
        EnvFilter::try_from_env("CORDBOARD_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

async fn run(options: &Options) -> Result<Exit, Trouble> {
    let mut out = std::io::stdout().lock();
    match &options.command {
        Command::Board => board_command::board(link(options), options.json, &mut out).await,
        Command::Watch { count: false, .. } => {
            watch::watch(link(options), options.json, &mut out).await
        }
        Command::Watch { count: true, .. } => watch::count(link(options), &mut out).await,
        Command::Do(action) => {
            let folder = keep::folder(|name| std::env::var(name).ok());
            let link = link(options).keeping(folder.filter(|_| !options.no_journal));
            act::act(link, action, &mut out).await
        }
        Command::Move(wish) => {
            let folder = keep::folder(|name| std::env::var(name).ok());
            let link = link(options).keeping(folder.filter(|_| !options.no_journal));
            wish::carry_out(link, wish, &mut out).await
        }
        Command::Offers { subject } => wish::offers(link(options), subject, &mut out).await,
        Command::Action(script) => {
            action_run::run(link(options), script, options.json, &mut out).await
        }
        Command::CallFile(words) => {
            let context = options.connection.context.as_deref();
            call_file::write(words, context, options.json, &mut out)
        }
    }
}

/// The PBX that is named, or the end of the program in the words of the command line.
fn link(options: &Options) -> Link {
    match Link::from_options(options, |name| std::env::var(name).ok()) {
        Ok(link) => link,
        Err(error) => Options::command()
            .error(ErrorKind::ValueValidation, error)
            .exit(),
    }
}
