//! The outside world behind the trunk, played by sipp.

use std::ffi::OsString;
use std::net::UdpSocket;
use std::os::unix::ffi::OsStringExt as _;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::pbx::Pbx;
use crate::process::{Process, guarded};
use crate::slot::LINES;

const FAR_END: &str = "127.0.0.2";
const GOODBYE: Duration = Duration::from_secs(2);

/// A caller from outside. Dropping it hangs up.
#[derive(Debug)]
pub struct TrunkCall {
    process: Process,
    call_id: String,
    sip: u16,
}

/// The outside world which answers what the PBX dials. Dropping it makes it unreachable.
#[derive(Debug)]
pub struct Outside {
    _process: Process,
}

impl TrunkCall {
    pub(crate) async fn start(
        pbx: &Pbx,
        line: u16,
        did: &str,
        from_number: &str,
        from_name: &[u8],
    ) -> Result<Self> {
        ensure!(
            !from_name
                .iter()
                .any(|byte| matches!(byte, 0 | b'\r' | b'\n')),
            "SIP itself cannot carry a line break in a name"
        );
        let (sip, media, control) = pbx.ports().line(line);
        let folder = pbx.folder(&format!("line-{line}"))?;
        let call_id = format!("line-{line}-of-slot-{sip}");
        let scenario = folder.join("inbound.xml");
        tokio::fs::write(&scenario, include_str!("sipp/inbound.xml")).await?;
        let mut command = guarded("sipp");
        command
            .current_dir(&folder)
            .arg(format!("127.0.0.1:{}", pbx.ports().sip()))
            .arg("-sf")
            .arg(&scenario)
            .args(["-i", FAR_END, "-p", &sip.to_string()])
            .args(["-mi", FAR_END, "-mp", &media.to_string()])
            .args(["-ci", FAR_END, "-cp", &control.to_string()])
            .args(["-m", "1", "-nostdin", "-cid_str", &call_id, "-s", did])
            .args(["-key", "caller", from_number, "-key", "shown"])
            .arg(OsString::from_vec(quoted(from_name)));
        let process = Process::spawn(command, &folder.join("log"))?;
        Ok(Self {
            process,
            call_id,
            sip,
        })
    }

    /// Whether the caller is still on the line (or trying).
    pub fn is_up(&mut self) -> bool {
        self.process.is_running()
    }

    /// Hangs up, or gives up when not answered yet.
    pub fn hangup(mut self) -> Result<()> {
        self.say_goodbye()
    }

    /// Pokes sipp with a message of the call's own Call-ID: its scenario takes that as
    /// the word to end the call properly, with CANCEL or BYE.
    fn say_goodbye(&mut self) -> Result<()> {
        let socket = UdpSocket::bind((FAR_END, 0))?;
        let from = socket.local_addr()?;
        let id = &self.call_id;
        let poke = format!(
            "MESSAGE sip:sipp@{FAR_END} SIP/2.0\r\nVia: SIP/2.0/UDP {from};branch=z9hG4bK-poke\r\n\
             From: <sip:lab@{from}>\r\nTo: <sip:sipp@{FAR_END}>\r\nCall-ID: {id}\r\n\
             CSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n"
        );
        let deadline = Instant::now() + GOODBYE;
        while self.process.is_running() {
            ensure!(Instant::now() < deadline, "sipp does not end its call");
            // Nobody listens yet while sipp starts: ask again.
            let _ = socket.send_to(poke.as_bytes(), (FAR_END, self.sip));
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for TrunkCall {
    fn drop(&mut self) {
        // The process is killed in any case; then Asterisk keeps the call until told.
        let _ = self.say_goodbye();
    }
}

impl Outside {
    pub(crate) async fn start(pbx: &Pbx) -> Result<Self> {
        let folder = pbx.folder("outside")?;
        let scenario = folder.join("outside.xml");
        tokio::fs::write(&scenario, include_str!("sipp/outside.xml")).await?;
        let (_, media, control) = pbx.ports().line(LINES - 1);
        let mut command = guarded("sipp");
        command
            .current_dir(&folder)
            .arg("-sf")
            .arg(&scenario)
            .args(["-i", FAR_END, "-p", &pbx.ports().trunk().to_string()])
            .args(["-mi", FAR_END, "-mp", &media.to_string()])
            .args(["-ci", FAR_END, "-cp", &control.to_string()])
            .arg("-nostdin");
        let mut process = Process::spawn(command, &folder.join("log"))?;
        let deadline = Instant::now() + GOODBYE;
        while !is_taken(pbx.ports().trunk()) {
            ensure!(process.is_running(), "sipp ended: see its log");
            ensure!(Instant::now() < deadline, "sipp does not start");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(Self { _process: process })
    }
}

/// Whether somebody has that UDP port of the far end.
pub(crate) fn is_taken(port: u16) -> bool {
    UdpSocket::bind((FAR_END, port)).is_err()
}

/// The inside of a SIP quoted string.
fn quoted(name: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(name.len());
    for byte in name {
        if matches!(byte, b'"' | b'\\') {
            text.push(b'\\');
        }
        text.push(*byte);
    }
    text
}
