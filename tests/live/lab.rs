//! The lab itself: real phones, the trunk and the faults, on every version.

use anyhow::{Result, ensure};
use lab::{Pbx, Version};

async fn two_phones_talk(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let anna = pbx.phone("101").await?;
    let marco = pbx.phone("102").await?;
    anna.dial("102").await?;
    marco.wait_ringing().await?;
    pbx.truth().wait_ringing("102").await?;
    marco.answer().await?;
    pbx.truth().wait_talking("101", "102").await?;
    anna.hangup().await?;
    marco.wait_idle().await?;
    pbx.truth().wait_silent().await
}

async fn the_outside_world_calls_and_is_called(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let anna = pbx.answering_phone("101").await?;
    let name = "<b>\"Eve\" \u{202e}[x] & ö;";
    let caller = pbx.trunk_call("4930555003", "+49301234567", name).await?;
    let channels = pbx.truth().wait_talking("trunk", "101").await?;
    let shown = channels.iter().find(|channel| channel.endpoint() == "trunk");
    ensure!(shown.is_some_and(|c| c.caller == "+49301234567"), "{shown:?}");
    ensure!(shown.is_some_and(|c| c.caller_name.contains("\u{202e}[x] & ö;")), "{shown:?}");
    caller.hangup()?;
    anna.wait_idle().await?;
    pbx.truth().wait_silent().await?;
    let _world = pbx.outside().await?;
    anna.dial("90891234").await?;
    anna.wait_established().await?;
    pbx.truth().wait_talking("101", "trunk").await?;
    anna.hangup().await?;
    pbx.truth().wait_silent().await
}

async fn a_power_cut_ends_every_call(version: Version) -> Result<()> {
    let mut pbx = Pbx::start(version).await?;
    let anna = pbx.phone("101").await?;
    let _marco = pbx.answering_phone("102").await?;
    anna.dial("102").await?;
    pbx.truth().wait_talking("101", "102").await?;
    let before = pbx.key_fingerprint()?;
    pbx.restart().await?;
    ensure!(pbx.key_fingerprint()? == before, "the key changed");
    ensure!(pbx.truth().channels().await?.is_empty(), "a call survived");
    pbx.renew_certificate().await?;
    ensure!(pbx.key_fingerprint()? != before, "the key did not change");
    Ok(())
}

#[tokio::test]
async fn two_phones_talk_on_22() -> Result<()> {
    two_phones_talk(Version::V22).await
}

#[tokio::test]
async fn two_phones_talk_on_16() -> Result<()> {
    two_phones_talk(Version::V16).await
}

#[tokio::test]
async fn the_outside_world_calls_and_is_called_on_22() -> Result<()> {
    the_outside_world_calls_and_is_called(Version::V22).await
}

#[tokio::test]
async fn the_outside_world_calls_and_is_called_on_16() -> Result<()> {
    the_outside_world_calls_and_is_called(Version::V16).await
}

#[tokio::test]
async fn a_power_cut_ends_every_call_on_22() -> Result<()> {
    a_power_cut_ends_every_call(Version::V22).await
}

#[tokio::test]
async fn a_power_cut_ends_every_call_on_16() -> Result<()> {
    a_power_cut_ends_every_call(Version::V16).await
}
