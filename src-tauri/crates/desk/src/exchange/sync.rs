//! Loading the picture after a login, and parts of it again after a reload.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ami::action::List;
use ami::session::{Listing, Reply};
use ami::{Action, ActionId, Permissions, Request};
use operator::{Answer, OperationId};
use rand::Rng;

use super::Exchange;
use super::blind::DEAF;
use super::mailboxes::Boxes;
use super::queue_news::NO_QUEUE_NEWS;
use crate::advisory::advisories;
use crate::clock::Now;
use crate::{Blind, LinkError, Status};

/// What an answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    List(List),
    Commands,
    Settings,
    Core,
    Person(String),
    /// Who sits in a room.
    Seats,
    /// What waits in this voicemail box.
    Mailbox(String),
    Audit,
    /// A question about rows that cannot be.
    Net,
    Plan(OperationId),
}

/// The questions that are out, and what is left to ask.
#[derive(Debug, Default)]
pub(super) struct Sync {
    open: BTreeMap<ActionId, Purpose>,
    /// What to ask for again once these lists have come: two of a kind at once would take each other's items for missing.
    again: Option<Again>,
    /// Phones whose owner is not known, not asked yet.
    pub(super) people: VecDeque<String>,
    pub(super) asked_people: BTreeSet<String>,
    pub(super) boxes: Boxes,
    protocol: Option<String>,
}

/// What has to be read once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Again {
    Configuration,
    Everything,
}

impl Sync {
    pub(super) fn greeted(&mut self, version: String) {
        self.protocol = Some(version);
    }

    /// The AMI's version, once it has greeted us on this link.
    pub(super) fn version(&self) -> Option<&str> {
        self.protocol.as_deref()
    }

    /// Until these have come the picture is not the PBX's.
    pub(super) fn is_loading(&self) -> bool {
        self.open.values().any(|purpose| {
            matches!(
                purpose,
                Purpose::List(_)
                    | Purpose::Seats
                    | Purpose::Commands
                    | Purpose::Settings
                    | Purpose::Core
            )
        })
    }

    pub(super) fn is_asking_for_people(&self) -> bool {
        self.open
            .values()
            .any(|purpose| matches!(purpose, Purpose::Person(_) | Purpose::Mailbox(_)))
    }
}

/// How Asterisk says that no module offers this action.
const NO_SUCH_ACTION: &str = "Invalid/unknown command";

impl Exchange {
    /// Events flow already; now the lists. Items go through the same `apply` as events.
    pub(super) fn load(&mut self, now: Now) {
        if self.sync.is_loading() {
            self.sync.again = Some(Again::Everything);
            return;
        }
        self.blind
            .retain(|blind| [DEAF, NO_QUEUE_NEWS].contains(&blind.action.as_str()));
        self.audit.drop_it();
        self.ask(&Request::ack("ListCommands"), Purpose::Commands, now);
        self.ask(&Request::ack("CoreSettings"), Purpose::Settings, now);
        self.ask(&Request::ack("CoreStatus"), Purpose::Core, now);
        for list in List::SYNC {
            self.ask_list(list, now);
        }
    }

    /// Configuration was read again: hints, queues, endpoints and parking lots may have changed.
    pub(super) fn reload(&mut self, now: Now) {
        if self.sync.is_loading() {
            self.sync.again = self.sync.again.max(Some(Again::Configuration));
            return;
        }
        self.read_again(
            &[
                List::Extensions,
                List::Queues,
                List::Endpoints,
                List::Presences,
                List::ParkingLots,
            ],
            now,
        );
    }

    /// What was said about these lists before no longer counts.
    pub(super) fn read_again(&mut self, lists: &[List], now: Now) {
        self.blind
            .retain(|blind| lists.iter().all(|list| list.name() != blind.action));
        for list in lists {
            self.ask_list(*list, now);
        }
    }

    fn ask_list(&mut self, list: List, now: Now) {
        self.board.list_asked(list);
        self.ask(&list.request(), Purpose::List(list), now);
    }

    /// False: it was not written, and never will be.
    pub(super) fn ask(&mut self, request: &Request, purpose: Purpose, now: Now) -> bool {
        self.ask_for(request, purpose, now).is_some()
    }

    /// Under this id the answer will come. None: it was not written, and never will be.
    pub(super) fn ask_for(
        &mut self,
        request: &Request,
        purpose: Purpose,
        now: Now,
    ) -> Option<ActionId> {
        let session = self.session.as_mut()?;
        match session.send_request(request, now.std()) {
            Ok(id) => {
                self.sync.open.insert(id.clone(), purpose);
                Some(id)
            }
            Err(error) => {
                tracing::error!(action = request.name(), %error, "not sent");
                None
            }
        }
    }

