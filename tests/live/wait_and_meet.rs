//! Callers wait where anybody can fetch them, come to my phone, and meet each other.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use board::Ref;
use board::view::{CallPhase, ExtensionState};
use desk::Profile;
use lab::{Channel, Pbx, Phone, TrunkCall, Version};
use operator::{Evidence, Intent, Missing, Outcome, Refusal, Rules, Verb};

use crate::desk::{connection, profile};
use crate::on_both;
use crate::seat::{PATIENCE, Seat, connect, done, office, person, refused, room};
use crate::shown::leg;

on_both!(
    a_caller_is_parked_and_fetched,
    a_parked_caller_comes_back_to_whom_they_talked_to,
    a_full_lot_is_refused_and_the_caller_still_talks,
    a_lot_that_is_not_there_is_refused,
    a_caller_is_held_to_music_and_fetched,
    a_colleagues_ringing_call_is_picked_up,
    the_next_caller_of_the_queues_comes,
    a_caller_is_taken_out_of_a_menu,
    the_outer_parties_of_two_calls_meet,
    two_calls_become_a_conference,
    a_person_is_invited_to_a_call,
    a_caller_goes_straight_to_voicemail,
    nobody_is_sent_to_a_box_that_does_not_exist,
    a_caller_waits_for_a_busy_phone,
    a_hang_up_is_taken_back,
    a_hang_up_that_nobody_takes_back_happens,
    what_the_house_lacks_is_refused,
);

/// Jane Doe from outside talks to Anna, whose desk it is.
struct Office {
    pbx: Pbx,
    seat: Seat,
    anna: Phone,
    _outside: TrunkCall,
    jane: Ref,
}

impl Office {
    async fn open(version: Version) -> Result<Self> {
        Self::in_house(office(version).await?).await
    }

    async fn in_house((pbx, mut seat): (Pbx, Seat)) -> Result<Self> {
        let anna = pbx.phone("101").await?;
        let outside = pbx
            .trunk_call("4930555003", "+49301234567", "Jane Doe")
            .await?;
        anna.wait_ringing().await?;
        anna.answer().await?;
        pbx.truth().wait_talking("101", "trunk").await?;
        let call = seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
        let jane = leg(&call, "trunk").id.clone();
        Ok(Self {
            pbx,
            seat,
            anna,
            _outside: outside,
            jane,
        })
    }

    async fn wish(&self, verb: Verb, target: Option<Ref>) -> Result<Intent> {
        self.seat.intent(verb, &self.jane, target).await
    }

    async fn does(&mut self, verb: Verb, target: Option<Ref>) -> Result<Outcome> {
        let intent = self.wish(verb, target).await?;
        Ok(self.seat.carry_out(intent).await?.1)
    }

    async fn jane_is(&self, what: &str, right: impl Fn(&Channel) -> bool) -> Result<()> {
        let here = |channels: &[Channel]| {
            let mut hers = channels.iter().filter(|one| one.uniqueid == self.jane.key);
            hers.any(&right)
        };
        let found = self.pbx.truth().wait_until(here, PATIENCE).await;
        found.map(drop).with_context(|| what.to_owned())
    }

    /// Anna's phone is called, and she has Jane again.
    async fn has_jane(&mut self) -> Result<()> {
        self.anna.wait_ringing().await?;
        self.anna.answer().await?;
        self.pbx.truth().wait_talking("101", "trunk").await?;
        self.jane_is("the leg Jane came with", |_| true).await?;
        self.seat
            .call(CallPhase::Talking, &["101", "trunk"])
            .await?;
        self.seat.agrees_with(&self.pbx).await
    }
}

async fn idle(seat: &mut Seat, numbers: &[&str]) -> Result<()> {
    for number in numbers {
        seat.wait("an idle phone", |shown| {
            (shown.state(number) == Some(ExtensionState::Idle)).then_some(())
        })
        .await?;
    }
    Ok(())
}

async fn a_caller_is_parked_and_fetched(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let outcome = office.does(Verb::Park, None).await?;
    ensure!(outcome == done(Evidence::Parked), "{outcome:?}");
    let parked = office
        .pbx
        .truth()
        .action(&[("Action", "ParkedCalls")])
        .await?;
    let hers = parked
        .iter()
        .any(|item| item.get("ParkeeUniqueid") == office.jane.key);
    ensure!(hers, "{parked:?}");
    office.anna.wait_idle().await?;
    let outcome = office.does(Verb::Take, None).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.has_jane().await
}

