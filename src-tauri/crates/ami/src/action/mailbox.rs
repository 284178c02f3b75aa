//! `MailboxCount`: how many messages wait in a voicemail box. Needs call or reporting. A box that does not exist counts as an empty one.

use crate::frame::Frame;
use crate::request::{Action, Request};
use crate::value::Value;

/// Asks for the counts of one box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxCount {
    /// `101@default`.
    pub mailbox: String,
}

impl Action for MailboxCount {
    fn request(&self) -> Request {
        Request::ack("MailboxCount").with("Mailbox", &self.mailbox)
    }
}

impl MailboxCount {
    /// The messages nobody has heard, and those that have been heard, out of the answer. `MessageWaiting` counts urgent ones among
    /// the former; the answer tells them apart.
    #[must_use]
    pub fn read(answer: &Frame) -> Option<(u32, u32)> {
        let number = |name| answer.get(name).and_then(Value::number::<u32>);
        let urgent = number("UrgMessages").unwrap_or(0);
        let fresh = number("NewMessages")?.saturating_add(urgent);
        Some((fresh, number("OldMessages").unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urgent_messages_are_new_ones() {
        let mailbox = "103@default".to_owned();
        let request = MailboxCount { mailbox }.request();
        assert_eq!(request.header("Mailbox"), Some("103@default"));
        let text = "Response: Success\nUrgMessages: 1\nNewMessages: 2\nOldMessages: 3\n";
        let answer = Frame::parse(text.as_bytes()).expect("a frame");
        assert_eq!(MailboxCount::read(&answer), Some((3, 3)));
        let other = Frame::parse(b"Response: Success\n").expect("a frame");
        assert_eq!(MailboxCount::read(&other), None);
    }
}
