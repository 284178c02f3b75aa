//! Child processes that never outlive the test which started them.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

type Request = (Command, Sender<std::io::Result<Child>>);

/// A running child; killed when dropped, and by the kernel should we die first.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts `command` (made by [`guarded`]) with its output in `log`.
    pub(crate) fn spawn(mut command: Command, log: &Path) -> Result<Self> {
        let log = File::options().create(true).append(true).open(log)?;
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let (reply, answer) = channel();
        spawner()
            .send((command, reply))
            .ok()
            .context("the spawning thread is gone")?;
        let child = answer.recv().context("the spawning thread is gone")??;
        Ok(Self { child })
    }

    /// Whether the child still runs (a zombie does not).
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends the child at once and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        // Both fail only when there is nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Sends a signal to the child.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, signal).context("signalling a child")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A command whose process the kernel kills when its parent dies.
pub(crate) fn guarded(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]);
    // A terminal's Ctrl-C is for us alone; we end our children in order.
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// The parent-death signal follows the *thread* that forked, and a runtime's worker
/// threads come and go: one thread which lives as long as the process forks for all.
fn spawner() -> &'static Sender<Request> {
    static SPAWNER: OnceLock<Sender<Request>> = OnceLock::new();
    SPAWNER.get_or_init(|| {
        let (requests, inbox) = channel::<Request>();
        std::thread::spawn(move || {
            for (mut command, reply) in inbox {
                let _ = reply.send(command.spawn());
            }
        });
        requests
    })
}
