//! In how many ways a move can go: what goes wrong with it at every step, and what Asterisk says then. Which test plays which way of which
//! verb stands in `matrix`, and is checked.

mod forbidden;
mod gives_up;
mod gone;
mod in_place;
mod left;
mod locked;
mod matrix;
mod my_phone;
mod pauses;
mod recall;
mod target;

use anyhow::{Context, Result, ensure};
use board::Ref;
use board::view::{CallPhase, CallView, ExtensionState};
use lab::proxy::Mode;
use lab::{Channel, Pbx, Phone, Proxy, TrunkCall, Version};
use operator::{ConsultationStage, Evidence, Failure, Intent, OperationId, Outcome, Verb};

use crate::seat::{PATIENCE, Seat, connect, done, person};
use crate::shown::{Shown, leg};

/// What changes who is where.
const CHANGES: [&str; 9] = [
    "Redirect",
    "BlindTransfer",
    "Bridge",
    "Hangup",
    "Originate",
    "Park",
    "ConfbridgeKick",
    "Atxfer",
    "QueueWithdrawCaller",
];

/// Jane Doe from outside talks to Anna, whose desk sees it through a proxy.
struct Office {
    pbx: Pbx,
    proxy: Proxy,
    seat: Seat,
    anna: Phone,
    line: Option<TrunkCall>,
    jane: Ref,
}

impl Office {
    async fn open(version: Version) -> Result<Self> {
        let pbx = Pbx::start(version).await?;
        let proxy = Proxy::start(pbx.ami_port()).await?;
        let seat = Seat::at(proxy.port()).await?;
        let anna = pbx.phone("101").await?;
        let jane = Ref::new(board::RefKind::Leg, &crate::desk::pbx_id(), "nobody yet");
        let mut office = Self {
            pbx,
            proxy,
            seat,
            anna,
            line: None,
            jane,
        };
        office.jane_calls().await?;
        Ok(office)
    }

    /// She calls (once more), and Anna answers.
    async fn jane_calls(&mut self) -> Result<()> {
        let line = self.pbx.trunk_call("4930555003", "+491", "Jane Doe");
        self.line = Some(line.await?);
        self.anna.wait_ringing().await?;
        self.anna.answer().await?;
        self.pbx.truth().wait_talking("101", "trunk").await?;
        let call = self.mine().await?;
        self.jane = leg(&call, "trunk").id.clone();
        Ok(())
    }

    /// The phone that was to ring first has not taken it, and that is said.
    async fn first_phone_failed(&mut self, id: OperationId) -> Result<()> {
        let outcome = self.seat.outcome(id).await?;
        let first = matches!(
            outcome,
            Outcome::Failed {
                failure: Failure::FirstPhone { .. }
            }
        );
        ensure!(first, "{outcome:?}");
        Ok(())
    }

    /// She calls a number of the lab's, and waits there.
    async fn jane_waits(&mut self, number: &str, phase: CallPhase) -> Result<()> {
        let line = self.pbx.trunk_call(number, "+491", "Jane Doe");
        self.line = Some(line.await?);
        let call = self.seat.call(phase, &["trunk"]).await?;
        self.jane = leg(&call, "trunk").id.clone();
        Ok(())
    }

    /// She hangs up, and Asterisk has no channel of hers any more.
    async fn jane_leaves(&mut self) -> Result<()> {
        self.line.take().context("nobody has called")?.hangup()?;
        self.pbx.truth().wait_gone("trunk").await.map(drop)
    }

    async fn mine(&mut self) -> Result<CallView> {
        self.seat.call(CallPhase::Talking, &["101", "trunk"]).await
    }

    async fn wish(&self, verb: Verb, target: Option<Ref>) -> Result<Intent> {
        self.seat.intent(verb, &self.jane, target).await
    }

    async fn does(&mut self, verb: Verb, target: Option<Ref>) -> Result<Outcome> {
        let intent = self.wish(verb, target).await?;
        Ok(self.seat.carry_out(intent).await?.1)
    }

    /// Jane waits to music, off Anna's phone.
    async fn holds(&mut self) -> Result<()> {
        let outcome = self.does(Verb::Hold, None).await?;
        ensure!(outcome == done(Evidence::Arrived), "{outcome:?}");
        self.hears_music("trunk").await?;
        self.anna.wait_idle().await?;
        idle(&mut self.seat, &["101"]).await
    }

    /// Another two talk.
    async fn others_talk(&mut self, one: &Phone, other: &Phone) -> Result<CallView> {
        connect(&self.pbx, one, other).await?;
        let ends = [one.number(), other.number()];
        self.seat.call(CallPhase::Talking, &ends).await
    }

