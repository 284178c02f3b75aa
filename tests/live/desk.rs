//! How a test connects a desk: profiles of the lab's accounts.

use anyhow::Result;
use board::PbxId;
use desk::{Connection, Profile, Protection, Trust};
use lab::Pbx;
use operator::{Outbound, Rules};

/// The name every test gives its PBX.
pub(crate) fn pbx_id() -> PbxId {
    PbxId::new("lab").expect("a plain name")
}

/// Anna's desk (101) in the clear, with the account an administrator gives to a desk.
pub(crate) fn profile(port: u16) -> Profile {
    Profile {
        pbx: pbx_id(),
        name: "Lab".to_owned(),
        host: "127.0.0.1".to_owned(),
        port,
        protection: Protection::Plain,
        user: "cordboard".to_owned(),
        me: Some("101".to_owned()),
        context: "internal".to_owned(),
        conferences: vec!["680".to_owned()],
        rules: rules(),
    }
}

/// The same over TLS.
pub(crate) fn secure_profile(pbx: &Pbx, trust: Trust) -> Profile {
    Profile {
        protection: Protection::Tls { trust },
        ..profile(pbx.tls_port())
    }
}

/// The connection of a profile, with the lab's secret for its account.
pub(crate) fn connection(profile: Profile) -> Result<Connection> {
    let secret = format!("{}-secret", profile.user);
    with_secret(profile, secret)
}

pub(crate) fn with_secret(profile: Profile, secret: String) -> Result<Connection> {
    let dialer = desk::net_dialer(&profile)?;
    Ok(Connection {
        profile,
        secret: ami::Secret::new(secret),
        dialer,
    })
}

/// What the lab has.
pub(crate) fn rules() -> Rules {
    Rules {
        music: Some("601".to_owned()),
        voicemail: Some("*".to_owned()),
        outbound: Some(Outbound {
            prefix: "9".to_owned(),
            from: 6,
            plus: "00".to_owned(),
        }),
        may_listen: true,
        ..Rules::default()
    }
}
