//! What people say about themselves, and what waits for them: presence and voicemail. In the order and words of the recordings
//! `device-presence` and `voicemail-left`.

use crate::channel::ChannelKey;
use crate::class::Classes;
use crate::device::HINTS;
use crate::pbx::Pbx;
use crate::wire::event;

/// What somebody says about themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Saying {
    /// Asterisk's word: `available`, `away`, `dnd`.
    pub(crate) status: &'static str,
    /// Their own word.
    pub(crate) subtype: &'static str,
    /// Their own sentence.
    pub(crate) message: &'static str,
}

/// A voicemail box: messages nobody has heard, and those somebody has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mailbox {
    pub(crate) fresh: u32,
    pub(crate) heard: u32,
}

impl Pbx {
    /// Somebody with a presence says something about themselves.
    pub(crate) fn say(&mut self, exten: &str, saying: Saying) {
        let Some(hint) = self.hints().into_iter().find(|hint| hint.exten == exten) else {
            return;
        };
        let Some((_, presentity)) = hint.text.split_once(',') else {
            return;
        };
        let state = event("PresenceStateChange", Classes::CALL)
            .with("Presentity", presentity)
            .with("Status", saying.status)
            .with("Subtype", saying.subtype)
            .with("Message", saying.message);
        let hinted = event("PresenceStatus", Classes::CALL)
            .with("Exten", exten)
            .with("Context", HINTS)
            .with("Hint", &hint.text)
            .with("Status", saying.status)
            .with("Subtype", saying.subtype)
            .with("Message", saying.message);
        self.sayings.insert(presentity.to_owned(), saying);
        self.tell(Classes::CALL, state);
        self.tell(Classes::CALL, hinted);
    }

    /// A box holds this now.
    pub(crate) fn fill(&mut self, exten: &str, mailbox: Mailbox) {
        self.filled(exten, mailbox, None);
    }

    /// Somebody hangs up who was leaving a message: there is one more that nobody has heard.
    pub(crate) fn leave_message(&mut self, key: ChannelKey) {
        let channel = self.channels.get(&key);
        let argument = channel.map(|channel| channel.app_data.clone());
        let argument = argument.unwrap_or_default();
        let Some((exten, _)) = argument.split_once('@') else {
            return;
        };
        let Mailbox { fresh, heard } = self.mailboxes.get(exten).copied().unwrap_or_default();
        let fresh = fresh + 1;
        self.filled(exten, Mailbox { fresh, heard }, Some(key));
    }

    fn filled(&mut self, exten: &str, mailbox: Mailbox, by: Option<ChannelKey>) {
        self.mailboxes.insert(exten.to_owned(), mailbox);
        let text = event("MessageWaiting", Classes::CALL)
            .channel("", by.and_then(|key| self.channels.get(&key)))
            .with("Mailbox", format!("{exten}@default"))
            .with("Waiting", u8::from(mailbox.fresh > 0))
            .with("New", mailbox.fresh)
            .with("Old", mailbox.heard);
        self.tell(Classes::CALL, text);
    }
}
