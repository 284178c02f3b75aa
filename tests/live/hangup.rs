//! Hanging up a leg, a call, a call that rings.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::Version;
use operator::{Evidence, Verb};

use crate::on_both;
use crate::seat::{connect, done, office};
use crate::shown::leg;

on_both!(a_leg_a_call_and_a_ringing_call_end);

async fn a_leg_a_call_and_a_ringing_call_end(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    for whole in [false, true] {
        connect(&pbx, &marco, &cara).await?;
        let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
        let subject = if whole {
            &call.id
        } else {
            &leg(&call, "103").id
        };
        let intent = seat.intent(Verb::HangUp, subject, None).await?;
        let released = seat.desk.preview(intent.clone()).await?.released;
        ensure!(released.len() == if whole { 2 } else { 1 }, "{released:?}");
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
        pbx.truth().wait_silent().await?;
        marco.wait_idle().await?;
        cara.wait_idle().await?;
        seat.silence().await?;
    }
    for grabbed in ["call", "102", "103"] {
        marco.dial("103").await?;
        cara.wait_ringing().await?;
        let call = seat.call(CallPhase::Ringing, &["102", "103"]).await?;
        let subject = if grabbed == "call" {
            &call.id
        } else {
            &leg(&call, grabbed).id
        };
        let intent = seat.intent(Verb::HangUp, subject, None).await?;
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(outcome == done(Evidence::HungUp), "{grabbed}: {outcome:?}");
        pbx.truth().wait_silent().await?;
        cara.wait_idle().await?;
        seat.silence().await?;
    }
    seat.agrees_with(&pbx).await
}
