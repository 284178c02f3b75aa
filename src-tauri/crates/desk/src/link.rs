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
        biased;
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::dialer::{Dialer, Dialing};

    /// One end of a pipe, given out once.
    #[derive(Debug)]
    struct Pipe(Mutex<Option<tokio::io::DuplexStream>>);

    impl Dialer for Pipe {
        fn dial(&self) -> Dialing {
            let near = self.0.lock().expect("no panic").take();
            let near = near.expect("dialled once");
            Box::pin(async move { Ok(Box::new(near) as Box<dyn Stream>) })
        }
    }

    /// What became of a link through which one chunk more than may be kept came; `takes`: the owner takes everything in as it comes.
    async fn flooded(takes: bool) -> (usize, LinkError) {
        let (near, mut far) = tokio::io::duplex(1024 * 1024);
        let (post, mut news) = mpsc::unbounded_channel();
        let dialer: SharedDialer = Arc::new(Pipe(Mutex::new(Some(near))));
        drop(open((), &dialer, post));
        let flood = tokio::spawn(async move {
            let chunk = vec![b'x'; CHUNK];
            for _ in 0..=MOST_UNREAD / CHUNK {
                if far.write_all(&chunk).await.is_err() {
                    return;
                }
            }
        });
        if !takes {
            flood.await.expect("no panic");
        }
        let (mut writer, mut kept) = (None, 0);
        while let Some(((), told)) = news.recv().await {
            match told {
                LinkNews::Connected(handle) => writer = Some(handle),
                LinkNews::Bytes(bytes) => {
                    kept += bytes.len();
                    writer.iter().for_each(|writer| writer.read(bytes.len()));
                }
                LinkNews::Lost(error) => return (kept, error),
            }
        }
        panic!("a link that ends says so")
    }

    #[tokio::test]
    async fn what_comes_faster_than_it_can_be_kept_ends_the_link_and_nothing_before_it_is_missing()
    {
        let (kept, error) = flooded(false).await;
        assert!(
            (MOST_UNREAD - CHUNK..=MOST_UNREAD).contains(&kept),
            "{kept}"
        );
        assert!(matches!(error, LinkError::Protocol { .. }), "{error:?}");
    }

    #[tokio::test]
    async fn an_owner_that_keeps_up_is_never_cut_off() {
        let (kept, error) = flooded(true).await;
        assert_eq!(kept, MOST_UNREAD + CHUNK);
        assert_eq!(error, LinkError::Closed);
    }
}
