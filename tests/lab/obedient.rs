//! A desk phone that obeys: told by SIP NOTIFY it answers, holds and resumes, as makers of desk phones have it (`talk`, `hold`).
//! No softphone of the lab does. It is called, never calls, and plays nothing.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio::net::UdpSocket;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use crate::handset::header;
use crate::pbx::Pbx;

const PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(20);

/// The phone. Dropping it pulls its plug.
#[derive(Debug)]
pub struct ObedientPhone {
    stands: watch::Receiver<Stands>,
}

/// How its one call stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stands {
    /// No call.
    #[default]
    Idle,
    /// It rings.
    Ringing,
    /// It was answered.
    Talking,
    /// It has put the other end on hold.
    Holding,
}

impl ObedientPhone {
    /// Takes a number's place in the PBX: its calls come here from now on.
    pub(crate) async fn start(pbx: &Pbx, number: &str) -> Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        let own = socket.local_addr()?;
        let (tell, stands) = watch::channel(Stands::Idle);
        tokio::spawn(Ear::new(socket, own, tell).listen());
        let section = format!("[{number}](registration)\n");
        let contact = format!("sip:{number}@{own}");
        pbx.configure("pjsip.conf", |text| {
            text.replace(&section, &format!("{section}contact = {contact}\n"))
        })?;
        pbx.cli("module reload res_pjsip.so").await?;
        let deadline = Instant::now() + PATIENCE;
        while !pbx
            .cli(&format!("pjsip show aor {number}"))
            .await?
            .contains(&contact)
        {
            ensure!(Instant::now() < deadline, "{contact} is not taken");
            sleep(POLL).await;
        }
        Ok(Self { stands })
    }

    /// Waits until its call stands so.
    pub async fn wait(&mut self, wanted: Stands) -> Result<()> {
        let met = timeout(PATIENCE, self.stands.wait_for(|now| *now == wanted)).await;
        let met = met.map(|met| met.map(drop));
        met.with_context(|| format!("not {wanted:?}: {:?}", *self.stands.borrow()))??;
        Ok(())
    }
}

/// Hears its socket, and does what it is told.
struct Ear {
    socket: UdpSocket,
    own: SocketAddr,
    tell: watch::Sender<Stands>,
    /// The INVITE of the call it is in.
    invite: String,
    /// Of the next request of its own.
    number: u32,
}

impl Ear {
    fn new(socket: UdpSocket, own: SocketAddr, tell: watch::Sender<Stands>) -> Self {
        Self {
            socket,
            own,
            tell,
            invite: String::new(),
            number: 1,
        }
    }

    async fn listen(mut self) {
        let mut packet = vec![0; 8192];
        while !self.tell.is_closed() {
            // Refused while nothing listens at the other end: not an end of the call.
            let Ok((count, server)) = self.socket.recv_from(&mut packet).await else {
                continue;
            };
            let text = String::from_utf8_lossy(&packet[..count]).into_owned();
            for answer in self.hear(&text) {
                let _ = self.socket.send_to(answer.as_bytes(), server).await;
            }
        }
    }

    fn hear(&mut self, text: &str) -> Vec<String> {
        let method = text.split(' ').next().unwrap_or_default();
        match method {
            "SIP/2.0" => self.acknowledge(text),
            "ACK" => Vec::new(),
            "INVITE" if tagged(text) => vec![self.ok(text, self.sound(""))],
            "INVITE" => self.ring(text),
            "NOTIFY" => self.obey(text),
            "CANCEL" => {
                let gone = self.answer(&self.invite, "487 Request Terminated", String::new());
                self.tell.send_replace(Stands::Idle);
                vec![self.ok(text, String::new()), gone]
            }
            "BYE" => {
                self.tell.send_replace(Stands::Idle);
                vec![self.ok(text, String::new())]
            }
            _ => vec![self.ok(text, String::new())],
        }
    }

    fn ring(&mut self, text: &str) -> Vec<String> {
        text.clone_into(&mut self.invite);
        self.tell.send_replace(Stands::Ringing);
        vec![self.answer(text, "180 Ringing", String::new())]
    }

    fn obey(&mut self, text: &str) -> Vec<String> {
        let stands = *self.tell.borrow();
        let (now, deed) = match (header(text, "Event"), stands) {
            (Some("talk"), Stands::Ringing) => {
                (Stands::Talking, self.ok(&self.invite, self.sound("")))
            }
            (Some("talk"), Stands::Holding) => {
                (Stands::Talking, self.invite_again("a=sendrecv\r\n"))
            }
            (Some("hold"), Stands::Talking) => {
                (Stands::Holding, self.invite_again("a=sendonly\r\n"))
            }
            _ => return vec![self.answer(text, "481 No Such Event", String::new())],
        };
        self.tell.send_replace(now);
        vec![self.ok(text, String::new()), deed]
    }

    /// The same call with sound in other directions.
    fn invite_again(&mut self, direction: &str) -> String {
        self.number += 1;
        self.request("INVITE", self.sound(direction))
    }

    fn acknowledge(&mut self, text: &str) -> Vec<String> {
        let ours = header(text, "CSeq").is_some_and(|cseq| cseq.ends_with("INVITE"));
        let is_final = !text.starts_with("SIP/2.0 1");
        if ours && is_final {
            vec![self.request("ACK", String::new())]
        } else {
            Vec::new()
        }
    }

    /// A request of its own inside the call: who called is whom it speaks to.
    fn request(&self, method: &str, body: String) -> String {
        let of = |name| header(&self.invite, name).unwrap_or_default();
        let target = of("Contact").trim_matches(['<', '>']);
        let (own, number) = (self.own, self.number);
        format!(
            "{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {own};rport;branch=z9hG4bK-{number}-{method}-{}\r\n\
             From: {};tag=obeys\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {number} {method}\r\n\
             Contact: <sip:{own}>\r\nMax-Forwards: 70\r\n{}",
            own.port(),
            of("To"),
            of("From"),
            of("Call-ID"),
            with_sound(&body),
        )
    }

    fn ok(&self, text: &str, body: String) -> String {
        self.answer(text, "200 OK", body)
    }

    fn answer(&self, text: &str, status: &str, body: String) -> String {
        let mut answer = format!("SIP/2.0 {status}\r\n");
        for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
            let value = header(text, name).unwrap_or_default();
            let tag = if name == "To" && !tagged(text) {
                ";tag=obeys"
            } else {
                ""
            };
            answer += &format!("{name}: {value}{tag}\r\n");
        }
        answer + &format!("Contact: <sip:{}>\r\n{}", self.own, with_sound(&body))
    }

    /// Sound to a port where nobody listens.
    fn sound(&self, direction: &str) -> String {
        let version = self.number;
        format!(
            "v=0\r\no=obeys 1 {version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
             m=audio 9 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n{direction}"
        )
    }
}

/// Whether a request belongs to a call that it knows.
fn tagged(text: &str) -> bool {
    header(text, "To").is_some_and(|to| to.contains(";tag="))
}

/// The end of a message: its body, if any, with what it is.
fn with_sound(body: &str) -> String {
    let kind = match body {
        "" => "",
        _ => "Content-Type: application/sdp\r\n",
    };
    format!("{kind}Content-Length: {}\r\n\r\n{body}", body.len())
}
