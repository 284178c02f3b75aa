//! A queue's member pauses in the middle of what is done with its callers.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use board::{Ref, RefKind};
use lab::Version;
use operator::{Evidence, Verb};

use super::{Office, idle};
use crate::desk::pbx_id;
use crate::on_both;
use crate::seat::{done, number, person};

on_both!(
    a_member_pauses_while_their_phone_rings,
    a_caller_is_sent_to_a_queue_whose_members_pause,
);

impl Office {
    async fn pauses(&mut self, member: &str, name: &str) -> Result<()> {
        let queue = Ref::new(RefKind::Queue, &pbx_id(), name);
        let intent = self
            .seat
            .intent(Verb::QueuePause, &person(member), Some(queue))
            .await?;
        let (_, outcome) = self.seat.carry_out(intent).await?;
        ensure!(outcome == done(Evidence::Told), "{outcome:?}");
        Ok(())
    }

    /// Who waits in a queue, by Uniqueid, asked of Asterisk.
    async fn line_of(&self, name: &str) -> Result<Vec<String>> {
        let question = [("Action", "QueueStatus"), ("Queue", name)];
        let status = self.pbx.truth().action(&question).await?;
        let waits = status.iter().filter(|item| item.is_event("QueueEntry"));
        Ok(waits.map(|item| item.get("Uniqueid").to_owned()).collect())
    }
}

/// The phone rings on for the caller who is there already; the caller can be fetched away from it.
async fn a_member_pauses_while_their_phone_rings(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.jane_leaves().await?;
    office.all_quiet().await?;
    let emil = office.pbx.phone("105").await?;
    for taken in [false, true] {
        let line = office.pbx.trunk_call("4930555004", "+491", "Jane Doe");
        office.line = Some(line.await?);
        emil.wait_ringing().await?;
        let call = office.seat.call(CallPhase::Ringing, &["105", "trunk"]);
        office.jane = crate::shown::leg(&call.await?, "trunk").id.clone();
        office.pauses("105", "support").await?;
        office.pbx.truth().wait_ringing("105").await?;
        office.agrees().await?;
        if taken {
            idle(&mut office.seat, &["101"]).await?;
            let intent = office.seat.intent(Verb::Next, &person("101"), None).await?;
            let (_, outcome) = office.seat.carry_out(intent).await?;
            ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
            emil.wait_idle().await?;
            office.has_jane_back().await?;
            ensure!(office.line_of("support").await?.is_empty(), "still in line");
            return Ok(());
        }
        emil.answer().await?;
        office.pbx.truth().wait_talking("105", "trunk").await?;
        office.agrees().await?;
        office.jane_leaves().await?;
        office.all_quiet().await?;
        let queue = Ref::new(RefKind::Queue, &pbx_id(), "support");
        let intent = office
            .seat
            .intent(Verb::QueueUnpause, &person("105"), Some(queue))
            .await?;
        let (_, outcome) = office.seat.carry_out(intent).await?;
        ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    }
    Ok(())
}

/// They wait there, nobody is rung for them, and from there they can be sent to somebody who does not pause.
async fn a_caller_is_sent_to_a_queue_whose_members_pause(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (emil, marco) = tokio::try_join!(office.pbx.phone("105"), office.pbx.phone("102"))?;
    idle(&mut office.seat, &["102", "105"]).await?;
    let intent = office.wish(Verb::Transfer, Some(number("611"))).await?;
    let id = office.writes(intent, "Redirect").await?;
    // He pauses between the check and the write, on his own.
    let pause = [
        ("Action", "QueuePause"),
        ("Queue", "support"),
        ("Interface", "PJSIP/105"),
        ("Paused", "true"),
    ];
    office.pbx.truth().action(&pause).await?;
    let outcome = office.arrives(id).await?;
    ensure!(outcome == done(Evidence::Joined), "{outcome:?}");
    ensure!(
        office.line_of("support").await? == [office.jane.key.clone()],
        "not in line"
    );
    office.agrees().await?;
    ensure!(emil.calls().is_empty(), "a phone that pauses rings");
    let outcome = office.does(Verb::Transfer, Some(person("102"))).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    marco.wait_ringing().await?;
    marco.answer().await?;
    office.pbx.truth().wait_talking("102", "trunk").await?;
    ensure!(office.line_of("support").await?.is_empty(), "still in line");
    office.agrees().await
}
