//! Actions to bytes. The only place that writes AMI, and the only guard a line needs: control characters are refused, never stripped,
//! because there is no escape in AMI and a bare LF starts a new header (CVE-2026-73665's bug class).

use std::fmt;

/// Asterisk's line buffer holds 1,024 bytes with CR LF; longer lines make it drop the action.
pub(crate) const LONGEST_LINE: usize = 1022;
/// `AST_MAX_MANHEADERS`, with Action and ActionID.
pub(crate) const MOST_HEADERS: usize = 128;

/// Ties an answer to its action. Globally unique, since `OriginateResponse` is broadcast to every session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(String);

impl ActionId {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// As it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of answer an action gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// One response.
    Ack,
    /// A response, items, and an end; or one of the three forms of "empty".
    List,
    /// Whatever comes: one response, and items with an end if it says that a list begins. For actions we know nothing about.
    Either,
}

/// An action ready to be written, without its ActionID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    name: &'static str,
    answer: Answer,
    headers: Vec<(&'static str, String)>,
    /// The first header that may not be written, and so the whole action.
    unsound: Option<&'static str>,
}

/// An action of the AMI: knows its name, its kind of answer and its headers.
pub trait Action {
    /// The action as a request.
    fn request(&self) -> Request;
}

impl Request {
    /// An action answered by one response.
    #[must_use]
    pub fn ack(name: &'static str) -> Self {
        Self {
            name,
            answer: Answer::Ack,
            headers: Vec::new(),
            unsound: None,
        }
    }

    /// An action answered by a list.
    #[must_use]
    pub fn list(name: &'static str) -> Self {
        Self {
            name,
            answer: Answer::List,
            headers: Vec::new(),
            unsound: None,
        }
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With one more header that Asterisk splits into the arguments of a dialplan application: there a comma begins the next
    /// argument, and one of the next may be a shell command. When `sound` is false the whole action will be refused, so that no
    /// caller can forget the check.
    pub(crate) fn with_argument(
        self,
        name: &'static str,
        value: impl Into<String>,
        sound: bool,
    ) -> Self {
        let unsound = self.unsound.or((!sound).then_some(name));
        Self { unsound, ..self }.with(name, value)
    }

    /// The same under another name.
    pub(crate) fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// The action's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its kind of answer.
    #[must_use]
    pub fn answer(&self) -> Answer {
        self.answer
    }

    /// A header's value, for tests and journals.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    /// All headers in their order, without Action and ActionID.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
    }

    /// The bytes to write.
    ///
    /// # Errors
    /// A value that Asterisk would misread: nothing is written then.
    pub fn encode(&self, id: &ActionId) -> Result<Vec<u8>, EncodeError> {
        if self.headers.len() + 2 > MOST_HEADERS {
            return Err(EncodeError::TooManyHeaders(self.headers.len() + 2));
        }
        if let Some(name) = self.unsound {
            return Err(EncodeError::Unsound(name));
        }
        let mut out = Vec::with_capacity(256);
        line(&mut out, "Action", self.name)?;
        line(&mut out, "ActionID", id.as_str())?;
        for (name, value) in &self.headers {
            line(&mut out, name, value)?;
        }
        out.extend_from_slice(b"\r\n");
        Ok(out)
    }
}

fn line(out: &mut Vec<u8>, name: &'static str, value: &str) -> Result<(), EncodeError> {
    if value.bytes().any(|byte| byte < 0x20 || byte == 0x7F) {
        return Err(EncodeError::ControlCharacter(name));
    }
    if name.len() + 2 + value.len() > LONGEST_LINE {
        return Err(EncodeError::LineTooLong(name));
    }
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value.as_bytes());
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Why an action was not written. Never holds the value: it may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// CR, LF, NUL or another control character.
    #[error("{0} contains a control character")]
    ControlCharacter(&'static str),
    /// Over 1,022 bytes.
    #[error("{0} is too long for one AMI line")]
    LineTooLong(&'static str),
    /// A character that a dialplan application takes for the end of the value.
    #[error("{0} contains a character that means something else to Asterisk")]
    Unsound(&'static str),
    /// Over 128 headers.
    #[error("{0} headers are more than Asterisk reads")]
    TooManyHeaders(usize),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::frame::Frame;

    fn id() -> ActionId {
        ActionId::new("t-1".into())
    }

    #[test]
    fn an_action_is_written_line_by_line() {
        let bytes = Request::ack("Ping").with("Note", "x: y").encode(&id());
        assert_eq!(
            bytes,
            Ok(b"Action: Ping\r\nActionID: t-1\r\nNote: x: y\r\n\r\n".to_vec())
        );
    }

    #[test]
    fn limits_of_asterisk_are_kept() {
        let fits = "x".repeat(LONGEST_LINE - "Data: ".len());
        assert!(
            Request::ack("A")
                .with("Data", fits.clone())
                .encode(&id())
                .is_ok()
        );
        assert_eq!(
            Request::ack("A").with("Data", fits + "x").encode(&id()),
            Err(EncodeError::LineTooLong("Data"))
        );
        let many = (0..127).fold(Request::ack("A"), |request, _| request.with("V", "1"));
        assert_eq!(many.encode(&id()), Err(EncodeError::TooManyHeaders(129)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_or_refused(value in "\\PC{0,80}|[\\x00-\\x7f]{0,40}") {
            let request = Request::ack("A").with("Data", value.clone());
            match request.encode(&id()) {
                Err(error) => prop_assert!(value.chars().any(char::is_control), "{error}"),
                Ok(bytes) => {
                    let frame = Frame::parse(&bytes).expect("one frame");
                    let pairs: Vec<_> = frame.pairs().map(|(_, value)| value.text().into_owned()).collect();
                    prop_assert_eq!(pairs, ["A".to_owned(), "t-1".to_owned(), value]);
                }
            }
        }
    }
}
