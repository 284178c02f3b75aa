//! A TCP link to AMI that can fail in the ways links fail.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::message::{Message, Splitter};
use crate::trap::{End, Place, Trap, Verdict};

/// How the link treats bytes, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Passes everything on.
    Pass,
    /// Keeps the connection open and passes nothing, as a dead network does.
    Stall,
    /// Keeps what Asterisk says, still lets the client write: action sent, answer lost.
    Deaf,
    /// Passes one byte at a time.
    Slice,
    /// Passes everything on, late.
    Delay(Duration),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Open,
    /// Both sides see an ordinary end of the stream.
    Cut,
    /// The client sees a reset.
    Reset,
}

#[derive(Clone, Copy, Debug)]
struct Rule {
    mode: Mode,
    fate: Fate,
    refuses: bool,
    epoch: u64,
}

/// The proxy. Clients connect to [`Proxy::port`]; dropping it cuts every connection.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    rule: Arc<watch::Sender<Rule>>,
    watched: Watched,
    accepting: JoinHandle<()>,
}

/// What passes is written down, and may spring a trap.
#[derive(Clone, Debug)]
struct Watched {
    written: Arc<Mutex<Vec<u8>>>,
    trap: Arc<watch::Sender<Option<Trap>>>,
    rule: Arc<watch::Sender<Rule>>,
}

impl Proxy {
    /// Starts in front of a port of loopback.
    pub async fn start(target: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let rule = Arc::new(watch::Sender::new(Rule {
            mode: Mode::Pass,
            fate: Fate::Open,
            refuses: false,
            epoch: 0,
        }));
        let watched = Watched {
            written: Arc::default(),
            trap: Arc::new(watch::Sender::new(None)),
            rule: Arc::clone(&rule),
        };
        let accepting = tokio::spawn(accept(listener, target, Arc::clone(&rule), watched.clone()));
        Ok(Self {
            port,
            rule,
            watched,
            accepting,
        })
    }

    /// Where clients connect.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Treats bytes like this from now on, on present and future connections.
    pub fn set(&self, mode: Mode) {
        self.rule.send_modify(|rule| rule.mode = mode);
    }

    /// Ends the present connections properly. New ones are accepted.
    pub fn cut(&self) {
        self.end(Fate::Cut);
    }

    /// Resets the present connections. New ones are accepted.
    pub fn reset(&self) {
        self.end(Fate::Reset);
    }

    /// Closes every new connection at once, until [`Self::accept_again`].
    pub fn refuse(&self) {
        self.rule.send_modify(|rule| rule.refuses = true);
    }

    /// Takes new connections again.
    pub fn accept_again(&self) {
        self.rule.send_modify(|rule| rule.refuses = false);
    }

    /// Ends the link at this place of the next such action, once; no new link is taken until [`Self::accept_again`].
    pub fn trap(&self, action: &'static str, place: Place) {
        self.lay(Trap::new(action, place, End::Cut));
    }

    /// Like [`Self::trap`], but the link stays open there and nothing more passes until the client is gone.
    pub fn hold(&self, action: &'static str, place: Place) {
        self.lay(Trap::new(action, place, End::Silence));
    }

    /// Keeps the next such action, and everything after it in both directions, until the mode is set again: what happens meanwhile is
    /// unknown to whoever wrote it.
    pub fn pause_before(&self, action: &'static str) {
        self.lay(Trap::new(action, Place::Before, End::Pause));
    }

    fn lay(&self, trap: Trap) {
        self.watched.trap.send_replace(Some(trap));
    }

    /// Waits until the trap is sprung.
    pub async fn sprung(&self) {
        let mut trap = self.watched.trap.subscribe();
        let _ = trap.wait_for(Option::is_none).await;
    }

