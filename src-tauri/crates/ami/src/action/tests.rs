//! What the tests of the actions share.

use super::Goto;
use crate::request::{Action, ActionId};

/// The action as it goes out, without ActionID, its lines between bars.
pub(super) fn wire(action: &impl Action) -> String {
    let id = ActionId::new("t-1".into());
    let bytes = action
        .request()
        .encode(&id)
        .expect("an action AMI can carry");
    let text = String::from_utf8(bytes).expect("text");
    text.trim_end()
        .replace("\r\nActionID: t-1", "")
        .replace("\r\n", "|")
}

/// Is it refused before it is written?
pub(super) fn refused(action: &impl Action) -> bool {
    action
        .request()
        .encode(&ActionId::new("t-1".into()))
        .is_err()
}

/// An extension of the lab.
pub(super) fn place(exten: &str) -> Goto {
    Goto {
        context: "internal".into(),
        exten: exten.into(),
    }
}
