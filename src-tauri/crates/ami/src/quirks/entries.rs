//! The quirks by name: which greetings have them, and where one can see it.

/// One way in which old servers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub name: &'static str,
    /// The greetings it is for, the first and the last. A hint for readers: a quirk goes by what a frame looks like.
    pub greetings: (&'static str, &'static str),
    /// The transcript that shows it, below `tests/transcripts/old`.
    pub transcript: &'static str,
    /// How it looks there.
    pub shows: &'static str,
}

/// `1.0`: Asterisk 1.0, 1.2 and 1.4.
const FIRST: (&str, &str) = ("1.0", "1.0");
/// `1.1`: 1.6 and 1.8; `1.2`: 10; `1.3`: 11.
const LATER: (&str, &str) = ("1.1", "1.3");
const BOTH: (&str, &str) = ("1.0", "1.3");
/// `2.0` to `2.5`: 12; `2.5` to `2.10`: 13, which has no marks on its lists in 13.1 and has them in 13.5.
const ALL: (&str, &str) = ("1.0", "2.10");

/// All of them.
pub const ENTRIES: [Entry; 27] = [
    row("state in words", FIRST, "1.0/call", "State: Ringing"),
    row(
        "caller id in one",
        FIRST,
        "1.0/call-first",
        "\"Anna Rossi\" <101>",
    ),
    row(
        "caller id by its old name",
        FIRST,
        "1.0/queue",
        "CallerID: 900",
    ),
    row("half a channel", BOTH, "1.1/call", "Event: Newexten"),
    row("dial before the channel", FIRST, "1.0/call", "Event: Dial"),
    row("dial without an end", FIRST, "1.0/call", "Source: "),
    row(
        "dial end after the call",
        LATER,
        "1.1/call",
        "SubEvent: End",
    ),
    row(
        "caller's number on the rung channel",
        FIRST,
        "1.0/queue",
        "CallerID: 900",
    ),
    row("link", FIRST, "1.0/call", "Event: Link"),
    row("bridge of two", LATER, "1.1/call", "Bridgestate: Link"),
    row("masquerade", BOTH, "1.1/transfer", "<ZOMBIE>"),
    row(
        "place made for a masquerade",
        BOTH,
        "1.1/parked",
        "Channel: Parked/",
    ),
    row("hangup by name", FIRST, "1.0/transfer", "<ZOMBIE>"),
    row("hold with a status", LATER, "1.1/hold", "Status: On"),
    row(
        "music with a state",
        LATER,
        "1.1/hold",
        "Event: MusicOnHold",
    ),
    row("join and leave", BOTH, "1.1/queue", "Event: Join"),
    row("queue caller by name", FIRST, "1.0/queue", "Event: Leave"),
    row(
        "member paused",
        BOTH,
        "1.1/queue",
        "Event: QueueMemberPaused",
    ),
    row("ring of a queue", BOTH, "1.1/queue", "Event: AgentCalled"),
    row(
        "member's channel with the caller's id",
        BOTH,
        "1.1/queue",
        "Event: AgentConnect",
    ),
    row("parking by name", BOTH, "1.0/parked", "Event: ParkedCall"),
    row("MeetMe", ALL, "2.0/meetme", "Event: MeetmeJoin"),
    row(
        "list without marks",
        ALL,
        "2.0/login",
        "Event: QueueStatusComplete",
    ),
    row("partner by name in a list", FIRST, "1.0/login", "Link: "),
    row(
        "command that follows",
        ALL,
        "1.1/login",
        "Response: Follows",
    ),
    row("halves by a comma", FIRST, "1.0/local", ",1"),
    row("registry by channel", FIRST, "1.0/login", "Event: Registry"),
];

const fn row(
    name: &'static str,
    greetings: (&'static str, &'static str),
    transcript: &'static str,
    shows: &'static str,
) -> Entry {
    Entry {
        name,
        greetings,
        transcript,
        shows,
    }
}
