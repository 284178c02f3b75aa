//! The picture equals the PBX: for a desk that followed, and for one that comes later and reads the lists.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use board::view::{CallPhase, Direction, ExtensionState, LegState};
use lab::{Pbx, Version};
use serde_json::Value;

use crate::on_both;
use crate::seat::{Seat, connect, office};
use crate::shown::{Shown, ends, is_nobodys, leg, strip};

on_both!(
    a_call_rings_talks_and_is_held,
    calls_from_and_to_the_outside,
    a_queue_a_parking_lot_and_a_conference,
    two_calls_at_one_phone,
    calls_over_local_channels,
);

/// A desk that comes later shows what the one shows that has been there all the time.
pub(crate) async fn same_when_cold(pbx: &Pbx, seat: &mut Seat) -> Result<()> {
    seat.agrees_with(pbx).await?;
    let mut cold = Seat::at(pbx.ami_port()).await?;
    cold.agrees_with(pbx).await?;
    let named = |shown: &Shown| {
        shown
            .extensions()
            .all(|one| one.name.is_some() || is_nobodys(one))
            .then_some(())
    };
    seat.wait("everybody's name", named).await?;
    cold.wait("everybody's name", named).await?;
    let (followed, read) = (tellable(&seat.shown), tellable(&cold.shown));
    for (id, thing) in &followed {
        ensure!(
            read.get(id) == Some(thing),
            "{id}: followed\n{thing:#}\nbut from lists\n{:#}",
            read.get(id).unwrap_or_default()
        );
    }
    ensure!(
        followed.len() == read.len(),
        "more from lists: {:?}",
        read.keys().collect::<Vec<_>>()
    );
    Ok(())
}

/// What both events and lists tell. Lists say where a caller is now, not what was dialled first, who hears music, is recorded or has called
/// before; events do not say who goes first in a queue or how long people wait on average, lists not who is rung in a call. Events without the class `dialplan` never say which
/// application runs; which number leads into a queue is learned from those who come in by it.
fn tellable(shown: &Shown) -> BTreeMap<String, Value> {
    let mut things = shown.timeless();
    things.retain(|_, thing| thing["kind"] != "ended");
    for thing in things.values_mut() {
        strip(
            thing,
            &[
                "application",
                "dialled",
                "music",
                "recorded",
                "priority",
                "ringInUse",
                "holdTime",
                "talkTime",
                "within",
            ],
        );
        if let Some(queue) = thing
            .as_object_mut()
            .filter(|thing| thing["kind"] == "queue")
        {
            queue.remove("number");
        }
    }
    things
}

async fn a_call_rings_talks_and_is_held(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    marco.dial("103").await?;
    cara.wait_ringing().await?;
    let call = seat.call(CallPhase::Ringing, &["102", "103"]).await?;
    ensure!(
        call.direction == Direction::Internal && call.dialled.as_deref() == Some("103"),
        "{call:?}"
    );
    ensure!(
        (leg(&call, "102").state, leg(&call, "103").state)
            == (LegState::Calling, LegState::Ringing),
        "{call:?}"
    );
    ensure!(
        leg(&call, "102").caller && !leg(&call, "103").caller,
        "{call:?}"
    );
    same_when_cold(&pbx, &mut seat).await?;
    cara.answer().await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    ensure!(
        leg(&call, "102").hears == [leg(&call, "103").id.clone()],
        "{call:?}"
    );
    ensure!(
        leg(&call, "102").name.as_deref() == lab::people::name_of("102"),
        "{call:?}"
    );
    same_when_cold(&pbx, &mut seat).await?;
    marco.hold().await?;
    let call = seat.call(CallPhase::Held, &["102", "103"]).await?;
    ensure!(
        leg(&call, "102").hold && !leg(&call, "103").hold,
        "{call:?}"
    );
    seat.agrees_with(&pbx).await?;
    marco.resume().await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    same_when_cold(&pbx, &mut seat).await?;
    marco.hangup().await?;
    seat.silence().await?;
    ensure!(
        seat.shown.state("102") == Some(ExtensionState::Idle)
            || seat.agrees_with(&pbx).await.is_ok(),
        "{}",
        seat.shown
    );
    same_when_cold(&pbx, &mut seat).await
}

