//! Those who wait in a queue: order, priority, and every way out of it.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::TrunkCall;
use crate::message::Message;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "queue-three-move-up" => move_up: "Three wait; the first and then the second leave, the others move up without a word",
    "queue-priority" => priority: "A caller with priority goes before those who came earlier",
    "queue-priority-changed" => priority_changed: "The desk changes a caller's priority",
    "queue-withdrawn" => withdrawn: "The desk withdraws a caller",
    "queue-second-timeout" => second_timeout: "A caller waits three seconds behind another, then goes on",
    "queue-key" => key: "A caller leaves the queue by a key",
    "queue-middle-redirected" => middle_redirected: "The desk takes the second of three out",
    "queue-parked-from" => parked_from: "The desk parks somebody who waits, who leaves the queue without a QueueCallerLeave",
    "queue-bridged-from" => bridged_from: "The desk bridges somebody who waits with somebody else: no QueueCallerLeave either",
    "queue-hung-up-by-desk" => hung_up_by_desk: "The desk hangs up on somebody who waits",
    "queue-closed" => closed: "A queue that nobody may join: the caller goes on at once",
    "queue-transferred-blind" => transferred_blind: "The member transfers the caller by the transfer key",
    "queue-transferred-attended" => transferred_attended: "The member transfers with consultation",
    "queue-redirected-served" => redirected_served: "The desk moves a caller who is being served",
    "queue-moved-to-queue" => moved_to_queue: "From one queue into another",
    "queue-member-hangs-up" => member_hangs_up: "The member ends the call",
    "queue-held" => held: "The member holds the caller",
];

/// Nobody serves `vip` unless a scenario adds members.
async fn wait_in_vip(
    stage: &mut Stage,
    did: &str,
    name: &str,
    position: &str,
) -> Result<TrunkCall> {
    let number = format!("+49300{}", name.len());
    let caller = stage.pbx.trunk_call(did, &number, name).await?;
    let joined = |event: &Message| {
        event.is_event("QueueCallerJoin")
            && event.get("CallerIDName") == name
            && event.get("Position") == position
    };
    stage
        .tape
        .until(&format!("{name} at {position}"), joined)
        .await?;
    Ok(caller)
}

async fn three(stage: &mut Stage) -> Result<[TrunkCall; 3]> {
    stage.begin().await?;
    let first = wait_in_vip(stage, "4930555010", "First", "1").await?;
    let second = wait_in_vip(stage, "4930555010", "Second", "2").await?;
    let third = wait_in_vip(stage, "4930555010", "The third", "3").await?;
    stage.mark("three-wait").await?;
    Ok([first, second, third])
}

/// The name of the channel of the caller who calls himself so.
async fn called(stage: &Stage, name: &str) -> Result<String> {
    let channels = stage.pbx.truth().channels().await?;
    let mut own = channels.into_iter().filter(|c| c.caller_name == name);
    anyhow::Context::context(own.next().map(|c| c.name), "no such caller")
}

async fn move_up(stage: &mut Stage) -> Result<()> {
    let [first, second, third] = three(stage).await?;
    stage.late("three-listed").await?;
    first.hangup()?;
    stage.tape.event("QueueCallerAbandon").await?;
    stage.late("two-wait").await?;
    second.hangup()?;
    stage.tape.event("QueueCallerAbandon").await?;
    stage.mark("one-waits").await?;
    third.hangup()?;
    stage.over().await
}

async fn priority(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    let _first = wait_in_vip(stage, "4930555010", "First", "1").await?;
    let _second = wait_in_vip(stage, "4930555010", "Second", "2").await?;
    stage.mark("two-wait").await?;
    let _vip = wait_in_vip(stage, "4930555011", "Important", "1").await?;
    stage.late("important-first").await?;
    let late = wait_in_vip(stage, "4930555011", "Important too", "2").await?;
    stage.mark("two-important").await?;
    late.hangup()?;
    stage.tape.event("QueueCallerAbandon").await?;
    stage.mark("one-gave-up").await?;
    stage.clear().await
}

async fn priority_changed(stage: &mut Stage) -> Result<()> {
    let _callers = three(stage).await?;
    let third = called(stage, "The third").await?;
    let change = [
        ("Action", "QueueChangePriorityCaller"),
        ("Queue", "vip"),
        ("Caller", third.as_str()),
        ("Priority", "9"),
    ];
    stage.act(&change).await?;
    stage.late("changed").await?;
    stage.clear().await
}

async fn withdrawn(stage: &mut Stage) -> Result<()> {
    let _callers = three(stage).await?;
    let second = called(stage, "Second").await?;
    let withdraw = [
        ("Action", "QueueWithdrawCaller"),
        ("Queue", "vip"),
        ("Caller", second.as_str()),
        ("WithdrawInfo", "by the desk"),
    ];
    stage.act(&withdraw).await?;
    stage.tape.event("QueueCallerLeave").await?;
    stage.late("withdrawn").await?;
    stage.clear().await
}

async fn second_timeout(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let _first = wait_in_vip(stage, "4930555010", "First", "1").await?;
    anna.dial("512").await?;
    stage
        .tape
        .until("the second", |m| {
            m.is_event("QueueCallerJoin") && m.get("Position") == "2"
        })
        .await?;
    stage.mark("two-wait").await?;
    stage.tape.event("QueueCallerLeave").await?;
    stage.late("went-on").await?;
    stage.clear().await
}

