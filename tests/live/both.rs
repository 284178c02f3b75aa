//! Both parties of a pair go, and nobody is hung up.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Channel, Pbx, Version};
use operator::{Evidence, Outcome, Refusal, Verb};

use crate::on_both;
use crate::seat::{Seat, connect, done, number, office, person, refused, room};
use crate::shown::leg;

on_both!(
    both_go_to_a_conference,
    both_go_to_two_extensions,
    both_go_to_one_extension
);

/// The pair of 101 and 102, talking, and the identities they must keep.
async fn talking(pbx: &Pbx, seat: &mut Seat) -> Result<(lab::Phone, lab::Phone, [String; 2])> {
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let legs = ["101", "102"].map(|end| leg(&call, end).id.key.clone());
    Ok((anna, marco, legs))
}

fn all_live(channels: &[Channel], legs: &[String]) -> bool {
    legs.iter().all(|leg| {
        channels
            .iter()
            .any(|channel| channel.uniqueid == *leg && channel.is_up())
    })
}

async fn both_go_to_a_conference(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, _marco, legs) = talking(&pbx, &mut seat).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let intent = seat
        .intent(Verb::TransferBoth, &call.id, Some(room("680")))
        .await?;
    let preview = seat.desk.preview(intent.clone()).await?;
    ensure!(
        preview.journeys.len() == 2 && preview.released.is_empty(),
        "{preview:?}"
    );
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Joined), "{outcome:?}");
    let channels = pbx.truth().wait_talking("101", "102").await?;
    ensure!(all_live(&channels, &legs), "somebody was hung up");
    ensure!(
        channels
            .iter()
            .filter(|one| legs.contains(&one.uniqueid))
            .all(|one| one.application == "ConfBridge"),
        "{channels:?}"
    );
    seat.call(CallPhase::Conference, &["101", "102"]).await?;
    seat.agrees_with(&pbx).await?;
    let (_, outcome) = {
        let call = seat.call(CallPhase::Conference, &["101", "102"]).await?;
        let intent = seat
            .intent(Verb::HangUp, &leg(&call, "101").id, None)
            .await?;
        seat.carry_out(intent).await?
    };
    ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
    anna.wait_idle().await?;
    seat.call(CallPhase::Conference, &["102"]).await?;
    seat.agrees_with(&pbx).await
}

async fn both_go_to_two_extensions(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_anna, _marco, legs) = talking(&pbx, &mut seat).await?;
    let (cara, _dora) = tokio::try_join!(pbx.phone("103"), pbx.answering_phone("104"))?;
    seat.wait("phones to go to", |shown| {
        [shown.state("103"), shown.state("104")]
            .iter()
            .all(|state| *state == Some(board::view::ExtensionState::Idle))
            .then_some(())
    })
    .await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let mut intent = seat
        .intent(
            Verb::TransferBoth,
            &leg(&call, "101").id,
            Some(person("103")),
        )
        .await?;
    intent.second = Some(person("104"));
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Done {
                evidence: Evidence::Ringing | Evidence::Answered
            }
        ),
        "{outcome:?}"
    );
    cara.wait_ringing().await?;
    cara.answer().await?;
    pbx.truth().wait_talking("101", "103").await?;
    let channels = pbx.truth().wait_talking("102", "104").await?;
    ensure!(all_live(&channels, &legs), "somebody was hung up");
    seat.call(CallPhase::Talking, &["101", "103"]).await?;
    seat.call(CallPhase::Talking, &["102", "104"]).await?;
    seat.agrees_with(&pbx).await
}

async fn both_go_to_one_extension(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_anna, _marco, legs) = talking(&pbx, &mut seat).await?;
    let cara = pbx.phone("103").await?;
    seat.wait("a phone to go to", |shown| {
        (shown.state("103") == Some(board::view::ExtensionState::Idle)).then_some(())
    })
    .await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let intent = seat
        .intent(Verb::TransferBoth, &call.id, Some(person("103")))
        .await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    let ringing = |channels: &[Channel]| {
        channels
            .iter()
            .filter(|one| one.endpoint() == "103" && one.state == "Ringing")
            .count()
            == 2
    };
    let channels = pbx
        .truth()
        .wait_until(ringing, crate::seat::PATIENCE)
        .await?;
    ensure!(all_live(&channels, &legs), "somebody was hung up");
    seat.call(CallPhase::Ringing, &["101", "103"]).await?;
    seat.call(CallPhase::Ringing, &["102", "103"]).await?;
    seat.agrees_with(&pbx).await?;
    let call = seat.call(CallPhase::Ringing, &["101", "103"]).await?;
    let intent = seat
        .intent(Verb::TransferBoth, &call.id, Some(number("601")))
        .await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == refused(Refusal::NotAPair), "{outcome:?}");
    drop(cara);
    Ok(())
}
