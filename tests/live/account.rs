//! AMI accounts with more or less rights, and logins that are refused: told in words.

use anyhow::{Result, bail, ensure};
use board::view::CallPhase;
use desk::{LinkError, Status};
use lab::{Pbx, Version};
use operator::{Evidence, Outcome, Refusal, Verb};

use crate::desk::{connection, profile, with_secret};
use crate::on_both;
use crate::seat::{Seat, connect, person, refused};
use crate::shown::Shown;

on_both!(
    logins_that_are_refused,
    accounts_that_see_less,
    an_account_that_may_not_originate
);

/// How a connection ends up: live, or refused for good.
pub(crate) async fn settled(seat: &mut Seat) -> Result<Status> {
    let ended = |shown: &Shown| match shown.status() {
        Some(status @ (Status::Live | Status::Refused { .. } | Status::Lost { .. })) => {
            Some(status.clone())
        }
        Some(Status::Dialing | Status::Loading) | None => None,
    };
    seat.wait("a verdict", ended).await
}

async fn as_user(pbx: &Pbx, user: &str) -> Result<Seat> {
    let mut profile = profile(pbx.ami_port());
    user.clone_into(&mut profile.user);
    Seat::with(connection(profile)?).await
}

async fn logins_that_are_refused(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let mut wrong = Seat::with(with_secret(profile(pbx.ami_port()), "not-it".to_owned())?).await?;
    let mut blocked = as_user(&pbx, "blocked").await?;
    let mut nobody = as_user(&pbx, "nobody").await?;
    for seat in [&mut wrong, &mut blocked, &mut nobody] {
        let status = settled(seat).await?;
        ensure!(
            status
                == Status::Refused {
                    reason: LinkError::WrongSecret
                },
            "{status:?}"
        );
    }
    let mut seat = as_user(&pbx, "readonly").await?;
    match settled(&mut seat).await? {
        Status::Refused {
            reason: LinkError::NoPermission { missing },
        } => ensure!(missing.contains("write = "), "{missing:?}"),
        other @ (Status::Refused { .. }
        | Status::Lost { .. }
        | Status::Live
        | Status::Dialing
        | Status::Loading) => bail!("{other:?}"),
    }
    Ok(())
}

fn blind(seat: &Seat) -> Vec<&str> {
    seat.shown
        .pbx()
        .map(|pbx| pbx.blind.iter().map(|one| one.action.as_str()).collect())
        .unwrap_or_default()
}

/// What they lack is named, and what they may see is true.
async fn accounts_that_see_less(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    let (mut restricted, mut nosystem) = (
        as_user(&pbx, "restricted").await?,
        as_user(&pbx, "nosystem").await?,
    );
    for seat in [&mut restricted, &mut nosystem] {
        let status = settled(seat).await?;
        ensure!(status == Status::Live, "{status:?}");
    }
    ensure!(
        blind(&restricted).contains(&"CoreShowChannels"),
        "{:?}",
        blind(&restricted)
    );
    connect(&pbx, &anna, &marco).await?;
    for seat in [&mut restricted, &mut nosystem] {
        seat.call(CallPhase::Talking, &["101", "102"]).await?;
    }
    ensure!(
        blind(&nosystem) == ["PJSIPShowEndpoints"],
        "{:?}",
        blind(&nosystem)
    );
    nosystem.agrees_with(&pbx).await?;
    let call = nosystem.call(CallPhase::Talking, &["101", "102"]).await?;
    let (_, outcome) = nosystem.transfer(&call.id, person("103")).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Done {
                evidence: Evidence::Ringing
            }
        ),
        "{outcome:?}"
    );
    cara.answer().await?;
    pbx.truth().wait_talking("102", "103").await?;
    // Whoever sees no events must not look live on a picture that never changes.
    let mut deaf = as_user(&pbx, "noevents").await?;
    let status = settled(&mut deaf).await?;
    let told = status == Status::Live && blind(&deaf).contains(&"Events");
    ensure!(
        told || matches!(status, Status::Refused { .. }),
        "an account without events: {status:?} {:?}",
        blind(&deaf)
    );
    Ok(())
}

/// `restricted` may redirect and originate, but asking whether an account may do something is no guess.
async fn an_account_that_may_not_originate(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (_anna, _marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let config = pbx
        .truth()
        .action(&[
            ("Action", "UpdateConfig"),
            ("SrcFilename", "manager.conf"),
            ("DstFilename", "manager.conf"),
            ("Action-000000", "Update"),
            ("Cat-000000", "nosystem"),
            ("Var-000000", "write"),
            ("Value-000000", "call,agent,user,reporting"),
        ])
        .await?;
    ensure!(
        config
            .first()
            .is_some_and(|reply| reply.get("Response") == "Success"),
        "{config:?}"
    );
    pbx.cli("manager reload").await?;
    let mut seat = as_user(&pbx, "nosystem").await?;
    let status = settled(&mut seat).await?;
    ensure!(status == Status::Live, "{status:?}");
    let intent = seat
        .intent(Verb::Originate, &person("101"), Some(person("102")))
        .await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(
        outcome
            == refused(Refusal::NotPermitted {
                action: "Originate".to_owned()
            }),
        "{outcome:?}"
    );
    ensure!(
        pbx.truth().channels().await?.is_empty(),
        "something was sent"
    );
    Ok(())
}
