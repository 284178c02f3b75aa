//! Originate: the PBX calls somebody first, then connects them to an extension.

use crate::channel::{CallerId, ChannelKey, DialledBy, Doing};
use crate::class::Classes;
use crate::moves::Place;
use crate::pbx::{Pbx, Task};
use crate::request::Request;
use crate::spy;
use crate::wire::{ack, error, event};

/// Reasons in `OriginateResponse`.
const FAILED: u8 = 0;
const RANG_TOO_LONG: u8 = 3;
const ANSWERED: u8 = 4;
/// The cause of a leg that rang too long.
const NO_ANSWER: u16 = 19;

/// What becomes of the one who was called, once they answer.
#[derive(Debug, Clone)]
pub(crate) enum Then {
    /// They run an extension.
    Run(Place),
    /// They run one application.
    App(String, String),
}

/// An Originate under way.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) request: Request,
    /// The device as it was asked for.
    pub(crate) device: String,
    pub(crate) then: Then,
    pub(crate) caller: CallerId,
    pub(crate) timeout: u64,
    /// The client did not ask for `Async`: its answer waits.
    pub(crate) waits: bool,
}

impl Pbx {
    pub(crate) fn originate(&mut self, origin: Origin) {
        let wanted = origin.request.get("ChannelId").map(str::to_owned);
        let taken = wanted.as_ref().is_some_and(|id| {
            self.channels
                .values()
                .any(|channel| channel.uniqueid == *id)
        });
        let other = origin.request.get("OtherChannelId").map(str::to_owned);
        let leg = if taken {
            None
        } else {
            self.request(&origin.device, None, (wanted, other))
        };
        let Some(leg) = leg else {
            return self.originate_response(&origin, None, FAILED);
        };
        if origin.caller != CallerId::default() {
            if self
                .channels
                .get(&leg)
                .is_some_and(|channel| channel.caller == CallerId::default())
            {
                self.set_caller(leg, origin.caller.clone());
            }
            self.set_connected(leg, origin.caller.clone());
        }
        let (device, timeout) = (origin.device.clone(), origin.timeout);
        self.set_doing(leg, Doing::Dialled(DialledBy::Originate(Box::new(origin))));
        self.call(leg);
        self.dial_begin(
            None,
            leg,
            device
                .split_once('/')
                .map_or(device.as_str(), |(_, rest)| rest),
        );
        self.later(timeout, Task::OriginateExpires(leg));
    }

    /// The first word of `OriginateResponse` is also its header: clients that tell answers from events by it are wrong.
    pub(crate) fn originate_response(
        &mut self,
        origin: &Origin,
        leg: Option<ChannelKey>,
        reason: u8,
    ) {
        let request = &origin.request;
        let channel = leg.and_then(|leg| self.channels.get(&leg));
        let asked = request.get("ChannelId").unwrap_or("<unknown>");
        let text = event("OriginateResponse", Classes::CALL);
        let text = request
            .get("ActionID")
            .into_iter()
            .fold(text, |text, id| text.with("ActionID", id));
        let text = text
            .with(
                "Response",
                if reason == ANSWERED {
                    "Success"
                } else {
                    "Failure"
                },
            )
            .with(
                "Channel",
                channel.map_or(origin.device.as_str(), |channel| &channel.name),
            );
        let text = match &origin.then {
            Then::Run(place) => text
                .with("Context", &place.context)
                .with("Exten", &place.exten),
            Then::App(app, argument) => text.with("Application", app).with("Data", argument),
        };
        let known = |text: &str| {
            if text.is_empty() {
                "<unknown>".to_owned()
            } else {
                text.to_owned()
            }
        };
        let text = text
            .with("Reason", reason)
            .with(
                "Uniqueid",
                channel.map_or(asked, |channel| &channel.uniqueid),
            )
            .with("CallerIDNum", known(&origin.caller.number))
            .with("CallerIDName", known(&origin.caller.name));
        self.tell(Classes::CALL, text);
        if origin.waits {
            let answer = match reason {
                ANSWERED => ack(request, "Originate successfully queued"),
                _ => error(request, "Originate failed"),
            };
            self.answer_late(request.line, answer);
        }
    }

    pub(crate) fn origin_answered(&mut self, leg: ChannelKey, origin: Origin) {
        self.set_doing(leg, Doing::Nothing);
        self.dial_end(None, leg, "ANSWER");
        self.originate_response(&origin, Some(leg), ANSWERED);
        match origin.then {
            Then::Run(place) => {
                self.has_dialplan(leg);
                self.place(leg, &place.context, &place.exten, place.priority);
                self.run_soon(leg);
            }
            Then::App(app, argument) => self.run_app(leg, app, argument),
        }
    }

    /// One application, without dialplan around it.
    fn run_app(&mut self, leg: ChannelKey, app: String, argument: String) {
        let spies = app.eq_ignore_ascii_case(spy::APP);
        if let Some(channel) = self.channels.get_mut(&leg) {
            channel.app = app;
            channel.app_data.clone_from(&argument);
        }
        match spies {
            true => self.spy(leg, &argument),
            false => drop(self.set_doing(leg, Doing::Staying)),
        }
    }

    pub(crate) fn origin_failed(
        &mut self,
        leg: ChannelKey,
        origin: &Origin,
        status: &str,
        cause: u16,
    ) {
        self.dial_end(None, leg, status);
        self.originate_response(origin, None, FAILED);
        self.set_doing(leg, Doing::Nothing);
        self.gone(leg, cause);
    }

    /// Nobody picked up in time: there is no DialEnd for it.
    pub(crate) fn originate_expired(&mut self, leg: ChannelKey) {
        let Some(Doing::Dialled(DialledBy::Originate(origin))) =
            self.channels.get(&leg).map(|own| own.doing.clone())
        else {
            return;
        };
        self.originate_response(&origin, None, RANG_TOO_LONG);
        self.set_doing(leg, Doing::Nothing);
        self.gone(leg, NO_ANSWER);
    }
}
