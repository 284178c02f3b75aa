use proptest::prelude::*;

use super::*;

fn read_all(chunks: &[&[u8]]) -> Vec<Read> {
    let mut reader = FrameReader::new(Limits {
        line: 200,
        lines: 20,
        frame: 1000,
    });
    let mut out = Vec::new();
    for chunk in chunks {
        reader.push(chunk);
        while let Some(read) = reader.next_frame() {
            out.push(read);
        }
    }
    out
}

fn pairs(read: &Read) -> Vec<(String, String)> {
    let Read::Frame(frame) = read else {
        return vec![("skipped".into(), String::new())];
    };
    frame
        .pairs()
        .map(|(name, value)| (decode(name).into_owned(), value.text().into_owned()))
        .collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn a_stray_line_feed_inside_a_message_makes_no_second_frame() {
    let frames = read_all(&[
        b"Response: Success\r\nActionID: p\r\nMessage: Park successful\n\r\n\r\nEvent: X\r\n\r\n",
    ]);
    assert_eq!(pairs(&frames[0])[2], pair("Message", "Park successful"));
    assert_eq!(pairs(&frames[1]), [pair("Event", "X")]);
    assert_eq!(frames.len(), 2);
}

#[test]
fn lines_without_colon_blanks_and_repeated_names_are_kept() {
    let frames = read_all(&[
        b"PT:200(SR)\r\nOutput:   two leading\r\nOutput: x: y\r\nno colon\r\n\r\n\n\r\n",
    ]);
    let expected = [
        pair("PT", "200(SR)"),
        pair("Output", "  two leading"),
        pair("Output", "x: y"),
        pair("", "no colon"),
    ];
    assert_eq!(pairs(&frames[0]), expected);
    assert_eq!(frames.len(), 1);
}

#[test]
fn old_command_output_ends_only_at_its_marker() {
    let frames = read_all(&[b"Response: Follows\r\nPrivilege: Command\r\nline one\n\nline: two\n--END COMMAND--\r\n\r\nEvent: Y\r\n\r\n"]);
    assert_eq!(frames.len(), 2);
    assert_eq!(pairs(&frames[0])[3], pair("", ""));
    assert_eq!(pairs(&frames[0])[4], pair("", "line: two"));
}

#[test]
fn an_oversized_frame_is_skipped_and_the_next_one_read() {
    let long = vec![b'x'; 100_000];
    let frames = read_all(&[
        b"Event: A\r\nBig: ",
        &long,
        b"\r\nMore: 1\r\n\r\nEvent: B\r\n\r\n",
    ]);
    assert_eq!(frames[0], Read::Skipped);
    assert_eq!(pairs(&frames[1]), [pair("Event", "B")]);
    assert_eq!(frames.len(), 2);
}

#[test]
fn an_endless_line_costs_no_memory() {
    let mut reader = FrameReader::new(Limits::default());
    for _ in 0..1000 {
        reader.push(&[b'x'; 64 * 1024]);
        assert_eq!(reader.next_frame(), None);
    }
    assert!(reader.pending().len() <= 2 * 64 * 1024);
}

/// Found by the fuzz target `frames`.
#[test]
fn a_line_that_just_fits_fits_whatever_the_chunks() {
    let line = [&[b'a'; 200][..], b"\r"].concat();
    let whole = [&line[..], b"\n\r\n"].concat();
    let cut = read_all(&[&line, b"\n\r\n"]);
    assert_eq!(cut, read_all(&[&whole]));
    assert!(matches!(cut[..], [Read::Frame(_)]));
}

/// Found by the fuzz target `frames`.
#[test]
fn an_endless_line_that_begins_with_a_return_is_no_empty_line() {
    let line = [b"\r", &[b'a'; 300][..]].concat();
    let rest = b"\nEvent: X\r\n\r\n";
    let whole = [&line[..], rest].concat();
    let cut = read_all(&[&line, rest]);
    assert_eq!(cut, read_all(&[&whole]));
    assert_eq!(cut, [Read::Skipped]);
}

#[test]
fn names_are_compared_without_case_and_whole() {
    let frame = Frame::parse(b"DestUniqueId: 1\r\nUniqueid: 2\r\n").expect("a frame");
    assert_eq!(frame.get("UNIQUEID").map(Value::bytes), Some(&b"2"[..]));
    assert_eq!(frame.get("DestUniqueid").map(Value::bytes), Some(&b"1"[..]));
    assert_eq!(frame.get("id"), None);
}

#[test]
fn a_latin_1_value_does_not_spoil_the_utf_8_beside_it() {
    let frame = Frame::parse(b"A: J\xfcrgen\r\nB: J\xc3\xbcrgen\r\n").expect("a frame");
    for name in ["A", "B"] {
        assert_eq!(frame.get(name).map(Value::text).as_deref(), Some("Jürgen"));
    }
}

proptest! {
    #[test]
    fn chunks_any_split_gives_the_same_frames(
        bytes in proptest::collection::vec(prop_oneof![3 => Just(b'\n'), 3 => Just(b'\r'), 2 => Just(b':'), 8 => any::<u8>()], 0..600),
        cuts in proptest::collection::vec(0usize..600, 0..20),
    ) {
        let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let chunks: Vec<_> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(read_all(&chunks), read_all(&[&bytes]));
    }

    #[test]
    fn any_bytes_end_in_frames_within_the_limits(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
        for read in read_all(&[&bytes, b"\n\n"]) {
            if let Read::Frame(frame) = read {
                prop_assert!(frame.bytes().len() <= 1000 + 2 && frame.pairs().count() <= 20);
            }
        }
    }
}
