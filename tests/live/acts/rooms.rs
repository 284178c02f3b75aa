//! In a conference room: silenced, thrown out, locked, recorded, sent home.

use anyhow::{Result, ensure};
use board::view::{CallPhase, CallView};
use lab::proxy::Mode;
use lab::{Pbx, Phone, Version};
use operator::{Details, Evidence, Failure, Outcome, Refusal, Verb};

use super::{
    act, as_user, behind_a_proxy, eventually, not_permitted, offered, overtaken, recorded_bytes,
    recordings, rows,
};
use crate::on_both;
use crate::seat::{Seat, done, office, refused, room};
use crate::shown::{Shown, leg};

on_both!(
    a_seat_is_silenced_and_heard_again,
    somebody_is_thrown_out,
    nobody_comes_into_a_locked_room,
    a_room_is_recorded,
    everybody_in_a_room_is_sent_home,
    an_empty_room_has_nobody_to_do_it_to,
    what_the_account_may_not_do_in_a_room,
    whoever_leaves_first_is_neither_silenced_nor_thrown_out,
);

/// 102 and 103 in room 680.
async fn meeting(pbx: &Pbx, seat: &mut Seat) -> Result<(Phone, Phone, CallView)> {
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    for phone in [&marco, &cara] {
        phone.dial("680").await?;
        phone.wait_established().await?;
    }
    let call = seat.call(CallPhase::Conference, &["102", "103"]).await?;
    Ok((marco, cara, call))
}

/// Whether Asterisk has this channel in the room, and silenced.
async fn sits(pbx: &Pbx, uniqueid: &str) -> Result<Option<bool>> {
    let question = [("Action", "ConfbridgeList"), ("Conference", "680")];
    let seats = rows(pbx, &question, "ConfbridgeList").await?;
    let seat = seats.iter().find(|seat| seat.get("Uniqueid") == uniqueid);
    Ok(seat.map(|seat| seat.get("Muted") == "Yes"))
}

async fn is_locked(pbx: &Pbx) -> Result<Option<bool>> {
    let question = [("Action", "ConfbridgeListRooms")];
    let rooms = rows(pbx, &question, "ConfbridgeListRooms").await?;
    let found = rooms.iter().find(|room| room.get("Conference") == "680");
    Ok(found.map(|room| room.get("Locked") == "Yes"))
}

async fn a_seat_is_silenced_and_heard_again(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, call) = meeting(&pbx, &mut seat).await?;
    let cara = leg(&call, "103").id.clone();
    for (verb, other, muted) in [
        (Verb::Mute, Verb::Unmute, true),
        (Verb::Unmute, Verb::Mute, false),
    ] {
        ensure!(offered(&seat, verb, &cara).await?.is_some(), "{verb:?}");
        ensure!(offered(&seat, other, &cara).await?.is_none(), "{other:?}");
        let outcome = act(&mut seat, verb, &cara, None).await?;
        ensure!(
            outcome == done(Evidence::Told),
            "a room tells of it: {outcome:?}"
        );
        ensure!(sits(&pbx, &cara.key).await? == Some(muted), "{verb:?}");
        let other_seat = sits(&pbx, &leg(&call, "102").id.key).await?;
        ensure!(other_seat == Some(false), "the other one's seat");
        let again = act(&mut seat, verb, &cara, None).await?;
        ensure!(
            again == refused(Refusal::NotInThisState),
            "{verb:?} twice: {again:?}"
        );
    }
    let whom = act(&mut seat, Verb::Mute, &call.id, None).await?;
    ensure!(whom == refused(Refusal::WhichLeg), "{whom:?}");
    seat.agrees_with(&pbx).await
}

async fn somebody_is_thrown_out(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, cara, call) = meeting(&pbx, &mut seat).await?;
    let (marcos, caras) = (leg(&call, "102").id.clone(), leg(&call, "103").id.clone());
    let intent = seat.intent(Verb::Kick, &caras, None).await?;
    let preview = seat.desk.preview(intent.clone()).await?;
    let about: Vec<_> = preview.about.iter().map(|one| one.leg.clone()).collect();
    ensure!(about == [Some(caras.clone())], "{preview:?}");
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(sits(&pbx, &caras.key).await?.is_none(), "still sits there");
    ensure!(sits(&pbx, &marcos.key).await?.is_some(), "the wrong one");
    cara.wait_idle().await?;
    seat.call(CallPhase::Conference, &["102"]).await?;
    let again = act(&mut seat, Verb::Kick, &caras, None).await?;
    ensure!(again == refused(Refusal::Gone), "{again:?}");
    seat.agrees_with(&pbx).await
}

