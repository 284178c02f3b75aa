//! Those who wait in a queue: sooner, later, or no longer.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use board::Ref;
use board::view::CallPhase;
use lab::proxy::Mode;
use lab::{Pbx, Phone, Version};
use operator::{Details, Evidence, Outcome, Refusal, Verb};

use super::{act, behind_a_proxy, eventually, failed_by_pbx, offered, overtaken, rows, with};
use crate::on_both;
use crate::seat::{Seat, connect, done, office, refused};
use crate::shown::leg;

on_both!(
    a_caller_goes_before_the_others,
    a_withdrawn_caller_goes_on_behind_the_queue,
    a_caller_whom_a_member_answers_was_not_withdrawn,
    what_cannot_be_done_to_those_who_wait,
);

/// Position and priority of everybody in a queue, by Uniqueid.
async fn line(pbx: &Pbx, queue: &str) -> Result<BTreeMap<String, (u32, u32)>> {
    let question = [("Action", "QueueStatus"), ("Queue", queue)];
    let mut line = BTreeMap::new();
    for entry in rows(pbx, &question, "QueueEntry").await? {
        let place = (
            entry.get("Position").parse()?,
            entry.get("Priority").parse()?,
        );
        line.insert(entry.get("Uniqueid").to_owned(), place);
    }
    Ok(line)
}

async fn joins(pbx: &Pbx, seat: &mut Seat, number: &str) -> Result<(Phone, Ref)> {
    let phone = pbx.phone(number).await?;
    phone.dial("510").await?;
    let call = seat.call(CallPhase::Queued, &[number]).await?;
    let id = leg(&call, number).id.clone();
    Ok((phone, id))
}

fn priority(value: u32) -> Details {
    Details {
        value: Some(value),
        ..Details::default()
    }
}

async fn a_caller_goes_before_the_others(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_first, first) = joins(&pbx, &mut seat, "102").await?;
    let (_last, last) = joins(&pbx, &mut seat, "103").await?;
    let offer = offered(&seat, Verb::SetPriority, &last).await?;
    ensure!(
        offer.is_some_and(|offer| offer.refusal.is_none()),
        "no offer"
    );
    let outcome = with(&mut seat, Verb::SetPriority, &last, None, priority(7)).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let places = line(&pbx, "vip").await?;
    let at = |one: &Ref| places.get(&one.key).copied();
    // 22 moves the caller at once, 16 places only those who come later by it.
    let moved = version == Version::V22;
    let wanted = if moved {
        (Some((2, 0)), Some((1, 7)))
    } else {
        (Some((1, 0)), Some((2, 7)))
    };
    ensure!((at(&first), at(&last)) == wanted, "{places:?}");
    let shown = last.clone();
    seat.wait("the new place", |picture| {
        let mut callers = picture.queues().flat_map(|queue| &queue.callers);
        let found = callers.find(|caller| caller.leg == shown)?;
        (found.priority == Some(7) && found.position == if moved { 1 } else { 2 }).then_some(())
    })
    .await?;
    // Whoever comes now stands behind the first in both.
    let (_third, third) = joins(&pbx, &mut seat, "104").await?;
    let places = line(&pbx, "vip").await?;
    ensure!(places.get(&third.key) == Some(&(3, 0)), "{places:?}");
    seat.agrees_with(&pbx).await
}

async fn a_withdrawn_caller_goes_on_behind_the_queue(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_first, first) = joins(&pbx, &mut seat, "102").await?;
    let (_second, second) = joins(&pbx, &mut seat, "103").await?;
    let outcome = act(&mut seat, Verb::Withdraw, &first, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let places = line(&pbx, "vip").await?;
    ensure!(
        places.len() == 1 && places.get(&second.key) == Some(&(1, 0)),
        "{places:?}"
    );
    // Behind Queue() of 510 there is music.
    let channel = pbx.truth().channel_of("102").await?;
    ensure!(
        channel.uniqueid == first.key && channel.is_up(),
        "{channel}"
    );
    seat.call(CallPhase::Application, &["102"]).await?;
    let again = act(&mut seat, Verb::Withdraw, &first, None).await?;
    ensure!(again == refused(Refusal::NotInThisState), "{again:?}");
    seat.agrees_with(&pbx).await
}

/// While a member's phone rings Asterisk only takes note of the wish. Who is answered before it comes to that has left the queue as well,
/// but was not withdrawn.
async fn a_caller_whom_a_member_answers_was_not_withdrawn(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, emil) = tokio::try_join!(pbx.phone("102"), pbx.phone("105"))?;
    marco.dial("611").await?;
    emil.wait_ringing().await?;
    let call = seat.call(CallPhase::Ringing, &["102", "105"]).await?;
    let waits = leg(&call, "102").id.clone();
    let intent = seat.intent(Verb::Withdraw, &waits, None).await?;
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not begun");
    seat.wait("an accepted wish", |shown| {
        let step = shown.operation(id)?.step;
        (step == operator::Step::Accepted).then_some(())
    })
    .await?;
    emil.answer().await?;
    pbx.truth().wait_talking("102", "105").await?;
    let outcome = seat.outcome(id).await?;
    ensure!(
        matches!(outcome, Outcome::Failed { .. } | Outcome::Expired),
        "{outcome:?}"
    );
    pbx.truth().wait_talking("102", "105").await.map(drop)
}

async fn what_cannot_be_done_to_those_who_wait(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (proxy, mut seat) = behind_a_proxy(&pbx).await?;
    let (marco, waits) = joins(&pbx, &mut seat, "102").await?;
    for details in [Details::default(), priority(100_001)] {
        let outcome = with(&mut seat, Verb::SetPriority, &waits, None, details).await?;
        ensure!(outcome == refused(Refusal::BadDetails), "{outcome:?}");
    }
    let outcome = overtaken(&mut seat, Verb::SetPriority, &waits, async || {
        marco.hangup().await?;
        pbx.truth().wait_silent().await
    })
    .await?;
    ensure!(outcome == refused(Refusal::Gone), "{outcome:?}");
    ensure!(proxy.count("QueueChangePriorityCaller") == 0, "written");
    marco.dial("510").await?;
    let call = seat.call(CallPhase::Queued, &["102"]).await?;
    let waits = leg(&call, "102").id.clone();
    let mut intent = seat.intent(Verb::SetPriority, &waits, None).await?;
    intent.details = priority(1);
    proxy.set(Mode::Deaf);
    marco.hangup().await?;
    pbx.truth().wait_silent().await?;
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not written");
    proxy.set(Mode::Pass);
    let outcome = seat.outcome(id).await?;
    ensure!(
        failed_by_pbx(&outcome).is_some() || matches!(outcome, Outcome::Failed { .. }),
        "{outcome:?}"
    );
    let cara = pbx.phone("103").await?;
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let talks = leg(&call, "102").id.clone();
    let outcome = act(&mut seat, Verb::Withdraw, &talks, None).await?;
    ensure!(outcome == refused(Refusal::NotInThisState), "{outcome:?}");
    eventually(&mut seat, "an empty queue", async || {
        Ok(line(&pbx, "vip").await?.is_empty().then_some(()))
    })
    .await
    .context("the queue")
}
