//! A channel: one leg inside Asterisk.

use crate::Millis;
use crate::bridge::BridgeKey;
use crate::originate::Origin;

/// The order in which channels were made: our own key, never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ChannelKey(pub(crate) u64);

/// What a leg is doing on the line (`AST_STATE_*`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Down,
    Ring,
    Ringing,
    Up,
    Busy,
}

impl State {
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Down => 0,
            Self::Ring => 4,
            Self::Ringing => 5,
            Self::Up => 6,
            Self::Busy => 7,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Down => "Down",
            Self::Ring => "Ring",
            Self::Ringing => "Ringing",
            Self::Up => "Up",
            Self::Busy => "Busy",
        }
    }
}

/// A number and the name that goes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CallerId {
    pub(crate) number: String,
    pub(crate) name: String,
}

impl CallerId {
    pub(crate) fn new(number: &str, name: &str) -> Self {
        Self {
            number: number.to_owned(),
            name: name.to_owned(),
        }
    }
}

/// What is at the other end of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Far {
    /// A phone of ours, by its extension.
    Phone(String),
    /// The outside world.
    Trunk,
    /// The other half of a Local pair; this one is half `;1` or `;2`.
    Local {
        other: ChannelKey,
        first: bool,
        optimise: bool,
    },
}

/// Who dialled a leg that has not answered yet.
#[derive(Debug, Clone)]
pub(crate) enum DialledBy {
    /// A channel in `Dial`.
    Dial(ChannelKey),
    /// A caller waiting in a queue, for the member at this place of its list.
    Queue(ChannelKey, usize),
    /// The PBX itself, for an Originate.
    Originate(Box<Origin>),
}

/// What the dialplan has a channel doing.
#[derive(Debug, Clone)]
pub(crate) enum Doing {
    /// Between two steps.
    Nothing,
    /// Being dialled.
    Dialled(DialledBy),
    /// In `Dial`, with these legs out.
    Dialling(Vec<ChannelKey>),
    /// Talking in a basic bridge.
    Bridged,
    /// In an application that stays: music, echo, a wait.
    Staying,
    /// Waiting in a queue, members' legs out.
    Queueing {
        queue: String,
        since: Millis,
        legs: Vec<ChannelKey>,
    },
    /// In a conference room.
    Conferring(String),
    /// In a parking space.
    Parked,
}

/// One leg.
#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub(crate) name: String,
    pub(crate) uniqueid: String,
    pub(crate) linkedid: String,
    pub(crate) state: State,
    pub(crate) caller: CallerId,
    pub(crate) connected: CallerId,
    pub(crate) context: String,
    pub(crate) exten: String,
    pub(crate) priority: u32,
    pub(crate) app: String,
    pub(crate) app_data: String,
    pub(crate) far: Far,
    pub(crate) doing: Doing,
    /// Counts what it did: a timer set for an earlier step is stale.
    pub(crate) step: u64,
    pub(crate) since: Millis,
    pub(crate) bridge: Option<BridgeKey>,
    /// Its user pressed hold.
    pub(crate) holding: bool,
    /// Runs dialplan of its own; a leg that was dialled does not.
    pub(crate) runs: bool,
    /// The action Bridge put it where it talks: when that ends it goes on in its dialplan at this priority.
    pub(crate) goes_on: Option<u32>,
    /// So many MixMonitors record it.
    pub(crate) recordings: u32,
    /// When its time is up, if somebody has set one (`AbsoluteTimeout`).
    pub(crate) ends_at: Option<Millis>,
    /// The number it dialled first, whatever it runs by now.
    pub(crate) dialled: String,
    /// The hang-up cause it has so far; 0 while nothing has set one.
    pub(crate) cause: u16,
}

impl Channel {
    /// Matches a name or a Uniqueid, without case, as `ast_channel_get_by_name` does.
    pub(crate) fn is(&self, named: &str) -> bool {
        self.name.eq_ignore_ascii_case(named) || self.uniqueid.eq_ignore_ascii_case(named)
    }

    /// The device it belongs to: `PJSIP/101` of `PJSIP/101-0000002a`.
    pub(crate) fn device(&self) -> &str {
        self.name
            .rsplit_once('-')
            .map_or(self.name.as_str(), |(device, _)| device)
    }

    pub(crate) fn is_phone(&self, exten: &str) -> bool {
        match &self.far {
            Far::Phone(own) => own == exten,
            Far::Trunk => exten == "trunk",
            Far::Local { .. } => false,
        }
    }
}

/// What a SIP phone said with a cause (`TechCause`), for those who run dialplan and those who were dialled.
pub(crate) fn tech_cause(cause: u16, runs: bool) -> Option<u16> {
    match (cause, runs) {
        (3, _) => Some(404),
        (17, _) => Some(486),
        (19, _) => Some(480),
        (34, _) => Some(503),
        (127, true) => Some(487),
        (127, false) => Some(500),
        _ => None,
    }
}

/// The text of a Q.850 cause, as `Cause-txt` has it.
pub(crate) fn cause_text(cause: u16) -> &'static str {
    match cause {
        3 => "No route to destination",
        16 => "Normal Clearing",
        17 => "User busy",
        18 => "No user responding",
        19 => "User alerting, no answer",
        20 => "Subscriber absent",
        21 => "Call Rejected",
        26 => "Answered elsewhere",
        34 => "Circuit/channel congestion",
        127 => "Interworking, unspecified",
        _ => "Unknown",
    }
}
