//! Transfers and other moves begun by keys pressed on a phone during a call.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "keys-blind" => blind: "#1 and a number: blind transfer",
    "keys-blind-by-caller" => blind_by_caller: "The caller transfers the called with #1",
    "keys-blind-nowhere" => blind_nowhere: "#1 and a number that does not exist: everything as before",
    "keys-blind-rejected" => blind_rejected: "#1 to a phone that refuses: the transferred caller is lost",
    "keys-attended" => attended: "*2, the target answers, the transferrer hangs up",
    "keys-attended-by-code" => attended_by_code: "*2, the target answers, completed with *2",
    "keys-attended-aborted" => aborted: "*2, the target answers, taken back with *1",
    "keys-attended-aborted-ringing" => aborted_ringing: "*2, taken back with *1 while the target rings",
    "keys-attended-swapped" => swapped: "*2, then back and forth between the two with *4",
    "keys-attended-three" => three: "*2, then all three together with *3",
    "keys-attended-rejected" => rejected: "*2, the target refuses, the transferrer is back",
    "keys-attended-target-leaves" => target_leaves: "*2, the target answers and hangs up, the transferrer is back",
    "keys-attended-caller-leaves" => caller_leaves: "*2, the one to be transferred hangs up meanwhile",
    "keys-blonde-answered" => blonde: "*2, hung up while the target rings, which answers",
    "keys-blonde-recall" => recall: "*2, hung up while the target rings, which never answers: the transferrer is called back",
    "keys-blonde-recall-fails" => recall_fails: "As before, and the transferrer does not answer either: the caller is lost",
    "keys-blonde-target-again" => target_again: "As before, but the target is tried a second time, and answers",
    "keys-blonde-goes-on" => goes_on: "*2, completed with *2 while the target rings, by a caller whose dialplan goes on with music",
    "keys-attended-trunk" => trunk: "An outside caller is transferred with consultation",
    "keys-park" => park: "#72 parks the other side",
    "keys-disconnect" => disconnect: "*0 ends the call",
    "keys-record" => record: "*3 records, *3 again stops",
];

/// Marco presses a code and, when the other hears music, a number.
async fn press(stage: &mut Stage, phone: &Phone, code: &str, number: &str) -> Result<()> {
    phone.dtmf(code).await?;
    stage.tape.event("MusicOnHoldStart").await?;
    phone.dtmf(number).await
}

/// Anna called Marco, who consults Cara; she rings.
async fn asking(stage: &mut Stage) -> Result<[Phone; 3]> {
    let [anna, marco, cara] = stage.talkers().await?;
    press(stage, &marco, "*2", "103").await?;
    cara.wait_ringing().await?;
    stage.pbx.truth().wait_ringing("103").await?;
    Ok([anna, marco, cara])
}

/// Anna called Marco, who consults Cara; she has answered.
async fn consulting(stage: &mut Stage) -> Result<[Phone; 3]> {
    let [anna, marco, cara] = asking(stage).await?;
    stage.mark("target-ringing").await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.mark("consulting").await?;
    Ok([anna, marco, cara])
}

