//! `watch`: what changes, as it changes.

use std::io::Write;

use board::Delta;
use desk::{FeedMessage, Status, Tile};

use crate::end::{Exit, Trouble};
use crate::link::Link;
use crate::shown::{self, Shown};
use crate::{output, table};

/// Prints the complete picture, then every batch, until somebody ends it or the PBX no longer lets us in.
pub(crate) async fn watch(link: Link, json: bool, out: &mut impl Write) -> Result<Exit, Trouble> {
    let mut live = link.live().await?;
    live.feed = live.desk.subscribe().await?;
    while let Some(message) = live.feed.recv().await {
        if json {
            output::json(out, &message)?;
        } else {
            lines(&message, &live.shown)
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

/// What a batch says that was not to be read before: a sign of life alone, for one, is no line.
fn lines(message: &FeedMessage, before: &Shown) -> Vec<String> {
    match message {
        FeedMessage::Snapshot { tiles, .. } => tiles.iter().map(shows).collect(),
        FeedMessage::Batch { deltas, .. } => deltas
            .iter()
            .filter_map(|delta| change(delta, before))
            .collect(),
    }
}

fn shows(tile: &Tile) -> String {
    format!("+ {}", table::tile(tile))
}

fn change(delta: &Delta<Tile>, before: &Shown) -> Option<String> {
    match delta {
        Delta::Upsert { value } => {
            let old = before.tile(shown::id(value)).map(shows);
            Some(shows(value)).filter(|new| old.as_ref() != Some(new))
        }
        Delta::Remove { id, .. } => before
            .tile(id)
            .map(|tile| format!("- {}", table::tile(tile))),
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
    use crate::shown::tests::{call, snapshot};

    fn batch(delta: Delta<Tile>) -> FeedMessage {
        FeedMessage::Batch {
            epoch: 1,
            rev: 2,
            deltas: vec![delta],
        }
    }

    #[test]
    fn without_json_each_change_that_can_be_read_is_a_line() {
        let mut before = Shown::default();
        let written = "call talking  Anna \u{fffd}[31mRossi 0171 – Anna \u{fffd}[31mRossi 201";
        assert_eq!(
            lines(&snapshot(vec![call()]), &before),
            [format!("+ {written}")]
        );
        before.fold(snapshot(vec![call()]));
        assert!(lines(&batch(Delta::Upsert { value: call() }), &before).is_empty());
        let gone = Delta::Remove {
            id: shown::id(&call()).clone(),
            into: None,
        };
        assert_eq!(lines(&batch(gone), &before), [format!("- {written}")]);
    }
}
