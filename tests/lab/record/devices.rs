//! Phones that come and go, lamps, do not disturb, presence.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "device-registers" => registers: "A phone is switched on",
    "device-unregisters" => unregisters: "A phone is switched off in order",
    "device-killed" => killed: "A phone loses its plug and is called: it stays registered, and does not ring",
    "device-qualified" => qualified: "A phone is asked whether it lives, before and after it lost its plug",
    "device-do-not-disturb" => do_not_disturb: "Do not disturb as a device state of its own, in the hint of a phone",
    "device-lamp" => lamp: "A device state that is nothing but a lamp, through every state",
    "device-presence" => presence: "Presence with a message, and its hint",
    "device-both-in-call" => both_in_call: "A hint that covers two devices, of which one talks and one rings",
    "device-mailbox-lamp" => mailbox_lamp: "A mailbox set from elsewhere (MWIUpdate): unknown where voicemail is Asterisk's own",
];

async fn registers(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    let [_anna] = stage.phones(["101"]).await?;
    stage.tape.event("ContactStatus").await?;
    stage.late("registered").await
}

async fn unregisters(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.switch_off().await?;
    stage.tape.event("ContactStatus").await?;
    stage.late("unregistered").await
}

async fn killed(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    drop(marco);
    stage.mark("killed").await?;
    anna.dial("102").await?;
    stage.tape.event("DialBegin").await?;
    stage.late("dialled").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn qualified(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.pbx.configure("pjsip.conf", |text| {
        text.replace(
            "max_contacts = 1",
            "max_contacts = 1\nqualify_frequency = 1\nqualify_timeout = 0.5",
        )
    })?;
    stage.begin().await?;
    stage.pbx.cli("module reload res_pjsip.so").await?;
    let is =
        |state: &'static str| move |m: &crate::message::Message| m.get("ContactStatus") == state;
    stage.tape.until("Reachable", is("Reachable")).await?;
    stage.mark("reachable").await?;
    drop(anna);
    stage.tape.until("Unreachable", is("Unreachable")).await?;
    stage.late("unreachable").await
}

/// What the desk writes into a device state, as a dialplan would.
async fn set(stage: &mut Stage, variable: &str, value: &str) -> Result<()> {
    let set = [
        ("Action", "Setvar"),
        ("Variable", variable),
        ("Value", value),
    ];
    stage.act(&set).await.map(drop)
}

async fn do_not_disturb(stage: &mut Stage) -> Result<()> {
    let [_george] = stage.phones(["107"]).await?;
    stage.begin().await?;
    set(stage, "DEVICE_STATE(Custom:DND107)", "BUSY").await?;
    stage.tape.event("ExtensionStatus").await?;
    stage.late("do-not-disturb").await?;
    set(stage, "DEVICE_STATE(Custom:DND107)", "NOT_INUSE").await?;
    stage.tape.event("ExtensionStatus").await?;
    stage.mark("disturb").await
}

async fn lamp(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    for state in [
        "INUSE",
        "RINGING",
        "RINGINUSE",
        "ONHOLD",
        "UNAVAILABLE",
        "INVALID",
        "NOT_INUSE",
    ] {
        set(stage, "DEVICE_STATE(Custom:LAMP)", state).await?;
        stage.mark(state).await?;
    }
    Ok(())
}

async fn presence(stage: &mut Stage) -> Result<()> {
    let [_anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    for (moment, value) in [
        ("away", "away,lunch,Zu Tisch: bis 13 Uhr"),
        ("do-not-disturb", "dnd,,"),
        ("chatty", "chat,,"),
        ("available", "available,,"),
    ] {
        set(stage, "PRESENCE_STATE(CustomPresence:101)", value).await?;
        stage
            .tape
            .ask_list(&[("Action", "PresenceStateList")])
            .await?;
        stage.mark(moment).await?;
    }
    Ok(())
}

async fn both_in_call(stage: &mut Stage) -> Result<()> {
    let [desk, anna, marco, cara] = stage.phones(["100", "101", "102", "103"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &marco).await?;
    stage.mark("one-talks").await?;
    cara.dial("100").await?;
    desk.wait_ringing().await?;
    stage.late("other-rings").await?;
    stage.clear().await
}

async fn mailbox_lamp(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    for (old, new) in [("1", "2"), ("0", "0")] {
        let update = [
            ("Action", "MWIUpdate"),
            ("Mailbox", "101@default"),
            ("OldMessages", old),
            ("NewMessages", new),
        ];
        stage.tape.request(&update).await?;
        stage.mark(&format!("new-{new}")).await?;
    }
    Ok(())
}
