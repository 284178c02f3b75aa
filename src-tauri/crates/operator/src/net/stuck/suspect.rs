//! What makes a leg a suspect: it looks as no leg can, and has for a while.

use ami::ChannelState;
use board::view::{CallView, LegState, LegView};
use board::{Millis, PbxId, Ref, RefKind};

use super::super::sight::Sight;
use super::question::ListedChannel;
use super::view::{StuckVerdict, StuckWhy};

/// For so long a leg may be on its way to something.
pub(super) const PATIENCE: Millis = 60_000;

/// A leg that looks odd.
#[derive(Debug)]
pub(super) struct Suspect {
    pub(super) leg: Ref,
    pub(super) channel: String,
    pub(super) name: Option<String>,
    pub(super) number: Option<String>,
    pub(super) why: StuckWhy,
    pub(super) since: Millis,
    pub(super) verdict: StuckVerdict,
    /// The list has shown it as odd as the board does.
    pub(super) listed: bool,
}

impl Suspect {
    pub(super) fn of(leg: &LegView, why: StuckWhy, since: Millis) -> Self {
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

    pub(super) fn unannounced(item: &ListedChannel, pbx: &PbxId, now: Millis) -> Self {
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
pub(super) fn oddity(
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