async fn calls_from_and_to_the_outside(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let caller = pbx
        .trunk_call("4930555003", "+49301234567", "Jane Doe")
        .await?;
    anna.wait_ringing().await?;
    let call = seat.call(CallPhase::Ringing, &["101", "trunk"]).await?;
    let outside = leg(&call, "trunk");
    ensure!(
        call.direction == Direction::Inbound && outside.trunk.as_deref() == Some("PJSIP/trunk"),
        "{call:?}"
    );
    ensure!(
        (outside.name.as_deref(), outside.number.as_deref())
            == (Some("Jane Doe"), Some("+49301234567")),
        "{call:?}"
    );
    ensure!(
        call.dialled.as_deref() == Some("4930555003"),
        "the number dialled: {:?}",
        call.dialled
    );
    seat.agrees_with(&pbx).await?;
    anna.answer().await?;
    seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
    let _world = pbx.outside().await?;
    marco.dial("90891234").await?;
    let call = seat.call(CallPhase::Talking, &["102", "trunk"]).await?;
    ensure!(
        call.direction == Direction::Outbound && call.dialled.as_deref() == Some("90891234"),
        "{call:?}"
    );
    same_when_cold(&pbx, &mut seat).await?;
    caller.hangup()?;
    marco.hangup().await?;
    seat.silence().await?;
    seat.agrees_with(&pbx).await
}

async fn a_queue_a_parking_lot_and_a_conference(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco, cara, emil) = tokio::try_join!(
        pbx.phone("101"),
        pbx.phone("102"),
        pbx.phone("103"),
        pbx.phone("105")
    )?;
    let _first = pbx
        .trunk_call("4930555004", "+49301111111", "First")
        .await?;
    emil.wait_ringing().await?;
    seat.call(CallPhase::Ringing, &["105", "trunk"]).await?;
    let _second = pbx
        .trunk_call("4930555004", "+49302222222", "Second")
        .await?;
    let both = |shown: &Shown| {
        let queue = shown.queues().find(|queue| queue.name == "support")?;
        let names: Vec<_> = queue
            .callers
            .iter()
            .map(|one| (one.position, one.name.clone()))
            .collect();
        (names
            == [
                (1, Some("First".to_owned())),
                (2, Some("Second".to_owned())),
            ])
        .then_some(())
    };
    seat.wait("two callers in line", both).await?;
    seat.call(CallPhase::Queued, &["trunk"]).await?;
    connect(&pbx, &anna, &marco).await?;
    seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let parkee = pbx.truth().channel_of("101").await?.uniqueid;
    pbx.truth()
        .action(&[("Action", "Park"), ("Channel", &parkee)])
        .await?;
    seat.call(CallPhase::Parked, &["101"]).await?;
    let space = seat
        .wait("a parked call", |shown| {
            shown
                .parked()
                .next()
                .map(|one| (one.space.clone(), one.until))
        })
        .await?;
    ensure!(space.0 == "701" && space.1.is_some(), "{space:?}");
    for phone in [&cara, &marco] {
        phone.dial("680").await?;
        phone.wait_established().await?;
    }
    let call = seat.call(CallPhase::Conference, &["102", "103"]).await?;
    ensure!(
        leg(&call, "102").hears == [leg(&call, "103").id.clone()],
        "{call:?}"
    );
    same_when_cold(&pbx, &mut seat).await
}

async fn two_calls_at_one_phone(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara, dora) =
        tokio::try_join!(pbx.phone("102"), pbx.phone("103"), pbx.phone("104"))?;
    connect(&pbx, &marco, &cara).await?;
    dora.dial("103").await?;
    cara.wait_ringing().await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    seat.call(CallPhase::Ringing, &["103", "104"]).await?;
    let busy = |shown: &Shown| {
        shown
            .extensions()
            .find(|one| one.number == "103" && one.calls.len() == 2)
            .map(|one| one.state)
    };
    let state = seat.wait("103 in two calls", busy).await?;
    ensure!(state == ExtensionState::InUseRinging, "{state:?}");
    same_when_cold(&pbx, &mut seat).await?;
    dora.hangup().await?;
    seat.wait("one call left", |shown| {
        (shown.calls().count() == 1).then_some(())
    })
    .await?;
    seat.agrees_with(&pbx).await
}

/// The halves of a Local channel are nobody: one call of two people.
async fn calls_over_local_channels(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_cara, _dora) = tokio::try_join!(pbx.answering_phone("103"), pbx.answering_phone("104"))?;
    for channel in ["Local/103@internal/n", "Local/103@internal"] {
        let originate = [
            ("Action", "Originate"),
            ("Channel", channel),
            ("Context", "internal"),
            ("Exten", "104"),
            ("Priority", "1"),
            ("Async", "true"),
        ];
        pbx.truth().action(&originate).await?;
        pbx.truth().wait_talking("103", "104").await?;
        let call = seat.call(CallPhase::Talking, &["103", "104"]).await?;
        ensure!(ends(&call) == ["103", "104"], "{call:?}");
        same_when_cold(&pbx, &mut seat).await?;
        let leg = pbx.truth().channel_of("104").await?.uniqueid;
        pbx.truth()
            .action(&[("Action", "Hangup"), ("Channel", &leg)])
            .await?;
        pbx.truth().wait_silent().await?;
        seat.silence().await?;
    }
    Ok(())
}