async fn nobody_comes_into_a_locked_room(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, _) = meeting(&pbx, &mut seat).await?;
    let dora = pbx.phone("104").await?;
    let outcome = act(&mut seat, Verb::Lock, &room("680"), None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(is_locked(&pbx).await? == Some(true), "Asterisk says open");
    let locked = |shown: &Shown| {
        let mut rooms = shown.conferences();
        rooms.find(|room| room.name == "680" && room.locked == Some(true))?;
        Some(())
    };
    seat.wait("a locked room", locked).await?;
    let again = act(&mut seat, Verb::Lock, &room("680"), None).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    dora.dial("680").await?;
    dora.wait_established().await?;
    dora.wait_idle().await?;
    let people = rows(
        &pbx,
        &[("Action", "ConfbridgeList"), ("Conference", "680")],
        "ConfbridgeList",
    )
    .await?;
    ensure!(people.len() == 2, "somebody came in: {people:?}");
    ensure!(
        offered(&seat, Verb::Lock, &room("680")).await?.is_none(),
        "locked already"
    );
    let outcome = act(&mut seat, Verb::Unlock, &room("680"), None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(is_locked(&pbx).await? == Some(false), "Asterisk says shut");
    dora.dial("680").await?;
    seat.call(CallPhase::Conference, &["102", "103", "104"])
        .await?;
    seat.agrees_with(&pbx).await
}

async fn a_room_is_recorded(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, _) = meeting(&pbx, &mut seat).await?;
    let intent = seat.intent(Verb::Record, &room("680"), None).await?;
    // Asterisk puts the time behind it.
    let begins = format!("cordboard-room-{}-", intent.id.0.simple());
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let again = act(&mut seat, Verb::Record, &room("680"), None).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    let file = eventually(&mut seat, "a file", async || {
        let files = recordings(&pbx)?.into_iter();
        Ok(files.into_iter().find(|file| file.starts_with(&begins)))
    })
    .await?;
    let size = || recorded_bytes(&pbx, &file);
    let first = eventually(&mut seat, "something in it", async || {
        Ok(size().filter(|size| *size > 44))
    })
    .await?;
    eventually(&mut seat, "a growing file", async || {
        Ok(size().filter(|size| *size > first))
    })
    .await?;
    // The recorder has a channel of its own in the room, which is nobody.
    seat.agrees_with(&pbx).await?;
    let outcome = act(&mut seat, Verb::StopRecording, &room("680"), None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let recorder =
        |channels: &[lab::Channel]| !channels.iter().any(|one| one.name.contains("CBRec"));
    pbx.truth()
        .wait_until(recorder, crate::seat::PATIENCE)
        .await?;
    let again = act(&mut seat, Verb::StopRecording, &room("680"), None).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    Ok(())
}

async fn everybody_in_a_room_is_sent_home(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara, call) = meeting(&pbx, &mut seat).await?;
    let mut intent = seat.intent(Verb::HangUp, &room("680"), None).await?;
    let released = seat.desk.preview(intent.clone()).await?.released;
    ensure!(released.len() == 2, "{released:?}");
    intent.details = Details {
        grace: Some(3_000),
        ..Details::default()
    };
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not begun");
    let pending = act(&mut seat, Verb::Kick, &leg(&call, "102").id, None).await?;
    ensure!(pending == refused(Refusal::Pending), "{pending:?}");
    ensure!(seat.desk.take_back(id).await?, "too late to take it back");
    let outcome = seat.outcome(id).await?;
    ensure!(outcome == refused(Refusal::TakenBack), "{outcome:?}");
    ensure!(
        sits(&pbx, &leg(&call, "102").id.key).await?.is_some(),
        "sent home all the same"
    );
    let outcome = act(&mut seat, Verb::HangUp, &room("680"), None).await?;
    ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
    marco.wait_idle().await?;
    cara.wait_idle().await?;
    pbx.truth().wait_silent().await?;
    seat.silence().await
}

