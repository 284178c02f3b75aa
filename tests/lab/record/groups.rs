//! One number, several phones: call groups, hunting, forwarding.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "group-second-answers" => second_answers: "Three phones ring, the second answers, the others fall silent",
    "group-all-reject" => all_reject: "Three phones ring, each refuses",
    "group-one-rejects" => one_rejects: "One of a group refuses, another answers",
    "group-caller-gives-up" => caller_gives_up: "The caller hangs up while a group rings",
    "group-nobody" => nobody: "A group rings for two seconds, nobody answers",
    "group-one-absent" => one_absent: "A group of which one phone is not there",
    "group-from-trunk" => from_trunk: "An outside caller rings a group, the last of it answers",
    "group-over-locals" => over_locals: "A group whose members are Local channels",
    "group-with-forward" => with_forward: "One of a group forwards (302) to another phone, which answers",
    "group-moved" => moved: "The desk moves the caller while a group rings",
    "hunt-next" => hunt_next: "One phone after the other: the second is rung when the first does not answer",
    "hunt-busy" => hunt_busy: "The dialplan forwards on busy",
    "hunt-dialplan" => hunt_dialplan: "The dialplan forwards at once: the extension dialled is not the one that rings",
    "forward-302" => forward_302: "The called side answers 302: Asterisk dials the new number over a Local pair",
    "forward-302-rejected" => forward_302_rejected: "Forwarded by 302 to a phone that refuses",
    "forward-302-cancelled" => forward_302_cancelled: "Forwarded by 302, the caller gives up",
    "forward-302-nowhere" => forward_302_nowhere: "Forwarded by 302 to a phone that is not there",
    "dial-goes-on" => dial_goes_on: "The called hangs up and the caller goes on in the dialplan",
    "dial-with-music" => dial_with_music: "The caller hears music instead of ringing",
];

/// Marco dials nobody here: Anna calls the group 210 of Marco, Cara and Emil.
async fn group(stage: &mut Stage) -> Result<[Phone; 4]> {
    let phones = stage.phones(["101", "102", "103", "105"]).await?;
    stage.begin().await?;
    phones[0].dial("210").await?;
    for phone in &phones[1..] {
        phone.wait_ringing().await?;
        stage.pbx.truth().wait_ringing(phone.number()).await?;
    }
    Ok(phones)
}

async fn second_answers(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara, emil] = group(stage).await?;
    stage.late("ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    marco.wait_idle().await?;
    emil.wait_idle().await?;
    stage.mark("answered").await?;
    cara.hangup().await?;
    stage.over().await
}

async fn all_reject(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara, emil] = group(stage).await?;
    stage.mark("ringing").await?;
    marco.reject().await?;
    stage.tape.event("DialEnd").await?;
    stage.mark("one-rejected").await?;
    cara.reject().await?;
    emil.reject().await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn one_rejects(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara, emil] = group(stage).await?;
    stage.mark("ringing").await?;
    marco.reject().await?;
    stage.pbx.truth().wait_gone("102").await?;
    stage.mark("one-rejected").await?;
    emil.answer().await?;
    stage.talking("101", "105").await?;
    cara.wait_idle().await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn caller_gives_up(stage: &mut Stage) -> Result<()> {
    let [anna, ..] = group(stage).await?;
    stage.mark("ringing").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn nobody(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    anna.dial("211").await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn one_absent(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    anna.dial("210").await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn from_trunk(stage: &mut Stage) -> Result<()> {
    let [_marco, cara, emil] = stage.phones(["102", "103", "105"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555012").await?;
    cara.wait_ringing().await?;
    emil.wait_ringing().await?;
    stage.late("ringing").await?;
    emil.answer().await?;
    stage.talking("trunk", "105").await?;
    stage.mark("answered").await?;
    jane.hangup()?;
    stage.over().await
}

async fn over_locals(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    anna.dial("213").await?;
    marco.wait_ringing().await?;
    cara.wait_ringing().await?;
    stage.late("ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    marco.wait_idle().await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn with_forward(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    anna.dial("212").await?;
    marco.wait_ringing().await?;
    cara.wait_ringing().await?;
    stage.late("ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    marco.wait_idle().await?;
    stage.mark("answered").await?;
    cara.hangup().await?;
    stage.over().await
}

async fn moved(stage: &mut Stage) -> Result<()> {
    let [_marco, cara, dora] = stage.phones(["102", "103", "104"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555012").await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    stage.redirect("trunk", "104").await?;
    dora.wait_ringing().await?;
    cara.wait_idle().await?;
    stage.mark("moved").await?;
    dora.answer().await?;
    stage.talking("trunk", "104").await?;
    stage.mark("answered").await?;
    jane.hangup()?;
    stage.over().await
}

async fn hunt_next(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    anna.dial("214").await?;
    marco.wait_ringing().await?;
    stage.mark("first-ringing").await?;
    cara.wait_ringing().await?;
    stage.mark("second-ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn hunt_busy(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    anna.dial("215").await?;
    marco.wait_ringing().await?;
    stage.mark("first-ringing").await?;
    marco.reject().await?;
    cara.wait_ringing().await?;
    stage.mark("second-ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn hunt_dialplan(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    anna.dial("217").await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Outside numbers that begin with 3 answer 302: our 103.
async fn forwarded(stage: &mut Stage) -> Result<[Phone; 2]> {
    let phones = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    phones[0].dial("93001").await?;
    phones[1].wait_ringing().await?;
    Ok(phones)
}

async fn forward_302(stage: &mut Stage) -> Result<()> {
    let _world = stage.pbx.outside().await?;
    let [anna, cara] = forwarded(stage).await?;
    stage.late("ringing").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn forward_302_rejected(stage: &mut Stage) -> Result<()> {
    let _world = stage.pbx.outside().await?;
    let [anna, cara] = forwarded(stage).await?;
    stage.mark("ringing").await?;
    cara.reject().await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn forward_302_cancelled(stage: &mut Stage) -> Result<()> {
    let _world = stage.pbx.outside().await?;
    let [anna, _cara] = forwarded(stage).await?;
    stage.mark("ringing").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn forward_302_nowhere(stage: &mut Stage) -> Result<()> {
    let _world = stage.pbx.outside().await?;
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("93001").await?;
    stage.tape.event("DialEnd").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn dial_goes_on(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    anna.dial("216").await?;
    marco.wait_ringing().await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    marco.hangup().await?;
    stage.pbx.truth().wait_gone("102").await?;
    stage.late("alone").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn dial_with_music(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    anna.dial("218").await?;
    marco.wait_ringing().await?;
    stage.late("ringing").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}
