//! The same conversation on the practice PBX and on a real Asterisk 22: an operator could not tell which is which.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use ::practice::{PhoneAct, Practice};
use anyhow::{Result, ensure};
use board::Ref;
use board::view::{CallPhase, ExtensionState};
use desk::{Connection, PracticePbx};
use lab::{Pbx, Phone, Version};
use operator::{Outcome, Verb};
use tokio::time::Instant;

use crate::desk::{connection, profile};
use crate::seat::{Seat, number, person, room};
use crate::shown::{Shown, is_nobodys, leg, nameless};

const PHONES: [&str; 4] = ["101", "102", "103", "104"];
/// Nothing has changed for so long: the picture is settled.
const QUIET: Duration = Duration::from_millis(400);

/// Either PBX, with hands on its phones.
enum Office {
    Real {
        _pbx: Pbx,
        phones: BTreeMap<&'static str, Phone>,
    },
    Practice(PracticePbx),
}

/// What an operator saw, moment by moment.
#[derive(Default)]
struct Story {
    moments: Vec<(String, BTreeSet<String>)>,
}

impl Office {
    async fn real() -> Result<(Self, Seat)> {
        let pbx = Pbx::start(Version::V22).await?;
        let mut phones = BTreeMap::new();
        for number in PHONES {
            phones.insert(number, pbx.phone(number).await?);
        }
        let seat = Seat::at(pbx.ami_port()).await?;
        Ok((Self::Real { _pbx: pbx, phones }, seat))
    }

    async fn practice() -> Result<(Self, Seat)> {
        let pbx = PracticePbx::new(Practice::new(1));
        for exten in 100..=120 {
            let exten = exten.to_string();
            let act = if PHONES.contains(&exten.as_str()) {
                PhoneAct::Register
            } else {
                PhoneAct::Unregister
            };
            pbx.with(|pbx, now| pbx.phone(&exten, act, now));
        }
        let dialer = Arc::new(pbx.clone());
        let seat = Seat::live(Connection {
            dialer,
            secret: desk::practice_secret(),
            ..connection(profile(1))?
        })
        .await?;
        Ok((Self::Practice(pbx), seat))
    }

    async fn act(&self, number: &str, act: PhoneAct) -> Result<()> {
        match self {
            Self::Real { phones, .. } => real_act(&phones[number], act).await,
            Self::Practice(pbx) => {
                pbx.with(|pbx, now| pbx.phone(number, act, now));
                Ok(())
            }
        }
    }
}

async fn real_act(phone: &Phone, act: PhoneAct) -> Result<()> {
    match act {
        PhoneAct::Dial(number) => phone.dial(&number).await,
        PhoneAct::Answer => {
            phone.wait_ringing().await?;
            phone.answer().await
        }
        PhoneAct::Reject => {
            phone.wait_ringing().await?;
            phone.reject().await
        }
        PhoneAct::HangUp => phone.hangup().await,
        PhoneAct::Hold => phone.hold().await,
        PhoneAct::Resume => phone.resume().await,
        PhoneAct::Register | PhoneAct::Unregister => {
            anyhow::bail!("a phone of the lab is registered while it is switched on")
        }
    }
}

/// The picture, without the lab's hints and queues that are there for a single oddity each.
fn overlapping(shown: &Shown) -> BTreeSet<String> {
    let odd = |line: &String| {
        shown.extensions().any(|one| {
            is_nobodys(one)
                && one.number != "100"
                && line.starts_with(&format!("extension:{}@", one.number))
        })
    };
    let empty = |line: &String| line.starts_with("queue:") && line.contains("\"members\":[]");
    nameless(shown)
        .into_iter()
        .filter(|line| !odd(line) && !empty(line))
        .collect()
}

impl Story {
    /// Waits for that call, and until nothing changes any more; then that is a moment.
    async fn moment(
        &mut self,
        name: &str,
        seat: &mut Seat,
        phase: CallPhase,
        ends: &[&str],
    ) -> Result<()> {
        seat.call(phase, ends).await?;
        self.settled(name, seat).await
    }

    async fn settled(&mut self, name: &str, seat: &mut Seat) -> Result<()> {
        let mut seen = overlapping(&seat.shown);
        let mut quiet = Instant::now() + QUIET;
        while seat.step(quiet).await {
            let next = overlapping(&seat.shown);
            if next != seen {
                seen = next;
                quiet = Instant::now() + QUIET;
            }
        }
        self.moments.push((name.to_owned(), seen));
        Ok(())
    }

    fn told(&mut self, name: &str, outcome: &Outcome) {
        self.moments
            .push((name.to_owned(), BTreeSet::from([format!("{outcome:?}")])));
    }
}

/// Performs, and tells the outcome.
async fn perform(
    story: &mut Story,
    seat: &mut Seat,
    verb: Verb,
    subject: &Ref,
    target: Option<Ref>,
) -> Result<()> {
    let intent = seat.intent(verb, subject, target.clone()).await?;
    let name = format!("{verb:?} to {:?}", target.map(|target| target.key));
    let preview = format!("{:?}", seat.desk.preview(intent.clone()).await?.warnings);
    story
        .moments
        .push((format!("{name}: warnings"), BTreeSet::from([preview])));
    let (_, outcome) = seat.carry_out(intent).await?;
    story.told(&name, &outcome);
    Ok(())
}

