//! Rows that cannot be: asked about once more, explained, and never removed by guess.

use std::collections::BTreeMap;

use ami::ChannelState;
use board::view::{CallView, LegState, LegView};
use board::{Millis, PbxId, Ref, RefKind};
use serde::Serialize;
use ts_rs::TS;

use super::sight::Sight;

/// For so long a leg may be on its way to something.
const PATIENCE: Millis = 60_000;
/// At most one question in this time, whatever looks odd.
const APART: Millis = 60_000;
/// Who has been found to be well is not asked about again before, unless something happens to it.
const WELL: Millis = 600_000;
/// More odd rows than this are a fault of another kind.
const MOST: usize = 200;

/// What is odd about a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum StuckWhy {
    /// It has never been answered, rings nobody, and nobody rings it.
    NeverUp,
    /// It was answered, is alone, and no application is known that would keep it.
    NothingRuns,
    /// It is in the PBX's list of channels, and hung up before our eyes, or was never announced.
    Unannounced,
}

/// What is known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum StuckVerdict {
    /// It looks so on the board.
    Suspected,
    /// The PBX has been asked.
    AskedAgain,
    /// The PBX says so too: the channel is there, and does nothing.
    Confirmed,
    /// The PBX lists it, and says that it does not exist: a remainder in its cache, which nobody can hang up.
    OnlyInCache,
}

/// A leg that cannot be as it is shown. To end it is `HangUp` on the leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StuckView {
    /// `stuck:pbx:uniqueid`.
    pub id: Ref,
    /// The leg.
    pub leg: Ref,
    /// Its channel's full name.
    pub channel: String,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// What is odd.
    pub why: StuckWhy,
    /// Since when it has been so.
    pub since: Millis,
    /// What is known about it.
    pub verdict: StuckVerdict,
}

/// A channel as the PBX's own list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedChannel {
    /// Its Uniqueid.
    pub uniqueid: String,
    /// Its full name.
    pub channel: String,
    /// The application it runs; none: nothing does.
    pub application: Option<String>,
    /// The bridge it is in.
    pub bridge: Option<String>,
    /// For how long it exists, where the list says so.
    pub age: Option<Millis>,
}

/// What the PBX says about one channel by its name: `Status` with `Channel`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusSays {
    /// It is there.
    There,
    /// `No such channel`.
    NoSuchChannel,
    /// Nothing, or something that tells nothing.
    Nothing,
}

/// What to ask: `CoreShowChannels`, and `Status` for this one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckQuestion {
    /// Whose question it is.
    pub uniqueid: String,
    /// The channel's full name.
    pub channel: String,
}

#[derive(Debug)]
struct Suspect {
    leg: Ref,
    channel: String,
    name: Option<String>,
    number: Option<String>,
    why: StuckWhy,
    since: Millis,
    verdict: StuckVerdict,
    /// The list has shown it as odd as the board does.
    listed: bool,
}

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

impl ListedChannel {
    fn does_nothing(&self) -> bool {
        self.bridge.is_none() && self.application.is_none()
    }
}

impl Suspect {
    fn of(leg: &LegView, why: StuckWhy, since: Millis) -> Self {
        Self {
            leg: leg.id.clone(),
            channel: leg.channel.clone(),
            name: leg.name.clone(),
            number: leg.number.clone(),
            why,
            since,
            verdict: StuckVerdict::Suspected,
            listed: false,
        }
    }

    fn unannounced(item: &ListedChannel, pbx: &PbxId, now: Millis) -> Self {
        Self {
            leg: Ref::new(RefKind::Leg, pbx, item.uniqueid.clone()),
            channel: item.channel.clone(),
            name: None,
            number: None,
            why: StuckWhy::Unannounced,
            since: now.saturating_sub(item.age.unwrap_or_default()),
            verdict: StuckVerdict::Suspected,
            listed: true,
        }
    }
}

/// One person in no bridge, who rings nobody, waits nowhere, and with whom nothing is known to be done.
fn oddity(
    call: &CallView,
    leg: &LegView,
    sight: &Sight<'_>,
    now: Millis,
) -> Option<(StuckWhy, Millis)> {
    let [_] = &call.legs[..] else { return None };
    let board = sight.scene.board;
    let channel = board.channel(&leg.id.key)?;
    let waits = matches!(
        leg.state,
        LegState::Queued | LegState::Parked | LegState::Ending
    );
    let busy = leg.application.is_some() || leg.music || leg.listens_to.is_some();
    let rings = board.rings(&leg.id.key).next().is_some();
    let placed = channel.bridge_id().is_some() || channel.room.is_some();
    if waits || busy || rings || placed || now < leg.since + PATIENCE {
        return None;
    }
    let why = match channel.state {
        ChannelState::Up => StuckWhy::NothingRuns,
        ChannelState::Down => StuckWhy::NeverUp,
        ChannelState::Rsrvd
        | ChannelState::OffHook
        | ChannelState::Dialing
        | ChannelState::Ring
        | ChannelState::Ringing
        | ChannelState::Busy
        | ChannelState::DialingOffhook
        | ChannelState::PreRing => return None,
    };
    Some((why, leg.since))
}