    /// Every byte clients wrote so far, over all connections, passed on or not.
    #[must_use]
    pub fn client_bytes(&self) -> Vec<u8> {
        self.watched
            .written
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The actions clients wrote so far.
    #[must_use]
    pub fn client_actions(&self) -> Vec<Message> {
        let mut splitter = Splitter::default();
        splitter.push(&self.client_bytes());
        std::iter::from_fn(|| splitter.next_frame())
            .map(|frame| Message::read(&frame))
            .collect()
    }

    /// How often clients wrote that action.
    #[must_use]
    pub fn count(&self, action: &str) -> usize {
        self.client_actions()
            .iter()
            .filter(|message| message.get("Action").eq_ignore_ascii_case(action))
            .count()
    }

    fn end(&self, fate: Fate) {
        self.rule.send_modify(|rule| {
            rule.fate = fate;
            rule.epoch += 1;
        });
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.end(Fate::Cut);
    }
}

async fn accept(
    listener: TcpListener,
    target: u16,
    rule: Arc<watch::Sender<Rule>>,
    watched: Watched,
) {
    while let Ok((client, _)) = listener.accept().await {
        let now = *rule.borrow();
        if now.refuses {
            continue;
        }
        let Ok(server) = TcpStream::connect(("127.0.0.1", target)).await else {
            continue;
        };
        tokio::spawn(link(
            client,
            server,
            Arc::clone(&rule),
            now.epoch,
            watched.clone(),
        ));
    }
}

/// Carries one connection until either side, the rule, or a trap ends it.
async fn link(
    client: TcpStream,
    server: TcpStream,
    rules: Arc<watch::Sender<Rule>>,
    epoch: u64,
    watched: Watched,
) {
    let _ = client.set_nodelay(true);
    let _ = server.set_nodelay(true);
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let mut rule = rules.subscribe();
    let outward = rules.subscribe();
    let inward = rules.subscribe();
    let sprung = tokio::select! {
        sprung = carry(&mut from_client, &mut to_server, outward, Direction::Out, &watched) => sprung,
        sprung = carry(&mut from_server, &mut to_client, inward, Direction::In, &watched) => sprung,
        _ = rule.wait_for(|rule| rule.epoch > epoch) => false,
    };
    if sprung {
        rules.send_modify(|rule| rule.refuses = true);
        let trap = watched.trap.send_replace(None);
        if trap.is_some_and(|trap| trap.end == End::Silence) {
            tokio::select! {
                () = hear_out(&mut from_client, &watched) => {}
                _ = rule.wait_for(|rule| rule.epoch > epoch) => {}
            }
        }
    }
    let fate = rule.borrow().fate;
    if fate == Fate::Reset
        && let Ok(client) = from_client.reunite(to_client)
    {
        let _ = client.set_zero_linger();
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Out,
    In,
}

impl Watched {
    fn sees(&self, bytes: &[u8], direction: Direction) -> Verdict {
        if direction == Direction::Out {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.extend_from_slice(bytes);
        }
        let mut verdict = Verdict::Pass;
        self.trap.send_if_modified(|trap| {
            if let Some(trap) = trap {
                verdict = match direction {
                    Direction::Out => trap.outward(bytes),
                    Direction::In => trap.inward(bytes),
                };
            }
            let pauses = verdict == Verdict::Pause;
            if pauses {
                self.rule.send_modify(|rule| rule.mode = Mode::Stall);
                *trap = None;
            }
            pauses
        });
        verdict
    }
}

/// Until the client is gone. What it still writes is written down, and goes nowhere.
async fn hear_out(from: &mut OwnedReadHalf, watched: &Watched) {
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut chunk).await {
        watched.sees(&chunk[..count], Direction::Out);
    }
}

/// True: a trap was sprung.
async fn carry(
    from: &mut OwnedReadHalf,
    to: &mut OwnedWriteHalf,
    mut rule: watch::Receiver<Rule>,
    direction: Direction,
    watched: &Watched,
) -> bool {
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut chunk).await {
        let verdict = watched.sees(&chunk[..count], direction);
        let passes = match verdict {
            Verdict::Pass | Verdict::Pause => count,
            Verdict::End(at) => at,
        };
        let passed = pass(&chunk[..passes], to, &mut rule, direction).await;
        let ends = matches!(verdict, Verdict::End(_));
        if ends || passed.is_err() {
            return ends;
        }
    }
    false
}

