//! One channel as the board remembers it.

use std::borrow::Cow;

use ami::{ChannelSnapshot, ChannelState};

use crate::age::Age;
use crate::conference::Chair;
use crate::ended::Rung;
use crate::supervision::Recordings;
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
    /// The number on this person's display: whom they are, or are to be, connected to.
    pub connected: Option<String>,
    /// Dialplan context.
    pub context: Option<String>,
    /// Dialplan extension now.
    pub exten: Option<String>,
    /// What its user dialled: the first extension it was in, unless somebody rang it.
    pub dialled: Option<String>,
    /// The bridge it is in, and since when.
    pub bridge: Option<(String, Millis)>,
    /// Since when its user has held.
    pub hold: Option<Millis>,
    /// That was worked out from the state of the other phone.
    pub(crate) hold_inferred: bool,
    /// The queue it waits in.
    pub(crate) queue: Option<String>,
    /// Somebody rang it.
    rung: bool,
    /// The conference room it is in.
    pub room: Option<String>,
    /// Its seat there.
    pub(crate) chair: Chair,
    /// The application it was last seen in, from lists.
    pub application: Option<String>,
    /// That application's arguments.
    pub(crate) application_data: Option<String>,
    /// It has been told to hang up, at this time.
    pub ending: Option<Millis>,
    /// Why it was told to, or did: Q.850.
    pub(crate) cause: Option<u32>,
    /// It hears music on hold.
    pub(crate) music: bool,
    /// Its recordings.
    pub(crate) recordings: Recordings,
    /// The channel it listens in on.
    pub(crate) spies_on: Option<String>,
    /// Whom it rang last.
    pub(crate) rang: Option<Rung>,
    /// When it first was where others can hear it.
    pub(crate) talked: Option<Millis>,
    /// It left a queue or a parking space without having been served.
    pub(crate) gave_up: bool,
    /// Its own end hung up.
    pub(crate) hung_up: bool,
    /// It has talked, and then gone on to another extension without being connected yet.
    pub(crate) went_on: bool,
    /// A queue has counted it as served.
    pub(crate) served: bool,
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
    /// It may look different in the next picture.
    pub(crate) touched: bool,
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
            connected: None,
            context: None,
            exten: None,
            dialled: None,
            bridge: None,
            hold: None,
            hold_inferred: false,
            queue: None,
            rung: false,
            room: None,
            chair: Chair::default(),
            application: None,
            application_data: None,
            ending: None,
            cause: None,
            music: false,
            recordings: Recordings::default(),
            spies_on: None,
            rang: None,
            talked: None,
            gave_up: false,
            hung_up: false,
            went_on: false,
            served: false,
            began,
            answered: None,
            left: None,
            half: None,
            suspect: false,
            touched: false,
            age: Age::of(&snapshot.uniqueid),
        };
        channel.update(snapshot, began);
        channel
    }

    /// Takes over what a block says. Assignments only: safe to apply twice. Tells whether it belongs to somebody else now.
    pub(crate) fn update(&mut self, snapshot: &ChannelSnapshot<'_>, now: Millis) -> bool {
        set(&mut self.name, &snapshot.channel);
        assign(&mut self.linkedid, snapshot.linkedid.as_ref());
        let number = assign(&mut self.number, snapshot.caller_number.as_ref());
        let named = snapshot.caller_name.as_ref().filter(|name| !is_blank(name));
        let person = assign(&mut self.person, named);
        assign(&mut self.connected, snapshot.connected_number.as_ref());
        assign(&mut self.context, snapshot.context.as_ref());
        if assign(&mut self.exten, snapshot.exten.as_ref()) {
            self.learn_dialled();
            self.went_on |= self.talked.is_some() && self.exten.as_deref().is_some_and(is_dialable);
        }
        if let Some(state) = snapshot.state {
            if state == ChannelState::Up && self.answered.is_none() {
                self.answered = Some(now);
            }
            self.state = state;
        }
        number || person
    }

    /// A channel that the PBX makes for an Originate stands in `s` until its phone is answered.
    fn learn_dialled(&mut self) {
        if !self.rung && self.dialled.is_none() {
            self.dialled = self.exten.clone().filter(|exten| is_dialable(exten));
        }
    }

    /// A channel that belongs to another from its first moment was made to ring somebody, even where no dial event says so.
    pub(crate) fn is_made_for_another(&self, uniqueid: &str) -> bool {
        self.linkedid
            .as_deref()
            .is_some_and(|link| link != uniqueid)
    }

    /// Somebody rings it. `Dial` puts the caller's extension on the channels it makes: nobody dialled that here.
    pub(crate) fn set_rung(&mut self) {
        if !self.rung {
            self.rung = true;
            self.dialled = None;
        }
    }

    /// It has been answered and is in no bridge: the dialplan goes on with it.
    pub(crate) fn runs_dialplan(&self) -> bool {
        self.state == ChannelState::Up && self.bridge.is_none()
    }

    /// Somebody's own call, rather than a phone that was rung; one that was rung and then called on is both.
    #[must_use]
    pub fn is_caller(&self) -> bool {
        let person = !self.is_local() && !self.is_hidden();
        person && (!self.rung || self.rang.is_some())
    }

    /// A list says what application it runs: `AppDial` and `AppQueue` mark a leg that was rung.
    pub(crate) fn runs(&mut self, application: Option<&Cow<'_, str>>, data: Option<&Cow<'_, str>>) {
        assign(&mut self.application, application);
        assign(&mut self.application_data, data);
        if matches!(self.application.as_deref(), Some("AppDial" | "AppQueue")) {
            self.set_rung();
        }
    }

    /// It may be the one who rings somebody, as far as a list can tell.
    pub(crate) fn dials(&self) -> bool {
        let application = self.application.as_deref();
        self.bridge.is_none() && matches!(application, Some("Dial" | "Queue" | "Page"))
    }

    /// The number one dials in `context` to get where it is now.
    pub(crate) fn reached_by(&self, context: &str) -> Option<&str> {
        let here = self.context.as_deref() == Some(context);
        self.exten
            .as_deref()
            .filter(|exten| here && is_dialable(exten))
    }

    /// It is rung and not answered, as far as a list can tell.
    pub(crate) fn waits_to_be_answered(&self) -> bool {
        let application = self.application.as_deref();
        let rung = matches!(application, Some("AppDial" | "AppDial2" | "AppQueue"));
        let down = matches!(self.state, ChannelState::Down | ChannelState::Ringing);
        rung && down && self.bridge.is_none()
    }

    /// The device it belongs to: its name without the counter, e.g. `PJSIP/101`.
    #[must_use]
    pub fn device(&self) -> &str {
        device_of(&self.name)
    }

    /// One half of a Local channel: a wire, not a person.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.name.starts_with("Local/")
    }

    /// A helper of Asterisk's own that nobody should see: announcers, recorders, the extra channel of a take-over.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        const HIDDEN: [&str; 9] = [
            "Surrogate/",
            "AsyncGoto/",
            "Announcer/",
            "Recorder/",
            "CBAnn/",
            "CBRec/",
            "Bridge/",
            "UnicastRTP/",
            "Message/",
        ];
        HIDDEN.iter().any(|prefix| self.name.starts_with(prefix)) || self.name.contains("<ZOMBIE>")
    }

    /// What both halves of a Local channel share, and which half this is.
    pub(crate) fn local_base(&self) -> Option<(&str, char)> {
        let (base, half) = self.name.rsplit_once(';')?;
        let half = half.chars().next()?;
        (self.is_local() && matches!(half, '1' | '2')).then_some((base, half))
    }

    /// For a channel that a list has just brought: when it began, since no list tells when it entered its bridge. Else `now`.
    pub(crate) fn first_heard_of(&self, now: Millis) -> Millis {
        let brought = self.bridge.is_none() && self.left.is_none();
        if brought && self.answered == Some(self.began) {
            self.began
        } else {
            now
        }
    }

    /// It hears music on hold.
    #[must_use]
    pub fn hears_music(&self) -> bool {
        self.music
    }

    /// In a room that nobody has opened yet guests hear music, and neither hear nor are heard (`app_confbridge`, transcript
    /// `conference-marked`). What the room's list says of a seat counts more than music: an end of it was missed once in a live run, and
    /// somebody who talked was shown alone.
    pub(crate) fn waits_for_host(&self) -> bool {
        self.room.is_some() && self.chair.waiting.unwrap_or(self.music)
    }

    /// The bridge it is in.
    #[must_use]
    pub fn bridge_id(&self) -> Option<&str> {
        self.bridge.as_ref().map(|(id, _)| id.as_str())
    }
}

/// A channel's name without the counter at its end.
pub(crate) fn device_of(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(device, _)| device)
}

/// `s`, `h`, `i`, `t` and the like are places in a dialplan, not numbers somebody dialled.
pub(crate) fn is_dialable(exten: &str) -> bool {
    exten.len() > 1 || exten.chars().all(|c| c.is_ascii_digit())
}

/// A name of blanks tells nobody anything.
fn is_blank(name: &str) -> bool {
    name.chars().all(|c| c.is_whitespace() || c.is_control())
}

fn set(old: &mut String, new: &str) -> bool {
    let changed = old != new;
    if changed {
        new.clone_into(old);
    }
    changed
}

/// Allocates only for what has really changed: most events repeat what is known. Tells whether it has.
fn assign(old: &mut Option<String>, new: Option<&Cow<'_, str>>) -> bool {
    match (&mut *old, new) {
        (Some(old), Some(new)) => set(old, new),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => {
            *old = new.map(|text| text.clone().into_owned());
            true
        }
    }
}
