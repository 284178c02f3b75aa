//! Consultations: a caller waits to music while the operator asks somebody; nobody is lost at any turn.

mod left;

use anyhow::{Context, Result, ensure};
use board::Ref;
use board::view::CallPhase;
use desk::Profile;
use lab::{Channel, Pbx, Phone, TrunkCall, Version};
use operator::{ConsultBy, ConsultationStage, Evidence, Outcome, Refusal, Rules, Verb};

use crate::desk::{connection, profile, rules};
use crate::on_both;
use crate::seat::{PATIENCE, Seat, done, office, person, refused};
use crate::shown::leg;

on_both!(
    a_caller_is_announced_and_put_through,
    a_caller_is_put_through_while_the_target_still_rings,
    the_operator_goes_back_to_the_caller,
    the_operator_goes_back_while_the_target_still_rings,
    the_operator_talks_to_one_and_the_other,
    a_caller_comes_back_when_the_target_rejects,
    a_caller_comes_back_when_the_target_hangs_up,
    a_caller_comes_back_when_the_operators_phone_hangs_up,
    a_caller_who_gives_up_ends_it,
    a_consultation_outlives_the_program,
    whoever_called_out_consults_as_well,
    the_pbxs_own_code_announces_a_caller_and_puts_them_through,
    the_pbxs_own_code_goes_back_to_the_caller,
    a_code_that_the_pbx_does_not_take_hangs_nobody_up,
);

/// A fresh PBX with Anna's desk, whose house consults like this.
async fn by(version: Version, consult: ConsultBy) -> Result<(Pbx, Seat)> {
    let pbx = Pbx::start(version).await?;
    let rules = Rules { consult, ..rules() };
    let profile = Profile {
        rules,
        ..profile(pbx.ami_port())
    };
    let seat = Seat::live(connection(profile)?).await?;
    Ok((pbx, seat))
}

/// Jane Doe from outside talks to Anna, whose desk it is, and Marco's phone is on.
struct Office {
    pbx: Pbx,
    seat: Seat,
    anna: Phone,
    marco: Phone,
    _outside: TrunkCall,
    jane: Ref,
}

impl Office {
    async fn open(version: Version) -> Result<Self> {
        Self::open_by(version, ConsultBy::Redirect).await
    }

    async fn open_by(version: Version, consult: ConsultBy) -> Result<Self> {
        let (pbx, mut seat) = by(version, consult).await?;
        let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
        let outside = pbx
            .trunk_call("4930555003", "+49301234567", "Jane Doe")
            .await?;
        anna.wait_ringing().await?;
        anna.answer().await?;
        pbx.truth().wait_talking("101", "trunk").await?;
        let call = seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
        let jane = leg(&call, "trunk").id.clone();
        seat.wait("Marco's phone", |shown| {
            (shown.state("102") == Some(board::view::ExtensionState::Idle)).then_some(())
        })
        .await?;
        Ok(Self {
            pbx,
            seat,
            anna,
            marco,
            _outside: outside,
            jane,
        })
    }

    async fn does(&mut self, verb: Verb, target: Option<Ref>) -> Result<Outcome> {
        let jane = self.jane.clone();
        let intent = self.seat.intent(verb, &jane, target).await?;
        Ok(self.seat.carry_out(intent).await?.1)
    }

    /// Marco rings, Jane hears music.
    async fn consults(&mut self) -> Result<()> {
        let outcome = self.does(Verb::Consult, Some(person("102"))).await?;
        ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
        self.marco.wait_ringing().await?;
        self.stage(ConsultationStage::Calling).await?;
        self.hears_music("trunk").await
    }

    /// And Marco has answered.
    async fn talks(&mut self) -> Result<()> {
        self.consults().await?;
        self.marco.answer().await?;
        self.pbx.truth().wait_talking("101", "102").await?;
        self.stage(ConsultationStage::Talking).await
    }

    async fn stage(&mut self, stage: ConsultationStage) -> Result<()> {
        let looks = |shown: &crate::shown::Shown| {
            shown
                .consultation()
                .is_some_and(|view| view.stage == stage)
                .then_some(())
        };
        self.seat.wait(&format!("{stage:?}"), looks).await
    }

    async fn over(&mut self) -> Result<()> {
        let gone = |shown: &crate::shown::Shown| shown.consultation().is_none().then_some(());
        self.seat.wait("no consultation", gone).await
    }

