//! Who was sent, or waited for somebody, is fetched or sent on: and each way that can end otherwise.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Phone, Version};
use operator::{CampState, Evidence, Intent, Refusal, Verb};

use super::gives_up::comes_and_goes;
use super::gone::nobody_comes;
use super::my_phone::turned_away;
use super::{Office, failed, idle, off};
use crate::net::camp;
use crate::on_both;
use crate::seat::{done, person, refused};

on_both!(
    who_is_fetched_back_to_a_phone_that_turns_them_away_is_told,
    who_is_fetched_back_gives_up_while_my_phone_rings,
    who_was_sent_and_is_gone_rings_no_phone_of_mine,
    nobody_is_fetched_back_to_a_phone_that_is_off,
    who_waited_is_sent_and_turned_away,
    who_waited_is_gone_before_they_are_sent,
);

/// Jane rings Cara's phone, and is to come back to Anna's.
async fn sent(office: &mut Office) -> Result<Phone> {
    let cara = office.pbx.phone("103").await?;
    idle(&mut office.seat, &["103"]).await?;
    let outcome = office.does(Verb::Transfer, Some(person("103"))).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    cara.wait_ringing().await?;
    office.anna.wait_idle().await?;
    idle(&mut office.seat, &["101"]).await?;
    Ok(cara)
}

async fn fetches(office: &mut Office) -> Result<Intent> {
    office
        .seat
        .call(CallPhase::Ringing, &["103", "trunk"])
        .await?;
    office.wish(Verb::Take, None).await
}

/// Neither of us takes it.
async fn who_is_fetched_back_to_a_phone_that_turns_them_away_is_told(
    version: Version,
) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = sent(&mut office).await?;
    let intent = fetches(&mut office).await?;
    turned_away(&mut office, intent).await?;
    cara.wait_idle().await
}

async fn who_is_fetched_back_gives_up_while_my_phone_rings(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = sent(&mut office).await?;
    let intent = fetches(&mut office).await?;
    comes_and_goes(&mut office, intent).await?;
    cara.wait_idle().await
}

async fn who_was_sent_and_is_gone_rings_no_phone_of_mine(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = sent(&mut office).await?;
    let intent = fetches(&mut office).await?;
    nobody_comes(&mut office, intent).await?;
    cara.wait_idle().await
}

/// They go on ringing where they were sent.
async fn nobody_is_fetched_back_to_a_phone_that_is_off(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = sent(&mut office).await?;
    let Office {
        pbx,
        proxy,
        mut seat,
        anna,
        line: _line,
        jane,
    } = office;
    anna.switch_off().await?;
    off(&mut seat, "101").await?;
    let intent = seat.intent(Verb::Take, &jane, None).await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == refused(Refusal::TargetOffline), "{outcome:?}");
    ensure!(proxy.count("Redirect") == 1, "fetched all the same");
    cara.answer().await?;
    pbx.truth().wait_talking("103", "trunk").await?;
    seat.agrees_with(&pbx).await
}

/// Cara's line was busy, and Jane waits for it; then Cara hangs up, and it is offered to send her.
async fn waited(office: &mut Office) -> Result<(Phone, Intent)> {
    let cara = office.pbx.phone("103").await?;
    cara.dial("601").await?;
    office.seat.call(CallPhase::Application, &["103"]).await?;
    let outcome = office.does(Verb::Camp, Some(person("103"))).await?;
    ensure!(outcome == done(Evidence::Arrived), "{outcome:?}");
    office.hears_music("trunk").await?;
    cara.hangup().await?;
    let free = |shown: &crate::shown::Shown| (camp(shown) == Some(CampState::Free)).then_some(());
    office.seat.wait("Cara is free", free).await?;
    let intent = office.wish(Verb::Transfer, Some(person("103"))).await?;
    Ok((cara, intent))
}

async fn who_waited_is_sent_and_turned_away(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (cara, intent) = waited(&mut office).await?;
    let (id, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    cara.wait_ringing().await?;
    cara.reject().await?;
    office.unanswered(id).await
}

async fn who_waited_is_gone_before_they_are_sent(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (cara, intent) = waited(&mut office).await?;
    let id = office.writes(intent, "Redirect").await?;
    office.jane_leaves().await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    ensure!(cara.calls().is_empty(), "Cara's phone rings for nobody");
    office.all_quiet().await
}
