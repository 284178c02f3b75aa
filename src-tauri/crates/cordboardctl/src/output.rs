//! Writing to stdout, and making a stranger's text harmless in a terminal.

use std::io::{self, Write};

use serde::Serialize;

/// One line of JSON, out at once: whoever reads may act on it.
pub(crate) fn json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// One line of text.
pub(crate) fn line(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{text}")?;
    out.flush()
}

/// Names come from callers: no escape sequence and no change of direction gets to the terminal, and no more than fits a line.
pub(crate) fn harmless(text: &str) -> String {
    tame(text).chars().take(80).collect()
}

/// The same for what has to be whole.
pub(crate) fn tame(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_overrides_are_taken_out() {
        assert_eq!(
            harmless("\u{1b}[31mAnna\u{202e}issoR\r\n"),
            "\u{fffd}[31mAnna\u{fffd}issoR\u{fffd}\u{fffd}"
        );
        assert_eq!(harmless("Müller, Jürgen"), "Müller, Jürgen");
        let long = "x".repeat(500);
        assert_eq!((harmless(&long).len(), tame(&long)), (80, long));
        assert_eq!(tame("a\u{1b}b"), "a\u{fffd}b");
    }

    #[test]
    fn json_is_one_line() {
        let mut out = Vec::new();
        json(&mut out, &serde_json::json!({ "name": "a\nb" })).expect("written");
        assert_eq!(out, b"{\"name\":\"a\\nb\"}\n");
    }
}
