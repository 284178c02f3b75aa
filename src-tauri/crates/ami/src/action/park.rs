//! `Park`: puts one channel into a parking lot. Needs call.
//!
//! `Park successful` (with a stray line feed at its end) proves nothing yet: the `ParkedCall` event names the space. A lot or a space
//! that does not exist is answered by success too; the caller then goes on in the dialplan, or is gone.

use crate::request::{Action, Request};

/// Parks a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Park {
    /// Who is parked.
    pub uniqueid: String,
    /// When it comes back, in milliseconds: 0 is never, less than a second counts as one. The lot's own time without it.
    pub timeout: Option<u32>,
    /// The lot; the channel's own or the default one without it.
    pub lot: Option<String>,
    /// The space. One that is taken is not parked in. Asterisk 16 knows it although its documentation does not.
    pub space: Option<String>,
    /// The channel that hears the number of the space. It must be in the bridge, and is alone there until the announcement is over.
    pub announce: Option<String>,
    /// Who is rung when the time is over: the exact *name* of a channel. If it is the bridge peer it counts as having parked the call
    /// and hears the number.
    pub timeout_channel: Option<String>,
}

impl Action for Park {
    fn request(&self) -> Request {
        let optional = [
            ("Timeout", self.timeout.map(|time| time.to_string())),
            ("Parkinglot", self.lot.clone()),
            ("ParkingSpace", self.space.clone()),
            ("AnnounceChannel", self.announce.clone()),
            ("TimeoutChannel", self.timeout_channel.clone()),
        ];
        let request = Request::ack("Park").with("Channel", &self.uniqueid);
        optional
            .into_iter()
            .filter_map(|(header, value)| Some((header, value?)))
            .fold(request, |request, (header, value)| {
                request.with(header, value)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    #[test]
    fn a_channel_is_parked_where_and_for_as_long_as_was_said() {
        let park = Park {
            uniqueid: "1.1".into(),
            timeout: Some(45_000),
            lot: Some("short".into()),
            space: Some("705".into()),
            announce: Some("PJSIP/102-00000001".into()),
            timeout_channel: Some("PJSIP/102-00000001".into()),
        };
        assert_eq!(
            wire(&park),
            "Action: Park|Channel: 1.1|Timeout: 45000|Parkinglot: short|ParkingSpace: 705|\
             AnnounceChannel: PJSIP/102-00000001|TimeoutChannel: PJSIP/102-00000001"
        );
    }

    #[test]
    fn what_is_not_said_is_left_to_the_lot() {
        let park = Park {
            uniqueid: "1.1".into(),
            timeout: None,
            lot: None,
            space: None,
            announce: None,
            timeout_channel: None,
        };
        assert_eq!(wire(&park), "Action: Park|Channel: 1.1");
    }
}
