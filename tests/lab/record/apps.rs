//! Calls into applications: menus, voicemail, recordings, supervision, paging.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "ivr-wrong-key" => ivr_wrong_key: "A key the menu does not know, then hung up",
    "ivr-trunk" => ivr_trunk: "An outside caller chooses a queue in a menu and is served",
    "early-media" => early_media: "The caller hears an announcement before it rings",
    "hangup-handler" => hangup_handler: "A channel that lives on for two seconds after its call ended",
    "user-event" => user_event: "The dialplan says something of its own",
    "page" => page: "One person is heard by two phones at once",
    "voicemail-left" => voicemail_left: "A message is left: the count of the mailbox changes",
    "voicemail-heard" => voicemail_heard: "The message is heard and deleted",
    "voicemail-from-trunk" => voicemail_from_trunk: "An outside caller leaves a message",
    "recording-by-desk" => recording_by_desk: "The desk records, mutes the recording, stops",
    "recording-from-start" => recording_from_start: "A call the dialplan records from its start",
    "recording-moved" => recording_moved: "A recorded caller is moved: the recording goes on",
    "recording-application" => recording_application: "Somebody dictates to an application",
    "monitor" => monitor: "The old way to record, which only 16 knows",
    "spy" => spy: "A supervisor listens; hangs up first",
    "spy-outlives" => spy_outlives: "A supervisor listens; the call ends, the supervisor stays alone",
    "spy-ends-with-it" => spy_ends: "A supervisor listens with option E and is hung up when the call ends",
    "spy-barges" => spy_barges: "A supervisor is heard by both",
    "spy-dialplan" => spy_dialplan: "A supervisor listens by dialling a number",
    "mute" => mute: "The desk mutes one side of a call",
];

