//! Lists without marks. Up to 12, and in the first 13s, most lists are announced by a plain success and end with an event of their
//! own name; the marks of today are put in, so that a session ends them as it ends any list. Should an old item or end leave the
//! ActionID out, the order tells, since a session answers one action after the other.

use std::collections::VecDeque;

use super::draft::Draft;
use super::said::text;
use crate::frame::Frame;

/// Lists asked for and not answered, at most.
const MOST: usize = 64;

/// A list of old servers: its action, its items, and the event that ends it.
struct Kind {
    action: &'static str,
    items: &'static [&'static str],
    end: &'static str,
}

/// Those that come without marks in some version before 13.5. Every other list has marks wherever it exists.
const KINDS: [Kind; 6] = [
    Kind {
        action: "Status",
        items: &["Status"],
        end: "StatusComplete",
    },
    Kind {
        action: "ParkedCalls",
        items: &["ParkedCall"],
        end: "ParkedCallsComplete",
    },
    Kind {
        action: "Parkinglots",
        items: &["Parkinglot"],
        end: "ParkinglotsComplete",
    },
    Kind {
        action: "QueueStatus",
        items: &["QueueParams", "QueueMember", "QueueEntry"],
        end: "QueueStatusComplete",
    },
    Kind {
        action: "Agents",
        items: &["Agents"],
        end: "AgentsComplete",
    },
    Kind {
        action: "BridgeList",
        items: &["BridgeListItem"],
        end: "BridgeListComplete",
    },
];

#[derive(Debug)]
struct Open {
    id: String,
    kind: usize,
    started: bool,
}

/// The lists that are asked for and have not ended, oldest first.
#[derive(Debug, Default)]
pub(super) struct Lists(VecDeque<Open>);

impl Lists {
    pub(super) fn asked(&mut self, action: &str, id: &str) {
        let Some(kind) = KINDS.iter().position(|kind| kind.action == action) else {
            return;
        };
        if self.0.len() >= MOST {
            self.0.pop_front();
        }
        self.0.push_back(Open {
            id: id.to_owned(),
            kind,
            started: false,
        });
    }

    /// An answer: a success that announces one of the lists is marked as their start.
    pub(super) fn response(&mut self, frame: Frame) -> Frame {
        let id = text(&frame, "ActionID");
        let at = self.0.iter().position(|open| Some(&open.id) == id.as_ref());
        let Some(at) = at else {
            return frame;
        };
        let accepted = frame
            .get("Response")
            .is_some_and(|response| response.is("Success"));
        if !accepted || frame.get("EventList").is_some() {
            self.0.remove(at);
            return frame;
        }
        self.0[at].started = true;
        let marked = Draft::response("Success").with("EventList", "start");
        marked.rest(&frame).frame().unwrap_or(frame)
    }

    /// An event: the end of one of the lists is marked as such, and an item without ActionID gets one.
    pub(super) fn event(&mut self, name: &str, frame: Frame) -> Frame {
        let id = text(&frame, "ActionID");
        let Some(at) = self
            .0
            .iter()
            .position(|open| open.owns(name, id.as_deref()))
        else {
            return frame;
        };
        let open = &self.0[at];
        let ends = KINDS[open.kind].end == name;
        if !ends && id.is_some() {
            return frame;
        }
        let draft = Draft::event(name).with("ActionID", &open.id);
        let draft = draft.with_some("EventList", ends.then_some("Complete"));
        if ends {
            self.0.remove(at);
        }
        draft.rest(&frame).frame().unwrap_or(frame)
    }
}

impl Open {
    fn owns(&self, event: &str, id: Option<&str>) -> bool {
        let kind = &KINDS[self.kind];
        let named = kind.end == event || kind.items.contains(&event);
        self.started && named && id.is_none_or(|id| id == self.id)
    }
}
