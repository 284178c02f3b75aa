//! What an office's day is made of: recordings of real Asterisk, and how often each kind of call comes.

use crate::template::Template;

macro_rules! recorded {
    ($($weight:literal $path:literal,)*) => {
        [$(($weight, include_bytes!($path).as_slice())),*]
    };
}

/// How often, and the recording.
pub(crate) fn day() -> Vec<(u32, Template)> {
    let recordings = recorded![
        8 "../transcripts/22/call-answered.ami",
        2 "../transcripts/22/call-no-answer.ami",
        2 "../transcripts/22/call-cancelled.ami",
        1 "../transcripts/22/call-busy.ami",
        2 "../transcripts/22/call-held.ami",
        2 "../transcripts/22/call-pickup.ami",
        3 "../transcripts/22/trunk-inbound.ami",
        3 "../transcripts/22/trunk-outbound.ami",
        5 "../transcripts/22/queue-answered.ami",
        30 "../transcripts/22/queue-answered-over-local.ami",
        2 "../transcripts/22/queue-abandoned.ami",
        4 "../transcripts/22/redirect-caller-bridged.ami",
        3 "../transcripts/22/redirect-trunk-caller.ami",
        2 "../transcripts/22/redirect-queue-caller.ami",
        3 "../transcripts/22/redirect-both-two-extensions.ami",
        4 "../transcripts/22/blind-transfer.ami",
        3 "../transcripts/22/consult-by-redirect.ami",
        12 "attended-transfer.ami",
        3 "../transcripts/22/park-retrieved.ami",
        1 "../transcripts/22/park-given-up.ami",
        6 "../transcripts/22/originate-local-optimised.ami",
        1 "../transcripts/22/conference-three.ami",
    ];
    recordings
        .into_iter()
        .map(|(weight, recording)| (weight, Template::read(recording)))
        .collect()
}
