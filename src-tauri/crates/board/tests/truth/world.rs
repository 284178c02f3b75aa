//! A small PBX that invents histories: it does what it is told, if that makes sense, and says what Asterisk would say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What happens next. Whom it happens to is chosen among those to whom it can, by number.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    Dial,
    DialOverLocal,
    Answer,
    Reject,
    Hold,
    Unhold,
    Redirect,
    Swap,
    Merge,
    Park,
    Fetch,
    Queue,
    Meet,
    /// A Local pair vanishes once both its ends talk.
    Optimise,
    /// Out of the queue by a key, on in the dialplan.
    GoOn,
    /// A transfer with consultation, begun and completed.
    Consult,
    Hangup,
}

#[derive(Debug, Clone, Default)]
struct Channel {
    name: String,
    number: String,
    connected: String,
    linkedid: String,
    exten: String,
    state: u8,
    bridge: Option<String>,
    rung_by: Option<String>,
    half: Option<String>,
    parked: Option<String>,
    queued: bool,
    room: bool,
}

/// Its channels, and everything it has said.
#[derive(Debug, Default)]
pub(crate) struct World {
    channels: BTreeMap<String, Channel>,
    counter: u32,
    pub(crate) said: Vec<String>,
}

impl World {
    pub(crate) fn live(what: &[(What, usize, usize)]) -> Self {
        let mut world = Self::default();
        for (what, who, whom) in what {
            world.happens(*what, *who, *whom);
        }
        world
    }

    /// Everybody hangs up.
    pub(crate) fn end(&mut self) {
        while let Some(id) = self.channels.keys().next().cloned() {
            self.hangup(&id);
        }
    }

    /// Nobody holds any more.
    pub(crate) fn unhold_all(&mut self) {
        let ids: Vec<_> = self.channels.keys().cloned().collect();
        ids.iter()
            .for_each(|id| self.say("Unhold", &[("", id)], ""));
    }

    fn happens(&mut self, what: What, who: usize, whom: usize) {
        let number = format!("{}", 101 + whom % 9);
        let chosen = self.choose(what, who);
        match (what, chosen) {
            (What::Dial, _) => self.call(&format!("{}", 101 + who % 9), &number),
            (What::DialOverLocal, _) => {
                self.call_over_local(&format!("{}", 101 + who % 9), &number)
            }
            (What::Queue, _) => self.enqueue(&number),
            (What::Meet, _) => self.meet(&number),
            (What::Answer, Some(id)) => self.answer(&id),
            (What::Reject, Some(id)) => self.stop_ringing(&id, "BUSY"),
            (What::Hold, Some(id)) => self.say("Hold", &[("", &id)], ""),
            (What::Unhold, Some(id)) => self.say("Unhold", &[("", &id)], ""),
            (What::Redirect, Some(id)) => self.redirect(&id, &number),
            (What::Swap, Some(id)) => self.swap(&id, &number),
            (What::Merge, Some(id)) => self.merge(&id),
            (What::Park, Some(id)) => self.park(&id),
            (What::Fetch, Some(id)) => self.fetch(&id, &number),
            (What::Optimise, Some(id)) => self.optimise(&id),
            (What::GoOn, Some(id)) => self.go_on(&id),
            (What::Consult, Some(id)) => self.consult(&id, &number),
            (What::Hangup, Some(id)) => self.hangup(&id),
            (_, None) => {}
        }
    }

    fn choose(&self, what: What, who: usize) -> Option<String> {
        let fits = |channel: &Channel| match what {
            What::Answer | What::Reject => channel.rung_by.is_some() && channel.half.is_none(),
            What::Hold
            | What::Unhold
            | What::Redirect
            | What::Park
            | What::Merge
            | What::Swap
            | What::Consult => {
                let talks = channel.bridge.is_some() && channel.parked.is_none();
                talks && channel.half.is_none() && !channel.room
            }
            What::Fetch => channel.parked.is_some(),
            What::Optimise => channel.name.ends_with(";1") && channel.bridge.is_some(),
            What::GoOn => channel.queued,
            What::Hangup => true,
            What::Dial | What::DialOverLocal | What::Queue | What::Meet => false,
        };
        let mut fitting: Vec<_> = self
            .channels
            .iter()
            .filter(|(_, channel)| fits(channel))
            .map(|(id, _)| id)
            .collect();
        (!fitting.is_empty()).then(|| fitting.swap_remove(who % fitting.len()).clone())
    }

    fn count(&mut self) -> u32 {
        self.counter += 1;
        self.counter
    }

