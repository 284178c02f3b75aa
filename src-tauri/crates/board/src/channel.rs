//! One channel as the board remembers it.

use std::borrow::Cow;

use ami::{ChannelSnapshot, ChannelState};

use crate::age::Age;
use crate::view::Millis;

/// A leg inside Asterisk.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its name, e.g. `PJSIP/101-0000002a`.
    pub name: String,
    /// Its linkedid: a hint only.
    pub linkedid: Option<String>,
    /// Where it stands.
    pub state: ChannelState,
    /// The person's number.
    pub number: Option<String>,
    /// The person's name.
    pub person: Option<String>,
    /// Dialplan context.
    pub context: Option<String>,
    /// Dialplan extension now.
    pub exten: Option<String>,
    /// Dialplan extension when it appeared: what was dialled.
    pub dialled: Option<String>,
    /// The bridge it is in, and since when.
    pub bridge: Option<(String, Millis)>,
    /// Since when its user has held.
    pub hold: Option<Millis>,
    /// The conference room it is in.
    pub room: Option<String>,
    /// The application it was last seen in, from lists.
    pub application: Option<String>,
    /// It has been told to hang up, at this time.
    pub ending: Option<Millis>,
    /// When it appeared.
    pub began: Millis,
    /// When it was answered.
    pub answered: Option<Millis>,
    /// When it last left a bridge.
    pub left: Option<Millis>,
    /// The other half of a Local channel.
    pub half: Option<String>,
    /// It was there before any list confirmed it in the sync that runs now.
    pub(crate) suspect: bool,
    pub(crate) age: Age,
}

impl Channel {
    pub(crate) fn new(snapshot: &ChannelSnapshot<'_>, began: Millis) -> Self {
        let mut channel = Self {
            name: String::new(),
            linkedid: None,
            state: ChannelState::Down,
            number: None,
            person: None,
            context: None,
            exten: None,
            dialled: snapshot
                .exten
                .as_deref()
                .filter(|exten| is_dialable(exten))
                .map(str::to_owned),
            bridge: None,
            hold: None,
            room: None,
            application: None,
            ending: None,
            began,
            answered: None,
            left: None,
            half: None,
            suspect: false,
            age: Age::of(&snapshot.uniqueid),
        };
        channel.update(snapshot, began);
        channel
    }

    /// Takes over what a block says. Assignments only: safe to apply twice.
    pub(crate) fn update(&mut self, snapshot: &ChannelSnapshot<'_>, now: Millis) {
        set(&mut self.name, &snapshot.channel);
        assign(&mut self.linkedid, snapshot.linkedid.as_ref());
        assign(&mut self.number, snapshot.caller_number.as_ref());
        assign(&mut self.person, snapshot.caller_name.as_ref());
        assign(&mut self.context, snapshot.context.as_ref());
        assign(&mut self.exten, snapshot.exten.as_ref());
        if let Some(state) = snapshot.state {
            if state == ChannelState::Up && self.answered.is_none() {
                self.answered = Some(now);
            }
            self.state = state;
        }
    }

    /// The device it belongs to: its name without the counter, e.g. `PJSIP/101`.
    #[must_use]
    pub fn device(&self) -> &str {
        self.name
            .rsplit_once('-')
            .map_or(self.name.as_str(), |(device, _)| device)
    }

    /// One half of a Local channel: a wire, not a person.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.name.starts_with("Local/")
    }

    /// A helper of Asterisk's own that nobody should see: announcers, recorders, the extra channel of a take-over.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        const HIDDEN: [&str; 8] = [
            "Surrogate/",
            "AsyncGoto/",
            "Announcer/",
            "Recorder/",
            "CBAnn/",
            "CBRec/",
            "Bridge/",
            "UnicastRTP/",
        ];
        HIDDEN.iter().any(|prefix| self.name.starts_with(prefix)) || self.name.contains("<ZOMBIE>")
    }

    /// What both halves of a Local channel share, and which half this is.
    pub(crate) fn local_base(&self) -> Option<(&str, char)> {
        let (base, half) = self.name.rsplit_once(';')?;
        let half = half.chars().next()?;
        (self.is_local() && matches!(half, '1' | '2')).then_some((base, half))
    }

    /// The bridge it is in.
    #[must_use]
    pub fn bridge_id(&self) -> Option<&str> {
        self.bridge.as_ref().map(|(id, _)| id.as_str())
    }
}

/// `s`, `h`, `i`, `t` and the like are places in a dialplan, not numbers somebody dialled.
pub(crate) fn is_dialable(exten: &str) -> bool {
    exten.len() > 1 || exten.chars().all(|c| c.is_ascii_digit())
}

fn set(old: &mut String, new: &str) {
    if old != new {
        new.clone_into(old);
    }
}

/// Allocates only for what has really changed: most events repeat what is known.
fn assign(old: &mut Option<String>, new: Option<&Cow<'_, str>>) {
    match (old, new) {
        (Some(old), Some(new)) => set(old, new),
        (old, new) => *old = new.map(|text| text.clone().into_owned()),
    }
}
