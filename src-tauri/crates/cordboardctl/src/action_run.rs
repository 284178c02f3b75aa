//! `action`: the AMI actions of a text file, in their order.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ami::script::{Danger, ScriptAction};
use desk::{Connection, LinkError, ScriptOutcome, ScriptReport};

use crate::action_line::Line;
use crate::beside::Beside;
use crate::end::{Exit, Trouble};
use crate::link::Link;
use crate::options::Script;
use crate::output;

/// Reads the file, refuses what is dangerous, carries out the rest. Nothing is sent before all of it was read and looked at.
pub(crate) async fn run(
    link: Link,
    script: &Script,
    json: bool,
    out: &mut impl Write,
) -> Result<Exit, Trouble> {
    let actions = read(&script.file)?;
    let beside = script.out.then(|| Beside::of(&script.file)).transpose();
    let beside = beside.map_err(|error| bad(&script.file, format!("FILE.out: {error}")))?;
    let mut printed = Printed::new(out, json);
    let exit = if script.allow_dangerous || !refuse(&actions, &mut printed) {
        let within = Duration::from_secs(script.deadline);
        carry_out(link.connection(), &actions, within, &mut printed).await
    } else {
        Exit::Refused
    };
    let shown = unshown(printed.trouble);
    let kept = beside.and_then(|beside| {
        let path = beside.path().to_owned();
        let kept = beside.keep(&printed.all);
        kept.err().map(|error| Trouble::NotKept { path, error })
    });
    // What became of the actions says more than that it could not be written down.
    let told = shown.or(kept).map(|trouble| trouble.tell());
    Ok(told.filter(|_| exit == Exit::Done).unwrap_or(exit))
}

/// A reader who has seen enough is no trouble.
fn unshown(trouble: io::Result<()>) -> Option<Trouble> {
    let error = trouble.err()?;
    let path = PathBuf::from("standard output");
    (error.kind() != io::ErrorKind::BrokenPipe).then_some(Trouble::NotKept { path, error })
}

fn read(path: &Path) -> Result<Vec<ScriptAction>, Trouble> {
    let bytes = std::fs::read(path).map_err(|error| bad(path, error.to_string()))?;
    ami::script::parse(&bytes).map_err(|error| bad(path, error.to_string()))
}

fn bad(path: &Path, why: String) -> Trouble {
    let path = path.to_owned();
    Trouble::File { path, why }
}

/// True: something dangerous is in it, and was told.
fn refuse(actions: &[ScriptAction], printed: &mut Printed<'_, impl Write>) -> bool {
    let dangers: Vec<(&ScriptAction, Danger)> = actions
        .iter()
        .filter_map(|action| Some((action, action.danger()?)))
        .collect();
    for (action, danger) in &dangers {
        eprintln!("cordboardctl: {danger}");
        printed.line(&Line::refused(action, danger));
    }
    if !dangers.is_empty() {
        eprintln!("cordboardctl: nothing was sent; --allow-dangerous sends such actions too");
    }
    !dangers.is_empty()
}

async fn carry_out(
    connection: Result<Connection, LinkError>,
    actions: &[ScriptAction],
    within: Duration,
    printed: &mut Printed<'_, impl Write>,
) -> Exit {
    let mut worst = Exit::Done;
    let tell = |action: &ScriptAction, report: &ScriptReport| {
        worst = worse(worst, exit(&report.outcome));
        printed.line(&Line::of(action, report));
    };
    let ran = match connection {
        Ok(connection) => desk::run_script(connection, actions, within, tell).await,
        Err(error) => Err(error),
    };
    let Err(error) = ran else {
        return worst;
    };
    let trouble = Trouble::Link(error);
    for action in actions {
        printed.line(&Line::not_sent(action, &trouble.to_string()));
    }
    trouble.tell()
}

fn exit(outcome: &ScriptOutcome) -> Exit {
    match outcome {
        ScriptOutcome::Accepted => Exit::Done,
        ScriptOutcome::Failed => Exit::Failed,
        ScriptOutcome::Unknown(_) | ScriptOutcome::NotSent => Exit::Unknown,
    }
}

fn worse(one: Exit, other: Exit) -> Exit {
    if other as u8 > one as u8 { other } else { one }
}

/// Where the lines go, and what they were. Whoever stops reading stops nothing: the actions go on, and `FILE.out` is whole.
struct Printed<'a, W> {
    out: &'a mut W,
    json: bool,
    all: Vec<u8>,
    trouble: io::Result<()>,
}

impl<'a, W: Write> Printed<'a, W> {
    fn new(out: &'a mut W, json: bool) -> Self {
        Self {
            out,
            json,
            all: Vec::new(),
            trouble: Ok(()),
        }
    }

    fn line(&mut self, line: &Line) {
        let from = self.all.len();
        let written = if self.json {
            output::json(&mut self.all, line)
        } else {
            output::line(&mut self.all, &line.text())
        };
        let shown = written
            .and_then(|()| self.out.write_all(&self.all[from..]))
            .and_then(|()| self.out.flush());
        if self.trouble.is_ok() {
            self.trouble = shown;
        }
    }
}

#[cfg(test)]
mod tests;
