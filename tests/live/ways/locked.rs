//! A locked room: whoever is sent there is told so by the PBX, and hung up. So nobody is sent.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::Version;
use operator::{Evidence, Failure, Outcome, Refusal, Verb};

use super::{Office, idle};
use crate::net::lost;
use crate::on_both;
use crate::seat::{done, number, person, refused, room};
use crate::shown::Shown;

on_both!(
    nobody_is_sent_into_a_locked_room,
    whoever_comes_to_a_room_that_was_locked_unseen_is_lost_and_that_is_told,
);

async fn nobody_is_sent_into_a_locked_room(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    idle(&mut office.seat, &["103"]).await?;
    marco.dial("680").await?;
    let meeting = office.seat.call(CallPhase::Conference, &["102"]).await?;
    let intent = office.seat.intent(Verb::Lock, &room("680"), None).await?;
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let locked = |shown: &Shown| {
        let mut rooms = shown.conferences();
        rooms.find(|room| room.name == "680" && room.locked == Some(true))?;
        Some(())
    };
    office.seat.wait("a locked room", locked).await?;
    let mine = office.mine().await?;
    let jane = office.jane.clone();
    let table = [
        (Verb::Transfer, jane.clone(), room("680")),
        (Verb::Transfer, jane.clone(), number("680")),
        (Verb::TransferBoth, jane.clone(), room("680")),
        (Verb::Consult, jane.clone(), room("680")),
        (Verb::Join, mine.id.clone(), meeting.id.clone()),
        (Verb::Invite, person("103"), meeting.id.clone()),
        (Verb::Originate, person("103"), room("680")),
    ];
    for (verb, subject, target) in table {
        let intent = office.seat.intent(verb, &subject, Some(target)).await?;
        let (_, outcome) = office.seat.carry_out(intent).await?;
        ensure!(
            outcome == refused(Refusal::RoomLocked),
            "{verb:?}: {outcome:?}"
        );
    }
    let offers = office.seat.desk.offers(jane).await?.offers;
    let told = offers.iter().flat_map(|offer| &offer.refused);
    let mut told = told.filter(|one| one.target == room("680"));
    ensure!(
        told.any(|one| one.refusal == Refusal::RoomLocked),
        "{offers:?}"
    );
    ensure!(office.changes().is_empty(), "{:?}", office.changes());
    ensure!(cara.calls().is_empty(), "Cara's phone rings");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    let intent = office.seat.intent(Verb::Unlock, &room("680"), None).await?;
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let outcome = office.does(Verb::Transfer, Some(room("680"))).await?;
    ensure!(outcome == done(Evidence::Joined), "{outcome:?}");
    office.pbx.truth().wait_talking("102", "trunk").await?;
    office.agrees().await
}

/// No event tells of a lock: the desk takes the room for open, and the PBX for closed.
async fn whoever_comes_to_a_room_that_was_locked_unseen_is_lost_and_that_is_told(
    version: Version,
) -> Result<()> {
    for target in [room("680"), number("680")] {
        let mut office = Office::open(version).await?;
        let marco = office.pbx.phone("102").await?;
        marco.dial("680").await?;
        office.seat.call(CallPhase::Conference, &["102"]).await?;
        let open = |shown: &Shown| {
            let mut rooms = shown.conferences();
            rooms.find(|room| room.name == "680" && room.locked == Some(false))?;
            Some(())
        };
        office.seat.wait("an open room", open).await?;
        let lock = [("Action", "ConfbridgeLock"), ("Conference", "680")];
        office.pbx.truth().action(&lock).await?;
        let outcome = office.does(Verb::Transfer, Some(target)).await?;
        let gone = matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::Lost { .. }
            }
        );
        ensure!(gone, "{outcome:?}");
        let alarm = |shown: &Shown| lost(shown).map(drop);
        office.seat.wait("somebody is lost", alarm).await?;
    }
    Ok(())
}
