//! The net under the operator's moves, as the desk holds it: told of operations and events, shown, and asked what is to be done.

use std::collections::BTreeSet;

use ami::action::List;
use ami::event::ChannelEvent;
use ami::session::Listing;
use ami::{Action, ActionId, Event, Frame, Request};
use board::{Board, Millis, Ref, RefKind};
use operator::{ListedChannel, Look, Scene, StatusSays, StuckQuestion};
use uuid::Uuid;

use super::Exchange;
use super::sync::Purpose;
use crate::DeskThing;
use crate::clock::Now;

/// A PBX that answers a ping later than this has other worries, in milliseconds.
const SLOW: u32 = 500;

/// The net, and the question that is out.
#[derive(Debug, Default)]
pub(super) struct Net {
    machine: operator::Net,
    channels: Option<ActionId>,
    status: Option<ActionId>,
    listed: Vec<ListedChannel>,
    /// What was asked about has shown up in its `Status`.
    there: bool,
}

impl Net {
    pub(super) fn event(&mut self, event: &Event<'_>, board: &Board) {
        self.machine.event(event, board);
    }

    pub(super) fn link_lost(&mut self) {
        self.machine.link_lost();
        (self.channels, self.status) = (None, None);
        self.listed.clear();
    }

    pub(super) fn muted(&self) -> &BTreeSet<Ref> {
        self.machine.muted()
    }

    pub(super) fn due(&self) -> Option<Millis> {
        self.machine.due()
    }

    /// Whether this list was asked for by the net.
    pub(super) fn reads(&self, id: &ActionId) -> bool {
        self.channels.as_ref() == Some(id) || self.status.as_ref() == Some(id)
    }

    /// An item is put aside: the board learns nothing from it.
    pub(super) fn item(&mut self, id: &ActionId, frame: &Frame) {
        let Event::Channel(ChannelEvent::Listed {
            channel,
            bridge,
            application,
            age,
            ..
        }) = Event::read(frame)
        else {
            return;
        };
        if self.status.as_ref() == Some(id) {
            self.there = true;
            return;
        }
        self.listed.push(ListedChannel {
            uniqueid: channel.uniqueid.into_owned(),
            channel: channel.channel.into_owned(),
            application: application.map(|text| text.into_owned()),
            bridge: bridge.map(|text| text.into_owned()),
            age: age.map(|seconds| seconds.saturating_mul(1000)),
        });
    }
}

impl Exchange {
    /// Tells the net how the operations stand, before anything else can happen to those they move.
    pub(super) fn tell_net(&mut self, now: Now) {
        let mut net = std::mem::take(&mut self.net);
        let plans = &self.plans.all;
        let news = plans
            .iter()
            .map(|(id, running)| (*id, &running.plan))
            .filter(|(id, plan)| net.machine.wants(*id, plan.outcome()));
        let news = news.map(|(_, plan)| plan.view());
        let unsettled = self.plans.unsettled.values();
        let unsettled = unsettled.map(|adrift| adrift.operation.view());
        let unsettled =
            unsettled.filter(|view| net.machine.wants(view.operation, view.outcome.as_ref()));
        let news: Vec<_> = news.chain(unsettled).collect();
        if !news.is_empty() {
            self.board.show();
            let pending = self.plans.pending(None);
            let muted = net.muted().clone();
            for view in news {
                let scene = self.scene(&pending);
                let scene = Scene {
                    muted: &muted,
                    ..scene
                };
                net.machine.follow(&view, scene, now.millis);
            }
            self.changed = true;
        }
        let (all, unsettled) = (&self.plans.all, &self.plans.unsettled);
        net.machine
            .retain(|id| all.contains_key(&id) || unsettled.contains_key(&id));
        self.net = net;
    }

    /// Looks at the board, and does what must be done by itself.
    pub(super) fn look_at_net(&mut self, now: Now) {
        if !self.is_live() || !self.net.machine.has_work(now.millis) {
            return;
        }
        let Look { wishes, question } = self.with_net(|net, scene| net.observe(scene, now.millis));
        for wish in wishes {
            let subject = wish.subject.clone();
            if let Err(refusal) = self.perform(wish.intent(Uuid::new_v4()), now) {
                tracing::warn!(pbx = %self.pbx(), ?refusal, "a caller who waits could not be moved");
                self.net.machine.refused(&subject, now.millis);
            }
        }
        if let Some(question) = question {
            self.ask_for_net(&question, now);
        }
    }

