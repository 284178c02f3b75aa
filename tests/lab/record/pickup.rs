//! A colleague takes a call that rings elsewhere.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "pickup-directed" => directed: "The call of a named extension is taken with *81 and its number",
    "pickup-trunk" => trunk: "An outside caller's call is taken",
    "pickup-group-call" => group_call: "A call that rings three phones is taken by a fourth",
    "pickup-nothing" => nothing: "Nothing rings: the one who tries is hung up",
    "pickup-queue-call" => queue_call: "A call that a queue offers to a member is taken by somebody else",
    "pickup-over-local" => over_local: "A call that rings behind a Local pair is taken",
];

async fn directed(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.mark("ringing").await?;
    cara.dial("*8102").await?;
    stage.talking("101", "103").await?;
    marco.wait_idle().await?;
    stage.late("picked-up").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn trunk(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555003").await?;
    anna.wait_ringing().await?;
    stage.mark("ringing").await?;
    cara.dial("*8").await?;
    stage.talking("trunk", "103").await?;
    anna.wait_idle().await?;
    stage.mark("picked-up").await?;
    jane.hangup()?;
    stage.over().await
}

async fn group_call(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    let [george] = stage.phones(["107"]).await?;
    stage.begin().await?;
    anna.dial("210").await?;
    marco.wait_ringing().await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    george.dial("*8").await?;
    stage.talking("101", "107").await?;
    marco.wait_idle().await?;
    cara.wait_idle().await?;
    stage.late("picked-up").await?;
    george.hangup().await?;
    stage.over().await
}

async fn nothing(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    cara.dial("*8").await?;
    stage.tape.event("Hangup").await?;
    cara.wait_idle().await?;
    stage.mark("group").await?;
    cara.dial("*8102").await?;
    stage.tape.event("Hangup").await?;
    stage.over().await
}

async fn queue_call(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555001").await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    anna.dial("*8").await?;
    stage.talking("trunk", "101").await?;
    cara.wait_idle().await?;
    stage.late("picked-up").await?;
    jane.hangup()?;
    stage.over().await
}

async fn over_local(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    anna.dial("222").await?;
    marco.wait_ringing().await?;
    stage.mark("ringing").await?;
    cara.dial("*8").await?;
    stage.talking("101", "103").await?;
    marco.wait_idle().await?;
    stage.mark("picked-up").await?;
    anna.hangup().await?;
    stage.over().await
}
