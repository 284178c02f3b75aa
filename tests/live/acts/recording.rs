//! A call is recorded: begun, paused, resumed, ended, into a file that is there and grows.

use anyhow::{Result, ensure};
use board::Ref;
use board::view::{CallPhase, CallView};
use lab::proxy::Mode;
use lab::{Pbx, Phone, Version};
use operator::{Evidence, Failure, Outcome, Refusal, Rules, Verb};

use super::{
    act, as_user, behind_a_proxy, eventually, not_permitted, offered, overtaken, recorded_bytes,
    recordings,
};
use crate::desk::{connection, profile, rules};
use crate::on_both;
use crate::seat::{Seat, connect, done, office, refused};
use crate::shown::{Shown, leg};

on_both!(
    a_call_is_recorded_paused_resumed_and_no_longer,
    the_file_is_named_as_the_house_wishes,
    what_the_dialplan_records_can_be_paused_and_ended,
    the_second_recording_of_a_leg_goes_on,
    what_is_not_recorded_cannot_be_paused,
    a_call_that_ends_first_is_not_recorded,
);

async fn talking(pbx: &Pbx, seat: &mut Seat) -> Result<(Phone, Phone, CallView)> {
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    connect(pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    Ok((marco, cara, call))
}

/// How many recordings Asterisk has on this channel.
async fn recorders(pbx: &Pbx, channel: &str) -> Result<usize> {
    let told = pbx.cli(&format!("mixmonitor list {channel}")).await?;
    Ok(told
        .lines()
        .filter(|line| line.contains("/monitor/"))
        .count())
}

fn recorded(shown: &Shown, id: &Ref) -> Option<bool> {
    let mut legs = shown.calls().flat_map(|call| &call.legs);
    let leg = legs.find(|leg| leg.id == *id)?;
    leg.recorded.map(|recorded| recorded.paused)
}

async fn a_call_is_recorded_paused_resumed_and_no_longer(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, call) = talking(&pbx, &mut seat).await?;
    let caller = leg(&call, "102").clone();
    let intent = seat.intent(Verb::Record, &call.id, None).await?;
    let file = format!("cordboard-{}.wav", intent.id.0.simple());
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(recorders(&pbx, &caller.channel).await? == 1, "no recorder");
    let size = || recorded_bytes(&pbx, &file);
    let grown = async |seat: &mut Seat, than: u64| {
        let more = async || Ok(size().filter(|size| *size > than));
        eventually(seat, "a growing file", more).await
    };
    let begun = grown(&mut seat, 44).await?;
    let again = act(&mut seat, Verb::Record, &call.id, None).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    let outcome = act(&mut seat, Verb::PauseRecording, &call.id, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(
        offered(&seat, Verb::PauseRecording, &call.id)
            .await?
            .is_none(),
        "paused already"
    );
    seat.wait("a paused recording", |shown| {
        (recorded(shown, &caller.id) == Some(true)).then_some(())
    })
    .await?;
    // Silence is written all the same: the file stays in step.
    let paused = grown(&mut seat, begun).await?;
    let outcome = act(&mut seat, Verb::ResumeRecording, &call.id, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    seat.wait("a recording that runs", |shown| {
        (recorded(shown, &caller.id) == Some(false)).then_some(())
    })
    .await?;
    grown(&mut seat, paused).await?;
    let outcome = act(&mut seat, Verb::StopRecording, &call.id, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    ensure!(recorders(&pbx, &caller.channel).await? == 0, "records on");
    seat.agrees_with(&pbx).await
}

async fn the_file_is_named_as_the_house_wishes(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let mut profile = profile(pbx.ami_port());
    profile.rules = Rules {
        recordings: "../{number}_{time}.wav".to_owned(),
        ..rules()
    };
    let mut seat = Seat::live(connection(profile)?).await?;
    let _anna = pbx.answering_phone("101").await?;
    let name = "$(touch x)";
    let _caller = pbx.trunk_call("4930555003", "+49301234567", name).await?;
    let call = seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
    let intent = seat.intent(Verb::Record, &call.id, None).await?;
    let id = intent.id.0.simple().to_string();
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let files = eventually(&mut seat, "a file", async || {
        let files = recordings(&pbx)?;
        Ok((!files.is_empty()).then_some(files))
    })
    .await?;
    let named = |file: &String| {
        file.starts_with("_+49301234567_20".replace('+', "_").as_str())
            && file.ends_with(&format!("-{id}.wav"))
    };
    ensure!(files.len() == 1 && files.iter().all(named), "{files:?}");
    Ok(())
}

async fn what_the_dialplan_records_can_be_paused_and_ended(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (cara, _marco) = tokio::try_join!(pbx.phone("103"), pbx.answering_phone("102"))?;
    cara.dial("630").await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let channel = leg(&call, "103").channel.clone();
    ensure!(recorders(&pbx, &channel).await? == 1, "the dialplan's own");
    let again = act(&mut seat, Verb::Record, &call.id, None).await?;
    ensure!(again == refused(Refusal::AlreadySo), "{again:?}");
    for verb in [
        Verb::PauseRecording,
        Verb::ResumeRecording,
        Verb::StopRecording,
    ] {
        let outcome = act(&mut seat, verb, &call.id, None).await?;
        ensure!(outcome == done(Evidence::Told), "{verb:?}: {outcome:?}");
    }
    ensure!(recorders(&pbx, &channel).await? == 0, "records on");
    Ok(())
}

/// Somebody else records the same leg: Asterisk ends one of the two, and the desk does not say that the leg is recorded no more.
async fn the_second_recording_of_a_leg_goes_on(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, call) = talking(&pbx, &mut seat).await?;
    let caller = leg(&call, "102").clone();
    let outcome = act(&mut seat, Verb::Record, &call.id, None).await?;
    ensure!(outcome == done(Evidence::Told), "{outcome:?}");
    let another = [
        ("Action", "MixMonitor"),
        ("Channel", &caller.channel),
        ("File", "another.wav"),
    ];
    pbx.truth().action(&another).await?;
    eventually(&mut seat, "two recordings", async || {
        let both = recorders(&pbx, &caller.channel).await? == 2;
        Ok(both.then_some(()))
    })
    .await?;
    let outcome = act(&mut seat, Verb::StopRecording, &call.id, None).await?;
    let left = recorders(&pbx, &caller.channel).await?;
    let told = recorded(&seat.shown, &caller.id).is_some();
    ensure!(
        (outcome == done(Evidence::Told)) == (left == 0) && told == (left > 0),
        "{left} left, and the desk says {outcome:?}, recorded {told}"
    );
    Ok(())
}

async fn what_is_not_recorded_cannot_be_paused(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (_marco, _cara, call) = talking(&pbx, &mut seat).await?;
    for verb in [
        Verb::PauseRecording,
        Verb::ResumeRecording,
        Verb::StopRecording,
    ] {
        ensure!(offered(&seat, verb, &call.id).await?.is_none(), "{verb:?}");
        let outcome = act(&mut seat, verb, &call.id, None).await?;
        ensure!(
            outcome == refused(Refusal::NotInThisState),
            "{verb:?}: {outcome:?}"
        );
    }
    let mut nosystem = as_user(&pbx, "nosystem").await?;
    let outcome = act(&mut nosystem, Verb::Record, &call.id, None).await?;
    ensure!(outcome == not_permitted("MixMonitor"), "{outcome:?}");
    ensure!(recordings(&pbx)?.is_empty(), "something is recorded");
    Ok(())
}

async fn a_call_that_ends_first_is_not_recorded(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (proxy, mut seat) = behind_a_proxy(&pbx).await?;
    let (marco, cara, call) = talking(&pbx, &mut seat).await?;
    let outcome = overtaken(&mut seat, Verb::Record, &call.id, async || {
        cara.hangup().await?;
        pbx.truth().wait_silent().await
    })
    .await?;
    ensure!(outcome == refused(Refusal::Gone), "{outcome:?}");
    seat.silence().await?;
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    proxy.set(Mode::Deaf);
    cara.hangup().await?;
    pbx.truth().wait_silent().await?;
    let intent = seat.intent(Verb::Record, &call.id, None).await?;
    let id = intent.id;
    ensure!(seat.desk.perform(intent).await?.is_ok(), "not written");
    proxy.set(Mode::Pass);
    let outcome = seat.outcome(id).await?;
    ensure!(
        matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::Lost { .. } | Failure::Ended { .. } | Failure::Pbx { .. }
            }
        ),
        "{outcome:?}"
    );
    ensure!(proxy.count("MixMonitor") == 1, "written twice");
    ensure!(recordings(&pbx)?.is_empty(), "something is recorded");
    Ok(())
}