    fn with_net<T>(&mut self, look: impl FnOnce(&mut operator::Net, Scene<'_>) -> T) -> T {
        let mut machine = std::mem::take(&mut self.net.machine);
        let muted = machine.muted().clone();
        let found = self.with_scene(|scene| {
            let scene = Scene {
                muted: &muted,
                ..scene
            };
            look(&mut machine, scene)
        });
        self.net.machine = machine;
        self.changed = true;
        found
    }

    /// One list and one channel by its name: a PBX that is slow is left in peace.
    fn ask_for_net(&mut self, question: &StuckQuestion, now: Now) {
        let allowed = ["CoreShowChannels", "Status"];
        let allowed = allowed.iter().all(|name| self.permissions.allow(name));
        if !allowed || self.lag.is_some_and(|lag| lag > SLOW) || self.sync.is_loading() {
            self.net.machine.status(StatusSays::Nothing, now.millis);
            return;
        }
        let status = Request::list("Status").with("Channel", question.channel.clone());
        self.net.listed.clear();
        self.net.there = false;
        self.net.channels = self.ask_for(&List::Channels.request(), Purpose::Net, now);
        self.net.status = self.ask_for(&status, Purpose::Net, now);
    }

    /// One of the two has come to its end; the list comes first.
    pub(super) fn net_listed(&mut self, id: &ActionId, listing: &Listing, now: Now) {
        if self.net.channels.as_ref() == Some(id) {
            self.net.channels = None;
            let list = std::mem::take(&mut self.net.listed);
            if *listing == Listing::Complete {
                self.with_net(|net, scene| net.listed(&list, scene, now.millis));
            }
            return;
        }
        if self.net.status.as_ref() != Some(id) {
            return;
        }
        self.net.status = None;
        let says = match listing {
            Listing::Complete if self.net.there => StatusSays::There,
            Listing::Refused { message } if message.starts_with("No such channel") => {
                StatusSays::NoSuchChannel
            }
            Listing::Complete | Listing::Empty | Listing::Refused { .. } => StatusSays::Nothing,
        };
        self.net.machine.status(says, now.millis);
        self.changed = true;
    }

    pub(super) fn net_unanswered(&mut self, id: &ActionId, now: Now) {
        if self.net.reads(id) {
            (self.net.channels, self.net.status) = (None, None);
            self.net.machine.status(StatusSays::Nothing, now.millis);
        }
    }

    /// Somebody has read it, or wants it no more.
    pub(crate) fn dismiss(&mut self, id: &Ref, now: Now) {
        if id.kind == RefKind::Gap {
            return self.dismiss_gap();
        }
        self.with_net(|net, scene| net.dismiss(id, scene, now.millis));
    }

    /// Writes on a leg for whom it waits. False: there is no such leg.
    pub(crate) fn label(&mut self, leg: &Ref, text: &str) -> bool {
        self.is_live() && self.with_net(|net, scene| net.label(leg, text, scene))
    }

    pub(super) fn net_tiles(&self) -> Vec<(Ref, DeskThing)> {
        let (net, pbx) = (&self.net.machine, self.pbx());
        let sent = net
            .sent(pbx)
            .map(|view| (view.id.clone(), DeskThing::Sent(view)));
        let lost = net
            .lost()
            .map(|view| (view.id.clone(), DeskThing::Lost(view)));
        let notes = net
            .notes(pbx)
            .map(|view| (view.id.clone(), DeskThing::Note(view)));
        let camps = net
            .camps(pbx)
            .map(|view| (view.id.clone(), DeskThing::Camp(view)));
        let stuck = net
            .stuck(pbx)
            .map(|view| (view.id.clone(), DeskThing::Stuck(view)));
        sent.chain(lost)
            .chain(notes)
            .chain(camps)
            .chain(stuck)
            .collect()
    }
}
