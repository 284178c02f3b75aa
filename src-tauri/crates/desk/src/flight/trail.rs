//! The trail of one call through the recorder: whose legs belong to it, and what happened to them.

use std::collections::{BTreeMap, BTreeSet};

use ami::event::{
    BridgeEvent, ChannelEvent, DialEvent, DialStatus, ParkingEvent, QueueEvent, TransferEvent,
};
use ami::{ChannelSnapshot, Event};
use board::view::End;
use board::{PbxId, Ref, RefKind};
use operator::{OperationView, Party};

use super::ring::{Flight, Mark, Record, What};
use super::why::{WhyStep, WhyWhat};

/// A call with more legs is a conference or a storm: who came late explains nothing.
const MOST_LEGS: usize = 40;
/// A chain of dials and bridges is found in so many looks, however it is ordered.
const LOOKS: usize = 4;

/// A call's legs, and where they are found.
#[derive(Debug)]
pub(super) struct Trail<'a> {
    pub(super) flight: &'a Flight,
    pub(super) pbx: &'a PbxId,
    pub(super) me: Option<&'a str>,
    /// The Uniqueid that was asked about.
    pub(super) subject: &'a str,
    pub(super) legs: BTreeSet<String>,
}

impl<'a> Trail<'a> {
    pub(super) fn of(
        flight: &'a Flight,
        pbx: &'a PbxId,
        me: Option<&'a str>,
        subject: &'a str,
    ) -> Self {
        let mut trail = Self {
            flight,
            pbx,
            me,
            subject,
            legs: BTreeSet::from([subject.to_owned()]),
        };
        for _ in 0..LOOKS {
            let before = trail.legs.len();
            trail.follow();
            if trail.legs.len() == before {
                break;
            }
        }
        trail
    }

    /// Whoever rings, is rung by, or shares a bridge with a leg of the call.
    fn follow(&mut self) {
        let mut bridges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (_, event) in self.flight.events() {
            match &event {
                Event::Dial(DialEvent {
                    caller: Some(caller),
                    dest,
                    ..
                }) => self.tie(&[caller.uniqueid.as_ref(), dest.uniqueid.as_ref()]),
                Event::Bridge(BridgeEvent::Enter {
                    bridge, channel, ..
                }) => {
                    let inside = bridges.entry(bridge.uniqueid.to_string()).or_default();
                    inside.insert(channel.uniqueid.to_string());
                    let inside: Vec<_> = inside.iter().map(String::as_str).collect();
                    self.tie(&inside);
                }
                Event::Bridge(BridgeEvent::Leave { bridge, channel }) => {
                    if let Some(inside) = bridges.get_mut(bridge.uniqueid.as_ref()) {
                        inside.remove(channel.uniqueid.as_ref());
                    }
                }
                Event::Transfer(TransferEvent::LocalBridge { one, two, .. }) => {
                    self.tie(&[one.uniqueid.as_ref(), two.uniqueid.as_ref()]);
                }
                Event::Transfer(_)
                | Event::Dial(_)
                | Event::Bridge(_)
                | Event::Channel(_)
                | Event::Parking(_)
                | Event::Queue(_)
                | Event::State(_)
                | Event::Conference(_)
                | Event::Recording(_)
                | Event::Spy(_)
                | Event::Agent(_)
                | Event::Originate(_)
                | Event::System(_)
                | Event::Other(_)
                | Event::Malformed(_) => {}
            }
        }
    }

    fn tie(&mut self, together: &[&str]) {
        if self.legs.len() < MOST_LEGS && together.iter().any(|leg| self.has(leg)) {
            self.legs
                .extend(together.iter().map(|leg| (*leg).to_owned()));
        }
    }

    pub(super) fn has(&self, uniqueid: &str) -> bool {
        self.legs.contains(uniqueid)
    }

    /// Somebody of whom a channel block tells.
    pub(super) fn party(&self, channel: &ChannelSnapshot<'_>) -> Party {
        let number = channel.caller_number.as_deref();
        Party {
            leg: Some(Ref::new(RefKind::Leg, self.pbx, channel.uniqueid.as_ref())),
            name: channel.caller_name.as_deref().map(str::to_owned),
            number: number.map(str::to_owned),
            me: number.is_some() && number == self.me,
        }
    }

    /// An operation that moves, ends or releases a leg of the call.
    pub(super) fn concerns(&self, view: &OperationView) -> bool {
        let released = view.preview.released.iter();
        let released = released.filter_map(|party| party.leg.as_ref());
        view.legs
            .iter()
            .chain(released)
            .any(|leg| self.has(&leg.key))
    }

    /// Everything that happened to its legs, in order, from the first news of them to the end.
    pub(super) fn steps(&self) -> Vec<WhyStep> {
        let mut steps = Vec::new();
        for record in self.flight.records() {
            match &record.what {
                What::Frame(frame) => steps.extend(self.step(record, &Event::read(frame))),
                What::Operation(view) if self.concerns(view) => {
                    steps.push(operation(record, view));
                }
                What::Mark(mark) if !steps.is_empty() => steps.push(link(record, *mark)),
                What::Operation(_) | What::Mark(_) | What::Said(_) => {}
            }
        }
        // What the link did after the call had ended is no part of it.
        let last = steps.iter().rposition(|step| step.who.is_some());
        let gone = steps.iter().any(|step| self.is_end(step));
        if let Some(last) = last.filter(|_| gone) {
            steps.truncate(last + 1);
        }
        steps
    }

