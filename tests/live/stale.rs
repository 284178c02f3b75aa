//! The world moves on between the grab and the drop.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Pbx, Proxy, Version};
use operator::{After, Outcome, Refusal, Verb};

use crate::on_both;
use crate::seat::{Seat, connect, office, person, refused};
use crate::shown::leg;

on_both!(
    two_desks_send_the_same_caller,
    a_call_that_has_changed_is_left_alone,
    the_same_gesture_twice_is_one_operation
);

async fn a_call_that_has_changed_is_left_alone(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara, _dora) =
        tokio::try_join!(pbx.phone("102"), pbx.phone("103"), pbx.phone("104"))?;
    marco.dial("103").await?;
    cara.wait_ringing().await?;
    let call = seat.call(CallPhase::Ringing, &["102", "103"]).await?;
    let subject = leg(&call, "102").id.clone();
    let transfer = seat
        .intent(Verb::Transfer, &subject, Some(person("104")))
        .await?;
    let hangup = seat.intent(Verb::HangUp, &call.id, None).await?;
    cara.answer().await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    for intent in [&transfer, &hangup] {
        let preview = seat.desk.preview(intent.clone()).await?;
        ensure!(preview.refusal == Some(Refusal::MovedOn), "{preview:?}");
        let (_, outcome) = seat.carry_out(intent.clone()).await?;
        ensure!(outcome == refused(Refusal::MovedOn), "{outcome:?}");
    }
    pbx.truth().wait_talking("102", "103").await?;
    let late = seat
        .intent(Verb::Transfer, &subject, Some(person("104")))
        .await?;
    marco.hangup().await?;
    seat.silence().await?;
    let (_, outcome) = seat.carry_out(late).await?;
    ensure!(outcome == refused(Refusal::Gone), "{outcome:?}");
    pbx.truth().wait_silent().await?;
    seat.agrees_with(&pbx).await
}

async fn the_same_gesture_twice_is_one_operation(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let proxy = Proxy::start(pbx.ami_port()).await?;
    let mut seat = Seat::at(proxy.port()).await?;
    let (anna, marco, _cara, _dora) = tokio::try_join!(
        pbx.phone("101"),
        pbx.phone("102"),
        pbx.answering_phone("103"),
        pbx.phone("104")
    )?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let intent = seat
        .intent(Verb::Transfer, &call.id, Some(person("103")))
        .await?;
    let other = seat
        .intent(Verb::Transfer, &call.id, Some(person("104")))
        .await?;
    let id = seat.desk.perform(intent.clone()).await?;
    ensure!(id == Ok(intent.id), "{id:?}");
    ensure!(
        seat.desk.perform(intent.clone()).await? == id,
        "the second gesture is the first"
    );
    let second = seat.desk.perform(other).await?;
    ensure!(second == Err(Refusal::Pending), "{second:?}");
    let outcome = seat.outcome(intent.id).await?;
    ensure!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
    pbx.truth().wait_talking("102", "103").await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    ensure!(
        seat.desk.perform(intent.clone()).await? == id,
        "and so is a third, when it is over"
    );
    seat.agrees_with(&pbx).await?;
    ensure!(
        proxy.count("Redirect") == 1,
        "{} Redirects",
        proxy.count("Redirect")
    );
    Ok(())
}

/// Two operators send one caller to two people in the same moment: the later write wins, and neither is told a lie.
async fn two_desks_send_the_same_caller(version: Version) -> Result<()> {
    let (pbx, mut anna_sees) = office(version).await?;
    let mut other_sees = Seat::at(pbx.ami_port()).await?;
    let (anna, cara, dora) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("103"), pbx.phone("104"))?;
    let _caller = pbx
        .trunk_call("4930555003", "+49301234567", "Jane Doe")
        .await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    let mut intents = Vec::new();
    for (seat, to) in [(&mut anna_sees, "103"), (&mut other_sees, "104")] {
        let call = seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
        let subject = leg(&call, "trunk").id.clone();
        intents.push(
            seat.intent(Verb::Transfer, &subject, Some(person(to)))
                .await?,
        );
    }
    let (first, second) = (intents[0].clone(), intents[1].clone());
    let (one, two) = tokio::try_join!(
        anna_sees.desk.perform(first.clone()),
        other_sees.desk.perform(second.clone())
    )?;
    ensure!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    let rings = |channels: &[lab::Channel]| {
        let ringing: Vec<_> = channels
            .iter()
            .filter(|one| one.state == "Ringing")
            .collect();
        channels.len() == 2 && ringing.len() == 1
    };
    let outcomes = (
        anna_sees.outcome(first.id).await?,
        other_sees.outcome(second.id).await?,
    );
    let channels = pbx.truth().wait_until(rings, crate::seat::PATIENCE).await?;
    let at_cara = channels.iter().any(|one| one.endpoint() == "103");
    let (winner, phone, loser, lost) = if at_cara {
        (&mut anna_sees, &cara, &mut other_sees, second.id)
    } else {
        (&mut other_sees, &dora, &mut anna_sees, first.id)
    };
    phone.answer().await?;
    pbx.truth().wait_talking("trunk", phone.number()).await?;
    winner
        .call(CallPhase::Talking, &["trunk", phone.number()])
        .await?;
    loser
        .call(CallPhase::Talking, &["trunk", phone.number()])
        .await?;
    let told = loser
        .wait("the truth about the move that lost", |shown| {
            let view = shown.operation(lost)?;
            (view.after != Some(After::Ringing)).then_some((view.outcome.clone(), view.after))
        })
        .await?;
    let lie = told.1 == Some(After::Answered)
        || told.0 == Some(crate::seat::done(operator::Evidence::Answered));
    ensure!(!lie, "{told:?}, first {outcomes:?}");
    winner.agrees_with(&pbx).await?;
    loser.agrees_with(&pbx).await
}
