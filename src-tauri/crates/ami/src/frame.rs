//! Bytes to frames, by one rule: split at LF, strip one CR, an empty line ends a frame if it has a line, else is skipped.
//!
//! That rule survives the stray LF of `Park successful`, the `\r\n\n` ends of `CoreShowChannelMap`, and doubled empty lines
//! after `TestEvent` (ami.md section 1); looking for CR LF CR LF does not.

use std::borrow::Cow;

use crate::scan;
use crate::value::{self, Value};

/// Bounds on what is kept in memory. A frame over a bound is skipped whole and reported, the link stays.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest line, in bytes.
    pub line: usize,
    /// Most lines in a frame. `ListCommands` has about 170, `Command` output thousands.
    pub lines: usize,
    /// Largest frame, in bytes.
    pub frame: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line: 64 * 1024,
            lines: 65_536,
            frame: 4 * 1024 * 1024,
        }
    }
}

/// Where a line is in its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    start: u32,
    /// Where the name ends; equal to `value` in a line without colon, which is all value.
    colon: u32,
    value: u32,
    end: u32,
}

/// One message: an ordered list of `Name: value` lines in one buffer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    content: Content,
    lines: Vec<Line>,
}

/// Nearly every frame is UTF-8 as a whole, and asking that once is cheaper than asking each of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Text(String),
    Bytes(Vec<u8>),
}

impl Frame {
    fn new(bytes: Vec<u8>, lines: Vec<Line>) -> Self {
        let content = match String::from_utf8(bytes) {
            Ok(text) => Content::Text(text),
            Err(other) => Content::Bytes(other.into_bytes()),
        };
        Self { content, lines }
    }

    /// The first value under `name`, compared without case. Repeated headers are data: see [`Frame::all`].
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value<'_>> {
        let mut lines = self.lines.iter();
        let found = lines.find(|line| same(self.name(line), name.as_bytes()))?;
        Some(self.value(found))
    }

    /// Every value under `name`, in order.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = Value<'f>> {
        self.pairs()
            .filter(move |(known, _)| same(known, name.as_bytes()))
            .map(|(_, value)| value)
    }

    /// All lines as (name, value), in order. A line without colon has an empty name.
    pub fn pairs(&self) -> impl Iterator<Item = (&[u8], Value<'_>)> {
        self.lines
            .iter()
            .map(|line| (self.name(line), self.value(line)))
    }

    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(crate) fn name(&self, line: &Line) -> &[u8] {
        &self.bytes()[line.start as usize..line.colon as usize]
    }

    pub(crate) fn value(&self, line: &Line) -> Value<'_> {
        let range = line.value as usize..line.end as usize;
        match &self.content {
            Content::Text(text) => Value::Text(&text[range]),
            Content::Bytes(bytes) => Value::of(&bytes[range]),
        }
    }

    /// The name of the event, if this is one. An event may carry `Response:` as well (`OriginateResponse`): event wins.
    #[must_use]
    pub fn event(&self) -> Option<Cow<'_, str>> {
        self.get("Event").map(Value::text)
    }

    /// The frame's bytes, for recordings.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// Builds a frame from one message's bytes; the first one, if there are several.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = FrameReader::new(Limits::default());
        reader.push(bytes);
        reader.push(b"\n\n");
        match reader.next_frame()? {
            Read::Frame(frame) => Some(frame),
            Read::Skipped => None,
        }
    }
}

/// What the reader found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A whole frame.
    Frame(Frame),
    /// A frame over a limit was thrown away.
    Skipped,
}

/// Cuts a byte stream into frames, whatever the chunks.
#[derive(Debug)]
pub struct FrameReader {
    limits: Limits,
    buffer: Vec<u8>,
    /// Where the frame under construction begins.
    frame: usize,
    /// Where the line under construction begins.
    line: usize,
    /// Bytes before this hold no LF that has not been seen.
    scanned: usize,
    lines: Vec<Line>,
    skipping: bool,
    /// Old `Response: Follows`: raw text, empty lines too, up to `--END COMMAND--` (before Asterisk 14).
    follows: bool,
}

