//! The net under the moves, with real phones: who is sent is brought back, who is lost is told, who waits is sent when it is time.

mod fetched;

use std::time::Duration;

use anyhow::{Result, ensure};
use board::view::CallPhase;
use desk::{DeskThing, Tile};
use lab::{Pbx, Proxy, Version};
use operator::{
    CampBy, CampState, Evidence, Intent, LostView, NoteView, Outcome, Rules, SentState, SentView,
    Verb,
};
use tokio::time::{Instant, sleep};

use crate::desk::{connection, profile};
use crate::on_both;
use crate::seat::{Seat, connect, done, number, person};
use crate::shown::Shown;

on_both!(
    who_rings_for_too_long_is_taken_back_and_talks_to_me,
    who_is_answered_is_off_the_shelf,
    a_place_that_hangs_up_at_once_loses_the_caller_and_says_so,
    a_phone_that_turns_the_caller_away_leaves_them_on_the_shelf,
    somebody_waited_for_is_offered_when_they_hang_up,
    somebody_waited_for_is_rung_by_the_desk_when_they_hang_up,
    who_waits_too_long_comes_back_to_me,
    a_label_and_a_hold_outlive_the_link,
    who_listens_to_an_announcement_for_long_is_no_row_that_cannot_be,
);

/// A fresh PBX with Anna's live desk in a house with these rules.
async fn house(version: Version, change: impl FnOnce(&mut Rules)) -> Result<(Pbx, Seat)> {
    let pbx = Pbx::start(version).await?;
    let mut profile = profile(pbx.ami_port());
    change(&mut profile.rules);
    let seat = Seat::live(connection(profile)?).await?;
    Ok((pbx, seat))
}

fn own<'s, T>(shown: &'s Shown, pick: impl Fn(&'s DeskThing) -> Option<T>) -> Option<T> {
    shown.tiles().find_map(|tile| match tile {
        Tile::Desk(thing) => pick(thing),
        Tile::Board(_) => None,
    })
}

fn sent(shown: &Shown) -> Option<&SentView> {
    own(shown, |thing| match thing {
        DeskThing::Sent(view) => Some(view),
        DeskThing::Pbx(_)
        | DeskThing::Operation(_)
        | DeskThing::Gap(_)
        | DeskThing::Consultation(_)
        | DeskThing::Lost(_)
        | DeskThing::Note(_)
        | DeskThing::Camp(_)
        | DeskThing::Stuck(_) => None,
    })
}

pub(crate) fn lost(shown: &Shown) -> Option<&LostView> {
    own(shown, |thing| match thing {
        DeskThing::Lost(view) => Some(view),
        DeskThing::Pbx(_)
        | DeskThing::Operation(_)
        | DeskThing::Gap(_)
        | DeskThing::Consultation(_)
        | DeskThing::Sent(_)
        | DeskThing::Note(_)
        | DeskThing::Camp(_)
        | DeskThing::Stuck(_) => None,
    })
}

fn note(shown: &Shown) -> Option<&NoteView> {
    own(shown, |thing| match thing {
        DeskThing::Note(view) => Some(view),
        DeskThing::Pbx(_)
        | DeskThing::Operation(_)
        | DeskThing::Gap(_)
        | DeskThing::Consultation(_)
        | DeskThing::Sent(_)
        | DeskThing::Lost(_)
        | DeskThing::Camp(_)
        | DeskThing::Stuck(_) => None,
    })
}

pub(crate) fn camp(shown: &Shown) -> Option<CampState> {
    own(shown, |thing| match thing {
        DeskThing::Camp(view) => Some(view.state),
        DeskThing::Pbx(_)
        | DeskThing::Operation(_)
        | DeskThing::Gap(_)
        | DeskThing::Consultation(_)
        | DeskThing::Sent(_)
        | DeskThing::Lost(_)
        | DeskThing::Note(_)
        | DeskThing::Stuck(_) => None,
    })
}

fn is_stuck(shown: &Shown) -> bool {
    own(shown, |thing| match thing {
        DeskThing::Stuck(_) => Some(()),
        DeskThing::Pbx(_)
        | DeskThing::Operation(_)
        | DeskThing::Gap(_)
        | DeskThing::Consultation(_)
        | DeskThing::Sent(_)
        | DeskThing::Lost(_)
        | DeskThing::Note(_)
        | DeskThing::Camp(_) => None,
    })
    .is_some()
}

async fn until(seat: &mut Seat, what: &str, so: impl Fn(&Shown) -> bool) -> Result<()> {
    seat.wait(what, |shown| so(shown).then_some(())).await
}

/// Marco, whom Anna talks with, is sent to Cara, whose phone rings.
async fn sent_to_cara(pbx: &Pbx, seat: &mut Seat) -> Result<()> {
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let (_, outcome) = seat.transfer(&call.id, person("103")).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    pbx.truth().wait_ringing("103").await?;
    until(seat, "on the sent shelf", |shown| {
        sent(shown).is_some_and(|view| {
            view.state == SentState::Ringing
                && view.number.as_deref() == Some("102")
                && view.to.number == "103"
        })
    })
    .await
}

