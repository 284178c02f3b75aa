//! The day, task by task.

mod arriving;
mod consulting;
mod dialling;
mod during;
mod net;
mod queues;
mod rooms;
mod together;
mod waiting;

use super::turn::{Caller, Task};

/// The whole of it, in order.
pub(super) fn day() -> impl Iterator<Item = &'static Task> {
    let parts = [
        arriving::TASKS,
        consulting::TASKS,
        waiting::TASKS,
        together::TASKS,
        rooms::TASKS,
        during::TASKS,
        dialling::TASKS,
        queues::TASKS,
        net::TASKS,
    ];
    parts.into_iter().flatten()
}

const JANE: Caller = Caller {
    name: "Jane Doe",
    number: "+442079460123",
};
const RAJ: Caller = Caller {
    name: "Raj Patel",
    number: "+442079460777",
};

/// The house's numbers: where a call from outside arrives.
mod line {
    pub(super) const ME: &str = "4930555003";
    pub(super) const MENU: &str = "4930555002";
    /// Nobody who serves it is there.
    pub(super) const SUPPORT: &str = "4930555004";
}

/// Places in the window.
mod at {
    pub(super) const MINE: &str = "[data-region=mine]";
    pub(super) const MY_CALL: &str = "[data-region=mine] [data-kind=call]";
    pub(super) const TALKING: &str = "[data-region=mine] [data-kind=call][data-state=talking]";
    pub(super) const OTHER_CALL: &str = "[data-region=others] [data-kind=call]";
    pub(super) const CONSULTATION: &str = "[data-kind=consultation]";
    pub(super) const PARKED: &str = "[data-region=parked] [data-kind=parked]";
    pub(super) const HELD: &str = "[data-region=parked] [data-kind=note]";
    pub(super) const CAMP: &str = "[data-region=parked] [data-kind=camp]";
    pub(super) const SENT: &str = "[data-region=sent] [data-kind=sent]";
    pub(super) const PARK_PAD: &str = "[data-target='shelf::parked']";
    pub(super) const HOLD_PAD: &str = "[data-target='shelf::held']";
    pub(super) const DETAIL: &str = "[data-region=detail]";
    pub(super) const SEND: &str = "form[data-ask] [type=submit]";
    pub(super) const LINE: &str = "[data-region=command] input";
    pub(super) const SEARCH: &str = "#search";
    pub(super) const NUMBER: &str = "[data-kind=number]";
    pub(super) const ANNA: &str = "[data-kind=extension][data-id*=':101@']";
    pub(super) const MARCO: &str = "[data-kind=extension][data-id*=':102@']";
    pub(super) const CARA: &str = "[data-kind=extension][data-id*=':103@']";
    pub(super) const DORA: &str = "[data-kind=extension][data-id*=':104@']";
    pub(super) const EMIL: &str = "[data-kind=extension][data-id*=':105@']";
    pub(super) const ROOM: &str = "[data-kind=conference][data-id$=':680']";
    pub(super) const VIP: &str = "[data-kind=queue][data-id$=':vip']";
}

/// A button of what can be done with what is selected, while it can be done.
macro_rules! button {
    ($verb:literal) => {
        concat!(
            "[data-region=detail] [data-verb=",
            $verb,
            "][aria-disabled=false]"
        )
    };
}
use button;

/// The same in a menu that was asked for.
macro_rules! item {
    ($verb:literal) => {
        concat!(
            "[data-region=menu] [data-verb=",
            $verb,
            "][aria-disabled=false]"
        )
    };
}
use item;

/// A caller's row among those who wait in a queue.
macro_rules! waits {
    ($name:literal) => {
        concat!(
            "[data-region=waiting] [data-kind=leg][aria-label*='",
            $name,
            "']"
        )
    };
}
use waits;

/// Somebody inside the room that is selected.
macro_rules! seat {
    ($name:literal) => {
        concat!(
            "[data-region=detail] [role=treeitem][data-speaks][aria-label*='",
            $name,
            "']"
        )
    };
}
use seat;

/// A cap on the pad that is open.
macro_rules! cap {
    ($key:literal) => {
        concat!("[data-region=pad] [data-key='", $key, "']")
    };
}
use cap;
