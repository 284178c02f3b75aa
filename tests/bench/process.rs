//! Child processes, each on a core of its own, weighed from outside: what the kernel says they cost.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// How often a running child's peak memory is read.
const GLANCE: Duration = Duration::from_millis(20);
/// `USER_HZ`, which is 100 on every Linux that runs Asterisk.
const TICKS: f64 = 100.0;

/// Two cores: one for whoever talks, one for whoever is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cores {
    allowed: CpuSet,
    /// The server's and our own.
    pub(crate) server: usize,
    /// The measured program's.
    pub(crate) client: usize,
}

/// Two different cores we may use; this process keeps to the first. `None`: there is only one, or the system does not let us choose.
pub(crate) fn two_cores() -> Option<Cores> {
    let allowed = sched_getaffinity(None).ok()?;
    let mut free = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core));
    let cores = Cores {
        allowed,
        server: free.next()?,
        client: free.next()?,
    };
    pin(cores.server).ok()?;
    Some(cores)
}

impl Cores {
    /// Gives this process all its cores back.
    pub(crate) fn release(self) -> Result<()> {
        sched_setaffinity(None, &self.allowed).context("the cores cannot be given back")
    }
}

/// Keeps this process on one core from now on.
pub(crate) fn pin(core: usize) -> Result<()> {
    let mut only = CpuSet::new();
    only.set(core);
    sched_setaffinity(None, &only).context("the core cannot be chosen")
}

/// Becomes another program on one core. Comes back only if that failed.
pub(crate) fn become_on(core: usize, command: &[String]) -> Result<()> {
    pin(core)?;
    let [program, arguments @ ..] = command else {
        bail!("no program named")
    };
    Err(Command::new(program).args(arguments).exec())
        .with_context(|| format!("{program} does not start"))
}

/// A command that runs on the core, where cores can be chosen.
pub(crate) fn on(core: Option<usize>, program: &str, arguments: &[&str]) -> Result<Command> {
    let Some(core) = core else {
        let mut command = Command::new(program);
        command.args(arguments);
        return Ok(command);
    };
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(["on", &core.to_string(), "--", program])
        .args(arguments);
    Ok(command)
}

/// What a finished child has said and cost.
#[derive(Debug)]
pub(crate) struct Weighed {
    /// Its standard output.
    pub(crate) said: String,
    /// Seconds of processor time, user and system, all threads, from exec to exit.
    pub(crate) cpu: f64,
    /// Seconds in which it could have run, but somebody else had the core.
    pub(crate) waited: f64,
    /// Its largest resident set, in MB of a million bytes.
    pub(crate) peak: f64,
}

/// Runs a child to its end and weighs it.
pub(crate) fn weigh(mut command: Command) -> Result<Weighed> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("a measured program does not start")?;
    let (id, mut peak, mut waited) = (child.id(), 0.0, 0.0);
    let cpu = loop {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).context("no /proc")?;
        let (state, cpu) = state_and_cpu(&stat).context("unreadable /proc/PID/stat")?;
        // A zombie has no memory any more, but its times stay until it is waited for.
        if state == 'Z' {
            break cpu;
        }
        peak = peak_memory(id).unwrap_or(peak);
        waited = time_in_line(id).unwrap_or(waited);
        std::thread::sleep(GLANCE);
    };
    let mut said = String::new();
    child
        .stdout
        .take()
        .context("no output")?
        .read_to_string(&mut said)?;
    let status = child.wait()?;
    ensure!(
        status.success(),
        "a measured program ended with {status}: {said}"
    );
    Ok(Weighed {
        said,
        cpu,
        waited,
        peak,
    })
}

fn state_and_cpu(stat: &str) -> Option<(char, f64)> {
    // The program's name is in parentheses and may hold blanks.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?.chars().next()?;
    let user: f64 = fields.nth(10)?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((state, (user + system) / TICKS))
}

/// Of the first thread, which does all the work in every client.
fn time_in_line(id: u32) -> Option<f64> {
    let schedstat = std::fs::read_to_string(format!("/proc/{id}/schedstat")).ok()?;
    let nanos: f64 = schedstat.split_whitespace().nth(1)?.parse().ok()?;
    Some(nanos / 1e9)
}

fn peak_memory(id: u32) -> Option<f64> {
    memory(&id.to_string(), "VmHWM:")
}

/// The resident set of this process now, in MB of a million bytes.
pub(crate) fn own_memory() -> Result<f64> {
    memory("self", "VmRSS:").context("unreadable /proc/self/status")
}

fn memory(process: &str, which: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

/// Seconds of processor time a running process has had so far, all threads.
pub(crate) fn cpu(id: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).context("no /proc")?;
    let (_, cpu) = state_and_cpu(&stat).context("unreadable /proc/PID/stat")?;
    Ok(cpu)
}

/// The path of this very program, which also has the parts.
pub(crate) fn this_program() -> Result<String> {
    let path = std::env::current_exe()?;
    Ok(path.to_str().context("a path of text")?.to_owned())
}
