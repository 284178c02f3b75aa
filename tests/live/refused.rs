//! What is refused: nothing that changes a call is sent, and the call goes on untouched.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Pbx, Proxy, Version};
use operator::{Refusal, Verb};

use crate::on_both;
use crate::seat::{Seat, connect, number, person, refused, room};
use crate::shown::leg;

on_both!(targets_that_cannot_be_reached, numbers_nobody_can_dial);

const CHANGES: [&str; 5] = ["Redirect", "BlindTransfer", "Hangup", "Originate", "Bridge"];

async fn behind_a_proxy(version: Version) -> Result<(Pbx, Proxy, Seat)> {
    let pbx = Pbx::start(version).await?;
    let proxy = Proxy::start(pbx.ami_port()).await?;
    let seat = Seat::at(proxy.port()).await?;
    Ok((pbx, proxy, seat))
}

fn nothing_sent(proxy: &Proxy) -> Result<()> {
    for action in CHANGES {
        ensure!(proxy.count(action) == 0, "a {action} was sent");
    }
    Ok(())
}

async fn targets_that_cannot_be_reached(version: Version) -> Result<()> {
    let (pbx, proxy, mut seat) = behind_a_proxy(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let missing = |number: &str| {
        refused(Refusal::NoSuchExtension {
            number: number.to_owned(),
        })
    };
    let table = [
        (person("109"), refused(Refusal::TargetOffline)),
        (person("101"), refused(Refusal::SamePerson)),
        (person("102"), refused(Refusal::SamePerson)),
        (person("199"), refused(Refusal::NotATarget)),
        (number("199"), missing("199")),
        (number("03012"), missing("03012")),
        (call.id.clone(), refused(Refusal::NotATarget)),
    ];
    for (target, expected) in table {
        let (_, outcome) = seat.transfer(&leg(&call, "102").id, target.clone()).await?;
        ensure!(outcome == expected, "{target}: {outcome:?}");
    }
    let intent = seat
        .intent(Verb::TransferBoth, &call.id, Some(number("199")))
        .await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == missing("199"), "{outcome:?}");
    let mut intent = seat
        .intent(Verb::TransferBoth, &call.id, Some(room("680")))
        .await?;
    intent.second = Some(person("109"));
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == refused(Refusal::TargetOffline), "{outcome:?}");
    let offers = seat.desk.offers(leg(&call, "102").id.clone()).await?.offers;
    let told = offers
        .iter()
        .flat_map(|offer| &offer.refused)
        .any(|one| one.target == person("109") && one.refusal == Refusal::TargetOffline);
    ensure!(told, "{offers:?}");
    // A message can be left for whoever is off; nothing else.
    for offer in &offers {
        let there = offer.targets.contains(&person("109"));
        ensure!(there == (offer.verb == Verb::Voicemail), "{offer:?}");
    }
    nothing_sent(&proxy)?;
    pbx.truth().wait_talking("101", "102").await?;
    seat.agrees_with(&pbx).await
}

/// Bad numbers, from a paste or a link: no line of them reaches the PBX.
async fn numbers_nobody_can_dial(version: Version) -> Result<()> {
    let (pbx, proxy, mut seat) = behind_a_proxy(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let bad = [
        "",
        "103\r\nAction: Originate",
        "103\nX: y",
        "103&104",
        "103,1",
        "${EXTEN}",
        "_1XX",
        "103@from-trunk",
        "a\u{202e}b",
        "\u{0}",
    ];
    for typed in bad {
        let (_, outcome) = seat.transfer(&leg(&call, "102").id, number(typed)).await?;
        ensure!(
            outcome == refused(Refusal::BadNumber),
            "{typed:?}: {outcome:?}"
        );
        let intent = seat
            .intent(Verb::Originate, &person("101"), Some(number(typed)))
            .await?;
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(
            outcome == refused(Refusal::BadNumber),
            "{typed:?}: {outcome:?}"
        );
    }
    nothing_sent(&proxy)?;
    let written = proxy.client_bytes();
    ensure!(
        !String::from_utf8_lossy(&written).contains("X: y"),
        "a typed line was sent"
    );
    pbx.truth().wait_talking("101", "102").await.map(drop)
}
