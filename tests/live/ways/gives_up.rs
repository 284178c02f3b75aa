//! The caller hangs up, at every step of every move: whoever was called for them is called no more or is told the truth, and nobody else
//! loses their call.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Channel, Version};
use operator::{After, ConsultationStage, Evidence, Outcome, Verb};

use super::{Office, idle};
use crate::on_both;
use crate::seat::{PATIENCE, done, person};
use crate::shown::leg;

on_both!(
    a_caller_who_gives_up_while_the_target_of_a_consultation_rings,
    a_caller_who_gives_up_while_i_am_back_with_them,
    a_caller_who_gives_up_after_being_put_through_to_a_ringing_phone,
    a_caller_who_gives_up_while_my_phone_rings_for_them,
    a_caller_who_gives_up_where_they_wait,
    one_of_two_who_were_sent_gives_up,
    a_caller_who_gives_up_while_somebody_is_invited,
    whoever_called_out_gives_up_while_the_far_end_rings,
);

async fn a_caller_who_gives_up_while_the_target_of_a_consultation_rings(
    version: Version,
) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.consults(&marco).await?;
    office.jane_leaves().await?;
    office.consultation_is_over().await?;
    // Anna calls him all the same, as if by hand.
    marco.answer().await?;
    office.pbx.truth().wait_talking("101", "102").await?;
    office.agrees().await?;
    ensure!(office.changes() == ["Redirect"], "{:?}", office.changes());
    Ok(())
}