async fn who_rings_for_too_long_is_taken_back_and_talks_to_me(version: Version) -> Result<()> {
    let (pbx, mut seat) = house(version, |rules| rules.sent_after = 3).await?;
    let (anna, marco, _cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &anna, &marco).await?;
    sent_to_cara(&pbx, &mut seat).await?;
    until(&mut seat, "overdue", |shown| {
        sent(shown).is_some_and(|view| view.overdue)
    })
    .await?;
    let leg = seat.wait("who was sent", |shown| {
        sent(shown).map(|view| view.leg.clone())
    });
    let leg = leg.await?;
    let recall = seat.intent(Verb::Take, &leg, None).await?;
    let (_, outcome) = seat.carry_out(recall).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    until(&mut seat, "coming back", |shown| {
        sent(shown).is_some_and(|view| view.state == SentState::CameBack && !view.overdue)
    })
    .await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    pbx.truth().wait_talking("101", "102").await?;
    until(&mut seat, "off the shelf", |shown| sent(shown).is_none()).await?;
    ensure!(
        lost(&seat.shown).is_none(),
        "nobody was lost\n{}",
        seat.shown
    );
    seat.agrees_with(&pbx).await
}

async fn who_is_answered_is_off_the_shelf(version: Version) -> Result<()> {
    let (pbx, mut seat) = house(version, |_| {}).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &anna, &marco).await?;
    sent_to_cara(&pbx, &mut seat).await?;
    cara.answer().await?;
    pbx.truth().wait_talking("102", "103").await?;
    until(&mut seat, "answered", |shown| {
        sent(shown).is_some_and(|view| view.state == SentState::Answered)
    })
    .await?;
    until(&mut seat, "off the shelf", |shown| sent(shown).is_none()).await?;
    marco.hangup().await?;
    pbx.truth().wait_silent().await?;
    ensure!(
        lost(&seat.shown).is_none(),
        "nobody was lost\n{}",
        seat.shown
    );
    Ok(())
}

async fn a_place_that_hangs_up_at_once_loses_the_caller_and_says_so(
    version: Version,
) -> Result<()> {
    let (pbx, mut seat) = house(version, |_| {}).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let (id, outcome) = seat.transfer(&call.id, number("606")).await?;
    ensure!(!matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
    let told = seat.wait("the alarm", |shown| lost(shown).cloned()).await?;
    ensure!(
        told.number.as_deref() == Some("102")
            && told.name.as_deref() == Some("Marco Bianchi")
            && told.to.as_ref().is_some_and(|to| to.number == "606")
            && told.by == id
            && told.sure,
        "{told:?}"
    );
    ensure!(told.cause.is_some(), "no cause: {told:?}");
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    ensure!(
        sent(&seat.shown).is_none(),
        "not on the shelf\n{}",
        seat.shown
    );
    seat.desk.dismiss(told.id).await?;
    until(&mut seat, "put aside", |shown| lost(shown).is_none()).await
}

async fn a_phone_that_turns_the_caller_away_leaves_them_on_the_shelf(
    version: Version,
) -> Result<()> {
    let (pbx, mut seat) = house(version, |_| {}).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &anna, &marco).await?;
    sent_to_cara(&pbx, &mut seat).await?;
    cara.wait_ringing().await?;
    cara.reject().await?;
    until(&mut seat, "not taken", |shown| {
        sent(shown).is_some_and(|view| view.state == SentState::NotTaken)
    })
    .await?;
    pbx.truth().wait_silent().await?;
    until(&mut seat, "not taken, and gone", |shown| {
        sent(shown).is_some_and(|view| view.state == SentState::NotTaken && !view.alive)
    })
    .await
}

/// Cara talks to Dora, and Marco waits for Cara.
async fn waiting_for_cara(pbx: &Pbx, seat: &mut Seat) -> Result<()> {
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let mut wish: Intent = seat
        .intent(Verb::Camp, &call.id, Some(person("103")))
        .await?;
    wish.details.label = Some("order 7".to_owned());
    let (_, outcome) = seat.carry_out(wish).await?;
    ensure!(outcome == done(Evidence::Arrived), "{outcome:?}");
    pbx.truth().wait_gone("101").await?;
    until(seat, "waiting for Cara", |shown| {
        let label = note(shown).and_then(|note| note.label.as_deref());
        camp(shown) == Some(CampState::Waiting) && label == Some("order 7")
    })
    .await
}

