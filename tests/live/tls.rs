//! Who is trusted, and what else may listen on a port.

use anyhow::{Result, ensure};
use desk::{LinkError, Status, Trust};
use lab::{Pbx, Version};

use crate::account::settled;
use crate::desk::{connection, profile, secure_profile};
use crate::on_both;
use crate::seat::Seat;

on_both!(a_ca_a_pin_and_a_stranger, ports_of_something_else);

async fn a_ca_a_pin_and_a_stranger(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let ca = Trust::Ca {
        path: pbx.ca_pem_path().display().to_string(),
    };
    let key = pbx.key_fingerprint()?;
    let pin = Trust::Pin {
        sha256: key.clone(),
    };
    let mut pinned = Seat::live(connection(secure_profile(&pbx, pin.clone()))?).await?;
    ensure!(
        pinned.shown.pbx().is_some_and(|view| !view.unprotected),
        "TLS is protection"
    );
    pinned.agrees_with(&pbx).await?;
    Seat::live(connection(secure_profile(&pbx, ca.clone()))?)
        .await?
        .agrees_with(&pbx)
        .await?;
    let mut stranger = Seat::with(connection(secure_profile(&pbx, Trust::Nobody))?).await?;
    let status = settled(&mut stranger).await?;
    ensure!(
        status
            == Status::Refused {
                reason: LinkError::Untrusted {
                    sha256: key.clone()
                }
            },
        "{status:?}"
    );
    let old_ca = std::env::temp_dir().join(format!("cordboard-ca-{}.pem", std::process::id()));
    std::fs::copy(pbx.ca_pem_path(), &old_ca)?;
    pbx.renew_certificate().await?;
    let found = pbx.key_fingerprint()?;
    let mut changed = Seat::with(connection(secure_profile(&pbx, pin))?).await?;
    let status = settled(&mut changed).await?;
    ensure!(
        status
            == Status::Refused {
                reason: LinkError::KeyChanged {
                    expected: key,
                    found
                }
            },
        "{status:?}"
    );
    let by_old_ca = Trust::Ca {
        path: old_ca.display().to_string(),
    };
    let mut foreign = Seat::with(connection(secure_profile(&pbx, by_old_ca))?).await?;
    let status = settled(&mut foreign).await;
    std::fs::remove_file(&old_ca)?;
    ensure!(
        matches!(
            status,
            Ok(Status::Refused {
                reason: LinkError::Certificate { .. }
            })
        ),
        "{status:?}"
    );
    Ok(())
}

async fn ports_of_something_else(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let mut plain_to_tls = Seat::with(connection(profile(pbx.tls_port()))?).await?;
    let status = settled(&mut plain_to_tls).await?;
    let silent =
        |reason: &LinkError| matches!(reason, LinkError::NoGreeting | LinkError::ClosedEarly);
    ensure!(
        matches!(&status, Status::Lost { reason, .. } if silent(reason)),
        "plain to the TLS port: {status:?}"
    );
    let mut tls_to_plain = secure_profile(&pbx, Trust::Nobody);
    tls_to_plain.port = pbx.ami_port();
    let status = settled(&mut Seat::with(connection(tls_to_plain)?).await?).await?;
    ensure!(
        status
            == Status::Refused {
                reason: LinkError::NotTls
            },
        "TLS to the plain port: {status:?}"
    );
    let nobody = std::net::TcpListener::bind(("127.0.0.1", 0))?
        .local_addr()?
        .port();
    let status = settled(&mut Seat::with(connection(profile(nobody))?).await?).await?;
    ensure!(
        matches!(
            status,
            Status::Lost {
                reason: LinkError::ConnectionRefused,
                ..
            }
        ),
        "nobody there: {status:?}"
    );
    Ok(())
}
