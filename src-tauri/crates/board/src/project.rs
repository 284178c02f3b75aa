//! The board to the picture: one projection for everything the operator sees.

mod busy;
mod call;
mod ended;
mod extension;
mod owners;
mod parked;
mod place;
mod queue;
mod show;
mod trunk;

use ami::event::DialStatus;

use crate::board::Board;
use crate::feed::Picture;
use crate::id::{Ref, RefKind};
use crate::view::Thing;
use busy::Busy;
pub(crate) use owners::Owners;
pub(crate) use show::Shown;
pub(crate) use trunk::is_named_as_line;

impl Board {
    /// Everything the operator sees of this PBX, made from nothing. [`Board::show`] gives the same, and makes only what has changed.
    #[must_use]
    pub fn picture(&self) -> Picture<Thing> {
        let owners = self.owners();
        let mut busy = Busy::default();
        let mut things = Vec::new();
        for call in self.calls().iter().filter(|call| self.is_somebody(call)) {
            let view = self.call_view(call, &owners);
            busy.add(&view);
            things.push(Thing::Call(view));
        }
        let people = owners.people.iter();
        let people = people.filter_map(|person| self.person_view(person, &busy));
        things.extend(people.map(Thing::Extension));
        let queues = self.queues.iter();
        things.extend(
            queues.map(|(name, queue)| Thing::Queue(self.queue_view(name, queue, &busy, &owners))),
        );
        self.places(&owners, |thing| things.push(thing));
        let lines = self.line_views(&busy, &owners, |_| true);
        things.extend(lines.chain(self.registration_views()).map(Thing::Trunk));
        things
            .into_iter()
            .map(|thing| (thing.id().clone(), thing))
            .collect()
    }

    /// What there is little of: it is made anew for each picture.
    fn places(&self, owners: &Owners, mut add: impl FnMut(Thing)) {
        for (id, parked) in &self.parked {
            add(Thing::Parked(self.parked_view(id, parked, owners)));
        }
        self.conference_views(owners)
            .into_iter()
            .for_each(|room| add(Thing::Conference(room)));
        self.agent_views()
            .for_each(|agent| add(Thing::Agent(agent)));
        self.ended_views(owners)
            .for_each(|ended| add(Thing::Ended(ended)));
    }

    /// A channel's place in the picture.
    #[must_use]
    pub fn leg(&self, uniqueid: &str) -> Ref {
        Ref::new(RefKind::Leg, &self.pbx, uniqueid)
    }

    /// How many calls there are.
    #[must_use]
    pub fn call_count(&self) -> usize {
        self.calls().len()
    }

    /// Is this dial still open, and alerting?
    #[must_use]
    pub fn is_ringing(&self, dest: &str) -> bool {
        self.dials
            .to(dest)
            .is_some_and(|dial| dial.status == DialStatus::Ringing)
    }
}
