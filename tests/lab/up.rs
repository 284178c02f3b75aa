//! Brings the lab up in the background, and down again.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use lab::root::cache_dir;
use lab::{Ports, Version, slot};
use tokio::time::{Instant, sleep};

use crate::serve;

const BUILD_AND_BOOT: Duration = Duration::from_secs(600);
const STOP: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(50);
const PORTS: Ports = Ports::of(slot::FIXED);

/// Brings the lab up unless it is, and says how to use it.
pub(crate) async fn up(version: Version, phones: &str) -> Result<String> {
    let running = serve::ask(PORTS.control(), &["status"]).await?;
    let wanted = format!("Asterisk {version},");
    if !running.is_some_and(|status| status.starts_with(&wanted)) {
        down().await?;
        start(version, phones).await?;
    }
    for number in phones.split(',') {
        command(&["phone", number]).await?;
    }
    let status = command(&["status"]).await?;
    let pin = command(&["pin"]).await?;
    Ok(instructions(&status, &pin))
}

/// Takes the lab down if it is up.
pub(crate) async fn down() -> Result<String> {
    let state = state_file()?;
    let asked = serve::ask(PORTS.control(), &["down"]).await?;
    let Ok(pid) = fs::read_to_string(&state) else {
        return Ok("the lab is not up".to_owned());
    };
    let proc_entry = PathBuf::from("/proc").join(pid.trim());
    let deadline = Instant::now() + STOP;
    while is_ours(&proc_entry) {
        if asked.is_none() || Instant::now() > deadline {
            // It does not listen: its children die with it.
            Command::new("kill").args(["-KILL", pid.trim()]).status()?;
        }
        sleep(POLL).await;
    }
    fs::remove_file(state)?;
    Ok("the lab is down".to_owned())
}

/// Runs in the background process.
pub(crate) async fn hold(version: Version, phones: &str) -> Result<()> {
    fs::write(state_file()?, std::process::id().to_string())?;
    let phones: Vec<_> = phones.split(',').map(str::to_owned).collect();
    serve::serve(version, &phones).await
}

/// Sends one command to the running lab.
pub(crate) async fn command(words: &[&str]) -> Result<String> {
    let reply = serve::ask(PORTS.control(), words).await?;
    reply.context("the lab is not up: cordboard-lab up")
}

async fn start(version: Version, phones: &str) -> Result<()> {
    if let Some(obstacle) = lab::Root::obstacle() {
        bail!(obstacle);
    }
    fs::create_dir_all(cache_dir()?)?;
    if !lab::Root::is_built(version)? {
        crate::say(format_args!(
            "unpacking Asterisk {version}, once (about 20 s) ..."
        ));
    }
    let log_path = cache_dir()?.join("up.log");
    let log = File::create(&log_path)?;
    let mut child = Command::new("setsid")
        .arg(std::env::current_exe()?)
        .args([
            "hold-up",
            "--version",
            &version.to_string(),
            "--phones",
            phones,
        ])
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("starting the lab in the background")?;
    let deadline = Instant::now() + BUILD_AND_BOOT;
    while serve::ask(PORTS.control(), &["status"]).await?.is_none() {
        if child.try_wait()?.is_some() {
            bail!("the lab did not start:\n{}", fs::read_to_string(&log_path)?);
        }
        ensure!(Instant::now() < deadline, "the lab does not come up");
        sleep(POLL).await;
    }
    Ok(())
}

fn state_file() -> Result<PathBuf> {
    Ok(cache_dir()?.join("up.pid"))
}

/// Whether that process is a lab, and not somebody else who got its number.
fn is_ours(proc_entry: &std::path::Path) -> bool {
    let line = fs::read(proc_entry.join("cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&line).contains("cordboard-lab")
}

/// What to type, ready to be pasted below the repository.
fn instructions(status: &str, pin: &str) -> String {
    let (ami, tls) = (PORTS.ami(), PORTS.ami_tls());
    let lab = "target/debug/cordboard-lab";
    format!(
        "{status}

Connect:
  CORDBOARD_SECRET=cordboard-secret target/debug/cordboard --host 127.0.0.1 --port {ami} \\
    --user cordboard --secret-env CORDBOARD_SECRET --me 101 --context internal
  or over TLS: --port {tls} --tls --pin {pin}

Phones:
  {lab} call 101 102      {lab} answer 102     {lab} hangup 101
  {lab} reject 102        {lab} hold 101       {lab} resume 101
  {lab} trunk-call 4930555003 --from +49301234567 --name \"Jane Doe\"
  {lab} trunk-hangup      {lab} channels       {lab} busy-day
  {lab} down"
    )
}