async fn an_empty_room_has_nobody_to_do_it_to(version: Version) -> Result<()> {
    let (_pbx, mut seat) = office(version).await?;
    seat.wait("room 680", |shown| {
        let mut rooms = shown.conferences();
        rooms.any(|room| room.name == "680").then_some(())
    })
    .await?;
    for verb in [Verb::Lock, Verb::Record, Verb::HangUp] {
        let offer = offered(&seat, verb, &room("680")).await?;
        let refusal = offer.and_then(|offer| offer.refusal);
        ensure!(
            refusal == Some(Refusal::NotInThisState),
            "{verb:?} is offered: {refusal:?}"
        );
        let outcome = act(&mut seat, verb, &room("680"), None).await?;
        ensure!(
            outcome == refused(Refusal::NotInThisState),
            "{verb:?}: {outcome:?}"
        );
    }
    let outcome = act(&mut seat, Verb::Lock, &room("689"), None).await?;
    ensure!(
        outcome == refused(Refusal::Gone),
        "no such room: {outcome:?}"
    );
    Ok(())
}

async fn what_the_account_may_not_do_in_a_room(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, call) = meeting(&pbx, &mut seat).await?;
    let caras = leg(&call, "103").id.clone();
    let mut nocall = as_user(&pbx, "nocall").await?;
    for (verb, subject, action) in [
        (Verb::Kick, &caras, "ConfbridgeKick"),
        (Verb::Mute, &caras, "ConfbridgeMute"),
        (Verb::Lock, &room("680"), "ConfbridgeLock"),
    ] {
        let outcome = act(&mut nocall, verb, subject, None).await?;
        ensure!(outcome == not_permitted(action), "{verb:?}: {outcome:?}");
    }
    for (verb, subject) in [(Verb::Mute, &caras), (Verb::Lock, &room("680"))] {
        let outcome = act(&mut seat, verb, subject, None).await?;
        ensure!(outcome == done(Evidence::Told), "{verb:?}: {outcome:?}");
    }
    // It is told of no room: what there is when it comes it knows from the lists.
    let mut nocall = as_user(&pbx, "nocall").await?;
    nocall.call(CallPhase::Conference, &["102", "103"]).await?;
    for (verb, subject, action) in [
        (Verb::Unmute, &caras, "ConfbridgeUnmute"),
        (Verb::Unlock, &room("680"), "ConfbridgeUnlock"),
    ] {
        let outcome = act(&mut nocall, verb, subject, None).await?;
        ensure!(outcome == not_permitted(action), "{verb:?}: {outcome:?}");
    }
    for (verb, subject) in [(Verb::Unmute, &caras), (Verb::Unlock, &room("680"))] {
        let outcome = act(&mut seat, verb, subject, None).await?;
        ensure!(outcome == done(Evidence::Told), "{verb:?}: {outcome:?}");
    }
    let mut nosystem = as_user(&pbx, "nosystem").await?;
    let outcome = act(&mut nosystem, Verb::Record, &room("680"), None).await?;
    ensure!(
        outcome == not_permitted("ConfbridgeStartRecord"),
        "{outcome:?}"
    );
    ensure!(
        sits(&pbx, &caras.key).await? == Some(false),
        "something was sent"
    );
    Ok(())
}

async fn whoever_leaves_first_is_neither_silenced_nor_thrown_out(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (proxy, mut seat) = behind_a_proxy(&pbx).await?;
    let (marco, cara, call) = meeting(&pbx, &mut seat).await?;
    let (marcos, caras) = (leg(&call, "102").id.clone(), leg(&call, "103").id.clone());
    // While the operator could still take it back.
    let outcome = overtaken(&mut seat, Verb::Mute, &caras, async || {
        cara.hangup().await?;
        pbx.truth().wait_gone("103").await.map(drop)
    })
    .await?;
    ensure!(outcome == refused(Refusal::Gone), "{outcome:?}");
    ensure!(proxy.count("ConfbridgeMute") == 0, "it was written");
    // Before the news of it has reached the desk.
    proxy.set(Mode::Deaf);
    marco.hangup().await?;
    pbx.truth().wait_gone("102").await?;
    let intent = seat.intent(Verb::Mute, &marcos, None).await?;
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not written");
    proxy.set(Mode::Pass);
    let outcome = seat.outcome(id).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::Lost { .. } | Failure::Ended { .. } | Failure::Pbx { .. }
            }
        ),
        "{outcome:?}"
    );
    ensure!(proxy.count("ConfbridgeMute") == 1, "written twice");
    Ok(())
}
