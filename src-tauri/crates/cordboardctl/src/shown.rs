//! What is on show: the feed folded into one picture, in the groups `board` prints.

use std::collections::BTreeMap;

use board::view::{
    AgentView, CallView, ConferenceView, EndedView, ExtensionView, LegView, ParkedView, QueueView,
    TrunkView,
};
use board::{Delta, Ref, Thing};
use desk::{DeskThing, FeedMessage, GapView, PbxView, Tile};
use operator::{
    CampView, ConsultationView, LostView, NoteView, OperationId, OperationView, SentView, StuckView,
};
use serde::Serialize;

/// All tiles, by id.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    tiles: BTreeMap<Ref, Tile>,
}

/// The tiles in groups.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Groups<'a> {
    pub(crate) pbx: Option<&'a PbxView>,
    pub(crate) calls: Vec<&'a CallView>,
    pub(crate) extensions: Vec<&'a ExtensionView>,
    pub(crate) queues: Vec<&'a QueueView>,
    pub(crate) parked: Vec<&'a ParkedView>,
    pub(crate) conferences: Vec<&'a ConferenceView>,
    pub(crate) trunks: Vec<&'a TrunkView>,
    pub(crate) agents: Vec<&'a AgentView>,
    pub(crate) ended: Vec<&'a EndedView>,
    pub(crate) gap: Option<&'a GapView>,
    pub(crate) operations: Vec<&'a OperationView>,
    pub(crate) consultations: Vec<&'a ConsultationView>,
    pub(crate) sent: Vec<&'a SentView>,
    pub(crate) lost: Vec<&'a LostView>,
    pub(crate) notes: Vec<&'a NoteView>,
    pub(crate) camps: Vec<&'a CampView>,
    pub(crate) stuck: Vec<&'a StuckView>,
}

impl Shown {
    /// Takes in what the desk tells.
    pub(crate) fn fold(&mut self, message: FeedMessage) {
        match message {
            FeedMessage::Snapshot { tiles, .. } => {
                self.tiles = tiles
                    .into_iter()
                    .map(|tile| (id(&tile).clone(), tile))
                    .collect();
            }
            FeedMessage::Batch { deltas, .. } => {
                deltas.into_iter().for_each(|delta| self.change(delta))
            }
        }
    }

    fn change(&mut self, delta: Delta<Tile>) {
        match delta {
            Delta::Upsert { value } => {
                self.tiles.insert(id(&value).clone(), value);
            }
            Delta::Remove { id, .. } => {
                self.tiles.remove(&id);
            }
        }
    }

    /// Everything, in groups.
    pub(crate) fn groups(&self) -> Groups<'_> {
        let mut groups = Groups::default();
        for tile in self.tiles.values() {
            match tile {
                Tile::Board(Thing::Call(call)) => groups.calls.push(call),
                Tile::Board(Thing::Extension(extension)) => groups.extensions.push(extension),
                Tile::Board(Thing::Queue(queue)) => groups.queues.push(queue),
                Tile::Board(Thing::Parked(parked)) => groups.parked.push(parked),
                Tile::Board(Thing::Conference(conference)) => groups.conferences.push(conference),
                Tile::Board(Thing::Trunk(trunk)) => groups.trunks.push(trunk),
                Tile::Board(Thing::Agent(agent)) => groups.agents.push(agent),
                Tile::Board(Thing::Ended(ended)) => groups.ended.push(ended),
                Tile::Desk(DeskThing::Gap(gap)) => groups.gap = Some(gap),
                Tile::Desk(DeskThing::Pbx(pbx)) => groups.pbx = Some(pbx),
                Tile::Desk(DeskThing::Operation(operation)) => groups.operations.push(operation),
                Tile::Desk(DeskThing::Consultation(view)) => groups.consultations.push(view),
                Tile::Desk(DeskThing::Sent(view)) => groups.sent.push(view),
                Tile::Desk(DeskThing::Lost(view)) => groups.lost.push(view),
                Tile::Desk(DeskThing::Note(view)) => groups.notes.push(view),
                Tile::Desk(DeskThing::Camp(view)) => groups.camps.push(view),
                Tile::Desk(DeskThing::Stuck(view)) => groups.stuck.push(view),
            }
        }
        groups
    }

    /// The tile with this id.
    pub(crate) fn tile(&self, id: &Ref) -> Option<&Tile> {
        self.tiles.get(id)
    }

    /// The PBX's own tile.
    pub(crate) fn pbx(&self) -> Option<&PbxView> {
        self.groups().pbx
    }

    /// The leg with this Uniqueid or full channel name.
    pub(crate) fn leg(&self, channel: &str) -> Option<&LegView> {
        let legs = self.groups().calls.into_iter().flat_map(|call| &call.legs);
        legs.into_iter()
            .find(|leg| leg.id.key == channel || leg.channel == channel)
    }

    /// The operation of this intent.
    pub(crate) fn operation(&self, operation: OperationId) -> Option<&OperationView> {
        self.groups()
            .operations
            .into_iter()
            .find(|view| view.operation == operation)
    }
}

