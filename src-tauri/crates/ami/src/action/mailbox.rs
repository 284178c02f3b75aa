//! `MailboxCount` and `MailboxStatus`: how many messages wait in a voicemail box, or whether any does. Need call or reporting. A box
//! that does not exist counts as an empty one.

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

/// Asks whether new messages wait in a box, or in any of several (`101@default,102@default`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxStatus {
    /// `101@default`.
    pub mailbox: String,
}

impl Action for MailboxStatus {
    fn request(&self) -> Request {
        Request::ack("MailboxStatus").with("Mailbox", &self.mailbox)
    }
}

impl MailboxStatus {
    /// Whether new messages wait, out of the answer.
    #[must_use]
    pub fn read(answer: &Frame) -> Option<bool> {
        let waiting = answer.get("Waiting").and_then(Value::number::<u32>)?;
        Some(waiting > 0)
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

    #[test]
    fn a_lamp_is_on_or_off() {
        let mailbox = "103@default".to_owned();
        let request = MailboxStatus { mailbox }.request();
        assert_eq!(request.header("Mailbox"), Some("103@default"));
        let lamp =
            |text: &str| MailboxStatus::read(&Frame::parse(text.as_bytes()).expect("a frame"));
        assert_eq!(
            [
                lamp("Response: Success\nWaiting: 1\n"),
                lamp("Response: Success\nWaiting: 0\n"),
                lamp("Response: Success\n")
            ],
            [Some(true), Some(false), None]
        );
    }
}
