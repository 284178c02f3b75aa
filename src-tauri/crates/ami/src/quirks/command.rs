//! `Command` before Asterisk 14: `Response: Follows`, two lines of header, raw text up to `--END COMMAND--`. Today it is a success
//! with one `Output:` for each line.

use super::draft::Draft;
use crate::frame::Frame;

const END: &[u8] = b"--END COMMAND--";

/// An answer, as today's servers write it. The frame reader takes everything after `Follows` for text; only the lines before the
/// output can be `Privilege` and `ActionID`, whatever the output says.
pub(super) fn output(frame: Frame) -> Frame {
    let follows = frame
        .get("Response")
        .is_some_and(|response| response.is("Follows"));
    if !follows {
        return frame;
    }
    let mut draft = Draft::response("Success").with("Message", "Command output follows");
    let mut headers = 2;
    for (_, value) in frame.pairs().skip(1) {
        let line = value.bytes();
        let header = [&b"Privilege: "[..], b"ActionID: "]
            .into_iter()
            .find_map(|name| Some((name, line.strip_prefix(name)?)));
        match header.filter(|_| headers > 0) {
            Some((name, value)) => {
                headers -= 1;
                draft.line(&name[..name.len() - 2], value);
            }
            None => {
                headers = 0;
                text(&mut draft, line);
            }
        }
    }
    draft.frame().unwrap_or(frame)
}

/// The marker may stand behind the last words of the output.
fn text(draft: &mut Draft, line: &[u8]) {
    match memchr::memmem::find(line, END) {
        None => draft.line(b"Output", line),
        Some(0) => {}
        Some(at) => draft.line(b"Output", &line[..at]),
    }
}
