//! Who is fetched out of a queue and not taken by my own phone is not forgotten.

use anyhow::{Result, ensure};
use board::view::{CallPhase, ExtensionState};
use lab::Version;
use operator::{Evidence, SentState, Verb};

use super::{house, sent, until};
use crate::on_both;
use crate::seat::{done, person};

on_both!(whom_my_own_phone_rejects_is_told);

async fn whom_my_own_phone_rejects_is_told(version: Version) -> Result<()> {
    let (pbx, mut seat) = house(version, |_| {}).await?;
    let anna = pbx.phone("101").await?;
    until(&mut seat, "my phone", |shown| {
        shown.state("101") == Some(ExtensionState::Idle)
    })
    .await?;
    let _caller = pbx
        .trunk_call("4930555004", "+49301234567", "Jane Doe")
        .await?;
    seat.call(CallPhase::Queued, &["trunk"]).await?;
    let next = seat.intent(Verb::Next, &person("101"), None).await?;
    let (_, outcome) = seat.carry_out(next).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    anna.wait_ringing().await?;
    ensure!(
        sent(&seat.shown).is_none(),
        "my phone rings:\n{}",
        seat.shown
    );
    anna.reject().await?;
    until(&mut seat, "not taken", |shown| {
        sent(shown).is_some_and(|view| {
            view.state == SentState::NotTaken
                && view.name.as_deref() == Some("Jane Doe")
                && view.to.number == "101"
        })
    })
    .await
}