    fn channel(&mut self, name: &str, number: &str, linkedid: Option<&str>) -> String {
        let count = self.count();
        let id = format!("1795203946.{count}");
        let channel = Channel {
            name: name.replace('#', &format!("{count:08x}")),
            number: number.to_owned(),
            linkedid: linkedid.unwrap_or(&id).to_owned(),
            exten: "s".to_owned(),
            ..Channel::default()
        };
        self.channels.insert(id.clone(), channel);
        id
    }

    fn phone(&mut self, number: &str, linkedid: Option<&str>) -> String {
        let id = self.channel(&format!("PJSIP/{number}-#"), number, linkedid);
        self.say("Newchannel", &[("", &id)], "");
        id
    }

    fn get(&mut self, id: &str) -> &mut Channel {
        self.channels.entry(id.to_owned()).or_default()
    }

    fn say(&mut self, event: &str, blocks: &[(&str, &str)], rest: &str) {
        let mut text = format!("Event: {event}\n");
        for (prefix, id) in blocks {
            let Some(channel) = self.channels.get(*id) else {
                continue;
            };
            let Channel {
                name,
                number,
                connected,
                linkedid,
                exten,
                state,
                ..
            } = channel;
            let _ = write!(
                text,
                "{prefix}Channel: {name}\n{prefix}ChannelState: {state}\n{prefix}CallerIDNum: {number}\n\
                 {prefix}CallerIDName: N{number}\n{prefix}ConnectedLineNum: {connected}\n{prefix}Context: internal\n\
                 {prefix}Exten: {exten}\n{prefix}Uniqueid: {id}\n{prefix}Linkedid: {linkedid}\n"
            );
        }
        text.push_str(rest);
        self.said.push(text);
    }

    fn state(&mut self, id: &str, state: u8) {
        self.get(id).state = state;
        self.say("Newstate", &[("", id)], "");
    }

    fn call(&mut self, from: &str, to: &str) {
        let caller = self.phone(from, None);
        self.dial(&caller, to);
    }

    fn dial(&mut self, caller: &str, to: &str) {
        let linkedid = self.get(caller).linkedid.clone();
        to.clone_into(&mut self.get(caller).exten);
        let dest = self.phone(to, Some(&linkedid));
        self.rings(caller, &dest);
        self.state(&dest, 5);
        self.say(
            "DialState",
            &[("", caller), ("Dest", &dest)],
            "DialStatus: RINGING\n",
        );
    }

    fn rings(&mut self, caller: &str, dest: &str) {
        let number = self.get(caller).number.clone();
        let channel = self.get(dest);
        (channel.rung_by, channel.connected) = (Some(caller.to_owned()), number);
        self.say("DialBegin", &[("", caller), ("Dest", dest)], "");
    }

    /// The caller rings `;1`, and `;2` rings the phone.
    fn call_over_local(&mut self, from: &str, to: &str) {
        let caller = self.phone(from, None);
        let base = format!("Local/{to}@internal-{}", self.counter);
        let [one, two] = [";1", ";2"].map(|half| {
            let id = self.channel(&format!("{base}{half}"), to, Some(&caller));
            self.say("Newchannel", &[("", &id)], "");
            id
        });
        self.get(&one).half = Some(two.clone());
        self.get(&two).half = Some(one.clone());
        self.say("LocalBridge", &[("LocalOne", &one), ("LocalTwo", &two)], "");
        self.rings(&caller, &one);
        self.dial(&two, to);
    }

    fn answer(&mut self, dest: &str) {
        let Some(caller) = self.get(dest).rung_by.take() else {
            return;
        };
        self.state(dest, 6);
        self.say(
            "DialEnd",
            &[("", &caller), ("Dest", dest)],
            "DialStatus: ANSWER\n",
        );
        for other in self.rung_by(&caller) {
            self.stop_ringing(&other, "CANCEL");
        }
        if self.get(&caller).queued {
            self.get(&caller).queued = false;
            self.say("QueueCallerLeave", &[("", &caller)], "Queue: sales\n");
        }
        self.state(&caller, 6);
        self.bridge(&[dest, &caller], "basic");
        // The far half has been answered: so has the near one.
        if let Some(near) = self.get(&caller).half.clone() {
            self.answer(&near);
        }
    }

    fn bridge(&mut self, ids: &[&str], kind: &str) {
        let bridge = format!("bridge-{}", self.count());
        let rest = format!("BridgeUniqueid: {bridge}\nBridgeType: {kind}\n");
        self.say("BridgeCreate", &[], &rest);
        ids.iter().for_each(|id| self.enter(id, &rest));
    }

