//! The way of an operation into the journal: asked, before a byte of it goes out; written, answered and ended, when it is.

use ami::Request;
use board::Millis;
use operator::{Answer, OperationId, Outcome, Verb};

use super::Exchange;
use super::plans::{Running, Waits};
use crate::clock::Now;
use crate::journal::{Asked, Consulting, Entry, Journal, JournalNews, JournalState, Reading};

pub(super) use crate::journal::words;

/// Nobody who answers calls is held up by a disk for longer than this.
const PATIENCE: Millis = 150;

/// The journal as one PBX knows it.
#[derive(Debug, Clone)]
pub(crate) struct Keeping {
    journal: Option<Journal>,
    state: JournalState,
    /// A file of an earlier run that was put aside.
    aside: Option<String>,
    /// Up to this entry it has been tried.
    upto: u64,
}

impl Keeping {
    pub(crate) fn with(journal: Option<Journal>) -> Self {
        let state = match &journal {
            Some(_) => JournalState::Kept { aside: None },
            None => JournalState::Off,
        };
        Self {
            journal,
            state,
            aside: None,
            upto: 0,
        }
    }

    pub(super) fn state(&self) -> &JournalState {
        &self.state
    }

    /// Under this number it will be on the disk. None: no journal is kept.
    fn note(&self, entry: Entry, now: Now) -> Option<u64> {
        let journal = self.journal.as_ref()?;
        Some(journal.write(now.millis, entry))
    }

    pub(super) fn answered(&self, operation: OperationId, answer: &Answer<'_>, now: Now) {
        let answer = match answer {
            Answer::Reply(reply) if reply.accepted => format!("Success: {}", reply.message),
            Answer::Reply(reply) => format!("Error: {}", reply.message),
            Answer::Expired => "no answer in time".to_owned(),
            Answer::NotSent => "not sent: a value that AMI cannot carry".to_owned(),
        };
        self.note(Entry::Answered { operation, answer }, now);
    }

    pub(super) fn settled(&self, operation: OperationId, found: operator::Found, now: Now) {
        self.note(Entry::settled(operation, found), now);
    }

    pub(super) fn ended(&self, operation: OperationId, outcome: &Outcome, now: Now) {
        self.note(Entry::ended(operation, outcome), now);
    }

    /// Three legs that belong together.
    pub(super) fn consulting(&self, consulting: Consulting, now: Now) -> Option<u64> {
        self.note(Entry::Consulting(Box::new(consulting)), now)
    }

    /// They do no more.
    pub(super) fn consulted(&self, operation: OperationId, now: Now) {
        self.note(Entry::Consulted { operation }, now);
    }

    /// True: it is shown otherwise than before.
    pub(crate) fn take(&mut self, news: &JournalNews) -> bool {
        if self.journal.is_none() {
            return false;
        }
        if let JournalNews::Durable(upto) | JournalNews::Failing { upto, .. } = news {
            self.upto = self.upto.max(*upto);
        }
        let state = match news {
            JournalNews::Opened(Reading { aside, .. }) => {
                self.aside = aside.clone().or(self.aside.take());
                self.kept()
            }
            JournalNews::Durable(_) => self.kept(),
            JournalNews::Failing { reason, .. } => JournalState::Failing {
                reason: reason.clone(),
            },
        };
        let is_other = self.state != state;
        self.state = state;
        is_other
    }

    /// The last entry, if it is not known to stand in the journal.
    pub(crate) fn behind(&self) -> Option<u64> {
        let last = self.journal.as_ref().map(Journal::last)?;
        (last > self.upto).then_some(last)
    }

    fn kept(&self) -> JournalState {
        JournalState::Kept {
            aside: self.aside.clone(),
        }
    }
}

