//! Where somebody can be sent: an extension, a room, a queue, a number of the house or one typed by hand.

use board::Ref;
use board::view::{ConferenceView, ExtensionState, ExtensionView};
use serde::{Deserialize, Serialize};

use crate::number::{dialable, is_dialable};
use crate::preview::Place;
use crate::refusal::Refusal;

/// Where somebody can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Goal {
    pub(crate) target: Ref,
    /// What is dialled.
    pub(crate) number: String,
    pub(crate) name: Option<String>,
    pub(crate) state: Option<ExtensionState>,
    /// The extension behind it, where there is one; also for a number typed by hand.
    pub(crate) extension: Option<Ref>,
    /// The devices of its hint, where they are known.
    pub(crate) devices: Vec<String>,
    /// Whoever is there does not want to be called.
    pub(crate) dnd: bool,
    /// Somebody there takes part in a call.
    pub(crate) on_call: bool,
    /// A number of the house itself (music, a voicemail box), known from the profile.
    pub(crate) own: bool,
    /// The voicemail box that the number leads into: it must be there as well.
    pub(crate) mailbox: Option<Mailbox>,
}

/// A voicemail box somebody is sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mailbox {
    /// `103@default`.
    pub(crate) id: String,
    /// The PBX has told of messages in it: there is one.
    pub(crate) known: bool,
}

/// What must be known of a target to say whether somebody can go there: a list of thousands needs no more of each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot<'a> {
    /// The extension behind it, where there is one.
    pub(crate) extension: Option<&'a Ref>,
    pub(crate) state: Option<ExtensionState>,
}

impl Goal {
    pub(crate) fn spot(&self) -> Spot<'_> {
        Spot {
            extension: self.extension.as_ref(),
            state: self.state,
        }
    }

    /// A number of the house that leads to no phone.
    pub(crate) fn of_house(
        target: &Ref,
        number: &str,
        name: Option<String>,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            target: target.clone(),
            number: dialable(number).ok_or(Refusal::BadNumber)?,
            name,
            state: None,
            extension: None,
            devices: Vec::new(),
            dnd: false,
            on_call: false,
            own: true,
            mailbox: None,
        })
    }

    /// It leads into this box.
    pub(crate) fn into_box(self, mailbox: Mailbox) -> Self {
        Self {
            mailbox: Some(mailbox),
            ..self
        }
    }

    /// The devices that can ring. A hint may also watch a presence (`Custom:DND101`), which never will.
    pub(crate) fn phones(&self) -> impl Iterator<Item = &str> {
        self.devices
            .iter()
            .map(String::as_str)
            .filter(|device| is_phone(device))
    }

    pub(crate) fn has_phones(&self) -> bool {
        self.phones().next().is_some()
    }

    pub(crate) fn place(&self) -> Place {
        Place {
            target: self.target.clone(),
            name: self.name.clone(),
            number: self.number.clone(),
            state: self.state,
        }
    }
}

/// No phone is there that could ring. A hint may watch more than phones (`PJSIP/101&Custom:DND101`), and is idle or busy by that alone;
/// a phone on a call is there, whatever its registration says.
pub(crate) fn is_offline(extension: &ExtensionView) -> bool {
    let absent = extension.registered == Some(false) && extension.calls.is_empty();
    absent || extension.state == ExtensionState::Offline
}

pub(crate) fn callable(extension: &ExtensionView) -> Result<Spot<'_>, Refusal> {
    if is_offline(extension) {
        return Err(Refusal::TargetOffline);
    }
    let spot = Spot {
        extension: Some(&extension.id),
        state: Some(extension.state),
    };
    let fits = is_dialable(&extension.number);
    fits.then_some(spot).ok_or(Refusal::BadNumber)
}

pub(crate) fn way_in<'a>(number: Option<&str>) -> Result<Spot<'a>, Refusal> {
    let spot = Spot {
        extension: None,
        state: None,
    };
    let fits = number.is_some_and(is_dialable);
    fits.then_some(spot).ok_or(Refusal::NoWayIn)
}

pub(crate) fn extension_goal(extension: &ExtensionView) -> Result<Goal, Refusal> {
    callable(extension)?;
    let number = dialable(&extension.number).ok_or(Refusal::BadNumber)?;
    Ok(Goal {
        target: extension.id.clone(),
        number,
        name: extension.name.clone(),
        state: Some(extension.state),
        extension: Some(extension.id.clone()),
        devices: extension.devices.clone(),
        dnd: extension.dnd,
        on_call: !extension.calls.is_empty(),
        own: false,
        mailbox: None,
    })
}

/// Only administrators get into a locked room: whoever else comes is told so by the PBX, and hung up.
pub(crate) fn is_open(room: &ConferenceView) -> Result<(), Refusal> {
    match room.locked {
        Some(true) => Err(Refusal::RoomLocked),
        Some(false) | None => Ok(()),
    }
}

/// A room or a queue, by the number that leads into it.
pub(crate) fn place(target: &Ref, number: Option<&String>, name: &str) -> Result<Goal, Refusal> {
    let number = number
        .and_then(|number| dialable(number))
        .ok_or(Refusal::NoWayIn)?;
    Ok(Goal {
        target: target.clone(),
        number,
        name: Some(name.to_owned()),
        state: None,
        extension: None,
        devices: Vec::new(),
        dnd: false,
        on_call: false,
        own: false,
        mailbox: None,
    })
}

/// `PJSIP/101` can ring; `Custom:DND101`, `Confbridge:680` and the like are states without a phone.
pub(crate) fn is_phone(device: &str) -> bool {
    device
        .split_once('/')
        .is_some_and(|(technology, _)| !technology.contains(':'))
}
