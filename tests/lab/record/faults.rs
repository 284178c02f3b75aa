//! The PBX goes away under a desk.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "core-restart" => core_restart: "A restart under a call: silence, then a new PBX",
    "core-stop-gracefully" => core_stop: "A shutdown that says so",
    "kill-9" => kill: "A crash under a call",
];

async fn core_restart(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    stage.pbx.cli("core restart now").await?;
    stage.tape.closed().await?;
    stage.pbx.wait_booted().await?;
    stage.begin().await
}

async fn core_stop(stage: &mut Stage) -> Result<()> {
    let [_anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    stage.pbx.cli("core stop gracefully").await?;
    stage.tape.closed().await
}

async fn kill(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    stage.pbx.kill9();
    stage.tape.closed().await?;
    stage.pbx.boot().await?;
    stage.begin().await
}
