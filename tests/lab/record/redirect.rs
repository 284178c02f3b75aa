//! A desk moves calls: one leg, both legs, ringing and bridged.

use anyhow::{Result, ensure};

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "redirect-caller-ringing" => caller_ringing: "The desk moves the caller of a ringing call",
    "redirect-called-ringing" => called_ringing: "The desk moves the ringing leg, which loses the caller",
    "redirect-called-ringing-answered" => called_ringing_answered: "Whom the moved ringing leg calls answers first, then the leg itself",
    "redirect-caller-bridged" => caller_bridged: "The desk moves the caller of a conversation",
    "redirect-called-bridged" => called_bridged: "The desk moves the called of a conversation",
    "redirect-trunk-caller" => trunk_caller: "The desk moves a caller from outside",
    "redirect-both-conference" => both_conference: "The desk moves both into a conference",
    "redirect-both-two-extensions" => both_two_extensions: "The desk moves each to an extension of its own: one Linkedid, two calls",
    "redirect-both-one-extension" => both_one_extension: "The desk moves both to one extension, which rings twice",
    "redirect-no-such-extension" => no_such_extension: "Success, and both parties lost",
    "redirect-unregistered" => unregistered: "Success, and both parties lost",
    "redirect-no-such-channel" => no_such_channel: "Refusals that leave the call alone",
    "redirect-target-rejects" => target_rejects: "The target refuses the moved caller",
    "redirect-queue-caller" => queue_caller: "The desk takes a caller out of a queue",
    "blind-transfer" => blind_transfer: "The desk transfers by naming the transferring leg",
    "blind-transfer-no-such-extension" => blind_transfer_nowhere: "A transfer to nowhere",
    "consult-by-redirect" => consult_by_redirect: "A consultation without feature codes",
];

async fn caller_ringing(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    redirect(stage, "101", "103").await?;
    arrive(stage, &cara, "101").await?;
    anna.hangup().await?;
    stage.over().await
}

/// What must never be done: the caller is lost and the ringing phone calls on.
async fn called_ringing(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    redirect(stage, "102", "103").await?;
    anna.wait_idle().await?;
    cara.wait_ringing().await?;
    stage.tape.mark("redirected").await?;
    stage.clear().await
}

/// In a bridge while its own phone still rings: nobody there hears anything yet.
async fn called_ringing_answered(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    redirect(stage, "102", "103").await?;
    anna.wait_idle().await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    stage.tape.event("BridgeEnter").await?;
    stage.tape.event("BridgeEnter").await?;
    stage.late("bridged-and-ringing").await?;
    marco.answer().await?;
    stage.talking("102", "103").await?;
    stage.mark("both-there").await?;
    cara.hangup().await?;
    stage.over().await
}

