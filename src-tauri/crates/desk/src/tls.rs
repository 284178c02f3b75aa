//! Who is trusted: a CA, or one very key. Asterisk's own certificates are usually self-signed, so the key's SHA-256 is shown for
//! comparison the first time and pinned; another key later is a hard stop.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};

use crate::{LinkError, Trust};

/// The fingerprint that was presented.
pub(crate) type Found = Arc<OnceLock<String>>;

/// TLS as one profile wants it.
#[derive(Debug, Clone)]
pub(crate) struct Tls {
    name: ServerName<'static>,
    roots: Option<Arc<RootCertStore>>,
    pin: Option<String>,
}

impl Tls {
    pub(crate) fn new(trust: &Trust, host: &str) -> Result<Self, LinkError> {
        let unusable = |detail: String| LinkError::Profile { detail };
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| unusable(format!("{host:?} is no host name")))?;
        let (roots, pin) = match trust {
            Trust::Nobody => (None, None),
            Trust::Ca { path } => (Some(Arc::new(roots(path).map_err(unusable)?)), None),
            Trust::Pin { sha256 } => (
                None,
                Some(
                    pin(sha256)
                        .ok_or_else(|| unusable("the pin is no SHA-256 in hex".to_owned()))?,
                ),
            ),
        };
        Ok(Self { name, roots, pin })
    }

    pub(crate) fn name(&self) -> ServerName<'static> {
        self.name.clone()
    }

    pub(crate) fn config(&self) -> (Arc<ClientConfig>, Found) {
        let found = Found::default();
        let provider = Arc::new(ring::default_provider());
        let verifier = Arc::new(Verifier {
            provider: Arc::clone(&provider),
            roots: self.roots.clone(),
            pin: self.pin.clone(),
            found: Arc::clone(&found),
        });
        let builder =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = match builder {
            Ok(builder) => builder
                .dangerous()
                .with_custom_certificate_verifier(verifier)
                .with_no_client_auth(),
            // The ring provider supports both versions; an empty configuration would trust nobody.
            Err(_) => ClientConfig::builder()
                .with_root_certificates(RootCertStore::empty())
                .with_no_client_auth(),
        };
        (Arc::new(config), found)
    }

    /// What a failed handshake means to a person.
    pub(crate) fn explain(&self, error: &std::io::Error, found: &Found) -> LinkError {
        let cause = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<Error>());
        match (cause, found.get(), &self.pin) {
            (Some(Error::InvalidMessage(_)), _, _) => LinkError::NotTls,
            (_, Some(sha256), None) if self.roots.is_none() => LinkError::Untrusted {
                sha256: sha256.clone(),
            },
            (_, Some(sha256), Some(pin)) if sha256 != pin => LinkError::KeyChanged {
                expected: pin.clone(),
                found: sha256.clone(),
            },
            (Some(cause), _, _) => LinkError::Certificate {
                detail: cause.to_string(),
            },
            // An ACL, a limit of sessions, or a PBX on its way down: no reason to give up for good.
            (None, _, _) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                LinkError::ClosedEarly
            }
            (None, _, _) => LinkError::Unreachable {
                detail: error.to_string(),
            },
        }
    }
}

fn roots(path: &str) -> Result<RootCertStore, String> {
    let mut store = RootCertStore::empty();
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|error| format!("CA file {path}: {error}"))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| format!("CA file {path}: {error}"))?;
        store
            .add(certificate)
            .map_err(|error| format!("CA file {path}: {error}"))?;
    }
    if store.is_empty() {
        Err(format!("CA file {path} holds no certificate"))
    } else {
        Ok(store)
    }
}

/// 64 hex digits, however people group them.
fn pin(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ':' | ' '))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let fits = digits.len() == 64 && digits.chars().all(|c| c.is_ascii_hexdigit());
    fits.then_some(digits)
}

/// SHA-256 of the SubjectPublicKeyInfo: stays the same when the certificate is renewed with the same key.
fn fingerprint(certificate: &CertificateDer<'_>) -> Result<String, Error> {
    let parsed = webpki::EndEntityCert::try_from(certificate)
        .map_err(|_| Error::General("not a certificate".to_owned()))?;
    let digest = Sha256::digest(parsed.subject_public_key_info());
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    roots: Option<Arc<RootCertStore>>,
    pin: Option<String>,
    found: Found,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let presented = self
            .found
            .get_or_init(|| fingerprint(end_entity).unwrap_or_default());
        match (&self.roots, &self.pin) {
            (Some(roots), _) => {
                let builder = WebPkiServerVerifier::builder_with_provider(
                    Arc::clone(roots),
                    Arc::clone(&self.provider),
                );
                let verifier = builder
                    .build()
                    .map_err(|error| Error::General(error.to_string()))?;
                verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp, now)
            }
            (None, Some(pin)) if pin == presented => Ok(ServerCertVerified::assertion()),
            (None, _) => Err(Error::General("this key is not trusted".to_owned())),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_read_however_it_is_grouped() {
        let plain = "ab".repeat(32);
        assert_eq!(pin(&plain), Some(plain.clone()));
        assert_eq!(pin(&["AB"; 32].join(":")), Some(plain));
        assert_eq!(pin("abcd"), None);
    }
}
