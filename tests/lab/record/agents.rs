//! Agents of the agent pool: they log in by phone and hear music until a caller comes.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "agent-login-logoff" => login_logoff: "An agent logs in by phone and hangs up",
    "agent-logged-off-by-desk" => by_desk: "The desk logs an agent off, softly and at once",
    "agent-called" => called: "A caller asks for an agent and is served",
    "agent-in-queue" => in_queue: "An agent serves a queue by way of a Local channel",
    "agent-absent" => absent: "A caller asks for an agent who is not logged in",
];

async fn log_in(stage: &mut Stage) -> Result<Phone> {
    let [emil] = stage.phones(["105"]).await?;
    stage.begin().await?;
    emil.dial("*47").await?;
    stage.tape.event("AgentLogin").await?;
    stage.tape.ask_list(&[("Action", "Agents")]).await?;
    stage.mark("logged-in").await?;
    Ok(emil)
}

async fn login_logoff(stage: &mut Stage) -> Result<()> {
    let emil = log_in(stage).await?;
    stage.late("listed").await?;
    emil.hangup().await?;
    stage.tape.event("AgentLogoff").await?;
    stage.over().await
}

async fn by_desk(stage: &mut Stage) -> Result<()> {
    let emil = log_in(stage).await?;
    stage
        .act(&[
            ("Action", "AgentLogoff"),
            ("Agent", "105"),
            ("Soft", "true"),
        ])
        .await?;
    stage.tape.event("AgentLogoff").await?;
    emil.wait_idle().await?;
    stage.over().await?;
    emil.dial("*47").await?;
    stage.tape.event("AgentLogin").await?;
    stage.mark("logged-in-again").await?;
    stage
        .act(&[("Action", "AgentLogoff"), ("Agent", "105")])
        .await?;
    emil.wait_idle().await?;
    stage.over().await
}

async fn called(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let emil = log_in(stage).await?;
    // For five seconds after the login an agent counts as busy.
    let ready = |m: &crate::message::Message| {
        m.get("Device") == "Agent:105" && m.get("State") == "NOT_INUSE"
    };
    stage.tape.until("the agent is ready", ready).await?;
    stage.mark("ready").await?;
    anna.dial("551").await?;
    stage.talking("101", "105").await?;
    stage.tape.ask_list(&[("Action", "Agents")]).await?;
    stage.late("serving").await?;
    anna.hangup().await?;
    stage.pbx.truth().wait_gone("101").await?;
    stage.mark("waiting-again").await?;
    emil.hangup().await?;
    stage.over().await
}

async fn in_queue(stage: &mut Stage) -> Result<()> {
    let emil = log_in(stage).await?;
    let add = [
        ("Action", "QueueAdd"),
        ("Queue", "vip"),
        ("Interface", "Local/105@agents/n"),
        ("MemberName", "Emil, agent"),
        ("StateInterface", "Agent:105"),
    ];
    stage.act(&add).await?;
    stage.mark("member").await?;
    let jane = stage.jane("4930555010").await?;
    stage.talking("trunk", "105").await?;
    stage.late("serving").await?;
    jane.hangup()?;
    stage.pbx.truth().wait_gone("trunk").await?;
    stage.mark("waiting-again").await?;
    emil.hangup().await?;
    stage.over().await
}

async fn absent(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("551").await?;
    stage.tape.event("Hangup").await?;
    anna.wait_idle().await?;
    stage.over().await
}
