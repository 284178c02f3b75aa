//! Those who serve a queue: on, off, paused, busy, absent.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "member-paused" => paused: "Paused with a reason, and back, in one queue and in all",
    "member-paused-while-ringing" => paused_ringing: "Paused while the queue offers a call",
    "member-autopause" => autopause: "Does not answer in time and is paused by the queue",
    "member-rejects" => rejects: "Refuses the offered call, which is offered again",
    "member-added-removed" => added_removed: "Joins and leaves a queue by order of the desk",
    "member-added-while-waiting" => added_waiting: "Joins while a caller waits, and is offered the call",
    "member-removed-while-talking" => removed_talking: "Is taken out of the queue while talking to a caller",
    "member-penalty" => penalty: "Penalty and ring-in-use are changed",
    "member-by-phone" => by_phone: "Joins and leaves by dialling *45 and *46",
    "member-absent" => absent: "The phones of a queue go away and come back",
    "member-busy-elsewhere" => busy_elsewhere: "Talks to somebody else: in use, not offered the call",
    "member-in-two-queues" => two_queues: "Serves two queues at once: in use in both",
    "member-local-optimised" => local_optimised: "Is reached over a Local channel that is optimised away",
    "member-local-kept" => local_kept: "Is reached over a Local channel that stays (/n)",
    "member-all-ring" => all_ring: "Three ring at once, one answers",
    "member-refusals" => refusals: "What the PBX says no to",
    "queue-reset" => reset: "Counters go back without an event",
    "queue-reload" => reload: "Queues are reloaded: a static member goes, a queue goes",
];

async fn act_all(stage: &mut Stage, actions: &[(&str, &[(&str, &str)])]) -> Result<()> {
    for (moment, headers) in actions {
        stage.act(headers).await?;
        stage.mark(moment).await?;
    }
    Ok(())
}

async fn paused(stage: &mut Stage) -> Result<()> {
    let [_cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    add(stage, "support", "103").await?;
    stage.mark("in-two-queues").await?;
    let pause = |queue: &'static str, on: &'static str, reason: &'static str| {
        let mut headers = vec![
            ("Action", "QueuePause"),
            ("Interface", "PJSIP/103"),
            ("Paused", on),
        ];
        headers.extend((!queue.is_empty()).then_some(("Queue", queue)));
        headers.extend((!reason.is_empty()).then_some(("Reason", reason)));
        headers
    };
    let one = pause("sales", "true", "Mittagspause: süß");
    let all = pause("", "true", "Meeting");
    let back = pause("", "false", "");
    act_all(stage, &[("paused-in-one", &one), ("paused-in-all", &all)]).await?;
    stage.late("paused").await?;
    act_all(stage, &[("back", &back)]).await
}

async fn paused_ringing(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    add(stage, "vip", "103").await?;
    let _jane = stage.jane("4930555010").await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    let pause = [
        ("Action", "QueuePause"),
        ("Interface", "PJSIP/103"),
        ("Paused", "true"),
    ];
    stage.act(&pause).await?;
    stage.mark("paused").await?;
    cara.wait_idle().await?;
    stage.mark("waiting-alone").await?;
    stage.clear().await
}

async fn autopause(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    add(stage, "vip", "103").await?;
    let _jane = stage.jane("4930555010").await?;
    cara.wait_ringing().await?;
    stage.late("ringing").await?;
    stage.tape.event("QueueMemberPause").await?;
    stage.late("autopaused").await?;
    stage.clear().await
}

async fn rejects(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    let _jane = stage.jane("4930555001").await?;
    cara.wait_ringing().await?;
    stage.mark("ringing").await?;
    cara.reject().await?;
    stage.tape.event("AgentRingNoAnswer").await?;
    cara.wait_idle().await?;
    cara.wait_ringing().await?;
    stage.mark("ringing-again").await?;
    cara.answer().await?;
    stage.talking("trunk", "103").await?;
    stage.mark("answered").await?;
    stage.clear().await
}

async fn add(stage: &mut Stage, queue: &str, number: &str) -> Result<()> {
    let interface = format!("PJSIP/{number}");
    let add = [
        ("Action", "QueueAdd"),
        ("Queue", queue),
        ("Interface", interface.as_str()),
        ("MemberName", crate::people::name_of(number).unwrap_or("")),
        ("Penalty", "1"),
    ];
    stage.act(&add).await.map(drop)
}

async fn remove(stage: &mut Stage, queue: &str, number: &str) -> Result<()> {
    let interface = format!("PJSIP/{number}");
    let remove = [
        ("Action", "QueueRemove"),
        ("Queue", queue),
        ("Interface", interface.as_str()),
    ];
    stage.act(&remove).await.map(drop)
}

