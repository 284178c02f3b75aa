//! A real SIP phone: baresip, worked through its control socket.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::time::{Instant, sleep, timeout};

use crate::netstring;
use crate::pbx::Pbx;
use crate::process::{Process, guarded};
use crate::slot::Ports;

const PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);

/// A switched-on, registered phone. Dropping it pulls its plug.
#[derive(Debug)]
pub struct Phone {
    number: String,
    control: Mutex<Control>,
    calls: watch::Receiver<Vec<PhoneCall>>,
    keys: watch::Receiver<String>,
    next_token: AtomicU64,
    _process: Process,
}

/// What a phone does when it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answering {
    ByHand,
    AtOnce,
}

/// A call as the phone sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneCall {
    /// The SIP call id.
    pub id: String,
    /// The other end, as a SIP URI.
    pub peer: String,
    /// How far it got.
    pub state: PhoneState,
}

/// How far a phone's call got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneState {
    /// We dialled and hear nothing yet.
    Dialling,
    /// We dialled and the other end rings.
    FarRinging,
    /// We are called and ring.
    Ringing,
    /// Both ends talk.
    Established,
}

#[derive(Debug)]
struct Control {
    writer: OwnedWriteHalf,
    replies: mpsc::UnboundedReceiver<Value>,
}

impl Phone {
    pub(crate) async fn start(pbx: &Pbx, number: &str, answering: Answering) -> Result<Self> {
        let index = index(number)?;
        let folder = pbx.folder(&format!("phone-{number}"))?;
        write_config(&folder, pbx, number, answering)?;
        let mut command = guarded("baresip");
        command.arg("-f").arg(&folder);
        let process = Process::spawn(command, &folder.join("log"))?;
        let stream = connect(pbx.ports().phone_control(index))
            .await
            .with_context(|| format!("phone {number} does not start"))?;
        let (reader, writer) = stream.into_split();
        let (reply_to, replies) = mpsc::unbounded_channel();
        let (calls_to, calls) = watch::channel(Vec::new());
        let (keys_to, keys) = watch::channel(String::new());
        tokio::spawn(listen(reader, reply_to, calls_to, keys_to));
        wait_registered(pbx, number).await?;
        Ok(Self {
            number: number.to_owned(),
            control: Mutex::new(Control { writer, replies }),
            calls,
            keys,
            next_token: AtomicU64::new(1),
            _process: process,
        })
    }

    /// The extension of this phone.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Dials a number.
    pub async fn dial(&self, number: &str) -> Result<()> {
        self.command("dial", number).await
    }

    /// Answers the call that rings. While two ring baresip can answer neither: it would first hold the other, which it cannot. One that
    /// has been ended a moment ago may not have been told so, and is waited for.
    pub async fn answer(&self) -> Result<()> {
        let rings = |call: &&PhoneCall| call.state == PhoneState::Ringing;
        let one = |calls: &[PhoneCall]| calls.iter().filter(rings).count() < 2;
        self.wait_calls("one that rings", one).await?;
        self.command("accept", "").await
    }

    /// Ends the call it talks in; if it talks in none, the call it has.
    pub async fn hangup(&self) -> Result<()> {
        self.choose(PhoneState::Established).await?;
        self.command("hangup", "").await
    }

    /// Refuses the call that rings (486 Busy Here).
    pub async fn reject(&self) -> Result<()> {
        self.choose(PhoneState::Ringing).await?;
        self.command("hangup", "").await
    }

    /// Puts the current call on hold.
    pub async fn hold(&self) -> Result<()> {
        self.command("hold", "").await
    }

    /// Takes the held call back.
    pub async fn resume(&self) -> Result<()> {
        self.choose(PhoneState::Established).await?;
        self.command("resume", "").await
    }

    /// Presses keys during a call.
    pub async fn dtmf(&self, keys: &str) -> Result<()> {
        for key in keys.chars() {
            self.command("sndcode", &key.to_string()).await?;
        }
        Ok(())
    }

    /// Waits until the phone has heard exactly these keys since it was switched on.
    pub async fn wait_keys(&self, wanted: &str) -> Result<()> {
        let mut keys = self.keys.clone();
        let heard = timeout(PATIENCE, keys.wait_for(|heard| heard == wanted)).await;
        let heard = heard.map(|heard| heard.map(drop));
        let describe = || format!("phone {}: heard {:?}", self.number, self.keys.borrow());
        heard.with_context(describe)?.with_context(describe)
    }

