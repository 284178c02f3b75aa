//! Hold: who pressed it, who hears music, and what can happen meanwhile.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "hold-by-called" => by_called: "The called holds and resumes",
    "hold-by-both" => by_both: "Both hold, both resume",
    "hold-holder-hangs-up" => holder_hangs_up: "Held, then the holder hangs up",
    "hold-held-hangs-up" => held_hangs_up: "Held, then the one who waits hangs up",
    "hold-then-refer" => then_refer: "Held, then transferred by the holder's transfer key",
    "hold-then-redirect" => then_redirect: "Held, then moved by the desk",
    "hold-then-park" => then_park: "Held, then parked by the desk: no Unhold",
    "hold-for-second-call" => for_second_call: "Held to make a second call, and taken back",
    "hold-trunk-caller" => trunk_caller: "An outside caller is held",
    "hold-twice" => twice: "The same phone holds two callers at once",
];

async fn by_called(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, _cara] = stage.talkers().await?;
    hold(stage, &marco).await?;
    stage.late("held").await?;
    resume(stage, &marco).await?;
    stage.mark("resumed").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn by_both(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = stage.talkers().await?;
    hold(stage, &anna).await?;
    stage.mark("held").await?;
    hold(stage, &marco).await?;
    stage.late("both-held").await?;
    resume(stage, &anna).await?;
    stage.mark("one-resumed").await?;
    resume(stage, &marco).await?;
    stage.mark("both-resumed").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn holder_hangs_up(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    hold(stage, &anna).await?;
    stage.mark("held").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn held_hangs_up(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = stage.talkers().await?;
    hold(stage, &anna).await?;
    stage.mark("held").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn then_refer(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    hold(stage, &marco).await?;
    stage.mark("held").await?;
    marco.transfer("103").await?;
    cara.wait_ringing().await?;
    stage.late("transferred").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("transfer-answered").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn then_redirect(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    hold(stage, &marco).await?;
    stage.mark("held").await?;
    stage.redirect("101", "103").await?;
    cara.wait_ringing().await?;
    stage.mark("moved").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("redirect-answered").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn then_park(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = stage.talkers().await?;
    hold(stage, &marco).await?;
    stage.mark("held").await?;
    let (parkee, parker) = (
        stage.channel("101").await?.name,
        stage.channel("102").await?.name,
    );
    let park = [
        ("Action", "Park"),
        ("Channel", parkee.as_str()),
        ("TimeoutChannel", parker.as_str()),
    ];
    stage.act(&park).await?;
    stage.tape.event("ParkedCall").await?;
    stage.pbx.truth().wait_gone("102").await?;
    stage.late("parked").await?;
    marco.dial("701").await?;
    stage.talking("101", "102").await?;
    stage.mark("retrieved").await?;
    anna.hangup().await?;
    stage.clear().await
}

/// The phone holds the first call by itself when it dials a second.
async fn for_second_call(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = stage.talkers().await?;
    marco.hold().await?;
    stage.tape.event("Hold").await?;
    marco.dial("103").await?;
    cara.wait_ringing().await?;
    stage.late("second-ringing").await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.late("second-answered").await?;
    cara.hangup().await?;
    stage.pbx.truth().wait_gone("103").await?;
    stage.mark("second-over").await?;
    marco.resume().await?;
    stage.mark("resumed").await?;
    stage.clear().await
}

async fn trunk_caller(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555003").await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("answered").await?;
    hold(stage, &anna).await?;
    stage.late("held").await?;
    jane.hangup()?;
    stage.over().await
}

async fn twice(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = stage.talkers().await?;
    hold(stage, &marco).await?;
    stage.mark("held").await?;
    stage.ring(&cara, &marco).await?;
    marco.answer().await?;
    stage.talking("102", "103").await?;
    stage.mark("second-answered").await?;
    hold(stage, &marco).await?;
    stage.late("both-held").await?;
    stage.clear().await
}

async fn hold(stage: &mut Stage, phone: &Phone) -> Result<()> {
    phone.hold().await?;
    stage.tape.event("Hold").await.map(drop)
}

async fn resume(stage: &mut Stage, phone: &Phone) -> Result<()> {
    phone.resume().await?;
    stage.tape.event("Unhold").await.map(drop)
}
