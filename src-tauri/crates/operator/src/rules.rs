//! What this house's PBX offers beside AMI itself: numbers that lead to music, to voicemail, outside. An administrator sets them; without
//! one, the moves that need it are refused and say so.

use board::Millis;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How numbers of the outside world are dialled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct Outbound {
    /// Put before the number: `0` or `9` in many houses.
    pub prefix: String,
    /// A number with at least so many digits is one of the outside world, unless an extension has it.
    pub from: u8,
    /// What a leading `+` becomes: `00`. Empty: it stays.
    pub plus: String,
}

/// How a consultation is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ConsultBy {
    /// Two legs are redirected, and bridged to complete: needs no feature codes, only a number with music.
    #[default]
    Redirect,
    /// `Atxfer`: the PBX presses its own feature code. Works only where features.conf has one and the leg was dialled with t or T.
    Atxfer,
}

/// What happens when somebody for whom a caller waits is free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CampBy {
    /// The operator is told, and sends the caller.
    #[default]
    Offer,
    /// The caller is sent by the desk, after a second in which they stay free.
    Send,
}

/// What an administrator lets calls from this desk be like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct Outgoing {
    /// Shown at the far end as `(name, number)`; absent: the number that is called is shown on the phone that rings first.
    #[ts(optional = nullable)]
    pub caller_id: Option<(String, String)>,
    /// The account code that calls are booked on.
    #[ts(optional = nullable)]
    pub account: Option<String>,
    /// Codecs in Asterisk's spelling, e.g. `alaw,g722`.
    #[ts(optional = nullable)]
    pub codecs: Option<String>,
    /// The phone that rings first hears the far end before it answers.
    pub early_media: bool,
    /// How long the first phone rings, in seconds; 0: thirty.
    pub ring: u32,
}

/// What one house has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct Rules {
    /// The number where a caller hears music for as long as it takes.
    #[ts(optional = nullable)]
    pub music: Option<String>,
    /// Before an extension's number it leads straight to the voicemail box: `*` makes `*101`.
    #[ts(optional = nullable)]
    pub voicemail: Option<String>,
    /// The context of voicemail.conf with everybody's boxes. Absent: `default`, as the dialplan's `VoiceMail` means it.
    #[ts(optional = nullable)]
    pub voicemail_context: Option<String>,
    /// How the outside world is dialled.
    #[ts(optional = nullable)]
    pub outbound: Option<Outbound>,
    /// How a consultation is made.
    pub consult: ConsultBy,
    /// The desk phones answer, hold and resume when told by SIP NOTIFY. To be tried with each kind of phone: one that refuses the event (481)
    /// loses the call.
    pub phones_obey: bool,
    /// What calls from this desk are like.
    pub outgoing: Outgoing,
    /// The operator may listen in on calls.
    pub may_listen: bool,
    /// File name of recordings: `{time}`, `{number}` and `{id}` are filled in; `{id}` is added where it is missing. Empty: `cordboard-{id}.wav`.
    pub recordings: String,
    /// So many seconds a sent caller may ring before the operator is warned; 0: twenty.
    pub sent_after: u32,
    /// What happens when somebody for whom a caller waits is free.
    pub camp: CampBy,
    /// So many seconds a caller waits for somebody to be free, then comes back to the operator; 0: three minutes.
    pub camp_limit: u32,
    /// So many seconds a caller hears music before the operator is warned; 0: one minute.
    pub hold_warn: u32,
}

impl Rules {
    /// When a sent caller has rung for too long.
    pub(crate) fn sent_after(&self) -> Millis {
        or(self.sent_after, 20)
    }

    /// How long a caller waits for somebody to be free.
    pub(crate) fn camp_limit(&self) -> Millis {
        or(self.camp_limit, 180)
    }

    /// When a caller has heard music for too long.
    pub(crate) fn hold_warn(&self) -> Millis {
        or(self.hold_warn, 60)
    }

    /// A number of the outside world as this house dials it; anything else as it is.
    pub(crate) fn outward(&self, number: &str) -> String {
        let digits = number.chars().filter(char::is_ascii_digit).count();
        match &self.outbound {
            Some(rule)
                if number.starts_with('+')
                    || (rule.from > 0 && digits >= usize::from(rule.from)) =>
            {
                let number = match number.strip_prefix('+') {
                    Some(rest) if !rule.plus.is_empty() => format!("{}{rest}", rule.plus),
                    Some(_) | None => number.to_owned(),
                };
                format!("{}{number}", rule.prefix)
            }
            Some(_) | None => number.to_owned(),
        }
    }
}

/// Seconds as milliseconds; nobody has said anything: the usual.
fn or(seconds: u32, usual: u32) -> Millis {
    let seconds = if seconds == 0 { usual } else { seconds };
    Millis::from(seconds) * 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outside_world_is_dialled_as_the_house_does() {
        let rules = Rules {
            outbound: Some(Outbound {
                prefix: "9".into(),
                from: 6,
                plus: "00".into(),
            }),
            ..Rules::default()
        };
        assert_eq!(rules.outward("+4930123456"), "9004930123456");
        assert_eq!(rules.outward("030123456"), "9030123456");
        assert_eq!(rules.outward("102"), "102");
        assert_eq!(Rules::default().outward("030123456"), "030123456");
    }
}
