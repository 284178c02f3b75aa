//! Answers matched to actions by ActionID, and lists, whose "empty" has three forms: an empty list, an error, a success without a list.

use std::collections::BTreeMap;
use std::time::Instant;

use super::SessionEvent;
use super::timing::{ITEM, RESPONSE};
use crate::frame::Frame;
use crate::request::{ActionId, Answer};
use crate::value::Value;

/// The answer to an action. Success means "accepted", not "done".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// `Response: Success` (or `Goodbye`, `Pong`, `Follows`).
    pub accepted: bool,
    /// `Message:`, trimmed: some end in a stray LF.
    pub message: String,
    /// The whole answer.
    pub frame: Frame,
}

/// How a list ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// All items have come.
    Complete,
    /// A success without any list: nothing there.
    Empty,
    /// An error: not allowed, not there, or merely empty (the caller knows its list's words for that).
    Refused {
        /// The PBX's words.
        message: String,
    },
}

#[derive(Debug)]
struct Open {
    answer: Answer,
    listing: bool,
    until: Instant,
}

/// What an event with one of our ActionIDs is.
pub(super) enum ItemNews {
    Item(ActionId),
    End(ActionId),
}

impl ItemNews {
    pub(super) fn into_event(self, frame: Frame) -> Option<SessionEvent> {
        Some(match self {
            Self::Item(id) => SessionEvent::Item(id, frame),
            Self::End(id) => SessionEvent::Listed(id, Listing::Complete),
        })
    }
}

/// The actions whose answers are awaited.
#[derive(Debug, Default)]
pub(super) struct Answers {
    open: BTreeMap<ActionId, Open>,
}

impl Answers {
    pub(super) fn expect(&mut self, id: ActionId, answer: Answer, now: Instant) {
        self.expect_until(id, answer, now + RESPONSE);
    }

    pub(super) fn expect_until(&mut self, id: ActionId, answer: Answer, until: Instant) {
        let open = Open {
            answer,
            listing: false,
            until,
        };
        self.open.insert(id, open);
    }

    /// `None`: not an answer to anything open.
    pub(super) fn response(
        &mut self,
        id: &ActionId,
        frame: Frame,
        now: Instant,
    ) -> Option<Option<SessionEvent>> {
        let open = self.open.get_mut(id)?;
        let response = frame.get("Response");
        let accepted = !response.is_some_and(|value| value.is("Error"));
        let begins = frame
            .get("EventList")
            .is_some_and(|value| value.is("start"));
        let answer = open.answer;
        if answer != Answer::Ack && accepted && begins {
            open.listing = true;
            open.until = now + ITEM;
        } else {
            self.open.remove(id);
        }
        let message = frame
            .get("Message")
            .map(Value::text)
            .unwrap_or_default()
            .trim()
            .to_owned();
        Some(Some(match (answer, accepted) {
            (Answer::List, true) if begins => return Some(None),
            (Answer::Ack | Answer::Either, _) => SessionEvent::Reply(
                id.clone(),
                Reply {
                    accepted,
                    message,
                    frame,
                },
            ),
            (Answer::List, true) => SessionEvent::Listed(id.clone(), Listing::Empty),
            (Answer::List, false) => SessionEvent::Listed(id.clone(), Listing::Refused { message }),
        }))
    }

    /// `None`: a live event, even if it carries an ActionID (`OriginateResponse` does).
    pub(super) fn item(&mut self, id: &ActionId, frame: &Frame, now: Instant) -> Option<ItemNews> {
        let open = self.open.get_mut(id).filter(|open| open.listing)?;
        let ends = frame
            .get("EventList")
            .is_some_and(|value| value.is("Complete") || value.is("Cancelled"));
        if ends {
            self.open.remove(id);
            return Some(ItemNews::End(id.clone()));
        }
        open.until = now + ITEM;
        Some(ItemNews::Item(id.clone()))
    }

    pub(super) fn expire(&mut self, now: Instant) -> Vec<ActionId> {
        let late: Vec<_> = self
            .open
            .iter()
            .filter(|(_, open)| now >= open.until)
            .map(|(id, _)| id.clone())
            .collect();
        for id in &late {
            self.open.remove(id);
        }
        late
    }

    pub(super) fn due(&self) -> Option<Instant> {
        self.open.values().map(|open| open.until).min()
    }
}