impl FrameReader {
    /// A reader with these bounds.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let lines = Vec::with_capacity(64);
        Self {
            limits,
            buffer: Vec::new(),
            frame: 0,
            line: 0,
            scanned: 0,
            lines,
            skipping: false,
            follows: false,
        }
    }

    /// Takes in what the socket gave.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.frame > 0 {
            self.buffer.drain(..self.frame);
            self.line -= self.frame;
            self.scanned -= self.frame;
            self.frame = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The first line of the stream, which is a greeting and no frame. `None`: not all there yet.
    pub fn greeting(&mut self) -> Option<Vec<u8>> {
        let end = scan::find(b'\n', &self.buffer[self.frame..])? + self.frame;
        let line = strip_cr(&self.buffer[self.frame..end]).to_vec();
        (self.frame, self.line, self.scanned) = (end + 1, end + 1, end + 1);
        Some(line)
    }

    /// What has arrived and is no frame yet.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        &self.buffer[self.frame..]
    }

    /// The next frame, if one is complete.
    pub fn next_frame(&mut self) -> Option<Read> {
        while let Some(found) = scan::find(b'\n', &self.buffer[self.scanned..]) {
            let end = self.scanned + found;
            self.scanned = end + 1;
            let start = std::mem::replace(&mut self.line, end + 1);
            let length = strip_cr(&self.buffer[start..end]).len();
            if length > 0 || self.follows {
                self.take_line(start, start + length);
            } else if let Some(read) = self.finish(start) {
                return Some(read);
            }
        }
        self.scanned = self.buffer.len();
        self.bound();
        None
    }

    fn take_line(&mut self, start: usize, end: usize) {
        if self.skipping
            || end - start > self.limits.line
            || self.lines.len() >= self.limits.lines
            || end - self.frame > self.limits.frame
        {
            self.skip();
            return;
        }
        let bytes = &self.buffer[start..end];
        if self.follows {
            self.follows = memchr::memmem::find(bytes, b"--END COMMAND--").is_none();
            let at = offset(start - self.frame);
            self.lines.push(Line {
                start: at,
                colon: at,
                value: at,
                end: offset(end - self.frame),
            });
            return;
        }
        if self.lines.is_empty() && bytes.eq_ignore_ascii_case(b"Response: Follows") {
            self.follows = true;
        }
        let line = split(bytes, start - self.frame);
        self.lines.push(line);
    }

    /// An empty line: the end of a frame, or nothing.
    fn finish(&mut self, end: usize) -> Option<Read> {
        let frame = std::mem::replace(&mut self.frame, self.line);
        if std::mem::take(&mut self.skipping) {
            self.lines.clear();
            return Some(Read::Skipped);
        }
        if self.lines.is_empty() {
            return None;
        }
        let lines = self.lines.clone();
        self.lines.clear();
        let bytes = self.buffer[frame..end].to_vec();
        Some(Read::Frame(Frame::new(bytes, lines)))
    }

    /// Forgets the frame under construction, so that an endless line costs no memory.
    fn skip(&mut self) {
        self.skipping = true;
        self.follows = false;
        self.lines.clear();
        self.frame = self.line;
    }

    fn bound(&mut self) {
        // One more than the limit: it may be the CR of a line that just fits.
        if self.buffer.len() - self.line <= self.limits.line + 1 {
            return;
        }
        self.skip();
        // One byte stays, so that the rest of this line is not taken for an empty one: none that could be its CR.
        self.buffer.truncate(self.line);
        self.buffer.push(b'.');
        self.scanned = self.buffer.len();
    }
}

/// The same name, whatever the case. Most names that are not the same differ in their first letter already.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let first = |name: &[u8]| name.first().map(u8::to_ascii_lowercase);
    one.len() == other.len()
        && first(one) == first(other)
        && (one == other || one.eq_ignore_ascii_case(other))
}

fn strip_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn split(bytes: &[u8], at: usize) -> Line {
    let end = offset(at + bytes.len());
    let Some(colon) = scan::find(b':', bytes) else {
        return Line {
            start: offset(at),
            colon: offset(at),
            value: offset(at),
            end,
        };
    };
    let blank = usize::from(bytes.get(colon + 1) == Some(&b' '));
    Line {
        start: offset(at),
        colon: offset(at + colon),
        value: offset(at + colon + 1 + blank),
        end,
    }
}

/// Offsets are within one frame, which the limits keep far below 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The escapes and placeholders of values, where a caller needs them without a frame.
#[must_use]
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    value::text(bytes)
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
