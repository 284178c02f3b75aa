//! News of queues is of the class `agent` (`apps/app_queue.c`). An account that may not read it is told so by nobody, and its queues would
//! look for ever as they did when they were read. What gives it away: a reading finds callers who came or went without a word.

use std::collections::BTreeSet;

use super::Exchange;
use crate::Blind;

/// No list: the event that does not come, as this blind spot is named after.
pub(super) const NO_QUEUE_NEWS: &str = "QueueCallerJoin";

/// What this login has heard of queues.
#[derive(Debug, Default)]
pub(super) struct QueueNews {
    heard: bool,
    /// Who waited when the queues began to be read again.
    before: Option<BTreeSet<String>>,
}

impl Exchange {
    /// Queue news does come; what a reading found before was only on its way.
    pub(super) fn queue_event(&mut self) {
        self.queue_news.heard = true;
        self.blind.retain(|blind| blind.action != NO_QUEUE_NEWS);
    }

    /// The queues are about to be read once more.
    pub(super) fn expect_queues(&mut self) {
        self.queue_news.before = Some(self.queue_callers());
    }

    /// They have been read.
    pub(super) fn queues_read(&mut self) {
        let Some(before) = self.queue_news.before.take() else {
            return;
        };
        let now = self.queue_callers();
        let came = now.difference(&before).next().is_some();
        // Whoever has hung up, or is connected now, was seen to leave by other news.
        let went = before.difference(&now).any(|id| self.waits_no_more(id));
        let known = self.blind.iter().any(|blind| blind.action == NO_QUEUE_NEWS);
        if (came || went) && !self.queue_news.heard && !known {
            self.blind.push(Blind {
                action: NO_QUEUE_NEWS.to_owned(),
                message: "callers came or went without any news of it: queues are as of their last reading; \
                          does the account have read = agent?"
                    .to_owned(),
            });
        }
    }

    fn queue_callers(&self) -> BTreeSet<String> {
        let channels = self.board.channels().map(|(id, _)| id);
        let waiting = channels.filter(|id| self.board.is_queued(id));
        waiting.map(str::to_owned).collect()
    }

    fn waits_no_more(&self, uniqueid: &str) -> bool {
        let channel = self.board.channel(uniqueid);
        channel.is_some_and(|channel| channel.bridge_id().is_none())
    }
}
