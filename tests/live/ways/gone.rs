//! The channel is gone between the check and the write: the action arrives at a PBX where nobody is left to do it to. Nobody else is
//! moved instead, nobody's phone rings for it, and it is never said to have happened.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::Version;
use operator::{Evidence, Outcome, Verb};

use super::left::talk_again;
use super::{Office, failed, idle};
use crate::on_both;
use crate::seat::{done, person, room};
use crate::shown::leg;

on_both!(
    a_caller_who_is_gone_before_the_write_is_sent_nowhere,
    a_caller_who_is_gone_before_they_are_put_through,
    a_caller_who_is_gone_before_i_swap_to_them,
    a_target_who_is_gone_before_the_caller_is_put_through,
    who_waited_and_is_gone_rings_no_phone_of_mine,
    two_calls_do_not_meet_when_one_is_gone,
    nobody_is_invited_to_a_call_that_is_gone,
);

async fn a_caller_who_is_gone_before_the_write_is_sent_nowhere(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = office.pbx.phone("103").await?;
    idle(&mut office.seat, &["103"]).await?;
    let table = [
        (Verb::Transfer, Some(person("103")), "Redirect"),
        (Verb::TransferBoth, Some(person("103")), "Redirect"),
        (Verb::Voicemail, Some(person("103")), "Redirect"),
        (Verb::Consult, Some(person("103")), "Redirect"),
        (Verb::Park, None, "Park"),
        (Verb::Hold, None, "Redirect"),
        (Verb::HangUp, None, "Hangup"),
    ];
    for (turn, (verb, target, action)) in table.into_iter().enumerate() {
        if turn > 0 {
            office.jane_calls().await?;
        }
        let intent = office.wish(verb, target).await?;
        let id = office.writes(intent, action).await?;
        office.jane_leaves().await?;
        office.pbx.truth().wait_silent().await?;
        let outcome = office.arrives(id).await?;
        if verb == Verb::HangUp {
            ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
        } else {
            failed(&outcome)?;
        }
        ensure!(cara.calls().is_empty(), "{verb:?}: Cara's phone rings");
        let written = office.changes();
        ensure!(written.len() == turn + 1, "{verb:?}: {written:?}");
        office.all_quiet().await?;
        office.consultation_is_over().await?;
        office.anna.wait_idle().await?;
    }
    Ok(())
}

/// Whoever was asked and the operator go on talking.
async fn a_caller_who_is_gone_before_they_are_put_through(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    for verb in [Verb::Complete, Verb::GoBack] {
        office.talks(&marco).await?;
        let intent = office.wish(verb, None).await?;
        let id = office.writes(intent, "Bridge").await?;
        office.jane_leaves().await?;
        let outcome = office.arrives(id).await?;
        failed(&outcome)?;
        office.pbx.truth().wait_talking("101", "102").await?;
        office.consultation_is_over().await?;
        office.agrees().await?;
        marco.hangup().await?;
        office.all_quiet().await?;
        office.anna.wait_idle().await?;
        office.jane_calls().await?;
    }
    Ok(())
}

/// By then whoever was asked waits to music, as I do: neither is lost, and we talk again.
async fn a_caller_who_is_gone_before_i_swap_to_them(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.talks(&marco).await?;
    let intent = office.wish(Verb::Swap, None).await?;
    let id = office.writes(intent, "Redirect").await?;
    office.jane_leaves().await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    talk_again(&mut office).await
}

async fn a_target_who_is_gone_before_the_caller_is_put_through(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.talks(&marco).await?;
    let intent = office.wish(Verb::Complete, None).await?;
    let id = office.writes(intent, "Bridge").await?;
    marco.hangup().await?;
    office.pbx.truth().wait_gone("102").await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    office.has_jane_back().await?;
    office.consultation_is_over().await
}

/// Held, parked, or in line in a queue.
async fn who_waited_and_is_gone_rings_no_phone_of_mine(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    for verb in [Verb::Hold, Verb::Park] {
        let outcome = office.does(verb, None).await?;
        ensure!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
        office.anna.wait_idle().await?;
        idle(&mut office.seat, &["101"]).await?;
        let intent = office.wish(Verb::Take, None).await?;
        nobody_comes(&mut office, intent).await?;
        office.jane_calls().await?;
    }
    office.jane_leaves().await?;
    office.all_quiet().await?;
    office.jane_waits("4930555004", CallPhase::Queued).await?;
    idle(&mut office.seat, &["101"]).await?;
    let intent = office.seat.intent(Verb::Next, &person("101"), None).await?;
    nobody_comes(&mut office, intent).await
}

pub(super) async fn nobody_comes(office: &mut Office, intent: operator::Intent) -> Result<()> {
    let verb = intent.verb;
    let id = office.writes(intent, "Redirect").await?;
    office.jane_leaves().await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    ensure!(office.anna.calls().is_empty(), "{verb:?}: it rings");
    office.all_quiet().await
}

/// Who is left goes on talking.
async fn two_calls_do_not_meet_when_one_is_gone(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    let other = office.others_talk(&marco, &cara).await?;
    let marcos = leg(&other, "102").id.clone();
    let intent = office.wish(Verb::Connect, Some(marcos)).await?;
    let id = office.writes(intent, "Bridge").await?;
    office.jane_leaves().await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    office.pbx.truth().wait_talking("102", "103").await?;
    office.agrees().await?;
    office.anna.wait_idle().await?;
    office.jane_calls().await?;
    let mine = office.mine().await?;
    let intent = office
        .seat
        .intent(Verb::Join, &mine.id, Some(other.id.clone()))
        .await?;
    let id = office.writes(intent, "Redirect").await?;
    office.jane_leaves().await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    // The others wait for them in the room, and hear each other there.
    let channels = office.pbx.truth().wait_talking("102", "103").await?;
    ensure!(channels.len() == 2, "{channels:?}");
    office.agrees().await
}

async fn nobody_is_invited_to_a_call_that_is_gone(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    let mine = office.mine().await?;
    let intent = office
        .seat
        .intent(Verb::Invite, &person("102"), Some(mine.id.clone()))
        .await?;
    let id = office.writes(intent, "Redirect").await?;
    office.jane_leaves().await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    ensure!(marco.calls().is_empty(), "Marco's phone rings for nobody");
    ensure!(office.changes() == ["Redirect"], "{:?}", office.changes());
    office.all_quiet().await?;
    // Into a room that its only member has just left.
    marco.dial("680").await?;
    let meeting = office.seat.call(CallPhase::Conference, &["102"]).await?;
    let intent = office.seat.intent(Verb::HangUp, &room("680"), None).await?;
    let id = office.writes(intent, "Hangup").await?;
    marco.hangup().await?;
    office.pbx.truth().wait_gone("102").await?;
    let outcome = office.arrives(id).await?;
    ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
    drop(meeting);
    office.all_quiet().await
}
