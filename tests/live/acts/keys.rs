//! Keys, a time limit, a voicemail box: nothing tells of them, so what they do is asked for.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use board::Ref;
use board::view::CallPhase;
use lab::proxy::Mode;
use lab::{Pbx, Version};
use operator::{Details, Evidence, Outcome, Refusal, Verb, Warning};

use super::{
    act, as_user, behind_a_proxy, bytes, eventually, failed_by_pbx, not_permitted, offered,
    overtaken, rows, with,
};
use crate::on_both;
use crate::seat::{Seat, connect, done, office, person, refused};
use crate::shown::leg;

on_both!(
    a_key_leads_a_caller_out_of_the_menu,
    keys_reach_the_other_end_of_my_call,
    what_is_no_key_is_not_pressed,
    a_call_ends_when_its_time_is_over,
    a_leg_that_is_gone_is_pressed_nothing,
    a_mailbox_is_counted_anew,
);

async fn press(seat: &mut Seat, subject: &Ref, keys: &str) -> Result<Outcome> {
    let details = Details {
        digits: Some(keys.to_owned()),
        ..Details::default()
    };
    with(seat, Verb::SendDigits, subject, None, details).await
}

async fn limit(seat: &mut Seat, subject: &Ref, seconds: Option<u32>) -> Result<Outcome> {
    let details = Details {
        seconds,
        ..Details::default()
    };
    with(seat, Verb::LimitTime, subject, None, details).await
}

/// The lab's menu (620) sends whoever presses 1 to the queue sales.
async fn a_key_leads_a_caller_out_of_the_menu(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let _caller = pbx
        .trunk_call("4930555002", "+49301234567", "Jane Doe")
        .await?;
    let call = seat.call(CallPhase::Application, &["trunk"]).await?;
    let outcome = press(&mut seat, &call.id, "1").await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    let janes = leg(&call, "trunk").id.key.clone();
    eventually(&mut seat, "she waits in sales", async || {
        let waiting = rows(&pbx, &[("Action", "QueueStatus")], "QueueEntry").await?;
        let hers = waiting
            .iter()
            .find(|entry| entry.get("Uniqueid") == janes && entry.get("Queue") == "sales");
        Ok(hers.map(|_| ()))
    })
    .await?;
    seat.call(CallPhase::Queued, &["trunk"]).await?;
    seat.agrees_with(&pbx).await
}

/// An outside menu hears them: here a channel of Asterisk itself which waits for keys at the far end of a call.
async fn keys_reach_the_other_end_of_my_call(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (proxy, mut seat) = behind_a_proxy(&pbx).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &anna, &marco).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let offer = offered(&seat, Verb::SendDigits, &call.id).await?;
    let towards = offer.map(|offer| offer.subject);
    ensure!(
        towards.as_ref() == Some(&leg(&call, "102").id),
        "{towards:?}"
    );
    let mut intent = seat.intent(Verb::SendDigits, &call.id, None).await?;
    intent.details.digits = Some("12 #".to_owned());
    let warnings = seat.desk.preview(intent.clone()).await?.warnings;
    ensure!(warnings == [Warning::NoProof], "{warnings:?}");
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    ensure!(proxy.count("PlayDTMF") == 3, "one write for each key");
    marco.wait_keys("12#").await?;
    // They are no feature codes of this call: it goes on.
    pbx.truth().wait_talking("101", "102").await?;
    seat.agrees_with(&pbx).await
}

async fn what_is_no_key_is_not_pressed(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let marco = pbx.phone("102").await?;
    marco.dial("601").await?;
    let call = seat.call(CallPhase::Application, &["102"]).await?;
    for typed in ["", "12x", "1\r\nAction: Logoff", &"1".repeat(33)] {
        let outcome = press(&mut seat, &call.id, typed).await?;
        ensure!(
            outcome == refused(Refusal::BadDetails),
            "{typed:?}: {outcome:?}"
        );
    }
    for seconds in [None, Some(86_401)] {
        let outcome = limit(&mut seat, &call.id, seconds).await?;
        ensure!(outcome == refused(Refusal::BadDetails), "{outcome:?}");
    }
    let mut nocall = as_user(&pbx, "nocall").await?;
    let outcome = press(&mut nocall, &call.id, "1").await?;
    ensure!(outcome == not_permitted("PlayDTMF"), "{outcome:?}");
    let cara = pbx.phone("103").await?;
    cara.dial("102").await?;
    let call = seat.call(CallPhase::Ringing, &["102", "103"]).await?;
    let ringing = leg(&call, "102").id.clone();
    let outcome = press(&mut seat, &ringing, "1").await?;
    ensure!(outcome == refused(Refusal::NotInThisState), "{outcome:?}");
    Ok(())
}

