//! How the clerk waits for a disk: a seam beside the dialer, so that a simulation can let one be slow in virtual time, and let the
//! program die at any moment of a write.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Something that may wait for a disk.
pub type DiskWork = Box<dyn FnOnce() + Send>;

/// Comes back when it is done; or when it never will be, and the work has been dropped.
pub type DiskWait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where such work is done.
pub trait Disk: Debug + Send + Sync {
    /// Begins it.
    fn work(&self, work: DiskWork) -> DiskWait;
}

/// A disk that several owners hold.
pub type SharedDisk = Arc<dyn Disk>;

/// The computer's own: a thread waits for it.
#[derive(Debug)]
pub(crate) struct ThisComputer;

impl Disk for ThisComputer {
    fn work(&self, work: DiskWork) -> DiskWait {
        let done = tokio::task::spawn_blocking(work);
        Box::pin(async move { drop(done.await) })
    }
}
