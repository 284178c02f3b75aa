//! The real desk against a fresh real Asterisk with real phones, 22 and 16. Every outcome is verified by asking
//! Asterisk itself on a second connection, never by believing our own board.

mod account;
mod acts;
mod both;
mod consult;
mod ctl;
mod cuts;
mod desk;
mod hangup;
mod hostile;
mod link;
mod net;
mod originate;
mod others;
mod picture;
mod practice;
mod refused;
mod seat;
mod shown;
mod stale;
mod storm;
mod tls;
mod transfer;
mod truths;
mod wait_and_meet;
mod waiting;
mod ways;
mod witness;

use anyhow::{Result, bail};
use lab::{Root, Version};

/// Runs a test on one version of Asterisk. A machine that cannot do so fails, unless it has been told to go without.
async fn on(version: Version, test: impl AsyncFnOnce(Version) -> Result<()>) -> Result<()> {
    if std::env::var_os("CORDBOARD_LAB").is_some_and(|lab| lab == "off") {
        eprintln!("NOT RUN on Asterisk {version}: CORDBOARD_LAB=off");
        return Ok(());
    }
    if let Some(obstacle) = Root::obstacle() {
        bail!("{obstacle}; CORDBOARD_LAB=off leaves the live tests out");
    }
    test(version).await
}

/// Each of these tests becomes two: one on Asterisk 22, one on 16.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {$(
        mod $test {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_22() -> anyhow::Result<()> {
                crate::on(lab::Version::V22, super::$test).await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_16() -> anyhow::Result<()> {
                crate::on(lab::Version::V16, super::$test).await
            }
        }
    )+};
}
use on_both;
