//! The few lines of AMI the lab speaks itself, so that tests do not judge Cordboard's
//! own protocol crate by its own word.

/// One AMI message: headers in order, values as text (invalid UTF-8 replaced).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    headers: Vec<(String, String)>,
}

impl Message {
    /// Reads one frame as cut out by [`Splitter`].
    #[must_use]
    pub fn read(frame: &[u8]) -> Self {
        let headers = String::from_utf8_lossy(frame)
            .split('\n')
            .filter_map(|line| line.trim_end_matches('\r').split_once(':'))
            .map(|(name, value)| {
                let value = value.strip_prefix(' ').unwrap_or(value);
                (name.to_owned(), value.to_owned())
            })
            .collect();
        Self { headers }
    }

    /// The first header of that name, in any case; empty if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }

    /// Every header, in the order received.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// Whether this is the event of that name.
    #[must_use]
    pub fn is_event(&self, name: &str) -> bool {
        self.get("Event") == name
    }
}

/// Cuts a byte stream into frames without changing a byte: a frame ends with the first
/// empty line after at least one other line; the greeting is a frame of one line.
#[derive(Debug, Default)]
pub struct Splitter {
    buffer: Vec<u8>,
}

impl Splitter {
    /// Takes bytes as they arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole frame, with every byte that belongs to it.
    pub fn next_frame(&mut self) -> Option<Vec<u8>> {
        let end = frame_end(&self.buffer)?;
        Some(self.buffer.drain(..end).collect())
    }

    /// What was left when the stream ended.
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        &self.buffer
    }
}

fn frame_end(buffer: &[u8]) -> Option<usize> {
    let mut end = 0;
    let mut has_line = false;
    for line in buffer.split_inclusive(|byte| *byte == b'\n') {
        if !line.ends_with(b"\n") {
            return None;
        }
        end += line.len();
        let is_empty = line == b"\n" || line == b"\r\n";
        if !has_line && line.starts_with(b"Asterisk Call Manager/") {
            return Some(end);
        }
        if is_empty && has_line {
            return Some(end);
        }
        has_line |= !is_empty;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_keep_every_byte() {
        let stream = b"Asterisk Call Manager/11.0.0\r\nA: 1\r\nB: x\n\r\n\r\nC:2\r\n\r\nrest";
        let mut splitter = Splitter::default();
        let mut frames = Vec::new();
        for byte in stream {
            splitter.push(&[*byte]);
            frames.extend(splitter.next_frame());
        }
        assert_eq!(frames.len(), 3);
        assert_eq!(frames[2], b"\r\nC:2\r\n\r\n");
        assert_eq!(
            [frames.concat().as_slice(), splitter.rest()].concat(),
            stream
        );
    }

    #[test]
    fn header_names_are_found_in_any_case() {
        let message = Message::read(b"Event: Hangup\r\nUniqueID:7\r\n\r\n");
        assert!(message.is_event("Hangup"));
        assert_eq!(message.get("Uniqueid"), "7");
        assert_eq!(message.get("Cause"), "");
    }
}
