//! `QueueAdd`, `QueueRemove`, `QueuePause`, `QueuePenalty`: who serves a queue. Need agent.
//!
//! Each has its event: `QueueMemberAdded`, `QueueMemberRemoved`, `QueueMemberPause`, `QueueMemberPenalty`. Refusals are text:
//! `Unable to add interface: Already there`, `Unable to remove interface: Not there`, `Member not dynamic` (it stands in queues.conf
//! and can only be paused), `Interface not found`.

use crate::request::{Action, Request};

/// Lets a phone serve a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueAdd {
    /// The queue.
    pub queue: String,
    /// What is rung: `PJSIP/103`, `Local/104@internal/n`. It is not checked: a phone that does not exist becomes a member.
    pub interface: String,
    /// Under which name it is listed; its interface without it.
    pub name: Option<String>,
    /// Members with a higher one are rung only when no other is free.
    pub penalty: Option<u32>,
    /// Whose device state tells whether it is busy, for a Local interface.
    pub state_interface: Option<String>,
    /// Joins, but is not rung yet.
    pub paused: bool,
}

impl Action for QueueAdd {
    fn request(&self) -> Request {
        let request = Request::ack("QueueAdd")
            .with("Queue", &self.queue)
            .with("Interface", &self.interface)
            .with("Paused", truth(self.paused));
        let optional = [
            ("MemberName", self.name.clone()),
            ("Penalty", self.penalty.map(|penalty| penalty.to_string())),
            ("StateInterface", self.state_interface.clone()),
        ];
        optional
            .into_iter()
            .filter_map(|(header, value)| Some((header, value?)))
            .fold(request, |request, (header, value)| {
                request.with(header, value)
            })
    }
}

/// Lets a phone serve a queue no longer. A call it is in goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRemove {
    /// The queue.
    pub queue: String,
    /// The interface.
    pub interface: String,
}

impl Action for QueueRemove {
    fn request(&self) -> Request {
        Request::ack("QueueRemove")
            .with("Queue", &self.queue)
            .with("Interface", &self.interface)
    }
}

/// Stops ringing a member for a while, or begins again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePause {
    /// The queue; all queues of the member without it.
    pub queue: Option<String>,
    /// The interface.
    pub interface: String,
    /// Pauses or not.
    pub paused: bool,
    /// Why: shown with the member, and lost when the pause ends.
    pub reason: Option<String>,
}

impl Action for QueuePause {
    fn request(&self) -> Request {
        let request = Request::ack("QueuePause")
            .with("Interface", &self.interface)
            .with("Paused", truth(self.paused));
        let request = match &self.queue {
            Some(queue) => request.with("Queue", queue),
            None => request,
        };
        match &self.reason {
            Some(reason) => request.with("Reason", reason),
            None => request,
        }
    }
}

/// Gives a member another penalty in one queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePenalty {
    /// The queue.
    pub queue: String,
    /// The interface.
    pub interface: String,
    /// Members with a higher one are rung only when no other is free.
    pub penalty: u32,
}

impl Action for QueuePenalty {
    fn request(&self) -> Request {
        Request::ack("QueuePenalty")
            .with("Queue", &self.queue)
            .with("Interface", &self.interface)
            .with("Penalty", self.penalty.to_string())
    }
}

fn truth(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    fn interface() -> String {
        "Local/104@internal/n".into()
    }

    #[test]
    fn a_phone_joins_under_a_name_and_leaves() {
        let add = QueueAdd {
            queue: "sales".into(),
            interface: interface(),
            name: Some("Dora".into()),
            penalty: Some(2),
            state_interface: Some("PJSIP/104".into()),
            paused: true,
        };
        assert_eq!(
            wire(&add),
            "Action: QueueAdd|Queue: sales|Interface: Local/104@internal/n|Paused: true|\
             MemberName: Dora|Penalty: 2|StateInterface: PJSIP/104"
        );
        let remove = QueueRemove {
            queue: "sales".into(),
            interface: interface(),
        };
        assert_eq!(
            wire(&remove),
            "Action: QueueRemove|Queue: sales|Interface: Local/104@internal/n"
        );
    }

    #[test]
    fn a_pause_is_for_one_queue_or_for_all() {
        let pause = |queue: Option<&str>, paused, reason: Option<&str>| {
            wire(&QueuePause {
                queue: queue.map(str::to_owned),
                interface: "PJSIP/103".into(),
                paused,
                reason: reason.map(str::to_owned),
            })
        };
        assert_eq!(
            pause(Some("sales"), true, Some("lunch")),
            "Action: QueuePause|Interface: PJSIP/103|Paused: true|Queue: sales|Reason: lunch"
        );
        assert_eq!(
            pause(None, false, None),
            "Action: QueuePause|Interface: PJSIP/103|Paused: false"
        );
    }

    #[test]
    fn a_penalty_is_a_number() {
        let penalty = QueuePenalty {
            queue: "sales".into(),
            interface: "PJSIP/103".into(),
            penalty: 5,
        };
        assert_eq!(
            wire(&penalty),
            "Action: QueuePenalty|Queue: sales|Interface: PJSIP/103|Penalty: 5"
        );
    }
}
