//! The practice PBX as its owner drives it: lines in and out, time, and hands.

use std::collections::BTreeMap;

use crate::Millis;
use crate::channel::{CallerId, Channel, Doing, Far};
use crate::pbx::{Pbx, Said};
use crate::phone::PhoneAct;
use crate::script::Day;
use crate::session::Session;

/// A client's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line(u64);

impl Line {
    #[cfg(test)]
    pub(crate) fn test() -> Self {
        Self(0)
    }
}

/// A leg as it really is, for tests to compare a board with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// Its name, such as `PJSIP/101-00000003`.
    pub name: String,
    /// Its identity.
    pub uniqueid: String,
    /// `Ring`, `Ringing`, `Up`, `Down`.
    pub state: &'static str,
    /// The number at this end: an extension, or the outsider's number.
    pub number: String,
    /// The extension it runs.
    pub exten: String,
    /// The names of those it hears, in any bridge that lets people hear each other.
    pub hears: Vec<String>,
    /// The names of the phones that are called for it now: by `Dial`, or by a queue it waits in.
    pub rings: Vec<String>,
    /// Where it has been put to be with others, or to wait for them.
    pub place: LegPlace,
}

/// A place of the PBX where legs are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LegPlace {
    /// None of those below.
    Nowhere,
    /// In line in this queue.
    Queue(String),
    /// In this conference room.
    Room(String),
    /// In a parking space.
    Parking,
}

/// An Asterisk in memory. Pure: bytes and time go in, bytes come out.
#[derive(Debug)]
pub struct Practice {
    pbx: Pbx,
    lines: BTreeMap<Line, Session>,
    day: Option<Day>,
    opened: u64,
}

impl Practice {
    /// A PBX with its phones, idle; nothing happens but what hands and actions do.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            pbx: Pbx::new(seed),
            lines: BTreeMap::new(),
            day: None,
            opened: 0,
        }
    }

    /// The same, switched on again at this moment: nothing is left of what was there before, and its start shows that it is another.
    #[must_use]
    pub fn restarted(seed: u64, now: Millis) -> Self {
        let mut practice = Self::new(seed);
        practice.pbx.now = now;
        practice.pbx.started = now;
        practice
    }

    /// Practice mode: from the first login callers ring on a script, colleagues answer, people talk and hang up.
    #[must_use]
    pub fn with_day(seed: u64) -> Self {
        let mut practice = Self::new(seed);
        practice.day = Some(Day::new(&mut practice.pbx));
        practice
    }

    /// A client has connected: the greeting waits to be sent.
    pub fn connect(&mut self, now: Millis) -> Line {
        self.advance(now);
        let line = Line(self.opened);
        self.opened += 1;
        self.lines.insert(line, Session::new(line, self.pbx.now));
        line
    }

    /// A client has sent these bytes, in any chunks.
    pub fn receive(&mut self, line: Line, bytes: &[u8], now: Millis) {
        self.advance(now);
        if let Some(session) = self.lines.get_mut(&line) {
            session.push(bytes);
        }
        self.serve(line);
    }

    /// What is to be sent to a client next, if anything.
    #[must_use]
    pub fn poll_transmit(&mut self, line: Line) -> Option<Vec<u8>> {
        self.lines.get_mut(&line)?.poll_transmit()
    }

    /// Has the PBX closed this line? Its last words may still wait to be sent.
    #[must_use]
    pub fn is_closed(&self, line: Line) -> bool {
        self.lines.get(&line).is_none_or(Session::is_closed)
    }

    /// The client has gone.
    pub fn disconnect(&mut self, line: Line) {
        self.lines.remove(&line);
    }

    /// When something happens next by itself.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Millis> {
        let lines = self.lines.values().filter_map(Session::due);
        let day = self.day.as_ref().and_then(Day::due);
        lines.chain(day).chain(self.pbx.next_task_at()).min()
    }

    /// Lets everything happen that was to happen by now.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.advance(now);
    }

    /// A hand at the phone of an extension; `trunk` is whoever is out there.
    pub fn phone(&mut self, exten: &str, act: PhoneAct, now: Millis) {
        self.advance(now);
        self.pbx.act(exten, act);
        self.flush();
    }

    /// Somebody outside dials one of our numbers (`4930555000` is reception's; dialplan.rs has them all).
    pub fn outside_call(&mut self, did: &str, number: &str, name: &str, now: Millis) {
        self.advance(now);
        self.pbx.outside_call(did, number, name);
        self.flush();
    }

    /// The outsider with this number hangs up.
    pub fn outside_hang_up(&mut self, number: &str, now: Millis) {
        self.advance(now);
        let outsider = self
            .pbx
            .channels
            .iter()
            .find(|(_, channel)| channel.far == Far::Trunk && channel.caller.number == number);
        if let Some(key) = outsider.map(|(key, _)| *key) {
            self.pbx.hang_up_by_hand(key);
        }
        self.flush();
    }

    /// All legs there are: the truth.
    #[must_use]
    pub fn channels(&self) -> Vec<Leg> {
        self.pbx.legs()
    }

    fn advance(&mut self, now: Millis) {
        while let Some(at) = self.poll_timeout().filter(|at| *at <= now) {
            self.pbx.now = self.pbx.now.max(at);
            self.happen(at);
        }
        self.pbx.now = self.pbx.now.max(now);
    }

    fn happen(&mut self, at: Millis) {
        let due = |session: &Session| session.due().is_some_and(|due| due <= at);
        if let Some(session) = self.lines.values_mut().find(|session| due(session)) {
            session.handle_timeout();
        } else if let Some(day) = self
            .day
            .as_mut()
            .filter(|day| day.due().is_some_and(|due| due <= at))
        {
            day.handle_timeout(&mut self.pbx);
        } else {
            self.pbx.do_next();
        }
        self.flush();
    }

    /// Carries out what a line has asked, as far as nothing holds it up.
    fn serve(&mut self, line: Line) {
        while let Some(session) = self.lines.get_mut(&line) {
            let Some(request) = session.next_request() else {
                return;
            };
            let was_in = session.is_in();
            session.handle(&request, &mut self.pbx);
            if let Some(day) = self.day.as_mut().filter(|_| !was_in && session.is_in()) {
                day.begin(self.pbx.now);
            }
            self.flush();
        }
    }

    /// Hands what the PBX said to everybody who may hear it.
    fn flush(&mut self) {
        self.pbx.settle();
        let mut freed = Vec::new();
        for said in self.pbx.take_said() {
            match said {
                Said::Event(event) => self
                    .lines
                    .values_mut()
                    .for_each(|session| session.offer(&event)),
                Said::Answer(line, text) => {
                    if let Some(session) = self.lines.get_mut(&line) {
                        session.answer_late(&text);
                    }
                    freed.push(line);
                }
            }
        }
        for line in freed {
            self.serve(line);
        }
    }
}

