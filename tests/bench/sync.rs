//! A login: from the last byte of the lists on the wire to the first live picture in a subscriber's hands.

use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::live::live;
use crate::office::Office;
use crate::table::{Spread, Verdicts, say};
use crate::wire::LISTS;

const OFFICE: Office = Office {
    calls: 1_000,
    extensions: 5_000,
    groups: 0,
};
const RUNS: usize = 10;

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(verdicts: &mut Verdicts) -> Result<()> {
    let runtime = crate::client::runtime()?;
    let (mut after, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let [last, login] = runtime.block_on(login())?;
        after.push(last);
        whole.push(login);
    }
    let [after, whole] = [after, whole].map(|millis| Spread::of(millis.into_iter()));
    say(&format!(
        "Sync: {} channels and {} extensions, {RUNS} logins. Live {} ms after the last byte of the lists, {} ms after the login was read.\n",
        2 * OFFICE.calls,
        OFFICE.extensions,
        after.decimals(0),
        whole.decimals(0),
    ))?;
    verdicts.at_most(
        "last byte of the lists to a live picture of 2,000 channels and 5,000 extensions, worst, ms",
        500.0,
        after.most,
    );
    Ok(())
}

/// Milliseconds from the last byte of the lists, and from the login.
async fn login() -> Result<[f64; 2]> {
    let live = live(OFFICE).await?;
    ensure!(
        live.eye.sizes() == [OFFICE.calls, OFFICE.extensions],
        "{:?} calls and extensions on show",
        live.eye.sizes()
    );
    let heard = live.pbx.settle();
    let last = heard
        .iter()
        .filter(|heard| LISTS.contains(&heard.action.as_str()))
        .map(|heard| heard.answered)
        .max()
        .context("no list was asked for")?;
    let login = heard
        .iter()
        .find(|heard| heard.action == "Login")
        .context("nobody has logged in")?;
    live.line.hang_up();
    let since = |then: Instant| live.at.duration_since(then).as_secs_f64() * 1_000.0;
    Ok([since(last), since(login.read)])
}
