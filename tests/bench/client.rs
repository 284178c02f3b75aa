//! The two clients that are compared: one that only reads and counts message ends, and the desk's engine.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use board::PbxId;
use desk::{Profile, Protection};
use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

/// What a client tells at its end. The words are those of `cordboardctl watch --count --once`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    /// Messages, or events.
    pub(crate) events: u64,
    /// Bytes read.
    pub(crate) bytes: u64,
    /// From the login to the end.
    pub(crate) seconds: f64,
    /// Channels left on the board, if there is one.
    pub(crate) channels: Option<usize>,
    /// Calls left on the board, if there is one.
    pub(crate) calls: Option<usize>,
}

const READ: usize = 256 * 1024;

/// Reads until the end and counts the ends of messages: nobody can be faster.
pub(crate) fn bare(port: u16) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.write_all(b"Action: Login\r\nUsername: bench\r\nSecret: bench\r\n\r\n")?;
    let end = Finder::new(b"\r\n\r\n");
    let began = Instant::now();
    let (mut events, mut bytes, mut kept) = (0, 0, 0);
    let mut buffer = vec![0; READ + 3];
    loop {
        let count = stream.read(&mut buffer[kept..kept + READ])?;
        if count == 0 {
            break;
        }
        bytes += count as u64;
        let filled = kept + count;
        events += end.find_iter(&buffer[..filled]).count() as u64;
        // An end may be cut in two: what could be its first part is looked at again.
        kept = tail(&buffer[..filled]);
        buffer.copy_within(filled - kept..filled, 0);
    }
    report(&Report {
        events,
        bytes,
        seconds: began.elapsed().as_secs_f64(),
        channels: None,
        calls: None,
    })
}

/// How much of the end of the buffer may be the beginning of a message end.
fn tail(bytes: &[u8]) -> usize {
    let [a, b, c] = [b"\r\n\r".as_slice(), b"\r\n", b"\r"].map(|start| bytes.ends_with(start));
    if a {
        3
    } else if b && !bytes.ends_with(b"\r\n\r\n") {
        2
    } else {
        usize::from(c)
    }
}

/// The engine of `cordboardctl watch --count --once`: session, events, board.
pub(crate) fn desk(port: u16) -> Result<()> {
    let profile = profile(port)?;
    let dialer = desk::net_dialer(&profile)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let secret = ami::Secret::new("bench".to_owned());
    let count = runtime.block_on(desk::count_until_closed(
        &profile,
        &secret,
        Arc::clone(&dialer),
    ))?;
    report(&Report {
        events: count.events,
        bytes: count.bytes,
        seconds: count.seconds,
        channels: Some(count.channels),
        calls: Some(count.calls),
    })
}

/// A profile for a PBX of ours on this machine.
pub(crate) fn profile(port: u16) -> Result<Profile> {
    Ok(Profile {
        pbx: PbxId::new("bench").context("no id")?,
        name: "Bench".to_owned(),
        host: "127.0.0.1".to_owned(),
        port,
        protection: Protection::Plain,
        user: "bench".to_owned(),
        me: Some("4000".to_owned()),
        context: "internal".to_owned(),
        conferences: Vec::new(),
        rules: operator::Rules::default(),
    })
}

/// What a desk runs on in the window's program: threads of its own.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("no threads for a desk")
}

fn report(report: &Report) -> Result<()> {
    writeln!(std::io::stdout(), "{}", serde_json::to_string(report)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn only_what_may_begin_an_end_is_looked_at_again() {
        let cases: [(&[u8], usize); 5] = [
            (b"x\r\n\r", 3),
            (b"x\r\n", 2),
            (b"x\r", 1),
            (b"\r\n\r\n", 0),
            (b"x", 0),
        ];
        for (bytes, kept) in cases {
            assert_eq!(tail(bytes), kept, "{bytes:?}");
        }
    }
}
