//! The target: off, not there, busy, or turning the call away. Nobody is moved to where nobody is, and who was on the way comes back or
//! is told to be lost.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Channel, Version};
use operator::{After, Evidence, Failure, Outcome, Refusal, Verb};

use super::{Office, idle};
use crate::on_both;
use crate::seat::{PATIENCE, done, number, person, refused};
use crate::shown::leg;

on_both!(
    nobody_goes_where_nobody_is,
    a_caller_comes_back_from_a_consultation_with_a_busy_line,
    a_target_that_rejects_whom_i_did_not_announce,
    one_of_two_targets_rejects,
    whoever_is_invited_and_rejects,
);

async fn nobody_goes_where_nobody_is(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    office.others_talk(&marco, &cara).await?;
    let missing = || {
        refused(Refusal::NoSuchExtension {
            number: "199".to_owned(),
        })
    };
    let offline = || refused(Refusal::TargetOffline);
    let table = [
        (Verb::Consult, person("109"), offline()),
        (Verb::Consult, number("199"), missing()),
        (Verb::Consult, person("101"), refused(Refusal::SamePerson)),
        (Verb::TransferBoth, person("109"), offline()),
        (Verb::Camp, person("109"), offline()),
        (Verb::Camp, number("199"), refused(Refusal::NotATarget)),
        (Verb::Connect, person("109"), refused(Refusal::NotATarget)),
        (Verb::Join, person("109"), refused(Refusal::NotATarget)),
    ];
    for (verb, target, expected) in table {
        let outcome = office.does(verb, Some(target.clone())).await?;
        ensure!(outcome == expected, "{verb:?} {target}: {outcome:?}");
    }
    let mine = office.mine().await?;
    let invite = office
        .seat
        .intent(Verb::Invite, &person("109"), Some(mine.id.clone()))
        .await?;
    let (_, outcome) = office.seat.carry_out(invite).await?;
    ensure!(outcome == offline(), "{outcome:?}");
    ensure!(office.changes().is_empty(), "{:?}", office.changes());
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.pbx.truth().wait_talking("102", "103").await?;
    office.agrees().await
}

async fn a_caller_comes_back_from_a_consultation_with_a_busy_line(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let _world = office.pbx.outside().await?;
    let outcome = office.does(Verb::Consult, Some(number("91234"))).await?;
    ensure!(
        outcome
            == Outcome::Failed {
                failure: Failure::Busy
            },
        "{outcome:?}"
    );
    office.has_jane_back().await?;
    office.consultation_is_over().await
}

/// Put through while it rings, as a blind transfer is.
async fn a_target_that_rejects_whom_i_did_not_announce(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.consults(&marco).await?;
    let intent = office.wish(Verb::Complete, None).await?;
    let (id, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.anna.wait_idle().await?;
    let rings = |channels: &[Channel]| {
        let mut marcos = channels.iter().filter(|one| one.endpoint() == "102");
        channels.len() == 2 && marcos.any(|one| one.state == "Ringing")
    };
    office.pbx.truth().wait_until(rings, PATIENCE).await?;
    marco.wait_ringing().await?;
    marco.reject().await?;
    office.seat.after(id, After::NotTaken).await?;
    office.consultation_is_over().await?;
    office.all_quiet().await
}

async fn one_of_two_targets_rejects(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (cara, dora) = tokio::try_join!(office.pbx.phone("103"), office.pbx.phone("104"))?;
    idle(&mut office.seat, &["103", "104"]).await?;
    let mut intent = office.wish(Verb::TransferBoth, Some(person("103"))).await?;
    intent.second = Some(person("104"));
    let id = intent.id;
    let begun = office.seat.desk.perform(intent).await?;
    ensure!(begun == Ok(id), "{begun:?}");
    tokio::try_join!(cara.wait_ringing(), dora.wait_ringing())?;
    dora.reject().await?;
    let outcome = office.seat.outcome(id).await?;
    let told = outcome == done(Evidence::Ringing)
        || outcome
            == Outcome::Failed {
                failure: Failure::Busy,
            };
    ensure!(told, "{outcome:?}");
    office.pbx.truth().wait_gone("101").await?;
    cara.answer().await?;
    office.pbx.truth().wait_talking("103", "trunk").await?;
    office
        .seat
        .call(CallPhase::Talking, &["103", "trunk"])
        .await?;
    office.agrees().await
}

/// The call has gone into the room to meet them, and goes on there.
async fn whoever_is_invited_and_rejects(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    let mine = office.mine().await?;
    let legs = ["101", "trunk"].map(|end| leg(&mine, end).id.key.clone());
    let intent = office
        .seat
        .intent(Verb::Invite, &person("102"), Some(mine.id.clone()))
        .await?;
    let id = intent.id;
    let begun = office.seat.desk.perform(intent).await?;
    ensure!(begun == Ok(id), "{begun:?}");
    marco.wait_ringing().await?;
    marco.reject().await?;
    let outcome = office.seat.outcome(id).await?;
    let first = matches!(
        outcome,
        Outcome::Failed {
            failure: Failure::FirstPhone { .. }
        }
    );
    ensure!(first, "{outcome:?}");
    let channels = office.pbx.truth().wait_talking("101", "trunk").await?;
    ensure!(
        channels.len() == 2 && channels.iter().all(|one| legs.contains(&one.uniqueid)),
        "{channels:?}"
    );
    office
        .seat
        .call(CallPhase::Conference, &["101", "trunk"])
        .await?;
    office.agrees().await
}
