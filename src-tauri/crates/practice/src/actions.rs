//! What clients may ask. One table; each action in the file of its family.

mod ask;
mod callers;
mod calls;
mod channels;
mod core;
mod media;
mod notify;
mod park;
mod people;
mod places;
mod queues;
mod rooms;
mod states;
mod table;

use crate::class::Classes;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, error};
use table::ACTIONS;

/// The answer to an action.
#[derive(Debug)]
pub(crate) enum Answer {
    Now(String),
    /// An Originate that is not asynchronous answers when it is over.
    Later,
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self::Now(text)
    }
}

/// An action: its name, the classes of which one is needed, what it says of itself, and what it does.
struct Action {
    name: &'static str,
    classes: Classes,
    text: &'static str,
    run: fn(&Request, &mut Pbx) -> Answer,
}

/// The session's own actions: listed with the others, carried out by the session.
const SESSIONS: [(&str, &str); 5] = [
    ("Challenge", "Generate Challenge for MD5 Auth."),
    ("Events", "Control Event Flow."),
    ("ListCommands", "List available manager commands."),
    ("Login", "Login Manager."),
    ("Logoff", "Logoff Manager."),
];

/// Carries an action out, if the login may.
pub(crate) fn perform(request: &Request, name: &str, rights: Classes, pbx: &mut Pbx) -> Answer {
    let Some(action) = ACTIONS
        .iter()
        .find(|action| action.name.eq_ignore_ascii_case(name))
    else {
        let text = format!(
            "Invalid/unknown command: {name}. Use Action: ListCommands to show available commands."
        );
        return error(request, text).into();
    };
    match rights.has_any(action.classes) {
        true => (action.run)(request, pbx),
        false => error(request, "Permission denied").into(),
    }
}

/// One frame whose header names are the actions this login may use.
pub(crate) fn list_commands(request: &Request, rights: Classes) -> String {
    let own = SESSIONS
        .iter()
        .map(|(name, text)| (*name, Classes::NONE, *text));
    let others = ACTIONS
        .iter()
        .map(|action| (action.name, action.classes, action.text));
    let mut all: Vec<_> = own
        .chain(others)
        .filter(|(_, classes, _)| rights.has_any(*classes))
        .collect();
    all.sort_by_key(|(name, ..)| name.to_ascii_lowercase());
    let line = |message: Message, (name, classes, text): (&str, Classes, &str)| {
        let needed = if classes == Classes::NONE {
            "<none>".to_owned()
        } else {
            classes.privilege()
        };
        message.with(name, format!("{text}  (Priv: {needed})"))
    };
    all.into_iter()
        .fold(Message::response("Success", request), line)
        .end()
}

/// A channel that a header names, or Asterisk's refusal.
fn channel(
    request: &Request,
    header: &str,
    pbx: &Pbx,
    missing: &str,
) -> Result<crate::channel::ChannelKey, String> {
    pbx.named(request.text(header))
        .ok_or_else(|| error(request, missing))
}