async fn caller_bridged(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = talkers(stage).await?;
    redirect(stage, "101", "103").await?;
    marco.wait_idle().await?;
    arrive(stage, &cara, "101").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn called_bridged(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = talkers(stage).await?;
    redirect(stage, "102", "103").await?;
    anna.wait_idle().await?;
    arrive(stage, &cara, "102").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn trunk_caller(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let caller = stage
        .pbx
        .trunk_call("4930555003", "+49301234567", "Jane Doe")
        .await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.tape.mark("answered").await?;
    redirect(stage, "trunk", "103").await?;
    arrive(stage, &cara, "trunk").await?;
    caller.hangup()?;
    stage.over().await
}

async fn both_conference(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco, _cara] = talkers(stage).await?;
    let (first, second) = legs(stage).await?;
    let both = [
        ("Action", "Redirect"),
        ("Channel", first.as_str()),
        ("ExtraChannel", second.as_str()),
        ("Context", "internal"),
        ("Exten", "680"),
        ("Priority", "1"),
        ("ExtraContext", "internal"),
        ("ExtraExten", "680"),
        ("ExtraPriority", "1"),
    ];
    stage.act(&both).await?;
    stage.tape.event("ConfbridgeJoin").await?;
    stage.talking("101", "102").await?;
    stage.tape.mark("in-conference").await?;
    stage.clear().await
}

async fn both_two_extensions(stage: &mut Stage) -> Result<()> {
    let [dora] = stage.phones(["104"]).await?;
    let [_anna, _marco, cara] = talkers(stage).await?;
    let (first, second) = legs(stage).await?;
    let both = [
        ("Action", "Redirect"),
        ("Channel", first.as_str()),
        ("ExtraChannel", second.as_str()),
        ("Context", "internal"),
        ("Exten", "103"),
        ("Priority", "1"),
        ("ExtraContext", "internal"),
        ("ExtraExten", "104"),
        ("ExtraPriority", "1"),
    ];
    stage.act(&both).await?;
    cara.wait_ringing().await?;
    dora.wait_ringing().await?;
    stage.tape.mark("redirected").await?;
    cara.answer().await?;
    dora.answer().await?;
    stage.talking("101", "103").await?;
    stage.talking("102", "104").await?;
    stage.tape.mark("answered").await?;
    stage.clear().await
}

/// Without Extra headers of their own both legs dial the same phone, which rings twice.
async fn both_one_extension(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = talkers(stage).await?;
    let (first, second) = legs(stage).await?;
    let both = [
        ("Action", "Redirect"),
        ("Channel", first.as_str()),
        ("ExtraChannel", second.as_str()),
        ("Context", "internal"),
        ("Exten", "103"),
        ("Priority", "1"),
    ];
    stage.act(&both).await?;
    cara.wait_ringing().await?;
    stage.tape.mark("redirected").await?;
    anna.hangup().await?;
    stage.pbx.truth().wait_gone("101").await?;
    stage.tape.mark("one-gave-up").await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.tape.mark("answered").await?;
    stage.clear().await
}

/// Asterisk says Success, and both parties are lost.
async fn no_such_extension(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = talkers(stage).await?;
    redirect(stage, "101", "199").await?;
    anna.wait_idle().await?;
    marco.wait_idle().await?;
    stage.over().await
}

async fn unregistered(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = talkers(stage).await?;
    redirect(stage, "101", "109").await?;
    anna.wait_idle().await?;
    marco.wait_idle().await?;
    stage.over().await
}

async fn no_such_channel(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = talkers(stage).await?;
    for channel in ["PJSIP/101-ffffffff", "1795190000.99999"] {
        stage.refused(&to(channel, "103")).await?;
    }
    let own = stage.channel("101").await?.uniqueid;
    let mut gone_extra = to(&own, "103").to_vec();
    gone_extra.push(("ExtraChannel", "PJSIP/102-ffffffff"));
    stage.refused(&gone_extra).await?;
    stage.tape.mark("refused").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn target_rejects(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = talkers(stage).await?;
    redirect(stage, "101", "103").await?;
    cara.wait_ringing().await?;
    stage.tape.mark("redirected").await?;
    cara.reject().await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn queue_caller(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let caller = stage
        .pbx
        .trunk_call("4930555001", "+49301234567", "Jane Doe")
        .await?;
    cara.wait_ringing().await?;
    stage.tape.mark("waiting").await?;
    redirect(stage, "trunk", "101").await?;
    arrive(stage, &anna, "trunk").await?;
    caller.hangup()?;
    stage.over().await
}

/// The desk names Marco's leg; the one he talks to goes on to Cara.
async fn blind_transfer(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = talkers(stage).await?;
    transfer(stage, "103").await?;
    marco.wait_idle().await?;
    arrive(stage, &cara, "101").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn blind_transfer_nowhere(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = talkers(stage).await?;
    let leg = stage.channel("102").await?.uniqueid;
    let action = [
        ("Action", "BlindTransfer"),
        ("Channel", leg.as_str()),
        ("Context", "internal"),
        ("Exten", "199"),
    ];
    // Versions may differ in the answer: it is what the transcript is for.
    stage.tape.request(&action).await?;
    stage.tape.mark("asked").await?;
    anna.hangup().await?;
    marco.hangup().await?;
    stage.clear().await
}

/// Consultation without feature codes: the caller to music, the desk's phone to the
/// target, then the two of them together.
async fn consult_by_redirect(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = talkers(stage).await?;
    let (caller, desk) = legs(stage).await?;
    let apart = [
        ("Action", "Redirect"),
        ("Channel", caller.as_str()),
        ("ExtraChannel", desk.as_str()),
        ("Context", "internal"),
        ("Exten", "601"),
        ("Priority", "1"),
        ("ExtraContext", "internal"),
        ("ExtraExten", "103"),
        ("ExtraPriority", "1"),
    ];
    stage.act(&apart).await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    stage.talking("102", "103").await?;
    stage.tape.mark("consulting").await?;
    let (one, other) = (
        stage.channel("101").await?.name,
        stage.channel("103").await?.name,
    );
    let together = [
        ("Action", "Bridge"),
        ("Channel1", one.as_str()),
        ("Channel2", other.as_str()),
    ];
    stage.act(&together).await?;
    stage.talking("101", "103").await?;
    marco.wait_idle().await?;
    stage.tape.mark("completed").await?;
    anna.hangup().await?;
    stage.clear().await
}

/// Anna called Marco and they talk; Cara is free.
async fn talkers(stage: &mut Stage) -> Result<[Phone; 3]> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    Ok([anna, marco, cara])
}

/// The uniqueids of Anna's and Marco's legs.
async fn legs(stage: &Stage) -> Result<(String, String)> {
    let anna = stage.channel("101").await?.uniqueid;
    let marco = stage.channel("102").await?.uniqueid;
    Ok((anna, marco))
}

fn to<'a>(channel: &'a str, exten: &'a str) -> [(&'static str, &'a str); 5] {
    [
        ("Action", "Redirect"),
        ("Channel", channel),
        ("Context", "internal"),
        ("Exten", exten),
        ("Priority", "1"),
    ]
}

async fn redirect(stage: &mut Stage, endpoint: &str, exten: &str) -> Result<()> {
    let leg = stage.channel(endpoint).await?.uniqueid;
    stage.act(&to(&leg, exten)).await.map(drop)
}

async fn transfer(stage: &mut Stage, exten: &str) -> Result<()> {
    let leg = stage.channel("102").await?.uniqueid;
    let action = [
        ("Action", "BlindTransfer"),
        ("Channel", leg.as_str()),
        ("Context", "internal"),
        ("Exten", exten),
    ];
    stage.act(&action).await?;
    let event = stage.tape.event("BlindTransfer").await?;
    ensure!(event.get("Result") == "Success", "{event:?}");
    Ok(())
}

/// The target rings, answers, and talks to whoever was moved.
async fn arrive(stage: &mut Stage, target: &Phone, moved: &str) -> Result<()> {
    target.wait_ringing().await?;
    stage.tape.mark("redirected").await?;
    target.answer().await?;
    stage.talking(moved, target.number()).await?;
    stage.tape.mark("redirect-answered").await
}
