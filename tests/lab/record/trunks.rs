//! Calls with the outside, in every way they can begin and end.

use std::time::Duration;

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::Channel;
use crate::pbx::Pbx;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "trunk-in-rejected" => in_rejected: "An outside caller is refused by the phone",
    "trunk-in-absent" => in_absent: "An outside caller for a phone that is not there",
    "trunk-in-busy-tone" => in_busy_tone: "A number of ours that is always busy",
    "trunk-in-unassigned" => in_unassigned: "A number of ours that says it does not exist (cause 1)",
    "trunk-in-no-such-number" => in_no_such_number: "A number that is not ours: no event at all",
    "trunk-in-early-media" => in_early_media: "An outside caller hears an announcement before it rings",
    "trunk-in-hung-up-by-us" => in_hung_up_by_us: "An answered outside caller is hung up by the phone",
    "trunk-in-no-number" => in_no_number: "An outside caller who withholds the number",
    "trunk-in-two" => in_two: "Two outside callers at once, by different numbers of ours",
    "trunk-through" => through: "An outside caller goes straight out again",
    "trunk-out-hung-up-by-far-end" => out_hung_up: "The outside answers and hangs up",
    "trunk-out-early-media" => out_early_media: "The outside speaks before it answers",
    "trunk-out-outage" => out_outage: "The outside is out of service (503)",
    "trunk-out-missing" => out_missing: "The outside does not know the number (404)",
    "trunk-out-declined" => out_declined: "The outside rings, then declines (603)",
    "trunk-out-unreachable" => out_unreachable: "The outside does not answer at all, the caller gives up",
    "trunk-out-by-desk" => out_by_desk: "The desk calls the outside for a phone",
    "trunk-registration" => registration: "We register with a provider, who refuses first",
];

const PATIENCE: Duration = Duration::from_secs(5);

async fn in_rejected(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let _jane = stage.jane("4930555003").await?;
    anna.wait_ringing().await?;
    stage.mark("ringing").await?;
    anna.reject().await?;
    stage.over().await
}

/// The PBX refuses by itself: nothing but a channel that comes and goes.
async fn refused(stage: &mut Stage, did: &str) -> Result<()> {
    stage.begin().await?;
    let _jane = stage.jane(did).await?;
    stage.tape.event("Newchannel").await?;
    stage.mark("called").await?;
    stage.clear().await
}

async fn in_absent(stage: &mut Stage) -> Result<()> {
    refused(stage, "4930555003").await
}

async fn in_busy_tone(stage: &mut Stage) -> Result<()> {
    refused(stage, "4930555014").await
}

async fn in_unassigned(stage: &mut Stage) -> Result<()> {
    refused(stage, "4930555015").await
}

async fn in_no_such_number(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    let mut jane = stage.jane("4930555999").await?;
    while jane.is_up() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stage.over().await
}

