//! The PBX dies, restarts, freezes; the link is cut at the worst moment. Nothing is painted that is not known, nothing sent twice.

use std::time::Duration;

use anyhow::{Result, ensure};
use board::view::CallPhase;
use desk::{LinkError, Status};
use lab::proxy::Mode;
use lab::{Pbx, Proxy, Version};
use operator::{Intent, Outcome, Refusal, Verb};
use tokio::time::{Instant, sleep};

use crate::on_both;
use crate::seat::{PATIENCE, Seat, connect, office, person, refused};
use crate::shown::{Shown, leg};

on_both!(
    a_power_cut_ends_every_call,
    a_restart_ends_every_call,
    a_frozen_pbx_is_noticed,
    a_link_cut_after_the_write_leaves_the_outcome_unknown,
    a_link_cut_before_the_write_arrives_leaves_it_unknown_too,
    a_slow_link_in_small_pieces,
);

/// While the picture is old it stays on show, and nothing can be done with it.
async fn locked(seat: &mut Seat) -> Result<()> {
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let intent = seat
        .intent(Verb::Transfer, &call.id, Some(person("103")))
        .await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Refused {
                refusal: Refusal::NotLive | Refusal::Gone
            }
        ),
        "{outcome:?}"
    );
    let intent = seat
        .intent(Verb::Originate, &person("101"), Some(person("103")))
        .await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Refused {
                refusal: Refusal::NotLive | Refusal::NoPhone
            }
        ),
        "{outcome:?}"
    );
    let offers = seat.desk.offers(call.id).await?.offers;
    ensure!(
        offers.iter().all(|offer| offer.refusal.is_some()),
        "offers on an old picture: {offers:?}"
    );
    Ok(())
}

/// Live again, soon after the PBX says to another client that it is booted, with none of the old calls.
async fn comes_back(pbx: &mut Pbx, seat: &mut Seat) -> Result<()> {
    let live = |shown: &Shown| (shown.status() == Some(&Status::Live)).then_some(());
    let booted = async { pbx.wait_booted().await.map(|()| Instant::now()) };
    let back = async {
        seat.wait_within(Duration::from_secs(25), "a live desk", live)
            .await
            .map(|()| Instant::now())
    };
    let (booted, back) = tokio::try_join!(booted, back)?;
    seat.silence().await?;
    seat.agrees_with(pbx).await?;
    let took = back.saturating_duration_since(booted);
    ensure!(
        took <= Duration::from_secs(2),
        "live only {took:?} after the PBX was booted"
    );
    Ok(())
}

