//! Consultation begun by a desk with Atxfer, and what a desk does to bridges.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "atxfer-completed" => completed: "Atxfer by the desk, completed by hanging up",
    "atxfer-cancelled" => cancelled: "Atxfer by the desk, taken back with CancelAtxfer while consulting",
    "atxfer-cancelled-ringing" => cancelled_ringing: "Atxfer by the desk, taken back while the target rings",
    "atxfer-rejected" => rejected: "Atxfer by the desk to a phone that refuses",
    "atxfer-not-allowed" => not_allowed: "Atxfer on a call without features: Success, and nothing happens",
    "bridge-two-calls" => two_calls: "One of each of two calls are put together, the others are hung up",
    "bridge-with-parked" => with_parked: "A parked caller is put together with somebody who talks",
    "bridge-with-music" => with_music: "One who hears music and one who hears nothing are put together",
    "bridge-itself" => itself: "A channel bridged with itself: an error, and the call is destroyed",
    "bridge-no-such-channel" => no_such_channel: "A bridge with a channel that does not exist: refused",
    "bridge-third-added" => third_added: "A third person enters a conversation by BridgeAdd",
    "bridge-third-kicked" => third_kicked: "One of three is put out of the bridge by BridgeKick",
    "bridge-destroyed" => destroyed: "The desk destroys the bridge of a conversation",
    "bridge-three-in-conference" => three_in_conference: "The desk makes a conference of a conversation and calls a third into it",
];

async fn atxfer(stage: &mut Stage) -> Result<()> {
    let leg = stage.channel("102").await?.name;
    let atxfer = [
        ("Action", "Atxfer"),
        ("Channel", leg.as_str()),
        ("Exten", "103"),
        ("Context", "internal"),
    ];
    stage.act(&atxfer).await.map(drop)
}

async fn asking(stage: &mut Stage) -> Result<[Phone; 3]> {
    let phones = stage.talkers().await?;
    atxfer(stage).await?;
    phones[2].wait_ringing().await?;
    stage.mark("target-ringing").await?;
    Ok(phones)
}

async fn consulting(stage: &mut Stage) -> Result<[Phone; 3]> {
    let phones = asking(stage).await?;
    phones[2].answer().await?;
    stage.talking("102", "103").await?;
    stage.mark("consulting").await?;
    Ok(phones)
}

async fn cancel(stage: &mut Stage) -> Result<()> {
    let leg = stage.channel("102").await?.name;
    stage
        .act(&[("Action", "CancelAtxfer"), ("Channel", &leg)])
        .await?;
    stage.pbx.truth().wait_gone("103").await?;
    stage.talking("101", "102").await?;
    stage.mark("taken-back").await
}