    /// Transfers the current call by REFER, as the transfer key of a desk phone does.
    pub async fn transfer(&self, number: &str) -> Result<()> {
        self.command("transfer", number).await
    }

    /// Switches the phone off in order: it tells the PBX.
    pub async fn switch_off(self) -> Result<()> {
        let request = json!({"command": "quit", "params": "", "token": "quit"}).to_string();
        let mut control = self.control.lock().await;
        control
            .writer
            .write_all(&netstring::encode(&request))
            .await?;
        // It closes the control connection when it is done.
        let gone = async { while control.replies.recv().await.is_some() {} };
        timeout(PATIENCE, gone).await.context("the phone stays on")
    }

    /// The calls of this phone now.
    #[must_use]
    pub fn calls(&self) -> Vec<PhoneCall> {
        self.calls.borrow().clone()
    }

    /// Waits until somebody calls this phone.
    pub async fn wait_ringing(&self) -> Result<PhoneCall> {
        self.wait_state(PhoneState::Ringing).await
    }

    /// Waits until the number we dialled rings.
    pub async fn wait_far_ringing(&self) -> Result<PhoneCall> {
        self.wait_state(PhoneState::FarRinging).await
    }

    /// Waits until a call is answered.
    pub async fn wait_established(&self) -> Result<PhoneCall> {
        self.wait_state(PhoneState::Established).await
    }

    /// Waits until this phone has no call left.
    pub async fn wait_idle(&self) -> Result<()> {
        self.wait_calls("no call", <[PhoneCall]>::is_empty)
            .await
            .map(drop)
    }

    /// Makes a call in that state the one the next command is about.
    async fn choose(&self, state: PhoneState) -> Result<()> {
        let calls = self.calls();
        match calls.iter().find(|call| call.state == state) {
            Some(call) => self.command("callfind", &call.id).await,
            None => Ok(()),
        }
    }

    async fn wait_state(&self, state: PhoneState) -> Result<PhoneCall> {
        let in_state = |calls: &[PhoneCall]| calls.iter().any(|call| call.state == state);
        let calls = self.wait_calls(&format!("{state:?}"), in_state).await?;
        let found = calls.into_iter().find(|call| call.state == state);
        found.context("the call vanished")
    }

    async fn wait_calls(
        &self,
        wanted: &str,
        condition: impl Fn(&[PhoneCall]) -> bool,
    ) -> Result<Vec<PhoneCall>> {
        let mut calls = self.calls.clone();
        let met = timeout(PATIENCE, calls.wait_for(|calls| condition(calls))).await;
        let describe = || format!("phone {}: not {wanted} but {:?}", self.number, self.calls());
        Ok(met.with_context(describe)?.with_context(describe)?.clone())
    }

    async fn command(&self, name: &str, params: &str) -> Result<()> {
        let token = self.next_token.fetch_add(1, Ordering::Relaxed).to_string();
        let request = json!({"command": name, "params": params, "token": token}).to_string();
        let mut control = self.control.lock().await;
        let text = netstring::encode(&request);
        control.writer.write_all(&text).await?;
        loop {
            let reply = timeout(PATIENCE, control.replies.recv())
                .await
                .with_context(|| format!("phone {} does not answer", self.number))?
                .with_context(|| format!("phone {} is gone", self.number))?;
            if reply["token"] == token.as_str() {
                ensure!(reply["ok"] == true, "phone {}: {reply}", self.number);
                return Ok(());
            }
        }
    }
}

async fn listen(
    mut reader: OwnedReadHalf,
    replies: mpsc::UnboundedSender<Value>,
    calls: watch::Sender<Vec<PhoneCall>>,
    keys: watch::Sender<String>,
) {
    let mut buffer = Vec::new();
    // Ends with the phone: an error and an end of the stream mean the same.
    while let Ok(1..) = reader.read_buf(&mut buffer).await {
        while let Some(text) = netstring::take(&mut buffer) {
            // A caller's name comes through as it is, and need not be UTF-8.
            let text = String::from_utf8_lossy(&text);
            let Ok(value) = serde_json::from_str::<Value>(&text) else {
                continue;
            };
            if value["type"] == "CALL_DTMF_START" {
                let key = value["param"].as_str().unwrap_or_default();
                keys.send_modify(|heard| heard.push_str(key));
            } else if value["event"] == true {
                calls.send_modify(|calls| note(calls, &value));
            } else {
                let _ = replies.send(value);
            }
        }
    }
}

