//! What a person reads off the board besides calls: what a gap brought, several PBXs, a locked room, a message that waits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use board::PbxId;
use board::view::CallPhase;
use desk::{Connection, DeskThing, GapView, GapWhat, Profile, Status, Tile};
use lab::{Pbx, Version};

use crate::desk::{connection, profile};
use crate::on_both;
use crate::seat::{Seat, connect, office};
use crate::shown::Shown;

/// Asterisk is asked about its rooms again a second after somebody has gone.
const PATIENCE: Duration = Duration::from_secs(15);

fn gap(shown: &Shown) -> Option<GapView> {
    shown.tiles().find_map(|tile| match tile {
        Tile::Desk(DeskThing::Gap(gap)) => Some(gap.clone()),
        Tile::Desk(_) | Tile::Board(_) => None,
    })
}

/// A PBX says in whole seconds when it was started: two starts within one are the same to everybody.
pub(crate) async fn another_second() {
    let second = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    };
    let began = second();
    while second() == began {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn whose_call_a_power_cut_ended_is_told(version: Version) -> Result<()> {
    let (mut pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    seat.call(CallPhase::Talking, &["101", "102"]).await?;
    pbx.kill9();
    seat.wait_lost(Duration::from_secs(2)).await?;
    another_second().await;
    pbx.power_on()?;
    pbx.wait_booted().await?;
    let gap = seat.wait_within(PATIENCE, "a gap", gap).await?;
    ensure!(gap.restarted, "{gap:?}");
    let [cut] = &gap.changes[..] else {
        anyhow::bail!("one call was cut off: {gap:?}");
    };
    ensure!(cut.what == GapWhat::Interrupted, "{cut:?}");
    ensure!(cut.number.as_deref() == Some("101"), "{cut:?}");
    ensure!(cut.with_number.as_deref() == Some("102"), "{cut:?}");
    let started = |shown: &Shown| shown.pbx().is_some_and(|pbx| pbx.started.is_some());
    ensure!(started(&seat.shown), "when it was started is told");
    Ok(())
}

/// The status of one of several PBXs.
fn status_of(shown: &Shown, pbx: &PbxId) -> Option<Status> {
    shown.tiles().find_map(|tile| match tile {
        Tile::Desk(DeskThing::Pbx(view)) if view.id.pbx == *pbx => Some(view.status.clone()),
        Tile::Desk(_) | Tile::Board(_) => None,
    })
}

fn calls_of(shown: &Shown, pbx: &PbxId) -> usize {
    shown.calls().filter(|call| call.id.pbx == *pbx).count()
}

fn second(pbx: &Pbx, id: &PbxId) -> Result<Connection> {
    connection(Profile {
        pbx: id.clone(),
        name: "Second".to_owned(),
        ..profile(pbx.ami_port())
    })
}

async fn one_lost_pbx_leaves_the_other_live(version: Version) -> Result<()> {
    let (mut pbx, mut seat) = office(version).await?;
    let other = Pbx::start(match version {
        Version::V22 => Version::V16,
        Version::V16 => Version::V22,
    })
    .await?;
    let (own, id) = (
        crate::desk::pbx_id(),
        PbxId::new("second").context("an id")?,
    );
    seat.desk.connect(second(&other, &id)?).await?;
    for at in [&pbx, &other] {
        let (anna, marco) = tokio::try_join!(at.phone("101"), at.phone("102"))?;
        connect(at, &anna, &marco).await?;
    }
    let both = |shown: &Shown| {
        let live = |pbx| status_of(shown, pbx) == Some(Status::Live) && calls_of(shown, pbx) == 1;
        (live(&own) && live(&id)).then_some(())
    };
    seat.wait_within(PATIENCE, "a call on each", both).await?;
    pbx.kill9();
    let lost = |shown: &Shown| {
        let lost = matches!(status_of(shown, &own), Some(Status::Lost { .. }));
        lost.then_some(())
    };
    seat.wait_within(PATIENCE, "one lost", lost).await?;
    ensure!(status_of(&seat.shown, &id) == Some(Status::Live));
    ensure!(calls_of(&seat.shown, &id) == 1, "the other's call stays");
    ensure!(calls_of(&seat.shown, &own) == 1, "the old picture stays");
    seat.desk.disconnect(own.clone()).await?;
    let gone = |shown: &Shown| {
        (status_of(shown, &own).is_none() && calls_of(shown, &own) == 0).then_some(())
    };
    seat.wait_within(PATIENCE, "the lost one taken away", gone)
        .await
}

async fn a_locked_room_is_shown_locked_though_no_event_says_so(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let cara = pbx.phone("103").await?;
    for phone in [&anna, &marco, &cara] {
        phone.dial("680").await?;
        phone.wait_established().await?;
    }
    let inside = |many: usize, locked: bool| {
        move |shown: &Shown| {
            let room = shown.conferences().find(|room| room.name == "680")?;
            (room.members.len() == many && room.locked == Some(locked)).then_some(())
        }
    };
    seat.wait_within(PATIENCE, "three in an open room", inside(3, false))
        .await?;
    let lock = [("Action", "ConfbridgeLock"), ("Conference", "680")];
    pbx.truth().action(&lock).await?;
    cara.hangup().await?;
    seat.wait_within(PATIENCE, "two in a locked room", inside(2, true))
        .await
}

async fn a_message_that_waits_is_shown_also_to_a_late_desk(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let anna = pbx.phone("101").await?;
    anna.dial("*9103").await?;
    anna.wait_established().await?;
    // A message shorter than a moment is thrown away.
    let spoken = |shown: &Shown| {
        let began = shown.calls().next()?.started;
        (shown.pbx()?.heard? >= began + 2_000).then_some(())
    };
    seat.wait("two seconds of a message", spoken).await?;
    anna.hangup().await?;
    let waits = |shown: &Shown| {
        let cara = shown.extensions().find(|person| person.number == "103")?;
        (cara.mailbox.as_ref()?.fresh == 1).then_some(())
    };
    seat.wait_within(PATIENCE, "a message for 103", waits)
        .await?;
    let mut late = Seat::at(pbx.ami_port()).await?;
    late.wait_within(PATIENCE, "the message, asked for", waits)
        .await
}

on_both![
    whose_call_a_power_cut_ended_is_told,
    one_lost_pbx_leaves_the_other_live,
    a_locked_room_is_shown_locked_though_no_event_says_so,
    a_message_that_waits_is_shown_also_to_a_late_desk,
];
