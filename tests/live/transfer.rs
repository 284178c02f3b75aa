//! One leg goes elsewhere, and really talks there.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::Version;
use operator::{After, Evidence, Failure, Outcome, Refusal, Verb};

use crate::on_both;
use crate::seat::{connect, done, number, office, person, refused};
use crate::shown::leg;

on_both!(
    the_other_party_of_my_call_goes,
    a_named_leg_of_somebody_elses_call_goes,
    the_caller_of_a_ringing_call_goes,
    a_target_that_rejects_does_not_take_the_call,
    a_caller_who_gives_up_while_it_rings,
    to_machines,
    from_machine_to_machine,
    to_the_outside,
);

async fn the_other_party_of_my_call_goes(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let offers = seat.desk.offers(call.id.clone()).await?.offers;
    let offered = offers.first().is_some_and(|offer| {
        offer.verb == Verb::Transfer && offer.targets.contains(&person("103"))
    });
    ensure!(offered, "the default of a drag: {offers:?}");
    let intent = seat
        .intent(Verb::Transfer, &call.id, Some(person("103")))
        .await?;
    let preview = seat.desk.preview(intent.clone()).await?;
    let goes: Vec<_> = preview
        .journeys
        .iter()
        .map(|one| (one.who.number.as_deref(), one.to.number.as_str()))
        .collect();
    ensure!(
        goes == [(Some("102"), "103")] && preview.released.iter().all(|one| one.me),
        "{preview:?}"
    );
    let (id, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    pbx.truth().wait_ringing("103").await?;
    seat.after(id, After::Ringing).await?;
    cara.answer().await?;
    seat.after(id, After::Answered).await?;
    pbx.truth().wait_talking("102", "103").await?;
    pbx.truth().wait_gone("101").await?;
    anna.wait_idle().await?;
    seat.call(CallPhase::Talking, &["102", "103"]).await?;
    seat.agrees_with(&pbx).await
}

async fn a_named_leg_of_somebody_elses_call_goes(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara, _dora) = tokio::try_join!(
        pbx.phone("102"),
        pbx.phone("103"),
        pbx.answering_phone("104")
    )?;
    for (moves, stays) in [("102", "103"), ("103", "102")] {
        connect(&pbx, &marco, &cara).await?;
        let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
        let (_, outcome) = seat.transfer(&call.id, person("104")).await?;
        ensure!(outcome == refused(Refusal::WhichLeg), "{outcome:?}");
        let (id, outcome) = seat.transfer(&leg(&call, moves).id, person("104")).await?;
        ensure!(
            matches!(
                outcome,
                Outcome::Done {
                    evidence: Evidence::Ringing | Evidence::Answered
                }
            ),
            "{outcome:?}"
        );
        pbx.truth().wait_talking(moves, "104").await?;
        pbx.truth().wait_gone(stays).await?;
        if outcome == done(Evidence::Ringing) {
            seat.after(id, After::Answered).await?;
        }
        seat.call(CallPhase::Talking, &[moves, "104"]).await?;
        seat.agrees_with(&pbx).await?;
        if moves == "102" {
            marco.hangup().await?
        } else {
            cara.hangup().await?
        }
        pbx.truth().wait_silent().await?;
        seat.silence().await?;
    }
    Ok(())
}

/// Grabbed by the phone that rings or by its caller: it is the caller who goes, and the phone stops ringing.
async fn the_caller_of_a_ringing_call_goes(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara, dora) =
        tokio::try_join!(pbx.phone("102"), pbx.phone("103"), pbx.phone("104"))?;
    for grabbed in ["103", "102"] {
        marco.dial("103").await?;
        cara.wait_ringing().await?;
        let call = seat.call(CallPhase::Ringing, &["102", "103"]).await?;
        let (id, outcome) = seat
            .transfer(&leg(&call, grabbed).id, person("104"))
            .await?;
        ensure!(outcome == done(Evidence::Ringing), "{grabbed}: {outcome:?}");
        pbx.truth().wait_gone("103").await?;
        cara.wait_idle().await?;
        pbx.truth().wait_ringing("104").await?;
        seat.call(CallPhase::Ringing, &["102", "104"]).await?;
        dora.answer().await?;
        pbx.truth().wait_talking("102", "104").await?;
        seat.after(id, After::Answered).await?;
        seat.agrees_with(&pbx).await?;
        marco.hangup().await?;
        pbx.truth().wait_silent().await?;
        seat.silence().await?;
        dora.wait_idle().await?;
    }
    Ok(())
}

