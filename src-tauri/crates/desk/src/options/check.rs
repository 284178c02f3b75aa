//! What the texts of the options may be: whatever cannot be meant is named at once, not when somebody is called.

use super::{ConnectionOptions, OptionsError};

const NUMBER: &str = "1 to 64 letters, digits or *#+._- are expected";

impl ConnectionOptions {
    pub(super) fn check_texts(&self) -> Result<(), OptionsError> {
        check(
            "--host",
            self.host.as_deref(),
            "a host name or address is expected",
            is_host,
        )?;
        check(
            "--pin",
            self.pin.as_deref(),
            "64 hex digits are expected",
            is_sha256,
        )?;
        check(
            "--ca",
            self.ca.as_deref(),
            "the path of a PEM file is expected",
            is_line,
        )?;
        check(
            "--user",
            self.user.as_deref(),
            "one line of text is expected",
            is_line,
        )?;
        check("--me", self.me.as_deref(), NUMBER, is_number)?;
        check("--music", self.music.as_deref(), NUMBER, is_number)?;
        check("--voicemail", self.voicemail.as_deref(), NUMBER, is_number)?;
        check(
            "--voicemail-context",
            self.voicemail_context.as_deref(),
            "a context's name is expected",
            is_number,
        )?;
        check("--outside", self.outside.as_deref(), NUMBER, is_number)?;
        check(
            "--context",
            self.context.as_deref(),
            "a context's name is expected",
            is_number,
        )?;
        self.conference
            .iter()
            .try_for_each(|number| check("--conference", Some(number), NUMBER, is_number))
    }
}

/// The value of the variable that is to hold the secret.
pub(super) fn secret(variable: &str, value: Option<String>) -> Result<ami::Secret, OptionsError> {
    let wrong = |why| OptionsError::Secret {
        variable: variable.to_owned(),
        why,
    };
    let value = value.ok_or_else(|| wrong("no such environment variable, or it is not text"))?;
    if value.is_empty() {
        return Err(wrong("the variable is empty"));
    }
    if value.chars().any(char::is_control) {
        return Err(wrong(
            "the secret holds a line break or another control character",
        ));
    }
    Ok(ami::Secret::new(value))
}

fn check(
    option: &'static str,
    value: Option<&str>,
    why: &'static str,
    fits: fn(&str) -> bool,
) -> Result<(), OptionsError> {
    match value.filter(|value| !fits(value)) {
        Some(value) => Err(OptionsError::BadValue {
            option,
            value: value.to_owned(),
            why,
        }),
        None => Ok(()),
    }
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}

fn is_host(text: &str) -> bool {
    is_line(text) && !text.contains([' ', '/', '@', '?', '#'])
}

fn is_number(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"*#+._-".contains(&b))
}

fn is_sha256(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}
