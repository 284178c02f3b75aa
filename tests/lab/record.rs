//! Plays scenarios on fresh PBXs and writes what Cordboard's connection would have seen.

mod agents;
mod apps;
mod calls;
mod conference;
mod desk_transfer;
mod devices;
mod faults;
mod feature_codes;
mod groups;
mod holding;
mod locals;
mod login;
mod names;
mod odd;
mod old_drivers;
mod originate;
mod parking;
mod parking_more;
mod pickup;
mod queue;
mod queue_callers;
mod queue_members;
mod redirect;
mod refer;
mod rooms;
mod scenario;
mod stage;
mod sync;
mod table;
mod tape;
mod trunks;

use std::path::Path;

use anyhow::{Context, Result};

use crate::version::Version;

pub use scenario::{Scenario, all};
use stage::Stage;
pub use table::table;

/// Plays one scenario on a fresh PBX and gives its transcript, and after it those of
/// desks that connected in the middle, each with what to add to the scenario's name.
pub async fn play(scenario: Scenario, version: Version) -> Result<Vec<(String, Vec<u8>)>> {
    let stage = Stage::set(version, scenario.office).await?;
    let ended = (scenario.play)(stage).await;
    let stage = ended.with_context(|| format!("{} on {version}", scenario.name))?;
    stage.transcripts().await
}

/// Plays one scenario and writes `<folder>/<version>/<scenario>.ami`.
pub async fn write(scenario: Scenario, version: Version, folder: &Path) -> Result<()> {
    let transcripts = play(scenario, version).await?;
    let folder = folder.join(version.to_string());
    tokio::fs::create_dir_all(&folder).await?;
    for (moment, transcript) in transcripts {
        let path = folder.join(format!("{}{moment}.ami", scenario.name));
        tokio::fs::write(path, transcript).await?;
    }
    Ok(())
}
