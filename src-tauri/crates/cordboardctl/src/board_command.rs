//! `board`: the picture, once.

use std::io::Write;

use crate::end::{Exit, Trouble};
use crate::link::Link;
use crate::{output, table};

pub(crate) async fn board(link: Link, json: bool, out: &mut impl Write) -> Result<Exit, Trouble> {
    let live = link.live().await?;
    let groups = live.shown.groups();
    if json {
        output::json(out, &groups)?;
    } else {
        output::line(out, table::board(&groups).trim_end())?;
    }
    Ok(Exit::Done)
}
