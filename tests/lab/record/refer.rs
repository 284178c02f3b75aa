//! Transfers by REFER, as the transfer key of a desk phone makes them.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::handset::{Handset, Leg};
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "refer-blind" => blind: "The called transfers the caller",
    "refer-blind-by-caller" => blind_by_caller: "The caller transfers the called",
    "refer-blind-trunk" => blind_trunk: "An outside caller is transferred",
    "refer-blind-rejected" => blind_rejected: "Transferred to a phone that refuses: the transferred is lost",
    "refer-blind-nowhere" => blind_nowhere: "Transferred to a number that does not exist",
    "refer-blind-to-queue" => blind_to_queue: "Transferred into a queue",
    "refer-blind-to-parking" => blind_to_parking: "Transferred to the parking extension",
    "refer-blind-to-outside" => blind_to_outside: "An outside caller is transferred to the outside",
    "refer-attended" => attended: "Two calls of one phone, joined by REFER with Replaces",
    "refer-attended-ringing" => attended_ringing: "Joined while the second still rings, which then answers",
    "refer-attended-trunk" => attended_trunk: "An outside caller is joined with a colleague",
    "refer-attended-parked" => attended_parked: "The transferrer parks herself and joins: ParkedCallSwap",
    "refer-attended-echo" => attended_echo: "Joined with a call that is in an application",
];

/// The other one was transferred to Cara, who answers.
async fn arrives(stage: &mut Stage, cara: &Phone, moved: &str) -> Result<()> {
    cara.wait_ringing().await?;
    stage.mark("transferred").await?;
    cara.answer().await?;
    stage.talking(moved, "103").await?;
    stage.mark("transfer-answered").await
}

async fn blind(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    marco.transfer("103").await?;
    arrives(stage, &cara, "101").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn blind_by_caller(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    anna.transfer("103").await?;
    arrives(stage, &cara, "102").await?;
    marco.hangup().await?;
    stage.clear().await
}

/// Jane called Anna, and they talk.
async fn jane_and_anna(stage: &mut Stage) -> Result<(crate::TrunkCall, Phone, Phone)> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555003").await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("answered").await?;
    Ok((jane, anna, cara))
}

async fn blind_trunk(stage: &mut Stage) -> Result<()> {
    let (jane, anna, cara) = jane_and_anna(stage).await?;
    anna.transfer("103").await?;
    arrives(stage, &cara, "trunk").await?;
    jane.hangup()?;
    stage.clear().await
}

async fn blind_rejected(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    marco.transfer("103").await?;
    cara.wait_ringing().await?;
    stage.mark("transferred").await?;
    cara.reject().await?;
    anna.wait_idle().await?;
    stage.clear().await
}

async fn blind_nowhere(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, _cara] = stage.talkers().await?;
    // The phone is told 404; whether the call survives is what the transcript shows.
    marco.transfer("199").await?;
    stage.mark("asked").await?;
    stage.clear().await
}

async fn blind_to_queue(stage: &mut Stage) -> Result<()> {
    let (jane, anna, cara) = jane_and_anna(stage).await?;
    anna.transfer("610").await?;
    arrives(stage, &cara, "trunk").await?;
    jane.hangup()?;
    stage.clear().await
}

async fn blind_to_parking(stage: &mut Stage) -> Result<()> {
    let (jane, anna, cara) = jane_and_anna(stage).await?;
    anna.transfer("700").await?;
    stage.tape.event("ParkedCall").await?;
    stage.late("parked").await?;
    cara.dial("701").await?;
    stage.talking("trunk", "103").await?;
    stage.mark("retrieved").await?;
    jane.hangup()?;
    stage.clear().await
}

async fn blind_to_outside(stage: &mut Stage) -> Result<()> {
    let _world = stage.pbx.outside().await?;
    let (jane, anna, _cara) = jane_and_anna(stage).await?;
    anna.transfer("9030111").await?;
    stage.pbx.truth().wait_gone("101").await?;
    stage.talking("trunk", "trunk").await?;
    stage.mark("transfer-answered").await?;
    jane.hangup()?;
    stage.clear().await
}

