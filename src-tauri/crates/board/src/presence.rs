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
        self.touched.presentities.insert(presentity.to_owned());
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
            let number = name.split('@').next().unwrap_or("");
            self.touched.numbers.insert(number.to_owned());
            self.mailboxes.insert(name, view);
        }
    }

    /// Whether this box, `101@default`, has been told of.
    #[must_use]
    pub fn has_mailbox(&self, mailbox: &str) -> bool {
        self.mailboxes.contains_key(mailbox)
    }

    /// The box of a number: the one in the house's context; where it has named none the one in `default`, else the first there is.
    pub(crate) fn mailbox_of(&self, number: &str) -> Option<&MailboxView> {
        let context = self.place.mailboxes();
        let own = self.mailboxes.get(&[number, "@", context].concat());
        if self.place.voicemail.is_some() {
            return own;
        }
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

#[cfg(test)]
mod tests {
    use crate::board::Place;
    use crate::id::PbxId;

    use super::*;

    fn board() -> Board {
        Board::new(PbxId::new("pbx").expect("a PBX id"), Place::default())
    }

    #[test]
    fn the_words_of_presence_are_read_as_asterisk_writes_them() {
        let expected = [
            ("not_set", Presence::NotSet),
            ("unavailable", Presence::Unavailable),
            ("available", Presence::Available),
            ("away", Presence::Away),
            ("xa", Presence::ExtendedAway),
            ("chat", Presence::Chat),
            ("dnd", Presence::Dnd),
            ("a word of tomorrow", Presence::NotSet),
        ];
        for (word, state) in expected {
            assert_eq!(presence(word), state, "{word}");
        }
    }

    #[test]
    fn whoever_says_nothing_any_more_has_no_presence() {
        let mut board = board();
        board.presence("CustomPresence:101", "away", None, Some("at lunch"));
        let said = board.presences.get("CustomPresence:101");
        assert_eq!(said.and_then(|said| said.note.as_deref()), Some("at lunch"));
        board.presence("CustomPresence:101", "not_set", None, None);
        assert!(board.presences.is_empty());
    }

    #[test]
    fn a_subtype_is_the_note_of_who_left_no_message() {
        let mut board = board();
        board.presence("CustomPresence:101", "xa", Some("holiday"), None);
        let said = board.presences.get("CustomPresence:101");
        assert_eq!(said.and_then(|said| said.note.as_deref()), Some("holiday"));
    }

    #[test]
    fn a_mailbox_without_a_context_is_in_default() {
        let mut board = board();
        board.mailbox("101", 2, 1);
        let found = board.mailbox_of("101").expect("a mailbox");
        assert_eq!(
            (found.mailbox.as_str(), found.fresh, found.heard),
            ("101@default", 2, 1)
        );
    }

    #[test]
    fn the_box_in_default_goes_before_another_context_s_and_no_box_is_taken_for_a_longer_number_s()
    {
        let mut board = board();
        board.mailbox("1011@default", 9, 0);
        assert_eq!(board.mailbox_of("101"), None);
        board.mailbox("101@branch", 3, 0);
        assert_eq!(board.mailbox_of("101").map(|found| found.fresh), Some(3));
        board.mailbox("101@default", 1, 0);
        assert_eq!(board.mailbox_of("101").map(|found| found.fresh), Some(1));
    }
}
