//! Why something ended, from Q.850 causes (`include/asterisk/causes.h`), dial results, and who hung up.

use ami::event::DialStatus;

use crate::channel::Channel;
use crate::view::End;

/// A Q.850 cause in the operator's words. `quiet`: the word for an end that the cause does not explain.
#[must_use]
pub fn of_cause(cause: Option<u32>, quiet: End) -> End {
    match cause.unwrap_or(0) {
        // 127 is how a cancelled call ends (transcript `call-cancelled`).
        0 | 16 | 31 | 32 | 127 => quiet,
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

/// How a dial ended; `None`: it tells nothing.
pub(crate) fn of_dial(status: DialStatus, cause: Option<u32>) -> Option<End> {
    match status {
        DialStatus::Busy => Some(End::Busy),
        DialStatus::NoAnswer => Some(unanswered(cause)),
        DialStatus::Unreachable => Some(of_cause(cause, End::Unreachable)),
        DialStatus::Begun
        | DialStatus::Ringing
        | DialStatus::Progress
        | DialStatus::Answer
        | DialStatus::Cancel
        | DialStatus::Otherwise => None,
    }
}

/// `NOANSWER` is also what Asterisk says of a line that turns the call down, or does not know the number: the cause tells
/// (transcripts `trunk-out-declined`, `trunk-out-missing`).
fn unanswered(cause: Option<u32>) -> End {
    match of_cause(cause, End::NoAnswer) {
        told @ (End::Busy
        | End::Rejected
        | End::NoSuchNumber
        | End::Unreachable
        | End::Congestion) => told,
        End::HungUp | End::GaveUp | End::NoAnswer | End::AnsweredElsewhere | End::Failed { .. } => {
            End::NoAnswer
        }
    }
}

/// How a caller's call ended. `by_pbx`: nobody rang it but the PBX itself.
pub(crate) fn of_caller(channel: &Channel, by_pbx: bool) -> End {
    // The cause of an earlier dial sticks to a channel (transcript `pickup-group-call`): whoever talked to the end hung up.
    if channel.talked.is_some() && !channel.went_on {
        return End::HungUp;
    }
    let quiet = quiet(channel, by_pbx);
    if channel.talked.is_none() && channel.gave_up {
        return quiet;
    }
    let rang = channel.rang.as_ref();
    let told = rang.and_then(|rung| of_dial(rung.status, rung.cause.or(channel.cause)));
    told.unwrap_or_else(|| of_cause(channel.cause, quiet))
}

/// Only who hung up himself gave up: a desk, or the end of the dialplan, may have hung up on him.
fn quiet(channel: &Channel, by_pbx: bool) -> End {
    let waited = channel.answered.is_none() || channel.rang.is_some() || channel.gave_up;
    if by_pbx && channel.answered.is_none() {
        End::NoAnswer
    } else if channel.talked.is_none() && channel.hung_up && waited {
        End::GaveUp
    } else {
        End::HungUp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unanswered_dial_ends_as_the_rung_side_told() {
        let expected = [
            (None, End::NoAnswer),
            (Some(16), End::NoAnswer),
            (Some(19), End::NoAnswer),
            (Some(102), End::NoAnswer),
            (Some(21), End::Rejected),
            (Some(1), End::NoSuchNumber),
            (Some(20), End::Unreachable),
            (Some(34), End::Congestion),
        ];
        for (cause, end) in expected {
            let told = of_dial(DialStatus::NoAnswer, cause);
            assert_eq!(told, Some(end), "{cause:?}");
        }
    }

    #[test]
    fn a_cause_that_explains_nothing_leaves_the_word_to_what_is_known() {
        for cause in [None, Some(0), Some(16), Some(31), Some(32), Some(127)] {
            assert_eq!(of_cause(cause, End::GaveUp), End::GaveUp, "{cause:?}");
        }
        let odd = End::Failed { cause: 88 };
        assert_eq!(of_cause(Some(88), End::GaveUp), odd);
    }
}