impl Exchange {
    /// A plan that is ready to write goes into the journal first; without one it writes at once.
    pub(super) fn write_or_wait(&mut self, id: OperationId, now: Now) {
        let Some(running) = self.plans.all.get_mut(&id) else {
            return;
        };
        if !running.plan.awaits_journal() || running.waits.is_some() {
            return;
        }
        let plan = &running.plan;
        let profile = &self.connection.profile;
        let asked = Asked::new(
            (&profile.pbx, &self.boot),
            (&profile.user, profile.me.as_deref()),
            plan.intent(),
            plan.remembered(&self.board),
            &plan.draft(&self.board),
        );
        let begins = plan.consults(now.millis);
        let consultation = begins.and_then(|begins| begins.kept());
        let asked = self.keeping.note(Entry::Asked(Box::new(asked)), now);
        let consulting = consultation.and_then(|consultation| {
            let boot = self.boot.clone();
            self.keeping
                .consulting(Consulting { boot, consultation }, now)
        });
        match consulting.or(asked) {
            Some(number) => {
                let until = now.millis + PATIENCE;
                running.waits = Some(Waits { number, until });
            }
            None => self.write_plan(id, now),
        }
    }

    /// What stands in the journal is written, after one more look at the world.
    pub(crate) fn journal_news(&mut self, news: &JournalNews, now: Now) {
        self.changed |= self.keeping.take(news);
        let upto = match news {
            JournalNews::Durable(upto) | JournalNews::Failing { upto, .. } => *upto,
            JournalNews::Opened(_) => return,
        };
        self.write_waiting(|waits| waits.number <= upto, now);
    }

    /// What has waited for the disk long enough is written all the same.
    pub(super) fn write_overdue(&mut self, now: Now) {
        self.write_waiting(|waits| waits.until <= now.millis, now);
    }

    fn write_waiting(&mut self, may: impl Fn(&Waits) -> bool, now: Now) {
        let waiting = self.plans.all.iter();
        let ready: Vec<_> = waiting
            .filter(|(_, running)| running.waits.as_ref().is_some_and(&may))
            .map(|(id, _)| *id)
            .collect();
        if ready.is_empty() {
            return;
        }
        ready.into_iter().for_each(|id| self.write_plan(id, now));
        self.tell_of_plans(now);
        // Before the PBX can do anything: where they stand now is where they stood before.
        self.tell_net(now);
        self.transmit();
    }

    /// The one write of an operation.
    fn write_plan(&mut self, id: OperationId, now: Now) {
        let Some(mut running) = self.plans.all.remove(&id) else {
            return;
        };
        running.waits = None;
        let pending = self.plans.pending(Some(id));
        self.board.show();
        let kept = running.plan.remembered(&self.board);
        let requests = running.plan.journaled(self.scene(&pending), now.millis);
        if !requests.is_empty() {
            running.kept = Some((kept, self.boot.clone()));
        }
        self.plans.all.insert(id, running);
        self.changed = true;
        self.send_plan(id, requests, now);
    }

    fn send_plan(&mut self, operation: OperationId, requests: Vec<Request>, now: Now) {
        let actions = self.ask_for_plan(operation, requests, now);
        for words in &actions {
            self.flight.said(words.clone(), now.millis);
        }
        if !actions.is_empty() {
            self.keeping
                .note(Entry::Written { operation, actions }, now);
        }
    }

    /// The journal learns what has become of each operation since it was told last.
    pub(super) fn tell_of_plans(&mut self, now: Now) {
        for (id, running) in &mut self.plans.all {
            let Running { plan, told, .. } = running;
            let stands = plan.stands();
            if *told == stands {
                continue;
            }
            if let Some(outcome) = plan.outcome().filter(|_| told.0 != stands.0) {
                self.keeping.ended(*id, outcome, now);
                let nothing_begun = plan.consultation().is_none();
                if nothing_begun && plan.intent().verb == Verb::Consult {
                    self.keeping.consulted(*id, now);
                }
            }
            if let Some(after) = stands.1.filter(|after| told.1 != Some(*after)) {
                self.keeping.note(Entry::became(*id, after), now);
            }
            self.flight.operation(plan.view(), now.millis);
            *told = stands;
        }
    }
}
