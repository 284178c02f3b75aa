//! `ConfbridgeKick`, `ConfbridgeMute`, `ConfbridgeUnmute`, `ConfbridgeLock`, `ConfbridgeUnlock`: call. `ConfbridgeStartRecord`,
//! `ConfbridgeStopRecord`: system.
//!
//! A room that is not open is an error, `No Conference by that name found.` Kick, mute and record are proved by their events
//! (`ConfbridgeLeave`, `ConfbridgeMute`, `ConfbridgeUnmute`, `ConfbridgeRecord`, `ConfbridgeStopRecord`); a lock has none, only
//! `ConfbridgeListRooms` shows it, and locking twice succeeds twice.

use super::mix_monitor::is_inside;
use crate::request::{Action, Request};

/// Throws one out. `all` is everybody, `participants` everybody but the admins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfbridgeKick {
    /// The room's name.
    pub room: String,
    /// The channel's full name.
    pub channel: String,
}

impl Action for ConfbridgeKick {
    fn request(&self) -> Request {
        of_one("ConfbridgeKick", &self.room, &self.channel)
    }
}

/// Silences one in the room, or lets them speak. `all` and `participants` as for a kick. Asterisk takes a name that is not complete
/// for the first that begins so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfbridgeMute {
    /// The room's name.
    pub room: String,
    /// The channel's full name.
    pub channel: String,
    /// Silent or not.
    pub on: bool,
}

impl Action for ConfbridgeMute {
    fn request(&self) -> Request {
        let name = if self.on {
            "ConfbridgeMute"
        } else {
            "ConfbridgeUnmute"
        };
        of_one(name, &self.room, &self.channel)
    }
}

fn of_one(name: &'static str, room: &str, channel: &str) -> Request {
    Request::ack(name)
        .with("Conference", room)
        .with("Channel", channel)
}

/// Lets nobody but admins enter, or everybody again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfbridgeLock {
    /// The room's name.
    pub room: String,
    /// Locked or not.
    pub on: bool,
}

impl Action for ConfbridgeLock {
    fn request(&self) -> Request {
        let name = if self.on {
            "ConfbridgeLock"
        } else {
            "ConfbridgeUnlock"
        };
        Request::ack(name).with("Conference", &self.room)
    }
}

/// Records the whole room, or no longer. A channel of its own joins for it, which counts in `BridgeNumChannels`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfbridgeRecord {
    /// The room's name.
    pub room: String,
    /// Record or not.
    pub on: bool,
    /// The file, for a start; Asterisk chooses one without it. It becomes an argument of MixMonitor: the same characters only.
    pub file: Option<String>,
}

impl Action for ConfbridgeRecord {
    fn request(&self) -> Request {
        if !self.on {
            return Request::ack("ConfbridgeStopRecord").with("Conference", &self.room);
        }
        let request = Request::ack("ConfbridgeStartRecord").with("Conference", &self.room);
        let Some(file) = &self.file else {
            return request;
        };
        let sound = is_inside(file, |c| c.is_alphanumeric() || "/._-+@:=".contains(c));
        request.with_argument("RecordFile", file, sound && !file.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{refused, wire};
    use super::*;

    const CARA: &str = "PJSIP/103-00000002";

    #[test]
    fn one_is_kicked_silenced_and_heard_again() {
        let (room, channel) = ("680".to_owned(), CARA.to_owned());
        let mute = |on| {
            wire(&ConfbridgeMute {
                room: "680".into(),
                channel: CARA.into(),
                on,
            })
        };
        let kick = wire(&ConfbridgeKick { room, channel });
        let wanted = ["Kick", "Mute", "Unmute"].map(|what| {
            format!("Action: Confbridge{what}|Conference: 680|Channel: PJSIP/103-00000002")
        });
        assert_eq!([kick, mute(true), mute(false)], wanted);
    }

    #[test]
    fn a_room_is_locked_and_opened() {
        let lock = |on| {
            wire(&ConfbridgeLock {
                room: "680".into(),
                on,
            })
        };
        assert_eq!(
            [lock(true), lock(false)],
            ["Lock", "Unlock"].map(|what| format!("Action: Confbridge{what}|Conference: 680"))
        );
    }

    #[test]
    fn a_room_is_recorded_into_a_file_that_stays_one_argument() {
        let record = |on, file: Option<&str>| ConfbridgeRecord {
            room: "680".into(),
            on,
            file: file.map(str::to_owned),
        };
        assert_eq!(
            wire(&record(true, Some("room.wav"))),
            "Action: ConfbridgeStartRecord|Conference: 680|RecordFile: room.wav"
        );
        assert_eq!(
            wire(&record(true, None)),
            "Action: ConfbridgeStartRecord|Conference: 680"
        );
        assert_eq!(
            wire(&record(false, None)),
            "Action: ConfbridgeStopRecord|Conference: 680"
        );
        assert!(
            ["a,,touch x", "", "../a"]
                .iter()
                .all(|file| refused(&record(true, Some(file))))
        );
    }
}
