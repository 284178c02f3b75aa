//! Connecting to a PBX where calls are up already, and seeing them end.

use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::time::{Instant, sleep};

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::truth::Channel;

const PATIENCE: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(20);

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "sync-bridged" => bridged: "Connecting while two people talk",
    "sync-ringing" => ringing: "Connecting while a phone rings",
    "sync-queue" => queue: "Connecting while a queue rings a member",
    "sync-parked" => parked: "Connecting while a caller is parked",
    "sync-conference" => conference: "Connecting while three confer",
    "sync-held" => held: "Connecting while a call is on hold",
    "sync-everything" => everything: "Connecting in the middle of a busy day",
];

async fn bridged(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.connect(&anna, &marco).await?;
    stage.begin().await?;
    anna.hangup().await?;
    stage.over().await
}

async fn ringing(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.ring(&anna, &marco).await?;
    stage.begin().await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.tape.mark("answered").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn queue(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    let caller = stage
        .pbx
        .trunk_call("4930555001", "+4930111", "Jane Doe")
        .await?;
    cara.wait_ringing().await?;
    stage.begin().await?;
    cara.answer().await?;
    stage.talking("trunk", "103").await?;
    stage.tape.mark("answered").await?;
    caller.hangup()?;
    stage.over().await
}

async fn parked(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.connect(&anna, &marco).await?;
    park(stage, "101").await?;
    stage.begin().await?;
    marco.dial("701").await?;
    stage.talking("101", "102").await?;
    stage.tape.mark("retrieved").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn conference(stage: &mut Stage) -> Result<()> {
    let phones = stage.phones(["101", "102", "103"]).await?;
    for phone in &phones {
        phone.dial("680").await?;
        phone.wait_established().await?;
    }
    stage.talking("101", "103").await?;
    stage.begin().await?;
    stage.clear().await
}

async fn held(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.connect(&anna, &marco).await?;
    anna.hold().await?;
    wait_held(stage, "102").await?;
    stage.begin().await?;
    anna.resume().await?;
    stage.tape.event("Unhold").await?;
    stage.tape.mark("resumed").await?;
    anna.hangup().await?;
    stage.over().await
}

/// A busy moment: a conversation, a ringing call, somebody parked, somebody in a
/// queue, a conference and an IVR, all at once.
async fn everything(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara, emil] = stage.phones(["101", "102", "103", "105"]).await?;
    let [george, helene, ingrid] = stage.phones(["107", "108", "109"]).await?;
    let [janis, keiko] = stage.phones(["110", "111"]).await?;
    stage.connect(&janis, &marco).await?;
    park(stage, "110").await?;
    stage.connect(&anna, &marco).await?;
    let waiting = stage
        .pbx
        .trunk_call("4930555001", "+4930222", "Zoë Waits")
        .await?;
    cara.wait_ringing().await?;
    let served = stage
        .pbx
        .trunk_call("4930555004", "+4930333", "Carl Served")
        .await?;
    emil.wait_ringing().await?;
    emil.answer().await?;
    stage.talking("trunk", "105").await?;
    stage.ring(&george, &helene).await?;
    for (phone, number) in [(&ingrid, "680"), (&keiko, "620")] {
        phone.dial(number).await?;
        phone.wait_established().await?;
    }
    stage.begin().await?;
    waiting.hangup()?;
    served.hangup()?;
    stage.clear().await
}

/// Waits until that extension's hint says: on hold.
async fn wait_held(stage: &Stage, number: &str) -> Result<()> {
    let question = [
        ("Action", "ExtensionState"),
        ("Context", "hints"),
        ("Exten", number),
    ];
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = stage.pbx.truth().action(&question).await?;
        match answer.first().map_or("", |reply| reply.get("Status")) {
            "16" => return Ok(()),
            status => ensure!(Instant::now() < deadline, "{number} is {status}, not held"),
        }
        sleep(POLL).await;
    }
}

async fn park(stage: &Stage, endpoint: &str) -> Result<()> {
    let parkee = stage.channel(endpoint).await?;
    let truth = stage.pbx.truth();
    let park = [("Action", "Park"), ("Channel", parkee.name.as_str())];
    truth.action(&park).await?;
    let alone = |channels: &[Channel]| channels.iter().all(|c| c.endpoint() != "102");
    truth.wait_until(alone, PATIENCE).await.map(drop)
}