impl Pbx {
    pub(crate) fn outside_call(&mut self, did: &str, number: &str, name: &str) {
        let clean = |text: &str| {
            text.chars()
                .filter(|letter| !letter.is_control())
                .collect::<String>()
        };
        let caller = CallerId {
            number: clean(number),
            name: name.to_owned(),
        };
        self.incoming(Far::Trunk, "PJSIP/trunk", caller, "from-trunk", did);
    }

    fn legs(&self) -> Vec<Leg> {
        let parked = |channel: &Channel| matches!(channel.doing, Doing::Parked);
        let legs = self.channels.iter().map(|(key, channel)| {
            let heard = self.peers(*key).into_iter().filter(|_| !parked(channel));
            Leg {
                name: channel.name.clone(),
                uniqueid: channel.uniqueid.clone(),
                state: channel.state.word(),
                number: channel.caller.number.clone(),
                exten: channel.exten.clone(),
                hears: heard
                    .filter_map(|peer| self.channels.get(&peer))
                    .map(|peer| peer.name.clone())
                    .collect(),
                rings: self.rung_for(channel),
                place: place(channel),
            }
        });
        legs.collect()
    }
    fn rung_for(&self, channel: &Channel) -> Vec<String> {
        let legs = match &channel.doing {
            Doing::Dialling(legs) | Doing::Queueing { legs, .. } => legs.as_slice(),
            Doing::Nothing
            | Doing::Dialled(_)
            | Doing::Bridged
            | Doing::Staying
            | Doing::Conferring(_)
            | Doing::Parked => &[],
        };
        let rung = legs.iter().filter_map(|leg| self.channels.get(leg));
        rung.map(|leg| leg.name.clone()).collect()
    }
}

fn place(channel: &Channel) -> LegPlace {
    match &channel.doing {
        Doing::Queueing { queue, .. } => LegPlace::Queue(queue.clone()),
        Doing::Conferring(room) => LegPlace::Room(room.clone()),
        Doing::Parked => LegPlace::Parking,
        Doing::Nothing
        | Doing::Dialled(_)
        | Doing::Dialling(_)
        | Doing::Bridged
        | Doing::Staying => LegPlace::Nowhere,
    }
}
