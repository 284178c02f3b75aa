//! Recordings of the lab's Asterisk 22.

#[path = "../../../../../tests/lab/transcript.rs"]
mod transcript;

use std::path::PathBuf;

use ami::{Frame, FrameReader, Limits, Read};

/// Every frame of a recording.
pub(crate) fn tape(scene: &str) -> Vec<Frame> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts/22");
    let text = std::fs::read(folder.join(format!("{scene}.ami"))).expect("a transcript");
    let mut reader = FrameReader::new(Limits::default());
    reader.push(&transcript::server_bytes(&transcript::parse(&text)));
    reader.greeting().expect("a greeting");
    let frames = std::iter::from_fn(|| reader.next_frame()).map(|read| match read {
        Read::Frame(frame) => frame,
        Read::Skipped => panic!("a frame too large"),
    });
    frames.collect()
}
