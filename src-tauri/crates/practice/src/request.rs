//! What a client sends, by the rules of Asterisk's own reader, which differ from a client's: an empty message is an
//! error there, the first of two equal headers wins, and lines and headers are limited (manager.c: get_input, do_message).

use crate::practice::Line;

/// Longest line Asterisk takes, without its line end.
const LINE_LIMIT: usize = 1022;
/// Most header lines in one action.
const HEADER_LIMIT: usize = 128;

/// Why a message could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    LineTooLong,
    TooManyLines,
}

/// One action as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) line: Line,
    pub(crate) fault: Option<Fault>,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The first header of that name, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The header as text, empty if it is missing: Asterisk does not tell these apart.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Every header of that name: some may be said more than once.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self
            .headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        crate::class::is_true(self.text(name))
    }

    /// The headers after the first of that name: the body of a UserEvent.
    pub(crate) fn others(&self, but: &[&str]) -> impl Iterator<Item = &(String, String)> {
        self.headers
            .iter()
            .filter(move |(name, _)| !but.iter().any(|word| name.eq_ignore_ascii_case(word)))
    }
}

/// Cuts what a client sends into actions.
#[derive(Debug)]
pub(crate) struct Reader {
    line: Line,
    partial: Vec<u8>,
    overlong: bool,
    count: usize,
    message: Request,
}

impl Reader {
    pub(crate) fn new(line: Line) -> Self {
        Self {
            line,
            partial: Vec::new(),
            overlong: false,
            count: 0,
            message: empty(line),
        }
    }

    /// Takes bytes in any chunks; gives the actions they complete.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Vec<Request> {
        bytes.iter().filter_map(|byte| self.byte(*byte)).collect()
    }

    fn byte(&mut self, byte: u8) -> Option<Request> {
        if byte == b'\n' {
            return self.end_line();
        }
        if self.partial.len() > LINE_LIMIT + 1 {
            self.overlong = true;
        } else {
            self.partial.push(byte);
        }
        None
    }

    fn end_line(&mut self) -> Option<Request> {
        let mut line = std::mem::take(&mut self.partial);
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let overlong = std::mem::take(&mut self.overlong) || line.len() > LINE_LIMIT;
        if line.is_empty() {
            self.count = 0;
            return Some(std::mem::replace(&mut self.message, empty(self.line)));
        }
        self.count += 1;
        if overlong {
            self.message.fault.get_or_insert(Fault::LineTooLong);
        } else if self.count > HEADER_LIMIT {
            // Asterisk answers this one without the ActionID.
            self.message.headers.clear();
            self.message.fault = Some(Fault::TooManyLines);
        } else if let Some(header) = header(&line) {
            self.message.headers.push(header);
        }
        None
    }
}

fn empty(line: Line) -> Request {
    Request {
        line,
        fault: None,
        headers: Vec::new(),
    }
}

fn header(line: &[u8]) -> Option<(String, String)> {
    let text = String::from_utf8_lossy(line);
    let (name, value) = text.split_once(':')?;
    Some((
        name.to_owned(),
        value.trim_start_matches([' ', '\t']).to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_line_feeds_any_case_and_no_blank_are_fine() {
        let mut reader = Reader::new(Line::test());
        let found = reader.push(b"ACTION:Ping\nactionid: 7\r\nActionID: 8\n\n\n");
        assert_eq!(
            found.len(),
            2,
            "an empty line too many is a message of its own"
        );
        assert_eq!(
            (found[0].get("Action"), found[0].get("ActionID")),
            (Some("Ping"), Some("7"))
        );
        assert_eq!(found[1].get("Action"), None);
    }

    #[test]
    fn lines_over_1022_bytes_and_headers_over_128_spoil_the_message_only() {
        let mut reader = Reader::new(Line::test());
        let long = format!("Action: Ping\nActionID: a\nX: {}\r\n\r\n", "x".repeat(1020));
        let fits = format!("Action: Ping\nX: {}\r\n\r\n", "x".repeat(1019));
        let many = format!("Action: Ping\nActionID: a\n{}\n", "X: 1\n".repeat(127));
        let found = reader.push(format!("{long}{fits}{many}").as_bytes());
        assert_eq!(found[0].fault, Some(Fault::LineTooLong));
        assert_eq!(found[0].get("ActionID"), Some("a"));
        assert_eq!(found[1].fault, None);
        assert_eq!(found[2].fault, Some(Fault::TooManyLines));
        assert_eq!(found[2].get("ActionID"), None);
    }
}
