//! An account that may look but not touch: every verb says which action it lacks, and nothing is sent.

use anyhow::{Context, Result, ensure};
use board::view::CallPhase;
use lab::{Proxy, Version};
use operator::{ConsultationStage, Details, Evidence, Refusal, Verb};

use super::{CHANGES, Office, idle};
use crate::desk::{connection, profile};
use crate::on_both;
use crate::seat::{PATIENCE, Seat, done, person, refused};
use crate::shown::leg;

on_both!(
    what_an_account_may_not_do_is_said_and_not_sent,
    an_account_that_is_told_of_no_call_learns_from_the_list_that_one_has_ended,
    rights_that_are_lost_in_a_consultation_leave_everybody_where_they_are,
    who_waits_stays_where_they_are_for_an_account_that_may_not,
);

async fn what_an_account_may_not_do_is_said_and_not_sent(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara, _dora) = tokio::try_join!(
        office.pbx.phone("102"),
        office.pbx.phone("103"),
        office.pbx.phone("104")
    )?;
    let other = office.others_talk(&marco, &cara).await?;
    idle(&mut office.seat, &["104"]).await?;
    let mine = office.mine().await?;
    let marcos = leg(&other, "102").id.clone();
    // Hanging up needs `call` or `system`: neither is left to them.
    office.pbx.configure("manager.conf", |text| {
        text.replace(
            "write = system,agent,user,reporting\n",
            "write = agent,user,reporting\n",
        )
    })?;
    office.pbx.cli("manager reload").await?;
    // Who may not act is not told either: what there is when they come they know from the lists.
    let proxy = Proxy::start(office.pbx.ami_port()).await?;
    let mut profile = profile(proxy.port());
    "nocall".clone_into(&mut profile.user);
    let mut nocall = Seat::live(connection(profile)?).await?;
    nocall.call(CallPhase::Talking, &["102", "103"]).await?;
    let (jane, dora) = (&office.jane, Some(person("104")));
    let table = [
        (Verb::Transfer, jane, dora.clone(), "Redirect"),
        (Verb::TransferBoth, jane, dora.clone(), "Redirect"),
        (Verb::Voicemail, jane, dora.clone(), "Redirect"),
        (Verb::Consult, jane, dora, "Redirect"),
        (Verb::Park, jane, None, "Redirect"),
        (Verb::Hold, jane, None, "Redirect"),
        (Verb::Camp, jane, Some(person("103")), "Redirect"),
        (Verb::Take, &marcos, None, "Redirect"),
        (Verb::Connect, jane, Some(marcos.clone()), "Redirect"),
        (Verb::Join, &mine.id, Some(other.id.clone()), "Redirect"),
        (Verb::HangUp, jane, None, "Hangup"),
        (Verb::Mute, jane, None, "MuteAudio"),
        (Verb::SendDigits, jane, None, "PlayDTMF"),
        (Verb::LimitTime, jane, None, "AbsoluteTimeout"),
    ];
    for (verb, subject, target, action) in table {
        let mut intent = nocall.intent(verb, subject, target).await?;
        intent.details = Details {
            digits: Some("1".to_owned()),
            seconds: Some(60),
            ..Details::default()
        };
        let (_, outcome) = nocall.carry_out(intent).await?;
        let action = action.to_owned();
        ensure!(
            outcome == refused(Refusal::NotPermitted { action }),
            "{verb:?}: {outcome:?}"
        );
    }
    for (verb, target) in [
        (Verb::Invite, Some(mine.id.clone())),
        (Verb::Originate, Some(person("102"))),
    ] {
        let intent = nocall.intent(verb, &person("104"), target).await?;
        let (_, outcome) = nocall.carry_out(intent).await?;
        let action = "Originate".to_owned();
        ensure!(
            outcome == refused(Refusal::NotPermitted { action }),
            "{verb:?}: {outcome:?}"
        );
    }
    let written = proxy.client_actions();
    let mut names = written.iter().map(|action| action.get("Action"));
    ensure!(
        !names.any(|name| CHANGES.contains(&name)),
        "something was sent"
    );
    office.pbx.truth().wait_talking("101", "trunk").await?;
    let channels = office.pbx.truth().wait_talking("102", "103").await?;
    ensure!(channels.len() == 4, "{channels:?}");
    channels
        .iter()
        .find(|one| one.uniqueid == office.jane.key)
        .context("Jane")?;
    office.agrees().await
}

