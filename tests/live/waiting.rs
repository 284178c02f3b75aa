//! Those who wait, parked or in a queue, are given to somebody.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::Version;
use operator::{After, Evidence};

use crate::on_both;
use crate::seat::{done, office, person};
use crate::shown::leg;

on_both!(a_parked_caller_is_given_away, a_queue_caller_is_given_away);

async fn a_parked_caller_is_given_away(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_anna, cara) = tokio::try_join!(pbx.answering_phone("101"), pbx.phone("103"))?;
    let _caller = pbx
        .trunk_call("4930555003", "+49301234567", "Jane Doe")
        .await?;
    pbx.truth().wait_talking("101", "trunk").await?;
    let parkee = pbx.truth().channel_of("trunk").await?.uniqueid;
    pbx.truth()
        .action(&[("Action", "Park"), ("Channel", &parkee)])
        .await?;
    let parked = seat
        .wait("a parked call", |shown| shown.parked().next().cloned())
        .await?;
    ensure!(parked.name.as_deref() == Some("Jane Doe"), "{parked:?}");
    seat.call(CallPhase::Parked, &["trunk"]).await?;
    let (id, outcome) = seat.transfer(&parked.id, person("103")).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    cara.answer().await?;
    seat.after(id, After::Answered).await?;
    pbx.truth().wait_talking("trunk", "103").await?;
    seat.wait("an empty lot", |shown| {
        shown.parked().next().is_none().then_some(())
    })
    .await?;
    seat.call(CallPhase::Talking, &["103", "trunk"]).await?;
    seat.agrees_with(&pbx).await
}

async fn a_queue_caller_is_given_away(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (emil, cara) = tokio::try_join!(pbx.phone("105"), pbx.phone("103"))?;
    let _caller = pbx
        .trunk_call("4930555004", "+49301234567", "Jane Doe")
        .await?;
    emil.wait_ringing().await?;
    let call = seat.call(CallPhase::Ringing, &["105", "trunk"]).await?;
    let (id, outcome) = seat
        .transfer(&leg(&call, "trunk").id, person("103"))
        .await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    emil.wait_idle().await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    pbx.truth().wait_talking("trunk", "103").await?;
    seat.after(id, After::Answered).await?;
    let empty = |shown: &crate::shown::Shown| {
        shown
            .queues()
            .all(|queue| queue.callers.is_empty())
            .then_some(())
    };
    seat.wait("an empty queue", empty).await?;
    seat.call(CallPhase::Talking, &["103", "trunk"]).await?;
    seat.agrees_with(&pbx).await
}
