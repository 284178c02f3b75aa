//! Listen, whisper, barge: the supervisor's phone rings, and once answered hears a call until it ends.

use anyhow::{Result, ensure};
use board::view::{CallPhase, CallView};
use lab::{Pbx, Phone, Version};
use operator::{Evidence, Failure, Missing, Outcome, Refusal, Rules, Verb, Warning};

use super::{act, as_user, eventually, not_permitted, offered, rows};
use crate::desk::{connection, profile, rules};
use crate::on_both;
use crate::seat::{Seat, connect, done, office, refused};
use crate::shown::leg;

on_both!(
    a_supervisor_hears_a_call_until_it_ends,
    a_supervisor_who_does_not_answer_hears_nothing,
    a_call_that_ends_while_the_supervisors_phone_rings,
    who_may_not_listen,
);

async fn talking(pbx: &Pbx, seat: &mut Seat) -> Result<(Phone, Phone, CallView)> {
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    connect(pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    Ok((marco, cara, call))
}

async fn wait_phone(seat: &mut Seat) -> Result<()> {
    seat.wait("a phone of my own", |shown| {
        (shown.state("101") == Some(board::view::ExtensionState::Idle)).then_some(())
    })
    .await
}

/// What ChanSpy on the supervisor's phone was told.
async fn spies(pbx: &Pbx) -> Result<Option<String>> {
    let channels = rows(pbx, &[("Action", "CoreShowChannels")], "CoreShowChannel").await?;
    let spy = channels.iter().find(|channel| {
        channel.get("Channel").starts_with("PJSIP/101-") && channel.get("Application") == "ChanSpy"
    });
    Ok(spy.map(|channel| channel.get("ApplicationData").to_owned()))
}

async fn a_supervisor_hears_a_call_until_it_ends(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let anna = pbx.answering_phone("101").await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    wait_phone(&mut seat).await?;
    for (verb, options) in [
        (Verb::Listen, "qES"),
        (Verb::Whisper, "qESw"),
        (Verb::Barge, "qESB"),
    ] {
        connect(&pbx, &marco, &cara).await?;
        let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
        let offer = offered(&seat, verb, &call.id).await?;
        let refusal = offer.as_ref().map(|offer| offer.refusal.clone());
        ensure!(refusal == Some(None), "{verb:?}: {offer:?}");
        let intent = seat.intent(verb, &call.id, None).await?;
        let warnings = seat.desk.preview(intent.clone()).await?.warnings;
        ensure!(warnings == [Warning::Supervised], "{warnings:?}");
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(outcome == done(Evidence::Told), "{verb:?}: {outcome:?}");
        let spied = leg(&call, "103");
        let told = spies(&pbx).await?;
        ensure!(
            told == Some(format!("{},{options}", spied.channel)),
            "{verb:?}: {told:?}"
        );
        let heard = spied.id.clone();
        seat.wait("a badge", |shown| {
            let mut legs = shown.calls().flat_map(|call| &call.legs);
            legs.any(|leg| leg.id == heard && leg.listeners.len() == 1)
                .then_some(())
        })
        .await?;
        // The two who talk are not disturbed, and the supervisor leaves with the last word.
        pbx.truth().wait_talking("102", "103").await?;
        cara.hangup().await?;
        pbx.truth().wait_silent().await?;
        anna.wait_idle().await?;
        seat.silence().await?;
    }
    seat.agrees_with(&pbx).await
}

async fn a_supervisor_who_does_not_answer_hears_nothing(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, call) = talking(&pbx, &mut seat).await?;
    let outcome = act(&mut seat, Verb::Listen, &call.id, None).await?;
    ensure!(outcome == refused(Refusal::TargetOffline), "{outcome:?}");
    let anna = pbx.phone("101").await?;
    wait_phone(&mut seat).await?;
    let intent = seat.intent(Verb::Listen, &call.id, None).await?;
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not begun");
    anna.wait_ringing().await?;
    anna.reject().await?;
    let outcome = seat.outcome(id).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::FirstPhone { .. }
            }
        ),
        "{outcome:?}"
    );
    pbx.truth().wait_gone("101").await?;
    pbx.truth().wait_talking("102", "103").await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    seat.agrees_with(&pbx).await
}

/// Nobody is left in silence, and nobody is said to listen.
async fn a_call_that_ends_while_the_supervisors_phone_rings(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let anna = pbx.phone("101").await?;
    let (_marco, cara, call) = talking(&pbx, &mut seat).await?;
    wait_phone(&mut seat).await?;
    let intent = seat.intent(Verb::Barge, &call.id, None).await?;
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not begun");
    anna.wait_ringing().await?;
    cara.hangup().await?;
    pbx.truth().wait_gone("102").await?;
    anna.answer().await?;
    let outcome = seat.outcome(id).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::FirstPhone { .. }
            }
        ),
        "{outcome:?}"
    );
    anna.wait_idle().await?;
    pbx.truth().wait_silent().await?;
    seat.silence().await
}

async fn who_may_not_listen(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let anna = pbx.phone("101").await?;
    let (marco, cara, call) = talking(&pbx, &mut seat).await?;
    wait_phone(&mut seat).await?;
    let mut nocall = as_user(&pbx, "nocall").await?;
    wait_phone(&mut nocall).await?;
    for verb in [Verb::Listen, Verb::Whisper, Verb::Barge] {
        let outcome = act(&mut nocall, verb, &leg(&call, "103").id, None).await?;
        ensure!(
            outcome == not_permitted("Originate"),
            "{verb:?}: {outcome:?}"
        );
    }
    let mut plain = profile(pbx.ami_port());
    plain.rules = Rules {
        may_listen: false,
        ..rules()
    };
    let mut plain = Seat::live(connection(plain)?).await?;
    ensure!(
        offered(&plain, Verb::Listen, &call.id).await?.is_none(),
        "offered to somebody who may not"
    );
    let outcome = act(&mut plain, Verb::Listen, &call.id, None).await?;
    let what = Missing::Listening;
    ensure!(
        outcome == refused(Refusal::NotSetUp { what }),
        "{outcome:?}"
    );
    marco.hangup().await?;
    seat.silence().await?;
    connect(&pbx, &anna, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["101", "103"]).await?;
    let outcome = act(&mut seat, Verb::Listen, &call.id, None).await?;
    ensure!(outcome == refused(Refusal::SamePerson), "{outcome:?}");
    eventually(&mut seat, "nobody listens", async || {
        Ok(spies(&pbx).await?.is_none().then_some(()))
    })
    .await
}
