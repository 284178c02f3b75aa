//! What stands in a call file.

/// Asterisk reads lines into 256 bytes; a longer one is skipped, or cut where it was longer still.
const LONGEST_LINE: usize = 250;
/// Of a name, in bytes.
const LONGEST_NAME: usize = 80;

/// Rings `channel` first and, once it answers, sends it to a place in the dialplan. Never an `Application`, never a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFile {
    /// What is rung: a device such as `PJSIP/101`.
    pub channel: String,
    /// Where it goes once it answers: the context. Nothing checks it: a place that does not exist hangs up.
    pub context: String,
    /// And the extension, at priority 1.
    pub exten: String,
    /// Shown on the phone that rings first, as name and number.
    pub caller_id: Option<(String, String)>,
    /// How long it rings, in seconds. It is tried once.
    pub wait: u32,
    /// The account the call is billed to.
    pub account: Option<String>,
}

/// Why a call file cannot be written. Never holds a name or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallFileError {
    /// Empty, or with a character that would begin another line, a comment, or something else.
    #[error("{0} is empty or contains a character that a call file cannot carry")]
    Unsound(&'static str),
    /// Longer than what Asterisk reads.
    #[error("{0} is longer than Asterisk reads")]
    TooLong(&'static str),
}

impl CallFile {
    /// The whole file.
    ///
    /// # Errors
    /// A value that Asterisk would misread: there is no escape for it, and none is tried.
    pub fn text(&self) -> Result<String, CallFileError> {
        let device = |c: char| is_plain(c) || "/@:".contains(c);
        let has_technology = matches!(self.channel.split_once('/'), Some((technology, rest)) if !technology.is_empty() && !rest.is_empty());
        check("Channel", &self.channel, |c| device(c) && has_technology)?;
        check("Context", &self.context, is_plain)?;
        check("Extension", &self.exten, |c| {
            is_plain(c) || "*#".contains(c)
        })?;
        let caller_id = self.caller_id.as_ref();
        let caller_id = caller_id
            .map(|(name, number)| said(name, number))
            .transpose()?;
        if let Some(account) = &self.account {
            check("Account", account, is_plain)?;
        }
        let lines = [
            ("Channel", Some(self.channel.clone())),
            ("CallerID", caller_id),
            ("WaitTime", Some(self.wait.max(1).to_string())),
            ("MaxRetries", Some("0".to_owned())),
            ("Account", self.account.clone()),
            ("Context", Some(self.context.clone())),
            ("Extension", Some(self.exten.clone())),
            ("Priority", Some("1".to_owned())),
        ];
        let mut text = String::new();
        for (key, value) in lines {
            text.push_str(&line(key, value)?);
        }
        Ok(text)
    }
}

/// No space after the colon: `#` after a space begins a comment, and extensions may begin with one.
fn line(key: &'static str, value: Option<String>) -> Result<String, CallFileError> {
    let Some(value) = value else {
        return Ok(String::new());
    };
    let line = format!("{key}:{value}\n");
    match line.len() > LONGEST_LINE {
        true => Err(CallFileError::TooLong(key)),
        false => Ok(line),
    }
}

/// `"Name" <number>`. What would end a name early, or the line, is left out of it; a control character is refused.
fn said(name: &str, number: &str) -> Result<String, CallFileError> {
    check("CallerID", number, |c| is_plain(c) || "*#".contains(c))?;
    if name.chars().any(char::is_control) {
        return Err(CallFileError::Unsound("CallerID"));
    }
    let mut plain: String = name
        .chars()
        .filter(|c| !matches!(c, '"' | '\\' | '<' | '>' | ';' | '#'))
        .collect();
    while plain.len() > LONGEST_NAME {
        plain.pop();
    }
    Ok(format!("\"{plain}\" <{number}>"))
}

fn check(
    key: &'static str,
    value: &str,
    allowed: impl Fn(char) -> bool,
) -> Result<(), CallFileError> {
    match !value.is_empty() && value.chars().all(allowed) {
        true => Ok(()),
        false => Err(CallFileError::Unsound(key)),
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "_-.+".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> CallFile {
        CallFile {
            channel: "PJSIP/101".into(),
            context: "internal".into(),
            exten: "102".into(),
            caller_id: Some(("Jürgen \"B\"; #<x>".into(), "102".into())),
            wait: 30,
            account: Some("desk".into()),
        }
    }

    #[test]
    fn a_call_is_written_line_by_line() {
        assert_eq!(
            call().text().expect("a call"),
            "Channel:PJSIP/101\nCallerID:\"Jürgen B x\" <102>\nWaitTime:30\nMaxRetries:0\nAccount:desk\n\
             Context:internal\nExtension:102\nPriority:1\n"
        );
        let bare = CallFile {
            caller_id: None,
            account: None,
            wait: 0,
            exten: "#31#0171".into(),
            ..call()
        };
        assert_eq!(
            bare.text().expect("a call"),
            "Channel:PJSIP/101\nWaitTime:1\nMaxRetries:0\nContext:internal\nExtension:#31#0171\nPriority:1\n"
        );
    }

    #[test]
    fn nothing_typed_becomes_another_line_or_a_comment() {
        let evil = [
            "",
            "a\nApplication:System",
            "a\r",
            "a;b",
            "a b",
            "a\0",
            "${X}",
            "a,b",
        ];
        for text in evil.map(str::to_owned) {
            let mut calls = vec![
                (
                    "Channel",
                    CallFile {
                        channel: format!("PJSIP/{text}"),
                        ..call()
                    },
                ),
                (
                    "Context",
                    CallFile {
                        context: text.clone(),
                        ..call()
                    },
                ),
                (
                    "Extension",
                    CallFile {
                        exten: text.clone(),
                        ..call()
                    },
                ),
                (
                    "Account",
                    CallFile {
                        account: Some(text.clone()),
                        ..call()
                    },
                ),
                (
                    "CallerID",
                    CallFile {
                        caller_id: Some((String::new(), text.clone())),
                        ..call()
                    },
                ),
            ];
            if text.chars().any(char::is_control) {
                let caller_id = Some((text.clone(), "1".to_owned()));
                calls.push((
                    "CallerID",
                    CallFile {
                        caller_id,
                        ..call()
                    },
                ));
            }
            for (key, call) in calls {
                assert_eq!(call.text(), Err(CallFileError::Unsound(key)), "{text:?}");
            }
        }
        let nowhere = CallFile {
            channel: "101".into(),
            ..call()
        };
        assert_eq!(nowhere.text(), Err(CallFileError::Unsound("Channel")));
    }

    #[test]
    fn a_long_name_is_cut_at_a_character_and_a_long_number_refused() {
        let long = CallFile {
            caller_id: Some(("ü".repeat(100), "102".into())),
            ..call()
        };
        let text = long.text().expect("a call");
        assert!(
            text.contains(&format!("\"{}\" <102>", "ü".repeat(40))),
            "{text}"
        );
        let exten = "1".repeat(250);
        let long = CallFile { exten, ..call() };
        assert_eq!(long.text(), Err(CallFileError::TooLong("Extension")));
    }
}