async fn blind(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    press(stage, &marco, "#1", "103").await?;
    cara.wait_ringing().await?;
    marco.wait_idle().await?;
    stage.mark("transferred").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("transfer-answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn blind_by_caller(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    press(stage, &anna, "#1", "103").await?;
    cara.wait_ringing().await?;
    anna.wait_idle().await?;
    stage.late("transferred").await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.mark("transfer-answered").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn blind_nowhere(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = stage.talkers().await?;
    press(stage, &marco, "#1", "199").await?;
    stage.mark("asked").await?;
    stage.tape.event("MusicOnHoldStop").await?;
    stage.talking("101", "102").await?;
    stage.mark("back").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn blind_rejected(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    press(stage, &marco, "#1", "103").await?;
    cara.wait_ringing().await?;
    stage.mark("transferred").await?;
    cara.reject().await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn attended(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = asking(stage).await?;
    stage.late("target-ringing").await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.late("consulting").await?;
    marco.hangup().await?;
    stage.tape.event("AttendedTransfer").await?;
    stage.talking("101", "103").await?;
    stage.late("completed").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn attended_by_code(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = consulting(stage).await?;
    marco.dtmf("*2").await?;
    marco.wait_idle().await?;
    completed(stage).await?;
    cara.hangup().await?;
    stage.over().await
}

async fn completed(stage: &mut Stage) -> Result<()> {
    stage.tape.event("AttendedTransfer").await?;
    stage.talking("101", "103").await?;
    stage.mark("completed").await
}

async fn aborted(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = consulting(stage).await?;
    marco.dtmf("*1").await?;
    cara.wait_idle().await?;
    stage.talking("101", "102").await?;
    stage.mark("taken-back").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn aborted_ringing(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = asking(stage).await?;
    stage.mark("target-ringing").await?;
    marco.dtmf("*1").await?;
    cara.wait_idle().await?;
    stage.talking("101", "102").await?;
    stage.mark("taken-back").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn swapped(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = consulting(stage).await?;
    marco.dtmf("*4").await?;
    stage.talking("101", "102").await?;
    stage.late("swapped").await?;
    marco.dtmf("*4").await?;
    stage.talking("102", "103").await?;
    stage.mark("swapped-back").await?;
    marco.hangup().await?;
    stage.talking("101", "103").await?;
    stage.mark("completed").await?;
    cara.hangup().await?;
    stage.over().await
}

async fn three(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = consulting(stage).await?;
    marco.dtmf("*3").await?;
    stage.talking("101", "103").await?;
    stage.talking("101", "102").await?;
    stage.late("three").await?;
    marco.hangup().await?;
    stage.pbx.truth().wait_gone("102").await?;
    stage.mark("two-left").await?;
    cara.hangup().await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn rejected(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = asking(stage).await?;
    stage.mark("target-ringing").await?;
    cara.reject().await?;
    stage.talking("101", "102").await?;
    stage.mark("back").await?;
    anna.hangup().await?;
    marco.wait_idle().await?;
    stage.over().await
}

async fn target_leaves(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = consulting(stage).await?;
    cara.hangup().await?;
    stage.talking("101", "102").await?;
    stage.mark("back").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn caller_leaves(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = consulting(stage).await?;
    anna.hangup().await?;
    stage.pbx.truth().wait_gone("101").await?;
    stage.mark("caller-gone").await?;
    marco.hangup().await?;
    stage.clear().await
}

async fn blonde(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = asking(stage).await?;
    stage.mark("target-ringing").await?;
    hang_up_on_ringing(stage, &marco).await?;
    stage.late("left-ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.late("answered-by-target").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Who transferred is not part of what is merged: it leaves alone, to music, while the two others are put together.
async fn goes_on(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    anna.dial("216").await?;
    marco.wait_ringing().await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    press(stage, &anna, "*2", "103").await?;
    cara.wait_ringing().await?;
    anna.dtmf("*2").await?;
    stage.tape.event("AttendedTransfer").await?;
    stage.tape.event("MusicOnHoldStart").await?;
    stage.late("music-for-the-transferrer").await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.mark("answered-by-target").await?;
    cara.hangup().await?;
    anna.hangup().await?;
    stage.over().await
}

/// The phone is free at once, but its channel stays until the target has answered.
async fn hang_up_on_ringing(stage: &mut Stage, marco: &Phone) -> Result<()> {
    marco.hangup().await?;
    marco.wait_idle().await?;
    stage.tape.event("BridgeLeave").await.map(drop)
}

/// With little patience, so that the story stays short: `seconds` of ringing.
async fn recalled(stage: &mut Stage, seconds: u8, retries: u8) -> Result<[Phone; 3]> {
    let general = format!(
        "[general]\natxfernoanswertimeout = {seconds}\natxfercallbackretries = {retries}\n\
         atxferloopdelay = 1"
    );
    stage
        .pbx
        .configure("features.conf", |text| text.replace("[general]", &general))?;
    stage.pbx.cli("module reload features").await?;
    let [anna, marco, cara] = asking(stage).await?;
    stage.mark("target-ringing").await?;
    hang_up_on_ringing(stage, &marco).await?;
    cara.wait_idle().await?;
    marco.wait_ringing().await?;
    Ok([anna, marco, cara])
}

async fn recall(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = recalled(stage, 4, 1).await?;
    stage.mark("called-back").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered-again").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn recall_fails(stage: &mut Stage) -> Result<()> {
    let [anna, ..] = recalled(stage, 2, 1).await?;
    stage.mark("called-back").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn target_again(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = recalled(stage, 2, 2).await?;
    stage.mark("called-back").await?;
    cara.wait_ringing().await?;
    stage.mark("target-again").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("answered-by-target").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn trunk(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555003").await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("answered").await?;
    press(stage, &anna, "*2", "103").await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("consulting").await?;
    anna.hangup().await?;
    stage.talking("trunk", "103").await?;
    stage.mark("completed").await?;
    jane.hangup()?;
    stage.over().await
}

/// Extension 250 is Marco with every feature allowed.
async fn full(stage: &mut Stage) -> Result<[Phone; 2]> {
    let phones = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    phones[0].dial("250").await?;
    phones[1].wait_ringing().await?;
    phones[1].answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    Ok(phones)
}

async fn park(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = full(stage).await?;
    marco.dtmf("#72").await?;
    stage.tape.event("ParkedCall").await?;
    stage.late("parked").await?;
    stage.pbx.truth().wait_gone("102").await?;
    marco.dial("701").await?;
    stage.talking("101", "102").await?;
    stage.mark("retrieved").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn disconnect(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = full(stage).await?;
    marco.dtmf("*0").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn record(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = full(stage).await?;
    marco.dtmf("*3").await?;
    stage.tape.event("MixMonitorStart").await?;
    stage.late("recording").await?;
    marco.dtmf("*3").await?;
    stage.tape.event("MixMonitorStop").await?;
    stage.mark("stopped").await?;
    anna.hangup().await?;
    stage.over().await
}
