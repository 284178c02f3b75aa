//! Plain calls between phones, and with the outside world.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "call-answered" => answered: "A plain call, answered, hung up by the called",
    "call-cancelled" => cancelled: "The caller hangs up while it rings",
    "call-rejected" => rejected: "The called phone refuses",
    "call-busy" => busy: "An extension that is always busy",
    "call-congestion" => congestion: "An extension that is always congested",
    "call-no-answer" => no_answer: "Nobody answers for thirty seconds",
    "call-unregistered" => unregistered: "A phone that is not there: the caller is hung up at once",
    "call-no-such-extension" => no_such_extension: "A number that does not exist: no event at all",
    "call-second-waiting" => second_waiting: "A second call for a phone that talks, taken",
    "call-reception" => reception: "One number rings two phones, one answers",
    "call-held" => held: "The caller holds and resumes",
    "call-echo" => echo: "A call into an application that answers",
    "call-music" => music: "A call to music",
    "call-ivr" => ivr: "A menu, a key, a queue",
    "call-pickup" => pickup: "A colleague takes a ringing call with *8",
    "call-hung-up-by-desk" => hung_up_by_desk: "The desk ends a conversation",
    "call-ringing-hung-up-by-desk" => ringing_hung_up_by_desk: "The desk ends a ringing call",
    "trunk-inbound" => trunk_inbound: "A caller from outside, answered",
    "trunk-inbound-gives-up" => trunk_inbound_gives_up: "A caller from outside gives up",
    "trunk-outbound" => trunk_outbound: "A call to the outside, answered",
    "trunk-outbound-busy" => trunk_outbound_busy: "The outside is busy",
    "trunk-outbound-cancelled" => trunk_outbound_cancelled: "The caller gives up while the outside rings",
];

async fn answered(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.tape.mark("answered").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn cancelled(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn rejected(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    marco.reject().await?;
    stage.tape.event("Hangup").await?;
    stage.clear().await
}

async fn busy(stage: &mut Stage) -> Result<()> {
    to_a_tone(stage, "603").await
}

async fn congestion(stage: &mut Stage) -> Result<()> {
    to_a_tone(stage, "604").await
}

async fn no_answer(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    let patience = std::time::Duration::from_secs(40);
    let truth = stage.pbx.truth();
    truth
        .wait_until(<[crate::Channel]>::is_empty, patience)
        .await?;
    stage.over().await
}

async fn unregistered(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("109").await?;
    stage.tape.event("Hangup").await?;
    stage.over().await
}

/// Asterisk says nothing at all: the phone is refused before a channel exists.
async fn no_such_extension(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("199").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn second_waiting(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    stage.ring(&cara, &marco).await?;
    stage.tape.mark("second-ringing").await?;
    marco.answer().await?;
    stage.talking("102", "103").await?;
    stage.tape.mark("second-answered").await?;
    stage.clear().await
}

/// One number that rings two phones; the other stops when one answers.
async fn reception(stage: &mut Stage) -> Result<()> {
    let [desk, anna, marco] = stage.phones(["100", "101", "102"]).await?;
    stage.begin().await?;
    stage.ring(&marco, &desk).await?;
    anna.wait_ringing().await?;
    stage.pbx.truth().wait_ringing("101").await?;
    stage.tape.mark("ringing").await?;
    anna.answer().await?;
    stage.talking("101", "102").await?;
    desk.wait_idle().await?;
    stage.tape.mark("answered").await?;
    marco.hangup().await?;
    stage.over().await
}

async fn held(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    anna.hold().await?;
    stage.tape.event("Hold").await?;
    stage.tape.mark("held").await?;
    anna.resume().await?;
    stage.tape.event("Unhold").await?;
    stage.tape.mark("resumed").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn echo(stage: &mut Stage) -> Result<()> {
    to_a_machine(stage, "600").await
}

async fn music(stage: &mut Stage) -> Result<()> {
    to_a_machine(stage, "601").await
}

async fn ivr(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    anna.dial("620").await?;
    anna.wait_established().await?;
    stage.tape.mark("answered").await?;
    anna.dtmf("1").await?;
    cara.wait_ringing().await?;
    stage.tape.mark("chosen").await?;
    stage.clear().await
}

async fn pickup(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    cara.dial("*8").await?;
    stage.talking("101", "103").await?;
    stage.tape.mark("picked-up").await?;
    cara.hangup().await?;
    stage.over().await
}

async fn hung_up_by_desk(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    let leg = stage.channel("102").await?;
    stage
        .act(&[("Action", "Hangup"), ("Channel", &leg.uniqueid)])
        .await?;
    stage.over().await
}

async fn ringing_hung_up_by_desk(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.tape.mark("ringing").await?;
    let leg = stage.channel("101").await?;
    stage
        .act(&[("Action", "Hangup"), ("Channel", &leg.uniqueid)])
        .await?;
    stage.over().await
}

async fn trunk_inbound(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let caller = stage
        .pbx
        .trunk_call("4930555003", "+49301234567", "Jane Doe")
        .await?;
    anna.wait_ringing().await?;
    stage.tape.mark("ringing").await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.tape.mark("answered").await?;
    caller.hangup()?;
    stage.over().await
}

async fn trunk_inbound_gives_up(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let caller = stage
        .pbx
        .trunk_call("4930555003", "+49301234567", "Jane Doe")
        .await?;
    anna.wait_ringing().await?;
    stage.tape.mark("ringing").await?;
    caller.hangup()?;
    stage.over().await
}

async fn trunk_outbound(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    anna.dial("9030987654").await?;
    stage.talking("101", "trunk").await?;
    stage.tape.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn trunk_outbound_busy(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    anna.dial("91555").await?;
    stage.tape.event("DialEnd").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn trunk_outbound_cancelled(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    anna.dial("92555").await?;
    stage.pbx.truth().wait_ringing("trunk").await?;
    stage.tape.mark("ringing").await?;
    anna.hangup().await?;
    stage.over().await
}

/// A number that answers by itself.
async fn to_a_machine(stage: &mut Stage, number: &str) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial(number).await?;
    anna.wait_established().await?;
    stage.tape.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

/// A number that is never answered; the PBX refuses the call by itself.
async fn to_a_tone(stage: &mut Stage, number: &str) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial(number).await?;
    stage.tape.event("Newchannel").await?;
    anna.wait_idle().await?;
    stage.clear().await
}
