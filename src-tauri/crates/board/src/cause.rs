//! Why something ended, from Q.850 causes (`include/asterisk/causes.h`) and dial results.

use ami::event::DialStatus;

use crate::view::End;

/// A cause in the operator's words. `answered`: somebody or something had picked up.
pub(crate) fn of_cause(cause: Option<u32>, answered: bool) -> End {
    match cause.unwrap_or(0) {
        // 127 is how a cancelled call ends (transcript `call-cancelled`).
        0 | 16 | 127 if answered => End::HungUp,
        0 | 16 | 127 => End::GaveUp,
        1 | 28 => End::NoSuchNumber,
        // 3 is what a phone that is not registered gives (transcript `call-unregistered`).
        3 | 20 | 27 => End::Unreachable,
        17 => End::Busy,
        18 | 19 => End::NoAnswer,
        21 => End::Rejected,
        26 => End::AnsweredElsewhere,
        34 | 38 | 41 | 42 | 44 => End::Congestion,
        cause => End::Failed { cause },
    }
}

/// How the last dial of a caller who never talked ended; `None`: it tells nothing.
pub(crate) fn of_dial(status: DialStatus, cause: Option<u32>) -> Option<End> {
    match status {
        DialStatus::Busy => Some(End::Busy),
        DialStatus::NoAnswer => Some(End::NoAnswer),
        DialStatus::Cancel => Some(End::GaveUp),
        DialStatus::Unreachable => {
            let told = of_cause(cause, true);
            Some(if told == End::HungUp {
                End::Unreachable
            } else {
                told
            })
        }
        DialStatus::Begun
        | DialStatus::Ringing
        | DialStatus::Progress
        | DialStatus::Answer
        | DialStatus::Otherwise => None,
    }
}
