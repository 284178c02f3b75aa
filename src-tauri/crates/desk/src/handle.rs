//! The public face of the desk: every request is a message to the one task that owns everything.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use board::{Millis, PbxId, Ref};
use operator::{Intent, Offers, OperationId, Preview, Refusal};
use tokio::sync::{mpsc, oneshot};
use tokio::task::spawn_blocking;

use crate::dialer::SharedDialer;
use crate::flight::{self, Flight, Question};
use crate::{FeedMessage, Profile, Why};

/// One PBX to hold a link to.
#[derive(Debug)]
pub struct Connection {
    /// Where, and who the operator is there.
    pub profile: Profile,
    /// The AMI account's secret; kept in memory for reconnects.
    pub secret: ami::Secret,
    /// How to reach it.
    pub dialer: SharedDialer,
}

/// Everything one may ask of the desk. The closed list of what can wake it from outside.
#[derive(Debug)]
pub(crate) enum Request {
    Connect(Box<Connection>),
    Disconnect(PbxId),
    Subscribe(oneshot::Sender<mpsc::Receiver<FeedMessage>>),
    Offers(Ref, oneshot::Sender<Offers>),
    Preview(Box<Intent>, oneshot::Sender<Preview>),
    DismissGap(PbxId),
    Dismiss(Ref),
    Label(Ref, String, oneshot::Sender<bool>),
    TakeBack(OperationId, oneshot::Sender<bool>),
    Perform(Box<Intent>, oneshot::Sender<Result<OperationId, Refusal>>),
    Why(Ref, oneshot::Sender<Option<(Flight, Question)>>),
    WrittenDown(oneshot::Sender<()>),
    Flight(PbxId, oneshot::Sender<Option<Recording>>),
}

/// The desk has stopped; only at the end of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the desk has stopped")]
pub struct Stopped;

/// A handle on the running desk. Cheap to clone; when the last is dropped, the desk logs off and ends.
#[derive(Debug, Clone)]
pub struct Desk {
    requests: mpsc::Sender<Request>,
    /// Where exports go; none for a desk that keeps nothing on disk.
    folder: Option<Arc<Path>>,
}

/// What the recorder of a PBX holds, and when that was asked.
#[derive(Debug)]
pub(crate) struct Recording {
    pub(crate) flight: Flight,
    pub(crate) version: Option<String>,
    pub(crate) at: Millis,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The desk has stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// No such PBX is connected.
    #[error("no such PBX is connected")]
    NoSuchPbx,
    /// The desk keeps nothing on disk.
    #[error("this desk keeps nothing on disk")]
    NoFolder,
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Disk(#[from] std::io::Error),
}

impl Desk {
    pub(crate) fn over(requests: mpsc::Sender<Request>, folder: Option<&Path>) -> Self {
        let folder = folder.map(Arc::from);
        Self { requests, folder }
    }

    async fn ask<T>(&self, make: impl FnOnce(oneshot::Sender<T>) -> Request) -> Result<T, Stopped> {
        let (answer, wait) = oneshot::channel();
        self.requests
            .send(make(answer))
            .await
            .map_err(|_| Stopped)?;
        wait.await.map_err(|_| Stopped)
    }

    /// Holds a link to this PBX from now on, in place of any earlier one of the same id.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn connect(&self, connection: Connection) -> Result<(), Stopped> {
        self.requests
            .send(Request::Connect(Box::new(connection)))
            .await
            .map_err(|_| Stopped)
    }

