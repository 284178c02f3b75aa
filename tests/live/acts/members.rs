//! Who serves a queue: added and then rung, removed, paused with a reason, with a penalty.

use anyhow::{Context, Result, ensure};
use lab::message::Message;
use lab::{Pbx, Version};
use operator::{Details, Evidence, Outcome, Refusal, Verb};

use super::{act, as_user, eventually, not_permitted, offered, queue, rows, with};
use crate::on_both;
use crate::seat::{Seat, done, office, person, refused};

on_both!(
    whoever_is_added_is_rung_by_the_next_caller,
    a_member_pauses_with_a_reason,
    a_member_pauses_in_all_queues,
    a_penalty_is_set,
    what_cannot_be_done_to_a_member,
    what_the_account_may_not_do_to_a_member,
);

/// How a phone serves a queue, asked of Asterisk.
async fn member(pbx: &Pbx, queue: &str, interface: &str) -> Result<Option<Message>> {
    let all = rows(pbx, &[("Action", "QueueStatus")], "QueueMember").await?;
    let mut all = all.into_iter();
    Ok(all.find(|one| one.get("Queue") == queue && one.get("Location") == interface))
}

async fn paused(pbx: &Pbx, queue: &str, interface: &str) -> Result<bool> {
    let member = member(pbx, queue, interface).await?;
    Ok(member.context("no such member")?.get("Paused") == "1")
}

async fn change(
    seat: &mut Seat,
    verb: Verb,
    number: &str,
    name: &str,
    details: Details,
) -> Result<Outcome> {
    with(seat, verb, &person(number), Some(queue(name)), details).await
}

fn because(reason: &str) -> Details {
    Details {
        reason: Some(reason.to_owned()),
        ..Details::default()
    }
}

fn number(value: u32) -> Details {
    Details {
        value: Some(value),
        ..Details::default()
    }
}

async fn whoever_is_added_is_rung_by_the_next_caller(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let marco = pbx.phone("102").await?;
    let offer = offered(&seat, Verb::QueueAdd, &person("102")).await?;
    let targets = offer.map(|offer| offer.targets).unwrap_or_default();
    ensure!(targets.contains(&queue("vip")), "{targets:?}");
    let outcome = change(&mut seat, Verb::QueueAdd, "102", "vip", number(2)).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let told = member(&pbx, "vip", "PJSIP/102")
        .await?
        .context("no member")?;
    ensure!(
        (
            told.get("Membership"),
            told.get("Penalty"),
            told.get("Name")
        ) == ("dynamic", "2", "Marco Bianchi"),
        "{told:?}"
    );
    let again = change(&mut seat, Verb::QueueAdd, "102", "vip", Details::default()).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    let cara = pbx.phone("103").await?;
    cara.dial("510").await?;
    marco.wait_ringing().await?;
    // Removed while the phone rings for a caller: that call goes on.
    let outcome = act(
        &mut seat,
        Verb::QueueRemove,
        &person("102"),
        Some(queue("vip")),
    )
    .await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(
        member(&pbx, "vip", "PJSIP/102").await?.is_none(),
        "still serves"
    );
    let again = act(
        &mut seat,
        Verb::QueueRemove,
        &person("102"),
        Some(queue("vip")),
    )
    .await?;
    ensure!(again == refused(Refusal::NotInThisState), "{again:?}");
    cara.hangup().await?;
    pbx.truth().wait_silent().await?;
    seat.agrees_with(&pbx).await
}

async fn a_member_pauses_with_a_reason(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let reason = "Mittag: 12 Uhr, \"Käse\"";
    let outcome = change(&mut seat, Verb::QueuePause, "103", "sales", because(reason)).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let told = member(&pbx, "sales", "PJSIP/103").await?.context("gone")?;
    ensure!(
        (told.get("Paused"), told.get("PausedReason")) == ("1", reason),
        "{told:?}"
    );
    seat.wait("a paused member", |shown| {
        let mut members = shown.queues().flat_map(|queue| &queue.members);
        let found = members.find(|one| one.interface == "PJSIP/103")?;
        (found.paused && found.reason.as_deref() == Some(reason)).then_some(())
    })
    .await?;
    let again = change(&mut seat, Verb::QueuePause, "103", "sales", because("x")).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    let outcome = change(&mut seat, Verb::QueueUnpause, "103", "sales", because("x")).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let told = member(&pbx, "sales", "PJSIP/103").await?.context("gone")?;
    ensure!(
        (told.get("Paused"), told.get("PausedReason")) == ("0", ""),
        "{told:?}"
    );
    // Dora serves by a Local channel: the person is meant, not the interface.
    let outcome = change(
        &mut seat,
        Verb::QueuePause,
        "104",
        "sales",
        Details::default(),
    )
    .await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(
        paused(&pbx, "sales", "Local/104@internal/n").await?,
        "somebody else pauses"
    );
    seat.agrees_with(&pbx).await
}

