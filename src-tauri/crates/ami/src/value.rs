//! One header's value: bytes until somebody reads them, then text, with Asterisk's escapes and placeholders undone in one place.

use std::borrow::Cow;

/// A value as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'f> {
    /// In UTF-8.
    Text(&'f str),
    /// In whatever else, or cut in the middle of a character.
    Bytes(&'f [u8]),
}

impl<'f> Value<'f> {
    pub(crate) fn of(bytes: &'f [u8]) -> Self {
        std::str::from_utf8(bytes).map_or(Self::Bytes(bytes), Self::Text)
    }

    /// As it came.
    #[must_use]
    pub fn bytes(self) -> &'f [u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// As text: UTF-8, or Windows-1252 where it is not (old phones send Latin-1; Asterisk passes bytes through).
    #[must_use]
    pub fn text(self) -> Cow<'f, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Bytes(bytes) => text(bytes),
        }
    }

    /// As text, unless it is one of Asterisk's ways to write "nothing".
    #[must_use]
    pub fn known(self) -> Option<Cow<'f, str>> {
        (!is_placeholder(self.bytes())).then(|| self.text())
    }

    /// Like [`Value::known`], with the C escapes of `ast_escape_c` undone: caller and connected-line names, `VarSet` values.
    #[must_use]
    pub fn name(self) -> Option<Cow<'f, str>> {
        if is_placeholder(self.bytes()) {
            return None;
        }
        match self.bytes().contains(&b'\\') {
            true => Some(Cow::Owned(text(&unescape(self.bytes())).into_owned())),
            false => Some(self.text()),
        }
    }

    /// As a number.
    #[must_use]
    pub fn number<N: std::str::FromStr>(self) -> Option<N> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Bytes(_) => None,
        }
    }

    /// Is it this word, without case?
    #[must_use]
    pub fn is(self, word: &str) -> bool {
        self.bytes().eq_ignore_ascii_case(word.as_bytes())
    }

    /// `yes`, `1`, `true`, `on` in Asterisk's spellings.
    #[must_use]
    pub fn yes(self) -> bool {
        ["yes", "1", "true", "on"]
            .into_iter()
            .any(|word| self.is(word))
    }
}

/// `<unknown>` (snapshots), `unknown` (QueueEntry), `none` (VarSet on globals), `<none>`, `(null)`, nothing.
fn is_placeholder(bytes: &[u8]) -> bool {
    match bytes.first() {
        None => true,
        Some(b'<') => matches!(bytes, b"<unknown>" | b"<none>" | b"<null>"),
        Some(b'u' | b'n' | b'(') => matches!(bytes, b"unknown" | b"none" | b"(null)"),
        Some(_) => false,
    }
}

pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // Cut in the middle of a character: Asterisk cuts names at 79 bytes.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes),
        Err(_) => {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
        }
    }
}

/// Undoes `ast_escape_c`: `\a \b \f \n \r \t \v \\ \' \" \?`. Anything else after a backslash stays as it is.
fn unescape(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'a') => out.push(0x07),
            Some(b'b') => out.push(0x08),
            Some(b'f') => out.push(0x0C),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b't') => out.push(b'\t'),
            Some(b'v') => out.push(0x0B),
            Some(plain @ (b'\\' | b'\'' | b'"' | b'?')) => out.push(plain),
            Some(other) => out.extend([b'\\', other]),
            None => out.push(b'\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_escapes_and_placeholders_are_nothing() {
        assert_eq!(
            Value::of(br"O\'Neil \\ What\?").name().as_deref(),
            Some(r"O'Neil \ What?")
        );
        assert_eq!(
            Value::of(br"odd \q and \").name().as_deref(),
            Some(r"odd \q and \")
        );
        for nothing in ["", "<unknown>", "unknown", "none", "(null)"] {
            assert_eq!(Value::of(nothing.as_bytes()).name(), None, "{nothing}");
        }
    }

    #[test]
    fn latin_1_is_repaired_and_a_cut_character_is_marked() {
        assert_eq!(Value::of(b"J\xfcrgen \x80").text(), "Jürgen €");
        assert_eq!(
            Value::of("Jürgen ü".as_bytes().split_last().expect("bytes").1).text(),
            "Jürgen \u{fffd}"
        );
    }

    #[test]
    fn bytes_of_any_kind_become_text() {
        for byte in 0..=255u8 {
            assert!(!Value::of(&[b'a', byte, b'b']).text().is_empty());
        }
    }
}
