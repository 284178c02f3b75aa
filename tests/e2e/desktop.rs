//! A desktop of its own for each test: an X server, a window manager, the driver and, below it, the app.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::{driver, process};

const PATIENCE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(20);

/// Everything around the app's window. Dropped: all of it is gone.
#[derive(Debug)]
pub(crate) struct Desktop {
    // In the order in which they must end: the app first, its screen last.
    driver: Tree,
    _manager: Tree,
    _screen: Tree,
    home: TempDir,
    display: String,
    /// What the app finds in `CORDBOARD_SECRET`.
    secret: String,
    port: u16,
}

/// A program with everything it starts, in a PID namespace: when its first process ends, by us or by our own death, the kernel ends the rest.
#[derive(Debug)]
struct Tree(Child);

impl Drop for Tree {
    fn drop(&mut self) {
        // Both fail only when there is nothing left to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Desktop {
    /// An empty desktop with room around the app's window. `secret` is what the app finds in `CORDBOARD_SECRET`.
    pub(crate) async fn start(secret: &str, settings: Option<&str>) -> Result<Self> {
        let home = TempDir::new()?;
        let (screen, display) = screen(home.path())?;
        let manager = spawn(home.path(), "openbox", &[], &[("DISPLAY", &display)])?;
        if let Some(settings) = settings {
            let folder = home.path().join("config/org.cordboard.desktop");
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("settings.json"), settings)?;
        }
        let port = free_port()?;
        let driver = driver(home.path(), port, &display, secret)?;
        let desktop = Self {
            driver,
            _manager: manager,
            _screen: screen,
            home,
            display,
            secret: secret.to_owned(),
            port,
        };
        desktop.wait_ready().await?;
        Ok(desktop)
    }

    /// Kills the app itself, as the kernel does when memory is short, and comes back when its process is gone.
    pub(crate) async fn kill9(&self, binary: &str) -> Result<()> {
        let process = self.process(binary)?;
        kill_process(process, Signal::KILL)?;
        self.wait_ended(process).await
    }

    /// Closes the app's window as its user does, and comes back when its process is gone.
    pub(crate) async fn close(&self, binary: &str) -> Result<()> {
        let process = self.process(binary)?;
        let window = self.window().await?;
        self.tool("wmctrl", &["-i", "-c", &window]).await?;
        self.wait_ended(process).await
    }

    fn process(&self, binary: &str) -> Result<Pid> {
        process::below(self.driver.0.id(), &fs::canonicalize(binary)?)
    }

    async fn wait_ended(&self, process: Pid) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while process::is_alive(process) {
            ensure!(Instant::now() < deadline, "the app does not end");
            sleep(POLL).await;
        }
        Ok(())
    }

    /// Another driver, for another window on the same screen, with the same home. What the last one left of the app ends.
    pub(crate) async fn another_driver(&mut self) -> Result<()> {
        self.port = free_port()?;
        self.driver = driver(self.home.path(), self.port, &self.display, &self.secret)?;
        self.wait_ready().await
    }

    /// Where the driver listens.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// What the app, WebKit and the driver wrote to their error output.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.home.path().join("WebKitWebDriver.log")).unwrap_or_default()
    }

    /// A program of X's on this display, and what it printed.
    pub(crate) async fn tool(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let output = tokio::process::Command::new(program)
            .args(arguments)
            .env("DISPLAY", &self.display)
            .output()
            .await?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "{program} {arguments:?}: {complaint}"
        );
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The app's window, by X's number.
    pub(crate) async fn window(&self) -> Result<String> {
        let search = ["search", "--onlyvisible", "--name", "^Cordboard$"];
        let found = self.tool("xdotool", &search).await?;
        let window = found.lines().last().context("no window of Cordboard")?;
        Ok(window.to_owned())
    }

    /// Where the app's page begins on the screen.
    pub(crate) async fn origin(&self) -> Result<(i64, i64)> {
        let window = self.window().await?;
        let shape = self
            .tool("xdotool", &["getwindowgeometry", "--shell", &window])
            .await?;
        let value = |name: &str| {
            let line = shape.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|text| text.parse().ok()).context("geometry")
        };
        Ok((value("X=")?, value("Y=")?))
    }

    /// What the window really shows, as X has it.
    pub(crate) async fn picture(&self, file: &Path) -> Result<()> {
        let window = self.window().await?;
        let file = file.to_str().context("a path of text")?;
        let arguments = ["-window", &window, "-strip", "-quality", "95", file];
        self.tool("import", &arguments).await.map(drop)
    }

    async fn wait_ready(&self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !driver::is_ready(self.port).await {
            ensure!(Instant::now() < deadline, "no driver:\n{}", self.log());
            sleep(POLL).await;
        }
        Ok(())
    }
}

/// WebDriver, which starts the app in this home and on this display.
fn driver(home: &Path, port: u16, display: &str, secret: &str) -> Result<Tree> {
    let environment = [
        ("DISPLAY", display),
        // Without it the app starts, and the driver waits for ever.
        ("TAURI_WEBVIEW_AUTOMATION", "true"),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ("CORDBOARD_SECRET", secret),
    ];
    spawn(
        home,
        "WebKitWebDriver",
        &[format!("--port={port}")],
        &environment,
    )
}

/// An X server on a display nobody else has: it chooses the number itself and tells it.
fn screen(home: &Path) -> Result<(Tree, String)> {
    let options = "-displayfd 1 -screen 0 1440x920x24 -nolisten tcp -noreset";
    let options: Vec<_> = options.split(' ').map(str::to_owned).collect();
    let mut tree = spawn(home, "Xvfb", &options, &[])?;
    let stdout = tree.0.stdout.take().context("Xvfb's output")?;
    let number = first_line(stdout)?;
    ensure!(!number.is_empty(), "Xvfb does not start");
    Ok((tree, format!(":{number}")))
}

fn first_line(stdout: ChildStdout) -> Result<String> {
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// Starts a program which, with all its children, dies with this thread at the latest.
fn spawn(
    home: &Path,
    program: &str,
    options: &[String],
    environment: &[(&str, &str)],
) -> Result<Tree> {
    let log = fs::File::create(home.join(format!("{program}.log")))?;
    let place = |name: &str| -> Result<PathBuf> {
        let folder = home.join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    };
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "--"])
        .args(["unshare", "--pid", "--fork", "--kill-child", "--", program])
        .args(options)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", place("config")?)
        .env("XDG_DATA_HOME", place("data")?)
        .env("XDG_CACHE_HOME", place("cache")?)
        .env("NO_AT_BRIDGE", "1")
        // Neither the desktop's keyring nor its settings: every machine tests the same.
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        .env("GSETTINGS_BACKEND", "memory")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .process_group(0);
    let child = command
        .spawn()
        .with_context(|| format!("starting {program}"))?;
    Ok(Tree(child))
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