async fn a_power_cut_ends_every_call(version: Version) -> Result<()> {
    let (mut pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    seat.call(CallPhase::Talking, &["101", "102"]).await?;
    pbx.kill9();
    let reason = seat.wait_lost(Duration::from_secs(2)).await?;
    ensure!(
        matches!(reason, LinkError::Closed | LinkError::ConnectionRefused),
        "{reason:?}"
    );
    locked(&mut seat).await?;
    pbx.power_on()?;
    comes_back(&mut pbx, &mut seat).await
}

async fn a_restart_ends_every_call(version: Version) -> Result<()> {
    let (mut pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    seat.call(CallPhase::Talking, &["101", "102"]).await?;
    // The console dies with what it asked for.
    drop(pbx.cli("core restart now").await);
    seat.wait_lost(Duration::from_secs(30)).await?;
    comes_back(&mut pbx, &mut seat).await
}

async fn a_frozen_pbx_is_noticed(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    seat.call(CallPhase::Talking, &["101", "102"]).await?;
    pbx.stop_signal()?;
    let reason = seat.wait_lost(Duration::from_secs(8)).await?;
    ensure!(
        matches!(reason, LinkError::Silence | LinkError::Unreachable { .. }),
        "{reason:?}"
    );
    locked(&mut seat).await?;
    pbx.cont_signal()?;
    seat.wait_within(Duration::from_secs(20), "a live desk", |shown| {
        (shown.status() == Some(&Status::Live)).then_some(())
    })
    .await?;
    seat.agrees_with(&pbx).await
}

/// Anna talks with Marco, Cara is there; the desk is behind a slow proxy, and a transfer to Cara has begun.
async fn transfer_begun(pbx: &Pbx, proxy: &Proxy, seat: &mut Seat) -> Result<Intent> {
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    seat.wait("103 idle", |shown| {
        (shown.state("103") == Some(board::view::ExtensionState::Idle)).then_some(())
    })
    .await?;
    pbx.truth().wait_talking("101", "102").await?;
    let intent = seat
        .intent(Verb::Transfer, &leg(&call, "102").id, Some(person("103")))
        .await?;
    proxy.set(Mode::Delay(Duration::from_millis(150)));
    let accepted = seat.desk.perform(intent.clone()).await?;
    ensure!(accepted.is_ok(), "{accepted:?}");
    let deadline = Instant::now() + PATIENCE;
    while proxy.count("Redirect") == 0 {
        ensure!(Instant::now() < deadline, "no Redirect was written");
        sleep(Duration::from_millis(2)).await;
    }
    Ok(intent)
}

/// Unknown it stays, and it is not sent again: not at the reconnect, not when the same gesture comes once more.
async fn stays_unknown(proxy: &Proxy, seat: &mut Seat, intent: Intent) -> Result<()> {
    let outcome = seat.outcome(intent.id).await?;
    ensure!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    let logins = proxy.count("Login");
    proxy.set(Mode::Pass);
    seat.wait("a new login", |_| {
        (proxy.count("Login") > logins || logins > 1).then_some(())
    })
    .await?;
    seat.wait_live().await?;
    seat.desk.perform(intent.clone()).await?.ok();
    ensure!(
        matches!(seat.outcome(intent.id).await?, Outcome::Unknown { .. }),
        "{}",
        seat.shown
    );
    Ok(())
}

async fn behind_a_proxy(version: Version) -> Result<(Pbx, Proxy, Seat)> {
    let pbx = Pbx::start(version).await?;
    let proxy = Proxy::start(pbx.ami_port()).await?;
    let seat = Seat::at(proxy.port()).await?;
    Ok((pbx, proxy, seat))
}

/// It did happen: the new picture shows the call where it is now.
async fn a_link_cut_after_the_write_leaves_the_outcome_unknown(version: Version) -> Result<()> {
    let (pbx, proxy, mut seat) = behind_a_proxy(version).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &anna, &marco).await?;
    let intent = transfer_begun(&pbx, &proxy, &mut seat).await?;
    proxy.set(Mode::Deaf);
    cara.wait_ringing().await?;
    proxy.cut();
    stays_unknown(&proxy, &mut seat, intent).await?;
    seat.call(CallPhase::Ringing, &["102", "103"]).await?;
    seat.agrees_with(&pbx).await?;
    cara.answer().await?;
    pbx.truth().wait_talking("102", "103").await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    ensure!(
        proxy.count("Redirect") == 1,
        "{} Redirects",
        proxy.count("Redirect")
    );
    Ok(())
}

/// It did not happen: the call goes on as it was.
async fn a_link_cut_before_the_write_arrives_leaves_it_unknown_too(version: Version) -> Result<()> {
    let (pbx, proxy, mut seat) = behind_a_proxy(version).await?;
    let (anna, marco, _cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &anna, &marco).await?;
    let intent = transfer_begun(&pbx, &proxy, &mut seat).await?;
    proxy.reset();
    stays_unknown(&proxy, &mut seat, intent).await?;
    seat.agrees_with(&pbx).await?;
    pbx.truth().wait_talking("101", "102").await?;
    ensure!(
        proxy.count("Redirect") == 1,
        "{} Redirects",
        proxy.count("Redirect")
    );
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let (_, outcome) = seat.transfer(&leg(&call, "102").id, person("109")).await?;
    ensure!(
        outcome == refused(Refusal::TargetOffline),
        "the desk is of use again: {outcome:?}"
    );
    Ok(())
}

async fn a_slow_link_in_small_pieces(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let proxy = Proxy::start(pbx.ami_port()).await?;
    proxy.set(Mode::Slice);
    let mut seat = Seat::at(proxy.port()).await?;
    let (anna, marco, _cara) = tokio::try_join!(
        pbx.phone("101"),
        pbx.phone("102"),
        pbx.answering_phone("103")
    )?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let (_, outcome) = seat.transfer(&call.id, person("103")).await?;
    ensure!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
    pbx.truth().wait_talking("102", "103").await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    seat.agrees_with(&pbx).await
}
