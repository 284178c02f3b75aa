//! `ConfbridgeList`: who is in one conference room. Needs reporting. "No active conferences." is its way to say that the room is closed.

use crate::request::{Action, Request};

/// Asks for the seats of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfbridgeList {
    /// The room's name.
    pub room: String,
}

impl Action for ConfbridgeList {
    fn request(&self) -> Request {
        Request::list("ConfbridgeList").with("Conference", &self.room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Answer;

    #[test]
    fn one_room_is_asked_about() {
        let room = "680".to_owned();
        let request = ConfbridgeList { room }.request();
        assert_eq!(request.header("Conference"), Some("680"));
        assert_eq!(request.answer(), Answer::List);
    }
}
