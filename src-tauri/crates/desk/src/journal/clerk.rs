//! The clerk: writes what has come, all of it at once, where it may wait for the disk, and tells up to which entry it stands.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::book::Book;
use super::disk::SharedDisk;
use super::{JournalNews, Note};

/// A disk that was full is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// What a disk that stays full keeps in memory; the oldest goes.
const MOST_UNWRITTEN: usize = 4096;

#[derive(Debug)]
struct Clerk {
    folder: PathBuf,
    book: Option<Book>,
    unwritten: VecDeque<Note>,
}

/// Until nobody writes to it any more.
pub(super) async fn run(
    folder: PathBuf,
    disk: SharedDisk,
    mut notes: mpsc::UnboundedReceiver<Note>,
    post: mpsc::UnboundedSender<JournalNews>,
) {
    let mut clerk = Clerk {
        folder,
        book: None,
        unwritten: VecDeque::new(),
    };
    let mut taken = Vec::new();
    loop {
        let batch = std::mem::take(&mut taken);
        let (done, back) = oneshot::channel();
        disk.work(Box::new(move || drop(done.send(clerk.work(batch)))))
            .await;
        let Ok((back, news)) = back.await else {
            return;
        };
        clerk = back;
        news.into_iter().for_each(|news| drop(post.send(news)));
        let came = match clerk.is_behind() {
            true => tokio::time::timeout(AGAIN, notes.recv_many(&mut taken, 256)).await,
            false => Ok(notes.recv_many(&mut taken, 256).await),
        };
        if came == Ok(0) {
            return;
        }
    }
}

impl Clerk {
    fn is_behind(&self) -> bool {
        self.book.is_none() || !self.unwritten.is_empty()
    }

    fn work(mut self, batch: Vec<Note>) -> (Self, Vec<JournalNews>) {
        self.unwritten.extend(batch);
        let mut news = Vec::new();
        if let Err(error) = self.write(&mut news) {
            tracing::warn!(%error, "the journal cannot be written");
            let beyond = self.unwritten.len().saturating_sub(MOST_UNWRITTEN);
            let upto = self.unwritten.back().map_or(0, |note| note.number);
            self.unwritten.drain(..beyond);
            let reason = error.to_string();
            news.push(JournalNews::Failing { upto, reason });
        }
        (self, news)
    }

    fn write(&mut self, news: &mut Vec<JournalNews>) -> std::io::Result<()> {
        let book = match &mut self.book {
            Some(book) => book,
            None => {
                let (mut book, reading) = Book::open(&self.folder)?;
                book.make_ready();
                news.push(JournalNews::Opened(reading));
                self.book.insert(book)
            }
        };
        let notes = self.unwritten.iter();
        let entries: Vec<_> = notes.map(|note| (note.at, note.entry.clone())).collect();
        book.append(&entries)?;
        if let Some(last) = self.unwritten.drain(..).next_back() {
            news.push(JournalNews::Durable(last.number));
        }
        Ok(())
    }
}
