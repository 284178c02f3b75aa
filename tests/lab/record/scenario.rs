//! The list of everything that can be played.

use std::pin::Pin;

use anyhow::Result;

use super::stage::Stage;
use super::{calls, conference, faults, login, names, originate, parking, queue, redirect, sync};

/// A scenario on its way: takes the stage, gives it back when the play is over.
pub(super) type Play = Pin<Box<dyn Future<Output = Result<Stage>> + Send>>;

/// A story that can be played on a PBX.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// The name of its transcript.
    pub name: &'static str,
    pub(super) play: fn(Stage) -> Play,
}

/// Pairs names with the functions that play them.
macro_rules! scenarios {
    ($($name:literal => $play:path),* $(,)?) => {
        &[$($crate::record::Scenario {
            name: $name,
            play: |mut stage| Box::pin(async move {
                $play(&mut stage).await?;
                Ok(stage)
            }),
        }),*]
    };
}
pub(super) use scenarios;

/// Every scenario, in the order of its group.
#[must_use]
pub fn all() -> Vec<Scenario> {
    [
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
    .concat()
}