async fn completed(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = consulting(stage).await?;
    let leg = stage.channel("102").await?.name;
    stage
        .act(&[("Action", "Hangup"), ("Channel", &leg)])
        .await?;
    stage.talking("101", "103").await?;
    stage.mark("completed").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn cancelled(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = consulting(stage).await?;
    cancel(stage).await?;
    anna.hangup().await?;
    stage.over().await
}

async fn cancelled_ringing(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = asking(stage).await?;
    cancel(stage).await?;
    anna.hangup().await?;
    stage.over().await
}

async fn rejected(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = asking(stage).await?;
    cara.reject().await?;
    stage.talking("101", "102").await?;
    stage.mark("back").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Music has no features.
async fn not_allowed(stage: &mut Stage) -> Result<()> {
    let [marco, _cara] = stage.phones(["102", "103"]).await?;
    stage.begin().await?;
    marco.dial("601").await?;
    marco.wait_established().await?;
    stage.mark("answered").await?;
    atxfer(stage).await?;
    stage.mark("asked").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn bridge(stage: &mut Stage, one: &str, other: &str) -> Result<()> {
    let one = stage.channel(one).await?.name;
    let other = stage.channel(other).await?.name;
    let bridge = [
        ("Action", "Bridge"),
        ("Channel1", one.as_str()),
        ("Channel2", other.as_str()),
    ];
    stage.act(&bridge).await.map(drop)
}

async fn two_calls(stage: &mut Stage) -> Result<()> {
    let [dora] = stage.phones(["104"]).await?;
    let [anna, _marco, cara] = stage.talkers().await?;
    stage.connect(&cara, &dora).await?;
    stage.mark("two-calls").await?;
    bridge(stage, "101", "103").await?;
    stage.talking("101", "103").await?;
    dora.wait_idle().await?;
    stage.late("together").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn with_parked(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    stage.act(&[("Action", "Park"), ("Channel", &leg)]).await?;
    marco.wait_idle().await?;
    cara.dial("601").await?;
    cara.wait_established().await?;
    stage.late("parked").await?;
    bridge(stage, "101", "103").await?;
    stage.talking("101", "103").await?;
    stage.mark("together").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn with_music(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    anna.dial("601").await?;
    anna.wait_established().await?;
    cara.dial("602").await?;
    cara.wait_established().await?;
    stage.mark("apart").await?;
    bridge(stage, "101", "103").await?;
    stage.talking("101", "103").await?;
    stage.late("together").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn itself(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    let bridge = [
        ("Action", "Bridge"),
        ("Channel1", leg.as_str()),
        ("Channel2", leg.as_str()),
    ];
    stage.refused(&bridge).await?;
    anna.wait_idle().await?;
    stage.clear().await
}

async fn no_such_channel(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    let bridge = [
        ("Action", "Bridge"),
        ("Channel1", leg.as_str()),
        ("Channel2", "PJSIP/109-ffffffff"),
    ];
    stage.refused(&bridge).await?;
    stage.mark("refused").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn three(stage: &mut Stage) -> Result<[Phone; 3]> {
    let phones = stage.talkers().await?;
    phones[2].dial("332").await?;
    stage.talking("101", "103").await?;
    stage.talking("101", "102").await?;
    stage.mark("three").await?;
    Ok(phones)
}

async fn third_added(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = three(stage).await?;
    stage.late("three-listed").await?;
    cara.hangup().await?;
    stage.pbx.truth().wait_gone("103").await?;
    stage.mark("two-left").await?;
    marco.hangup().await?;
    stage.clear().await
}

async fn third_kicked(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = three(stage).await?;
    let channel = stage.channel("102").await?;
    let kick = [
        ("Action", "BridgeKick"),
        ("BridgeUniqueid", channel.bridge.as_str()),
        ("Channel", channel.name.as_str()),
    ];
    stage.act(&kick).await?;
    stage.pbx.truth().wait_gone("102").await?;
    stage.mark("two-left").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn destroyed(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco, _cara] = stage.talkers().await?;
    let bridge = stage.channel("102").await?.bridge;
    let destroy = [
        ("Action", "BridgeDestroy"),
        ("BridgeUniqueid", bridge.as_str()),
    ];
    stage.act(&destroy).await?;
    stage.over().await
}

async fn three_in_conference(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco, cara] = stage.talkers().await?;
    let (one, other) = (
        stage.channel("101").await?.name,
        stage.channel("102").await?.name,
    );
    let both = [
        ("Action", "Redirect"),
        ("Channel", one.as_str()),
        ("ExtraChannel", other.as_str()),
        ("Context", "internal"),
        ("Exten", "681"),
        ("Priority", "1"),
    ];
    stage.act(&both).await?;
    stage.talking("101", "102").await?;
    stage.mark("two-in-conference").await?;
    let invite = [
        ("Action", "Originate"),
        ("Channel", "PJSIP/103"),
        ("Context", "internal"),
        ("Exten", "681"),
        ("Priority", "1"),
        ("Async", "true"),
        ("ChannelId", "cord-3"),
    ];
    stage.act(&invite).await?;
    cara.wait_ringing().await?;
    stage.mark("third-ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.late("three-in-conference").await?;
    stage.clear().await
}
