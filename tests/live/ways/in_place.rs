//! What is done to somebody in place arrives when they have gone: it is not said to have happened, and nobody else has it done to them.

use anyhow::{Result, ensure};
use board::Ref;
use board::view::CallPhase;
use lab::{Phone, Stands, Version};
use operator::{Evidence, Refusal, Rules, Verb};

use super::{Office, failed, idle, off};
use crate::desk::{connection, profile, rules};
use crate::on_both;
use crate::seat::{Seat, done, person, refused, room};
use crate::shown::leg;

on_both!(
    what_is_done_in_a_room_arrives_when_nobody_is_left,
    a_recording_whose_call_is_gone_is_not_changed,
    nobody_listens_to_a_call_that_is_gone,
    a_phone_is_told_nothing_of_a_call_that_is_gone,
    nobody_waits_for_a_phone_who_is_gone,
    a_supervisors_phone_that_is_off_or_rejects_or_comes_too_late_hears_nothing,
);

/// 102 and 103 in room 680; what is asked is about 103's seat, or about the room.
async fn meeting(office: &mut Office, marco: &Phone, cara: &Phone) -> Result<Ref> {
    for phone in [marco, cara] {
        phone.dial("680").await?;
        phone.wait_established().await?;
    }
    let seated = office.seat.call(CallPhase::Conference, &["102", "103"]);
    Ok(leg(&seated.await?, "103").id.clone())
}