async fn pass(
    bytes: &[u8],
    to: &mut OwnedWriteHalf,
    rule: &mut watch::Receiver<Rule>,
    direction: Direction,
) -> Result<()> {
    let holds = |rule: &Rule| match rule.mode {
        Mode::Stall => true,
        Mode::Deaf => direction == Direction::In,
        Mode::Pass | Mode::Slice | Mode::Delay(_) => false,
    };
    let mode = rule.wait_for(|rule| !holds(rule)).await?.mode;
    match mode {
        Mode::Slice => {
            for byte in bytes {
                to.write_all(&[*byte]).await?;
                tokio::task::yield_now().await;
            }
        }
        Mode::Delay(time) => {
            sleep(time).await;
            to.write_all(bytes).await?;
        }
        Mode::Pass | Mode::Stall | Mode::Deaf => to.write_all(bytes).await?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pair() -> Result<(Proxy, TcpStream, TcpStream)> {
        let server = TcpListener::bind(("127.0.0.1", 0)).await?;
        let proxy = Proxy::start(server.local_addr()?.port()).await?;
        let client = TcpStream::connect(("127.0.0.1", proxy.port())).await?;
        let (far, _) = server.accept().await?;
        Ok((proxy, client, far))
    }

    #[tokio::test]
    async fn sliced_bytes_arrive_whole_and_actions_are_counted() -> Result<()> {
        let (proxy, mut client, mut far) = pair().await?;
        proxy.set(Mode::Slice);
        let action = b"Action: Redirect\r\nChannel: 1\r\n\r\n";
        client.write_all(action).await?;
        let mut got = vec![0; action.len()];
        far.read_exact(&mut got).await?;
        assert_eq!(got, action);
        assert_eq!((proxy.count("redirect"), proxy.count("Hangup")), (1, 0));
        Ok(())
    }

    #[tokio::test]
    async fn a_stalled_link_delivers_when_it_passes_again() -> Result<()> {
        let (proxy, mut client, mut far) = pair().await?;
        proxy.set(Mode::Stall);
        far.write_all(b"news").await?;
        let mut got = [0; 4];
        let early = tokio::time::timeout(Duration::from_millis(50), client.read(&mut got)).await;
        assert!(early.is_err());
        proxy.set(Mode::Pass);
        client.read_exact(&mut got).await?;
        assert_eq!(&got, b"news");
        Ok(())
    }

    #[tokio::test]
    async fn a_held_link_stays_open_until_the_client_is_gone_and_nothing_passes() -> Result<()> {
        let (proxy, mut client, mut far) = pair().await?;
        proxy.hold("Park", Place::Before);
        let ping = b"Action: Ping\r\nActionID: 1\r\n\r\n";
        client.write_all(ping).await?;
        let mut got = vec![0; ping.len()];
        far.read_exact(&mut got).await?;
        client
            .write_all(b"Action: Park\r\nActionID: 2\r\n\r\n")
            .await?;
        proxy.sprung().await;
        client.write_all(ping).await?;
        far.write_all(b"news").await?;
        let early = tokio::time::timeout(Duration::from_millis(50), client.read(&mut [0; 4])).await;
        assert!(early.is_err(), "the client heard something: {early:?}");
        drop(client);
        assert_eq!(
            far.read(&mut [0; 1]).await?,
            0,
            "only the end comes through"
        );
        assert_eq!((proxy.count("Park"), proxy.count("Ping")), (1, 2));
        Ok(())
    }

    #[tokio::test]
    async fn a_cut_is_an_end_and_a_reset_an_error() -> Result<()> {
        let (proxy, mut client, _far) = pair().await?;
        proxy.cut();
        assert_eq!(client.read(&mut [0; 1]).await?, 0);
        let (proxy, mut client, _far) = pair().await?;
        proxy.reset();
        let end = client.read(&mut [0; 1]).await;
        assert_eq!(
            end.map_err(|e| e.kind()),
            Err(std::io::ErrorKind::ConnectionReset)
        );
        Ok(())
    }
}
