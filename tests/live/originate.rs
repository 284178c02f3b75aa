//! A phone rings, and once it answers the target is called.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use board::Ref;
use board::view::{CallPhase, ExtensionState};
use lab::Version;
use operator::{After, Evidence, Failure, Intent, OperationId, Outcome, Refusal, Step, Verb};
use uuid::Uuid;

use crate::on_both;
use crate::seat::{Seat, done, number, office, person, refused, room};

on_both!(
    my_phone_rings_then_the_target,
    any_two_are_connected,
    a_double_click_rings_my_phone_once,
    a_first_phone_that_rejects,
    what_can_go_wrong_with_the_target
);

async fn originate(seat: &mut Seat, from: &str, to: Ref) -> Result<OperationId> {
    let intent = seat
        .intent(Verb::Originate, &person(from), Some(to))
        .await?;
    match seat.desk.perform(intent).await? {
        Ok(id) => Ok(id),
        Err(refusal) => bail!("{refusal:?}"),
    }
}

async fn phones_seen(seat: &mut Seat, numbers: &[&str]) -> Result<()> {
    let idle = |shown: &crate::shown::Shown| {
        numbers
            .iter()
            .all(|one| shown.state(one) == Some(ExtensionState::Idle))
            .then_some(())
    };
    seat.wait("idle phones", idle).await
}

async fn my_phone_rings_then_the_target(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    phones_seen(&mut seat, &["101", "102"]).await?;
    let id = originate(&mut seat, "101", person("102")).await?;
    anna.wait_ringing().await?;
    seat.wait("my phone rings", |shown| {
        shown
            .operation(id)
            .filter(|view| view.step == Step::FirstPhoneRings)
            .map(drop)
    })
    .await?;
    ensure!(
        pbx.truth().channels_of("102").await?.is_empty(),
        "102 must not ring yet"
    );
    seat.agrees_with(&pbx).await?;
    anna.answer().await?;
    marco.wait_ringing().await?;
    let outcome = seat.outcome(id).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    marco.answer().await?;
    seat.after(id, After::Answered).await?;
    pbx.truth().wait_talking("101", "102").await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    ensure!(call.dialled.as_deref() == Some("102"), "{:?}", call.dialled);
    seat.agrees_with(&pbx).await
}

async fn a_double_click_rings_my_phone_once(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, _marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    phones_seen(&mut seat, &["101", "102"]).await?;
    let wish = |to| Intent {
        target: Some(to),
        ..Intent::new(Uuid::new_v4(), Verb::Originate, person("101"))
    };
    let first = seat.desk.perform(wish(person("102"))).await?;
    let again = seat.desk.perform(wish(person("102"))).await?;
    ensure!(
        first.is_ok() && again == Err(Refusal::RingsAlready),
        "{again:?}"
    );
    anna.wait_ringing().await?;
    let other = seat.desk.perform(wish(number("600"))).await?;
    ensure!(other == Err(Refusal::RingsAlready), "{other:?}");
    ensure!(
        pbx.truth().channels_of("101").await?.len() == 1,
        "rung twice"
    );
    anna.reject().await?;
    anna.wait_idle().await?;
    let free = |shown: &crate::shown::Shown| {
        (shown.state("101") == Some(ExtensionState::Idle)).then_some(())
    };
    seat.wait("my phone is idle", free).await?;
    let once_more = seat.desk.perform(wish(person("102"))).await?;
    ensure!(once_more.is_ok(), "{once_more:?}");
    anna.wait_ringing().await.map(drop)
}

