//! One line of an action file.

use super::ScriptProblem;
use crate::request::LONGEST_LINE;

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The end of an action, if one is open.
    Empty,
    /// Said to people.
    Comment,
    /// A key and its value, without the blanks around them.
    Header { name: &'a str, value: &'a str },
}

/// The lines of a file, counted from 1.
pub(super) fn lines(
    bytes: &[u8],
) -> impl Iterator<Item = (usize, Result<Line<'_>, ScriptProblem>)> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let numbered = bytes.split(|byte| *byte == b'\n').enumerate();
    numbered.map(|(at, line)| (at + 1, read(line.strip_suffix(b"\r").unwrap_or(line))))
}

fn read(line: &[u8]) -> Result<Line<'_>, ScriptProblem> {
    let text = std::str::from_utf8(line).map_err(|_| ScriptProblem::NotText)?;
    let text = text.trim_matches([' ', '\t']);
    if text.is_empty() {
        return Ok(Line::Empty);
    }
    if text.starts_with(['#', ';']) {
        return Ok(Line::Comment);
    }
    let (name, value) = text.split_once(':').ok_or(ScriptProblem::NoKey)?;
    let value = value.trim_start_matches([' ', '\t']);
    if name.is_empty() {
        return Err(ScriptProblem::NoKey);
    }
    if !name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_-.()/".contains(&byte))
    {
        return Err(ScriptProblem::BadKey);
    }
    if value.chars().any(char::is_control) {
        return Err(ScriptProblem::ControlCharacter(name.to_owned()));
    }
    if name.len() + 2 + value.len() > LONGEST_LINE {
        return Err(ScriptProblem::TooLong);
    }
    Ok(Line::Header { name, value })
}
