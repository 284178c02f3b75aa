//! A SIP telephone of our own, for the one thing baresip cannot do: two calls joined by
//! REFER with Replaces. It only calls, plays nothing, and takes every request as well.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio::net::UdpSocket;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::pbx::Pbx;

const PATIENCE: Duration = Duration::from_secs(10);
/// The endpoint it is, which needs no registration and no password.
const NUMBER: &str = "130";

/// The telephone. Each call has a socket, and so a port, of its own.
#[derive(Debug)]
pub struct Handset {
    server: SocketAddr,
    calls: AtomicU32,
}

/// One call of it.
#[derive(Debug)]
pub struct Leg {
    socket: Arc<UdpSocket>,
    dialog: watch::Receiver<Dialog>,
    name: Names,
    number: String,
    next: u32,
}

/// What makes a SIP dialog ours.
#[derive(Clone, Debug)]
struct Names {
    server: SocketAddr,
    own: SocketAddr,
    call_id: String,
    tag: String,
}

#[derive(Clone, Debug, Default)]
struct Dialog {
    status: u16,
    far_tag: String,
    refer_status: u16,
}

impl Handset {
    pub(crate) fn at(pbx: &Pbx) -> Self {
        Self {
            server: SocketAddr::from(([127, 0, 0, 1], pbx.ports().sip())),
            calls: AtomicU32::new(1),
        }
    }

    /// Dials a number.
    pub async fn dial(&self, number: &str) -> Result<Leg> {
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await?);
        socket.connect(self.server).await?;
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        let own = socket.local_addr()?;
        let name = Names {
            server: self.server,
            own,
            call_id: format!("handset-{call}-{}", own.port()),
            tag: format!("own{call}"),
        };
        let (tell, dialog) = watch::channel(Dialog::default());
        let ear = Ear {
            socket: Arc::clone(&socket),
            name: name.clone(),
            number: number.to_owned(),
        };
        tokio::spawn(ear.listen(tell));
        let leg = Leg {
            socket,
            dialog,
            name,
            number: number.to_owned(),
            next: 2,
        };
        let offer = leg.name.offer();
        let headers = "Content-Type: application/sdp\r\n";
        leg.send("INVITE", 1, headers, &offer).await?;
        Ok(leg)
    }
}

impl Leg {
    /// Waits until the other end rings.
    pub async fn wait_ringing(&mut self) -> Result<()> {
        self.wait("ringing", |dialog| dialog.status == 180).await
    }

    /// Waits until the other end answers.
    pub async fn wait_answered(&mut self) -> Result<()> {
        self.wait("answered", |dialog| dialog.status == 200).await
    }

    /// Asks the PBX to put whom we talk to here in our place in the other call.
    pub async fn refer_to(&mut self, other: &Self) -> Result<()> {
        let far = other.dialog.borrow().far_tag.clone();
        let target = format!(
            "Refer-To: <sip:{}@{}?Replaces={}%3Bto-tag%3D{far}%3Bfrom-tag%3D{}>\r\n\
             Referred-By: <sip:{NUMBER}@{}>\r\n",
            other.number, self.name.server, other.name.call_id, other.name.tag, self.name.own
        );
        let number = self.next;
        self.next += 1;
        self.send("REFER", number, &target, "").await?;
        self.wait("told of the REFER", |dialog| dialog.refer_status != 0)
            .await?;
        let status = self.dialog.borrow().refer_status;
        ensure!(status < 300, "REFER: {status}");
        Ok(())
    }

    async fn wait(&mut self, what: &str, wanted: impl Fn(&Dialog) -> bool) -> Result<()> {
        let met = timeout(PATIENCE, self.dialog.wait_for(wanted)).await;
        let met = met.map(|met| met.map(drop));
        met.with_context(|| format!("not {what}: {:?}", self.dialog.borrow()))??;
        Ok(())
    }

    async fn send(&self, method: &str, number: u32, headers: &str, body: &str) -> Result<()> {
        let far = self.dialog.borrow().far_tag.clone();
        let text = self
            .name
            .request(method, &self.number, number, &far, headers, body);
        self.socket.send(text.as_bytes()).await?;
        Ok(())
    }
}

impl Names {
    fn request(
        &self,
        method: &str,
        to: &str,
        number: u32,
        far_tag: &str,
        headers: &str,
        body: &str,
    ) -> String {
        let (server, own, tag) = (self.server, self.own, &self.tag);
        let far = match far_tag {
            "" => String::new(),
            tag => format!(";tag={tag}"),
        };
        // An ACK of an answer is a transaction of its own.
        let branch = format!("z9hG4bK-{}-{number}-{method}", self.call_id);
        format!(
            "{method} sip:{to}@{server} SIP/2.0\r\nVia: SIP/2.0/UDP {own};rport;branch={branch}\r\n\
             From: <sip:{NUMBER}@{server}>;tag={tag}\r\nTo: <sip:{to}@{server}>{far}\r\n\
             Call-ID: {}\r\nCSeq: {number} {method}\r\nContact: <sip:{NUMBER}@{own}>\r\n\
             Max-Forwards: 70\r\nAllow: INVITE, ACK, BYE, CANCEL, NOTIFY, UPDATE\r\n\
             Supported: replaces\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            self.call_id,
            body.len()
        )
    }

    /// Sound to a port where nobody listens.
    fn offer(&self) -> String {
        "v=0\r\no=handset 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
         m=audio 9 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
            .to_owned()
    }
}

/// Hears one call's socket.
struct Ear {
    socket: Arc<UdpSocket>,
    name: Names,
    number: String,
}

impl Ear {
    async fn listen(self, tell: watch::Sender<Dialog>) {
        let mut packet = vec![0; 8192];
        while !tell.is_closed() {
            // Refused while nothing listens at the other end: not an end of the call.
            let Ok(count) = self.socket.recv(&mut packet).await else {
                continue;
            };
            let text = String::from_utf8_lossy(&packet[..count]).into_owned();
            let answer = if text.starts_with("SIP/2.0 ") {
                self.hear_response(&text, &tell)
            } else {
                self.hear_request(&text)
            };
            if let Some(answer) = answer {
                let _ = self.socket.send(answer.as_bytes()).await;
            }
        }
    }

    fn hear_response(&self, text: &str, tell: &watch::Sender<Dialog>) -> Option<String> {
        let status: u16 = text.get(8..11)?.parse().ok()?;
        let cseq = header(text, "CSeq")?;
        if cseq.ends_with("REFER") {
            tell.send_modify(|dialog| dialog.refer_status = status);
            return None;
        }
        let far_tag = header(text, "To")?
            .split(";tag=")
            .nth(1)
            .unwrap_or("")
            .to_owned();
        tell.send_modify(|dialog| {
            dialog.status = status;
            dialog.far_tag.clone_from(&far_tag);
        });
        let is_final = status >= 200 && cseq.ends_with("INVITE");
        is_final.then(|| self.name.request("ACK", &self.number, 1, &far_tag, "", ""))
    }

    fn hear_request(&self, text: &str) -> Option<String> {
        if text.starts_with("ACK ") {
            return None;
        }
        let mut answer = "SIP/2.0 200 OK\r\n".to_owned();
        for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
            answer += &format!("{name}: {}\r\n", header(text, name)?);
        }
        answer += &format!("Contact: <sip:{NUMBER}@{}>\r\n", self.name.own);
        let body = if text.starts_with("INVITE ") {
            answer += "Content-Type: application/sdp\r\n";
            self.name.offer()
        } else {
            String::new()
        };
        answer += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        Some(answer)
    }
}

/// What a SIP message says under a name.
pub(crate) fn header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
}
