//! The app's own process among all that a driver has started.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use rustix::process::Pid;

/// The one process below `root` that runs this program. Other tests' windows are below other drivers.
pub(crate) fn below(root: u32, program: &Path) -> Result<Pid> {
    let parents = parents();
    let is_below = |process: &u32| {
        let up = |process: &u32| parents.get(process).copied();
        std::iter::successors(Some(*process), up).any(|one| one == root)
    };
    let runs = |process: &u32| {
        fs::read_link(format!("/proc/{process}/exe")).is_ok_and(|exe| exe == program)
    };
    let ours = parents.keys().copied();
    let found: Vec<_> = ours.filter(|one| is_below(one) && runs(one)).collect();
    ensure!(found.len() == 1, "below {root} run {program:?}: {found:?}");
    let number = i32::try_from(found[0])?;
    Pid::from_raw(number).context("a process has a number")
}

/// A zombie is not alive: it holds no file and no lock any more.
pub(crate) fn is_alive(process: Pid) -> bool {
    let stat = stat(&process.as_raw_nonzero().to_string());
    stat.is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

/// Who started whom, now.
fn parents() -> BTreeMap<u32, u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbered = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbered
        .filter_map(|process: u32| Some((process, stat(&process.to_string())?.1)))
        .collect()
}

/// A process's state and its parent.
fn stat(process: &str) -> Option<(char, u32)> {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything, brackets included.
    let (_, behind) = line.rsplit_once(')')?;
    let mut words = behind.split_whitespace();
    let state = words.next()?.chars().next()?;
    Some((state, words.next()?.parse().ok()?))
}
