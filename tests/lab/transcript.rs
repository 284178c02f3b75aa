//! Reads a recorded conversation with a real Asterisk. Std only: the pure crates'
//! tests include this file by its path.
//!
//! A transcript is the server's bytes as they came, with lines of ours between frames:
//! `## > Action: Ping; ActionID: a` (we sent this), `## at 120` (milliseconds since the
//! start), `## mark ringing` (an interesting moment).
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test includes this file and uses what it needs"
)]

/// One thing that happened, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A frame from Asterisk, every byte of it. The greeting is a frame of one line.
    Server(Vec<u8>),
    /// An action of ours.
    Sent {
        /// Its name.
        action: String,
        /// Its id, empty if it had none.
        action_id: String,
        /// Every header, `Name: value` joined by `; `, secrets blanked.
        text: String,
    },
    /// Milliseconds since the recording began.
    At(u64),
    /// A moment the recorder named: `ringing`, `connected`, `closed`.
    Mark(String),
}

/// Every step of a transcript.
#[must_use]
pub fn parse(transcript: &[u8]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut frame = Vec::new();
    let mut has_line = false;
    for line in transcript.split_inclusive(|byte| *byte == b'\n') {
        if !has_line && let Some(directive) = line.strip_prefix(b"## ") {
            flush(&mut frame, &mut steps);
            steps.extend(read_directive(&String::from_utf8_lossy(directive)));
            continue;
        }
        frame.extend_from_slice(line);
        let is_empty = line == b"\n" || line == b"\r\n";
        let is_greeting = !has_line && line.starts_with(b"Asterisk Call Manager/");
        let ends = is_greeting || (is_empty && has_line);
        has_line = !ends && (has_line || !is_empty);
        if ends {
            flush(&mut frame, &mut steps);
        }
    }
    flush(&mut frame, &mut steps);
    steps
}

/// Only what the server sent, as one stream.
#[must_use]
pub fn server_bytes(steps: &[Step]) -> Vec<u8> {
    let frames = steps.iter().filter_map(|step| match step {
        Step::Server(frame) => Some(frame.as_slice()),
        Step::Sent { .. } | Step::At(_) | Step::Mark(_) => None,
    });
    frames.collect::<Vec<_>>().concat()
}

fn flush(frame: &mut Vec<u8>, steps: &mut Vec<Step>) {
    if !frame.is_empty() {
        steps.push(Step::Server(std::mem::take(frame)));
    }
}

fn read_directive(line: &str) -> Option<Step> {
    let line = line.trim_end_matches(['\r', '\n']);
    let (word, rest) = line.split_once(' ')?;
    match word {
        ">" => Some(Step::Sent {
            action: header(rest, "Action"),
            action_id: header(rest, "ActionID"),
            text: rest.to_owned(),
        }),
        "at" => rest.parse().ok().map(Step::At),
        "mark" => Some(Step::Mark(rest.to_owned())),
        _ => None,
    }
}

fn header(text: &str, name: &str) -> String {
    let value = text.split("; ").find_map(|part| {
        let (key, value) = part.split_once(": ")?;
        (key == name).then(|| value.to_owned())
    });
    value.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_directives_come_back_in_order() {
        let text = b"## mark connected\nAsterisk Call Manager/11.0.0\r\n\
            ## > Action: Ping; ActionID: a-1\n## at 12\n\
            Response: Success\r\nActionID: a-1\r\n## not a directive\r\n\r\n\
            \r\nEvent: X\r\n\r\n## mark end\n";
        let steps = parse(text);
        assert_eq!(
            steps,
            [
                Step::Mark("connected".into()),
                Step::Server(b"Asterisk Call Manager/11.0.0\r\n".to_vec()),
                Step::Sent {
                    action: "Ping".into(),
                    action_id: "a-1".into(),
                    text: "Action: Ping; ActionID: a-1".into(),
                },
                Step::At(12),
                Step::Server(
                    b"Response: Success\r\nActionID: a-1\r\n## not a directive\r\n\r\n".to_vec()
                ),
                Step::Server(b"\r\nEvent: X\r\n\r\n".to_vec()),
                Step::Mark("end".into()),
            ]
        );
    }

    #[test]
    fn the_server_stream_is_what_the_server_sent() {
        let text = b"A: 1\r\n\r\n## at 5\nB: 2\r\n\n\r\n";
        assert_eq!(server_bytes(&parse(text)), b"A: 1\r\n\r\nB: 2\r\n\n\r\n");
    }
}
