//! What an old frame says, read with the old placeholders in mind.

use crate::frame::Frame;
use crate::value::Value;

/// What is said under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// No such header: whatever was known stays.
    Nothing,
    /// That it is not known.
    Unknown,
    /// A value.
    Text(String),
}

impl Said {
    pub(super) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// Takes the news over, if there is any.
    pub(super) fn assign(self, old: &mut Option<String>) {
        match self {
            Self::Nothing => {}
            Self::Unknown => *old = None,
            Self::Text(text) => *old = Some(text),
        }
    }
}

/// What the frame says under `name`.
pub(super) fn said(frame: &Frame, name: &str) -> Said {
    let Some(text) = frame.get(name).map(Value::text) else {
        return Said::Nothing;
    };
    match text.trim() {
        "" | "unknown" | "unknown <>" | "none" | "(null)" | "(NULL)" => Said::Unknown,
        // `Newcallerid` writes it with a capital, most others without.
        text if text.eq_ignore_ascii_case("<unknown>") => Said::Unknown,
        text if text.eq_ignore_ascii_case("<null>") => Said::Unknown,
        _ => Said::Text(text.into_owned()),
    }
}

/// The value under `name`, if it is one.
pub(super) fn text(frame: &Frame, name: &str) -> Option<String> {
    said(frame, name).text()
}

/// Whatever is said under the first of these names that is there.
pub(super) fn first_of(frame: &Frame, names: &[&str]) -> Said {
    let told = names.iter().map(|name| said(frame, name));
    told.into_iter()
        .find(|told| *told != Said::Nothing)
        .unwrap_or(Said::Nothing)
}

/// Number and name out of `"Anna Rossi" <101>`, as Asterisk 1.0 writes them in one; a number alone is a number.
pub(super) fn caller_id(text: &str) -> (Option<String>, Option<String>) {
    let Some((name, number)) = text
        .trim()
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    else {
        return (Some(text.trim().to_owned()), None);
    };
    let name = name.trim().trim_matches('"').trim();
    let kept = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (kept(number.trim()), kept(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_id_in_one_is_taken_apart() {
        let some = |text: &str| Some(text.to_owned());
        for (text, number, name) in [
            ("\"Anna Rossi\" <101>", some("101"), some("Anna Rossi")),
            ("Anna <101>", some("101"), some("Anna")),
            ("<101>", some("101"), None),
            ("101", some("101"), None),
            ("\"Anna\" <>", None, some("Anna")),
        ] {
            assert_eq!(caller_id(text), (number, name), "{text}");
        }
    }

    #[test]
    fn every_old_way_to_say_unknown_is_unknown() {
        for nothing in [
            "",
            "<unknown>",
            "<Unknown>",
            "unknown",
            "unknown <>",
            "(NULL)",
        ] {
            let frame = Frame::parse(format!("CallerID: {nothing}\n").as_bytes()).expect("a frame");
            assert_eq!(said(&frame, "callerid"), Said::Unknown, "{nothing}");
            assert_eq!(said(&frame, "Exten"), Said::Nothing);
        }
    }
}
