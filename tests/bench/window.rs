//! From exec to a window that shows the board: the shell started under an X server of its own, on the practice PBX.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::table::{Spread, Verdicts, say};

const MEASURE: &str = "start to usable window, s";
const STARTS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(20);
/// What the shell logs at `info` once the page reads the feed.
const USABLE: &str = "the window reads the feed";

/// Measures and prints, or says why not.
pub(crate) fn measure(verdicts: &mut Verdicts) -> Result<()> {
    let unmeasured =
        |verdicts: &mut Verdicts, why: &str| verdicts.unmeasured(MEASURE, "≤ 1.50", why);
    let Some(program) = shell() else {
        unmeasured(verdicts, "build target/release/cordboard with its UI first");
        return Ok(());
    };
    let Ok(screen) = Screen::start() else {
        unmeasured(verdicts, "no Xvfb here");
        return Ok(());
    };
    let mut seconds = Vec::new();
    for _ in 0..STARTS {
        match start(&program, &screen.display) {
            Ok(taken) => seconds.push(taken),
            Err(error) => {
                unmeasured(verdicts, &format!("{error:#}"));
                return Ok(());
            }
        }
    }
    let spread = Spread::of(seconds.into_iter());
    say(&format!(
        "Start to usable window: {} s, {STARTS} starts, software rendering under Xvfb.\n",
        spread.decimals(2)
    ))?;
    verdicts.at_most(MEASURE, 1.5, spread.median);
    Ok(())
}

/// The window's program, built beside this one.
fn shell() -> Option<PathBuf> {
    let path = std::env::current_exe().ok()?.with_file_name("cordboard");
    path.is_file().then_some(path)
}

struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    /// The X server itself finds a free display and tells its number.
    fn start() -> Result<Self> {
        let arguments = [
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1440x900x24",
            "-nolisten",
            "tcp",
        ];
        let mut server = Command::new("Xvfb")
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut number = String::new();
        BufReader::new(server.stdout.take().context("no output")?).read_line(&mut number)?;
        Ok(Self {
            server,
            display: format!(":{}", number.trim()),
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}

/// A child that is gone already is as good as ended.
fn end(child: &mut Child) {
    drop(child.kill());
    drop(child.wait());
}

fn start(program: &Path, display: &str) -> Result<f64> {
    let home = tempfile::tempdir()?;
    let mut command = Command::new(program);
    for variable in [
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_RUNTIME_DIR",
    ] {
        command.env(variable, home.path());
    }
    command
        .arg("--practice")
        .env("DISPLAY", display)
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("CORDBOARD_LOG", "info")
        .env_remove("WAYLAND_DISPLAY")
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let began = Instant::now();
    let mut child = command.spawn()?;
    let lines = BufReader::new(child.stderr.take().context("no log")?).lines();
    let (told, usable) = mpsc::channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if line.contains(USABLE) && told.send(Instant::now()).is_err() {
                return;
            }
        }
    });
    let at = usable.recv_timeout(PATIENCE);
    end(&mut child);
    match at {
        Ok(at) => Ok(at.duration_since(began).as_secs_f64()),
        Err(_) => bail!("the shell never logged {USABLE:?}"),
    }
}