/// The class `system` alone is enough to hang up; news of channels needs `call`.
async fn an_account_that_is_told_of_no_call_learns_from_the_list_that_one_has_ended(
    version: Version,
) -> Result<()> {
    let mut office = Office::open(version).await?;
    let mut profile = profile(office.pbx.ami_port());
    "nocall".clone_into(&mut profile.user);
    let mut nocall = Seat::live(connection(profile)?).await?;
    let call = nocall.call(CallPhase::Talking, &["101", "trunk"]).await?;
    let intent = nocall.intent(Verb::HangUp, &call.id, None).await?;
    let (_, outcome) = nocall.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
    office.pbx.truth().wait_silent().await?;
    office.line = None;
    nocall
        .wait("no call", |shown| {
            shown.calls().next().is_none().then_some(())
        })
        .await
}

/// The administrator takes the rights away while Jane waits to music, and the link is lost: they hold for the next login.
async fn rights_that_are_lost_in_a_consultation_leave_everybody_where_they_are(
    version: Version,
) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.talks(&marco).await?;
    let written = office.changes();
    office.pbx.configure("manager.conf", |text| {
        text.replace(
            "write = system,call,agent,user,reporting,originate\n",
            "write = agent,user,reporting\n",
        )
    })?;
    office.pbx.cli("manager reload").await?;
    office.proxy.cut();
    office.seat.wait_lost(PATIENCE).await?;
    office.seat.wait_live().await?;
    office.stage(ConsultationStage::Talking).await?;
    for (verb, action) in [
        (Verb::Swap, "Bridge"),
        (Verb::GoBack, "Bridge"),
        (Verb::Complete, "Bridge"),
    ] {
        let outcome = office.does(verb, None).await?;
        let action = action.to_owned();
        ensure!(
            outcome == refused(Refusal::NotPermitted { action }),
            "{verb:?}: {outcome:?}"
        );
    }
    ensure!(office.changes() == written, "{:?}", office.changes());
    office.pbx.truth().wait_talking("101", "102").await?;
    office.hears_music("trunk").await
}

/// In a queue, or ringing where they were sent.
async fn who_waits_stays_where_they_are_for_an_account_that_may_not(
    version: Version,
) -> Result<()> {
    let mut office = Office::open(version).await?;
    let cara = office.pbx.phone("103").await?;
    idle(&mut office.seat, &["103"]).await?;
    let outcome = office.does(Verb::Transfer, Some(person("103"))).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    let second = office.pbx.trunk_call("4930555004", "+492", "Second");
    let _second = second.await?;
    office.seat.call(CallPhase::Queued, &["trunk"]).await?;
    let mut profile = profile(office.pbx.ami_port());
    "nocall".clone_into(&mut profile.user);
    let mut nocall = Seat::live(connection(profile)?).await?;
    nocall.call(CallPhase::Ringing, &["103", "trunk"]).await?;
    idle(&mut nocall, &["101"]).await?;
    for (verb, subject) in [
        (Verb::Take, office.jane.clone()),
        (Verb::Next, person("101")),
    ] {
        let intent = nocall.intent(verb, &subject, None).await?;
        let (_, outcome) = nocall.carry_out(intent).await?;
        let action = "Redirect".to_owned();
        ensure!(
            outcome == refused(Refusal::NotPermitted { action }),
            "{verb:?}: {outcome:?}"
        );
    }
    ensure!(office.anna.calls().is_empty(), "Anna's phone rings");
    cara.answer().await?;
    let talk = office.pbx.truth().wait_talking("103", "trunk").await?;
    ensure!(
        talk.iter().any(|one| one.uniqueid == office.jane.key),
        "{talk:?}"
    );
    Ok(())
}
