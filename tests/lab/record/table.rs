//! The list of transcripts for readers, made from the transcripts themselves.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use super::scenario::{Scenario, all};
use crate::transcript::{Step, parse};

/// Marks every transcript has.
const COMMON: [&str; 4] = ["connected", "synced", "ended", "end"];

const HEAD: &str = "\
# Transcripts

What real Asterisk 22 and 16 said to a desk, byte by byte, one file per scenario and version.
`lab/transcript.rs` reads them; `lab/README.md` says how they are made. This table is made by
`cordboard-lab scenarios --markdown`, and `cordboard-lab record all` makes the transcripts anew.

*Moments* are the `## mark` lines at which a person would look, besides `synced` and `ended`.
*Late desks*: `<scenario>+<moment>.ami` is a second desk that connected just before that mark: everything the
lists say at that moment, by the same clock. A board that read it and then goes on with the first desk's
transcript after the mark must show what the first shows, up to what no list tells.

| Scenario | Shows | Moments | Late desks |
|---|---|---|---|
";

/// The whole page, from the transcripts in `folder`.
pub fn table(folder: &Path) -> Result<String> {
    let mut text = HEAD.to_owned();
    for scenario in all() {
        let files = Files::of(scenario, folder)?;
        let shows = match scenario.versions {
            [only] => format!("{} (only {only})", scenario.shows),
            _ => scenario.shows.to_owned(),
        };
        let (moments, late) = (files.moments.join(", "), files.late.join(", "));
        let _ = writeln!(text, "| {} | {shows} | {moments} | {late} |", scenario.name);
    }
    Ok(text.trim_end().to_owned())
}

struct Files {
    moments: Vec<String>,
    late: Vec<String>,
}

impl Files {
    fn of(scenario: Scenario, folder: &Path) -> Result<Self> {
        let version = scenario.versions.first().context("no version")?;
        let folder = folder.join(version.to_string());
        let path = folder.join(format!("{}.ami", scenario.name));
        let text = std::fs::read(&path).with_context(|| path.display().to_string())?;
        Ok(Self {
            moments: moments(&text),
            late: late(scenario.name, &folder)?,
        })
    }
}

fn moments(text: &[u8]) -> Vec<String> {
    let marks = parse(text).into_iter().filter_map(|step| match step {
        Step::Mark(mark) => Some(mark),
        Step::Server(_) | Step::Sent { .. } | Step::At(_) => None,
    });
    marks
        .filter(|mark| !COMMON.contains(&mark.as_str()))
        .collect()
}

fn late(name: &str, folder: &Path) -> Result<Vec<String>> {
    let prefix = format!("{name}+");
    let mut late: Vec<_> = stems(folder)?
        .iter()
        .filter_map(|stem| stem.strip_prefix(&prefix).map(str::to_owned))
        .collect();
    late.sort();
    Ok(late)
}

/// The names of all transcripts of one version.
fn stems(folder: &Path) -> Result<BTreeSet<String>> {
    let mut stems = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        stems.extend(name.strip_suffix(".ami").map(str::to_owned));
    }
    Ok(stems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Version;

    fn transcripts() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("transcripts")
    }

    #[test]
    fn every_scenario_has_a_whole_transcript_of_every_version_it_can_play() {
        for scenario in all() {
            for version in scenario.versions {
                let name = format!("{version}/{}.ami", scenario.name);
                let text = std::fs::read(transcripts().join(&name)).expect(&name);
                assert!(is_whole(&text), "{name}");
            }
        }
    }

    #[test]
    fn every_transcript_belongs_to_a_scenario_and_is_whole() {
        for version in Version::ALL {
            let folder = transcripts().join(version.to_string());
            for stem in stems(&folder).expect("transcripts") {
                let name = stem.split('+').next().unwrap_or_default();
                let known = all()
                    .into_iter()
                    .any(|s| s.name == name && s.versions.contains(&version));
                assert!(known, "nobody plays {version}/{stem}");
                let text = std::fs::read(folder.join(format!("{stem}.ami"))).expect(&stem);
                assert!(is_whole(&text), "{version}/{stem}");
            }
        }
    }

    #[test]
    fn both_versions_have_the_same_late_desks() {
        for scenario in all().into_iter().filter(|s| s.versions.len() == 2) {
            let [new, old] = Version::ALL.map(|version| {
                late(scenario.name, &transcripts().join(version.to_string())).expect("transcripts")
            });
            assert_eq!(new, old, "{}", scenario.name);
        }
    }

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<_> = all().into_iter().map(|s| s.name).collect();
        assert_eq!(names.len(), all().len());
    }

    #[test]
    fn the_page_is_the_one_beside_the_transcripts() {
        let page = std::fs::read_to_string(transcripts().join("README.md")).expect("README.md");
        let made = table(&transcripts()).expect("a table");
        assert_eq!(
            page.trim_end(),
            made,
            "run cordboard-lab scenarios --markdown"
        );
    }

    fn is_whole(text: &[u8]) -> bool {
        let steps = parse(text);
        let begins = steps.first() == Some(&Step::Mark("connected".into()));
        begins && matches!(steps.last(), Some(Step::Mark(_)))
    }
}
