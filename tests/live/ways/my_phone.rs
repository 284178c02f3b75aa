//! The operator's own phone: off, turning the call away, or ringing in an empty office. Whoever was to come is still where they were, or
//! it is told that they are not.

use anyhow::{Result, ensure};
use board::Ref;
use board::view::CallPhase;
use desk::{DeskThing, Tile};
use lab::Version;
use operator::{After, Evidence, OperationView, Refusal, SentState, Verb};

use super::{Office, idle, off};
use crate::on_both;
use crate::seat::{done, person, refused};
use crate::shown::Shown;

on_both!(
    who_waits_stays_where_they_are_while_my_phone_is_off,
    a_caller_whom_my_phone_turns_away_is_told,
    a_caller_who_comes_back_to_a_phone_that_turns_them_away_is_told,
    nobody_answers_in_time,
);

async fn who_waits_stays_where_they_are_while_my_phone_is_off(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let outcome = office.does(Verb::Park, None).await?;
    ensure!(outcome == done(Evidence::Parked), "{outcome:?}");
    office.anna.wait_idle().await?;
    let Office {
        pbx,
        proxy,
        mut seat,
        anna,
        line: _line,
        jane,
    } = office;
    let _second = pbx.trunk_call("4930555004", "+492", "Second").await?;
    seat.call(CallPhase::Queued, &["trunk"]).await?;
    anna.switch_off().await?;
    off(&mut seat, "101").await?;
    let table = [
        (Verb::Take, jane.clone(), None),
        (Verb::Next, person("101"), None),
        (Verb::Originate, person("101"), Some(person("102"))),
        (Verb::Transfer, jane.clone(), Some(person("101"))),
    ];
    for (verb, subject, target) in table {
        let intent = seat.intent(verb, &subject, target).await?;
        let (_, outcome) = seat.carry_out(intent).await?;
        ensure!(
            outcome == refused(Refusal::TargetOffline),
            "{verb:?}: {outcome:?}"
        );
    }
    ensure!(proxy.count("Redirect") == 0, "somebody was moved");
    let lot = pbx.truth().action(&[("Action", "ParkedCalls")]).await?;
    ensure!(
        lot.iter()
            .any(|item| item.get("ParkeeUniqueid") == jane.key),
        "{lot:?}"
    );
    let queues = pbx.truth().action(&[("Action", "QueueStatus")]).await?;
    let waits = queues.iter().filter(|item| item.is_event("QueueEntry"));
    ensure!(waits.count() == 1, "{queues:?}");
    seat.agrees_with(&pbx).await
}

/// Somewhere it stands that this caller was not taken: on the shelf if they were sent, else at the operation that was to bring them.
fn is_told(shown: &Shown, leg: &Ref) -> bool {
    let not_taken =
        |view: &OperationView| view.after == Some(After::NotTaken) && view.legs.contains(leg);
    let shelved = |tile: &Tile| match tile {
        Tile::Desk(DeskThing::Sent(view)) => {
            view.leg == *leg && view.state == SentState::NotTaken && !view.alive
        }
        Tile::Desk(
            DeskThing::Pbx(_)
            | DeskThing::Operation(_)
            | DeskThing::Gap(_)
            | DeskThing::Consultation(_)
            | DeskThing::Lost(_)
            | DeskThing::Note(_)
            | DeskThing::Camp(_)
            | DeskThing::Stuck(_),
        )
        | Tile::Board(_) => false,
    };
    shown.operations().any(not_taken) || shown.tiles().any(shelved)
}

/// The lab's dialplan hangs up whom nobody takes. What a board can do about it is to say so.
async fn a_caller_whom_my_phone_turns_away_is_told(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.holds().await?;
    let intent = office.wish(Verb::Take, None).await?;
    turned_away(&mut office, intent).await?;
    office.jane_waits("4930555004", CallPhase::Queued).await?;
    let intent = office.seat.intent(Verb::Next, &person("101"), None).await?;
    turned_away(&mut office, intent).await
}

pub(super) async fn turned_away(office: &mut Office, intent: operator::Intent) -> Result<()> {
    let (id, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.anna.wait_ringing().await?;
    office.anna.reject().await?;
    office.unanswered(id).await?;
    idle(&mut office.seat, &["101"]).await
}

/// At the end of a consultation the caller is sent back to me by the desk itself.
async fn a_caller_who_comes_back_to_a_phone_that_turns_them_away_is_told(
    version: Version,
) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.talks(&marco).await?;
    office.anna.hangup().await?;
    office.anna.wait_idle().await?;
    office.anna.wait_ringing().await?;
    office.anna.reject().await?;
    let jane = office.jane.clone();
    office
        .seat
        .wait("it is told", |shown| is_told(shown, &jane).then_some(()))
        .await?;
    office.pbx.truth().wait_gone("trunk").await?;
    office.consultation_is_over().await?;
    marco.wait_idle().await?;
    office.all_quiet().await
}

/// In a house where phones ring for three seconds only.
async fn nobody_answers_in_time(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.pbx.configure("extensions.conf", |text| {
        text.replace("Dial(PJSIP/${EXTEN},30,", "Dial(PJSIP/${EXTEN},3,")
    })?;
    office.pbx.cli("dialplan reload").await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    // Whom I ask: the caller comes back to me.
    office.consults(&marco).await?;
    marco.wait_idle().await?;
    office.has_jane_back().await?;
    office.consultation_is_over().await?;
    // Whom I send to: it is told.
    let (id, outcome) = office
        .seat
        .transfer(&office.jane.clone(), person("102"))
        .await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.unanswered(id).await?;
    marco.wait_idle().await?;
    // Whom I take.
    office.jane_calls().await?;
    office.holds().await?;
    let intent = office.wish(Verb::Take, None).await?;
    let (id, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.unanswered(id).await
}

impl Office {
    pub(super) async fn unanswered(&mut self, id: operator::OperationId) -> Result<()> {
        self.seat.after(id, After::NotTaken).await?;
        ensure!(is_told(&self.seat.shown, &self.jane), "{}", self.seat.shown);
        self.pbx.truth().wait_gone("trunk").await?;
        self.all_quiet().await
    }
}