    /// The desk writes, and the link keeps the write: what happens until [`Self::arrives`] it cannot know of.
    async fn writes(&mut self, intent: Intent, action: &'static str) -> Result<OperationId> {
        let id = intent.id;
        self.proxy.pause_before(action);
        let begun = self.seat.desk.perform(intent).await?;
        ensure!(begun == Ok(id), "{begun:?}");
        tokio::time::timeout(PATIENCE, self.proxy.sprung())
            .await
            .with_context(|| format!("{action} was never written"))?;
        Ok(id)
    }

    /// The write arrives at Asterisk; what became of it.
    async fn arrives(&mut self, id: OperationId) -> Result<Outcome> {
        self.proxy.set(Mode::Pass);
        self.seat.outcome(id).await
    }

    /// Everything that was written to change who is where.
    fn changes(&self) -> Vec<String> {
        let written = self.proxy.client_actions().into_iter();
        written
            .map(|action| action.get("Action").to_owned())
            .filter(|name| CHANGES.contains(&name.as_str()))
            .collect()
    }

    async fn hears_music(&self, end: &str) -> Result<()> {
        self.sits_in(end, "MusicOnHold").await
    }

    async fn sits_in(&self, end: &str, application: &str) -> Result<()> {
        let there = |channels: &[Channel]| {
            channels
                .iter()
                .any(|one| one.endpoint() == end && one.application == application)
        };
        let seen = self.pbx.truth().wait_until(there, PATIENCE).await;
        seen.map(drop)
            .with_context(|| format!("{end} in {application}"))
    }

    /// Marco rings, Jane hears music.
    async fn consults(&mut self, marco: &Phone) -> Result<()> {
        let outcome = self.does(Verb::Consult, Some(person("102"))).await?;
        ensure!(outcome == done(Evidence::Ringing), "{outcome:?}");
        marco.wait_ringing().await?;
        self.stage(ConsultationStage::Calling).await?;
        self.hears_music("trunk").await
    }

    /// And Marco has answered.
    async fn talks(&mut self, marco: &Phone) -> Result<()> {
        self.consults(marco).await?;
        marco.answer().await?;
        self.pbx.truth().wait_talking("101", "102").await?;
        self.stage(ConsultationStage::Talking).await
    }

    async fn stage(&mut self, stage: ConsultationStage) -> Result<()> {
        let stands = |shown: &Shown| {
            let view = shown.consultation()?;
            (view.stage == stage).then_some(())
        };
        self.seat.wait(&format!("{stage:?}"), stands).await
    }

    async fn consultation_is_over(&mut self) -> Result<()> {
        let gone = |shown: &Shown| shown.consultation().is_none().then_some(());
        self.seat.wait("no consultation", gone).await
    }

    /// Anna's phone is called once more, and she has Jane back, on the leg Jane came with.
    async fn has_jane_back(&mut self) -> Result<()> {
        self.anna.wait_ringing().await?;
        self.anna.answer().await?;
        self.pbx.truth().wait_talking("101", "trunk").await?;
        let channel = self.pbx.truth().channel_of("trunk").await?;
        ensure!(channel.uniqueid == self.jane.key, "{channel}");
        self.agrees().await
    }

    async fn agrees(&mut self) -> Result<()> {
        self.seat.agrees_with(&self.pbx).await
    }

    /// Nobody is left anywhere.
    async fn all_quiet(&mut self) -> Result<()> {
        self.pbx.truth().wait_silent().await?;
        self.seat.silence().await?;
        self.agrees().await
    }
}

async fn idle(seat: &mut Seat, numbers: &[&str]) -> Result<()> {
    for number in numbers {
        stands(seat, number, ExtensionState::Idle).await?;
    }
    Ok(())
}

async fn off(seat: &mut Seat, number: &str) -> Result<()> {
    stands(seat, number, ExtensionState::Offline).await
}

async fn stands(seat: &mut Seat, number: &str, state: ExtensionState) -> Result<()> {
    let so = |shown: &Shown| (shown.state(number) == Some(state)).then_some(());
    seat.wait(&format!("{number} {state:?}"), so).await
}

/// Nothing of it came off, and nobody claims that it did.
fn failed(outcome: &Outcome) -> Result<()> {
    let failed = matches!(
        outcome,
        Outcome::Failed {
            failure: Failure::Lost { .. } | Failure::Ended { .. } | Failure::Pbx { .. }
        }
    );
    ensure!(failed, "{outcome:?}");
    Ok(())
}