async fn ivr_wrong_key(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("620").await?;
    anna.wait_established().await?;
    stage.mark("answered").await?;
    anna.dtmf("9").await?;
    stage.mark("wrong-key").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn ivr_trunk(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555002").await?;
    stage.tape.event("Newchannel").await?;
    stage.mark("in-menu").await?;
    // Jane has no keys: the desk moves her where the key would have.
    stage.redirect("trunk", "610").await?;
    cara.wait_ringing().await?;
    stage.mark("waiting").await?;
    cara.answer().await?;
    stage.talking("trunk", "103").await?;
    stage.mark("served").await?;
    jane.hangup()?;
    drop(anna);
    stage.over().await
}

async fn early_media(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    anna.dial("219").await?;
    stage.tape.event("Newchannel").await?;
    stage.late("announcement").await?;
    marco.wait_ringing().await?;
    stage.mark("ringing").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn hangup_handler(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    anna.dial("334").await?;
    marco.wait_ringing().await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    marco.wait_idle().await?;
    stage.late("hung-up").await?;
    stage.over().await
}

async fn user_event(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("607").await?;
    stage.tape.event("UserEvent").await?;
    stage.mark("said").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn page(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    let marco = stage.pbx.answering_phone("102").await?;
    let cara = stage.pbx.answering_phone("103").await?;
    stage.begin().await?;
    anna.dial("331").await?;
    marco.wait_established().await?;
    cara.wait_established().await?;
    stage.talking("101", "102").await?;
    stage.late("paging").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Anna leaves Cara a message of a second or so.
async fn leave(stage: &mut Stage, dial: &str) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    anna.dial(dial).await?;
    anna.wait_established().await?;
    stage.mark("speaking").await?;
    stage.mark("still-speaking").await?;
    anna.hangup().await?;
    stage.tape.event("MessageWaiting").await?;
    stage.over().await
}

async fn voicemail_left(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    leave(stage, "*9103").await?;
    boxes(stage).await
}

/// What lists tell about mailboxes; the second exists only in newer versions.
async fn boxes(stage: &mut Stage) -> Result<()> {
    stage
        .tape
        .ask_list(&[("Action", "VoicemailUsersList")])
        .await?;
    let count = [("Action", "MailboxCount"), ("Mailbox", "103@default")];
    stage.act(&count).await?;
    let summary = [
        ("Action", "VoicemailBoxSummary"),
        ("Context", "default"),
        ("Mailbox", "103"),
    ];
    stage.tape.ask_list(&summary).await?;
    stage.mark("asked").await
}

async fn voicemail_heard(stage: &mut Stage) -> Result<()> {
    let [cara] = stage.phones(["103"]).await?;
    stage.begin().await?;
    leave(stage, "*9103").await?;
    cara.dial("*98").await?;
    cara.wait_established().await?;
    stage.mark("calling-mailbox").await?;
    cara.dtmf("1").await?;
    stage.mark("hearing").await?;
    cara.dtmf("7").await?;
    stage.mark("deleted").await?;
    cara.hangup().await?;
    stage.tape.event("MessageWaiting").await?;
    stage.over().await
}

async fn voicemail_from_trunk(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    let jane = stage.jane("4930555013").await?;
    stage.tape.event("Newchannel").await?;
    stage.mark("speaking").await?;
    stage.mark("still-speaking").await?;
    jane.hangup()?;
    stage.tape.event("MessageWaiting").await?;
    stage.over().await
}

async fn recording_by_desk(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    let start = [
        ("Action", "MixMonitor"),
        ("Channel", leg.as_str()),
        ("File", "cordboard.wav"),
    ];
    stage.act(&start).await?;
    stage.late("recording").await?;
    for state in ["1", "0"] {
        let mute = [
            ("Action", "MixMonitorMute"),
            ("Channel", leg.as_str()),
            ("Direction", "both"),
            ("State", state),
        ];
        stage.act(&mute).await?;
        stage.mark(&format!("muted-{state}")).await?;
    }
    stage
        .act(&[("Action", "StopMixMonitor"), ("Channel", &leg)])
        .await?;
    stage.mark("stopped").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn recording_from_start(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    anna.dial("630").await?;
    marco.wait_ringing().await?;
    stage.mark("ringing").await?;
    marco.answer().await?;
    stage.talking("101", "102").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn recording_moved(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    let start = [
        ("Action", "MixMonitor"),
        ("Channel", leg.as_str()),
        ("File", "moved.wav"),
    ];
    stage.act(&start).await?;
    stage.mark("recording").await?;
    stage.redirect("101", "103").await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("moved").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn recording_application(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("333").await?;
    anna.wait_established().await?;
    stage.mark("dictating").await?;
    anna.hangup().await?;
    stage.over().await
}

/// On 22 every one of these is an unknown action.
async fn monitor(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    let start = [
        ("Action", "Monitor"),
        ("Channel", leg.as_str()),
        ("File", "monitored"),
        ("Mix", "1"),
    ];
    stage.tape.request(&start).await?;
    stage.late("recording").await?;
    for action in ["PauseMonitor", "UnpauseMonitor", "StopMonitor"] {
        stage
            .tape
            .request(&[("Action", action), ("Channel", &leg)])
            .await?;
    }
    stage.mark("stopped").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Anna and Marco talk, Cara listens by order of the desk.
async fn spying(stage: &mut Stage, options: &str) -> Result<[crate::Phone; 3]> {
    let phones = stage.talkers().await?;
    let data = format!("{},{options}", stage.channel("101").await?.name);
    let listen = [
        ("Action", "Originate"),
        ("Channel", "PJSIP/103"),
        ("Application", "ChanSpy"),
        ("Data", data.as_str()),
        ("Async", "true"),
        ("ChannelId", "cord-1"),
    ];
    stage.act(&listen).await?;
    phones[2].wait_ringing().await?;
    stage.mark("supervisor-ringing").await?;
    phones[2].answer().await?;
    stage.tape.event("ChanSpyStart").await?;
    stage.mark("listening").await?;
    Ok(phones)
}

async fn spy(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = spying(stage, "q").await?;
    stage.late("listed").await?;
    cara.hangup().await?;
    stage.tape.event("ChanSpyStop").await?;
    stage.mark("alone-again").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn spy_outlives(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = spying(stage, "q").await?;
    anna.hangup().await?;
    stage.tape.event("ChanSpyStop").await?;
    stage.late("supervisor-alone").await?;
    cara.hangup().await?;
    stage.over().await
}

async fn spy_ends(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = spying(stage, "qE").await?;
    anna.hangup().await?;
    cara.wait_idle().await?;
    stage.over().await
}

async fn spy_barges(stage: &mut Stage) -> Result<()> {
    let [anna, ..] = spying(stage, "qB").await?;
    anna.hangup().await?;
    stage.tape.event("ChanSpyStop").await?;
    stage.mark("supervisor-alone").await?;
    stage.clear().await
}

async fn spy_dialplan(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco, cara] = stage.talkers().await?;
    cara.dial("335").await?;
    stage.tape.event("ChanSpyStart").await?;
    stage.mark("listening").await?;
    stage.clear().await
}

async fn mute(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    for state in ["on", "off"] {
        let mute = [
            ("Action", "MuteAudio"),
            ("Channel", leg.as_str()),
            ("Direction", "all"),
            ("State", state),
        ];
        stage.act(&mute).await?;
        stage.mark(&format!("mute-{state}")).await?;
    }
    anna.hangup().await?;
    stage.over().await
}
