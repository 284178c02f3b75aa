//! The framing of baresip's control socket: `<length>:<bytes>,`.

/// Wraps a text.
pub(crate) fn encode(text: &str) -> Vec<u8> {
    format!("{}:{text},", text.len()).into_bytes()
}

/// Takes the first whole string off `buffer`; `None` while it is incomplete.
pub(crate) fn take(buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let colon = buffer.iter().position(|byte| *byte == b':')?;
    let length: usize = std::str::from_utf8(&buffer[..colon]).ok()?.parse().ok()?;
    let start = colon + 1;
    if buffer.len() <= start + length {
        return None;
    }
    let text = buffer[start..start + length].to_vec();
    buffer.drain(..=start + length);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_taken_whatever_the_chunks() {
        let stream = [encode("{\"a\":1}"), encode("")].concat();
        let mut buffer = Vec::new();
        let mut texts = Vec::new();
        for byte in stream {
            buffer.push(byte);
            texts.extend(take(&mut buffer));
        }
        assert_eq!(texts, [b"{\"a\":1}".to_vec(), Vec::new()]);
        assert!(buffer.is_empty());
    }
}