/// Wanda called Marco, who answered; she will call a second number.
async fn wanda_and_marco(stage: &mut Stage, wanda: &Handset, marco: &Phone) -> Result<Leg> {
    let mut first = wanda.dial("102").await?;
    marco.wait_ringing().await?;
    marco.answer().await?;
    first.wait_answered().await?;
    stage.talking("130", "102").await?;
    stage.mark("answered").await?;
    Ok(first)
}

async fn attended(stage: &mut Stage) -> Result<()> {
    let [marco, cara] = stage.phones(["102", "103"]).await?;
    let wanda = stage.pbx.handset();
    stage.begin().await?;
    let mut first = wanda_and_marco(stage, &wanda, &marco).await?;
    let mut second = wanda.dial("103").await?;
    cara.wait_ringing().await?;
    stage.mark("second-ringing").await?;
    cara.answer().await?;
    second.wait_answered().await?;
    stage.talking("130", "103").await?;
    stage.late("consulting").await?;
    first.refer_to(&second).await?;
    stage.talking("102", "103").await?;
    stage.late("joined").await?;
    cara.hangup().await?;
    stage.clear().await
}

async fn attended_ringing(stage: &mut Stage) -> Result<()> {
    let [marco, cara] = stage.phones(["102", "103"]).await?;
    let wanda = stage.pbx.handset();
    stage.begin().await?;
    let mut first = wanda_and_marco(stage, &wanda, &marco).await?;
    let mut second = wanda.dial("103").await?;
    cara.wait_ringing().await?;
    second.wait_ringing().await?;
    stage.mark("second-ringing").await?;
    first.refer_to(&second).await?;
    stage.pbx.truth().wait_gone("130").await?;
    stage.late("left-ringing").await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.mark("joined").await?;
    marco.hangup().await?;
    stage.clear().await
}

async fn attended_trunk(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    let wanda = stage.pbx.handset();
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    let mut first = wanda.dial("9030111").await?;
    first.wait_answered().await?;
    stage.talking("130", "trunk").await?;
    stage.mark("answered").await?;
    let mut second = wanda.dial("103").await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    second.wait_answered().await?;
    stage.talking("130", "103").await?;
    stage.late("consulting").await?;
    first.refer_to(&second).await?;
    stage.talking("trunk", "103").await?;
    stage.mark("joined").await?;
    cara.hangup().await?;
    stage.clear().await
}

async fn attended_echo(stage: &mut Stage) -> Result<()> {
    let [marco] = stage.phones(["102"]).await?;
    let wanda = stage.pbx.handset();
    stage.begin().await?;
    let mut first = wanda_and_marco(stage, &wanda, &marco).await?;
    let mut second = wanda.dial("600").await?;
    second.wait_answered().await?;
    stage.mark("consulting").await?;
    first.refer_to(&second).await?;
    stage.pbx.truth().wait_gone("130").await?;
    stage.late("joined").await?;
    marco.hangup().await?;
    stage.clear().await
}

/// She hears her slot, and puts Marco into it.
async fn attended_parked(stage: &mut Stage) -> Result<()> {
    let [marco, cara] = stage.phones(["102", "103"]).await?;
    let wanda = stage.pbx.handset();
    stage.begin().await?;
    let mut first = wanda_and_marco(stage, &wanda, &marco).await?;
    let mut second = wanda.dial("700").await?;
    second.wait_answered().await?;
    stage.tape.event("ParkedCall").await?;
    stage.mark("parked-herself").await?;
    first.refer_to(&second).await?;
    stage.pbx.truth().wait_gone("130").await?;
    stage.late("swapped").await?;
    cara.dial("701").await?;
    stage.talking("102", "103").await?;
    stage.mark("retrieved").await?;
    marco.hangup().await?;
    stage.clear().await
}
