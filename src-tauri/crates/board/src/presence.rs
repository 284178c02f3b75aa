//! What people say about themselves, and what waits for them: presence and voicemail.

use std::collections::BTreeMap;

use crate::board::Board;
use crate::view::{MailboxView, Presence, PresenceView};

/// Presences by presentity, e.g. `CustomPresence:101`.
pub(crate) type Presences = BTreeMap<String, PresenceView>;
/// Boxes by `mailbox@context`.
pub(crate) type Mailboxes = BTreeMap<String, MailboxView>;

impl Board {
    pub(crate) fn presence(
        &mut self,
        presentity: &str,
        status: &str,
        subtype: Option<&str>,
        message: Option<&str>,
    ) {
        let note = message.or(subtype).map(str::to_owned);
        let state = presence(status);
        self.touched.people = true;
        if state == Presence::NotSet {
            self.presences.remove(presentity);
            return;
        }
        let view = PresenceView { state, note };
        self.presences.insert(presentity.to_owned(), view);
    }

    /// `mailbox`: `101@default`; a name without a context is in `default`.
    pub fn mailbox(&mut self, mailbox: &str, fresh: u32, heard: u32) {
        let name = match mailbox.contains('@') {
            true => mailbox.to_owned(),
            false => format!("{mailbox}@default"),
        };
        let view = MailboxView {
            mailbox: name.clone(),
            fresh,
            heard,
        };
        if self.mailboxes.get(&name) != Some(&view) {
            self.touched.people = true;
            self.mailboxes.insert(name, view);
        }
    }

    /// Whether this box, `101@default`, has been told of.
    #[must_use]
    pub fn has_mailbox(&self, mailbox: &str) -> bool {
        self.mailboxes.contains_key(mailbox)
    }

    /// The box of a number: the one in `default`, else the first there is.
    pub(crate) fn mailbox_of(&self, number: &str) -> Option<&MailboxView> {
        let own = self.mailboxes.get(&[number, "@default"].concat());
        own.or_else(|| {
            let start = [number, "@"].concat();
            let (name, view) = self.mailboxes.range(start.clone()..).next()?;
            name.starts_with(&start).then_some(view)
        })
    }
}

/// The words of `main/presencestate.c`.
fn presence(word: &str) -> Presence {
    match word {
        "unavailable" => Presence::Unavailable,
        "available" => Presence::Available,
        "away" => Presence::Away,
        "xa" => Presence::ExtendedAway,
        "chat" => Presence::Chat,
        "dnd" => Presence::Dnd,
        _ => Presence::NotSet,
    }
}
