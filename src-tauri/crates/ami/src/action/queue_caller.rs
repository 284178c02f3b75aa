//! `QueueChangePriorityCaller`, `QueueWithdrawCaller`: somebody who waits in a queue. Neither needs any permission: every login may.
//!
//! No event tells a new priority: `QueueStatus` shows the new position. A withdrawal is only asked for: it happens after the ring
//! attempt under way, is reported as `QueueCallerAbandon`, and the caller goes on in the dialplan behind `Queue()`.

use crate::request::{Action, Request};

/// Gives a waiting caller another priority. Without `Immediate` only those who join later are placed by it: recorded on both versions,
/// priority 9 stays on position 3. 22 documents `Immediate` and moves the caller at once, 16 does not know it and ignores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueChangePriority {
    /// The queue.
    pub queue: String,
    /// The caller's channel: its full name.
    pub channel: String,
    /// The higher, the earlier.
    pub priority: u32,
}

impl Action for QueueChangePriority {
    fn request(&self) -> Request {
        Request::ack("QueueChangePriorityCaller")
            .with("Queue", &self.queue)
            .with("Caller", &self.channel)
            .with("Priority", self.priority.to_string())
            .with("Immediate", "yes")
    }
}

/// Takes a waiting caller out of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueWithdraw {
    /// The queue.
    pub queue: String,
    /// The caller's channel: its full name.
    pub channel: String,
}

impl Action for QueueWithdraw {
    fn request(&self) -> Request {
        Request::ack("QueueWithdrawCaller")
            .with("Queue", &self.queue)
            .with("Caller", &self.channel)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    #[test]
    fn a_caller_is_named_by_channel() {
        let (queue, channel) = ("vip".to_owned(), "PJSIP/trunk-00000001".to_owned());
        let first = QueueChangePriority {
            queue: queue.clone(),
            channel: channel.clone(),
            priority: 9,
        };
        assert_eq!(
            wire(&first),
            "Action: QueueChangePriorityCaller|Queue: vip|Caller: PJSIP/trunk-00000001|Priority: 9|Immediate: yes"
        );
        assert_eq!(
            wire(&QueueWithdraw { queue, channel }),
            "Action: QueueWithdrawCaller|Queue: vip|Caller: PJSIP/trunk-00000001"
        );
    }
}
