//! `Redirect`: sends one channel, or a bridged pair, to a place in the dialplan. Needs call.
//!
//! `Redirect successful` means "queued"; a place that does not exist gets the same answer and the caller is gone 2 ms later. The
//! proof is in the events. Sending only one channel of a pair leaves the other to its dialplan, which usually hangs it up.

use crate::request::{Action, Request};

/// A place in the dialplan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goto {
    /// Context.
    pub context: String,
    /// Extension. Redirects go to priority 1 of it.
    pub exten: String,
}

/// Sends a channel to a place, and with `extra` its partner too, so that neither is dropped before both have left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Who goes: a Uniqueid, since names repeat after a restart.
    pub uniqueid: String,
    /// Where to.
    pub to: Goto,
    /// The partner and where it goes.
    pub extra: Option<(String, Goto)>,
}

impl Action for Redirect {
    fn request(&self) -> Request {
        let request = Request::ack("Redirect")
            .with("Channel", &self.uniqueid)
            .with("Context", &self.to.context)
            .with("Exten", &self.to.exten)
            .with("Priority", "1");
        let Some((uniqueid, to)) = &self.extra else {
            return request;
        };
        request
            .with("ExtraChannel", uniqueid)
            .with("ExtraContext", &to.context)
            .with("ExtraExten", &to.exten)
            .with("ExtraPriority", "1")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(exten: &str) -> Goto {
        Goto {
            context: "internal".into(),
            exten: exten.into(),
        }
    }

    #[test]
    fn a_pair_names_both_channels_and_both_places() {
        let pair = Redirect {
            uniqueid: "1.1".into(),
            to: place("103"),
            extra: Some(("1.2".into(), place("104"))),
        }
        .request();
        let wanted = [
            "Channel",
            "Exten",
            "ExtraChannel",
            "ExtraContext",
            "ExtraExten",
            "ExtraPriority",
        ];
        let got: Vec<_> = wanted
            .iter()
            .map(|name| pair.header(name).unwrap_or(""))
            .collect();
        assert_eq!(got, ["1.1", "103", "1.2", "internal", "104", "1"]);
    }

    #[test]
    fn one_channel_goes_alone() {
        let one = Redirect {
            uniqueid: "1.1".into(),
            to: place("103"),
            extra: None,
        }
        .request();
        assert_eq!(
            (one.header("Priority"), one.header("ExtraChannel")),
            (Some("1"), None)
        );
    }
}