fn note(calls: &mut Vec<PhoneCall>, event: &Value) {
    let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
    let state = match text("type").as_str() {
        "CALL_OUTGOING" => PhoneState::Dialling,
        "CALL_RINGING" | "CALL_PROGRESS" => PhoneState::FarRinging,
        "CALL_INCOMING" => PhoneState::Ringing,
        "CALL_ESTABLISHED" => PhoneState::Established,
        "CALL_CLOSED" => {
            calls.retain(|call| call.id != text("id"));
            return;
        }
        _ => return,
    };
    match calls.iter_mut().find(|call| call.id == text("id")) {
        Some(call) => call.state = state,
        None => calls.push(PhoneCall {
            id: text("id"),
            peer: text("peeruri"),
            state,
        }),
    }
}

async fn connect(port: u16) -> Result<TcpStream> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match TcpStream::connect(("127.0.0.1", port)).await {
            Ok(stream) => return Ok(stream),
            Err(error) if Instant::now() > deadline => return Err(error.into()),
            Err(_) => sleep(POLL).await,
        }
    }
}

/// Asks Asterisk, not the phone: what counts is that it can be called.
async fn wait_registered(pbx: &Pbx, number: &str) -> Result<()> {
    let technology = if is_old(number) { "SIP" } else { "PJSIP" };
    let device = format!("DEVICE_STATE({technology}/{number})");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let question = [("Action", "Getvar"), ("Variable", device.as_str())];
        let answer = pbx.truth().action(&question).await?;
        let state = answer.first().map_or("", |reply| reply.get("Value"));
        if !matches!(state, "UNAVAILABLE" | "INVALID" | "UNKNOWN" | "") {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "phone {number} is {state}");
        sleep(POLL).await;
    }
}

fn index(number: &str) -> Result<u16> {
    const RANGE: &str = "a phone's number is 100-120, an old one's 121 or 122";
    let extension: u16 = number.parse().context(RANGE)?;
    ensure!((100..=122).contains(&extension), RANGE);
    // The old ones sit at the desks of 119 and 120.
    let desk = if extension > 120 {
        extension - 2
    } else {
        extension
    };
    Ok(desk - 100)
}

/// Whether the phone is behind chan_sip.
fn is_old(number: &str) -> bool {
    matches!(number, "121" | "122")
}

fn write_config(folder: &Path, pbx: &Pbx, number: &str, answering: Answering) -> Result<()> {
    fs::write(folder.join("config"), config(pbx, index(number)?))?;
    let sip = if is_old(number) {
        pbx.ports().chan_sip()
    } else {
        pbx.ports().sip()
    };
    let mode = match answering {
        Answering::ByHand => "manual",
        Answering::AtOnce => "auto",
    };
    let account = format!(
        "<sip:{number}@127.0.0.1:{sip}>;auth_user={number};auth_pass=pw{number};\
         regint=600;answermode={mode};audio_codecs=PCMA\n"
    );
    fs::write(folder.join("accounts"), account)?;
    Ok(())
}

fn config(pbx: &Pbx, index: u16) -> String {
    let ports: Ports = pbx.ports();
    let (sip, control) = (ports.phone_sip(index), ports.phone_control(index));
    let (rtp_first, rtp_last) = ports.phone_rtp(index);
    let silence = pbx.silence();
    let silence = silence.display();
    format!(
        "sip_listen 127.0.0.1:{sip}\n\
         net_interface 127.0.0.1\n\
         rtp_ports {rtp_first}-{rtp_last}\n\
         call_max_calls 4\n\
         call_local_timeout 600\n\
         audio_source aufile,{silence}\n\
         module_path /usr/lib/baresip/modules\n\
         module aufile.so\n\
         module g711.so\n\
         module_app account.so\n\
         module_app menu.so\n\
         module_app ctrl_tcp.so\n\
         ctrl_tcp_listen 127.0.0.1:{control}\n"
    )
}
