//! One connection: a reader that does nothing but drain its socket into memory, and a writer. Asterisk cuts a client that stalls for
//! 100 ms, in mid-message and without notice, so nothing may ever stand between the socket and memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::LinkError;
use crate::dialer::{SharedDialer, Stream};

/// More unread than this is given up and asked for anew: never a silently missing event.
const MOST_UNREAD: usize = 64 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;

/// What a link has to tell.
#[derive(Debug)]
pub(crate) enum LinkNews {
    /// The connection stands.
    Connected(LinkWriter),
    /// Bytes from the PBX.
    Bytes(Vec<u8>),
    /// It did not come about, or has ended.
    Lost(LinkError),
}

/// Where a link's news go, marked with whose they are.
pub(crate) type Post<K> = mpsc::UnboundedSender<(K, LinkNews)>;

/// The way to the PBX. Dropping it closes the connection.
#[derive(Debug)]
pub(crate) struct LinkWriter {
    bytes: mpsc::UnboundedSender<Vec<u8>>,
    unread: Arc<AtomicUsize>,
}

impl LinkWriter {
    pub(crate) fn send(&self, bytes: Vec<u8>) {
        // A writer that has ended has told so by the news of the loss.
        drop(self.bytes.send(bytes));
    }

    /// These bytes have been taken in.
    pub(crate) fn read(&self, bytes: usize) {
        self.unread.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// Dials, then reads until the end. Aborting the task closes the connection.
pub(crate) fn open<K: Clone + Send + Sync + 'static>(
    key: K,
    dialer: &SharedDialer,
    post: Post<K>,
) -> JoinHandle<()> {
    let dialing = dialer.dial();
    tokio::spawn(async move {
        let end = match dialing.await {
            Ok(stream) => run(stream, &key, &post).await,
            Err(error) => error,
        };
        drop(post.send((key, LinkNews::Lost(end))));
    })
}

async fn run<K: Clone + Send + Sync + 'static>(
    stream: Box<dyn Stream>,
    key: &K,
    post: &Post<K>,
) -> LinkError {
    let (reader, writer) = tokio::io::split(stream);
    let (bytes, outgoing) = mpsc::unbounded_channel();
    let unread = Arc::new(AtomicUsize::new(0));
    let handle = LinkWriter {
        bytes,
        unread: Arc::clone(&unread),
    };
    if post
        .send((key.clone(), LinkNews::Connected(handle)))
        .is_err()
    {
        return LinkError::Closed;
    }
    tokio::select! {
        end = drain(reader, &unread, key, post) => end,
        end = write(writer, outgoing) => end,
    }
}

async fn drain<K: Clone>(
    mut reader: ReadHalf<Box<dyn Stream>>,
    unread: &AtomicUsize,
    key: &K,
    post: &Post<K>,
) -> LinkError {
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = match reader.read(&mut buffer).await {
            Ok(0) | Err(_) => return LinkError::Closed,
            Ok(count) => count,
        };
        if unread.fetch_add(count, Ordering::Relaxed) + count > MOST_UNREAD {
            let detail =
                "more arrived than could be kept; the picture is being read again".to_owned();
            return LinkError::Protocol { detail };
        }
        if post
            .send((key.clone(), LinkNews::Bytes(buffer[..count].to_vec())))
            .is_err()
        {
            return LinkError::Closed;
        }
    }
}

async fn write(
    mut writer: WriteHalf<Box<dyn Stream>>,
    mut outgoing: mpsc::UnboundedReceiver<Vec<u8>>,
) -> LinkError {
    while let Some(bytes) = outgoing.recv().await {
        if writer.write_all(&bytes).await.is_err() || writer.flush().await.is_err() {
            return LinkError::Closed;
        }
    }
    drop(writer.shutdown().await);
    LinkError::Closed
}