    fn enter(&mut self, id: &str, rest: &str) {
        let bridge = rest.lines().next().and_then(|line| line.split_once(": "));
        self.get(id).bridge = bridge.map(|(_, bridge)| bridge.to_owned());
        self.say("BridgeEnter", &[("", id)], rest);
    }

    /// Out of its bridge; whoever is left alone there, if anybody.
    fn leave(&mut self, id: &str) -> Option<String> {
        let bridge = self.get(id).bridge.take()?;
        self.say(
            "BridgeLeave",
            &[("", id)],
            &format!("BridgeUniqueid: {bridge}\n"),
        );
        let rest: Vec<_> = self.members(&bridge);
        match &rest[..] {
            [] => {
                self.say("BridgeDestroy", &[], &format!("BridgeUniqueid: {bridge}\n"));
                None
            }
            [last] if !self.channels[last].room => Some(last.clone()),
            [..] => None,
        }
    }

    fn members(&self, bridge: &str) -> Vec<String> {
        let inside = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.bridge.as_deref() == Some(bridge));
        inside.map(|(id, _)| id.clone()).collect()
    }

    fn rung_by(&self, caller: &str) -> Vec<String> {
        let rung = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.rung_by.as_deref() == Some(caller));
        rung.map(|(id, _)| id.clone()).collect()
    }

    fn stop_ringing(&mut self, dest: &str, status: &str) {
        let Some(caller) = self.get(dest).rung_by.take() else {
            return;
        };
        self.say(
            "DialEnd",
            &[("", &caller), ("Dest", dest)],
            &format!("DialStatus: {status}\n"),
        );
        self.hangup(dest);
        if status == "BUSY"
            && !self
                .channels
                .get(&caller)
                .is_some_and(|caller| caller.queued)
        {
            self.hangup(&caller);
        }
    }

    fn hangup(&mut self, id: &str) {
        if !self.channels.contains_key(id) {
            return;
        }
        self.say("HangupRequest", &[("", id)], "");
        self.stop_ringing_quietly(id);
        let left = self.leave(id);
        self.leave_places(id);
        for dest in self.rung_by(id) {
            self.stop_ringing(&dest, "CANCEL");
        }
        self.say("Hangup", &[("", id)], "Cause: 16\n");
        let half = self.channels.remove(id).and_then(|channel| channel.half);
        for other in left.into_iter().chain(half) {
            self.hangup(&other);
        }
    }

    fn stop_ringing_quietly(&mut self, id: &str) {
        if let Some(caller) = self.get(id).rung_by.take() {
            self.say(
                "DialEnd",
                &[("", &caller), ("Dest", id)],
                "DialStatus: CANCEL\n",
            );
        }
    }

    fn leave_places(&mut self, id: &str) {
        if let Some(space) = self.get(id).parked.take() {
            self.say(
                "ParkedCallGiveUp",
                &[("Parkee", id)],
                &format!("Parkinglot: default\nParkingSpace: {space}\n"),
            );
        }
        if std::mem::take(&mut self.get(id).queued) {
            self.say("QueueCallerAbandon", &[("", id)], "Queue: sales\n");
            self.say("QueueCallerLeave", &[("", id)], "Queue: sales\n");
        }
        if std::mem::take(&mut self.get(id).room) {
            self.say("ConfbridgeLeave", &[("", id)], "Conference: 680\n");
            if self.channels.values().all(|channel| !channel.room) {
                self.say("ConfbridgeEnd", &[], "Conference: 680\n");
            }
        }
    }

    fn redirect(&mut self, id: &str, to: &str) {
        to.clone_into(&mut self.get(id).exten);
        if let Some(left) = self.leave(id) {
            self.hangup(&left);
        }
        self.dial(id, to);
    }

    /// Somebody takes a member's place in its bridge.
    fn swap(&mut self, id: &str, number: &str) {
        let Some(bridge) = self.get(id).bridge.clone() else {
            return;
        };
        let newcomer = self.phone(number, None);
        self.state(&newcomer, 6);
        let _ = self.leave(id);
        self.enter(
            &newcomer,
            &format!("BridgeUniqueid: {bridge}\nBridgeType: basic\nSwapUniqueid: {id}\n"),
        );
        self.hangup(id);
    }

    /// Its bridge and the next one become one.
    fn merge(&mut self, id: &str) {
        let Some(to) = self.get(id).bridge.clone() else {
            return;
        };
        let plain = |channel: &&Channel| !channel.room && channel.parked.is_none();
        let others = self
            .channels
            .values()
            .filter(plain)
            .filter_map(|channel| channel.bridge.clone());
        let Some(from) = others.filter(|bridge| *bridge != to).min() else {
            return;
        };
        self.say(
            "BridgeMerge",
            &[],
            &format!("ToBridgeUniqueid: {to}\nFromBridgeUniqueid: {from}\n"),
        );
        for member in self.members(&from) {
            let _ = self.leave(&member);
            self.enter(
                &member,
                &format!("BridgeUniqueid: {to}\nBridgeType: basic\n"),
            );
        }
    }

    fn park(&mut self, id: &str) {
        let space = format!("{}", 701 + self.count());
        let left = self.leave(id);
        self.get(id).parked = Some(space.clone());
        self.say(
            "ParkedCall",
            &[("Parkee", id)],
            &format!("Parkinglot: default\nParkingSpace: {space}\nParkingTimeout: 45\n"),
        );
        self.bridge(&[id], "parking");
        if let Some(left) = left {
            self.hangup(&left);
        }
    }

    fn fetch(&mut self, id: &str, number: &str) {
        let Some(space) = self.get(id).parked.take() else {
            return;
        };
        let fetcher = self.phone(number, None);
        self.state(&fetcher, 6);
        let rest = format!("Parkinglot: default\nParkingSpace: {space}\n");
        self.say(
            "UnParkedCall",
            &[("Parkee", id), ("Retriever", &fetcher)],
            &rest,
        );
        let _ = self.leave(id);
        self.bridge(&[&fetcher, id], "basic");
    }

    /// The near end's people move over to the far end, in the place of the far half.
    fn optimise(&mut self, near: &str) {
        let (Some(near_bridge), Some(far)) =
            (self.get(near).bridge.clone(), self.get(near).half.clone())
        else {
            return;
        };
        let Some(bridge) = self.get(&far).bridge.clone() else {
            return;
        };
        if self.members(&bridge).len() < 2 || bridge == near_bridge {
            return;
        }
        let halves = [("LocalOne", near), ("LocalTwo", far.as_str())];
        self.say("LocalOptimizationBegin", &halves, "");
        let _ = self.leave(&far);
        let rest = format!("BridgeUniqueid: {bridge}\nBridgeType: basic\nSwapUniqueid: {far}\n");
        for mover in self.members(&near_bridge) {
            if mover != near {
                let _ = self.leave(&mover);
                self.enter(&mover, &rest);
            }
        }
        self.say("LocalOptimizationEnd", &halves, "");
        self.hangup(near);
    }

    fn go_on(&mut self, id: &str) {
        self.get(id).queued = false;
        self.say("QueueCallerLeave", &[("", id)], "Queue: sales\n");
        for dest in self.rung_by(id) {
            self.stop_ringing(&dest, "CANCEL");
        }
        "611".clone_into(&mut self.get(id).exten);
        self.say("Newexten", &[("", id)], "");
    }

    /// By a second channel of the same phone; then the consulted one takes the place of both.
    fn consult(&mut self, id: &str, number: &str) {
        let Channel {
            bridge,
            number: own,
            ..
        } = self.get(id).clone();
        let Some(bridge) = bridge else {
            return;
        };
        let second = self.phone(&own, None);
        self.dial(&second, number);
        for dest in self.rung_by(&second) {
            self.answer(&dest);
            let _ = self.leave(&dest);
            self.enter(
                &dest,
                &format!("BridgeUniqueid: {bridge}\nBridgeType: basic\n"),
            );
        }
        let blocks = [
            ("OrigTransferer", id),
            ("SecondTransferer", second.as_str()),
        ];
        self.say("AttendedTransfer", &blocks, "Result: Success\n");
        self.hangup(&second);
        self.hangup(id);
    }

    fn enqueue(&mut self, number: &str) {
        let id = self.phone("200", None);
        "610".clone_into(&mut self.get(&id).exten);
        self.state(&id, 6);
        self.get(&id).queued = true;
        let position = self
            .channels
            .values()
            .filter(|channel| channel.queued)
            .count();
        self.say(
            "QueueCallerJoin",
            &[("", &id)],
            &format!("Queue: sales\nPosition: {position}\n"),
        );
        self.dial(&id, number);
    }

    fn meet(&mut self, number: &str) {
        let id = self.phone(number, None);
        "680".clone_into(&mut self.get(&id).exten);
        self.state(&id, 6);
        let known = self
            .channels
            .values()
            .find(|channel| channel.room)
            .and_then(|channel| channel.bridge.clone());
        let bridge = known.unwrap_or_else(|| format!("room-{}", self.counter));
        self.get(&id).room = true;
        self.say("ConfbridgeJoin", &[("", &id)], "Conference: 680\n");
        self.enter(
            &id,
            &format!("BridgeUniqueid: {bridge}\nBridgeType: base\nBridgeTechnology: softmix\n"),
        );
    }
}
