//! The shell around the desk: options, window, commands. It wires and decides nothing.

#[cfg(test)]
mod command_names;
mod commands;
mod connections;
mod feed;
#[cfg(test)]
mod locked_down;
mod restart;
mod secrets;
mod settings;
mod shell;
mod window;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use desk::{Choice, ConnectionOptions};
use tauri::{AppHandle, Manager, RunEvent};
use tracing_subscriber::EnvFilter;

pub use connections::Saved;
pub use secrets::SecretState;
pub use settings::{Density, Settings, Theme};
pub use shell::{Connected, Remembered, Start};

use restart::Wishes;
use settings::SettingsFile;
use shell::Shell;

/// A closed window is gone from the screen; its program may take this long to follow.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Cordboard: a switchboard for Asterisk. Started without options, it connects to the PBX it remembers, or asks for one.
#[derive(Debug, Parser)]
#[command(name = "cordboard", version)]
struct Options {
    /// Paint without the graphics card: for virtual machines and remote desktops
    #[arg(long)]
    software_rendering: bool,
    #[command(flatten)]
    connection: ConnectionOptions,
}

/// Runs the program until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let options = Options::parse();
    trace_to_stderr();
    leave_no_core();
    let wishes = Wishes {
        software_rendering: options.software_rendering,
        secret_variable: options.connection.secret_env.as_deref(),
    };
    if let Err(error) = restart::with_wishes(&wishes) {
        tracing::warn!(%error, "could not start anew with another environment");
    }
    let choice = match options.connection.choose(restart::variable) {
        Ok(choice) => choice,
        Err(error) => return complain(2, &error),
    };
    match show(choice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(1, &*error),
    }
}

fn complain(code: u8, error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("cordboard: {error:#}");
    ExitCode::from(code)
}

/// `CORDBOARD_LOG=debug` shows more; secrets are at no level.
fn trace_to_stderr() {
    let filter =
        EnvFilter::try_from_env("CORDBOARD_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// A core file would hold the AMI secret in clear.
#[cfg(unix)]
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::warn!(%error, "core dumps are still allowed");
    }
}

#[cfg(not(unix))]
fn leave_no_core() {}

fn show(choice: Choice) -> anyhow::Result<()> {
    window::check_display()?;
    let builder = tauri::Builder::default()
        .invoke_handler(commands::answer())
        .setup(move |app| {
            let settings = SettingsFile::open(&app.path().app_config_dir()?);
            let data = app.path().app_data_dir()?;
            let desk = tauri::async_runtime::block_on(async { desk::start_in(&data) });
            app.manage(Shell::new(desk, settings, choice));
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move { handle.state::<Shell>().open().await });
            window::open(app.handle())?;
            Ok(())
        });
    let app = builder.build(tauri::generate_context!())?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit) {
            last_words(app);
        }
    });
    Ok(())
}

/// The window is closed: how the last moves ended goes into the journal before the program does, but a disk that hangs keeps nobody.
fn last_words(app: &AppHandle) {
    let desk = app.state::<Shell>().desk.clone();
    if !tauri::async_runtime::block_on(desk.written_down_within(LAST_WORDS)) {
        tracing::warn!("the journal's last lines may be missing");
    }
}