    fn is_end(&self, step: &WhyStep) -> bool {
        let leg = step.who.as_ref().and_then(|who| who.leg.as_ref());
        matches!(step.what, WhyWhat::Gone { .. }) && leg.is_some_and(|leg| leg.key == self.subject)
    }

    fn step(&self, record: &Record, event: &Event<'_>) -> Option<WhyStep> {
        let (channel, what) = happening(event, self.subject)?;
        // The two halves of a Local channel are a wire, and nobody.
        let is_person = !channel.channel.starts_with("Local/");
        (is_person && self.has(&channel.uniqueid)).then(|| WhyStep {
            at: record.at,
            who: Some(self.party(channel)),
            what,
        })
    }
}

impl Flight {
    /// The live events, with their records.
    pub(super) fn events(&self) -> impl Iterator<Item = (&Record, Event<'_>)> {
        self.records().filter_map(|record| match &record.what {
            What::Frame(frame) => Some((record, Event::read(frame))),
            What::Said(_) | What::Operation(_) | What::Mark(_) => None,
        })
    }
}

/// What an event says of one channel, if it belongs into the story of a call.
fn happening<'e, 'f>(
    event: &'e Event<'f>,
    subject: &str,
) -> Option<(&'e ChannelSnapshot<'f>, WhyWhat)> {
    Some(match event {
        Event::Channel(event) => return of_channel(event, subject),
        Event::Dial(DialEvent { dest, status, .. }) => (dest, of_dial(*status)),
        Event::Bridge(BridgeEvent::Enter { channel, .. }) => (channel, WhyWhat::Connected),
        Event::Bridge(BridgeEvent::Leave { channel, .. }) => (channel, WhyWhat::Disconnected),
        Event::Queue(QueueEvent::Join { queue, channel, .. }) => {
            let queue = queue.to_string();
            (channel, WhyWhat::Waits { queue })
        }
        Event::Queue(QueueEvent::Leave { queue, channel }) => {
            let queue = queue.to_string();
            (channel, WhyWhat::WaitsNoMore { queue })
        }
        Event::Parking(ParkingEvent::Parked(call)) => {
            let space = call.space.to_string();
            (&call.parkee, WhyWhat::Parked { space })
        }
        Event::Parking(ParkingEvent::Left { call, .. }) => (&call.parkee, WhyWhat::ParkedNoMore),
        Event::Transfer(TransferEvent::Blind { transferer, .. }) => {
            (transferer, WhyWhat::Transfers)
        }
        Event::Transfer(TransferEvent::Attended {
            original: Some(transferer),
            ..
        }) => (transferer, WhyWhat::Transfers),
        Event::Bridge(_)
        | Event::Queue(_)
        | Event::Parking(ParkingEvent::Lot(_))
        | Event::Transfer(_)
        | Event::State(_)
        | Event::Conference(_)
        | Event::Recording(_)
        | Event::Spy(_)
        | Event::Agent(_)
        | Event::Originate(_)
        | Event::System(_)
        | Event::Other(_)
        | Event::Malformed(_) => return None,
    })
}

fn of_channel<'e, 'f>(
    event: &'e ChannelEvent<'f>,
    subject: &str,
) -> Option<(&'e ChannelSnapshot<'f>, WhyWhat)> {
    Some(match event {
        // Whoever is called begins with that.
        ChannelEvent::Newchannel(channel) if channel.uniqueid == subject => {
            (channel, WhyWhat::Began)
        }
        ChannelEvent::HangupRequest {
            channel, own: true, ..
        } => (channel, WhyWhat::HangsUp),
        ChannelEvent::Hangup { channel, cause, .. } => {
            let end = board::end_of_cause(*cause, End::HungUp);
            (channel, WhyWhat::Gone { end })
        }
        ChannelEvent::Hold(channel) => (channel, WhyWhat::Held),
        ChannelEvent::Unhold(channel) => (channel, WhyWhat::Resumed),
        // The PBX tells every channel so at its end, whatever ended it.
        ChannelEvent::HangupRequest { own: false, .. }
        | ChannelEvent::Newchannel(_)
        | ChannelEvent::Changed(_)
        | ChannelEvent::MusicOnHoldStart(_)
        | ChannelEvent::MusicOnHoldStop(_)
        | ChannelEvent::Rename { .. }
        | ChannelEvent::Listed { .. } => return None,
    })
}

fn of_dial(status: DialStatus) -> WhyWhat {
    match status {
        DialStatus::Begun | DialStatus::Progress => WhyWhat::Called,
        DialStatus::Ringing => WhyWhat::Rings,
        DialStatus::Answer => WhyWhat::Answered,
        DialStatus::Busy => WhyWhat::Busy,
        DialStatus::NoAnswer => WhyWhat::NoAnswer,
        DialStatus::Unreachable => WhyWhat::Unreachable,
        DialStatus::Cancel | DialStatus::Otherwise => WhyWhat::Cancelled,
    }
}

fn operation(record: &Record, view: &OperationView) -> WhyStep {
    WhyStep {
        at: record.at,
        who: None,
        what: WhyWhat::Operation {
            operation: view.operation,
            verb: view.verb,
            step: view.step,
            outcome: view.outcome.clone(),
        },
    }
}

fn link(record: &Record, mark: Mark) -> WhyStep {
    let what = match mark {
        Mark::Lost => WhyWhat::LinkLost,
        Mark::Back { restarted } => WhyWhat::LinkBack { restarted },
    };
    WhyStep {
        at: record.at,
        who: None,
        what,
    }
}
