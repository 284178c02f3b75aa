//! `Originate`: rings a phone and, once it answers, runs the dialplan for it. Needs originate.
//!
//! Always asynchronous: otherwise every later action of the session waits for the answer. Always with our own `ChannelId`, else a
//! failure cannot be traced. Never `Application`, `Data`, `Variable` or `PreDialGoSub`: see CVE-2024-42365. `Originate successfully
//! queued` proves that the place exists and nothing else; the `OriginateResponse` tells whether the phone answered.

use super::Goto;
use crate::request::{Action, Request};

/// Rings `channel` first, then sends it to `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Originate {
    /// What is rung: a device such as `PJSIP/101`.
    pub channel: String,
    /// Where it goes once it answers. Checked at once: a place that does not exist fails the action itself.
    pub to: Goto,
    /// How long it rings, in milliseconds.
    pub timeout: u32,
    /// Shown on the phone that rings first, as name and number.
    pub caller_id: Option<(String, String)>,
    /// The Uniqueid the new channel will have.
    pub channel_id: String,
    /// The Uniqueid of the other half, should `channel` be a Local one.
    pub other_channel_id: String,
    /// The account the call is billed to, as the call records will name it.
    pub account: Option<String>,
    /// The codecs the new channel may use, `ulaw,alaw`. One that Asterisk does not know fails the action.
    pub codecs: Option<String>,
    /// Sends it to the place as soon as it is heard, before it answers: for trunks that announce without answering. A phone that
    /// rings with early media then counts as answered.
    pub early_media: bool,
}

impl Action for Originate {
    fn request(&self) -> Request {
        let request = Request::ack("Originate")
            .with("Channel", &self.channel)
            .with("Context", &self.to.context)
            .with("Exten", &self.to.exten)
            .with("Priority", "1")
            .with("Timeout", self.timeout.to_string())
            .with("Async", "true")
            .with("ChannelId", &self.channel_id)
            .with("OtherChannelId", &self.other_channel_id);
        let caller_id = self.caller_id.as_ref();
        let optional = [
            (
                "CallerID",
                caller_id.map(|(name, number)| said(name, number)),
            ),
            ("Account", self.account.clone()),
            ("Codecs", self.codecs.clone()),
            ("EarlyMedia", self.early_media.then(|| "true".to_owned())),
        ];
        optional
            .into_iter()
            .filter_map(|(header, value)| Some((header, value?)))
            .fold(request, |request, (header, value)| {
                request.with(header, value)
            })
    }
}

/// Asterisk reads `"Name" <number>`: quotes, backslashes and brackets inside the name would end it early.
pub(super) fn said(name: &str, number: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '\\' | '<' | '>'))
        .take(60)
        .collect();
    format!("\"{plain}\" <{number}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_originate_is_asynchronous_and_traceable() {
        let request = call().request();
        assert_eq!(
            (request.header("Async"), request.header("ChannelId")),
            (Some("true"), Some("cb-1"))
        );
        assert_eq!(request.header("CallerID"), Some("\"Marco B x\" <102>"));
        assert!(
            [
                "Application",
                "Data",
                "Variable",
                "PreDialGoSub",
                "Account",
                "Codecs",
                "EarlyMedia"
            ]
            .iter()
            .all(|name| request.header(name).is_none())
        );
    }

    #[test]
    fn account_codecs_and_early_media_are_sent_only_when_asked_for() {
        let request = Originate {
            account: Some("desk".into()),
            codecs: Some("alaw,ulaw".into()),
            early_media: true,
            ..call()
        }
        .request();
        let got = ["Account", "Codecs", "EarlyMedia"].map(|name| request.header(name));
        assert_eq!(got, [Some("desk"), Some("alaw,ulaw"), Some("true")]);
    }

    fn call() -> Originate {
        Originate {
            channel: "PJSIP/101".into(),
            to: Goto {
                context: "internal".into(),
                exten: "102".into(),
            },
            timeout: 30_000,
            caller_id: Some(("Marco \"B\" <x>".into(), "102".into())),
            channel_id: "cb-1".into(),
            other_channel_id: "cb-1-2".into(),
            account: None,
            codecs: None,
            early_media: false,
        }
    }
}