    pub(super) fn listed(&mut self, id: &ActionId, listing: Listing, now: Now) {
        let list = match self.sync.open.remove(id) {
            Some(Purpose::List(list)) => list,
            Some(Purpose::Audit) => return self.audited(listing, now),
            Some(Purpose::Net) => return self.net_listed(id, &listing, now),
            // A room that has closed meanwhile is an error in Asterisk's words: nobody sits in it.
            Some(Purpose::Seats) => return self.loaded(now),
            Some(
                Purpose::Commands
                | Purpose::Settings
                | Purpose::Core
                | Purpose::Person(_)
                | Purpose::Mailbox(_)
                | Purpose::Plan(_),
            )
            | None => return,
        };
        match listing {
            Listing::Complete | Listing::Empty => self.list_done(list, now),
            Listing::Refused { message } if list.is_empty_answer(&message) => {
                self.list_done(list, now)
            }
            Listing::Refused { message } => self.refused(list, message, now),
        }
        self.board_changed();
        self.loaded(now);
    }

    fn list_done(&mut self, list: List, now: Now) {
        self.board.list_done(list, now.millis);
        if list == List::Extensions {
            self.sync.people = self.board.strangers().into();
            self.sync.boxes.learn(self.board.numbers());
        }
        if list == List::Conferences {
            self.rooms_read(now);
        }
        if list == List::Queues {
            self.queues_read();
        }
        if list == List::Status {
            self.read_places_again(now);
        }
    }

    /// `Status` is asked for late, and whoever waits, is parked or sits in a room was listed before anybody knew their channels. Answers
    /// come in order, so those lists have ended.
    fn read_places_again(&mut self, now: Now) {
        let places = [List::ParkedCalls, List::Queues, List::Conferences];
        let told = places.into_iter().filter(|list| !self.is_blind_to(*list));
        let told: Vec<_> = told.collect();
        self.read_again(&told, now);
    }

    fn refused(&mut self, list: List, message: String, now: Now) {
        if list == List::Channels {
            self.ask_list(List::Status, now);
        }
        // A PBX that does not know the action has none of what it lists: its module was unloaded, or never there. Channels there are
        // always; old servers list them otherwise.
        let channels = matches!(list, List::Channels | List::Status);
        if message.starts_with(NO_SUCH_ACTION) && !channels {
            self.list_done(list, now);
        }
        self.blind.push(Blind {
            action: list.name().to_owned(),
            message,
        });
    }

    pub(super) fn replied(&mut self, id: &ActionId, reply: &Reply, now: Now) {
        match self.sync.open.remove(id) {
            Some(Purpose::Commands) if reply.accepted => {
                self.permissions = Permissions::read(&reply.frame)
            }
            Some(Purpose::Settings) => {
                self.version = reply
                    .frame
                    .get("AsteriskVersion")
                    .map(|v| v.text().into_owned());
                self.advisories = advisories(self.version.as_deref().unwrap_or_default());
            }
            Some(Purpose::Core) if reply.accepted => self.boot.take(&reply.frame),
            Some(Purpose::Person(device)) => self.learn(&device, reply),
            Some(Purpose::Mailbox(mailbox)) => self.mailbox_counted(&mailbox, reply),
            Some(Purpose::Plan(operation)) => {
                self.answer_plan(operation, Answer::Reply(reply), now)
            }
            Some(
                Purpose::Commands
                | Purpose::Core
                | Purpose::List(_)
                | Purpose::Seats
                | Purpose::Net
                | Purpose::Audit,
            )
            | None => {}
        }
        self.loaded(now);
    }

    pub(super) fn expired(&mut self, id: &ActionId, now: Now, chance: &mut impl Rng) {
        match self.sync.open.remove(id) {
            Some(Purpose::Plan(operation)) => self.answer_plan(operation, Answer::Expired, now),
            // Without its channels the picture would be a calm lie.
            Some(Purpose::List(list @ (List::Channels | List::Status))) => {
                let detail = format!("{} was not answered in time", list.name());
                self.lost(LinkError::Protocol { detail }, now, chance);
                return;
            }
            Some(Purpose::List(list)) => {
                let message = "no answer in time".to_owned();
                self.blind.push(Blind {
                    action: list.name().to_owned(),
                    message,
                });
            }
            Some(Purpose::Audit) => self.audit.drop_it(),
            Some(Purpose::Net) => self.net_unanswered(id, now),
            Some(
                Purpose::Commands
                | Purpose::Settings
                | Purpose::Core
                | Purpose::Person(_)
                | Purpose::Mailbox(_)
                | Purpose::Seats,
            )
            | None => {}
        }
        self.loaded(now);
    }

    fn loaded(&mut self, now: Now) {
        if self.sync.is_loading() {
            return;
        }
        match self.sync.again.take() {
            Some(Again::Everything) => return self.load(now),
            Some(Again::Configuration) => return self.reload(now),
            None => {}
        }
        if self.status == Status::Loading {
            if self.is_blind_to(List::Channels) && self.is_blind_to(List::Status) {
                let missing =
                    "write = reporting (CoreShowChannels) or write = call (Status)".to_owned();
                self.end_for_want_of_rights(LinkError::NoPermission { missing }, now);
                return;
            }
            self.set_status(Status::Live, now);
            self.thaw(now);
        }
        self.ask_for_a_person(now);
        self.ask_for_a_mailbox(now);
    }

    fn end_for_want_of_rights(&mut self, reason: LinkError, now: Now) {
        self.close();
        // The end of this link is no news any more: it would be taken for a loss, and dialled again.
        self.generation += 1;
        self.set_status(Status::Refused { reason }, now);
    }
}