async fn a_parked_caller_comes_back_to_whom_they_talked_to(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let mut intent = office.wish(Verb::Park, None).await?;
    intent.details.seconds = Some(3);
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Parked), "{outcome:?}");
    office.anna.wait_idle().await?;
    office.has_jane().await
}

/// Into the lot with two spaces, for longer than the test takes.
async fn into_hotel(seat: &mut Seat, who: &Ref) -> Result<Outcome> {
    let mut intent = seat.intent(Verb::Park, who, None).await?;
    intent.details.lot = Some("hotel".to_owned());
    intent.details.seconds = Some(120);
    Ok(seat.carry_out(intent).await?.1)
}

async fn a_full_lot_is_refused_and_the_caller_still_talks(version: Version) -> Result<()> {
    let Office {
        pbx,
        mut seat,
        anna,
        _outside,
        jane,
    } = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
    let outcome = into_hotel(&mut seat, &jane).await?;
    ensure!(outcome == done(Evidence::Parked), "{outcome:?}");
    connect(&pbx, &marco, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let caras = leg(&call, "103").id.clone();
    let outcome = into_hotel(&mut seat, &caras).await?;
    ensure!(outcome == done(Evidence::Parked), "{outcome:?}");
    tokio::try_join!(anna.wait_idle(), marco.wait_idle())?;
    connect(&pbx, &marco, &anna).await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let marcos = leg(&call, "102").id.clone();
    let outcome = into_hotel(&mut seat, &marcos).await?;
    let lot = "hotel".to_owned();
    ensure!(
        outcome == refused(Refusal::LotFull { lot }),
        "the third of two spaces: {outcome:?}"
    );
    pbx.truth().wait_talking("101", "102").await?;
    seat.agrees_with(&pbx).await?;
    let intent = seat.intent(Verb::Park, &marcos, None).await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Parked), "elsewhere: {outcome:?}");
    seat.agrees_with(&pbx).await
}

async fn a_lot_that_is_not_there_is_refused(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let mut intent = office.wish(Verb::Park, None).await?;
    intent.details.lot = Some("nowhere".to_owned());
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == refused(Refusal::NoSuchLot), "{outcome:?}");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn a_caller_is_held_to_music_and_fetched(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let outcome = office.does(Verb::Hold, None).await?;
    ensure!(outcome == done(Evidence::Arrived), "{outcome:?}");
    office
        .jane_is("music", |channel| channel.application == "MusicOnHold")
        .await?;
    office.anna.wait_idle().await?;
    let outcome = office.does(Verb::Take, None).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.has_jane().await
}

async fn a_colleagues_ringing_call_is_picked_up(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    idle(&mut seat, &["101"]).await?;
    marco.dial("103").await?;
    cara.wait_ringing().await?;
    let call = seat.call(CallPhase::Ringing, &["102", "103"]).await?;
    let intent = seat.intent(Verb::Take, &call.id, None).await?;
    let preview = seat.desk.preview(intent.clone()).await?;
    ensure!(
        preview.journeys.len() == 1,
        "who is calling is shown: {preview:?}"
    );
    ensure!(
        preview.journeys[0].who.number.as_deref() == Some("102"),
        "{preview:?}"
    );
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    cara.wait_idle().await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    pbx.truth().wait_talking("101", "102").await?;
    seat.agrees_with(&pbx).await
}

async fn the_next_caller_of_the_queues_comes(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let anna = pbx.phone("101").await?;
    idle(&mut seat, &["101"]).await?;
    let first = pbx.trunk_call("4930555004", "+491", "First").await?;
    let waits = |count: usize| {
        move |shown: &crate::shown::Shown| {
            let waiting: usize = shown.queues().map(|queue| queue.callers.len()).sum();
            (waiting == count).then_some(())
        }
    };
    seat.wait("a caller", waits(1)).await?;
    let longest = pbx.truth().channel_of("trunk").await?.uniqueid;
    let second = pbx.trunk_call("4930555004", "+492", "Second").await?;
    seat.wait("two callers", waits(2)).await?;
    let intent = seat.intent(Verb::Next, &person("101"), None).await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    anna.wait_ringing().await?;
    anna.answer().await?;
    let channels = pbx.truth().wait_talking("101", "trunk").await?;
    let came = channels
        .iter()
        .find(|one| one.uniqueid == longest)
        .context("the first caller")?;
    let with = pbx.truth().bridged_with(&came.name).await?;
    ensure!(with.iter().any(|one| one.endpoint() == "101"), "{with:?}");
    seat.wait("one left", waits(1)).await?;
    drop((first, second));
    seat.agrees_with(&pbx).await
}

