//! Calls laid aside, and what becomes of them.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "park-retrieved" => retrieved: "Parked by the desk, fetched by a colleague",
    "park-timeout" => timed_out: "Parked too long: comes back to the parker",
    "park-given-up" => given_up: "The parked caller hangs up",
    "park-redirected" => redirected: "The desk moves a parked caller",
];

async fn retrieved(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = parked(stage, "default").await?;
    cara.dial("701").await?;
    stage.talking("101", "103").await?;
    stage.tape.mark("retrieved").await?;
    anna.hangup().await?;
    stage.over().await
}

/// The short lot loses patience after four seconds and rings the one who parked.
async fn timed_out(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = parked(stage, "short").await?;
    marco.wait_ringing().await?;
    stage.tape.mark("came-back").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.tape.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn given_up(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = parked(stage, "default").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn redirected(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = parked(stage, "default").await?;
    let leg = stage.channel("101").await?.uniqueid;
    let redirect = [
        ("Action", "Redirect"),
        ("Channel", leg.as_str()),
        ("Context", "internal"),
        ("Exten", "103"),
        ("Priority", "1"),
    ];
    stage.act(&redirect).await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.tape.mark("redirect-answered").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Anna called Marco, whose desk parks her.
async fn parked(stage: &mut Stage, lot: &str) -> Result<[Phone; 3]> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    let parkee = stage.channel("101").await?.name;
    let parker = stage.channel("102").await?.name;
    let park = [
        ("Action", "Park"),
        ("Channel", parkee.as_str()),
        ("TimeoutChannel", parker.as_str()),
        ("Parkinglot", lot),
    ];
    stage.act(&park).await?;
    stage.tape.event("ParkedCall").await?;
    marco.wait_idle().await?;
    stage.tape.mark("parked").await?;
    Ok([anna, marco, cara])
}
