//! Operations whose end nobody saw: the link was lost after the write, or the program ended. They are shown as unknown, looked into when
//! their PBX is live, and never sent again.

use board::{Millis, PbxId};
use operator::{Found, OperationId, Outcome, Unsettled};

use super::Exchange;
use super::boot::Boot;
use crate::clock::Now;
use crate::journal::OpenEntry;

/// One of them, and the run of the PBX it was written to.
#[derive(Debug)]
pub(crate) struct Adrift {
    pub(super) operation: Unsettled,
    boot: Boot,
}

impl From<OpenEntry> for Adrift {
    fn from(OpenEntry { at, asked }: OpenEntry) -> Self {
        Self {
            operation: Unsettled::new(asked.operation, at),
            boot: asked.boot,
        }
    }
}

impl Adrift {
    /// Whose it is.
    pub(crate) fn pbx(&self) -> &PbxId {
        &self.operation.remembered().id.pbx
    }

    fn id(&self) -> OperationId {
        self.operation.remembered().operation
    }
}

impl super::plans::Plans {
    /// When to look the next time, while the picture is live.
    pub(super) fn unsettled_due(&self) -> Option<Millis> {
        let all = self.unsettled.values();
        all.filter_map(|adrift| adrift.operation.due()).min()
    }

    /// The link is gone. Which operations nobody will see the end of.
    fn link_lost(&mut self, now: Millis) {
        for adrift in self.unsettled.values_mut() {
            adrift.operation.link_lost();
        }
        for running in self.all.values_mut() {
            running.waits = None;
            running.plan.link_lost(now);
        }
        self.note_consultations();
    }

    /// Those that are unknown now, out of the plans and among the unsettled.
    fn set_adrift(&mut self) {
        let unknown = |outcome: Option<&Outcome>| matches!(outcome, Some(Outcome::Unknown { .. }));
        let lost = self
            .all
            .extract_if(.., |_, running| unknown(running.plan.outcome()));
        let lost = lost.filter_map(|(id, running)| {
            let (kept, boot) = running.kept?;
            let since = running.plan.ended_at().unwrap_or(kept.since);
            let operation = Unsettled::new(kept, since);
            Some((id, Adrift { operation, boot }))
        });
        self.unsettled.extend(lost);
    }
}

impl Exchange {
    /// The link is gone: what was written may have happened.
    pub(super) fn plans_lost(&mut self, now: Now) {
        self.plans.link_lost(now.millis);
        self.tell_of_plans(now);
        self.tell_net(now);
        self.plans.set_adrift();
    }

    /// Takes over an operation of an earlier run, or of an earlier connection. One that is known already is the same.
    pub(crate) fn adopt(&mut self, adrift: Adrift, now: Now) {
        let id = adrift.id();
        if self.plans.all.contains_key(&id) {
            return;
        }
        self.plans.unsettled.entry(id).or_insert(adrift);
        self.changed = true;
        self.look_at_unsettled(now);
    }

    /// Lets go of a PBX: nobody will see the end of what is under way, until it is connected to again.
    pub(crate) fn abandon(&mut self, now: Now) -> Vec<Adrift> {
        self.plans_lost(now);
        let all = std::mem::take(&mut self.plans.unsettled).into_values();
        all.filter(|adrift| adrift.operation.settled().is_none())
            .collect()
    }

    /// Looks into them, once the picture is the PBX's.
    pub(super) fn look_at_unsettled(&mut self, now: Now) {
        if !self.is_live() {
            return;
        }
        let mut found: Vec<(OperationId, Found)> = Vec::new();
        for (id, adrift) in &mut self.plans.unsettled {
            let restarted = self.boot.is_another(&adrift.boot);
            let told = adrift.operation.look(&self.board, restarted, now.millis);
            found.extend(told.map(|told| (*id, told)));
        }
        self.changed |= !found.is_empty();
        for (id, found) in found {
            tracing::info!(pbx = %self.pbx(), operation = %id, ?found, "found of an operation nobody saw the end of");
            self.keeping.settled(id, found, now);
            if let Some(adrift) = self.plans.unsettled.get(&id) {
                self.flight.operation(adrift.operation.view(), now.millis);
            }
        }
    }
}