async fn a_caller_is_taken_out_of_a_menu(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let anna = pbx.phone("101").await?;
    idle(&mut seat, &["101"]).await?;
    let _caller = pbx
        .trunk_call("4930555002", "+49301234567", "Jane Doe")
        .await?;
    let call = seat.call(CallPhase::Application, &["trunk"]).await?;
    let intent = seat.intent(Verb::Take, &call.id, None).await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    anna.wait_ringing().await?;
    anna.answer().await?;
    pbx.truth().wait_talking("101", "trunk").await?;
    seat.agrees_with(&pbx).await
}

async fn the_outer_parties_of_two_calls_meet(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    connect(&office.pbx, &marco, &cara).await?;
    let other = office
        .seat
        .call(CallPhase::Talking, &["102", "103"])
        .await?;
    let marcos = leg(&other, "102").id.clone();
    let intent = office.wish(Verb::Connect, Some(marcos.clone())).await?;
    let preview = office.seat.desk.preview(intent.clone()).await?;
    ensure!(preview.released.len() == 2, "{preview:?}");
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("102", "trunk").await?;
    office.anna.wait_idle().await?;
    cara.wait_idle().await?;
    office
        .seat
        .call(CallPhase::Talking, &["102", "trunk"])
        .await?;
    office.seat.agrees_with(&office.pbx).await?;
    marco.hangup().await?;
    office.pbx.truth().wait_silent().await
}

async fn two_calls_become_a_conference(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    connect(&office.pbx, &marco, &cara).await?;
    let other = office
        .seat
        .call(CallPhase::Talking, &["102", "103"])
        .await?;
    let mine = office
        .seat
        .call(CallPhase::Talking, &["101", "trunk"])
        .await?;
    let intent = office
        .seat
        .intent(Verb::Join, &mine.id, Some(other.id.clone()))
        .await?;
    let preview = office.seat.desk.preview(intent.clone()).await?;
    ensure!(
        preview.journeys.len() == 4 && preview.released.is_empty(),
        "{preview:?}"
    );
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Joined), "{outcome:?}");
    for one in ["102", "103", "trunk"] {
        office.pbx.truth().wait_talking("101", one).await?;
    }
    office
        .seat
        .call(CallPhase::Conference, &["101", "102", "103", "trunk"])
        .await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn a_person_is_invited_to_a_call(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(
        office.pbx.answering_phone("102"),
        office.pbx.answering_phone("103")
    )?;
    idle(&mut office.seat, &["102", "103"]).await?;
    let mine = office
        .seat
        .call(CallPhase::Talking, &["101", "trunk"])
        .await?;
    let intent = office
        .seat
        .intent(Verb::Invite, &person("102"), Some(mine.id.clone()))
        .await?;
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Joined), "{outcome:?}");
    for one in ["102", "trunk"] {
        office.pbx.truth().wait_talking("101", one).await?;
    }
    // Into a room that is open already.
    let meeting = office
        .seat
        .call(CallPhase::Conference, &["101", "102", "trunk"])
        .await?;
    let intent = office
        .seat
        .intent(Verb::Invite, &person("103"), Some(meeting.id.clone()))
        .await?;
    let (_, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Joined), "{outcome:?}");
    office.pbx.truth().wait_talking("103", "trunk").await?;
    office.seat.agrees_with(&office.pbx).await?;
    drop((marco, cara));
    Ok(())
}

async fn a_caller_goes_straight_to_voicemail(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    let outcome = office.does(Verb::Voicemail, Some(person("102"))).await?;
    ensure!(outcome == done(Evidence::Arrived), "{outcome:?}");
    office
        .jane_is("voicemail", |channel| channel.application == "VoiceMail")
        .await?;
    ensure!(
        office.pbx.truth().channels_of("102").await?.is_empty(),
        "Marco's phone rings"
    );
    office.anna.wait_idle().await?;
    drop(marco);
    office.seat.agrees_with(&office.pbx).await
}

