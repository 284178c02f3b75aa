//! What an operator was told of an operation, in the simulation's own time.

use std::collections::BTreeSet;

use operator::{OperationView, Outcome, Party};

use crate::history::{Hand, History, Write};
use crate::screen::brief;
use crate::seat::{MIDNIGHT, Seat};

/// What stands in the journal goes out within this.
const WRITTEN: u64 = 200;

/// An operation, from the wish to the word.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) view: &'a OperationView,
    pub(super) seat: usize,
    pub(super) begun: u64,
    /// When its end was told.
    pub(super) ended: u64,
    /// When the last write of it can have been made: a program that dies says no more when it had ended.
    pub(super) last: u64,
    /// Its end stands in the journal, and the program died before it was shown.
    pub(super) cut_short: bool,
}

/// Every wish that was taken is shown, with its end; unless the program died before a word of it was written down.
pub(super) fn all(seat: &Seat) -> Result<Vec<Told<'_>>, String> {
    let shown = &seat.screen.operations;
    for wished in &seat.wished {
        let id = wished.intent.id;
        let died = seat.death_after(wished.begun).is_some();
        if !shown.contains_key(&id) && !seat.noted.contains_key(&id) && !died {
            return Err(format!("{id} was taken and never shown"));
        }
    }
    let cut_short = seat.noted.iter().filter(|(id, _)| !shown.contains_key(id));
    let cut_short = cut_short.map(|(_, view)| Ok(Told::cut_short(seat, view)));
    let told = shown.values().map(|view| Told::shown(seat, view));
    told.chain(cut_short).collect()
}

impl<'a> Told<'a> {
    fn shown(seat: &Seat, view: &'a OperationView) -> Result<Self, String> {
        let begun = view.since - MIDNIGHT;
        let ended = view.ended;
        let ended = ended.ok_or_else(|| format!("it has no end: {}", brief(view)))? - MIDNIGHT;
        let mut told = Self {
            view,
            seat: seat.number,
            begun,
            ended,
            last: ended,
            cut_short: false,
        };
        // What came back with a later program ended, as far as that one knows, when it was written down.
        let mut deaths = seat.deaths.iter();
        if told.is_unknown() && deaths.any(|death| death.open.contains(&view.operation)) {
            told.last = ended + WRITTEN;
        }
        Ok(told)
    }

    fn cut_short(seat: &Seat, view: &'a OperationView) -> Self {
        let begun = view.since - MIDNIGHT;
        let ended = seat.death_after(begun).unwrap_or(begun);
        Self {
            view,
            seat: seat.number,
            begun,
            ended,
            last: ended,
            cut_short: true,
        }
    }

    pub(super) fn outcome(&self) -> Option<&'a Outcome> {
        self.view.outcome.as_ref().filter(|_| !self.cut_short)
    }

    pub(super) fn is_unknown(&self) -> bool {
        matches!(self.outcome(), Some(Outcome::Unknown { .. }))
    }

    /// At this one moment.
    pub(super) fn at(&self, moment: u64) -> Self {
        self.between(moment, moment)
    }

    /// The same, looked at in another time.
    pub(super) fn between(&self, begun: u64, ended: u64) -> Self {
        Self {
            begun,
            ended,
            ..*self
        }
    }

    /// From its beginning to the end of the course.
    pub(super) fn and_after(&self) -> Self {
        self.between(self.begun, u64::MAX)
    }

    /// Everybody of whom the operator had read, and the legs it has made.
    fn parties(&self) -> BTreeSet<&str> {
        let preview = &self.view.preview;
        let journeys = preview.journeys.iter().map(|journey| &journey.who);
        let parties = journeys.chain(&preview.about).chain(&preview.released);
        parties
            .filter_map(|party: &Party| party.leg.as_ref())
            .chain(&self.view.legs)
            .map(|leg| leg.key.as_str())
            .collect()
    }

    /// This write may be one of its own.
    pub(super) fn covers(&self, write: &Write, history: &History) -> bool {
        let refused = matches!(self.outcome(), Some(Outcome::Refused { .. }));
        let own = write.by == Hand::Seat(self.seat) && (self.begun..=self.last).contains(&write.at);
        let parties = self.parties();
        let mut legs = write
            .channels()
            .filter_map(|channel| history.uniqueid(channel, write.at));
        own && !refused && legs.all(|leg| parties.contains(leg))
    }

    pub(super) fn writes<'h>(&self, history: &'h History) -> impl Iterator<Item = &'h Write> {
        let writes = history.writes.iter();
        writes.filter(|write| self.covers(write, history))
    }

    /// When the PBX read the first of its writes.
    pub(super) fn first_heard(&self, history: &History) -> Option<u64> {
        let mut heard = self.writes(history).filter(|write| !write.lost);
        heard.next().map(|write| write.at)
    }

    /// For whoever reads that a law is broken.
    pub(super) fn brief(&self) -> String {
        brief(self.view)
    }
}
