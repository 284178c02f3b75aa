//! The frames that led here: the last few hundred live events, kept so that a fault of ours can be traced in the field.

use std::collections::VecDeque;

use ami::Frame;

const MOST: usize = 512;
/// Larger ones are not kept: an event is some hundred bytes.
const LARGEST: usize = 16 * 1024;

/// A ring of frames; they are moved in, never copied.
#[derive(Debug, Default)]
pub(super) struct Recent {
    frames: VecDeque<Frame>,
}

impl Recent {
    pub(super) fn keep(&mut self, frame: Frame) {
        if frame.bytes().len() > LARGEST {
            return;
        }
        if self.frames.len() >= MOST {
            self.frames.pop_front();
        }
        self.frames.push_back(frame);
    }

    /// Those that name this channel anywhere, oldest first.
    pub(super) fn about(&self, uniqueid: &str) -> impl Iterator<Item = &Frame> {
        self.frames.iter().filter(move |frame| {
            let mut values = frame.pairs().map(|(_, value)| value.bytes());
            values.any(|value| value == uniqueid.as_bytes())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(uniqueid: &str, more: &str) -> Frame {
        let text = format!("Event: Newstate\nUniqueid: {uniqueid}\nChannel: {more}\n");
        Frame::parse(text.as_bytes()).expect("a frame")
    }

    #[test]
    fn the_latest_are_kept_and_huge_ones_are_not() {
        let mut recent = Recent::default();
        for number in 0..2 * MOST {
            recent.keep(frame(&format!("1.{number}"), "PJSIP/101-1"));
        }
        recent.keep(frame("1.0", &"x".repeat(LARGEST)));
        let about = |uniqueid: &str| recent.about(uniqueid).count();
        assert_eq!(recent.frames.len(), MOST);
        assert_eq!((about("1.0"), about("1.1023"), about("1.102")), (0, 1, 0));
    }
}
