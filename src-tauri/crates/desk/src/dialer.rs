//! The desk's only seam: whatever yields a duplex byte stream to an AMI.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use crate::LinkError;

/// A duplex byte stream.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A dial under way.
pub type Dialing = Pin<Box<dyn Future<Output = Result<Box<dyn Stream>, LinkError>> + Send>>;

/// Yields one fresh connection to an AMI each time it is asked.
pub trait Dialer: Debug + Send + Sync {
    /// Begins to connect.
    fn dial(&self) -> Dialing;

    /// What is done behind it happens to people: it goes into the journal. Not so at the practice PBX.
    fn is_for_real(&self) -> bool {
        true
    }
}

/// A dialer that several owners hold.
pub type SharedDialer = Arc<dyn Dialer>;