/// Only some have a box in this office, but the dialplan takes everybody's number.
async fn nobody_is_sent_to_a_box_that_does_not_exist(version: Version) -> Result<()> {
    let pbx = Pbx::start_office(version, lab::people::Office::Small).await?;
    let seat = Seat::at(pbx.ami_port()).await?;
    let mut office = Office::in_house((pbx, seat)).await?;
    let boxless = office.pbx.phone("105").await?;
    idle(&mut office.seat, &["105"]).await?;
    let outcome = office.does(Verb::Voicemail, Some(person("105"))).await?;
    let mailbox = "105@default".to_owned();
    ensure!(
        outcome == refused(Refusal::NoSuchMailbox { mailbox }),
        "{outcome:?}"
    );
    office.pbx.truth().wait_talking("101", "trunk").await?;
    drop(boxless);
    office.seat.agrees_with(&office.pbx).await
}

async fn a_caller_waits_for_a_busy_phone(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let (marco, cara) = tokio::try_join!(office.pbx.phone("102"), office.pbx.phone("103"))?;
    idle(&mut office.seat, &["102", "103"]).await?;
    let outcome = office.does(Verb::Camp, Some(person("103"))).await?;
    ensure!(outcome == refused(Refusal::TargetFree), "{outcome:?}");
    connect(&office.pbx, &marco, &cara).await?;
    office
        .seat
        .call(CallPhase::Talking, &["102", "103"])
        .await?;
    office
        .seat
        .wait("a busy phone", |shown| {
            (shown.state("103") == Some(ExtensionState::InUse)).then_some(())
        })
        .await?;
    let outcome = office.does(Verb::Camp, Some(person("103"))).await?;
    ensure!(outcome == done(Evidence::Arrived), "{outcome:?}");
    office
        .jane_is("music", |channel| channel.application == "MusicOnHold")
        .await?;
    office.anna.wait_idle().await?;
    office.pbx.truth().wait_talking("102", "103").await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn a_hang_up_is_taken_back(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let mut intent = office.wish(Verb::HangUp, None).await?;
    intent.details.grace = Some(3_000);
    let id = intent.id;
    let begun = office.seat.desk.perform(intent).await?;
    ensure!(begun == Ok(id), "{begun:?}");
    ensure!(office.seat.desk.take_back(id).await?, "it is too late");
    let outcome = office.seat.outcome(id).await?;
    ensure!(outcome == refused(Refusal::TakenBack), "{outcome:?}");
    ensure!(!office.seat.desk.take_back(id).await?, "it is over");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn a_hang_up_that_nobody_takes_back_happens(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    let mut intent = office.wish(Verb::HangUp, None).await?;
    intent.details.grace = Some(700);
    let (id, outcome) = office.seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
    ensure!(!office.seat.desk.take_back(id).await?, "too late");
    office.pbx.truth().wait_gone("trunk").await?;
    Ok(())
}

async fn what_the_house_lacks_is_refused(version: Version) -> Result<()> {
    let office = Office::open(version).await?;
    let plain = Profile {
        rules: Rules::default(),
        ..profile(office.pbx.ami_port())
    };
    let mut seat = Seat::live(connection(plain)?).await?;
    seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
    let lacking = [
        (Verb::Hold, None, Missing::Music),
        (Verb::Consult, Some(room("680")), Missing::Music),
        (Verb::Voicemail, Some(person("102")), Missing::Voicemail),
        (Verb::Listen, None, Missing::Listening),
    ];
    for (verb, target, what) in lacking {
        let intent = seat.intent(verb, &office.jane, target).await?;
        let (_, outcome) = seat.carry_out(intent).await?;
        let expected = if verb == Verb::Listen {
            // It is the operator's own call.
            refused(Refusal::SamePerson)
        } else {
            refused(Refusal::NotSetUp { what })
        };
        ensure!(outcome == expected, "{verb:?}: {outcome:?}");
    }
    tokio::time::timeout(Duration::from_secs(5), seat.agrees_with(&office.pbx)).await?
}
