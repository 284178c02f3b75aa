//! What this login may do, learnt from `ListCommands`: its answer names, as headers, exactly the actions that are allowed.

use std::collections::BTreeSet;

use crate::frame::Frame;

/// The actions an account may send on this PBX.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions {
    /// `None` until the PBX has told: nothing is assumed then.
    allowed: Option<BTreeSet<String>>,
}

impl Permissions {
    /// Reads the answer to `ListCommands`.
    #[must_use]
    pub fn read(reply: &Frame) -> Self {
        let names = reply
            .pairs()
            .filter_map(|(name, _)| std::str::from_utf8(name).ok());
        Self {
            allowed: Some(names.map(str::to_ascii_lowercase).collect()),
        }
    }

    /// May this action be sent?
    #[must_use]
    pub fn allow(&self, action: &str) -> bool {
        self.allowed
            .as_ref()
            .is_some_and(|allowed| allowed.contains(&action.to_ascii_lowercase()))
    }

    /// Everything: for tests and for boards made by hand.
    #[must_use]
    pub fn of(actions: &[&str]) -> Self {
        Self {
            allowed: Some(
                actions
                    .iter()
                    .map(|action| action.to_ascii_lowercase())
                    .collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_allowed_and_nothing_else() {
        let text = "Response: Success\nRedirect: Redirect a call.  (Priv: call,all)\nPing: Keepalive command.  (Priv: <none>)\n";
        let permissions = Permissions::read(&Frame::parse(text.as_bytes()).expect("a frame"));
        assert!(permissions.allow("redirect") && permissions.allow("Ping"));
        assert!(!permissions.allow("Originate"));
        assert!(!Permissions::default().allow("Ping"));
    }
}
