//! Rows that cannot be: asked about once more, explained, and never removed by guess.

mod question;
mod suspect;
mod view;

use std::collections::BTreeMap;

use board::{Millis, PbxId, Ref, RefKind};

use super::sight::Sight;
pub use question::{ListedChannel, StatusSays, StuckQuestion};
use suspect::{PATIENCE, Suspect, oddity};
pub use view::{StuckVerdict, StuckView, StuckWhy};

/// At most one question in this time, whatever looks odd.
const APART: Millis = 60_000;
/// Who has been found to be well is not asked about again before, unless something happens to it.
const WELL: Millis = 600_000;
/// More odd rows than this are a fault of another kind.
const MOST: usize = 200;

/// All that look odd.
#[derive(Debug, Default)]
pub(super) struct Surgeon {
    suspects: BTreeMap<String, Suspect>,
    /// Who was found to be well, or was dismissed, with since when they stood so, and when that was found.
    well: BTreeMap<String, (Millis, Millis)>,
    asked: Option<Millis>,
    /// The one whose `Status` is awaited.
    open: Option<String>,
}

impl Surgeon {
    pub(super) fn link_lost(&mut self) {
        *self = Self::default();
    }

    /// Looks at the board of now; `ours`: legs that wait because this desk wants it.
    pub(super) fn observe(
        &mut self,
        sight: &Sight<'_>,
        ours: impl Fn(&Ref) -> bool,
        now: Millis,
    ) -> Option<StuckQuestion> {
        self.well.retain(|_, (_, found)| now < *found + WELL);
        let odd: BTreeMap<_, _> = sight
            .all()
            .filter_map(|(call, leg)| {
                let (why, since) = oddity(call, leg, sight, now).filter(|_| !ours(&leg.id))?;
                Some((leg.id.key.clone(), (leg, why, since)))
            })
            .take(MOST)
            .collect();
        self.suspects.retain(|id, suspect| {
            let same = odd
                .get(id)
                .is_some_and(|(_, why, since)| *why == suspect.why && *since == suspect.since);
            same || (suspect.why == StuckWhy::Unannounced && !sight.is_there(&suspect.leg))
        });
        for (id, (leg, why, since)) in odd {
            let is_well = self.well.get(&id).is_some_and(|(then, _)| *then == since);
            if !is_well && !self.suspects.contains_key(&id) {
                self.suspects.insert(id, Suspect::of(leg, why, since));
            }
        }
        self.ask(now)
    }

    /// Whoever has been odd the longest is asked about.
    fn ask(&mut self, now: Millis) -> Option<StuckQuestion> {
        if self.asked.is_some_and(|at| now < at + APART) {
            return None;
        }
        let open = self.suspects.iter_mut();
        let open = open.filter(|(_, suspect)| suspect.verdict == StuckVerdict::Suspected);
        let (id, oldest) = open.min_by_key(|(_, suspect)| suspect.since)?;
        self.asked = Some(now);
        oldest.verdict = StuckVerdict::AskedAgain;
        self.open = Some(id.clone());
        Some(StuckQuestion {
            uniqueid: id.clone(),
            channel: oldest.channel.clone(),
        })
    }

    /// The whole list of channels has come. `known`: the board has this channel.
    pub(super) fn listed(
        &mut self,
        list: &[ListedChannel],
        pbx: &PbxId,
        known: impl Fn(&str) -> bool,
        now: Millis,
    ) {
        let find = |id: &str| list.iter().find(|item| item.uniqueid == id);
        let mut well = Vec::new();
        self.suspects.retain(|id, suspect| {
            let item = find(id);
            let odd = match (suspect.why, item) {
                (StuckWhy::Unannounced, item) => item.is_some(),
                // What the PBX has no more is the audit's to take away.
                (StuckWhy::NeverUp | StuckWhy::NothingRuns, None) => false,
                (StuckWhy::NeverUp | StuckWhy::NothingRuns, Some(item)) => item.does_nothing(),
            };
            suspect.listed = odd;
            if !odd {
                well.push((id.clone(), (suspect.since, now)));
            }
            odd
        });
        self.well.extend(well);
        for item in list.iter().filter(|item| !known(&item.uniqueid)) {
            let old = item.age.is_some_and(|age| age >= PATIENCE);
            let is_well = self.well.contains_key(&item.uniqueid);
            if old && !is_well && self.suspects.len() < MOST {
                let entry = self.suspects.entry(item.uniqueid.clone());
                entry.or_insert_with(|| Suspect::unannounced(item, pbx, now));
            }
        }
    }

    /// When the next may be asked about.
    pub(super) fn due(&self) -> Option<Millis> {
        let mut all = self.suspects.values();
        let waits = all.any(|suspect| suspect.verdict == StuckVerdict::Suspected);
        self.asked.filter(|_| waits).map(|at| at + APART)
    }

    /// What `Status` says about the one that was asked for.
    pub(super) fn status(&mut self, says: StatusSays, now: Millis) {
        let Some(id) = self.open.take() else { return };
        let Some(suspect) = self.suspects.get_mut(&id) else {
            return;
        };
        let verdict = match (says, suspect.why) {
            (StatusSays::NoSuchChannel, _) if suspect.listed => StuckVerdict::OnlyInCache,
            (StatusSays::There, StuckWhy::NeverUp | StuckWhy::NothingRuns) if suspect.listed => {
                StuckVerdict::Confirmed
            }
            // It is a channel like any other, which the audit brings.
            (StatusSays::There, StuckWhy::Unannounced) => {
                let since = suspect.since;
                self.suspects.remove(&id);
                self.well.insert(id, (since, now));
                return;
            }
            (StatusSays::NoSuchChannel | StatusSays::There | StatusSays::Nothing, _) => {
                StuckVerdict::Suspected
            }
        };
        suspect.verdict = verdict;
    }

    pub(super) fn dismiss(&mut self, id: &str, now: Millis) -> bool {
        let Some(suspect) = self.suspects.remove(id) else {
            return false;
        };
        self.well.insert(id.to_owned(), (suspect.since, now));
        true
    }

    /// Who only seems odd because nobody has said what runs is not shown before the PBX has been asked.
    pub(super) fn views<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = StuckView> + 'a {
        let shown = self
            .suspects
            .iter()
            .filter(|(_, suspect)| match suspect.verdict {
                StuckVerdict::Confirmed | StuckVerdict::OnlyInCache => true,
                StuckVerdict::Suspected | StuckVerdict::AskedAgain => {
                    suspect.why == StuckWhy::NeverUp
                }
            });
        shown.map(move |(id, suspect)| StuckView {
            id: Ref::new(RefKind::Stuck, pbx, id.clone()),
            leg: suspect.leg.clone(),
            channel: suspect.channel.clone(),
            name: suspect.name.clone(),
            number: suspect.number.clone(),
            why: suspect.why,
            since: suspect.since,
            verdict: suspect.verdict,
        })
    }
}
