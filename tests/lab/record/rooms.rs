//! Conference rooms: who is in charge, who is silent, who talks.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "conference-alone" => alone: "One person waits in a room with music, a second comes, and goes",
    "conference-admin" => admin: "An administrator and a guest",
    "conference-mute" => mute: "The desk mutes and unmutes one of two",
    "conference-kick" => kick: "The desk puts one out, then all",
    "conference-lock" => lock: "The desk locks the room, a third is turned away, and unlocks it",
    "conference-record" => record: "The desk records the room",
    "conference-talking" => talking: "Somebody talks: ConfbridgeTalking on and off",
    "conference-marked" => marked: "Guests wait for the marked person, and are put out when she leaves",
    "conference-two-rooms" => two_rooms: "Two rooms at once, one person moved from one to the other",
    "conference-trunk" => trunk: "An outside caller in a room",
    "conference-held" => held: "A participant holds: the others go on",
    "conference-parked-from" => parked_from: "A participant cannot be parked: refused",
    "conference-empty-actions" => empty_actions: "What is refused when there is no room",
];

async fn join(stage: &mut Stage, phone: &Phone, number: &str) -> Result<()> {
    phone.dial(number).await?;
    phone.wait_established().await?;
    let own = phone.number().to_owned();
    let joined =
        |m: &crate::message::Message| m.is_event("ConfbridgeJoin") && m.get("CallerIDNum") == own;
    stage.tape.until("ConfbridgeJoin", joined).await?;
    stage.mark(&format!("joined-{own}")).await
}

/// Anna and Marco are in 680.
async fn pair(stage: &mut Stage) -> Result<[Phone; 2]> {
    let phones = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    for phone in &phones {
        join(stage, phone, "680").await?;
    }
    stage.talking("101", "102").await?;
    Ok(phones)
}

async fn on_room(stage: &mut Stage, action: &str, more: &[(&str, &str)]) -> Result<()> {
    let mut headers = vec![("Action", action), ("Conference", "680")];
    headers.extend(more);
    stage.act(&headers).await.map(drop)
}

/// What the lists say about the room.
async fn listed(stage: &mut Stage) -> Result<()> {
    stage
        .tape
        .ask_list(&[("Action", "ConfbridgeListRooms")])
        .await?;
    stage
        .tape
        .ask_list(&[("Action", "ConfbridgeList"), ("Conference", "680")])
        .await
}

async fn alone(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    join(stage, &anna, "680").await?;
    stage.late("waiting").await?;
    join(stage, &marco, "680").await?;
    marco.hangup().await?;
    stage.tape.event("ConfbridgeLeave").await?;
    stage.mark("alone-again").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn admin(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    join(stage, &anna, "*680").await?;
    join(stage, &marco, "680").await?;
    listed(stage).await?;
    stage.late("together").await?;
    stage.clear().await
}

async fn mute(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco] = pair(stage).await?;
    let leg = stage.channel("102").await?.name;
    let leg = [("Channel", leg.as_str())];
    on_room(stage, "ConfbridgeMute", &leg).await?;
    listed(stage).await?;
    stage.late("muted").await?;
    on_room(stage, "ConfbridgeUnmute", &leg).await?;
    stage.mark("unmuted").await?;
    stage.clear().await
}

async fn kick(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = pair(stage).await?;
    let leg = stage.channel("102").await?.name;
    on_room(stage, "ConfbridgeKick", &[("Channel", leg.as_str())]).await?;
    marco.wait_idle().await?;
    stage.mark("one-kicked").await?;
    on_room(stage, "ConfbridgeKick", &[("Channel", "all")]).await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn lock(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    let [_anna, _marco] = pair(stage).await?;
    on_room(stage, "ConfbridgeLock", &[]).await?;
    listed(stage).await?;
    stage.late("locked").await?;
    cara.dial("680").await?;
    cara.wait_established().await?;
    stage.mark("turned-away").await?;
    on_room(stage, "ConfbridgeUnlock", &[]).await?;
    stage.mark("unlocked").await?;
    stage.clear().await
}

async fn record(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco] = pair(stage).await?;
    on_room(stage, "ConfbridgeStartRecord", &[]).await?;
    stage.tape.event("ConfbridgeRecord").await?;
    listed(stage).await?;
    stage.late("recording").await?;
    on_room(stage, "ConfbridgeStopRecord", &[]).await?;
    stage.tape.event("ConfbridgeStopRecord").await?;
    stage.mark("stopped").await?;
    stage.clear().await
}

/// The phones of the lab are silent: a tone with pauses speaks, over a Local channel.
async fn talking(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    join(stage, &anna, "680").await?;
    let speaker = [
        ("Action", "Originate"),
        ("Channel", "Local/330@internal/n"),
        ("Context", "internal"),
        ("Exten", "340"),
        ("Priority", "1"),
        ("CallerID", "\"Speaker\" <330>"),
        ("Async", "true"),
        ("ChannelId", "cord-1"),
        ("OtherChannelId", "cord-2"),
    ];
    stage.act(&speaker).await?;
    stage.tape.event("ConfbridgeTalking").await?;
    stage.mark("speaker-joined").await?;
    let silent = |m: &crate::message::Message| {
        m.is_event("ConfbridgeTalking") && m.get("TalkingStatus") == "off"
    };
    stage.tape.until("silence", silent).await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn marked(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    join(stage, &marco, "342").await?;
    join(stage, &cara, "342").await?;
    stage.late("waiting").await?;
    join(stage, &anna, "341").await?;
    stage.talking("101", "102").await?;
    stage.late("begun").await?;
    anna.hangup().await?;
    marco.wait_idle().await?;
    stage.over().await
}

async fn two_rooms(stage: &mut Stage) -> Result<()> {
    let [cara, dora] = stage.phones(["103", "104"]).await?;
    let [_anna, _marco] = pair(stage).await?;
    join(stage, &cara, "681").await?;
    join(stage, &dora, "681").await?;
    stage.mark("two-rooms").await?;
    stage.redirect("102", "681").await?;
    stage.talking("102", "103").await?;
    stage.mark("moved").await?;
    stage.clear().await
}

async fn trunk(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    join(stage, &anna, "680").await?;
    let jane = stage.jane("4930555006").await?;
    stage.talking("101", "trunk").await?;
    stage.late("together").await?;
    jane.hangup()?;
    stage.tape.event("ConfbridgeLeave").await?;
    stage.mark("left").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn held(stage: &mut Stage) -> Result<()> {
    let [anna, _marco] = pair(stage).await?;
    anna.hold().await?;
    stage.tape.event("Hold").await?;
    stage.late("held").await?;
    anna.resume().await?;
    stage.tape.event("Unhold").await?;
    stage.mark("resumed").await?;
    stage.clear().await
}

async fn parked_from(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco] = pair(stage).await?;
    let leg = stage.channel("101").await?.name;
    stage
        .refused(&[("Action", "Park"), ("Channel", &leg)])
        .await?;
    stage.mark("refused").await?;
    stage.clear().await
}

async fn empty_actions(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    for action in ["ConfbridgeLock", "ConfbridgeStartRecord", "ConfbridgeList"] {
        stage
            .refused(&[("Action", action), ("Conference", "680")])
            .await?;
    }
    stage.mark("refused").await
}