async fn any_two_are_connected(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_cara, _dora) = tokio::try_join!(pbx.answering_phone("103"), pbx.answering_phone("104"))?;
    phones_seen(&mut seat, &["103", "104"]).await?;
    let id = originate(&mut seat, "103", person("104")).await?;
    let outcome = seat.outcome(id).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Done {
                evidence: Evidence::Ringing | Evidence::Answered
            }
        ),
        "{outcome:?}"
    );
    pbx.truth().wait_talking("103", "104").await?;
    let call = seat.call(CallPhase::Talking, &["103", "104"]).await?;
    let intent = seat.intent(Verb::HangUp, &call.id, None).await?;
    seat.carry_out(intent).await?;
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    for (target, evidence) in [
        (room("680"), Evidence::Joined),
        (number("601"), Evidence::Arrived),
    ] {
        let id = originate(&mut seat, "103", target).await?;
        let outcome = seat.outcome(id).await?;
        ensure!(outcome == done(evidence), "{outcome:?}");
        let call = seat
            .wait("the call", |shown| shown.calls().next().cloned())
            .await?;
        let intent = seat.intent(Verb::HangUp, &call.id, None).await?;
        seat.carry_out(intent).await?;
        seat.silence().await?;
    }
    seat.agrees_with(&pbx).await
}

async fn a_first_phone_that_rejects(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, _marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    phones_seen(&mut seat, &["101", "102"]).await?;
    let id = originate(&mut seat, "101", person("102")).await?;
    anna.wait_ringing().await?;
    anna.reject().await?;
    let outcome = seat.outcome(id).await?;
    ensure!(
        matches!(&outcome, Outcome::Failed { failure: Failure::FirstPhone { cause } } if cause == "User busy"),
        "{outcome:?}"
    );
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    seat.agrees_with(&pbx).await
}

async fn what_can_go_wrong_with_the_target(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_anna, marco) = tokio::try_join!(pbx.answering_phone("101"), pbx.phone("102"))?;
    let _world = pbx.outside().await?;
    phones_seen(&mut seat, &["101", "102"]).await?;
    let table = [
        ("109", person("102"), refused(Refusal::TargetOffline)),
        ("101", person("109"), refused(Refusal::TargetOffline)),
        ("101", person("101"), refused(Refusal::SamePerson)),
        (
            "101",
            number("199"),
            refused(Refusal::NoSuchExtension {
                number: "199".to_owned(),
            }),
        ),
    ];
    for (from, to, expected) in table {
        let intent = seat
            .intent(Verb::Originate, &person(from), Some(to.clone()))
            .await?;
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(outcome == expected, "{from} to {to}: {outcome:?}");
        ensure!(
            pbx.truth().channels().await?.is_empty(),
            "{from} to {to} made a channel"
        );
    }
    let id = originate(&mut seat, "101", number("91234")).await?;
    let outcome = seat.outcome(id).await?;
    ensure!(
        outcome
            == Outcome::Failed {
                failure: Failure::Busy
            },
        "{outcome:?}"
    );
    pbx.truth().wait_silent().await?;
    let id = originate(&mut seat, "101", person("102")).await?;
    marco.wait_ringing().await?;
    marco.reject().await?;
    let outcome = seat.outcome(id).await?;
    ensure!(
        outcome == done(Evidence::Ringing)
            || outcome
                == Outcome::Failed {
                    failure: Failure::Busy
                },
        "{outcome:?}"
    );
    if outcome == done(Evidence::Ringing) {
        seat.after(id, After::NotTaken).await?;
    }
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    seat.agrees_with(&pbx).await
}

/// Thirty seconds of ringing: once is enough.
async fn a_first_phone_that_never_answers(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, _marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    phones_seen(&mut seat, &["101", "102"]).await?;
    let id = originate(&mut seat, "101", person("102")).await?;
    anna.wait_ringing().await?;
    let ended =
        |shown: &crate::shown::Shown| shown.operation(id).and_then(|view| view.outcome.clone());
    let outcome = seat
        .wait_within(Duration::from_secs(36), "the end of patience", ended)
        .await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::FirstPhone { .. }
            }
        ),
        "{outcome:?}"
    );
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    seat.agrees_with(&pbx).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_phone_that_never_answers_on_22() -> Result<()> {
    crate::on(Version::V22, a_first_phone_that_never_answers).await
}
