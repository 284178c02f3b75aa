//! The list of everything that can be played.

use std::pin::Pin;

use anyhow::Result;

use super::stage::Stage;
use super::{
    agents, apps, calls, conference, desk_transfer, devices, faults, feature_codes, groups,
    holding, locals, login, names, odd, old_drivers, originate, parking, parking_more, pickup,
    queue, queue_callers, queue_members, redirect, refer, rooms, sync, trunks,
};
use crate::people::Office;
use crate::version::Version;

/// A scenario on its way: takes the stage, gives it back when the play is over.
pub(super) type Play = Pin<Box<dyn Future<Output = Result<Stage>> + Send>>;

/// A story that can be played on a PBX.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// The name of its transcript.
    pub name: &'static str,
    /// What a reader finds in it, in one line.
    pub shows: &'static str,
    /// The versions of Asterisk that can play it.
    pub versions: &'static [Version],
    pub(super) office: Office,
    pub(super) play: fn(Stage) -> Play,
}

/// Pairs names with the functions that play them and a line on what they show.
macro_rules! scenarios {
    (only $version:ident; $($scenarios:tt)*) => {
        $crate::record::scenario::scenarios!(
            of &[$crate::version::Version::$version], $($scenarios)*
        )
    };
    (of $versions:expr, $($name:literal => $play:path: $shows:literal),* $(,)?) => {
        &[$($crate::record::Scenario {
            name: $name,
            shows: $shows,
            versions: $versions,
            office: $crate::people::Office::Full,
            play: |mut stage| Box::pin(async move {
                $play(&mut stage).await?;
                Ok(stage)
            }),
        }),*]
    };
    ($($scenarios:tt)*) => {
        $crate::record::scenario::scenarios!(of &$crate::version::Version::ALL, $($scenarios)*)
    };
}
pub(super) use scenarios;

/// Every scenario: first those of the full office, then those of the small one, whose
/// transcripts are shorter.
#[must_use]
pub fn all() -> Vec<Scenario> {
    let mut scenarios = [
        login::SCENARIOS,
        sync::SCENARIOS,
        calls::SCENARIOS,
        redirect::SCENARIOS,
        originate::SCENARIOS,
        queue::SCENARIOS,
        parking::SCENARIOS,
        conference::SCENARIOS,
        names::SCENARIOS,
        faults::SCENARIOS,
    ]
    .concat();
    let office = Office::Small;
    let small = SMALL.concat();
    scenarios.extend(
        small
            .into_iter()
            .map(|scenario| Scenario { office, ..scenario }),
    );
    scenarios
}

const SMALL: &[&[Scenario]] = &[
    groups::SCENARIOS,
    locals::SCENARIOS,
    holding::SCENARIOS,
    feature_codes::SCENARIOS,
    refer::SCENARIOS,
    pickup::SCENARIOS,
    apps::SCENARIOS,
    trunks::SCENARIOS,
    parking_more::SCENARIOS,
    queue_callers::SCENARIOS,
    queue_members::SCENARIOS,
    rooms::SCENARIOS,
    agents::SCENARIOS,
    devices::SCENARIOS,
    odd::SCENARIOS,
    old_drivers::SIP,
    old_drivers::IAX,
    desk_transfer::SCENARIOS,
];