/// So many seconds are left, asked of Asterisk; 0: for ever.
async fn left(pbx: &Pbx, channel: &str) -> Result<u32> {
    let question = [
        ("Action", "Getvar"),
        ("Channel", channel),
        ("Variable", "TIMEOUT(absolute)"),
    ];
    let answer = pbx.truth().action(&question).await?;
    let value = answer.first().map_or("", |reply| reply.get("Value"));
    let seconds: f64 = value.parse()?;
    Ok(seconds.ceil() as u32)
}

async fn a_call_ends_when_its_time_is_over(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let caller = leg(&call, "102").channel.clone();
    let outcome = limit(&mut seat, &call.id, Some(600)).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    let remains = left(&pbx, &caller).await?;
    ensure!((590..=600).contains(&remains), "{remains} s");
    let outcome = limit(&mut seat, &call.id, Some(0)).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    ensure!(left(&pbx, &caller).await? == 0, "the limit stays");
    let begun = tokio::time::Instant::now();
    let outcome = limit(&mut seat, &call.id, Some(2)).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    pbx.truth().wait_silent().await?;
    let lasted = begun.elapsed();
    ensure!(lasted.as_millis() > 1_500, "it ended after {lasted:?}");
    marco.wait_idle().await?;
    cara.wait_idle().await?;
    seat.silence().await
}

async fn a_leg_that_is_gone_is_pressed_nothing(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (proxy, mut seat) = behind_a_proxy(&pbx).await?;
    let marco = pbx.phone("102").await?;
    for (verb, action) in [
        (Verb::SendDigits, "PlayDTMF"),
        (Verb::LimitTime, "AbsoluteTimeout"),
    ] {
        marco.dial("601").await?;
        let call = seat.call(CallPhase::Application, &["102"]).await?;
        let outcome = overtaken(&mut seat, verb, &call.id, async || {
            marco.hangup().await?;
            pbx.truth().wait_silent().await
        })
        .await?;
        ensure!(outcome == refused(Refusal::Gone), "{verb:?}: {outcome:?}");
        ensure!(proxy.count(action) == 0, "{action} was written");
        marco.dial("601").await?;
        let call = seat.call(CallPhase::Application, &["102"]).await?;
        let mut intent = seat.intent(verb, &call.id, None).await?;
        intent.details = Details {
            digits: Some("123".to_owned()),
            seconds: Some(60),
            ..Details::default()
        };
        proxy.set(Mode::Deaf);
        marco.hangup().await?;
        pbx.truth().wait_silent().await?;
        let id = intent.id;
        ensure!(seat.desk.perform(intent).await?.is_ok(), "not written");
        proxy.set(Mode::Pass);
        let outcome = seat.outcome(id).await?;
        ensure!(failed_by_pbx(&outcome).is_some(), "{verb:?}: {outcome:?}");
        ensure!(
            proxy.count(action) == 1,
            "{action}: the keys after the first one"
        );
        seat.silence().await?;
    }
    Ok(())
}

async fn a_mailbox_is_counted_anew(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let nobody = act(&mut seat, Verb::AskMailbox, &person("104"), None).await?;
    ensure!(
        nobody == refused(Refusal::NotInThisState),
        "nothing is known of a box of 104: {nobody:?}"
    );
    let marco = pbx.phone("102").await?;
    marco.dial("*9103").await?;
    let box_of = pbx.spool().join("voicemail/default/103");
    // A message of nothing would be thrown away: a second and a half of GSM.
    eventually(&mut seat, "a message of some length", async || {
        Ok(longest(&box_of.join("tmp")).filter(|bytes| *bytes > 2_500))
    })
    .await?;
    marco.hangup().await?;
    wait_count(&mut seat, Some(1)).await?;
    // Taken away behind Asterisk's back: nobody tells.
    let inbox = box_of.join("INBOX");
    for file in fs::read_dir(&inbox)? {
        fs::remove_file(file?.path())?;
    }
    let outcome = act(&mut seat, Verb::AskMailbox, &person("103"), None).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    wait_count(&mut seat, Some(0)).await?;
    let question = [("Action", "MailboxCount"), ("Mailbox", "103@default")];
    let answer = pbx.truth().action(&question).await?;
    let fresh = answer.first().map_or("", |reply| reply.get("NewMessages"));
    ensure!(fresh == "0", "{answer:?}");
    Ok(())
}

fn longest(folder: &Path) -> Option<u64> {
    let files = fs::read_dir(folder).ok()?;
    files.filter_map(|file| bytes(&file.ok()?.path())).max()
}

async fn wait_count(seat: &mut Seat, fresh: Option<u32>) -> Result<()> {
    seat.wait("a box", |shown| {
        let mut people = shown.extensions();
        let found = people.find(|one| one.number == "103")?.mailbox.clone();
        (found.map(|found| found.fresh) == fresh).then_some(())
    })
    .await
}