/// Anna waits and presses 1, which leads her to her own phone: busy with herself.
async fn key(stage: &mut Stage) -> Result<()> {
    let [anna, george] = stage.phones(["101", "107"]).await?;
    stage.begin().await?;
    george.dial("510").await?;
    stage.tape.event("QueueCallerJoin").await?;
    george.wait_established().await?;
    stage.mark("waiting").await?;
    george.dtmf("1").await?;
    anna.wait_ringing().await?;
    stage.mark("left").await?;
    anna.answer().await?;
    stage.talking("101", "107").await?;
    stage.mark("answered").await?;
    george.hangup().await?;
    stage.over().await
}

async fn middle_redirected(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _callers = three(stage).await?;
    let second = called(stage, "Second").await?;
    let redirect = [
        ("Action", "Redirect"),
        ("Channel", second.as_str()),
        ("Context", "internal"),
        ("Exten", "101"),
        ("Priority", "1"),
    ];
    stage.act(&redirect).await?;
    anna.wait_ringing().await?;
    stage.late("moved").await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("answered").await?;
    stage.clear().await
}

async fn parked_from(stage: &mut Stage) -> Result<()> {
    let _callers = three(stage).await?;
    let second = called(stage, "Second").await?;
    stage
        .act(&[("Action", "Park"), ("Channel", &second)])
        .await?;
    stage.tape.event("ParkedCall").await?;
    stage.late("parked").await?;
    stage.clear().await
}

async fn bridged_from(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _callers = three(stage).await?;
    anna.dial("601").await?;
    anna.wait_established().await?;
    let (second, own) = (
        called(stage, "Second").await?,
        stage.channel("101").await?.name,
    );
    let bridge = [
        ("Action", "Bridge"),
        ("Channel1", second.as_str()),
        ("Channel2", own.as_str()),
    ];
    stage.act(&bridge).await?;
    stage.talking("101", "trunk").await?;
    stage.late("bridged").await?;
    stage.clear().await
}

async fn hung_up_by_desk(stage: &mut Stage) -> Result<()> {
    let _callers = three(stage).await?;
    let first = called(stage, "First").await?;
    stage
        .act(&[("Action", "Hangup"), ("Channel", &first)])
        .await?;
    stage.tape.event("QueueCallerLeave").await?;
    stage.mark("two-wait").await?;
    stage.clear().await
}

async fn closed(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("514").await?;
    anna.wait_established().await?;
    stage.mark("went-on").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Jane waits in `sales`, and Cara serves her.
async fn served(stage: &mut Stage) -> Result<(TrunkCall, crate::Phone, crate::Phone)> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555001").await?;
    cara.wait_ringing().await?;
    stage.mark("waiting").await?;
    cara.answer().await?;
    stage.tape.event("AgentConnect").await?;
    stage.talking("trunk", "103").await?;
    stage.mark("served").await?;
    Ok((jane, anna, cara))
}

async fn arrives(stage: &mut Stage, anna: &crate::Phone) -> Result<()> {
    anna.wait_ringing().await?;
    stage.mark("transferred").await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("transfer-answered").await
}

async fn transferred_blind(stage: &mut Stage) -> Result<()> {
    let (jane, anna, cara) = served(stage).await?;
    cara.transfer("101").await?;
    arrives(stage, &anna).await?;
    jane.hangup()?;
    stage.clear().await
}

async fn transferred_attended(stage: &mut Stage) -> Result<()> {
    let (jane, anna, cara) = served(stage).await?;
    cara.dtmf("*2").await?;
    stage.tape.event("MusicOnHoldStart").await?;
    cara.dtmf("101").await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("101", "103").await?;
    stage.late("consulting").await?;
    cara.hangup().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("completed").await?;
    jane.hangup()?;
    stage.clear().await
}

async fn redirected_served(stage: &mut Stage) -> Result<()> {
    let (jane, anna, _cara) = served(stage).await?;
    stage.redirect("trunk", "101").await?;
    arrives(stage, &anna).await?;
    jane.hangup()?;
    stage.clear().await
}

async fn moved_to_queue(stage: &mut Stage) -> Result<()> {
    let [cara, emil] = stage.phones(["103", "105"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555001").await?;
    cara.wait_ringing().await?;
    stage.mark("waiting").await?;
    stage.redirect("trunk", "611").await?;
    emil.wait_ringing().await?;
    cara.wait_idle().await?;
    stage.mark("waiting-elsewhere").await?;
    jane.hangup()?;
    stage.over().await
}

async fn member_hangs_up(stage: &mut Stage) -> Result<()> {
    let (_jane, _anna, cara) = served(stage).await?;
    cara.hangup().await?;
    stage.tape.event("AgentComplete").await?;
    stage.clear().await
}

async fn held(stage: &mut Stage) -> Result<()> {
    let (jane, _anna, cara) = served(stage).await?;
    cara.hold().await?;
    stage.tape.event("Hold").await?;
    stage.late("held").await?;
    cara.resume().await?;
    stage.tape.event("Unhold").await?;
    stage.mark("resumed").await?;
    jane.hangup()?;
    stage.over().await
}
