//! Trying a connection once, for the first-run view and for administrators: in, look, out.

use serde::Serialize;
use ts_rs::TS;

use board::Delta;

use crate::{
    Blind, Connection, DeskThing, FeedMessage, LinkError, Profile, SharedDialer, Status, Tile,
};

/// What came of trying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "trial",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Trial {
    /// Logged in and looked around.
    Works {
        /// Asterisk's version, if it may be asked.
        version: Option<String>,
        /// The PBX is still starting: lists may be short for some seconds.
        booting: bool,
        /// What this account will not see or be able to do.
        blind: Vec<Blind>,
    },
    /// It did not work.
    Failed {
        /// Why.
        reason: LinkError,
    },
}

/// Tries a connection once: connects, logs in, reads the lists, leaves. For the first-run view and for administrators.
pub async fn try_connection(
    profile: &Profile,
    secret: &ami::Secret,
    dialer: SharedDialer,
) -> Trial {
    let desk = crate::start();
    let connection = Connection {
        profile: profile.clone(),
        secret: secret.clone(),
        dialer,
    };
    let Ok(()) = desk.connect(connection).await else {
        return failed(LinkError::Closed);
    };
    let Ok(mut feed) = desk.subscribe().await else {
        return failed(LinkError::Closed);
    };
    while let Some(message) = feed.recv().await {
        let tiles: Vec<Tile> = match message {
            FeedMessage::Snapshot { tiles, .. } => tiles,
            FeedMessage::Batch { deltas, .. } => deltas.into_iter().filter_map(upserted).collect(),
        };
        if let Some(trial) = tiles.into_iter().find_map(verdict) {
            return trial;
        }
    }
    failed(LinkError::Closed)
}

fn upserted(delta: Delta<Tile>) -> Option<Tile> {
    match delta {
        Delta::Upsert { value } => Some(value),
        Delta::Remove { .. } => None,
    }
}

fn verdict(tile: Tile) -> Option<Trial> {
    let Tile::Desk(DeskThing::Pbx(pbx)) = tile else {
        return None;
    };
    match pbx.status {
        Status::Dialing | Status::Loading => None,
        Status::Live => Some(Trial::Works {
            version: pbx.version,
            booting: pbx.booting,
            blind: pbx.blind,
        }),
        Status::Refused { reason } | Status::Lost { reason, .. } => Some(failed(reason)),
    }
}

fn failed(reason: LinkError) -> Trial {
    Trial::Failed { reason }
}
