//! A desk makes a call between two people: their phone first, then the target.

use anyhow::{Result, ensure};

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::message::Message;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "originate-answered" => answered: "The desk's own phone first, then the target",
    "originate-target-rejects" => target_rejects: "The target refuses",
    "originate-rejected" => rejected: "The own phone refuses",
    "originate-timeout" => timeout: "The own phone is not answered in time",
    "originate-unregistered" => unregistered: "The own phone is not there",
    "originate-no-such-extension" => no_such_extension: "The action itself is refused",
    "originate-id-in-use" => id_in_use: "A ChannelId used twice",
    "originate-local-optimised" => local_optimised: "A Local pair that vanishes once both talk",
    "originate-local-kept" => local_kept: "A Local pair that stays (/n)",
];

async fn answered(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    originate(stage, "PJSIP/101", "102", &[]).await?;
    anna.wait_ringing().await?;
    stage.tape.mark("own-phone-ringing").await?;
    anna.answer().await?;
    let outcome = outcome(stage).await?;
    ensure!(outcome.get("Response") == "Success", "{outcome:?}");
    marco.wait_ringing().await?;
    stage.tape.mark("target-ringing").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.tape.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn target_rejects(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    originate(stage, "PJSIP/101", "102", &[]).await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    marco.wait_ringing().await?;
    stage.tape.mark("target-ringing").await?;
    marco.reject().await?;
    stage.tape.event("Hangup").await?;
    stage.clear().await
}

async fn rejected(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    originate(stage, "PJSIP/101", "102", &[]).await?;
    anna.wait_ringing().await?;
    stage.tape.mark("own-phone-ringing").await?;
    anna.reject().await?;
    failed(stage).await
}

async fn timeout(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    originate(stage, "PJSIP/101", "102", &[("Timeout", "2000")]).await?;
    anna.wait_ringing().await?;
    failed(stage).await
}

async fn unregistered(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    originate(stage, "PJSIP/109", "102", &[]).await?;
    failed(stage).await
}

async fn no_such_extension(stage: &mut Stage) -> Result<()> {
    let [_anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    stage
        .refused(&action("PJSIP/101", "199", "cord-1", "cord-2"))
        .await?;
    stage.over().await
}

async fn id_in_use(stage: &mut Stage) -> Result<()> {
    let [anna, _cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    originate(stage, "PJSIP/101", "601", &[]).await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    anna.wait_established().await?;
    outcome(stage).await?;
    stage.tape.mark("answered").await?;
    originate(stage, "PJSIP/103", "601", &[]).await?;
    let second = outcome(stage).await?;
    ensure!(second.get("Response") == "Failure", "{second:?}");
    stage.tape.mark("refused").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn local_optimised(stage: &mut Stage) -> Result<()> {
    local(stage, "Local/101@internal").await
}

async fn local_kept(stage: &mut Stage) -> Result<()> {
    local(stage, "Local/101@internal/n").await
}

/// Both ends are dialled by the dialplan; in between is a pair of Local channels.
async fn local(stage: &mut Stage, channel: &str) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    originate(stage, channel, "102", &[]).await?;
    anna.wait_ringing().await?;
    stage.tape.mark("own-phone-ringing").await?;
    anna.answer().await?;
    marco.wait_ringing().await?;
    stage.tape.mark("target-ringing").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.tape.mark("answered").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn originate(
    stage: &mut Stage,
    channel: &str,
    exten: &str,
    more: &[(&str, &str)],
) -> Result<()> {
    let mut headers = action(channel, exten, "cord-1", "cord-2").to_vec();
    if !channel.starts_with("Local/") {
        headers.retain(|(name, _)| *name != "OtherChannelId");
    }
    headers.extend(more);
    stage.act(&headers).await.map(drop)
}

fn action<'a>(
    channel: &'a str,
    exten: &'a str,
    id: &'a str,
    other: &'a str,
) -> [(&'static str, &'a str); 9] {
    [
        ("Action", "Originate"),
        ("Channel", channel),
        ("Context", "internal"),
        ("Exten", exten),
        ("Priority", "1"),
        ("CallerID", "\"Anna Rossi\" <101>"),
        ("Async", "true"),
        ("ChannelId", id),
        ("OtherChannelId", other),
    ]
}

async fn outcome(stage: &mut Stage) -> Result<Message> {
    stage.tape.event("OriginateResponse").await
}

async fn failed(stage: &mut Stage) -> Result<()> {
    let outcome = outcome(stage).await?;
    ensure!(outcome.get("Response") == "Failure", "{outcome:?}");
    stage.over().await
}