    /// Lets go of a PBX: logs off and takes its tiles away.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn disconnect(&self, pbx: PbxId) -> Result<(), Stopped> {
        self.requests
            .send(Request::Disconnect(pbx))
            .await
            .map_err(|_| Stopped)
    }

    /// A snapshot, then every batch after it. A reader too slow for the batches gets a fresh snapshot instead.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn subscribe(&self) -> Result<mpsc::Receiver<FeedMessage>, Stopped> {
        self.ask(Request::Subscribe).await
    }

    /// What may be done with this call, leg or extension now.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn offers(&self, subject: Ref) -> Result<Offers, Stopped> {
        self.ask(|answer| Request::Offers(subject, answer)).await
    }

    /// What this intent would do, without doing it.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn preview(&self, intent: Intent) -> Result<Preview, Stopped> {
        self.ask(|answer| Request::Preview(Box::new(intent), answer))
            .await
    }

    /// Takes away what was found after this PBX's last gap: somebody has read it.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn dismiss_gap(&self, pbx: PbxId) -> Result<(), Stopped> {
        self.requests
            .send(Request::DismissGap(pbx))
            .await
            .map_err(|_| Stopped)
    }

    /// Takes away what somebody has read or wants no more: a lost caller's card, a caller on the sent shelf, a row that cannot be, a
    /// label, what was found after a gap. A caller who waited for somebody to be free waits on, to music.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn dismiss(&self, id: Ref) -> Result<(), Stopped> {
        self.requests
            .send(Request::Dismiss(id))
            .await
            .map_err(|_| Stopped)
    }

    /// Writes on a leg for whom it waits, or why; an empty text takes that away. It stays with the leg for as long as it lives. False:
    /// there is no such leg now.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn label(&self, leg: Ref, text: String) -> Result<bool, Stopped> {
        self.ask(|answer| Request::Label(leg, text, answer)).await
    }

    /// Takes an operation back of which nothing has been sent yet. False: it is too late.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn take_back(&self, operation: OperationId) -> Result<bool, Stopped> {
        self.ask(|answer| Request::TakeBack(operation, answer))
            .await
    }

    /// Why a call, a leg or a call that has ended is no more, as far as what was recorded tells. None: its PBX is not connected.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn why(&self, call: Ref) -> Result<Option<Why>, Stopped> {
        let asked = self.ask(|answer| Request::Why(call, answer)).await?;
        let Some((flight, question)) = asked else {
            return Ok(None);
        };
        let told = spawn_blocking(move || flight.why(&question)).await;
        told.map(Some).map_err(|_| Stopped)
    }

    /// Waits until everything that goes into the journal so far stands there, or cannot: before a program ends that has just done
    /// something.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn written_down(&self) -> Result<(), Stopped> {
        self.ask(Request::WrittenDown).await
    }

    /// The same for a program whose window has been closed: a disk that hangs does not keep it. False: the journal's last lines may be
    /// missing; what was asked of a PBX is then looked into at the next start.
    pub async fn written_down_within(&self, time: Duration) -> bool {
        let written = tokio::time::timeout(time, self.written_down()).await;
        matches!(written, Ok(Ok(())))
    }

    /// What a PBX has told lately and what was done there: JSON, a line for each record, with names and numbers taken out. None: it
    /// is not connected.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn flight(&self, pbx: PbxId) -> Result<Option<String>, Stopped> {
        let recording = self.recording(&pbx).await?;
        match recording {
            Some(recording) => Ok(Some(recording.text(pbx).await?)),
            None => Ok(None),
        }
    }

    /// The same as a file in the desk's folder, readable by its owner alone. Tells where it lies.
    ///
    /// # Errors
    /// There is nothing to write, or nowhere to write it to.
    pub async fn export_flight(&self, pbx: PbxId) -> Result<PathBuf, ExportError> {
        let folder = self.folder.as_ref().ok_or(ExportError::NoFolder)?;
        let folder = folder.join("flight");
        let recording = self.recording(&pbx).await?;
        let recording = recording.ok_or(ExportError::NoSuchPbx)?;
        let at = recording.at;
        let text = recording.text(pbx.clone()).await?;
        let written = spawn_blocking(move || flight::write(&folder, &pbx, at, &text)).await;
        Ok(written.map_err(|_| Stopped)??)
    }

    async fn recording(&self, pbx: &PbxId) -> Result<Option<Recording>, Stopped> {
        self.ask(|answer| Request::Flight(pbx.clone(), answer))
            .await
    }

    /// Begins an operation. `Ok` says that it appears in the feed, where its outcome will be told; a refusal says that nothing was sent.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn perform(&self, intent: Intent) -> Result<Result<OperationId, Refusal>, Stopped> {
        self.ask(|answer| Request::Perform(Box::new(intent), answer))
            .await
    }
}

impl Recording {
    /// Some megabytes of JSON: not on the desk's own task.
    async fn text(self, pbx: PbxId) -> Result<String, Stopped> {
        let made =
            spawn_blocking(move || flight::lines(&self.flight, &pbx, self.version.as_deref()));
        made.await.map_err(|_| Stopped)
    }
}
