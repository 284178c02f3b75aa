//! The PBX of the stream: makes it once, then pours it to every client that logs in, as fast as the client reads, and hangs up.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};

use anyhow::{Context, Result};

use crate::stream::{self, Length, Stream};
use crate::wire::{self, Inbox, Lists};

/// About how much is written at once; the cut is between two events, so that answers fit in.
const CHUNK: usize = 64 * 1024;

/// What the server tells its parent once it listens.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(crate) struct Ready {
    /// Where.
    pub(crate) port: u16,
    /// How many events a client will get.
    pub(crate) events: u64,
    /// About how many calls.
    pub(crate) calls: u64,
    /// In how many bytes.
    pub(crate) bytes: usize,
}

/// Serves until standard input closes.
pub(crate) fn run(seed: u64, length: Length) -> Result<()> {
    let stream = stream::make(seed, length);
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port for the stream")?;
    let ready = Ready {
        port: listener.local_addr()?.port(),
        events: stream.events,
        calls: stream.calls,
        bytes: stream.bytes.len(),
    };
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&ready)?)?;
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            // A client that goes away has its own reasons; its parent sees the missing result.
            drop(pour(client, &stream));
        }
    });
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}

fn pour(mut client: TcpStream, stream: &Stream) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    client.write_all(wire::GREETING)?;
    let (mut inbox, lists) = (Inbox::default(), Lists::new());
    let mut buffer = [0; 16 * 1024];
    let mut logged_in = false;
    while !logged_in {
        let count = client.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        for asked in inbox.take(&buffer[..count]) {
            client.write_all(&wire::answer(&asked, &lists))?;
            logged_in |= asked.name() == "Login";
        }
    }
    let mut rest = stream.bytes.as_slice();
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(cut(rest));
        client.write_all(chunk)?;
        rest = after;
        client.set_nonblocking(true)?;
        let read = client.read(&mut buffer);
        client.set_nonblocking(false)?;
        match read {
            Ok(0) => return Ok(()),
            Ok(count) => {
                for asked in inbox.take(&buffer[..count]) {
                    client.write_all(&wire::answer(&asked, &lists))?;
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    client.shutdown(Shutdown::Write)?;
    // Closing with unread bytes would reset the connection and cut off what is still under way.
    while client.read(&mut buffer)? > 0 {}
    Ok(())
}

/// Where the next chunk ends: between two events.
pub(crate) fn cut(rest: &[u8]) -> usize {
    let Some(beyond) = rest.get(CHUNK..) else {
        return rest.len();
    };
    memchr::memmem::find(beyond, b"\r\n\r\n").map_or(rest.len(), |end| CHUNK + end + 4)
}
