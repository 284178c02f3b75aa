//! Messages as Asterisk writes them.

use std::fmt::{Display, Write as _};

use crate::bridge::Bridge;
use crate::channel::Channel;
use crate::class::Classes;
use crate::request::Request;

/// A message under construction: `Name: value` lines.
#[derive(Debug, Clone)]
pub(crate) struct Message(String);

impl Message {
    pub(crate) fn new() -> Self {
        Self(String::with_capacity(512))
    }

    /// The first lines of an answer.
    pub(crate) fn response(word: &str, request: &Request) -> Self {
        Self::new().with("Response", word).id(request)
    }

    /// The first lines of a list's item. Items carry the ActionID, and no Privilege.
    pub(crate) fn item(event: &str, request: &Request) -> Self {
        Self::new().with("Event", event).id(request)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Display) -> Self {
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{name}: {value}\r\n");
        self
    }

    /// The ActionID, where the message has it.
    pub(crate) fn id(self, request: &Request) -> Self {
        match request.get("ActionID") {
            Some(id) => self.with("ActionID", id),
            None => self,
        }
    }

    /// The fourteen fields every channel event shares, under a prefix where an event has several channels.
    pub(crate) fn channel(self, prefix: &str, channel: Option<&Channel>) -> Self {
        let Some(channel) = channel else { return self };
        let name = |text: &str| format!("{prefix}{text}");
        self.with(&name("Channel"), &channel.name)
            .with(&name("ChannelState"), channel.state.number())
            .with(&name("ChannelStateDesc"), channel.state.word())
            .with(&name("CallerIDNum"), known(&channel.caller.number))
            .with(&name("CallerIDName"), known(&escape(&channel.caller.name)))
            .with(&name("ConnectedLineNum"), known(&channel.connected.number))
            .with(
                &name("ConnectedLineName"),
                known(&escape(&channel.connected.name)),
            )
            .with(&name("Language"), "en")
            .with(&name("AccountCode"), "")
            .with(&name("Context"), &channel.context)
            .with(&name("Exten"), &channel.exten)
            .with(&name("Priority"), channel.priority)
            .with(&name("Uniqueid"), &channel.uniqueid)
            .with(&name("Linkedid"), &channel.linkedid)
    }

    pub(crate) fn bridge(self, bridge: Option<&Bridge>) -> Self {
        let Some(bridge) = bridge else { return self };
        self.with("BridgeUniqueid", &bridge.uniqueid)
            .with("BridgeType", bridge.kind.class())
            .with("BridgeTechnology", bridge.kind.technology())
            .with("BridgeCreator", bridge.kind.creator())
            .with("BridgeName", bridge.kind.name())
            .with("BridgeNumChannels", bridge.members.len() + bridge.hidden)
            .with("BridgeVideoSourceMode", "none")
    }

    /// The finished message.
    pub(crate) fn end(mut self) -> String {
        self.0.push_str("\r\n");
        self.0
    }
}

/// A live event and who may see it.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) classes: Classes,
    pub(crate) text: String,
}

/// Begins a live event.
pub(crate) fn event(name: &str, classes: Classes) -> Message {
    Message::new()
        .with("Event", name)
        .with("Privilege", classes.privilege())
}

pub(crate) fn error(request: &Request, text: impl Display) -> String {
    Message::response("Error", request)
        .with("Message", text)
        .end()
}

pub(crate) fn ack(request: &Request, text: impl Display) -> String {
    Message::response("Success", request)
        .with("Message", text)
        .end()
}

/// Success without a word, as some actions answer.
pub(crate) fn success(request: &Request) -> String {
    Message::response("Success", request).end()
}

/// A list's answer: its start, its items, and the event that completes it with `extra` lines.
pub(crate) fn list(
    request: &Request,
    text: &str,
    items: Vec<Message>,
    complete: &str,
    extra: &[(&str, String)],
) -> String {
    let count = items.len();
    let start = Message::response("Success", request)
        .with("EventList", "start")
        .with("Message", text)
        .end();
    let body = items.into_iter().map(Message::end);
    let end = Message::item(complete, request)
        .with("EventList", "Complete")
        .with("ListItems", count);
    let end = extra
        .iter()
        .fold(end, |message, (name, value)| message.with(name, value))
        .end();
    [start].into_iter().chain(body).chain([end]).collect()
}

/// An empty number or name is written `<unknown>`.
fn known(text: &str) -> &str {
    if text.is_empty() { "<unknown>" } else { text }
}

/// Names are C-escaped (`ast_escape_c`).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let code = match letter {
            '\u{07}' => 'a',
            '\u{08}' => 'b',
            '\u{0C}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{0B}' => 'v',
            '\\' | '\'' | '"' | '?' => letter,
            plain => {
                out.push(plain);
                continue;
            }
        };
        out.extend(['\\', code]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_with_asterisks_escapes() {
        assert_eq!(
            escape("O'Neil \\ \"What?\"\n"),
            r#"O\'Neil \\ \"What\?\"\n"#
        );
        assert_eq!(known(""), "<unknown>");
    }
}
