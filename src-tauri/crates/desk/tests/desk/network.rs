//! Real sockets on loopback: closed ports, wrong protocols, and every way a certificate may be wrong.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use desk::{LinkError, Profile, Protection, Trial, Trust, net_dialer, try_connection};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, version};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A PBX's certificate with its key, and who has signed it.
struct Identity {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
    /// SHA-256 of the public key, as the desk shows it.
    fingerprint: String,
}

type Ca = CertifiedIssuer<'static, KeyPair>;

fn ca() -> Ca {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"))
        .expect("a certificate")
}

fn identity(ca: &Ca, name: &str) -> Identity {
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    let certificate = params.signed_by(&key, ca).expect("a certificate");
    let digest = Sha256::digest(webpki_key(certificate.der()));
    Identity {
        certificate: certificate.der().clone(),
        key: key.serialize_der(),
        fingerprint: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn webpki_key(certificate: &CertificateDer<'_>) -> Vec<u8> {
    let parsed = webpki::EndEntityCert::try_from(certificate).expect("a certificate");
    parsed.subject_public_key_info().to_vec()
}

fn pem(ca: &Ca) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(ca.pem().as_bytes()).expect("written");
    file
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// Greets, then says no to every login: enough to know that the two understand each other.
async fn greet(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    drop(stream.write_all(b"Asterisk Call Manager/11.0.0\r\n").await);
    let mut buffer = [0; 4096];
    while let Ok(count) = stream.read(&mut buffer).await {
        if count == 0 {
            return;
        }
        drop(
            stream
                .write_all(b"Response: Error\r\nMessage: Authentication failed\r\n\r\n")
                .await,
        );
    }
}

/// An AMI over TLS; its address.
async fn secure_ami(identity: &Identity) -> SocketAddr {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key.clone()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS12, &version::TLS13])
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![identity.certificate.clone()], key)
        .expect("an identity");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, address) = listener().await;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    greet(stream).await;
                }
            });
        }
    });
    address
}

/// Something else listens.
async fn listening<F: Future<Output = ()> + Send>(
    serve: impl Fn(TcpStream) -> F + Send + 'static,
) -> SocketAddr {
    let (listener, address) = listener().await;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            serve(stream).await;
        }
    });
    address
}

fn profile(address: SocketAddr, protection: Protection) -> Profile {
    Profile {
        host: "localhost".to_owned(),
        port: address.port(),
        protection,
        ..desk::practice_profile()
    }
}

/// Why trying fails.
async fn failure(address: SocketAddr, protection: Protection) -> LinkError {
    let profile = profile(address, protection);
    let dialer = net_dialer(&profile).expect("a usable profile");
    let secret = desk::practice_secret();
    let trial = tokio::time::timeout(
        Duration::from_secs(20),
        try_connection(&profile, &secret, dialer),
    );
    match trial.await.expect("an end") {
        Trial::Failed { reason } => reason,
        works @ Trial::Works { .. } => panic!("{works:?}"),
    }
}

fn tls(trust: Trust) -> Protection {
    Protection::Tls { trust }
}

/// The certificate was accepted: the login was reached.
const REACHED: LinkError = LinkError::WrongSecret;

#[tokio::test]
async fn a_certificate_of_the_right_ca_is_accepted() {
    let ca = ca();
    let address = secure_ami(&identity(&ca, "localhost")).await;
    let file = pem(&ca);
    let path = file.path().display().to_string();
    assert_eq!(failure(address, tls(Trust::Ca { path })).await, REACHED);
}

#[tokio::test]
async fn another_ca_or_another_name_is_refused() {
    let (right, wrong) = (ca(), ca());
    let file = pem(&wrong);
    let path = file.path().display().to_string();
    let address = secure_ami(&identity(&right, "localhost")).await;
    let reason = failure(address, tls(Trust::Ca { path })).await;
    assert!(
        matches!(reason, LinkError::Certificate { .. }),
        "{reason:?}"
    );
    let file = pem(&right);
    let path = file.path().display().to_string();
    let address = secure_ami(&identity(&right, "pbx.example.org")).await;
    let reason = failure(address, tls(Trust::Ca { path })).await;
    assert!(
        matches!(reason, LinkError::Certificate { .. }),
        "{reason:?}"
    );
}

#[tokio::test]
async fn an_unknown_key_is_shown_for_comparison_and_then_pinned() {
    let known = identity(&ca(), "whatever");
    let address = secure_ami(&known).await;
    let reason = failure(address, tls(Trust::Nobody)).await;
    assert_eq!(
        reason,
        LinkError::Untrusted {
            sha256: known.fingerprint.clone()
        }
    );
    let grouped = known.fingerprint.to_uppercase();
    assert_eq!(
        failure(address, tls(Trust::Pin { sha256: grouped })).await,
        REACHED
    );
}

#[tokio::test]
async fn a_changed_key_is_a_hard_stop() {
    let (before, after) = (identity(&ca(), "localhost"), identity(&ca(), "localhost"));
    let address = secure_ami(&after).await;
    let reason = failure(
        address,
        tls(Trust::Pin {
            sha256: before.fingerprint.clone(),
        }),
    )
    .await;
    assert_eq!(
        reason,
        LinkError::KeyChanged {
            expected: before.fingerprint,
            found: after.fingerprint
        }
    );
}

#[tokio::test]
async fn tls_to_a_plain_port_and_plain_to_a_tls_port_are_named() {
    let plain = listening(greet).await;
    assert_eq!(failure(plain, tls(Trust::Nobody)).await, LinkError::NotTls);
    let secure = secure_ami(&identity(&ca(), "localhost")).await;
    assert_eq!(
        failure(secure, Protection::Plain).await,
        LinkError::NoGreeting
    );
}

#[tokio::test]
async fn a_port_where_nothing_listens_is_refused() {
    let (listener, address) = listener().await;
    drop(listener);
    assert_eq!(
        failure(address, Protection::Plain).await,
        LinkError::ConnectionRefused
    );
}

#[tokio::test]
async fn a_port_that_closes_at_once_may_be_an_acl() {
    let address = listening(|stream| async move { drop(stream) }).await;
    assert_eq!(
        failure(address, Protection::Plain).await,
        LinkError::ClosedEarly
    );
    assert!(matches!(
        failure(address, tls(Trust::Nobody)).await,
        LinkError::ClosedEarly | LinkError::Unreachable { .. }
    ));
}

#[tokio::test]
async fn an_ssh_server_is_no_ami() {
    let address = listening(|mut stream| async move {
        drop(stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").await);
        tokio::io::copy(&mut stream, &mut tokio::io::sink())
            .await
            .map(drop)
            .unwrap_or_default();
    })
    .await;
    assert_eq!(
        failure(address, Protection::Plain).await,
        LinkError::NotAmi {
            greeting: "SSH-2.0-OpenSSH_9.2".to_owned()
        }
    );
}

#[tokio::test]
async fn a_profile_that_cannot_be_used_says_what_is_wrong() {
    let (_, address) = listener().await;
    for trust in [
        Trust::Pin {
            sha256: "abc".into(),
        },
        Trust::Ca {
            path: "/no/such/file.pem".into(),
        },
    ] {
        let error = net_dialer(&profile(address, tls(trust))).expect_err("unusable");
        assert!(matches!(error, LinkError::Profile { .. }), "{error:?}");
    }
}
