//! My desk phone answers, holds and resumes when told by SIP NOTIFY: only where the house says that phones obey, and never believed.

use anyhow::{Result, ensure};
use board::view::CallPhase;
use lab::{Pbx, Stands, Version};
use operator::{Evidence, Failure, Missing, Outcome, Refusal, Rules, Verb};

use super::{act, not_permitted, offered};
use crate::desk::{connection, profile, rules};
use crate::on_both;
use crate::seat::{Seat, connect, done, refused};
use crate::shown::leg;

on_both!(
    a_phone_that_obeys_answers_holds_and_resumes,
    a_phone_that_does_not_know_the_event_loses_the_call,
    only_phones_that_obey_are_told,
);

/// Asterisk has the action only with this file, which may be empty.
pub(crate) async fn notifying(version: Version) -> Result<Pbx> {
    let pbx = Pbx::start(version).await?;
    pbx.configure("pjsip_notify.conf", |_| "[talk]\nEvent=>talk\n".to_owned())?;
    let loaded = pbx.cli("module load res_pjsip_notify.so").await?;
    ensure!(loaded.contains("Loaded"), "{loaded}");
    Ok(pbx)
}

async fn with_rules(pbx: &Pbx, user: &str, phones_obey: bool) -> Result<Seat> {
    let mut profile = profile(pbx.ami_port());
    user.clone_into(&mut profile.user);
    profile.rules = Rules {
        phones_obey,
        ..rules()
    };
    Seat::live(connection(profile)?).await
}

/// Each end is seen: in the picture, by Asterisk, and by the phone.
async fn a_phone_that_obeys_answers_holds_and_resumes(version: Version) -> Result<()> {
    let pbx = notifying(version).await?;
    let mut anna = pbx.obedient("101").await?;
    let mut seat = with_rules(&pbx, "cordboard", true).await?;
    let marco = pbx.phone("102").await?;
    marco.dial("101").await?;
    anna.wait(Stands::Ringing).await?;
    let call = seat.call(CallPhase::Ringing, &["101", "102"]).await?;
    let outcome = act(&mut seat, Verb::Answer, &call.id, None).await?;
    ensure!(outcome == done(Evidence::Told), "answer: {outcome:?}");
    anna.wait(Stands::Talking).await?;
    pbx.truth().wait_talking("101", "102").await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let outcome = act(&mut seat, Verb::PhoneHold, &call.id, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    anna.wait(Stands::Holding).await?;
    let call = seat.call(CallPhase::Held, &["101", "102"]).await?;
    ensure!(leg(&call, "101").hold, "it is hers");
    let outcome = act(&mut seat, Verb::PhoneResume, &call.id, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    anna.wait(Stands::Talking).await?;
    pbx.truth().wait_talking("101", "102").await?;
    seat.agrees_with(&pbx).await
}

/// The lab's phones refuse an event they do not know (481), and Asterisk takes that for the end of the whole call: the house must be sure of
/// its phones. Success was its answer all the same.
async fn a_phone_that_does_not_know_the_event_loses_the_call(version: Version) -> Result<()> {
    let pbx = notifying(version).await?;
    let mut seat = with_rules(&pbx, "cordboard", true).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    marco.dial("101").await?;
    anna.wait_ringing().await?;
    let call = seat.call(CallPhase::Ringing, &["101", "102"]).await?;
    let offer = offered(&seat, Verb::Answer, &call.id).await?;
    ensure!(
        offer.is_some_and(|offer| offer.subject == leg(&call, "101").id),
        "my own leg"
    );
    let outcome = act(&mut seat, Verb::Answer, &call.id, None).await?;
    ensure!(is_lost(&outcome), "ringing: {outcome:?}");
    pbx.truth().wait_silent().await?;
    seat.silence().await?;
    anna.wait_idle().await?;
    marco.wait_idle().await?;
    connect(&pbx, &marco, &anna).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    for verb in [Verb::Answer, Verb::PhoneResume] {
        let outcome = act(&mut seat, verb, &call.id, None).await?;
        ensure!(outcome == refused(Refusal::NotInThisState), "{outcome:?}");
    }
    let outcome = act(&mut seat, Verb::PhoneHold, &call.id, None).await?;
    let ends = pbx.truth().channels_of("101").await?.is_empty();
    ensure!(
        (is_lost(&outcome) && ends) || (outcome == Outcome::Expired && !ends),
        "talking: {outcome:?}, ended {ends}"
    );
    seat.agrees_with(&pbx).await
}

/// It is the operator's own phone that hung up.
fn is_lost(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Failed {
            failure: Failure::OwnPhone { .. }
        }
    )
}

async fn only_phones_that_obey_are_told(version: Version) -> Result<()> {
    let pbx = notifying(version).await?;
    let mut seat = Seat::at(pbx.ami_port()).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    connect(&pbx, &marco, &anna).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    ensure!(
        offered(&seat, Verb::PhoneHold, &call.id).await?.is_none(),
        "offered"
    );
    let outcome = act(&mut seat, Verb::PhoneHold, &call.id, None).await?;
    let what = Missing::ObedientPhones;
    ensure!(
        outcome == refused(Refusal::NotSetUp { what }),
        "{outcome:?}"
    );
    let mut nosystem = with_rules(&pbx, "nosystem", true).await?;
    let outcome = act(&mut nosystem, Verb::PhoneHold, &call.id, None).await?;
    ensure!(outcome == not_permitted("PJSIPNotify"), "{outcome:?}");
    anna.hangup().await?;
    let cara = pbx.phone("103").await?;
    seat.silence().await?;
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let outcome = act(&mut seat, Verb::PhoneHold, &call.id, None).await?;
    ensure!(
        outcome == refused(Refusal::NoPhone),
        "not mine: {outcome:?}"
    );
    Ok(())
}
