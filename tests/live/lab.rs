//! The lab itself: real phones, the trunk and the faults, on every version.

use std::time::Duration;

use anyhow::{Result, ensure};
use lab::proxy::Mode;
use lab::{Pbx, Proxy, Truth, Version};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

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
    let shown = channels
        .iter()
        .find(|channel| channel.endpoint() == "trunk");
    ensure!(
        shown.is_some_and(|c| c.caller == "+49301234567"),
        "{shown:?}"
    );
    ensure!(
        shown.is_some_and(|c| c.caller_name.contains("\u{202e}[x] & ö;")),
        "{shown:?}"
    );
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

/// A desk behind a failing link: what it wrote is counted, whatever became of it.
async fn the_proxy_stands_between(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let proxy = Proxy::start(pbx.ami_port()).await?;
    let truth = Truth::on_port(proxy.port());
    proxy.set(Mode::Slice);
    ensure!(truth.channels().await?.is_empty(), "a call from nowhere");
    proxy.cut();
    ensure!(truth.channels().await.is_err(), "the link was cut");
    proxy.set(Mode::Delay(Duration::from_millis(5)));
    truth.channels().await?;
    ensure!(proxy.count("Login") == 2, "{:?}", proxy.client_actions());
    Ok(())
}

async fn local_channels_count_as_talking(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let _anna = pbx.answering_phone("101").await?;
    let _marco = pbx.answering_phone("102").await?;
    let originate = [
        ("Action", "Originate"),
        ("Channel", "Local/101@internal/n"),
        ("Context", "internal"),
        ("Exten", "102"),
        ("Priority", "1"),
        ("Async", "true"),
    ];
    pbx.truth().action(&originate).await?;
    pbx.truth().wait_talking("101", "102").await.map(drop)
}

/// A queue, music and the IVR need sounds and modules which only a whole PBX has.
async fn machines_answer(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let anna = pbx.phone("101").await?;
    for number in ["600", "601", "602", "610", "620", "680", "*102"] {
        anna.dial(number).await?;
        anna.wait_established().await?;
        anna.hangup().await?;
        pbx.truth().wait_silent().await?;
    }
    let log = pbx.log()?;
    let complaints = [
        "does not exist in any format",
        "No class: default",
        "Unable to open",
    ];
    for complaint in complaints {
        ensure!(
            !log.contains(complaint),
            "Asterisk's log says {complaint:?}"
        );
    }
    Ok(())
}

/// A frozen PBX accepts connections (its kernel does) and says nothing.
async fn a_frozen_pbx_thaws(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    pbx.stop_signal()?;
    let mut link = TcpStream::connect(("127.0.0.1", pbx.ami_port())).await?;
    let mut greeting = [0; 21];
    let early = timeout(Duration::from_millis(300), link.read_exact(&mut greeting)).await;
    ensure!(early.is_err(), "a frozen PBX spoke");
    pbx.cont_signal()?;
    link.read_exact(&mut greeting).await?;
    ensure!(&greeting == b"Asterisk Call Manager", "{greeting:?}");
    Ok(())
}

#[tokio::test]
async fn a_frozen_pbx_thaws_on_22() -> Result<()> {
    a_frozen_pbx_thaws(Version::V22).await
}

#[tokio::test]
async fn a_frozen_pbx_thaws_on_16() -> Result<()> {
    a_frozen_pbx_thaws(Version::V16).await
}

#[tokio::test]
async fn the_proxy_stands_between_on_22() -> Result<()> {
    the_proxy_stands_between(Version::V22).await
}

#[tokio::test]
async fn the_proxy_stands_between_on_16() -> Result<()> {
    the_proxy_stands_between(Version::V16).await
}

#[tokio::test]
async fn local_channels_count_as_talking_on_22() -> Result<()> {
    local_channels_count_as_talking(Version::V22).await
}

#[tokio::test]
async fn local_channels_count_as_talking_on_16() -> Result<()> {
    local_channels_count_as_talking(Version::V16).await
}

#[tokio::test]
async fn machines_answer_on_22() -> Result<()> {
    machines_answer(Version::V22).await
}

#[tokio::test]
async fn machines_answer_on_16() -> Result<()> {
    machines_answer(Version::V16).await
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
