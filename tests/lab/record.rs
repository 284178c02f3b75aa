//! Plays scenarios on fresh PBXs and writes what Cordboard's connection would have seen.

mod calls;
mod conference;
mod faults;
mod login;
mod names;
mod originate;
mod parking;
mod queue;
mod redirect;
mod scenario;
mod stage;
mod sync;
mod tape;

use std::path::Path;

use anyhow::{Context, Result};

use crate::version::Version;

pub use scenario::{Scenario, all};
use stage::Stage;

/// Plays one scenario on a fresh PBX and gives its transcript.
pub async fn play(scenario: Scenario, version: Version) -> Result<Vec<u8>> {
    let stage = Stage::set(version).await?;
    let ended = (scenario.play)(stage).await;
    let mut stage = ended.with_context(|| format!("{} on {version}", scenario.name))?;
    stage.tape.end().await
}

/// Plays one scenario and writes `<folder>/<version>/<scenario>.ami`.
pub async fn write(scenario: Scenario, version: Version, folder: &Path) -> Result<()> {
    let transcript = play(scenario, version).await?;
    let folder = folder.join(version.to_string());
    tokio::fs::create_dir_all(&folder).await?;
    let path = folder.join(format!("{}.ami", scenario.name));
    tokio::fs::write(path, transcript).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Step, parse};

    #[test]
    fn every_scenario_has_a_whole_transcript_of_every_version() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("transcripts");
        for version in Version::ALL {
            for scenario in all() {
                let name = format!("{version}/{}.ami", scenario.name);
                let text = std::fs::read(folder.join(&name)).expect(&name);
                let steps = parse(&text);
                assert_eq!(
                    steps.first(),
                    Some(&Step::Mark("connected".into())),
                    "{name}"
                );
                assert!(matches!(steps.last(), Some(Step::Mark(_))), "{name}");
            }
        }
    }
}
