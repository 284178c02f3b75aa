//! A seat at a desk: a test's hands and eyes.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use board::view::{CallPhase, CallView};
use board::{Ref, RefKind};
use desk::{Connection, Desk, FeedMessage, LinkError, Status};
use lab::{Pbx, Phone, Version};
use operator::{After, Evidence, Intent, OperationId, Outcome, Refusal, Verb};
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use crate::desk::{connection, pbx_id, profile};
use crate::shown::Shown;
use crate::witness;

/// How long anything that should happen may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(12);

/// A desk, and what it has shown so far.
pub(crate) struct Seat {
    pub(crate) desk: Desk,
    feed: Receiver<FeedMessage>,
    pub(crate) shown: Shown,
}

/// A fresh PBX with Anna's live desk at it.
pub(crate) async fn office(version: Version) -> Result<(Pbx, Seat)> {
    let pbx = Pbx::start(version).await?;
    let seat = Seat::at(pbx.ami_port()).await?;
    Ok((pbx, seat))
}

/// Lets one phone call another, which answers; asked of Asterisk.
pub(crate) async fn connect(pbx: &Pbx, caller: &Phone, called: &Phone) -> Result<()> {
    caller.dial(called.number()).await?;
    called.wait_ringing().await?;
    called.answer().await?;
    pbx.truth()
        .wait_talking(caller.number(), called.number())
        .await
        .map(drop)
}

/// A phone of the lab, as a target.
pub(crate) fn person(number: &str) -> Ref {
    Ref::extension(&pbx_id(), number, "hints")
}

/// A number somebody typed.
pub(crate) fn number(typed: &str) -> Ref {
    Ref::new(RefKind::Number, &pbx_id(), typed)
}

/// A conference room.
pub(crate) fn room(name: &str) -> Ref {
    Ref::new(RefKind::Conference, &pbx_id(), name)
}

pub(crate) fn done(evidence: Evidence) -> Outcome {
    Outcome::Done { evidence }
}

pub(crate) fn refused(refusal: Refusal) -> Outcome {
    Outcome::Refused { refusal }
}

impl Seat {
    /// Anna's desk on that AMI port, live.
    pub(crate) async fn at(port: u16) -> Result<Self> {
        Self::live(connection(profile(port))?).await
    }

    /// A desk that has come live.
    pub(crate) async fn live(connection: Connection) -> Result<Self> {
        let mut seat = Self::with(connection).await?;
        seat.wait_live().await?;
        Ok(seat)
    }

    /// A desk that has just been told to connect.
    pub(crate) async fn with(connection: Connection) -> Result<Self> {
        Self::of(desk::start(), connection).await
    }

    /// The same with a desk that was started otherwise.
    pub(crate) async fn of(desk: Desk, connection: Connection) -> Result<Self> {
        desk.connect(connection).await?;
        let feed = desk.subscribe().await?;
        Ok(Self {
            desk,
            feed,
            shown: Shown::default(),
        })
    }

    /// Waits until the picture answers the question.
    pub(crate) async fn wait<T>(
        &mut self,
        what: &str,
        look: impl Fn(&Shown) -> Option<T>,
    ) -> Result<T> {
        self.wait_within(PATIENCE, what, look).await
    }

