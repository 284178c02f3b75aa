//! Silenced outside of a room: nothing tells of it, so the desk says so and remembers.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::proxy::Mode;
use lab::{Pbx, Version};
use operator::{Evidence, Refusal, Verb, Warning};

use super::{act, as_user, behind_a_proxy, failed_by_pbx, not_permitted, offered};
use crate::on_both;
use crate::seat::{connect, done, office, refused};
use crate::shown::leg;

on_both!(
    a_leg_is_silenced_and_heard_again_by_the_word_of_the_pbx,
    the_desk_remembers_it_across_a_lost_link,
    a_leg_that_is_gone_is_not_silenced,
);

async fn a_leg_is_silenced_and_heard_again_by_the_word_of_the_pbx(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let caras = leg(&call, "103").id.clone();
    // Often enough that the order of their ids cannot be what makes it right.
    for round in 0..4 {
        let intent = seat.intent(Verb::Mute, &caras, None).await?;
        let warnings = seat.desk.preview(intent.clone()).await?.warnings;
        ensure!(warnings == [Warning::NoProof], "{warnings:?}");
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(outcome == done(Evidence::Word), "{round}: {outcome:?}");
        let again = act(&mut seat, Verb::Mute, &caras, None).await?;
        ensure!(again == refused(Refusal::NotInThisState), "{again:?}");
        ensure!(
            offered(&seat, Verb::Mute, &leg(&call, "102").id)
                .await?
                .is_some(),
            "only one of them was silenced"
        );
        let outcome = act(&mut seat, Verb::Unmute, &caras, None).await?;
        ensure!(outcome == done(Evidence::Word), "{round}: {outcome:?}");
        let again = act(&mut seat, Verb::Unmute, &caras, None).await?;
        ensure!(again == refused(Refusal::NotInThisState), "{again:?}");
    }
    let mut nosystem = as_user(&pbx, "nosystem").await?;
    let outcome = act(&mut nosystem, Verb::Mute, &caras, None).await?;
    ensure!(outcome == not_permitted("MuteAudio"), "{outcome:?}");
    seat.agrees_with(&pbx).await
}

async fn the_desk_remembers_it_across_a_lost_link(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (proxy, mut seat) = behind_a_proxy(&pbx).await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let caras = leg(&call, "103").id.clone();
    let outcome = act(&mut seat, Verb::Mute, &caras, None).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    proxy.cut();
    seat.wait("a lost link", |shown| {
        matches!(shown.status(), Some(::desk::Status::Lost { .. })).then_some(())
    })
    .await?;
    seat.wait_live().await?;
    let outcome = act(&mut seat, Verb::Unmute, &caras, None).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    Ok(())
}

async fn a_leg_that_is_gone_is_not_silenced(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (proxy, mut seat) = behind_a_proxy(&pbx).await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let caras = leg(&call, "103").id.clone();
    proxy.set(Mode::Deaf);
    cara.hangup().await?;
    pbx.truth().wait_silent().await?;
    let intent = seat.intent(Verb::Mute, &caras, None).await?;
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not written");
    proxy.set(Mode::Pass);
    let outcome = seat.outcome(id).await?;
    ensure!(failed_by_pbx(&outcome).is_some(), "{outcome:?}");
    ensure!(proxy.count("MuteAudio") == 1, "written twice");
    Ok(())
}