/// A tile's id.
pub(crate) fn id(tile: &Tile) -> &Ref {
    match tile {
        Tile::Board(thing) => thing.id(),
        Tile::Desk(thing) => thing.id(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use board::view::{CallPhase, Direction, ExtensionState, LegState};
    use board::{PbxId, RefKind};
    use desk::Status;

    pub(crate) fn main_pbx() -> PbxId {
        PbxId::new("main").expect("valid")
    }

    fn leg(uniqueid: &str, channel: &str, number: &str) -> LegView {
        LegView {
            id: Ref::new(RefKind::Leg, &main_pbx(), uniqueid),
            channel: channel.to_owned(),
            state: LegState::Talking,
            since: 10_000,
            name: Some("Anna \u{1b}[31mRossi".to_owned()),
            number: Some(number.to_owned()),
            extension: None,
            trunk: None,
            caller: number == "0171",
            hears: vec![],
            hold: false,
            application: None,
            music: false,
            muted: false,
            recorded: None,
            listens_to: None,
            listeners: vec![],
            end: None,
        }
    }

    pub(crate) fn call() -> Tile {
        Tile::Board(Thing::Call(CallView {
            id: Ref::new(RefKind::Call, &main_pbx(), "100.1"),
            phase: CallPhase::Talking,
            since: 10_000,
            started: 5_000,
            direction: Direction::Inbound,
            dialled: Some("200".to_owned()),
            legs: vec![
                leg("100.1", "PJSIP/trunk-00000001", "0171"),
                leg("100.2", "PJSIP/201-00000002", "201"),
            ],
            inferred: false,
        }))
    }

    pub(crate) fn extension(number: &str, context: &str) -> Tile {
        Tile::Board(Thing::Extension(ExtensionView {
            id: Ref::extension(&main_pbx(), number, context),
            number: number.to_owned(),
            name: Some("Marco".to_owned()),
            state: ExtensionState::InUse,
            since: Some(10_000),
            devices: vec![format!("PJSIP/{number}")],
            calls: vec![],
            me: false,
            registered: None,
            dnd: false,
            presence: None,
            mailbox: None,
        }))
    }

    pub(crate) fn pbx(status: Status) -> Tile {
        Tile::Desk(DeskThing::Pbx(PbxView {
            id: Ref::new(RefKind::Pbx, &main_pbx(), ""),
            name: "acme".to_owned(),
            status,
            since: 0,
            heard: Some(71_000),
            version: Some("22.4.1".to_owned()),
            booting: false,
            me: None,
            context: "office".to_owned(),
            unprotected: false,
            blind: vec![],
            anomalies: 0,
            started: None,
            stopping: false,
            best_effort: false,
            lag: None,
            diagnostics: desk::Diagnostics::default(),
        }))
    }

    pub(crate) fn snapshot(tiles: Vec<Tile>) -> FeedMessage {
        FeedMessage::Snapshot {
            epoch: 1,
            rev: 1,
            tiles,
        }
    }

    #[test]
    fn the_board_is_one_object_with_a_group_for_each_kind() {
        let mut shown = Shown::default();
        shown.fold(snapshot(vec![
            extension("201", "office"),
            pbx(Status::Live),
            call(),
        ]));
        let json = serde_json::to_value(shown.groups()).expect("JSON");
        let keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
        assert_eq!(
            keys,
            [
                "agents",
                "calls",
                "camps",
                "conferences",
                "consultations",
                "ended",
                "extensions",
                "gap",
                "lost",
                "notes",
                "operations",
                "parked",
                "pbx",
                "queues",
                "sent",
                "stuck",
                "trunks",
            ]
        );
        assert_eq!(json["pbx"]["status"]["status"], "live");
        assert_eq!(json["calls"][0]["legs"][1]["id"], "leg:main:100.2");
        assert_eq!(json["extensions"][0]["number"], "201");
        assert_eq!(json["queues"], serde_json::json!([]));
    }

    #[test]
    fn batches_change_the_picture_and_a_snapshot_begins_anew() {
        let mut shown = Shown::default();
        shown.fold(snapshot(vec![call(), pbx(Status::Loading)]));
        let gone = Delta::Remove {
            id: id(&call()).clone(),
            into: None,
        };
        shown.fold(FeedMessage::Batch {
            epoch: 1,
            rev: 2,
            deltas: vec![
                gone,
                Delta::Upsert {
                    value: pbx(Status::Live),
                },
            ],
        });
        assert!(shown.groups().calls.is_empty());
        assert_eq!(shown.pbx().map(|pbx| &pbx.status), Some(&Status::Live));
        shown.fold(snapshot(vec![call()]));
        assert!(shown.pbx().is_none());
    }

    #[test]
    fn a_leg_is_found_by_uniqueid_and_by_channel_name() {
        let mut shown = Shown::default();
        shown.fold(snapshot(vec![call()]));
        for name in ["100.2", "PJSIP/201-00000002"] {
            assert_eq!(
                shown.leg(name).map(|leg| leg.id.to_string()),
                Some("leg:main:100.2".to_owned()),
                "{name}"
            );
        }
        assert!(
            shown.leg("PJSIP/201").is_none(),
            "part of a name is no name"
        );
    }
}
