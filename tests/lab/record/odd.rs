//! Servers that are set up otherwise, reloaded, or seen by accounts with fewer rights.

use anyhow::{Result, ensure};

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "rights-no-reporting" => no_reporting: "Calls as seen without the class reporting: most lists are refused",
    "rights-no-agent" => no_agent: "Calls as seen without the class agent",
    "rights-no-call" => no_call: "Calls as seen without the class call: nothing but extensions and queues",
    "rights-no-system" => no_system: "Calls, a queue and a parked caller as seen without the class system",
    "rights-dialplan" => dialplan: "Calls as seen by an account that gets the dialplan's steps, keys and bills too",
    "filter-hides" => filter_hides: "An account from which extension and device states are hidden",
    "filter-names" => filter_names: "An account which gets only the events that are named",
    "events-disabled" => events_disabled: "A server that never sends device states and dials (disabledevents)",
    "channel-variables" => channel_variables: "A server that adds variables to every channel event and list",
    "timestamps" => timestamps: "A server that adds the time to every event",
    "system-name" => system_name: "A server with a name, which is in every event and id",
    "reload-all" => reload_all: "Everything is reloaded under a conversation",
    "reload-dialplan" => reload_dialplan: "Hints come, change and go by a reload of the dialplan",
    "module-unloaded" => module_unloaded: "The queues' module goes, with its actions, and comes back",
    "reload-manager" => reload_manager: "AMI itself is reloaded: sessions stay",
];

/// A short working day: a call, a caller in a queue who is served, somebody parked.
async fn day(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    let jane = stage.jane("4930555001").await?;
    cara.wait_ringing().await?;
    stage.tape.mark("waiting").await?;
    cara.answer().await?;
    stage.talking("trunk", "103").await?;
    stage.tape.mark("served").await?;
    let parkee = stage.channel("101").await?.name;
    let park = [("Action", "Park"), ("Channel", parkee.as_str())];
    stage.pbx.truth().action(&park).await?;
    stage.pbx.truth().wait_gone("102").await?;
    stage.tape.mark("parked").await?;
    jane.hangup()?;
    stage.clear().await
}

async fn seen_by(stage: &mut Stage, user: &str) -> Result<()> {
    stage.begin_as(user).await?;
    day(stage).await
}

async fn no_reporting(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "noreporting").await
}

async fn no_agent(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "noagent").await
}

async fn no_call(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "nocall").await
}

async fn no_system(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "nosystem").await
}

async fn dialplan(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "dialplan").await
}

async fn filter_hides(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "filtered").await
}

async fn filter_names(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "wanted").await
}

/// A setting of the manager's general part, in force after a reload.
async fn with_setting(stage: &mut Stage, setting: &str) -> Result<()> {
    let general = format!("[general]\n{setting}");
    stage.pbx.configure("manager.conf", |text| {
        text.replacen("[general]", &general, 1)
    })?;
    stage.pbx.cli("manager reload").await.map(drop)
}

async fn events_disabled(stage: &mut Stage) -> Result<()> {
    with_setting(
        stage,
        "disabledevents = DeviceStateChange,DialBegin,DialState,DialEnd",
    )
    .await?;
    stage.begin().await?;
    day(stage).await
}

async fn channel_variables(stage: &mut Stage) -> Result<()> {
    with_setting(
        stage,
        "channelvars = CORDBOARD_TAG,CALLERID(num),DIALSTATUS",
    )
    .await?;
    stage.begin().await?;
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.connect(&anna, &marco).await?;
    let leg = stage.channel("101").await?.name;
    let tag = [
        ("Action", "Setvar"),
        ("Channel", leg.as_str()),
        ("Variable", "CORDBOARD_TAG"),
        ("Value", "a: b=c"),
    ];
    stage.act(&tag).await?;
    stage.late("answered").await?;
    stage.tape.ask_list(&[("Action", "Status")]).await?;
    stage.mark("asked").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn timestamps(stage: &mut Stage) -> Result<()> {
    with_setting(stage, "timestampevents = yes").await?;
    stage.begin().await?;
    day(stage).await
}

async fn system_name(stage: &mut Stage) -> Result<()> {
    stage.pbx.configure("asterisk.conf", |text| {
        text.replace("[options]", "[options]\nsystemname = berlin-1")
    })?;
    stage.pbx.restart().await?;
    stage.begin().await?;
    day(stage).await
}

async fn reload_all(stage: &mut Stage) -> Result<()> {
    let [anna, ..] = stage.talkers().await?;
    stage.pbx.cli("module reload").await?;
    stage.tape.event("Reload").await?;
    stage.late("reloaded").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn reload_dialplan(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    stage.pbx.configure("extensions_stories.conf", |text| {
        text.replace(
            "exten => 291,hint,Custom:LAMP",
            "exten => 293,hint,Custom:OTHER",
        )
        .replace(
            "exten => 290,hint,PJSIP/107&Custom:DND107",
            "exten => 290,hint,Custom:DND107",
        )
    })?;
    stage.pbx.cli("dialplan reload").await?;
    stage.late("reloaded").await
}

async fn module_unloaded(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    let unload = [
        ("Action", "ModuleLoad"),
        ("Module", "app_queue.so"),
        ("LoadType", "unload"),
    ];
    stage.act(&unload).await?;
    stage.refused(&[("Action", "QueueStatus")]).await?;
    stage.late("unloaded").await?;
    let load = [
        ("Action", "ModuleLoad"),
        ("Module", "app_queue.so"),
        ("LoadType", "load"),
    ];
    stage.act(&load).await?;
    stage.tape.ask_list(&[("Action", "QueueStatus")]).await?;
    stage.late("loaded").await
}

async fn reload_manager(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    let output = stage.pbx.cli("manager reload").await?;
    ensure!(!output.contains("No such"), "{output}");
    stage.mark("reloaded").await
}
