//! Lines and their seals. Each seal is over the line and the seal before it, so that a line changed, taken out or put in shows.

use board::Millis;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::entry::Entry;

const MARK: &str = ",\"seal\":\"";
/// SHA-256 in hex.
const LENGTH: usize = 64;

#[derive(Serialize)]
struct Numbered<'a> {
    n: u64,
    at: Millis,
    #[serde(flatten)]
    entry: &'a Entry,
}

/// A sealed line, with its end, and its seal.
pub(super) fn seal(
    n: u64,
    at: Millis,
    entry: &Entry,
    before: &str,
) -> serde_json::Result<(String, String)> {
    let body = serde_json::to_string(&Numbered { n, at, entry })?;
    let seal = of(before, &body);
    // Only the last brace is the line's own.
    let inner = &body[..body.len() - 1];
    Ok((format!("{inner}{MARK}{seal}\"}}\n"), seal))
}

/// A line read back.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub(super) n: u64,
    pub(super) at: Millis,
    /// None: of a form that this program does not know.
    pub(super) entry: Option<Entry>,
    pub(super) seal: String,
    /// The seal is over this line and the one before it.
    pub(super) is_intact: bool,
}

/// Reads a line without its end. None: it is no line of a journal.
pub(super) fn read(line: &str, before: &str) -> Option<Line> {
    let at = line.len().checked_sub(MARK.len() + LENGTH + 2)?;
    let (inner, rest) = (line.get(..at)?, line.get(at..)?);
    let seal = rest.strip_prefix(MARK)?.strip_suffix("\"}")?;
    let body = [inner, "}"].concat();
    let value: Value = serde_json::from_str(&body).ok()?;
    let number = |name: &str| value.get(name).and_then(Value::as_u64);
    Some(Line {
        n: number("n")?,
        at: number("at")?,
        seal: seal.to_owned(),
        is_intact: of(before, &body) == seal,
        entry: serde_json::from_value(value).ok(),
    })
}

fn of(before: &str, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(before.as_bytes());
    hash.update(body.as_bytes());
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn began(version: u32) -> Entry {
        let after = String::new();
        Entry::Began { version, after }
    }

    #[test]
    fn a_line_is_read_back_and_every_changed_byte_shows() {
        let (line, sealed) = seal(3, 1_795_000_000_000, &began(1), "before").expect("JSON");
        let line = line.strip_suffix('\n').expect("a line");
        let found = read(line, "before").expect("a line");
        assert_eq!((found.n, found.at), (3, 1_795_000_000_000));
        assert_eq!((found.entry, found.seal), (Some(began(1)), sealed));
        assert!(found.is_intact);
        for at in 0..line.len() {
            let mut other = line.as_bytes().to_vec();
            other[at] ^= 1;
            let other = String::from_utf8(other).expect("ASCII");
            let intact = read(&other, "before").is_some_and(|line| line.is_intact);
            assert!(!intact, "byte {at}");
        }
        assert!(!read(line, "another").expect("a line").is_intact);
    }

    #[test]
    fn half_a_line_is_none_and_a_form_of_tomorrow_is_one() {
        let (line, _) = seal(1, 2, &began(1), "").expect("JSON");
        let line = line.trim_end();
        assert!((0..line.len()).all(|end| read(&line[..end], "").is_none()));
        let body = "{\"n\":1,\"at\":2,\"entry\":\"dreamt\"}";
        let line = format!("{}{MARK}{}\"}}", &body[..body.len() - 1], of("", body));
        let found = read(&line, "").expect("a line");
        assert_eq!((found.entry, found.is_intact), (None, true));
    }
}