async fn somebody_waited_for_is_offered_when_they_hang_up(version: Version) -> Result<()> {
    let (pbx, mut seat) = house(version, |_| {}).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let (cara, dora) = tokio::try_join!(pbx.phone("103"), pbx.phone("104"))?;
    connect(&pbx, &cara, &dora).await?;
    connect(&pbx, &anna, &marco).await?;
    waiting_for_cara(&pbx, &mut seat).await?;
    cara.hangup().await?;
    pbx.truth().wait_gone("103").await?;
    until(&mut seat, "Cara is free", |shown| {
        camp(shown) == Some(CampState::Free)
    })
    .await?;
    let quiet = Instant::now() + Duration::from_secs(3);
    while seat.step(quiet).await {}
    let rung = pbx.truth().channels_of("103").await?;
    ensure!(rung.is_empty(), "nobody asked for it: {rung:?}");
    let leg = seat.wait("Marco's leg", |shown| {
        note(shown).map(|note| note.leg.clone())
    });
    let leg = leg.await?;
    let (_, outcome) = seat.transfer(&leg, person("103")).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    cara.wait_ringing().await?;
    cara.answer().await?;
    pbx.truth().wait_talking("102", "103").await?;
    until(&mut seat, "nobody waits", |shown| camp(shown).is_none()).await?;
    seat.agrees_with(&pbx).await
}

async fn somebody_waited_for_is_rung_by_the_desk_when_they_hang_up(version: Version) -> Result<()> {
    let (pbx, mut seat) = house(version, |rules| rules.camp = CampBy::Send).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let (cara, dora) = tokio::try_join!(pbx.phone("103"), pbx.phone("104"))?;
    connect(&pbx, &cara, &dora).await?;
    connect(&pbx, &anna, &marco).await?;
    waiting_for_cara(&pbx, &mut seat).await?;
    cara.hangup().await?;
    cara.wait_idle().await?;
    until(&mut seat, "sent by the desk", |shown| {
        camp(shown).is_none() && sent(shown).is_some_and(|view| view.state == SentState::Ringing)
    })
    .await?;
    cara.wait_ringing().await?;
    cara.answer().await?;
    pbx.truth().wait_talking("102", "103").await?;
    seat.agrees_with(&pbx).await
}

async fn who_waits_too_long_comes_back_to_me(version: Version) -> Result<()> {
    let (pbx, mut seat) = house(version, |rules| rules.camp_limit = 4).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let (cara, dora) = tokio::try_join!(pbx.phone("103"), pbx.phone("104"))?;
    connect(&pbx, &cara, &dora).await?;
    connect(&pbx, &anna, &marco).await?;
    waiting_for_cara(&pbx, &mut seat).await?;
    anna.wait_idle().await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    pbx.truth().wait_talking("101", "102").await?;
    pbx.truth().wait_talking("103", "104").await?;
    until(&mut seat, "nobody waits", |shown| camp(shown).is_none()).await?;
    seat.agrees_with(&pbx).await
}

async fn a_label_and_a_hold_outlive_the_link(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let proxy = Proxy::start(pbx.ami_port()).await?;
    let mut seat = Seat::at(proxy.port()).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let mut wish = seat.intent(Verb::Hold, &call.id, None).await?;
    wish.details.label = Some("for Anna\nB".to_owned());
    let (_, outcome) = seat.carry_out(wish).await?;
    ensure!(outcome == done(Evidence::Arrived), "{outcome:?}");
    let is_held = |shown: &Shown| {
        note(shown).is_some_and(|note| {
            note.label.as_deref() == Some("for Anna B")
                && note.held.is_some()
                && note.warn_at.is_some()
        })
    };
    until(&mut seat, "held, with a label", is_held).await?;
    proxy.cut();
    seat.wait_lost(Duration::from_secs(12)).await?;
    seat.wait_live().await?;
    sleep(Duration::from_secs(4)).await;
    until(&mut seat, "still held, with a label", is_held).await?;
    let leg = seat.wait("Marco's leg", |shown| {
        note(shown).map(|note| note.leg.clone())
    });
    let leg = leg.await?;
    ensure!(seat.desk.label(leg.clone(), "for Cara".to_owned()).await?);
    until(&mut seat, "another label", |shown| {
        note(shown).is_some_and(|note| note.label.as_deref() == Some("for Cara"))
    })
    .await?;
    marco.hangup().await?;
    pbx.truth().wait_silent().await?;
    until(&mut seat, "no note", |shown| note(shown).is_none()).await?;
    ensure!(
        !seat.desk.label(leg, "x".to_owned()).await?,
        "a leg that is gone"
    );
    Ok(())
}

/// Asked about once, quietly, by the list and by its name.
async fn who_listens_to_an_announcement_for_long_is_no_row_that_cannot_be(
    version: Version,
) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let proxy = Proxy::start(pbx.ami_port()).await?;
    let mut seat = Seat::at(proxy.port()).await?;
    let marco = pbx.phone("102").await?;
    marco.dial("600").await?;
    seat.call(CallPhase::Application, &["102"]).await?;
    let lists = proxy.count("CoreShowChannels");
    let patience = Instant::now() + Duration::from_secs(80);
    while proxy.count("Status") == 0 {
        ensure!(Instant::now() < patience, "nothing was asked");
        seat.step(Instant::now() + Duration::from_millis(200)).await;
        ensure!(!is_stuck(&seat.shown), "{}", seat.shown);
    }
    let quiet = Instant::now() + Duration::from_secs(5);
    while seat.step(quiet).await {}
    ensure!(!is_stuck(&seat.shown), "{}", seat.shown);
    ensure!(proxy.count("CoreShowChannels") > lists && proxy.count("Status") == 1);
    seat.agrees_with(&pbx).await
}
