//! Voicemail: a box is told of when somebody leaves or hears a message; until then nobody says what waits in it.

use std::collections::{BTreeSet, VecDeque};

use ami::Action;
use ami::action::MailboxCount;
use ami::session::Reply;

use super::Exchange;
use super::sync::Purpose;
use crate::clock::Now;

/// Each question walks a directory on the PBX.
const MOST_ASKED: usize = 500;

/// Whose boxes are still to be asked about in this login.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    waiting: VecDeque<String>,
    asked: BTreeSet<String>,
}

impl Boxes {
    /// These numbers are people's.
    pub(super) fn learn(&mut self, numbers: Vec<String>) {
        self.waiting = numbers.into();
    }

    /// The next box nobody has asked about.
    fn next(&mut self, context: &str) -> Option<String> {
        while self.asked.len() < MOST_ASKED {
            let mailbox = self.waiting.pop_front()? + "@" + context;
            if self.asked.insert(mailbox.clone()) {
                return Some(mailbox);
            }
        }
        None
    }
}

impl Exchange {
    /// One question at a time.
    pub(super) fn ask_for_a_mailbox(&mut self, now: Now) {
        if self.sync.is_asking_for_people() || !self.permissions.allow("MailboxCount") {
            return;
        }
        while let Some(mailbox) = self.sync.boxes.next(self.board.place().mailboxes()) {
            let request = MailboxCount {
                mailbox: mailbox.clone(),
            }
            .request();
            if self.ask(&request, Purpose::Mailbox(mailbox), now) {
                return;
            }
        }
    }

    /// A box that does not exist is answered like an empty one: nothing is shown for those.
    pub(super) fn mailbox_counted(&mut self, mailbox: &str, reply: &Reply) {
        let counted = MailboxCount::read(&reply.frame).filter(|_| reply.accepted);
        if let Some((fresh, heard)) = counted
            && (fresh > 0 || heard > 0 || self.board.has_mailbox(mailbox))
        {
            self.board.mailbox(mailbox, fresh, heard);
            self.board_changed();
        }
    }
}
