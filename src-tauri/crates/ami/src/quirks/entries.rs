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

const fn entry(
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

/// `1.0`: Asterisk 1.0, 1.2 and 1.4.
const FIRST: (&str, &str) = ("1.0", "1.0");
/// `1.1`: 1.6 and 1.8; `1.2`: 10; `1.3`: 11.
const LATER: (&str, &str) = ("1.1", "1.3");
const BOTH: (&str, &str) = ("1.0", "1.3");
/// `2.5` is 13.0 as well.
const ALL: (&str, &str) = ("1.0", "2.7");

/// All of them.
pub const ENTRIES: [Entry; 26] = [
    entry("state in words", FIRST, "1.0/call", "State: Ringing"),
    entry(
        "caller id in one",
        FIRST,
        "1.0/call",
        "CallerID: \"Anna Rossi\" <101>",
    ),
    entry(
        "caller id by its old name",
        FIRST,
        "1.0/queue",
        "CallerID: 900",
    ),
    entry("half a channel", BOTH, "1.1/call", "Event: Newexten"),
    entry("dial before the channel", FIRST, "1.0/call", "Event: Dial"),
    entry("dial without an end", FIRST, "1.0/call", "Source: "),
    entry(
        "dial end after the call",
        LATER,
        "1.1/call",
        "SubEvent: End",
    ),
    entry(
        "rung channel with its caller's number",
        FIRST,
        "1.0/queue",
        "Event: AgentCalled",
    ),
    entry("link", FIRST, "1.0/call", "Event: Link"),
    entry("bridge of two", LATER, "1.1/call", "Bridgestate: Link"),
    entry("masquerade", BOTH, "1.1/transfer", "<ZOMBIE>"),
    entry(
        "hangup of a zombie by name",
        FIRST,
        "1.0/transfer",
        "<ZOMBIE>",
    ),
    entry("hold with a status", LATER, "1.1/hold", "Status: On"),
    entry(
        "music with a state",
        LATER,
        "1.1/hold",
        "Event: MusicOnHold",
    ),
    entry("join and leave", BOTH, "1.1/queue", "Event: Join"),
    entry("queue callers by name", FIRST, "1.0/queue", "Event: Leave"),
    entry("paused", BOTH, "1.1/queue", "Event: QueueMemberPaused"),
    entry("ring of a queue", BOTH, "1.1/queue", "Event: AgentCalled"),
    entry(
        "member's channel, caller's id",
        BOTH,
        "1.1/queue",
        "Event: AgentConnect",
    ),
    entry("parking by name", BOTH, "1.0/parked", "Event: ParkedCall"),
    entry("meetme", ("1.0", "2.7"), "2.0/meetme", "Event: MeetmeJoin"),
    entry(
        "lists without marks",
        ALL,
        "2.0/login",
        "Event: QueueStatusComplete",
    ),
    entry("linked by name in lists", FIRST, "1.0/login", "Link: "),
    entry("command follows", ALL, "1.1/login", "Response: Follows"),
    entry("halves by a comma", FIRST, "1.0/local", ",1"),
    entry("registry by channel", FIRST, "1.0/login", "Event: Registry"),
];
