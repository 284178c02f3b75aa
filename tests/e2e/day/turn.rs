//! What a task is made of: others act, the operator acts, the window says it, Asterisk says it.

/// One thing a receptionist does, from the call that asks for it to what came of it.
pub(super) struct Task {
    pub(super) name: &'static str,
    pub(super) turns: &'static [Turn],
}

/// One step of a task.
#[derive(Debug)]
pub(super) enum Turn {
    They(Deed),
    /// The operator, with the one hand or the other.
    You {
        keys: &'static [Key],
        mouse: &'static [Hand],
    },
    Window(Sight),
    Asterisk(Fact),
}

/// Somebody from outside: the name and number the trunk tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    pub(super) name: &'static str,
    pub(super) number: &'static str,
}

/// What somebody else does: a phone by its extension, a caller by who they are.
#[derive(Debug)]
pub(super) enum Deed {
    /// Calls one of the house's numbers.
    Call(Caller, &'static str),
    /// The caller hangs up.
    GiveUp(Caller),
    /// A phone dials.
    Dial(&'static str, &'static str),
    /// A phone dials, and is answered by what it dialled.
    Enter(&'static str, &'static str),
    /// The first calls the second, who answers.
    Meet(&'static str, &'static str),
    /// A phone rings, and is answered.
    Answer(&'static str),
    /// A phone rings, and is refused.
    Reject(&'static str),
    HangUp(&'static str),
    /// Presses hold.
    Hold(&'static str),
    /// Stays on the line long enough for a message to be kept.
    Speak(&'static str),
}

/// What is done by keys.
#[derive(Debug)]
pub(super) enum Key {
    /// As on the cap: `T`, `Alt 1`, `Shift F5`.
    Press(&'static str),
    /// Letters and digits, one after the other.
    Type(&'static str),
    /// The focus is there.
    On(&'static str),
    /// The same key until the focus is there.
    Walk(&'static str, &'static str),
    /// What is about to happen can be read.
    Read(&'static str),
}

/// What is done by a mouse with two buttons.
#[derive(Debug)]
pub(super) enum Hand {
    Click(&'static str),
    /// On a tile's icon, where it is grabbed.
    Pick(&'static str),
    /// With the other button.
    Ask(&'static str),
    /// From a tile's icon to somewhere, and held there.
    Carry(&'static str, &'static str),
    LetGo,
    /// Off to where nothing is.
    Away,
    /// What is about to happen can be read.
    See(&'static str),
}

/// What the window shows: elements by selector.
#[derive(Debug)]
pub(super) enum Sight {
    Shows(&'static str),
    Gone(&'static str),
    /// Words in such an element.
    Says(&'static str, &'static str),
    /// A move of this task stands so, and says these words.
    Ends(&'static str, &'static [&'static str]),
}

/// What Asterisk says: a phone by its extension, a caller by their number.
#[derive(Debug)]
pub(super) enum Fact {
    /// They hear each other.
    Talk(&'static str, &'static str),
    Rings(&'static str),
    /// No call at all.
    Free(&'static str),
    /// In this application.
    Runs(&'static str, &'static str),
    Parked(&'static str),
    NobodyParked,
    /// In a queue, with that priority.
    Waits(&'static str, &'static str, &'static str),
    /// A field of a queue's member; nothing: no member.
    Member(
        &'static str,
        &'static str,
        Option<(&'static str, &'static str)>,
    ),
    /// A field of a seat in a room; nothing: no seat.
    Seat(
        &'static str,
        &'static str,
        Option<(&'static str, &'static str)>,
    ),
    /// A field of a room.
    Room(&'static str, &'static str, &'static str),
    /// A recording of a room grows, or none does any more.
    RoomRecorder(bool),
    /// So many recorders on the channel.
    Recorders(&'static str, usize),
    /// The phone has heard these keys all day.
    Heard(&'static str, &'static str),
    /// The call has a time limit.
    Limited(&'static str),
    /// Somebody is in the dialplan at this number.
    Dialled(&'static str),
}