async fn ready(seat: &mut Seat) -> Result<()> {
    let there = |shown: &Shown| {
        let idle = PHONES
            .iter()
            .all(|one| shown.state(one) == Some(ExtensionState::Idle));
        let named = shown
            .extensions()
            .all(|one| one.name.is_some() || is_nobodys(one));
        (idle && named).then_some(())
    };
    seat.wait("phones and names", there).await
}

async fn moves(office: &Office, seat: &mut Seat, story: &mut Story) -> Result<()> {
    office.act("101", PhoneAct::Dial("102".to_owned())).await?;
    story
        .moment("rings", seat, CallPhase::Ringing, &["101", "102"])
        .await?;
    office.act("102", PhoneAct::Answer).await?;
    story
        .moment("talks", seat, CallPhase::Talking, &["101", "102"])
        .await?;
    office.act("102", PhoneAct::Hold).await?;
    story
        .moment("held", seat, CallPhase::Held, &["101", "102"])
        .await?;
    office.act("102", PhoneAct::Resume).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    perform(story, seat, Verb::Transfer, &call.id, Some(person("103"))).await?;
    story
        .moment(
            "rings at the target",
            seat,
            CallPhase::Ringing,
            &["102", "103"],
        )
        .await?;
    office.act("103", PhoneAct::Answer).await?;
    story
        .moment(
            "talks to the target",
            seat,
            CallPhase::Talking,
            &["102", "103"],
        )
        .await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    for wrong in [number("199"), person("109"), person("103")] {
        perform(
            story,
            seat,
            Verb::Transfer,
            &leg(&call, "102").id,
            Some(wrong),
        )
        .await?;
    }
    story.settled("untouched", seat).await?;
    perform(story, seat, Verb::TransferBoth, &call.id, Some(room("680"))).await?;
    story
        .moment(
            "in conference",
            seat,
            CallPhase::Conference,
            &["102", "103"],
        )
        .await?;
    let call = seat.call(CallPhase::Conference, &["102", "103"]).await?;
    perform(story, seat, Verb::HangUp, &leg(&call, "103").id, None).await?;
    story
        .moment("one is left", seat, CallPhase::Conference, &["102"])
        .await?;
    let call = seat.call(CallPhase::Conference, &["102"]).await?;
    perform(story, seat, Verb::Transfer, &call.id, Some(number("601"))).await?;
    story
        .moment("music", seat, CallPhase::Application, &["102"])
        .await?;
    let call = seat.call(CallPhase::Application, &["102"]).await?;
    perform(story, seat, Verb::HangUp, &call.id, None).await?;
    seat.silence().await?;
    story.settled("silence", seat).await
}

async fn originates(office: &Office, seat: &mut Seat, story: &mut Story) -> Result<()> {
    let intent = seat
        .intent(Verb::Originate, &person("101"), Some(person("104")))
        .await?;
    ensure!(
        seat.desk.perform(intent.clone()).await?.is_ok(),
        "an originate"
    );
    story
        .moment("my phone rings", seat, CallPhase::Ringing, &["101"])
        .await?;
    office.act("101", PhoneAct::Answer).await?;
    story
        .moment(
            "the target rings",
            seat,
            CallPhase::Ringing,
            &["101", "104"],
        )
        .await?;
    let outcome = seat.outcome(intent.id).await?;
    story.told("originate", &outcome);
    office.act("104", PhoneAct::Answer).await?;
    story
        .moment("originated", seat, CallPhase::Talking, &["101", "104"])
        .await?;
    office.act("104", PhoneAct::HangUp).await?;
    seat.silence().await?;
    perform(
        story,
        seat,
        Verb::Originate,
        &person("101"),
        Some(number("199")),
    )
    .await?;
    let intent = seat
        .intent(Verb::Originate, &person("101"), Some(person("104")))
        .await?;
    ensure!(
        seat.desk.perform(intent.clone()).await?.is_ok(),
        "an originate"
    );
    seat.call(CallPhase::Ringing, &["101"]).await?;
    office.act("101", PhoneAct::Reject).await?;
    let outcome = seat.outcome(intent.id).await?;
    story.told("my phone rejects", &outcome);
    seat.silence().await?;
    story.settled("silence again", seat).await
}

async fn told_by((office, mut seat): (Office, Seat)) -> Result<Story> {
    let mut story = Story::default();
    ready(&mut seat).await?;
    story.settled("morning", &mut seat).await?;
    moves(&office, &mut seat, &mut story).await?;
    originates(&office, &mut seat, &mut story).await?;
    Ok(story)
}

async fn the_same_story_on_both(_: Version) -> Result<()> {
    let real = told_by(Office::real().await?).await?;
    let practice = told_by(Office::practice().await?).await?;
    let mut differences = Vec::new();
    for ((name, theirs), (_, ours)) in real.moments.iter().zip(&practice.moments) {
        differences.extend(
            theirs
                .difference(ours)
                .map(|line| format!("{name}: only Asterisk\n    {line}")),
        );
        differences.extend(
            ours.difference(theirs)
                .map(|line| format!("{name}: only practice\n    {line}")),
        );
    }
    ensure!(differences.is_empty(), "{}", differences.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_story_on_practice_and_on_22() -> Result<()> {
    crate::on(Version::V22, the_same_story_on_both).await
}
