//! The shell around the desk: options, window, commands. It wires and decides nothing.

#[cfg(test)]
mod command_names;
mod commands;
mod feed;
#[cfg(test)]
mod locked_down;
mod secrets;
mod settings;
mod shell;
mod window;

use std::process::{Command, ExitCode};

use clap::Parser;
use desk::{Choice, ConnectionOptions};
use tauri::Manager;
use tracing_subscriber::EnvFilter;

pub use secrets::SecretState;
pub use settings::{Density, Settings, Theme};
pub use shell::{Connected, Start};

use settings::SettingsFile;
use shell::Shell;

/// Cordboard: a switchboard for Asterisk. Started without options, it connects to the PBX it remembers, or asks for one.
#[derive(Debug, Parser)]
#[command(name = "cordboard", version)]
struct Options {
    #[command(flatten)]
    connection: ConnectionOptions,
    /// Paint without the graphics card: for virtual machines and remote desktops
    #[arg(long)]
    software_rendering: bool,
}

/// Runs the program until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let options = Options::parse();
    trace_to_stderr();
    let choice = match options.connection.choose(|name| std::env::var(name).ok()) {
        Ok(choice) => choice,
        Err(error) => return complain(2, &error),
    };
    let shown = if options.software_rendering { paint_in_software() } else { Ok(()) };
    match shown.and_then(|()| show(choice)) {
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
    let filter = EnvFilter::try_from_env("CORDBOARD_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// WebKitGTK reads this from its environment, which a running program cannot safely change: so it starts anew in its own place.
fn paint_in_software() -> anyhow::Result<()> {
    if std::env::var_os(NO_DMABUF).is_some() || !cfg!(target_os = "linux") {
        return Ok(());
    }
    let mut again = Command::new(std::env::current_exe()?);
    again.args(std::env::args_os().skip(1)).env(NO_DMABUF, "1");
    start_in_place(&mut again)
}

#[cfg(unix)]
fn start_in_place(again: &mut Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(again.exec().into())
}

#[cfg(not(unix))]
fn start_in_place(_again: &mut Command) -> anyhow::Result<()> {
    Ok(())
}

fn show(choice: Choice) -> anyhow::Result<()> {
    window::check_display()?;
    let builder = tauri::Builder::default().invoke_handler(commands::answer()).setup(move |app| {
        let settings = SettingsFile::open(&app.path().app_config_dir()?);
        let desk = tauri::async_runtime::block_on(async { desk::start() });
        app.manage(Shell::new(desk, settings, choice));
        let handle = app.handle().clone();
        tauri::async_runtime::spawn(async move { handle.state::<Shell>().open().await });
        window::open(app.handle())?;
        Ok(())
    });
    builder.run(tauri::generate_context!())?;
    Ok(())
}
