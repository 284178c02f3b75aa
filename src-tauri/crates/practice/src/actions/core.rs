//! The PBX about itself.

use super::Answer;
use crate::Millis;
use crate::pbx::{EPOCH, Pbx};
use crate::request::Request;
use crate::wire::Message;

pub(super) fn ping(request: &Request, pbx: &mut Pbx) -> Answer {
    let timestamp = format!("{}.{:03}000", pbx.clock(), pbx.now % 1000);
    Message::response("Success", request)
        .with("Ping", "Pong")
        .with("Timestamp", timestamp)
        .end()
        .into()
}

pub(super) fn settings(request: &Request, _pbx: &mut Pbx) -> Answer {
    Message::response("Success", request)
        .with("AMIversion", "11.0.0")
        .with("AsteriskVersion", "22.10.1 (practice)")
        .with("SystemName", "")
        .with("CoreMaxCalls", 0)
        .with("CoreMaxLoadAvg", "0.000000")
        .with("CoreRunUser", "")
        .with("CoreRunGroup", "")
        .with("CoreMaxFilehandles", 0)
        .with("CoreRealTimeEnabled", "No")
        .with("CoreCDRenabled", "Yes")
        .with("CoreHTTPenabled", "No")
        .with("SoundsSearchCustomDir", "No")
        .end()
        .into()
}

pub(super) fn status(request: &Request, pbx: &mut Pbx) -> Answer {
    let (date, time) = calendar(pbx.started);
    Message::response("Success", request)
        .with("CoreStartupDate", &date)
        .with("CoreStartupTime", &time)
        .with("CoreReloadDate", &date)
        .with("CoreReloadTime", &time)
        .with("CoreCurrentCalls", pbx.channels.len())
        .with("CoreProcessedCalls", pbx.processed)
        .end()
        .into()
}

/// The PBX's calendar: date and time of day at this moment.
fn calendar(now: Millis) -> (String, String) {
    let seconds = EPOCH + now / 1000;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Civil date from days since 1970 (years counted from March, so that leap days come last).
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let date = format!("{year:04}-{month:02}-{day:02}");
    (
        date,
        format!("{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_knows_the_day_it_was_switched_on() {
        assert_eq!(
            calendar(0),
            ("2026-11-18".to_owned(), "11:06:40".to_owned())
        );
        assert_eq!(calendar(86_400_000 * 103).0, "2027-03-01");
    }
}
