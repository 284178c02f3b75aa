//! The long storms of `make soak`: three runs on each version, without faults and with them.

use std::time::Duration;

use anyhow::{Context, Result};
use lab::Version;

use super::load;
use super::report::Report;

const RUNS: u64 = 3;

/// A number from the environment.
fn setting(name: &str, otherwise: u64) -> Result<u64> {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => value.parse().with_context(|| format!("{name}={value}")),
        Ok(_) | Err(_) => Ok(otherwise),
    }
}

async fn runs(version: Version, faults: bool) -> Result<()> {
    let (first, minutes) = (setting("SEED", 1000)?, setting("MINUTES", 5)?);
    let span = Duration::from_secs(60 * minutes);
    let mut reports = Vec::new();
    for seed in first..first + RUNS {
        let report = super::long(version, seed, span, faults).await?;
        eprintln!("{report}");
        reports.push(report);
    }
    let kind = if faults {
        "with faults"
    } else {
        "without faults"
    };
    eprintln!("{minutes} minutes each, {kind}\n{}", Report::HEADS);
    reports.iter().for_each(|report| eprintln!("{report}"));
    reports.iter().try_for_each(Report::is_clean)
}

/// Each of these is too long for `make test`; nextest runs them two at a time.
macro_rules! soaks {
    ($($name:ident: $run:expr),+ $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        #[ignore = "minutes long: make soak"]
        async fn $name() -> Result<()> {
            $run.await
        }
    )+};
}

soaks!(
    calm_on_22: crate::on(Version::V22, async |version| runs(version, false).await),
    calm_on_16: crate::on(Version::V16, async |version| runs(version, false).await),
    torn_on_22: crate::on(Version::V22, async |version| runs(version, true).await),
    torn_on_16: crate::on(Version::V16, async |version| runs(version, true).await),
    full_tilt_on_22: crate::on(Version::V22, async |version| load::full_tilt(version, load::LONG).await),
    full_tilt_on_16: crate::on(Version::V16, async |version| load::full_tilt(version, load::LONG).await),
);
