//! `watch`: what changes, as it changes.

use std::io::Write;

use board::Delta;
use desk::{FeedMessage, Status, Tile};

use crate::end::{Exit, Trouble};
use crate::link::Link;
use crate::{output, table};

/// Prints the complete picture, then every batch, until somebody ends it or the PBX no longer lets us in.
pub(crate) async fn watch(link: Link, json: bool, out: &mut impl Write) -> Result<Exit, Trouble> {
    let mut live = link.live().await?;
    live.feed = live.desk.subscribe().await?;
    while let Some(message) = live.feed.recv().await {
        if json {
            output::json(out, &message)?;
        } else {
            lines(&message)
                .iter()
                .try_for_each(|line| output::line(out, line))?;
        }
        live.shown.fold(message);
        if let Some(Status::Refused { reason }) = live.shown.pbx().map(|pbx| &pbx.status) {
            return Err(Trouble::Link(reason.clone()));
        }
    }
    Err(Trouble::Stopped(desk::Stopped))
}

fn lines(message: &FeedMessage) -> Vec<String> {
    let shows = |tile: &Tile| format!("+ {}", table::tile(tile));
    match message {
        FeedMessage::Snapshot { tiles, .. } => tiles.iter().map(shows).collect(),
        FeedMessage::Batch { deltas, .. } => deltas
            .iter()
            .map(|delta| match delta {
                Delta::Upsert { value } => shows(value),
                Delta::Remove { id, into: None } => {
                    format!("- {}", output::harmless(&id.to_string()))
                }
                Delta::Remove {
                    id,
                    into: Some(into),
                } => output::harmless(&format!("- {id} into {into}")),
            })
            .collect(),
    }
}

/// Reads one connection to its end and says how much it was.
pub(crate) async fn count(link: Link, out: &mut impl Write) -> Result<Exit, Trouble> {
    let connection = link.connection()?;
    let count =
        desk::count_until_closed(&connection.profile, &connection.secret, connection.dialer)
            .await?;
    output::json(out, &count)?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::{
        id,
        tests::{call, snapshot},
    };

    #[test]
    fn without_json_each_change_is_a_line() {
        let shown = lines(&snapshot(vec![call()]));
        assert_eq!(
            shown,
            ["+ call talking  Anna \u{fffd}[31mRossi 0171 – Anna \u{fffd}[31mRossi 201"]
        );
        let gone = Delta::Remove {
            id: id(&call()).clone(),
            into: None,
        };
        let told = lines(&FeedMessage::Batch {
            epoch: 1,
            rev: 2,
            deltas: vec![gone],
        });
        assert_eq!(told, ["- call:main:100.1"]);
    }
}
