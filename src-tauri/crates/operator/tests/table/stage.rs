//! A board from a few lines of text, fed with frames as Asterisk sends them.
//!
//! ```text
//! phones 101 102 103      hints with one phone each, idle
//! offline 110             a hint whose phone is not registered
//! absent 111              the same, but something else behind the hint makes it idle
//! dnd 112                 a hint that is busy by its do-not-disturb device alone
//! group 100 = 101 102     a hint with several phones
//! queue sales             a queue; its number is known once a caller has joined
//! 101 talks 102           a bridged call
//! 101 rings 102 103       a call that rings
//! +4930 talks 101         the same, from outside
//! 101 waits sales         a caller in a queue
//! 101 in 680              somebody in a conference
//! 101 hears 601           somebody alone with an application
//! lot hotel 771 772       a parking lot with its first and last space
//! ```

use std::collections::{BTreeMap, BTreeSet};

use ami::session::Reply;
use ami::{Event, Frame, Permissions};
use board::{Board, Millis, PbxId, Place, Ref, RefKind};
use operator::{Consultation, Pending, Rules, Scene};

/// Every action a plan may write.
pub(crate) const ALL: [&str; 4] = ["Redirect", "Hangup", "Originate", "Getvar"];

/// A board and what stands around it.
pub(crate) struct Stage {
    pub(crate) board: Board,
    pub(crate) permissions: Permissions,
    pub(crate) live: bool,
    pub(crate) pending: Pending,
    pub(crate) rules: Rules,
    pub(crate) consultations: Vec<Consultation>,
    pub(crate) muted: BTreeSet<Ref>,
    pub(crate) now: Millis,
    /// Channels by the word they have in the text: the number, or the number with a `'` for a second one.
    channels: BTreeMap<String, Channel>,
    made: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub(crate) name: String,
    pub(crate) uniqueid: String,
    number: String,
    pub(crate) exten: String,
    state: u8,
}

impl Stage {
    pub(crate) fn of(text: &str) -> Self {
        Self::seen_by("101", text)
    }

    /// The same as the desk of another extension sees it.
    pub(crate) fn seen_by(me: &str, text: &str) -> Self {
        Self::with_boxes_in(None, me, text)
    }