/// Whoever was asked waits to music, and is not forgotten there: my leg goes with the caller's, and they ring me.
async fn a_caller_who_gives_up_while_i_am_back_with_them(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.talks(&marco).await?;
    let outcome = office.does(Verb::Swap, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.stage(ConsultationStage::Back).await?;
    office.jane_leaves().await?;
    office.anna.wait_ringing().await?;
    office.anna.answer().await?;
    office.pbx.truth().wait_talking("101", "102").await?;
    office.consultation_is_over().await?;
    office.agrees().await
}

async fn a_caller_who_gives_up_after_being_put_through_to_a_ringing_phone(
    version: Version,
) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.consults(&marco).await?;
    let intent = office.wish(Verb::Complete, None).await?;
    let (id, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    marco.wait_ringing().await?;
    office.jane_leaves().await?;
    office.seat.after(id, After::GaveUp).await?;
    marco.wait_idle().await?;
    office.anna.wait_idle().await?;
    office.all_quiet().await
}

async fn a_caller_who_gives_up_while_my_phone_rings_for_them(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    for waits in [Verb::Hold, Verb::Park] {
        let outcome = office.does(waits, None).await?;
        ensure!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
        office.anna.wait_idle().await?;
        idle(&mut office.seat, &["101"]).await?;
        let intent = office.wish(Verb::Take, None).await?;
        comes_and_goes(&mut office, intent).await?;
        office.jane_calls().await?;
    }
    office.jane_leaves().await?;
    office.all_quiet().await?;
    office.jane_waits("4930555004", CallPhase::Queued).await?;
    idle(&mut office.seat, &["101"]).await?;
    let intent = office.seat.intent(Verb::Next, &person("101"), None).await?;
    comes_and_goes(&mut office, intent).await
}

pub(super) async fn comes_and_goes(office: &mut Office, intent: operator::Intent) -> Result<()> {
    let (id, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.anna.wait_ringing().await?;
    office.jane_leaves().await?;
    office.seat.after(id, After::GaveUp).await?;
    office.anna.wait_idle().await?;
    office.all_quiet().await
}

async fn a_caller_who_gives_up_where_they_wait(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = office.pbx.phone("103").await?;
    // Cara's phone is busy, so that somebody can wait for it.
    cara.dial("601").await?;
    office.seat.call(CallPhase::Application, &["103"]).await?;
    let table = [
        (Verb::Park, None),
        (Verb::Hold, None),
        (Verb::Camp, Some(person("103"))),
        (Verb::Voicemail, Some(person("103"))),
    ];
    for (verb, target) in table {
        let outcome = office.does(verb, target).await?;
        ensure!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
        office.anna.wait_idle().await?;
        office.jane_leaves().await?;
        let gone = |shown: &crate::shown::Shown| {
            let theirs = shown.calls().all(|call| call.legs.len() == 1);
            (theirs && shown.calls().count() == 1 && shown.parked().next().is_none()).then_some(())
        };
        office.seat.wait("only Cara", gone).await?;
        office.agrees().await?;
        let again = office.does(Verb::Take, None).await?;
        let gone = crate::seat::refused(operator::Refusal::Gone);
        ensure!(again == gone, "{verb:?}: {again:?}");
        office.jane_calls().await?;
    }
    Ok(())
}

async fn one_of_two_who_were_sent_gives_up(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (cara, dora) = tokio::try_join!(office.pbx.phone("103"), office.pbx.phone("104"))?;
    idle(&mut office.seat, &["103", "104"]).await?;
    let mut intent = office.wish(Verb::TransferBoth, Some(person("103"))).await?;
    intent.second = Some(person("104"));
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    tokio::try_join!(cara.wait_ringing(), dora.wait_ringing())?;
    office.jane_leaves().await?;
    // Whom Jane was sent to rings no more, and the other one's call goes on.
    cara.wait_idle().await?;
    dora.answer().await?;
    let channels = office.pbx.truth().wait_talking("101", "104").await?;
    ensure!(channels.len() == 2, "{channels:?}");
    office
        .seat
        .call(CallPhase::Talking, &["101", "104"])
        .await?;
    office.agrees().await
}

async fn a_caller_who_gives_up_while_somebody_is_invited(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    let mine = office.mine().await?;
    let annas = leg(&mine, "101").id.clone();
    let intent = office
        .seat
        .intent(Verb::Invite, &person("102"), Some(mine.id.clone()))
        .await?;
    let id = intent.id;
    let begun = office.seat.desk.perform(intent).await?;
    ensure!(begun == Ok(id), "{begun:?}");
    marco.wait_ringing().await?;
    office.jane_leaves().await?;
    marco.answer().await?;
    let outcome = office.seat.outcome(id).await?;
    ensure!(outcome == done(Evidence::Joined), "{outcome:?}");
    let both = |channels: &[Channel]| {
        let there = channels
            .iter()
            .filter(|one| one.application == "ConfBridge");
        there.count() == 2 && channels.iter().any(|one| one.uniqueid == annas.key)
    };
    office.pbx.truth().wait_until(both, PATIENCE).await?;
    office
        .seat
        .call(CallPhase::Conference, &["101", "102"])
        .await?;
    office.agrees().await
}

async fn whoever_called_out_gives_up_while_the_far_end_rings(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    idle(&mut office.seat, &["102", "103"]).await?;
    let intent = office
        .seat
        .intent(Verb::Originate, &person("102"), Some(person("103")))
        .await?;
    let id = intent.id;
    let begun = office.seat.desk.perform(intent).await?;
    ensure!(begun == Ok(id), "{begun:?}");
    marco.wait_ringing().await?;
    marco.answer().await?;
    cara.wait_ringing().await?;
    let outcome = office.seat.outcome(id).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    marco.hangup().await?;
    office.seat.after(id, After::GaveUp).await?;
    cara.wait_idle().await?;
    // And before: the phone that was to ring first is gone again at once.
    idle(&mut office.seat, &["102", "103"]).await?;
    let intent = office
        .seat
        .intent(Verb::Originate, &person("102"), Some(person("103")))
        .await?;
    let id = intent.id;
    let begun = office.seat.desk.perform(intent).await?;
    ensure!(begun == Ok(id), "{begun:?}");
    marco.wait_ringing().await?;
    marco.reject().await?;
    office.first_phone_failed(id).await?;
    ensure!(cara.calls().is_empty(), "Cara's phone rings");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.agrees().await
}
