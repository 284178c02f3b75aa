//! Local channels: pairs, chains of pairs, optimised away or kept.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "local-one-hop" => one_hop: "A dialplan that dials a Local channel, which is optimised away",
    "local-chain" => chain: "Two Local pairs in a chain, optimised away one after the other",
    "local-chain-kept" => chain_kept: "Two Local pairs in a chain that stay for the whole call (/n)",
    "local-chain-moved" => chain_moved: "The desk moves the caller at the end of a chain that stays",
    "local-chain-cancelled" => chain_cancelled: "The caller gives up while a chain rings",
    "local-chain-rejected" => chain_rejected: "The phone at the end of a chain refuses",
    "local-half-hung-up" => half_hung_up: "The desk hangs up one half of a Local pair",
    "local-far-end" => far_end: "A far end that is nothing but a Local pair and the dialplan",
    "local-optimise-asked" => optimise_asked: "A pair that was to stay is released by LocalOptimizeAway",
    "local-both-ends-held" => held: "Hold through a chain of Local pairs",
];

/// Anna dials a number that reaches Marco over Local channels.
async fn ring_over(stage: &mut Stage, number: &str) -> Result<[Phone; 2]> {
    let phones = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    phones[0].dial(number).await?;
    phones[1].wait_ringing().await?;
    stage.pbx.truth().wait_ringing("102").await?;
    Ok(phones)
}

async fn answered_over(stage: &mut Stage, number: &str) -> Result<[Phone; 2]> {
    let phones = ring_over(stage, number).await?;
    stage.late("ringing").await?;
    phones[1].answer().await?;
    stage.talking("101", "102").await?;
    stage.late("answered").await?;
    Ok(phones)
}

async fn one_hop(stage: &mut Stage) -> Result<()> {
    let [anna, _marco] = answered_over(stage, "224").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn chain(stage: &mut Stage) -> Result<()> {
    let [_anna, marco] = answered_over(stage, "220").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn chain_kept(stage: &mut Stage) -> Result<()> {
    let [_anna, marco] = answered_over(stage, "222").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn chain_moved(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    let [anna, marco] = ring_over(stage, "222").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    stage.redirect("101", "103").await?;
    cara.wait_ringing().await?;
    marco.wait_idle().await?;
    stage.mark("moved").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("redirect-answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn chain_cancelled(stage: &mut Stage) -> Result<()> {
    let [anna, _marco] = ring_over(stage, "222").await?;
    stage.mark("ringing").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn chain_rejected(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = ring_over(stage, "220").await?;
    stage.mark("ringing").await?;
    marco.reject().await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn half_hung_up(stage: &mut Stage) -> Result<()> {
    let [_anna, marco] = ring_over(stage, "222").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    let half = half(stage, "Local/102@internal").await?;
    stage
        .act(&[("Action", "Hangup"), ("Channel", &half)])
        .await?;
    stage.over().await
}

async fn far_end(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("8555").await?;
    anna.wait_far_ringing().await?;
    stage.late("ringing").await?;
    anna.wait_established().await?;
    stage.late("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn optimise_asked(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = ring_over(stage, "222").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    for place in ["Local/223@internal", "Local/102@internal"] {
        let half = half(stage, place).await?;
        let release = [("Action", "LocalOptimizeAway"), ("Channel", half.as_str())];
        stage.act(&release).await?;
    }
    let gone = |channels: &[crate::Channel]| channels.iter().all(|c| !c.name.starts_with("Local/"));
    let patience = std::time::Duration::from_secs(5);
    stage.pbx.truth().wait_until(gone, patience).await?;
    stage.mark("optimised").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn held(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = ring_over(stage, "222").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    anna.hold().await?;
    stage.tape.event("Hold").await?;
    stage.late("held").await?;
    anna.resume().await?;
    stage.tape.event("Unhold").await?;
    stage.mark("resumed").await?;
    marco.hangup().await?;
    stage.over().await
}

/// The first half of the Local pair that goes to a place.
async fn half(stage: &Stage, place: &str) -> Result<String> {
    let channels = stage.pbx.truth().channels().await?;
    let mut halves = channels.into_iter().map(|channel| channel.name);
    let found = halves.find(|name| name.starts_with(place) && name.ends_with(";1"));
    anyhow::Context::context(found, "no Local pair")
}
