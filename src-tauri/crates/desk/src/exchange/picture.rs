//! What the operator sees of one PBX.

use board::{Ref, RefKind, Thing};

use super::Exchange;
use crate::{DeskThing, PbxView, Status, Tile};

impl Exchange {
    /// All its tiles: the board's things (frozen, while they are old), the PBX, the operations.
    pub(crate) fn tiles(&self) -> Vec<(Ref, Tile)> {
        let things = match (&self.status, &self.frozen) {
            (Status::Live, _) | (Status::Loading, None) => self.board.picture(),
            (_, Some(frozen)) => frozen.clone(),
            (_, None) => self.board.picture(),
        };
        let mut tiles: Vec<_> = things.into_iter().map(|(id, thing)| (id, Tile::Board(thing))).collect();
        let pbx = self.view();
        tiles.push((pbx.id.clone(), Tile::Desk(DeskThing::Pbx(pbx))));
        tiles.extend(self.plans.views().map(|view| (view.id.clone(), Tile::Desk(DeskThing::Operation(view)))));
        tiles
    }

    pub(crate) fn view(&self) -> PbxView {
        let profile = &self.connection.profile;
        PbxView {
            id: Ref::new(RefKind::Pbx, self.pbx(), ""),
            name: profile.name.clone(),
            status: self.status.clone(),
            since: self.since,
            heard: self.heard.map(whole_seconds),
            version: self.version.clone(),
            booting: !self.booted,
            me: self.me(),
            context: profile.context.clone(),
            unprotected: !self.is_private(),
            blind: self.blind.clone(),
            anomalies: self.board.anomalies().total(),
        }
    }

    fn me(&self) -> Option<Ref> {
        let own = self.board.picture().into_values().find_map(|thing| match thing {
            Thing::Extension(extension) if extension.me => Some(extension.id),
            Thing::Extension(_) | Thing::Call(_) | Thing::Queue(_) | Thing::Parked(_) | Thing::Conference(_) => None,
        });
        own.filter(|_| self.is_live())
    }
}

/// Fine enough for an age, coarse enough not to be news at every byte.
fn whole_seconds(millis: u64) -> u64 {
    millis / 1000 * 1000
}