    async fn hears_music(&self, end: &str) -> Result<()> {
        let music = |channels: &[Channel]| {
            channels
                .iter()
                .any(|one| one.endpoint() == end && one.application == "MusicOnHold")
        };
        self.pbx.truth().wait_until(music, PATIENCE).await.map(drop)
    }

    /// Jane's leg is the one she came with.
    async fn jane_lives(&self) -> Result<()> {
        let channel = self.pbx.truth().channel_of("trunk").await?;
        ensure!(channel.uniqueid == self.jane.key, "{channel:?}");
        Ok(())
    }

    /// Anna's phone is called once more, and she has Jane back.
    async fn has_jane_back(&mut self) -> Result<()> {
        self.anna.wait_ringing().await?;
        self.anna.answer().await?;
        self.pbx.truth().wait_talking("101", "trunk").await?;
        self.jane_lives().await?;
        self.over().await?;
        self.seat.agrees_with(&self.pbx).await
    }
}

async fn a_caller_is_announced_and_put_through(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.talks().await?;
    let outcome = office.does(Verb::Complete, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("102", "trunk").await?;
    office.anna.wait_idle().await?;
    office.jane_lives().await?;
    office.over().await?;
    office
        .seat
        .call(CallPhase::Talking, &["102", "trunk"])
        .await?;
    office.seat.agrees_with(&office.pbx).await?;
    // What a bridge of ours leaves behind must not send anybody back later.
    let again = office.does(Verb::Complete, None).await?;
    ensure!(again == refused(Refusal::NoConsultation), "{again:?}");
    office.marco.hangup().await?;
    office.pbx.truth().wait_silent().await
}

async fn a_caller_is_put_through_while_the_target_still_rings(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.consults().await?;
    let outcome = office.does(Verb::Complete, None).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    office.anna.wait_idle().await?;
    office.marco.wait_ringing().await?;
    office.marco.answer().await?;
    office.pbx.truth().wait_talking("102", "trunk").await?;
    office.jane_lives().await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn the_operator_goes_back_to_the_caller(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.talks().await?;
    let outcome = office.does(Verb::GoBack, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.marco.wait_idle().await?;
    office.jane_lives().await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn the_operator_goes_back_while_the_target_still_rings(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.consults().await?;
    let outcome = office.does(Verb::GoBack, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.marco.wait_idle().await?;
    office.jane_lives().await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn the_operator_talks_to_one_and_the_other(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.talks().await?;
    let outcome = office.does(Verb::Swap, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.hears_music("102").await?;
    office.stage(ConsultationStage::Back).await?;
    let outcome = office.does(Verb::Swap, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("101", "102").await?;
    office.hears_music("trunk").await?;
    office.stage(ConsultationStage::Talking).await?;
    let outcome = office.does(Verb::Complete, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("102", "trunk").await?;
    office.anna.wait_idle().await?;
    office.jane_lives().await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn a_caller_comes_back_when_the_target_rejects(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.consults().await?;
    office.marco.reject().await?;
    office.has_jane_back().await
}

async fn a_caller_comes_back_when_the_target_hangs_up(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.talks().await?;
    office.marco.hangup().await?;
    office.has_jane_back().await
}

async fn a_caller_comes_back_when_the_operators_phone_hangs_up(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.talks().await?;
    office.anna.hangup().await?;
    office.has_jane_back().await
}

/// The first life asks, the second one finds Jane in the music and Anna with Marco, and puts her through.
async fn a_consultation_outlives_the_program(version: Version) -> Result<()> {
    let (first, second) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let mut office = Office::open(version).await?;
    let profile = profile(office.pbx.ami_port());
    let lives = |folder: &std::path::Path| desk::start_in(folder);
    office.seat = Seat::of(lives(first.path()), connection(profile.clone())?).await?;
    office.seat.wait_live().await?;
    office.talks().await?;
    office.seat.desk.written_down().await?;
    // Its journal as a program that is killed leaves it.
    let journal = second.path().join("journal");
    std::fs::create_dir_all(&journal)?;
    let kept = first.path().join("journal").join("journal.jsonl");
    std::fs::copy(kept, journal.join("journal.jsonl"))?;
    office.seat = Seat::of(lives(second.path()), connection(profile)?).await?;
    office.seat.wait_live().await?;
    office.stage(ConsultationStage::Talking).await?;
    let outcome = office.does(Verb::Complete, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.pbx.truth().wait_talking("102", "trunk").await?;
    office.jane_lives().await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn a_caller_who_gives_up_ends_it(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.talks().await?;
    let channel = office.pbx.truth().channel_of("trunk").await?;
    office
        .pbx
        .truth()
        .action(&[("Action", "Hangup"), ("Channel", &channel.uniqueid)])
        .await?;
    office.pbx.truth().wait_gone("trunk").await?;
    office.over().await?;
    office.pbx.truth().wait_talking("101", "102").await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn whoever_called_out_consults_as_well(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, marco, cara) =
        tokio::try_join!(pbx.phone("101"), pbx.phone("102"), pbx.phone("103"))?;
    crate::seat::connect(&pbx, &anna, &cara).await?;
    let call = seat.call(CallPhase::Talking, &["101", "103"]).await?;
    let other = leg(&call, "103").id.clone();
    let intent = seat
        .intent(Verb::Consult, &other, Some(person("102")))
        .await?;
    let preview = seat.desk.preview(intent.clone()).await?;
    ensure!(
        preview.journeys.len() == 2 && preview.released.is_empty(),
        "{preview:?}"
    );
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
    marco.wait_ringing().await?;
    marco.answer().await?;
    pbx.truth().wait_talking("101", "102").await?;
    let asked = seat
        .wait("the target's leg", |shown| {
            shown.consultation().and_then(|view| view.target.clone())
        })
        .await?;
    // From the target's leg as well: it is one consultation.
    let intent = seat.intent(Verb::Complete, &asked, None).await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    pbx.truth().wait_talking("102", "103").await?;
    anna.wait_idle().await?;
    let here = pbx.truth().channel_of("103").await.context("Cara")?;
    ensure!(here.uniqueid == other.key, "{here:?}");
    seat.agrees_with(&pbx).await
}

/// Asterisk has pressed its own code, Marco has answered, and Anna talks to him.
async fn by_code(version: Version) -> Result<Office> {
    let mut office = Office::open_by(version, ConsultBy::Atxfer).await?;
    let outcome = office.does(Verb::Consult, Some(person("102"))).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    office.marco.wait_ringing().await?;
    office.marco.answer().await?;
    office.stage(ConsultationStage::Talking).await?;
    office.jane_lives().await?;
    Ok(office)
}

async fn the_pbxs_own_code_announces_a_caller_and_puts_them_through(
    version: Version,
) -> Result<()> {
    let mut office = by_code(version).await?;
    let outcome = office.does(Verb::Swap, None).await?;
    ensure!(outcome == refused(Refusal::NotInThisState), "{outcome:?}");
    let outcome = office.does(Verb::Complete, None).await?;
    ensure!(outcome == done(Evidence::HungUp), "{outcome:?}");
    office.pbx.truth().wait_talking("102", "trunk").await?;
    office.anna.wait_idle().await?;
    office.jane_lives().await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}

async fn the_pbxs_own_code_goes_back_to_the_caller(version: Version) -> Result<()> {
    let mut office = by_code(version).await?;
    let outcome = office.does(Verb::GoBack, None).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    office.pbx.truth().wait_talking("101", "trunk").await?;
    office.marco.wait_idle().await?;
    office.jane_lives().await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}

/// On a call that was dialled without features nothing happens, and whoever then hung up would hang up the caller.
async fn a_code_that_the_pbx_does_not_take_hangs_nobody_up(version: Version) -> Result<()> {
    let (pbx, mut seat) = by(version, ConsultBy::Atxfer).await?;
    let (anna, marco, cara) = tokio::try_join!(
        pbx.answering_phone("101"),
        pbx.answering_phone("102"),
        pbx.phone("103")
    )?;
    let plain = [
        ("Action", "Originate"),
        ("Channel", "PJSIP/101"),
        ("Application", "Dial"),
        ("Data", "PJSIP/102,30"),
        ("Async", "true"),
    ];
    pbx.truth().action(&plain).await?;
    pbx.truth().wait_talking("101", "102").await?;
    let call = seat.call(CallPhase::Talking, &["101", "102"]).await?;
    let other = leg(&call, "102").id.clone();
    let intent = seat
        .intent(Verb::Consult, &other, Some(person("103")))
        .await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == done(Evidence::Word), "{outcome:?}");
    let intent = seat.intent(Verb::Complete, &other, None).await?;
    let (_, outcome) = seat.carry_out(intent).await?;
    ensure!(outcome == refused(Refusal::NotInThisState), "{outcome:?}");
    let gone = |shown: &crate::shown::Shown| shown.consultation().is_none().then_some(());
    seat.wait("no consultation", gone).await?;
    pbx.truth().wait_talking("101", "102").await?;
    drop((anna, marco, cara));
    Ok(())
}
