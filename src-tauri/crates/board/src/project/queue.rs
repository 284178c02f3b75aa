//! Queues, as the operator sees them.

use crate::board::Board;
use crate::id::{Ref, RefKind};
use crate::queue::{Member, Queue};
use crate::view::{MemberView, QueueCallerView, QueueView};

use super::Owners;
use super::busy::{Busy, seen};

impl Board {
    pub(super) fn queue_view(
        &self,
        name: &str,
        queue: &Queue,
        busy: &Busy,
        owners: &Owners,
    ) -> QueueView {
        let mut callers: Vec<_> = queue
            .callers
            .iter()
            .map(|(id, waiting)| {
                let (name, number) = self.person_at(id);
                QueueCallerView {
                    leg: self.leg(id),
                    position: waiting.position,
                    since: waiting.since,
                    priority: waiting.priority,
                    name,
                    number,
                }
            })
            .collect();
        callers.sort_by_key(|caller| caller.position);
        let members = queue.members.iter();
        let figures = &queue.figures;
        QueueView {
            id: Ref::new(RefKind::Queue, &self.pbx, name),
            name: name.to_owned(),
            number: queue.number.clone(),
            callers,
            members: members
                .map(|(interface, member)| self.member_view(interface, member, busy, owners))
                .collect(),
            strategy: figures.strategy.clone(),
            completed: figures.completed,
            abandoned: figures.abandoned,
            hold_time: figures.hold_time,
            talk_time: figures.talk_time,
            service_level: figures.service_level,
            within: figures.within,
        }
    }

    fn member_view(
        &self,
        interface: &str,
        member: &Member,
        busy: &Busy,
        owners: &Owners,
    ) -> MemberView {
        let device = member.state_interface.as_deref().unwrap_or(interface);
        let extension = match device.strip_prefix("hint:") {
            Some(hint) => self.hinted(hint),
            None => owners.of(device).map(|owner| owner.id.clone()),
        };
        let call = extension
            .as_ref()
            .and_then(|extension| busy.first_of(extension));
        let doing = extension
            .as_ref()
            .and_then(|extension| busy.doing(extension));
        MemberView {
            interface: interface.to_owned(),
            name: member.name.clone(),
            state: seen(member.state, doing),
            paused: member.paused,
            paused_since: member.paused_since,
            reason: member.reason.clone(),
            penalty: member.penalty,
            ring_in_use: member.ring_in_use,
            dynamic: member.dynamic,
            last_call: member.last_call,
            taken: member.taken,
            in_call: member.in_call,
            call: call.cloned(),
            extension,
        }
    }

    /// `106@hints`, as a member's state interface names it.
    fn hinted(&self, hint: &str) -> Option<Ref> {
        let (exten, context) = hint.split_once('@')?;
        let known = self.extensions.get(exten)?.contains_key(context);
        known.then(|| Ref::extension(&self.pbx, exten, context))
    }
}
