//! The consultations of one PBX: followed until they are over, and kept in the journal, so that a caller who waits to music is not forgotten
//! when this program ends.

use board::Ref;
use operator::{Consultation, Intent, KeptConsultation, Verb};
use uuid::Uuid;

use super::Exchange;
use crate::clock::Now;
use crate::journal::Consulting;

impl Exchange {
    /// What has been begun is followed; a caller who is left alone comes back to the operator.
    pub(super) fn watch_consultations(&mut self, now: Now) {
        self.plans.note_consultations();
        if !self.is_live() {
            return;
        }
        let before: Vec<_> = self.kept_consultations().collect();
        self.resume_consultations(now);
        let alone = self.observe_consultations(now);
        self.write_down(&before, now);
        for (verb, subject) in alone {
            self.fetch(verb, subject, now);
        }
    }

    /// Who is left alone, and how they come back.
    fn observe_consultations(&mut self, now: Now) -> Vec<(Verb, Ref)> {
        let (board, pending) = (&self.board, self.plans.pending(None));
        let before = self.plans.consultations.len();
        let mut alone = Vec::new();
        for plan in self.plans.all.values().map(|running| &running.plan) {
            let all = self.plans.consultations.iter_mut();
            all.for_each(|consultation| consultation.follow(plan));
        }
        for consultation in &mut self.plans.consultations {
            if consultation.is_pending(&pending) {
                consultation.is_moved();
            } else if consultation.observe(board, now.millis) {
                alone.push((consultation.fetches(board), consultation.alone(board)));
            }
        }
        let ended = |one: &Consultation| one.has_ended(board, now.millis);
        self.plans.consultations.retain(|one| !ended(one));
        self.changed |= self.plans.consultations.len() != before;
        alone
    }

    fn kept_consultations(&self) -> impl Iterator<Item = KeptConsultation> {
        let all = self.plans.consultations.iter();
        all.filter_map(Consultation::kept)
    }

    /// The journal learns who has answered, and what is over.
    fn write_down(&self, before: &[KeptConsultation], now: Now) {
        let after: Vec<_> = self.kept_consultations().collect();
        for old in before {
            let id = old.operation();
            if after.iter().all(|one| one.operation() != id) {
                self.keeping.consulted(id, now);
            }
        }
        for new in after.into_iter().filter(|new| !before.contains(new)) {
            self.keeping.consulting(self.consulting(new), now);
        }
    }

    fn consulting(&self, consultation: KeptConsultation) -> Consulting {
        let boot = self.boot.clone();
        Consulting { boot, consultation }
    }

    /// Takes over a consultation of an earlier run, or of an earlier connection.
    pub(crate) fn adopt_consultation(&mut self, one: Consulting, now: Now) {
        let id = one.consultation.operation();
        let known = self.plans.consultations.iter();
        if known.map(Consultation::operation).all(|known| known != id) {
            self.plans.broken_off.push(one);
        }
        self.watch_consultations(now);
    }

    /// Lets go of a PBX: whoever waits there waits on, until it is connected to again.
    pub(crate) fn abandon_consultations(&mut self) -> Vec<Consulting> {
        let mut all = std::mem::take(&mut self.plans.broken_off);
        all.extend(self.kept_consultations().map(|one| self.consulting(one)));
        self.plans.consultations.clear();
        all
    }

    /// Now that the picture is the PBX's: what is not over goes on. No call outlives the run of a PBX.
    fn resume_consultations(&mut self, now: Now) {
        for Consulting { boot, consultation } in std::mem::take(&mut self.plans.broken_off) {
            let id = consultation.operation();
            let same_run = !self.boot.is_another(&boot);
            let resumed = same_run.then(|| Consultation::resumed(consultation, &self.board));
            match resumed.flatten() {
                Some(consultation) => self.plans.consultations.push(consultation),
                None => self.keeping.consulted(id, now),
            }
            self.changed = true;
        }
    }

    /// Who was left alone comes back to the operator; where my own leg cannot be had, as a call to my phone.
    fn fetch(&mut self, verb: Verb, subject: Ref, now: Now) {
        let wish = |verb| Intent::new(Uuid::new_v4(), verb, subject.clone());
        let mut begun = self.perform(wish(verb), now);
        if begun.is_err() && verb != Verb::Take {
            begun = self.perform(wish(Verb::Take), now);
        }
        let Err(refusal) = begun else { return };
        tracing::warn!(pbx = %self.pbx(), ?refusal, "who was left alone could not be brought back");
        let mut all = self.plans.consultations.iter_mut();
        if let Some(one) = all.find(|one| one.has(&subject)) {
            one.not_fetched(now.millis);
        }
    }
}
