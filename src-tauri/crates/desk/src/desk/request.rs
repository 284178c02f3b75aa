//! What somebody asks of the desk, and what is answered.

use board::Ref;
use operator::{Intent, Offers, OperationId, Preview, Refusal};

use super::{ANSWER, LONGEST_WAIT, Owner};
use crate::clock::Now;
use crate::exchange::Exchange;
use crate::handle::{Connection, Request};

impl Owner {
    pub(super) fn request(&mut self, request: Request, now: Now) {
        match request {
            Request::Connect(connection) => self.connect(*connection, now),
            Request::Disconnect(pbx) => {
                if let Some(mut exchange) = self.exchanges.remove(&pbx) {
                    self.adrift.extend(exchange.abandon(now));
                    self.consulting.extend(exchange.abandon_consultations());
                    self.gone.extend(exchange.goes());
                    self.changed = true;
                }
                self.flush();
            }
            Request::Subscribe(answer) => {
                self.flush();
                drop(answer.send(self.subscribers.add(self.epoch, &self.feed)));
            }
            Request::Offers(subject, answer) => drop(answer.send(self.offers(&subject))),
            Request::Preview(intent, answer) => drop(answer.send(self.preview(&intent))),
            Request::WrittenDown(answer) => match self.keeping.behind() {
                Some(number) => self.waiting.push((number, answer)),
                None => answer.send(()).unwrap_or_default(),
            },
            Request::Why(call, answer) => {
                let exchange = self.exchanges.get_mut(&call.pbx);
                drop(answer.send(exchange.map(|exchange| exchange.why(call))));
            }
            Request::Flight(pbx, answer) => {
                let exchange = self.exchanges.get(&pbx);
                drop(answer.send(exchange.map(|exchange| exchange.recording(now))));
            }
            Request::DismissGap(pbx) => {
                if let Some(exchange) = self.exchanges.get_mut(&pbx) {
                    exchange.dismiss_gap();
                }
            }
            Request::Dismiss(id) => {
                if let Some(exchange) = self.exchanges.get_mut(&id.pbx) {
                    exchange.dismiss(&id, now);
                }
            }
            Request::Label(leg, text, answer) => {
                let exchange = self.exchanges.get_mut(&leg.pbx);
                let there = exchange.is_some_and(|exchange| exchange.label(&leg, &text));
                let _ = answer.send(there);
            }
            Request::TakeBack(operation, answer) => {
                let mut all = self.exchanges.values_mut();
                let taken = all.any(|exchange| exchange.take_back(operation, now));
                let _ = answer.send(taken);
            }
            Request::Perform(intent, answer) => {
                if let Some((intent, answer)) = self.early.keep(*intent, answer) {
                    drop(answer.send(self.perform(intent, now)));
                    self.postpone(now);
                }
            }
        }
    }

    /// The PBX's answer to the check, and the write that follows it, go before the next picture; but never for long.
    pub(super) fn postpone(&mut self, now: Now) {
        let first = *self.postponed.get_or_insert(now.instant);
        let asked = (now.instant + ANSWER).min(first + LONGEST_WAIT);
        self.flush_at = self.flush_at.max(asked);
    }

    fn connect(&mut self, connection: Connection, now: Now) {
        let pbx = connection.profile.pbx.clone();
        let mut exchange = Exchange::new(connection, &self.keeping, now);
        if let Some(old) = self.exchanges.remove(&pbx) {
            exchange.replace(old, now);
        }
        exchange.tick(now, &self.post, &mut self.chance);
        self.epoch += 1;
        self.exchanges.insert(pbx, exchange);
        self.hand_out(now);
    }

    fn offers(&mut self, subject: &Ref) -> Offers {
        let nothing = || Offers {
            subject: subject.clone(),
            seen: None,
            offers: Vec::new(),
        };
        self.exchanges
            .get_mut(&subject.pbx)
            .map_or_else(nothing, |exchange| exchange.offers(subject))
    }

    fn preview(&mut self, intent: &Intent) -> Preview {
        let nothing = || Preview::refused(intent.verb, Refusal::Gone);
        self.exchanges
            .get_mut(&intent.subject.pbx)
            .map_or_else(nothing, |exchange| exchange.preview(intent))
    }

    /// The same gesture twice is one operation, for as long as anybody could mean it.
    pub(super) fn perform(&mut self, intent: Intent, now: Now) -> Result<OperationId, Refusal> {
        let elsewhere = |target: &Option<Ref>| {
            target
                .as_ref()
                .is_some_and(|target| target.pbx != intent.subject.pbx)
        };
        if elsewhere(&intent.target) || elsewhere(&intent.second) {
            return Err(Refusal::NotATarget);
        }
        if self.performed.has(intent.id) {
            return Ok(intent.id);
        }
        let id = self
            .exchanges
            .get_mut(&intent.subject.pbx)
            .ok_or(Refusal::Gone)?
            .perform(intent, now)?;
        self.performed.remember(id);
        Ok(id)
    }
}
