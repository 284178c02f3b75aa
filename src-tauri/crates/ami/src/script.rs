//! Action files: AMI actions that an administrator wrote into a text file, `Key: Value` line by line, an empty line between two.
//!
//! The one way to name an action that is not built in, and only `cordboardctl` goes it: nothing a window asks for comes here. What
//! Asterisk would misread is refused with the number of its line; what could do harm is known by [`ScriptAction::danger`].

mod danger;
mod line;
#[cfg(test)]
mod tests;

pub use danger::Danger;
use line::{Line, lines};

use crate::request::{ActionId, LONGEST_LINE, MOST_HEADERS};

/// One action out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptAction {
    line: usize,
    name: String,
    label: Option<String>,
    headers: Vec<Header>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Header {
    line: usize,
    name: String,
    value: String,
}

/// Why a file cannot be meant. Each names its line, the first is 1, and says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ScriptError {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub problem: ScriptProblem,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptProblem {
    /// Nothing but comments and empty lines.
    #[error("there is no action in this file: write `Action: Ping`, say, and its headers below it")]
    NoAction,
    /// The headers begin without the action's name.
    #[error("these headers belong to no action: begin with a line `Action: NAME`")]
    NoName,
    /// `Action:` stands below other headers.
    #[error(
        "`Action:` is not the first line of its action: move it up, or put an empty line before it"
    )]
    NameBelow,
    /// `Action:` without a name, or with one that no action can have.
    #[error("an action's name is letters, digits and `_`, such as `Action: QueueStatus`")]
    BadName,
    /// No colon, or nothing before it.
    #[error("a line is `Key: Value`; begin it with `#` if it is a comment")]
    NoKey,
    /// A key with a space or another strange character: Asterisk would not find it.
    #[error("a key is letters, digits and `_ - . ( ) /`, without a space before the colon")]
    BadKey,
    /// A control character: there is no escape for it in AMI.
    #[error("the value of {0} contains a control character, which AMI cannot carry: take it out")]
    ControlCharacter(String),
    /// Asterisk reads at most 1,022 bytes.
    #[error("this line is longer than the {LONGEST_LINE} bytes Asterisk reads: shorten it")]
    TooLong,
    /// Asterisk reads at most 128 headers, with ours.
    #[error("this action has more than the {} headers Asterisk reads: split it", MOST_HEADERS - 1)]
    TooManyHeaders,
    /// The bytes are no UTF-8.
    #[error("this is not UTF-8 text: save the file as UTF-8")]
    NotText,
}

/// Reads a whole file. CR LF or LF, a byte order mark, comments (`#` or `;` at the start of a line), any number of empty lines.
///
/// # Errors
/// The first line that cannot be meant.
pub fn parse(bytes: &[u8]) -> Result<Vec<ScriptAction>, ScriptError> {
    let (mut actions, mut open) = (Vec::new(), None::<ScriptAction>);
    let mut last = 1;
    for (line, read) in lines(bytes) {
        last = line;
        match read.map_err(|problem| ScriptError { line, problem })? {
            Line::Empty => actions.extend(open.take()),
            Line::Comment => {}
            Line::Header { name, value } => {
                let added = add(open.take(), line, name, value);
                open = Some(added.map_err(|problem| ScriptError { line, problem })?);
            }
        }
    }
    actions.extend(open);
    if actions.is_empty() {
        let problem = ScriptProblem::NoAction;
        return Err(ScriptError {
            line: last,
            problem,
        });
    }
    Ok(actions)
}

fn add(
    open: Option<ScriptAction>,
    line: usize,
    name: &str,
    value: &str,
) -> Result<ScriptAction, ScriptProblem> {
    let is_name = name.eq_ignore_ascii_case("Action");
    let Some(mut action) = open else {
        return if is_name {
            begin(line, value)
        } else {
            Err(ScriptProblem::NoName)
        };
    };
    if is_name {
        return Err(ScriptProblem::NameBelow);
    }
    if name.eq_ignore_ascii_case("ActionID") {
        action.label = Some(value.to_owned());
        return Ok(action);
    }
    // With Action and ActionID.
    if action.headers.len() + 3 > MOST_HEADERS {
        return Err(ScriptProblem::TooManyHeaders);
    }
    action.headers.push(Header {
        line,
        name: name.to_owned(),
        value: value.to_owned(),
    });
    Ok(action)
}

fn begin(line: usize, name: &str) -> Result<ScriptAction, ScriptProblem> {
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if name.is_empty() || !plain {
        return Err(ScriptProblem::BadName);
    }
    Ok(ScriptAction {
        line,
        name: name.to_owned(),
        label: None,
        headers: Vec::new(),
    })
}

impl ScriptAction {
    /// The line of its `Action:`.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Its name, as it was written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The ActionID that was written. What goes out has one of ours: only so an answer is known to be to this action.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Header> {
        let named = move |header: &&Header| header.name.eq_ignore_ascii_case(name);
        self.headers.iter().filter(named)
    }

    /// The bytes to write: every line was looked at when it was read.
    pub(crate) fn encode(&self, id: &ActionId) -> Vec<u8> {
        let mut out = format!("Action: {}\r\nActionID: {id}\r\n", self.name);
        for header in &self.headers {
            out.push_str(&header.name);
            out.push_str(": ");
            out.push_str(&header.value);
            out.push_str("\r\n");
        }
        out.push_str("\r\n");
        out.into_bytes()
    }
}