async fn in_early_media(stage: &mut Stage) -> Result<()> {
    let [marco] = stage.phones(["102"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555016").await?;
    stage.tape.event("Newchannel").await?;
    stage.mark("announcement").await?;
    marco.wait_ringing().await?;
    stage.mark("ringing").await?;
    marco.answer().await?;
    stage.talking("trunk", "102").await?;
    stage.mark("answered").await?;
    jane.hangup()?;
    stage.over().await
}

async fn in_hung_up_by_us(stage: &mut Stage) -> Result<()> {
    let [desk, anna] = stage.phones(["100", "101"]).await?;
    stage.begin().await?;
    let _jane = stage.jane("4930555000").await?;
    desk.wait_ringing().await?;
    anna.wait_ringing().await?;
    stage.mark("ringing").await?;
    desk.answer().await?;
    stage.talking("trunk", "100").await?;
    stage.mark("answered").await?;
    desk.hangup().await?;
    stage.over().await
}

async fn in_no_number(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    let caller = stage
        .pbx
        .trunk_call("4930555003", "anonymous", "Anonymous")
        .await?;
    anna.wait_ringing().await?;
    stage.mark("ringing").await?;
    caller.hangup()?;
    stage.over().await
}

async fn in_two(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let first = stage.jane("4930555003").await?;
    anna.wait_ringing().await?;
    let second = stage
        .pbx
        .trunk_call("4930555001", "+49302222222", "Carl Second")
        .await?;
    cara.wait_ringing().await?;
    stage.late("ringing").await?;
    anna.answer().await?;
    cara.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.talking("trunk", "103").await?;
    stage.late("answered").await?;
    first.hangup()?;
    second.hangup()?;
    stage.over().await
}

async fn through(stage: &mut Stage) -> Result<()> {
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    let jane = stage.jane("4930555017").await?;
    stage.talking("trunk", "trunk").await?;
    stage.late("answered").await?;
    jane.hangup()?;
    stage.over().await
}

async fn out_hung_up(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    anna.dial("97555").await?;
    stage.talking("101", "trunk").await?;
    stage.mark("answered").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn out_early_media(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    anna.dial("94555").await?;
    stage.tape.event("DialBegin").await?;
    stage.late("early-media").await?;
    stage.talking("101", "trunk").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

/// The outside refuses; the caller is told and let go.
async fn fails(stage: &mut Stage, number: &str) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    anna.dial(number).await?;
    stage.tape.event("DialEnd").await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn out_outage(stage: &mut Stage) -> Result<()> {
    fails(stage, "95555").await
}

async fn out_missing(stage: &mut Stage) -> Result<()> {
    fails(stage, "96555").await
}

async fn out_declined(stage: &mut Stage) -> Result<()> {
    fails(stage, "98555").await
}

async fn out_unreachable(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("9030111").await?;
    stage.tape.event("DialBegin").await?;
    stage.late("dialling").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn out_by_desk(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let _world = stage.pbx.outside().await?;
    stage.begin().await?;
    let call = [
        ("Action", "Originate"),
        ("Channel", "PJSIP/101"),
        ("Context", "internal"),
        ("Exten", "9030111"),
        ("Priority", "1"),
        ("CallerID", "\"Anna Rossi\" <101>"),
        ("Async", "true"),
        ("ChannelId", "cord-1"),
    ];
    stage.act(&call).await?;
    anna.wait_ringing().await?;
    stage.mark("own-phone-ringing").await?;
    anna.answer().await?;
    let dialling = |channels: &[Channel]| channels.iter().any(|c| c.endpoint() == "trunk");
    stage.pbx.truth().wait_until(dialling, PATIENCE).await?;
    stage.mark("dialling").await?;
    stage.talking("101", "trunk").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Another PBX is the provider: we register there as its 110, first with a wrong password.
async fn registration(stage: &mut Stage) -> Result<()> {
    let provider = Pbx::start(stage.pbx.version()).await?;
    let far = provider.ports().sip();
    stage.begin().await?;
    for (moment, password) in [("refused", "wrong"), ("registered", "pw110")] {
        stage.pbx.configure("pjsip.conf", |text| {
            let ours = text.split("\n[provider]").next().unwrap_or_default();
            format!(
                "{ours}\n[provider]\ntype = registration\ntransport = udp\noutbound_auth = provider\n\
                 server_uri = sip:127.0.0.1:{far}\nclient_uri = sip:110@127.0.0.1:{far}\n\
                 contact_user = 110\nmax_random_initial_delay = 1\n[provider]\ntype = auth\nusername = 110\npassword = {password}\n"
            )
        })?;
        stage.pbx.cli("module reload res_pjsip.so").await?;
        stage
            .pbx
            .cli("module reload res_pjsip_outbound_registration.so")
            .await?;
        stage.tape.event("Registry").await?;
        let list = [("Action", "PJSIPShowRegistrationsOutbound")];
        stage.tape.ask_list(&list).await?;
        stage.mark(moment).await?;
    }
    Ok(())
}