async fn added_removed(stage: &mut Stage) -> Result<()> {
    let [_anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    add(stage, "vip", "101").await?;
    stage.mark("added").await?;
    remove(stage, "vip", "101").await?;
    stage.mark("removed").await
}

async fn added_waiting(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555010").await?;
    stage.tape.event("QueueCallerJoin").await?;
    stage.mark("waiting").await?;
    add(stage, "vip", "101").await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("served").await?;
    jane.hangup()?;
    stage.over().await
}

async fn removed_talking(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    add(stage, "vip", "101").await?;
    let jane = stage.jane("4930555010").await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("served").await?;
    remove(stage, "vip", "101").await?;
    stage.mark("removed").await?;
    jane.hangup()?;
    stage.over().await
}

async fn penalty(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    let penalty = [
        ("Action", "QueuePenalty"),
        ("Queue", "sales"),
        ("Interface", "PJSIP/103"),
        ("Penalty", "7"),
    ];
    let in_use = [
        ("Action", "QueueMemberRingInUse"),
        ("Queue", "sales"),
        ("Interface", "PJSIP/103"),
        ("RingInUse", "yes"),
    ];
    act_all(stage, &[("penalty", &penalty), ("ring-in-use", &in_use)]).await
}

async fn by_phone(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("*45").await?;
    stage.tape.event("QueueMemberAdded").await?;
    anna.wait_idle().await?;
    stage.mark("added").await?;
    anna.dial("*46").await?;
    stage.tape.event("QueueMemberRemoved").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn absent(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    cara.switch_off().await?;
    stage.tape.event("QueueMemberStatus").await?;
    stage.mark("gone").await?;
    let [_cara] = stage.phones(["103"]).await?;
    stage.tape.event("QueueMemberStatus").await?;
    stage.mark("back").await
}

async fn busy_elsewhere(stage: &mut Stage) -> Result<()> {
    let [anna, cara, marco] = stage.phones(["101", "103", "102"]).await?;
    stage.begin().await?;
    stage.connect(&marco, &cara).await?;
    stage.mark("member-talks").await?;
    let _jane = stage.jane("4930555001").await?;
    stage.tape.event("QueueCallerJoin").await?;
    stage.late("waiting").await?;
    cara.hangup().await?;
    cara.wait_idle().await?;
    cara.wait_ringing().await?;
    stage.mark("offered").await?;
    drop(anna);
    stage.clear().await
}

async fn two_queues(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    add(stage, "vip", "103").await?;
    let _jane = stage.jane("4930555001").await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    stage.talking("trunk", "103").await?;
    stage.late("served").await?;
    let _second = stage.jane("4930555010").await?;
    stage.tape.event("QueueCallerJoin").await?;
    stage.mark("second-waits").await?;
    stage.clear().await
}

async fn local_optimised(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let add = [
        ("Action", "QueueAdd"),
        ("Queue", "vip"),
        ("Interface", "Local/101@internal"),
        ("MemberName", "Anna over Local"),
        ("StateInterface", "PJSIP/101"),
    ];
    stage.act(&add).await?;
    let jane = stage.jane("4930555010").await?;
    anna.wait_ringing().await?;
    stage.late("ringing").await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.late("served").await?;
    jane.hangup()?;
    stage.over().await
}

async fn local_kept(stage: &mut Stage) -> Result<()> {
    let [dora] = stage.phones(["104"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555001").await?;
    dora.wait_ringing().await?;
    stage.late("ringing").await?;
    dora.answer().await?;
    stage.talking("trunk", "104").await?;
    stage.late("served").await?;
    jane.hangup()?;
    stage.over().await
}

async fn all_ring(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    for number in ["101", "102"] {
        add(stage, "sales", number).await?;
    }
    for number in ["101", "102"] {
        let level = [
            ("Action", "QueuePenalty"),
            ("Queue", "sales"),
            (
                "Interface",
                if number == "101" {
                    "PJSIP/101"
                } else {
                    "PJSIP/102"
                },
            ),
            ("Penalty", "0"),
        ];
        stage.act(&level).await?;
    }
    let jane = stage.jane("4930555001").await?;
    for phone in [&anna, &marco, &cara] {
        phone.wait_ringing().await?;
    }
    stage.late("ringing").await?;
    marco.answer().await?;
    stage.talking("trunk", "102").await?;
    anna.wait_idle().await?;
    cara.wait_idle().await?;
    stage.mark("served").await?;
    jane.hangup()?;
    stage.over().await
}

async fn refusals(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    add(stage, "vip", "101").await?;
    let again = [
        ("Action", "QueueAdd"),
        ("Queue", "vip"),
        ("Interface", "PJSIP/101"),
    ];
    stage.refused(&again).await?;
    let fixed = [
        ("Action", "QueueRemove"),
        ("Queue", "sales"),
        ("Interface", "PJSIP/103"),
    ];
    stage.refused(&fixed).await?;
    let absent = [
        ("Action", "QueueRemove"),
        ("Queue", "vip"),
        ("Interface", "PJSIP/120"),
    ];
    stage.refused(&absent).await?;
    let nowhere = [
        ("Action", "QueueAdd"),
        ("Queue", "nowhere"),
        ("Interface", "PJSIP/101"),
    ];
    stage.refused(&nowhere).await?;
    let nobody = [
        ("Action", "QueuePause"),
        ("Interface", "PJSIP/120"),
        ("Paused", "true"),
    ];
    stage.refused(&nobody).await?;
    stage
        .tape
        .ask_list(&[("Action", "QueueStatus"), ("Queue", "nowhere")])
        .await?;
    stage.mark("refused").await
}

async fn reset(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555001").await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    stage.talking("trunk", "103").await?;
    stage.mark("served").await?;
    jane.hangup()?;
    stage.pbx.truth().wait_silent().await?;
    stage.late("counted").await?;
    stage
        .act(&[("Action", "QueueReset"), ("Queue", "sales")])
        .await?;
    stage.late("reset").await?;
    stage.over().await
}

async fn reload(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    add(stage, "vip", "101").await?;
    stage.mark("added").await?;
    stage.pbx.configure("queues.conf", |text| {
        let without = text.replace("member => PJSIP/106", "; member => PJSIP/106");
        let cut = without.find("[closed]").unwrap_or(without.len());
        without[..cut].to_owned()
    })?;
    stage
        .act(&[
            ("Action", "QueueReload"),
            ("Members", "yes"),
            ("Parameters", "yes"),
        ])
        .await?;
    stage.late("reloaded").await
}