async fn a_target_that_rejects_does_not_take_the_call(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let (id, outcome) = seat.transfer(&call.id, person("103")).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    cara.wait_ringing().await?;
    cara.reject().await?;
    seat.after(id, After::NotTaken).await?;
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    // Busy without a ring: the other end of a trunk says so at once.
    let _world = pbx.outside().await?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let (_, outcome) = seat.transfer(&call.id, number("91234")).await?;
    ensure!(
        outcome
            == Outcome::Failed {
                failure: Failure::Busy
            },
        "{outcome:?}"
    );
    seat.silence().await?;
    seat.agrees_with(&pbx).await
}

async fn a_caller_who_gives_up_while_it_rings(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, cara) = tokio::try_join!(pbx.phone("101"), pbx.phone("103"))?;
    let caller = pbx
        .trunk_call("4930555003", "+49301234567", "Jane Doe")
        .await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    let call = seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
    let (id, outcome) = seat.transfer(&call.id, person("103")).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    cara.wait_ringing().await?;
    caller.hangup()?;
    seat.after(id, After::GaveUp).await?;
    pbx.truth().wait_silent().await?;
    cara.wait_idle().await?;
    seat.silence().await?;
    seat.agrees_with(&pbx).await
}

async fn to_machines(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    for (place, application) in [
        ("600", "Echo"),
        ("601", "MusicOnHold"),
        ("*103", "VoiceMail"),
    ] {
        connect(&pbx, &anna, &marco).await?;
        let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
        let marcos = leg(&call, "102").id.clone();
        let (_, outcome) = seat.transfer(&marcos, number(place)).await?;
        ensure!(outcome == done(Evidence::Arrived), "{place}: {outcome:?}");
        let there = pbx.truth().channel_of("102").await?;
        ensure!(
            there.application == application && there.uniqueid == marcos.key,
            "{there}"
        );
        anna.wait_idle().await?;
        seat.call(CallPhase::Application, &["102"]).await?;
        seat.agrees_with(&pbx).await?;
        marco.hangup().await?;
        pbx.truth().wait_silent().await?;
        seat.silence().await?;
    }
    Ok(())
}

/// From one machine to the next there is no bridge to leave, and not every machine says that it has begun.
async fn from_machine_to_machine(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let marco = pbx.phone("102").await?;
    marco.dial("600").await?;
    let call = seat.call(CallPhase::Application, &["102"]).await?;
    let marcos = leg(&call, "102").id.clone();
    for (place, application, evidence) in MACHINES {
        let (_, outcome) = seat.transfer(&marcos, number(place)).await?;
        ensure!(outcome == done(evidence), "{place}: {outcome:?}");
        let there = pbx.truth().channel_of("102").await?;
        ensure!(
            there.application == application && there.uniqueid == marcos.key,
            "{there}"
        );
        seat.agrees_with(&pbx).await?;
    }
    Ok(())
}

const MACHINES: [(&str, &str, Evidence); 4] = [
    ("601", "MusicOnHold", Evidence::Arrived),
    ("611", "Queue", Evidence::Joined),
    ("680", "ConfBridge", Evidence::Joined),
    ("*103", "VoiceMail", Evidence::Arrived),
];

async fn to_the_outside(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let _world = pbx.outside().await?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let (id, outcome) = seat.transfer(&call.id, number("9 (089) 12-34")).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    seat.after(id, After::Answered).await?;
    pbx.truth().wait_talking("102", "trunk").await?;
    pbx.truth().wait_gone("101").await?;
    seat.call(CallPhase::Talking, &["102", "trunk"]).await?;
    seat.agrees_with(&pbx).await
}
