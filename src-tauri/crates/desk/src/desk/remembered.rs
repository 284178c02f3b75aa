//! What the journal tells: how far it stands, and what earlier runs have begun.

use super::Owner;
use crate::clock::Now;
use crate::exchange::Adrift;
use crate::journal::{JournalNews, Reading};

impl Owner {
    pub(super) fn journal_news(&mut self, news: JournalNews, now: Now) {
        self.keeping.take(&news);
        if let JournalNews::Durable(upto) | JournalNews::Failing { upto, .. } = &news {
            let ready = self.waiting.extract_if(.., |(number, _)| *number <= *upto);
            ready.for_each(|(_, answer)| answer.send(()).unwrap_or_default());
        }
        for exchange in self.exchanges.values_mut() {
            exchange.journal_news(&news, now);
        }
        if let JournalNews::Opened(reading) = news {
            let Reading { open, known, .. } = reading;
            self.consulting.extend(reading.consulting);
            known.into_iter().for_each(|id| self.performed.remember(id));
            self.adrift.extend(open.into_iter().map(Adrift::from));
            self.hand_out(now);
        }
        self.begin_early(now);
    }

    /// What was wished before it was known what earlier runs have begun.
    pub(super) fn begin_early(&mut self, now: Now) {
        for (intent, answer) in self.early.all() {
            drop(answer.send(self.perform(intent, now)));
            self.postpone(now);
        }
    }

    /// What is adrift goes to its PBX.
    pub(super) fn hand_out(&mut self, now: Now) {
        for adrift in std::mem::take(&mut self.adrift) {
            match self.exchanges.get_mut(adrift.pbx()) {
                Some(exchange) => exchange.adopt(adrift, now),
                None => self.adrift.push(adrift),
            }
        }
        for one in std::mem::take(&mut self.consulting) {
            match self.exchanges.get_mut(one.consultation.pbx()) {
                Some(exchange) => exchange.adopt_consultation(one, now),
                None => self.consulting.push(one),
            }
        }
    }
}
