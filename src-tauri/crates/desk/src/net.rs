//! Dialling over the network: TCP, and TLS on top of it.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::dialer::{Dialer, Dialing, SharedDialer, Stream};
use crate::tls::Tls;
use crate::{LinkError, Profile, Protection};

const CONNECT: Duration = Duration::from_secs(5);
const HANDSHAKE: Duration = Duration::from_secs(5);
/// Unanswered data ends the connection after this long, should our own pings ever fail to.
const USER_TIMEOUT: Duration = Duration::from_secs(6);

#[derive(Debug)]
struct Net {
    host: String,
    port: u16,
    tls: Option<Tls>,
}

/// A dialer to the profile's host.
///
/// # Errors
/// The profile names a CA file that cannot be read, or a pin that is none.
pub fn net_dialer(profile: &Profile) -> Result<SharedDialer, LinkError> {
    let tls = match &profile.protection {
        Protection::Plain => None,
        Protection::Tls { trust } => Some(Tls::new(trust, &profile.host)?),
    };
    Ok(Arc::new(Net {
        host: profile.host.clone(),
        port: profile.port,
        tls,
    }))
}

impl Dialer for Net {
    fn dial(&self) -> Dialing {
        let (host, port, tls) = (self.host.clone(), self.port, self.tls.clone());
        Box::pin(async move {
            let tcp = connect(&host, port).await?;
            match tls {
                None => Ok(Box::new(tcp) as Box<dyn Stream>),
                Some(tls) => secure(tcp, &tls).await,
            }
        })
    }
}

async fn connect(host: &str, port: u16) -> Result<TcpStream, LinkError> {
    let unreachable = |detail: String| LinkError::Unreachable { detail };
    let dialing = tokio::time::timeout(CONNECT, TcpStream::connect((host, port)));
    let tcp = match dialing.await {
        Err(_) => return Err(unreachable("no answer within 5 seconds".to_owned())),
        Ok(Err(error)) if error.kind() == ErrorKind::ConnectionRefused => {
            return Err(LinkError::ConnectionRefused);
        }
        Ok(Err(error)) => return Err(unreachable(error.to_string())),
        Ok(Ok(tcp)) => tcp,
    };
    tune(&tcp).map_err(|error| unreachable(error.to_string()))?;
    Ok(tcp)
}

fn tune(tcp: &TcpStream) -> std::io::Result<()> {
    tcp.set_nodelay(true)?;
    let socket = socket2::SockRef::from(tcp);
    socket.set_keepalive(true)?;
    #[cfg(target_os = "linux")]
    socket.set_tcp_user_timeout(Some(USER_TIMEOUT))?;
    Ok(())
}

async fn secure(tcp: TcpStream, tls: &Tls) -> Result<Box<dyn Stream>, LinkError> {
    let (config, found) = tls.config();
    let connector = TlsConnector::from(config);
    match tokio::time::timeout(HANDSHAKE, connector.connect(tls.name(), tcp)).await {
        Err(_) => Err(LinkError::NoGreeting),
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(error)) => Err(tls.explain(&error, &found)),
    }
}