    /// The same where the house has its voicemail boxes in a context of their own.
    pub(crate) fn with_boxes_in(voicemail: Option<&str>, me: &str, text: &str) -> Self {
        let place = Place {
            me: Some(me.to_owned()),
            context: "internal".to_owned(),
            conferences: vec!["680".to_owned()],
            voicemail: voicemail.map(str::to_owned),
        };
        let mut stage = Self {
            board: Board::new(pbx(), place),
            permissions: Permissions::of(&ALL),
            live: true,
            pending: Pending::default(),
            rules: Rules {
                music: Some("601".to_owned()),
                voicemail: Some("*".to_owned()),
                may_listen: true,
                phones_obey: true,
                ..Rules::default()
            },
            consultations: Vec::new(),
            muted: BTreeSet::new(),
            now: 1_000_000,
            channels: BTreeMap::new(),
            made: 0,
        };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            stage.line(line);
        }
        stage
    }

    fn line(&mut self, line: &str) {
        let words: Vec<_> = line.split_whitespace().collect();
        match &words[..] {
            ["phones", numbers @ ..] => numbers
                .iter()
                .for_each(|number| self.hint(number, &[number], 0)),
            ["offline", number] => self.hint(number, &[number], 4),
            ["busy", number] => self.hint(number, &[number], 1),
            ["absent", number] => {
                self.hint_of(number, &format!("PJSIP/{number}&Custom:DND{number}"), 0);
                self.endpoint(number, "");
            }
            ["dnd", number] => {
                self.hint_of(number, &format!("PJSIP/{number}&Custom:DND{number}"), 0);
                self.do_not_disturb(number);
            }
            ["group", number, "=", phones @ ..] => self.hint(number, phones, 0),
            ["queue", name] => drop(self.say(&[("Event", "QueueParams"), ("Queue", name)])),
            ["lot", name, first, last] => drop(self.say(&[
                ("Event", "Parkinglot"),
                ("Name", name),
                ("StartSpace", first),
                ("StopSpace", last),
            ])),
            [one, "talks", other] => self.talks(one, other),
            [one, "rings", others @ ..] => {
                self.new_channel(one, others.first().expect("somebody rings"));
                others.iter().for_each(|other| self.ring(one, other));
            }
            [one, "waits", queue] => {
                self.new_channel(one, "610");
                self.state(one, 6);
                self.join_queue(one, queue, 1);
            }
            [one, "in", room] => {
                self.new_channel(one, room);
                self.state(one, 6);
                self.join_room(one, room);
            }
            [one, "hears", number] => {
                self.new_channel(one, number);
                self.state(one, 6);
            }
            other => panic!("no such line: {other:?}"),
        }
    }

    fn talks(&mut self, one: &str, other: &str) {
        self.new_channel(one, other);
        self.ring(one, other);
        self.answer(one, other);
    }

    /// An event, as the board reads it; the frame goes back for a plan to read as well.
    pub(crate) fn say(&mut self, headers: &[(&str, &str)]) -> Frame {
        let text: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let frame = Frame::parse(text.as_bytes()).expect("a frame");
        self.board.apply(&Event::read(&frame), self.now);
        frame
    }

    pub(crate) fn hint(&mut self, number: &str, phones: &[&str], status: u8) {
        let devices: Vec<_> = phones
            .iter()
            .map(|phone| format!("PJSIP/{phone}"))
            .collect();
        self.hint_of(number, &devices.join("&"), status);
    }

    fn hint_of(&mut self, number: &str, hint: &str, status: u8) {
        let status = status.to_string();
        self.say(&[
            ("Event", "ExtensionStatus"),
            ("Exten", number),
            ("Context", "hints"),
            ("Hint", hint),
            ("Status", &status),
        ]);
    }

    /// The list of endpoints says where this number's phones are registered.
    pub(crate) fn endpoint(&mut self, number: &str, contacts: &str) {
        self.say(&[
            ("Event", "EndpointList"),
            ("ObjectName", number),
            ("Aor", number),
            ("Contacts", contacts),
        ]);
    }

    /// The dialplan's own device for it is lit, and with it the hint.
    pub(crate) fn do_not_disturb(&mut self, number: &str) {
        let device = format!("Custom:DND{number}");
        self.say(&[
            ("Event", "DeviceStateChange"),
            ("Device", &device),
            ("State", "BUSY"),
        ]);
        self.hint_of(number, &format!("PJSIP/{number}&{device}"), 2);
    }

    /// Headers of a channel, as an event about it carries them.
    fn about<'a>(
        &self,
        who: &str,
        prefix: &str,
        event: &'a [(&'a str, &'a str)],
    ) -> Vec<(String, String)> {
        let channel = self.channel(who);
        let own = [
            ("Channel", channel.name.clone()),
            ("Uniqueid", channel.uniqueid.clone()),
            ("ChannelState", channel.state.to_string()),
            ("CallerIDNum", channel.number.clone()),
            ("Context", "internal".to_owned()),
            ("Exten", channel.exten.clone()),
        ];
        let event = event
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        event
            .chain(
                own.into_iter()
                    .map(|(name, value)| (format!("{prefix}{name}"), value)),
            )
            .collect()
    }

    fn say_owned(&mut self, headers: &[(String, String)]) -> Frame {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.say(&headers)
    }

    fn tell(&mut self, who: &str, event: &[(&str, &str)]) -> Frame {
        let headers = self.about(who, "", event);
        self.say_owned(&headers)
    }

    pub(crate) fn new_channel(&mut self, who: &str, dials: &str) -> Frame {
        let made = self.made;
        self.new_channel_called(who, dials, &format!("1795200000.{made}"))
    }

    pub(crate) fn new_channel_called(&mut self, who: &str, dials: &str, uniqueid: &str) -> Frame {
        let number = who.trim_end_matches('\'').to_owned();
        let technology = if number.starts_with('+') {
            "PJSIP/trunk".to_owned()
        } else {
            format!("PJSIP/{number}")
        };
        let channel = Channel {
            name: format!("{technology}-{:08x}", self.made),
            uniqueid: uniqueid.to_owned(),
            number,
            exten: dials.to_owned(),
            state: 4,
        };
        self.made += 1;
        self.channels.insert(who.to_owned(), channel);
        self.tell(who, &[("Event", "Newchannel")])
    }

    pub(crate) fn state(&mut self, who: &str, state: u8) -> Frame {
        self.channels.get_mut(who).expect("a channel").state = state;
        self.tell(who, &[("Event", "Newstate")])
    }

    /// Where the dialplan has it: told by the next event that carries its block.
    pub(crate) fn at(&mut self, who: &str, exten: &str) {
        exten.clone_into(&mut self.channels.get_mut(who).expect("a channel").exten);
    }

    /// `DialBegin`, `DialState`, `DialEnd`.
    pub(crate) fn dial(&mut self, event: &str, one: &str, other: &str, status: &str) -> Frame {
        let mut headers = self.about(one, "", &[("Event", event), ("DialStatus", status)]);
        headers.extend(self.about(other, "Dest", &[]));
        self.say_owned(&headers)
    }

    /// A phone is called, and rings.
    pub(crate) fn ring(&mut self, one: &str, other: &str) {
        self.call(one, other);
        self.state(other, 5);
        self.dial("DialState", one, other, "RINGING");
    }

    /// A phone is called, and nothing is heard of it.
    pub(crate) fn call(&mut self, one: &str, other: &str) -> Frame {
        self.new_channel(other, "s");
        self.state(other, 0);
        self.dial("DialBegin", one, other, "")
    }

    pub(crate) fn answer(&mut self, one: &str, other: &str) {
        self.state(other, 6);
        self.dial("DialEnd", one, other, "ANSWER");
        self.state(one, 6);
        let bridge = format!("bridge-{}", self.made);
        self.made += 1;
        self.enter(other, &bridge);
        self.enter(one, &bridge);
    }

    pub(crate) fn enter(&mut self, who: &str, bridge: &str) -> Frame {
        self.tell(
            who,
            &[
                ("Event", "BridgeEnter"),
                ("BridgeUniqueid", bridge),
                ("BridgeType", "basic"),
            ],
        )
    }

    pub(crate) fn leave(&mut self, who: &str) -> Frame {
        let uniqueid = self.channel(who).uniqueid;
        let bridge = self
            .board
            .channel(&uniqueid)
            .and_then(board::Channel::bridge_id)
            .expect("in a bridge")
            .to_owned();
        self.tell(
            who,
            &[
                ("Event", "BridgeLeave"),
                ("BridgeUniqueid", &bridge),
                ("BridgeType", "basic"),
            ],
        )
    }

    /// A phone presses hold.
    pub(crate) fn hold(&mut self, who: &str) -> Frame {
        self.tell(who, &[("Event", "Hold")])
    }

    /// And takes the call back.
    pub(crate) fn resume(&mut self, who: &str) -> Frame {
        self.tell(who, &[("Event", "Unhold")])
    }

    pub(crate) fn hear_music(&mut self, who: &str) -> Frame {
        self.tell(who, &[("Event", "MusicOnHoldStart")])
    }

    /// By the keys of a phone: the other one waits in the bridge with music while `target` is rung.
    pub(crate) fn consult(&mut self, who: &str, other: &str, target: &str) {
        self.leave(who);
        self.hear_music(other);
        self.ring(who, target);
    }

    pub(crate) fn hang_up(&mut self, who: &str, cause: &str) -> Frame {
        self.tell(
            who,
            &[("Event", "Hangup"), ("Cause", "16"), ("Cause-txt", cause)],
        )
    }

    /// Somebody is in a parking space now.
    pub(crate) fn park(&mut self, who: &str, lot: &str, space: &str) -> Frame {
        let place = [
            ("Event", "ParkedCall"),
            ("Parkinglot", lot),
            ("ParkingSpace", space),
        ];
        let headers = self.about(who, "Parkee", &place);
        self.say_owned(&headers)
    }

    pub(crate) fn join_queue(&mut self, who: &str, queue: &str, position: u32) -> Frame {
        let position = position.to_string();
        self.tell(
            who,
            &[
                ("Event", "QueueCallerJoin"),
                ("Queue", queue),
                ("Position", &position),
                ("Count", "1"),
            ],
        )
    }

    pub(crate) fn leave_queue(&mut self, who: &str, queue: &str) -> Frame {
        self.tell(
            who,
            &[
                ("Event", "QueueCallerLeave"),
                ("Queue", queue),
                ("Position", "1"),
                ("Count", "0"),
            ],
        )
    }

    pub(crate) fn join_room(&mut self, who: &str, room: &str) -> Frame {
        let bridge = format!("room-{room}");
        self.enter(who, &bridge);
        self.tell(
            who,
            &[
                ("Event", "ConfbridgeJoin"),
                ("Conference", room),
                ("BridgeUniqueid", &bridge),
            ],
        )
    }

    pub(crate) fn leave_room(&mut self, who: &str, room: &str) -> Frame {
        self.leave(who);
        self.tell(who, &[("Event", "ConfbridgeLeave"), ("Conference", room)])
    }

    pub(crate) fn channel(&self, who: &str) -> Channel {
        self.channels
            .get(who)
            .unwrap_or_else(|| panic!("no channel of {who}"))
            .clone()
    }

    pub(crate) fn leg(&self, who: &str) -> Ref {
        Ref::new(RefKind::Leg, &pbx(), self.channel(who).uniqueid)
    }

    pub(crate) fn has(&self, who: &str) -> bool {
        self.on_board(who).is_some()
    }

    fn on_board(&self, who: &str) -> Option<&board::Channel> {
        self.board.channel(&self.channels.get(who)?.uniqueid)
    }

    pub(crate) fn is_bridged(&self, who: &str) -> bool {
        self.on_board(who)
            .is_some_and(|channel| channel.bridge_id().is_some())
    }

    pub(crate) fn is_in_room(&self, who: &str) -> bool {
        self.on_board(who)
            .is_some_and(|channel| channel.room.is_some())
    }

    pub(crate) fn rings(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.channel(one).uniqueid, self.channel(other).uniqueid);
        self.board
            .rings(&one)
            .any(|(dest, dial)| dest == other && dial.status == ami::event::DialStatus::Ringing)
    }

    pub(crate) fn hear_each_other(&self, one: &str, other: &str) -> bool {
        let bridge = |who: &str| {
            self.on_board(who)
                .and_then(board::Channel::bridge_id)
                .map(str::to_owned)
        };
        bridge(one).is_some() && bridge(one) == bridge(other)
    }

    /// The call somebody takes part in.
    pub(crate) fn call_of(&self, who: &str) -> Ref {
        let leg = self.leg(who);
        let calls = self
            .board
            .picture()
            .into_values()
            .filter_map(|thing| match thing {
                board::Thing::Call(call) => Some(call),
                board::Thing::Extension(_)
                | board::Thing::Queue(_)
                | board::Thing::Parked(_)
                | board::Thing::Conference(_)
                | board::Thing::Trunk(_)
                | board::Thing::Agent(_)
                | board::Thing::Ended(_) => None,
            });
        calls
            .into_iter()
            .find(|call| call.legs.iter().any(|one| one.id == leg))
            .expect("a call")
            .id
    }

    /// What may be looked at, now.
    pub(crate) fn with<T>(&self, look: impl FnOnce(Scene<'_>) -> T) -> T {
        let picture = board::share(self.board.picture());
        look(Scene {
            board: &self.board,
            picture: &picture,
            permissions: &self.permissions,
            live: self.live,
            pending: &self.pending,
            rules: &self.rules,
            consultations: &self.consultations,
            muted: &self.muted,
        })
    }
}

pub(crate) fn pbx() -> PbxId {
    PbxId::new("lab").expect("valid")
}

pub(crate) fn extension(number: &str) -> Ref {
    Ref::extension(&pbx(), number, "hints")
}

pub(crate) fn number(typed: &str) -> Ref {
    Ref::new(RefKind::Number, &pbx(), typed)
}

pub(crate) fn conference(room: &str) -> Ref {
    Ref::new(RefKind::Conference, &pbx(), room)
}

pub(crate) fn queue(name: &str) -> Ref {
    Ref::new(RefKind::Queue, &pbx(), name)
}

/// A response.
pub(crate) fn reply(accepted: bool, message: &str, value: Option<&str>) -> Reply {
    let word = if accepted { "Success" } else { "Error" };
    let value = value
        .map(|value| format!("Value: {value}\r\n"))
        .unwrap_or_default();
    let text = format!("Response: {word}\r\nMessage: {message}\r\n{value}");
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    Reply {
        accepted,
        message: message.to_owned(),
        frame,
    }
}
