//! Looking for one byte close by. Lines of AMI have some twenty bytes: eight at a time is faster there than a search made for long texts.

/// Where the byte is first.
#[inline]
pub(crate) fn find(byte: u8, bytes: &[u8]) -> Option<usize> {
    const SEVENS: u64 = u64::from_ne_bytes([0x7F; 8]);
    let wanted = u64::from_ne_bytes([byte; 8]);
    let (eights, rest) = bytes.as_chunks::<8>();
    for (at, eight) in eights.iter().enumerate() {
        // A zero byte wherever it is the wanted one; the sum carries over no byte's edge, so nothing is taken for it that is not.
        let differs = u64::from_le_bytes(*eight) ^ wanted;
        let hits = !(((differs & SEVENS) + SEVENS) | differs | SEVENS);
        if hits != 0 {
            return Some(at * 8 + hits.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|known| *known == byte)?;
    Some(eights.len() * 8 + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::find;

    proptest! {
        #[test]
        fn it_finds_what_a_plain_search_finds(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b'\x0b')], 0..40), byte in any::<u8>()) {
            for byte in [byte, b'\n', b':', 0, 0x80] {
                prop_assert_eq!(find(byte, &bytes), bytes.iter().position(|known| *known == byte));
            }
        }
    }
}
