//! As much of RFC 6455 as a browser on this machine needs: text both ways, pings answered, closing understood.

use anyhow::{Context, Result, bail, ensure};
use sha1::{Digest, Sha1};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// Added to the page's key before it is hashed (RFC 6455, section 1.3).
const SALT: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const LONGEST: u64 = 1 << 20;

/// What the page says.
#[derive(Debug)]
pub(crate) struct Ear(BufReader<OwnedReadHalf>);

/// What the page is told.
#[derive(Debug)]
pub(crate) struct Mouth(OwnedWriteHalf);

#[derive(Debug)]
struct Frame {
    last: bool,
    opcode: u8,
    payload: Vec<u8>,
}

/// Opens the conversation. Only pages of this machine may: any other site could make a browser call here.
pub(crate) async fn accept(stream: TcpStream) -> Result<(Ear, Mouth)> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let (mut key, mut origin) = (None, String::new());
    loop {
        let mut line = String::new();
        ensure!(read.read_line(&mut line).await? > 0, "broken off");
        let line = line.trim_end();
        let Some((name, value)) = line.split_once(':') else {
            if line.is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "sec-websocket-key" => key = Some(value.trim().to_owned()),
            "origin" => value.trim().clone_into(&mut origin),
            _ => {}
        }
    }
    ensure!(is_local(&origin), "a page of {origin} wanted the desk");
    let key = key.context("not a WebSocket")?;
    let accepted = base64(&Sha1::digest(format!("{key}{SALT}")));
    let reply = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accepted}\r\n\r\n"
    );
    write.write_all(reply.as_bytes()).await?;
    Ok((Ear(read), Mouth(write)))
}

impl Ear {
    /// The next text; `None` when the page has gone.
    pub(crate) async fn hear(&mut self) -> Result<Option<String>> {
        let mut text = Vec::new();
        loop {
            let Some(frame) = self.frame().await? else {
                return Ok(None);
            };
            match frame.opcode {
                0 | 1 => text.extend(frame.payload),
                8 => return Ok(None),
                9 | 10 => continue,
                other => bail!("a frame of kind {other}"),
            }
            if frame.last {
                return Ok(Some(String::from_utf8(text)?));
            }
        }
    }

    async fn frame(&mut self) -> Result<Option<Frame>> {
        let Ok(first) = self.0.read_u8().await else {
            return Ok(None);
        };
        let second = self.0.read_u8().await?;
        let length = match second & 0x7f {
            126 => u64::from(self.0.read_u16().await?),
            127 => self.0.read_u64().await?,
            short => u64::from(short),
        };
        ensure!(second & 0x80 != 0, "a browser masks what it sends");
        ensure!(length <= LONGEST, "a frame of {length} bytes");
        let mut mask = [0; 4];
        self.0.read_exact(&mut mask).await?;
        let mut payload = vec![0; usize::try_from(length)?];
        self.0.read_exact(&mut payload).await?;
        for (byte, mask) in payload.iter_mut().zip(mask.iter().cycle()) {
            *byte ^= mask;
        }
        Ok(Some(Frame {
            last: first & 0x80 != 0,
            opcode: first & 0x0f,
            payload,
        }))
    }
}

impl Mouth {
    /// Sends one text.
    pub(crate) async fn say(&mut self, text: &str) -> Result<()> {
        let mut frame = vec![0x81];
        match u16::try_from(text.len()) {
            Ok(length @ 0..=125) => frame.push(u8::try_from(length)?),
            Ok(length) => {
                frame.push(126);
                frame.extend(length.to_be_bytes());
            }
            Err(_) => {
                frame.push(127);
                frame.extend((text.len() as u64).to_be_bytes());
            }
        }
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).await?;
        Ok(())
    }
}

fn is_local(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| {
            bits << 8 | usize::from(three.get(i).copied().unwrap_or_default())
        });
        for (i, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = LETTERS[bits >> shift & 63];
            text.push(if i <= three.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn only_pages_of_this_machine_are_local() {
        assert!(is_local("http://localhost:5173") && is_local("http://127.0.0.1"));
        for strange in [
            "",
            "null",
            "https://example.org",
            "http://localhost.example.org",
        ] {
            assert!(!is_local(strange), "{strange}");
        }
    }
}
