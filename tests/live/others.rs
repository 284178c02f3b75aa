//! What others do with their calls: the picture follows, and is the same for a desk that comes later.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Pbx, Version};

use crate::on_both;
use crate::picture::same_when_cold;
use crate::seat::{Seat, connect, office};

on_both!(
    a_colleague_picks_up,
    an_agent_behind_a_local_channel,
    two_calls_are_bridged,
    a_parked_call_comes_back,
    a_group_rings
);

async fn ends(pbx: &Pbx, seat: &mut Seat) -> Result<()> {
    for channel in pbx.truth().channels().await? {
        pbx.truth()
            .action(&[("Action", "Hangup"), ("Channel", &channel.uniqueid)])
            .await?;
    }
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    seat.agrees_with(pbx).await
}

async fn a_colleague_picks_up(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara, dora) =
        tokio::try_join!(pbx.phone("102"), pbx.phone("103"), pbx.phone("104"))?;
    marco.dial("103").await?;
    cara.wait_ringing().await?;
    seat.call(CallPhase::Ringing, &["102", "103"]).await?;
    dora.dial("*8103").await?;
    pbx.truth().wait_talking("102", "104").await?;
    cara.wait_idle().await?;
    seat.call(CallPhase::Talking, &["102", "104"]).await?;
    same_when_cold(&pbx, &mut seat).await?;
    ends(&pbx, &mut seat).await
}

/// 104 serves the queue by way of a Local channel that stays.
async fn an_agent_behind_a_local_channel(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let dora = pbx.phone("104").await?;
    let caller = pbx
        .trunk_call("4930555001", "+49301234567", "Jane Doe")
        .await?;
    dora.wait_ringing().await?;
    seat.call(CallPhase::Ringing, &["104", "trunk"]).await?;
    same_when_cold(&pbx, &mut seat).await?;
    dora.answer().await?;
    pbx.truth().wait_talking("104", "trunk").await?;
    seat.call(CallPhase::Talking, &["104", "trunk"]).await?;
    same_when_cold(&pbx, &mut seat).await?;
    caller.hangup()?;
    ends(&pbx, &mut seat).await
}

async fn two_calls_are_bridged(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco, cara, dora) = tokio::try_join!(
        pbx.phone("101"),
        pbx.phone("102"),
        pbx.phone("103"),
        pbx.phone("104")
    )?;
    connect(&pbx, &anna, &marco).await?;
    connect(&pbx, &cara, &dora).await?;
    seat.call(CallPhase::Talking, &["101", "102"]).await?;
    seat.call(CallPhase::Talking, &["103", "104"]).await?;
    let (one, other) = (
        pbx.truth().channel_of("101").await?.name,
        pbx.truth().channel_of("103").await?.name,
    );
    pbx.truth()
        .action(&[
            ("Action", "Bridge"),
            ("Channel1", &one),
            ("Channel2", &other),
        ])
        .await?;
    pbx.truth().wait_talking("101", "103").await?;
    seat.call(CallPhase::Talking, &["101", "103"]).await?;
    marco.wait_idle().await?;
    dora.wait_idle().await?;
    same_when_cold(&pbx, &mut seat).await?;
    ends(&pbx, &mut seat).await
}

async fn a_parked_call_comes_back(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    let (parkee, parker) = (
        pbx.truth().channel_of("101").await?.name,
        pbx.truth().channel_of("102").await?.name,
    );
    let park = [
        ("Action", "Park"),
        ("Channel", parkee.as_str()),
        ("TimeoutChannel", parker.as_str()),
        ("Parkinglot", "short"),
    ];
    pbx.truth().action(&park).await?;
    seat.call(CallPhase::Parked, &["101"]).await?;
    seat.agrees_with(&pbx).await?;
    marco.wait_idle().await?;
    marco.wait_ringing().await?;
    seat.call(CallPhase::Ringing, &["101", "102"]).await?;
    ensure!(seat.shown.parked().next().is_none(), "{}", seat.shown);
    marco.answer().await?;
    pbx.truth().wait_talking("101", "102").await?;
    seat.call(CallPhase::Talking, &["101", "102"]).await?;
    same_when_cold(&pbx, &mut seat).await?;
    ends(&pbx, &mut seat).await
}

/// Reception rings two phones; one answers, the other falls silent.
async fn a_group_rings(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (reception, anna) = tokio::try_join!(pbx.phone("100"), pbx.phone("101"))?;
    let _caller = pbx
        .trunk_call("4930555000", "+49301234567", "Jane Doe")
        .await?;
    reception.wait_ringing().await?;
    anna.wait_ringing().await?;
    seat.call(CallPhase::Ringing, &["100", "101", "trunk"])
        .await?;
    same_when_cold(&pbx, &mut seat).await?;
    anna.answer().await?;
    pbx.truth().wait_talking("101", "trunk").await?;
    reception.wait_idle().await?;
    seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
    same_when_cold(&pbx, &mut seat).await?;
    ends(&pbx, &mut seat).await
}
