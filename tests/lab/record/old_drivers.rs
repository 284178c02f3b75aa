//! Channel drivers of other days: chan_sip, which 22 no longer has, and IAX2.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::pbx::Pbx;

pub(super) const SIP: &[Scenario] = scenarios![only V16;
    "sip-call" => sip_call: "Two phones behind chan_sip call each other",
    "sip-hold-transfer" => sip_hold_transfer: "A phone behind chan_sip holds, and transfers to one behind PJSIP",
    "sip-registration" => sip_registration: "A phone behind chan_sip is switched off, and lists of peers",
];

pub(super) const IAX: &[Scenario] = scenarios![
    "iax-call" => iax_call: "A call between two PBXs over IAX2, held and hung up",
];

async fn with_sip(stage: &mut Stage) -> Result<()> {
    stage.pbx.cli("module load chan_sip.so").await?;
    Ok(())
}

async fn sip_call(stage: &mut Stage) -> Result<()> {
    with_sip(stage).await?;
    let [ulla, viktor] = stage.phones(["121", "122"]).await?;
    stage.begin().await?;
    stage.tape.ask_list(&[("Action", "SIPpeers")]).await?;
    stage.ring(&ulla, &viktor).await?;
    stage.late("ringing").await?;
    viktor.answer().await?;
    stage.talking("121", "122").await?;
    stage.late("answered").await?;
    ulla.hangup().await?;
    stage.over().await
}

async fn sip_hold_transfer(stage: &mut Stage) -> Result<()> {
    with_sip(stage).await?;
    let [ulla, anna, cara] = stage.phones(["121", "101", "103"]).await?;
    stage.begin().await?;
    stage.connect(&anna, &ulla).await?;
    stage.mark("answered").await?;
    ulla.hold().await?;
    stage.tape.event("Hold").await?;
    stage.mark("held").await?;
    ulla.transfer("103").await?;
    cara.wait_ringing().await?;
    stage.late("transferred").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("transfer-answered").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn sip_registration(stage: &mut Stage) -> Result<()> {
    with_sip(stage).await?;
    stage.begin().await?;
    let [ulla] = stage.phones(["121"]).await?;
    stage.tape.event("PeerStatus").await?;
    stage.mark("registered").await?;
    stage.tape.ask_list(&[("Action", "SIPpeerstatus")]).await?;
    ulla.switch_off().await?;
    stage.tape.event("PeerStatus").await?;
    stage.mark("unregistered").await
}

/// Loads IAX2 on a PBX, with the other as its only peer.
async fn with_iax(pbx: &Pbx, other: &Pbx) -> Result<()> {
    let (own, far) = (pbx.ports().iax(), other.ports().iax());
    pbx.configure("iax.conf", |_| {
        format!(
            "[general]\nbindport = {own}\nbindaddr = 127.0.0.1\ncalltokenoptional = 0.0.0.0/0.0.0.0\n\
             [far]\ntype = friend\nhost = 127.0.0.1\nport = {far}\ncontext = internal\n\
             requirecalltoken = no\nqualify = yes\ndisallow = all\nallow = alaw\n"
        )
    })?;
    pbx.cli("module load chan_iax2.so").await.map(drop)
}

async fn iax_call(stage: &mut Stage) -> Result<()> {
    let far = Pbx::start(stage.pbx.version()).await?;
    with_iax(&stage.pbx, &far).await?;
    with_iax(&far, &stage.pbx).await?;
    stage.pbx.configure("extensions_stories.conf", |text| {
        text.replace(
            "[stories]\n",
            "[stories]\nexten => _5X1XX,1,Dial(IAX2/far/${EXTEN:2})\n",
        )
    })?;
    stage.pbx.cli("dialplan reload").await?;
    let [anna] = stage.phones(["101"]).await?;
    let marco = far.phone("102").await?;
    stage.begin().await?;
    anna.dial("50102").await?;
    marco.wait_ringing().await?;
    stage.late("ringing").await?;
    marco.answer().await?;
    stage.talking("101", "far").await?;
    stage.late("answered").await?;
    anna.hold().await?;
    stage.tape.event("Hold").await?;
    stage.mark("held").await?;
    anna.resume().await?;
    stage.tape.event("Unhold").await?;
    stage.mark("resumed").await?;
    marco.hangup().await?;
    stage.over().await
}
