//! Callers who wait in a queue.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "queue-answered" => answered: "A caller waits, a member answers",
    "queue-answered-over-local" => answered_over_local: "A member reached over a Local channel",
    "queue-abandoned" => abandoned: "The caller gives up",
    "queue-timeout" => timed_out: "The queue gives the caller up",
    "queue-two-callers" => two_callers: "One is served, the other gives up",
];

async fn answered(stage: &mut Stage) -> Result<()> {
    served_by(stage, "103").await
}

/// Dora's phone is a member by way of a Local channel.
async fn answered_over_local(stage: &mut Stage) -> Result<()> {
    served_by(stage, "104").await
}

async fn served_by(stage: &mut Stage, number: &str) -> Result<()> {
    let [member] = stage.phones([number]).await?;
    stage.begin().await?;
    let caller = stage
        .pbx
        .trunk_call("4930555001", "+49301234567", "Jane Doe")
        .await?;
    member.wait_ringing().await?;
    stage.tape.mark("waiting").await?;
    member.answer().await?;
    stage.tape.event("AgentConnect").await?;
    stage.tape.mark("answered").await?;
    caller.hangup()?;
    stage.over().await
}

async fn abandoned(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    let caller = stage
        .pbx
        .trunk_call("4930555001", "+49301234567", "Jane Doe")
        .await?;
    cara.wait_ringing().await?;
    stage.tape.mark("waiting").await?;
    caller.hangup()?;
    stage.over().await
}

/// Extension 612 waits three seconds, then goes on in the dialplan.
async fn timed_out(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("612").await?;
    stage.tape.event("QueueCallerLeave").await?;
    stage.tape.mark("left").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn two_callers(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    let first = stage
        .pbx
        .trunk_call("4930555001", "+49301111111", "First")
        .await?;
    cara.wait_ringing().await?;
    let second = stage
        .pbx
        .trunk_call("4930555001", "+49302222222", "Second")
        .await?;
    let is_second = |event: &crate::message::Message| {
        event.is_event("QueueCallerJoin") && event.get("Position") == "2"
    };
    stage.tape.until("the second caller", is_second).await?;
    stage.tape.mark("waiting").await?;
    cara.answer().await?;
    stage.tape.event("AgentConnect").await?;
    stage.tape.mark("answered").await?;
    second.hangup()?;
    stage.tape.event("QueueCallerAbandon").await?;
    stage.tape.mark("abandoned").await?;
    first.hangup()?;
    stage.over().await
}
