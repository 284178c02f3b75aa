//! Any bytes into the frame reader, in any pieces: no panic, the same frames as in one piece, and no more memory than the limits allow.
#![no_main]

use ami::{FrameReader, Limits, Read};
use libfuzzer_sys::fuzz_target;
use pieces::{dice, pieces};

/// So tight that a fuzzer gets there.
const TIGHT: Limits = Limits {
    line: 64,
    lines: 8,
    frame: 256,
};

fn read<'d>(limits: Limits, pieces: impl IntoIterator<Item = &'d [u8]>) -> Vec<Read> {
    let mut reader = FrameReader::new(limits);
    let mut found = Vec::new();
    for piece in pieces {
        reader.push(piece);
        while let Some(read) = reader.next_frame() {
            found.push(read);
        }
        let bound = limits.frame + 2 * limits.line + 8;
        assert!(
            reader.pending().len() <= bound,
            "kept more than the limits allow"
        );
    }
    found
}

fuzz_target!(|data: &[u8]| {
    for limits in [TIGHT, Limits::default()] {
        let whole = read(limits, [data]);
        let cut = read(limits, pieces(data, &mut dice(data)));
        assert_eq!(whole, cut, "the pieces make a difference");
        for found in whole {
            if let Read::Frame(frame) = found {
                assert!(frame.bytes().len() <= limits.frame + limits.line);
                assert!(frame.pairs().count() <= limits.lines);
            }
        }
    }
});