    pub(crate) async fn wait_within<T>(
        &mut self,
        patience: Duration,
        what: &str,
        look: impl Fn(&Shown) -> Option<T>,
    ) -> Result<T> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(seen) = look(&self.shown) {
                return Ok(seen);
            }
            match timeout_at(deadline, self.feed.recv()).await {
                Ok(Some(message)) => self.shown.fold(message),
                Ok(None) => bail!("the desk has stopped, waiting for {what}"),
                Err(_) => bail!(
                    "not within {patience:?}: {what}; on show is\n{}",
                    self.shown
                ),
            }
        }
    }

    /// Takes in the next change; false if none comes before then.
    pub(crate) async fn step(&mut self, until: Instant) -> bool {
        match timeout_at(until, self.feed.recv()).await {
            Ok(Some(message)) => {
                self.shown.fold(message);
                true
            }
            Ok(None) | Err(_) => false,
        }
    }

    pub(crate) async fn wait_live(&mut self) -> Result<()> {
        self.wait("a live desk", |shown| {
            (shown.status() == Some(&Status::Live)).then_some(())
        })
        .await
    }

    /// Waits until the link is lost, and tells why.
    pub(crate) async fn wait_lost(&mut self, patience: Duration) -> Result<LinkError> {
        let lost = |shown: &Shown| match shown.status() {
            Some(Status::Lost { reason, .. }) => Some(reason.clone()),
            Some(Status::Dialing | Status::Refused { .. } | Status::Loading | Status::Live)
            | None => None,
        };
        self.wait_within(patience, "a lost link", lost).await
    }

    /// Waits until a call in that phase between exactly these endpoints is on show.
    pub(crate) async fn call(&mut self, phase: CallPhase, ends: &[&str]) -> Result<CallView> {
        self.wait(&format!("a call {phase:?} of {ends:?}"), |shown| {
            shown.call(phase, ends).cloned()
        })
        .await
    }

    /// Waits until no call is on show.
    pub(crate) async fn silence(&mut self) -> Result<()> {
        self.wait("no call", |shown| {
            shown.calls().next().is_none().then_some(())
        })
        .await
    }

    /// An intent as a drop makes it: with what stands on the board at the grab.
    pub(crate) async fn intent(
        &self,
        verb: Verb,
        subject: &Ref,
        target: Option<Ref>,
    ) -> Result<Intent> {
        let seen = self.desk.offers(subject.clone()).await?.seen;
        let id = OperationId(Uuid::new_v4());
        Ok(Intent {
            target,
            seen,
            ..Intent::new(id.0, verb, subject.clone())
        })
    }

    /// Carries an intent out and waits for its outcome; a refusal at the door is an outcome too.
    pub(crate) async fn carry_out(&mut self, intent: Intent) -> Result<(OperationId, Outcome)> {
        let id = intent.id;
        if let Err(refusal) = self.desk.perform(intent).await? {
            ensure!(
                self.shown.operation(id).is_none(),
                "a refused intent is on show"
            );
            return Ok((id, refused(refusal)));
        }
        Ok((id, self.outcome(id).await?))
    }

    /// The outcome of an operation. Two rings and a check take their time.
    pub(crate) async fn outcome(&mut self, id: OperationId) -> Result<Outcome> {
        let ended = |shown: &Shown| shown.operation(id).and_then(|view| view.outcome.clone());
        self.wait_within(Duration::from_secs(45), "an outcome", ended)
            .await
    }

    /// Sends a leg, or the one who is meant by a call, to a target.
    pub(crate) async fn transfer(
        &mut self,
        subject: &Ref,
        target: Ref,
    ) -> Result<(OperationId, Outcome)> {
        let intent = self.intent(Verb::Transfer, subject, Some(target)).await?;
        self.carry_out(intent).await
    }

    /// Waits until that has become of a transfer which had reached its target.
    pub(crate) async fn after(&mut self, id: OperationId, wanted: After) -> Result<()> {
        let now = |shown: &Shown| shown.operation(id).and_then(|view| view.after);
        self.wait(&format!("after the transfer {wanted:?}"), |shown| {
            (now(shown) == Some(wanted)).then_some(())
        })
        .await
    }

    /// The picture and the PBX say the same.
    pub(crate) async fn agrees_with(&mut self, pbx: &Pbx) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let theirs = witness::asterisk(pbx.truth()).await?;
            let news = Instant::now() + Duration::from_millis(60);
            while self.step(news).await {}
            let ours = witness::board(&self.shown);
            if theirs == ours {
                return Ok(());
            }
            ensure!(
                Instant::now() < deadline,
                "only Asterisk says {:#?}\nonly we say {:#?}\n{}\nheard was\n{}",
                theirs.difference(&ours).collect::<Vec<_>>(),
                ours.difference(&theirs).collect::<Vec<_>>(),
                self.shown,
                self.heard().await?
            );
        }
    }

    /// What the desk has heard of bridges, rooms and music: what a picture that is wrong was made of.
    async fn heard(&self) -> Result<String> {
        let all = self.desk.flight(pbx_id()).await?.unwrap_or_default();
        let told = ["Bridge", "Confbridge", "MusicOnHold"];
        let lines = all
            .lines()
            .filter(|line| told.iter().any(|word| line.contains(word)));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }
}
