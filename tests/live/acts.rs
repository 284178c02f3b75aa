//! Moves that move nobody: rooms, recordings, listening in, keys, limits, members of queues, those who wait in them. Each was seen to have
//! happened by asking Asterisk.

mod keys;
mod listening;
mod members;
mod muting;
pub(crate) mod obeying;
mod recording;
mod rooms;
mod waiting;

use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};
use board::{Ref, RefKind};
use lab::message::Message;
use lab::{Pbx, Proxy};
use operator::{Details, Failure, Offer, Outcome, Refusal, Verb};
use tokio::time::Instant;

use crate::desk::{connection, pbx_id, profile};
use crate::seat::{PATIENCE, Seat};

/// Carries a verb out and gives its outcome.
async fn act(seat: &mut Seat, verb: Verb, subject: &Ref, target: Option<Ref>) -> Result<Outcome> {
    with(seat, verb, subject, target, Details::default()).await
}

/// The same with what else is asked.
async fn with(
    seat: &mut Seat,
    verb: Verb,
    subject: &Ref,
    target: Option<Ref>,
    details: Details,
) -> Result<Outcome> {
    let mut intent = seat.intent(verb, subject, target).await?;
    intent.details = details;
    Ok(seat.carry_out(intent).await?.1)
}

/// Begins with three seconds to think it over, lets something else happen, and gives the outcome.
async fn overtaken(
    seat: &mut Seat,
    verb: Verb,
    subject: &Ref,
    meanwhile: impl AsyncFnOnce() -> Result<()>,
) -> Result<Outcome> {
    let mut intent = seat.intent(verb, subject, None).await?;
    intent.details = Details {
        grace: Some(3_000),
        digits: Some("1".to_owned()),
        seconds: Some(60),
        value: Some(1),
        ..Details::default()
    };
    let id = intent.id;
    let begun = seat.desk.perform(intent).await?;
    ensure!(begun.is_ok(), "{begun:?}");
    meanwhile().await?;
    seat.outcome(id).await
}

/// What is offered of a verb for this subject.
async fn offered(seat: &Seat, verb: Verb, subject: &Ref) -> Result<Option<Offer>> {
    let offers = seat.desk.offers(subject.clone()).await?.offers;
    Ok(offers.into_iter().find(|offer| offer.verb == verb))
}

/// A desk with another account.
async fn as_user(pbx: &Pbx, user: &str) -> Result<Seat> {
    let mut profile = profile(pbx.ami_port());
    user.clone_into(&mut profile.user);
    Seat::live(connection(profile)?).await
}

/// A desk behind a link that can fail.
async fn behind_a_proxy(pbx: &Pbx) -> Result<(Proxy, Seat)> {
    let proxy = Proxy::start(pbx.ami_port()).await?;
    let seat = Seat::at(proxy.port()).await?;
    Ok((proxy, seat))
}

/// What Asterisk lists.
async fn rows(pbx: &Pbx, question: &[(&str, &str)], item: &str) -> Result<Vec<Message>> {
    let mut answer = pbx.truth().action(question).await?;
    answer.retain(|message| message.is_event(item));
    Ok(answer)
}

/// Asks Asterisk until it says so; meanwhile the desk's news are taken in.
async fn eventually<T>(
    seat: &mut Seat,
    what: &str,
    ask: impl AsyncFn() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = ask().await? {
            return Ok(found);
        }
        ensure!(Instant::now() < deadline, "Asterisk never said: {what}");
        let news = Instant::now() + Duration::from_millis(30);
        while seat.step(news).await {}
    }
}

fn queue(name: &str) -> Ref {
    Ref::new(RefKind::Queue, &pbx_id(), name)
}

fn not_permitted(action: &str) -> Outcome {
    let action = action.to_owned();
    Outcome::Refused {
        refusal: Refusal::NotPermitted { action },
    }
}

fn failed_by_pbx(outcome: &Outcome) -> Option<&str> {
    if let Outcome::Failed {
        failure: Failure::Pbx { message },
    } = outcome
    {
        Some(message)
    } else {
        None
    }
}

/// The names of the recordings there are.
fn recordings(pbx: &Pbx) -> Result<Vec<String>> {
    let folder = pbx.spool().join("monitor");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let names =
        fs::read_dir(folder)?.map(|file| Ok(file?.file_name().to_string_lossy().into_owned()));
    names.collect()
}

/// How many bytes a recording has by now.
fn recorded_bytes(pbx: &Pbx, name: &str) -> Option<u64> {
    let path = pbx.spool().join("monitor").join(name);
    fs::metadata(path).ok().map(|file| file.len())
}
