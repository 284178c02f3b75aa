//! "At 14:00": what a person means by a time of day.

use jiff::civil::{DateTime, Time};
use jiff::{Timestamp, Zoned};

/// The moment that is meant. Only what is still to come can be: a call file of the past would ring at once.
pub(crate) fn moment(text: &str, now: &Zoned) -> Result<Zoned, String> {
    // Each reader takes the longer forms too and drops what it has no place for: the date, the offset.
    let (dated, timed) = (text.contains('-'), text.contains(':'));
    let time = text.parse::<Time>().ok().filter(|_| timed && !dated);
    let there = text.parse::<DateTime>().ok().filter(|_| timed && dated);
    let meant = if let Some(time) = time {
        local(now.date().to_datetime(time), now)?
    } else if let Ok(exact) = text.parse::<Timestamp>() {
        exact.to_zoned(now.time_zone().clone())
    } else if let Some(there) = there {
        local(there, now)?
    } else {
        return Err(format!(
            "{text:?} is no time: write 14:00, 2026-11-27T14:00 or 2026-11-27T14:00:00+01:00"
        ));
    };
    match meant > *now {
        true => Ok(meant),
        false => Err(format!(
            "{meant} has passed: name a moment to come, with its date if it is not today"
        )),
    }
}

fn local(meant: DateTime, now: &Zoned) -> Result<Zoned, String> {
    let zone = now.time_zone().clone();
    let once = zone.to_ambiguous_zoned(meant).unambiguous();
    once.map_err(|_| format!("{meant} is not there or there twice, as the clocks are changed: write the offset, as in +01:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Result<String, String> {
        let now: Zoned = "2026-10-24T12:00:00+02:00[Europe/Berlin]"
            .parse()
            .expect("a time");
        moment(text, &now).map(|meant| meant.timestamp().to_string())
    }

    #[test]
    fn a_time_of_day_is_todays_and_a_date_is_by_our_clock() {
        let table = [
            ("14:00", "2026-10-24T12:00:00Z"),
            ("14:00:30", "2026-10-24T12:00:30Z"),
            ("2026-10-26T14:00", "2026-10-26T13:00:00Z"),
            ("2026-10-24T14:00:00+00:00", "2026-10-24T14:00:00Z"),
            ("2026-10-24T14:00:00Z", "2026-10-24T14:00:00Z"),
        ];
        for (text, wanted) in table {
            assert_eq!(meant(text).as_deref(), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn what_has_passed_or_cannot_be_meant_is_said_so() {
        for (text, words) in [
            ("11:59", "has passed"),
            ("2025-10-24T14:00", "has passed"),
            ("2026-10-25T02:30", "there twice"),
            ("2027-03-28T02:30", "not there"),
            ("soon", "is no time"),
            ("25:00", "is no time"),
            ("2 pm", "is no time"),
            ("2026-10-26", "is no time"),
            ("1400", "is no time"),
        ] {
            let said = meant(text).expect_err(text);
            assert!(said.contains(words), "{text}: {said}");
        }
    }
}