async fn what_is_done_in_a_room_arrives_when_nobody_is_left(version: Version) -> Result<()> {
    let mut office = quiet(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    let table = [
        (Verb::Kick, None, "ConfbridgeKick"),
        (Verb::Unmute, Some(Verb::Mute), "ConfbridgeUnmute"),
        (Verb::Lock, None, "ConfbridgeLock"),
        (Verb::Unlock, Some(Verb::Lock), "ConfbridgeUnlock"),
    ];
    for (verb, before, action) in table {
        let caras = meeting(&mut office, &marco, &cara).await?;
        let whole = matches!(verb, Verb::Lock | Verb::Unlock);
        let subject = if whole { room("680") } else { caras };
        if let Some(before) = before {
            let intent = office.seat.intent(before, &subject, None).await?;
            let (_, outcome) = office.seat.carry_out(intent).await?;
            ensure!(outcome == done(Evidence::Told), "{before:?}: {outcome:?}");
        }
        let intent = office.seat.intent(verb, &subject, None).await?;
        let id = office.writes(intent, action).await?;
        tokio::try_join!(marco.hangup(), cara.hangup())?;
        office.pbx.truth().wait_silent().await?;
        let outcome = office.arrives(id).await?;
        failed(&outcome)?;
        ensure!(office.proxy.count(action) == 1, "{verb:?}: written twice");
        office.all_quiet().await?;
    }
    Ok(())
}

async fn a_recording_whose_call_is_gone_is_not_changed(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let table = [
        (Verb::PauseRecording, None, "MixMonitorMute", 1),
        (
            Verb::ResumeRecording,
            Some(Verb::PauseRecording),
            "MixMonitorMute",
            3,
        ),
        (Verb::StopRecording, None, "StopMixMonitor", 1),
    ];
    for (turn, (verb, before, action, writes)) in table.into_iter().enumerate() {
        if turn > 0 {
            office.jane_calls().await?;
        }
        let mine = office.mine().await?.id;
        for first in [Some(Verb::Record), before].into_iter().flatten() {
            let intent = office.seat.intent(first, &mine, None).await?;
            let (_, outcome) = office.seat.carry_out(intent).await?;
            ensure!(outcome == done(Evidence::Told), "{first:?}: {outcome:?}");
        }
        let intent = office.seat.intent(verb, &mine, None).await?;
        let id = office.writes(intent, action).await?;
        office.jane_leaves().await?;
        office.anna.wait_idle().await?;
        let outcome = office.arrives(id).await?;
        failed(&outcome)?;
        let written = office.proxy.count(action);
        ensure!(written == writes, "{verb:?}: {written} times");
        office.all_quiet().await?;
    }
    Ok(())
}

/// The supervisor's phone rings, as it was asked to, and what answers is put down again: there is nothing to hear.
async fn nobody_listens_to_a_call_that_is_gone(version: Version) -> Result<()> {
    let mut office = quiet(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    idle(&mut office.seat, &["101"]).await?;
    for verb in [Verb::Listen, Verb::Whisper, Verb::Barge] {
        let call = office.others_talk(&marco, &cara).await?;
        let intent = office.seat.intent(verb, &call.id, None).await?;
        let id = office.writes(intent, "Originate").await?;
        cara.hangup().await?;
        office.pbx.truth().wait_silent().await?;
        office.proxy.set(lab::proxy::Mode::Pass);
        office.anna.wait_ringing().await?;
        office.anna.answer().await?;
        office.first_phone_failed(id).await?;
        office.anna.wait_idle().await?;
        office.all_quiet().await?;
        idle(&mut office.seat, &["101"]).await?;
    }
    Ok(())
}

/// And those who talk are not disturbed.
async fn a_supervisors_phone_that_is_off_or_rejects_or_comes_too_late_hears_nothing(
    version: Version,
) -> Result<()> {
    let mut office = quiet(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    let call = office.others_talk(&marco, &cara).await?;
    for verb in [Verb::Whisper, Verb::Barge] {
        let intent = office.seat.intent(verb, &call.id, None).await?;
        let id = intent.id;
        ensure!(
            office.seat.desk.perform(intent).await? == Ok(id),
            "not begun"
        );
        office.anna.wait_ringing().await?;
        office.anna.reject().await?;
        office.first_phone_failed(id).await?;
        office.anna.wait_idle().await?;
        idle(&mut office.seat, &["101"]).await?;
    }
    let intent = office.seat.intent(Verb::Whisper, &call.id, None).await?;
    let id = intent.id;
    ensure!(
        office.seat.desk.perform(intent).await? == Ok(id),
        "not begun"
    );
    office.anna.wait_ringing().await?;
    cara.hangup().await?;
    office.pbx.truth().wait_gone("102").await?;
    office.anna.answer().await?;
    office.first_phone_failed(id).await?;
    office.all_quiet().await?;
    let call = office.others_talk(&marco, &cara).await?;
    let Office {
        mut seat,
        anna,
        pbx,
        ..
    } = office;
    anna.switch_off().await?;
    off(&mut seat, "101").await?;
    for verb in [Verb::Whisper, Verb::Barge] {
        let intent = seat.intent(verb, &call.id, None).await?;
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(outcome == refused(Refusal::TargetOffline), "{outcome:?}");
    }
    pbx.truth().wait_talking("102", "103").await?;
    seat.agrees_with(&pbx).await
}

async fn a_phone_is_told_nothing_of_a_call_that_is_gone(version: Version) -> Result<()> {
    let pbx = crate::acts::obeying::notifying(version).await?;
    let proxy = lab::Proxy::start(pbx.ami_port()).await?;
    let mut anna = pbx.obedient("101").await?;
    let mut profile = profile(proxy.port());
    profile.rules = Rules {
        phones_obey: true,
        ..rules()
    };
    let mut seat = Seat::live(connection(profile)?).await?;
    let marco = pbx.phone("102").await?;
    let answered = [(Verb::Answer, CallPhase::Talking)];
    let held = [answered[0], (Verb::PhoneHold, CallPhase::Held)];
    for (verb, before) in [
        (Verb::Answer, &answered[..0]),
        (Verb::PhoneHold, &answered[..]),
        (Verb::PhoneResume, &held[..]),
    ] {
        marco.dial("101").await?;
        anna.wait(Stands::Ringing).await?;
        let mut call = seat.call(CallPhase::Ringing, &["101", "102"]).await?;
        for (first, then) in before {
            let intent = seat.intent(*first, &call.id, None).await?;
            let (_, outcome) = seat.carry_out(intent).await?;
            ensure!(outcome == done(Evidence::Told), "{first:?}: {outcome:?}");
            call = seat.call(*then, &["101", "102"]).await?;
        }
        let intent = seat.intent(verb, &call.id, None).await?;
        let id = intent.id;
        proxy.pause_before("PJSIPNotify");
        ensure!(seat.desk.perform(intent).await? == Ok(id), "not begun");
        tokio::time::timeout(crate::seat::PATIENCE, proxy.sprung()).await?;
        marco.hangup().await?;
        pbx.truth().wait_silent().await?;
        proxy.set(lab::proxy::Mode::Pass);
        let outcome = seat.outcome(id).await?;
        failed(&outcome)?;
        seat.silence().await?;
        anna.wait(Stands::Idle).await?;
        seat.agrees_with(&pbx).await?;
    }
    Ok(())
}

async fn nobody_waits_for_a_phone_who_is_gone(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = office.pbx.phone("103").await?;
    cara.dial("601").await?;
    office.seat.call(CallPhase::Application, &["103"]).await?;
    let intent = office.wish(Verb::Camp, Some(person("103"))).await?;
    let id = office.writes(intent, "Redirect").await?;
    office.jane_leaves().await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    cara.hangup().await?;
    office.all_quiet().await?;
    ensure!(
        office.anna.calls().is_empty(),
        "Anna's phone rings for nobody"
    );
    ensure!(cara.calls().is_empty(), "Cara's phone rings for nobody");
    Ok(())
}

/// An office where nobody talks to Anna.
async fn quiet(version: Version) -> Result<Office> {
    let mut office = Office::open(version).await?;
    office.jane_leaves().await?;
    office.anna.wait_idle().await?;
    office.all_quiet().await?;
    Ok(office)
}
