//! `PJSIPNotify` with `talk` or `hold`: lets a desk phone answer, hold or resume as if its key had been pressed. Needs system.
//!
//! Sent inside the dialog of one channel, which Asterisk 16 knows as well as 22, so that a phone with two calls knows which is meant.
//! Success means that it was sent. A phone that does not take it says nothing, or rings on: the proof is `Newstate` Up, `Hold`,
//! `Unhold`. **A phone that answers 481, as one does that has never heard of the event, ends the call**: Asterisk takes it for the end of the
//! dialog, and the caller is lost with cause 127 (seen on 16 and 22 with a phone that rang). Which phones take it (by an `Allow-Events: talk, hold` of theirs) only the profile can say. Needs `res_pjsip_notify`.

use crate::request::{Action, Request};

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyEvent {
    /// Answer, or resume.
    Talk,
    /// Hold.
    Hold,
}

/// Presses a key of the phone of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PjsipNotify {
    /// The channel's full name. Must be a PJSIP one.
    pub channel: String,
    /// Which key.
    pub event: NotifyEvent,
}

impl Action for PjsipNotify {
    fn request(&self) -> Request {
        let variable = match self.event {
            NotifyEvent::Talk => "Event=talk",
            NotifyEvent::Hold => "Event=hold",
        };
        Request::ack("PJSIPNotify")
            .with("Channel", &self.channel)
            .with("Variable", variable)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    #[test]
    fn a_key_is_an_event_inside_the_channels_dialog() {
        let said = [NotifyEvent::Talk, NotifyEvent::Hold].map(|event| {
            wire(&PjsipNotify {
                channel: "PJSIP/101-00000003".into(),
                event,
            })
        });
        let wanted = ["talk", "hold"].map(|event| {
            format!("Action: PJSIPNotify|Channel: PJSIP/101-00000003|Variable: Event={event}")
        });
        assert_eq!(said, wanted);
    }
}