async fn a_member_pauses_in_all_queues(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let _emil = pbx.phone("105").await?;
    let outcome = change(&mut seat, Verb::QueueAdd, "105", "vip", Details::default()).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let emil = person("105");
    for (verb, should) in [(Verb::QueuePause, true), (Verb::QueueUnpause, false)] {
        let outcome = with(&mut seat, verb, &emil, None, because("lunch")).await?;
        ensure!(outcome == done(Evidence::Told), "{verb:?}: {outcome:?}");
        for name in ["support", "vip"] {
            ensure!(
                paused(&pbx, name, "PJSIP/105").await? == should,
                "{verb:?} in {name}"
            );
        }
        ensure!(
            !paused(&pbx, "support", "PJSIP/106").await?,
            "somebody else"
        );
        let again = act(&mut seat, verb, &emil, None).await?;
        ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    }
    // Paused in one queue already: the other one is what remains to be done.
    let outcome = change(
        &mut seat,
        Verb::QueuePause,
        "105",
        "vip",
        Details::default(),
    )
    .await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let outcome = act(&mut seat, Verb::QueuePause, &emil, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(paused(&pbx, "support", "PJSIP/105").await?, "not paused");
    let nobody = act(&mut seat, Verb::QueuePause, &person("101"), None).await?;
    ensure!(nobody == refused(Refusal::NotInThisState), "{nobody:?}");
    Ok(())
}

async fn a_penalty_is_set(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let outcome = change(&mut seat, Verb::SetPenalty, "103", "sales", number(3)).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let told = member(&pbx, "sales", "PJSIP/103").await?.context("gone")?;
    ensure!(told.get("Penalty") == "3", "{told:?}");
    let again = change(&mut seat, Verb::SetPenalty, "103", "sales", number(3)).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    for details in [Details::default(), number(100_001)] {
        let outcome = change(&mut seat, Verb::SetPenalty, "103", "sales", details).await?;
        ensure!(outcome == refused(Refusal::BadDetails), "{outcome:?}");
    }
    let outcome = change(&mut seat, Verb::SetPenalty, "103", "sales", number(0)).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    seat.agrees_with(&pbx).await
}

async fn what_cannot_be_done_to_a_member(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let cara = person("103");
    let outcome = act(&mut seat, Verb::QueueRemove, &cara, Some(queue("sales"))).await?;
    ensure!(outcome == refused(Refusal::StaticMember), "{outcome:?}");
    let offer = offered(&seat, Verb::QueueRemove, &cara).await?;
    let refusals = offer.map(|offer| offer.refused).unwrap_or_default();
    ensure!(
        refusals
            .iter()
            .any(|one| one.target == queue("sales") && one.refusal == Refusal::StaticMember),
        "{refusals:?}"
    );
    let long = "x".repeat(81);
    for reason in ["a\r\nAction: Logoff", long.as_str()] {
        let outcome = change(&mut seat, Verb::QueuePause, "103", "sales", because(reason)).await?;
        ensure!(outcome == refused(Refusal::BadDetails), "{outcome:?}");
    }
    let outcome = act(&mut seat, Verb::QueueAdd, &cara, Some(person("104"))).await?;
    ensure!(outcome == refused(Refusal::NotATarget), "{outcome:?}");
    let outcome = act(&mut seat, Verb::SetPenalty, &cara, None).await?;
    ensure!(outcome == refused(Refusal::NotATarget), "{outcome:?}");
    // Somebody else was quicker, and the desk has not heard of it.
    let proxy = lab::Proxy::start(pbx.ami_port()).await?;
    let mut late = Seat::at(proxy.port()).await?;
    proxy.set(lab::proxy::Mode::Deaf);
    let outcome = change(&mut seat, Verb::QueueAdd, "102", "vip", Details::default()).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let intent = late
        .intent(Verb::QueueAdd, &person("102"), Some(queue("vip")))
        .await?;
    let id = intent.id;
    ensure!(late.desk.perform(intent).await?.is_ok(), "not written");
    proxy.set(lab::proxy::Mode::Pass);
    let outcome = late.outcome(id).await?;
    let words = super::failed_by_pbx(&outcome).map(str::to_owned);
    ensure!(
        words.is_some_and(|words| words.contains("Already there")),
        "{outcome:?}"
    );
    ensure!(proxy.count("QueueAdd") == 1, "written twice");
    eventually(&mut late, "one member", async || {
        let found = member(&pbx, "vip", "PJSIP/102").await?;
        Ok(found.map(drop))
    })
    .await
}

async fn what_the_account_may_not_do_to_a_member(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let outcome = change(
        &mut seat,
        Verb::QueuePause,
        "105",
        "support",
        Details::default(),
    )
    .await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let mut noagent = as_user(&pbx, "noagent").await?;
    noagent
        .wait("the queues", |shown| {
            shown
                .queues()
                .any(|queue| !queue.members.is_empty())
                .then_some(())
        })
        .await?;
    for (verb, name, action) in [
        (Verb::QueueAdd, "vip", "QueueAdd"),
        (Verb::QueuePause, "sales", "QueuePause"),
        (Verb::QueueRemove, "sales", "QueueRemove"),
        (Verb::SetPenalty, "sales", "QueuePenalty"),
    ] {
        let outcome = change(&mut noagent, verb, "103", name, number(1)).await?;
        ensure!(outcome == not_permitted(action), "{verb:?}: {outcome:?}");
    }
    let outcome = change(
        &mut noagent,
        Verb::QueueUnpause,
        "105",
        "support",
        number(1),
    )
    .await?;
    ensure!(outcome == not_permitted("QueuePause"), "{outcome:?}");
    ensure!(paused(&pbx, "support", "PJSIP/105").await?, "serves again");
    let nobody = change(&mut seat, Verb::QueueUnpause, "101", "sales", number(1)).await?;
    ensure!(nobody == refused(Refusal::NotInThisState), "{nobody:?}");
    Ok(())
}
