//! Several people in one room.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] =
    scenarios!["conference-three" => three: "Three join and leave"];

async fn three(stage: &mut Stage) -> Result<()> {
    let phones = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    for phone in &phones {
        phone.dial("680").await?;
        phone.wait_established().await?;
        let name = format!("joined-{}", phone.number());
        stage.tape.event("ConfbridgeJoin").await?;
        stage.tape.mark(&name).await?;
    }
    stage.talking("101", "103").await?;
    for phone in &phones {
        phone.hangup().await?;
        stage.tape.event("ConfbridgeLeave").await?;
        stage.tape.mark(&format!("left-{}", phone.number())).await?;
    }
    stage.over().await
}
