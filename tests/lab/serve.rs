//! The lab left running: holds the PBX, its phones and its callers, and does what
//! single commands ask for over a socket on loopback.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use lab::{Outside, Pbx, Phone, TrunkCall, Version};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use crate::busy_day;

/// What a command asks for: words, the first of them the verb.
pub(crate) type Words = Vec<String>;

/// Everything that is switched on.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) pbx: Pbx,
    phones: Mutex<BTreeMap<String, Arc<Phone>>>,
    callers: Mutex<Vec<TrunkCall>>,
    _world: Outside,
}

impl Desk {
    /// A phone, switched on first if it is off.
    pub(crate) async fn phone(&self, number: &str) -> Result<Arc<Phone>> {
        let mut phones = self.phones.lock().await;
        if let Some(phone) = phones.get(number) {
            return Ok(Arc::clone(phone));
        }
        let phone = Arc::new(self.pbx.phone(number).await?);
        phones.insert(number.to_owned(), Arc::clone(&phone));
        Ok(phone)
    }

    async fn switched_on(&self) -> String {
        let phones = self.phones.lock().await;
        phones.keys().cloned().collect::<Vec<_>>().join(",")
    }

    async fn hang_up_trunk(&self) {
        // Ending a call waits for the far side, so the lock goes first.
        let callers = std::mem::take(&mut *self.callers.lock().await);
        drop(callers);
    }
}

/// Starts everything, tells `ready`, and serves commands until told to stop.
pub(crate) async fn serve(version: Version, phones: &[String]) -> Result<()> {
    let pbx = Pbx::start_fixed(version).await?;
    let port = pbx.ports().control();
    let world = pbx.outside().await?;
    let desk = Arc::new(Desk {
        pbx,
        phones: Mutex::new(BTreeMap::new()),
        callers: Mutex::new(Vec::new()),
        _world: world,
    });
    for number in phones {
        desk.phone(number).await?;
    }
    // Only now, so that whoever can connect finds everything switched on.
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        if answer(&desk, stream).await.unwrap_or(Next::Serve) == Next::Stop {
            return Ok(());
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Serve,
    Stop,
}

async fn answer(desk: &Arc<Desk>, stream: TcpStream) -> Result<Next> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let words: Words = serde_json::from_str(&line)?;
    let (next, reply) = match words.first().map(String::as_str) {
        Some("down") => (Next::Stop, Ok("down".to_owned())),
        _ => (Next::Serve, obey(desk, &words).await),
    };
    let reply = reply.map_err(|error| format!("{error:#}"));
    let mut text = serde_json::to_string(&reply)?;
    text.push('\n');
    stream.get_mut().write_all(text.as_bytes()).await?;
    Ok(next)
}

async fn obey(desk: &Arc<Desk>, words: &[String]) -> Result<String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["status"] => {
            let version = desk.pbx.version();
            let phones = desk.switched_on().await;
            return Ok(format!("Asterisk {version}, phones {phones}"));
        }
        ["pin"] => return desk.pbx.key_fingerprint(),
        ["channels"] => return channels(desk).await,
        ["busy-day"] => busy_day::begin(desk),
        ["trunk-hangup"] => desk.hang_up_trunk().await,
        ["trunk-call", did, from, name] => {
            let caller = desk.pbx.trunk_call(did, from, name).await?;
            let mut callers = desk.callers.lock().await;
            callers.retain_mut(TrunkCall::is_up);
            callers.push(caller);
        }
        [verb, number, rest @ ..] => {
            let phone = desk.phone(number).await?;
            return work(&phone, verb, rest).await;
        }
        [..] => bail!("what?"),
    }
    Ok("done".to_owned())
}

async fn work(phone: &Phone, verb: &str, rest: &[&str]) -> Result<String> {
    match (verb, rest) {
        ("phone", []) => {}
        ("call", [number]) => phone.dial(number).await?,
        ("answer", []) => phone.answer().await?,
        ("hangup", []) => phone.hangup().await?,
        ("reject", []) => phone.reject().await?,
        ("hold", []) => phone.hold().await?,
        ("resume", []) => phone.resume().await?,
        ("dtmf", [keys]) => phone.dtmf(keys).await?,
        (verb, rest) => bail!("a phone cannot {verb} {rest:?}"),
    }
    Ok("done".to_owned())
}

async fn channels(desk: &Desk) -> Result<String> {
    let channels = desk.pbx.truth().channels().await?;
    let lines: Vec<_> = channels.iter().map(ToString::to_string).collect();
    Ok(lines.join("\n"))
}

/// Sends one command to a running lab; `None` if none runs.
pub(crate) async fn ask(port: u16, words: &[&str]) -> Result<Option<String>> {
    let Ok(stream) = TcpStream::connect(("127.0.0.1", port)).await else {
        return Ok(None);
    };
    let mut stream = BufReader::new(stream);
    let mut text = serde_json::to_string(words)?;
    text.push('\n');
    stream.get_mut().write_all(text.as_bytes()).await?;
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let reply: Result<String, String> = serde_json::from_str(&line).context("the lab broke off")?;
    reply.map(Some).map_err(anyhow::Error::msg)
}
