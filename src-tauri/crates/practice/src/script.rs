//! A day at the office: callers ring, colleagues talk, the queue has customers, somebody is parked.

use crate::Millis;
use crate::channel::{ChannelKey, Doing, Far};
use crate::moves::Parking;
use crate::parking::HOTEL;
use crate::pbx::Pbx;
use crate::people::{ABSENT, ONE_CALL, OPERATOR, OUTSIDERS, manner_of};
use crate::phone::PhoneAct;
use crate::queue::VIP;
use crate::rng::Rng;
use crate::sayings::{Mailbox, Saying};

/// How long answered calls are talked.
const TALKS: (Millis, Millis) = (40_000, 180_000);
/// The first caller comes soon after the operator has sat down.
const FIRST_CALL: Millis = 2_000;
/// So many calls for reception at once are enough for one operator, and so many for the queue.
const MOST_FOR_RECEPTION: usize = 2;
const MOST_FOR_SALES: usize = 4;
/// So many conversations besides: the board is alive, not crowded.
const MOST_BRIDGES: usize = 7;

const RECEPTION: &str = "4930555000";
const SALES: &str = "4930555001";
const MEETING: &str = "680";

/// Something that happens at an office.
#[derive(Debug, Clone, Copy)]
enum Scene {
    Reception,
    Sales,
    Colleagues,
    Outwards,
    Parking,
    Meeting,
}

/// Something that happens beside the calls.
#[derive(Debug, Clone, Copy)]
enum Aside {
    Message,
    Saying,
    Break,
    Recording,
}

const ASIDES: [Aside; 4] = [
    Aside::Message,
    Aside::Saying,
    Aside::Break,
    Aside::Recording,
];

const OPENING: [Scene; 9] = [
    Scene::Reception,
    Scene::Colleagues,
    Scene::Sales,
    Scene::Outwards,
    Scene::Sales,
    Scene::Colleagues,
    Scene::Parking,
    Scene::Meeting,
    Scene::Sales,
];
/// What may come next, the likelier the oftener.
const REPERTOIRE: [Scene; 12] = [
    Scene::Reception,
    Scene::Reception,
    Scene::Reception,
    Scene::Reception,
    Scene::Sales,
    Scene::Sales,
    Scene::Colleagues,
    Scene::Colleagues,
    Scene::Outwards,
    Scene::Outwards,
    Scene::Parking,
    Scene::Meeting,
];

/// What people say about themselves.
const SAYINGS: [Saying; 4] = [
    Saying {
        status: "away",
        subtype: "lunch",
        message: "Back at two",
    },
    Saying {
        status: "dnd",
        subtype: "",
        message: "In a meeting",
    },
    Saying {
        status: "available",
        subtype: "",
        message: "",
    },
    Saying {
        status: "xa",
        subtype: "",
        message: "On holiday until Monday",
    },
];

/// The script, running from the first login.
#[derive(Debug)]
pub(crate) struct Day {
    rng: Rng,
    /// For what happens beside the calls.
    chance: Rng,
    due: Option<Millis>,
    turn: u64,
}

impl Day {
    /// Gives everybody their manners.
    pub(crate) fn new(pbx: &mut Pbx) -> Self {
        pbx.talks_for = Some(TALKS);
        // What only the lab's scenes need.
        pbx.queues.remove(VIP);
        pbx.lots.retain(|lot| lot.name != HOTEL);
        for (exten, phone) in &mut pbx.phones {
            phone.manner = manner_of(exten);
            phone.one_call = ONE_CALL.contains(&exten.as_str());
            if exten == ABSENT {
                phone.registered = false;
            }
        }
        pbx.settle();
        pbx.take_said();
        let seed = pbx.rng.next();
        Self {
            rng: Rng::new(seed),
            chance: Rng::new(seed.rotate_left(32)),
            due: None,
            turn: 0,
        }
    }

    /// The operator has logged in; later logins find the day going on.
    pub(crate) fn begin(&mut self, now: Millis) {
        if self.turn == 0 {
            self.due = Some(now + FIRST_CALL);
        }
    }

    pub(crate) fn due(&self) -> Option<Millis> {
        self.due
    }

    /// The next thing happens. The first ones follow each other quickly, so that a newcomer soon sees a bit of everything.
    pub(crate) fn handle_timeout(&mut self, pbx: &mut Pbx) {
        let index = usize::try_from(self.turn).unwrap_or(usize::MAX);
        let scene = OPENING
            .get(index)
            .copied()
            .or_else(|| self.rng.pick(&REPERTOIRE).copied());
        self.turn += 1;
        match scene.unwrap_or(Scene::Reception) {
            Scene::Reception => self.reception_rings(pbx),
            Scene::Sales => self.sales_rings(pbx),
            Scene::Colleagues => self.colleagues_talk(pbx),
            Scene::Outwards => self.somebody_calls_out(pbx),
            Scene::Parking => self.somebody_is_parked(pbx),
            Scene::Meeting => self.colleagues_meet(pbx),
        }
        self.aside(pbx);
        let opening = index < OPENING.len();
        let pause = if opening {
            self.rng.between(2_500, 5_000)
        } else {
            self.rng.between(5_000, 16_000)
        };
        self.due = Some(pbx.now + pause);
    }

    /// With every turn something small, by a chance of its own: the calls of a day do not depend on it.
    fn aside(&mut self, pbx: &mut Pbx) {
        match self.chance.pick(&ASIDES).copied() {
            Some(Aside::Message) => self.somebody_leaves_a_message(pbx),
            Some(Aside::Saying) => self.somebody_says_where_they_are(pbx),
            Some(Aside::Break) => a_member_takes_a_break(pbx),
            Some(Aside::Recording) => self.a_call_is_recorded(pbx),
            None => {}
        }
    }

    fn reception_rings(&mut self, pbx: &mut Pbx) {
        if pbx
            .channels
            .values()
            .filter(|channel| channel.is_phone(OPERATOR))
            .count()
            < MOST_FOR_RECEPTION
        {
            self.rings(pbx, RECEPTION);
        }
    }

    fn sales_rings(&mut self, pbx: &mut Pbx) {
        if pbx
            .channels
            .values()
            .filter(|channel| channel.far == Far::Trunk && channel.exten == "610")
            .count()
            < MOST_FOR_SALES
        {
            self.rings(pbx, SALES);
        }
    }

    /// Somebody who is not on the line already.
    fn rings(&mut self, pbx: &mut Pbx, did: &str) {
        let away = |number: &str| {
            !pbx.channels
                .values()
                .any(|channel| channel.caller.number == number)
        };
        let free: Vec<_> = OUTSIDERS
            .iter()
            .filter(|(number, _)| away(number))
            .collect();
        if let Some((number, name)) = self.rng.pick(&free) {
            pbx.outside_call(did, number, name);
        }
    }

    fn colleagues_talk(&mut self, pbx: &mut Pbx) {
        let idle = idle(pbx);
        let (Some(one), Some(other)) =
            (self.rng.pick(&idle).cloned(), self.rng.pick(&idle).cloned())
        else {
            return;
        };
        if one != other && pbx.bridges.len() < MOST_BRIDGES {
            pbx.act(&one, PhoneAct::Dial(other));
        }
    }

    fn colleagues_meet(&mut self, pbx: &mut Pbx) {
        let idle = idle(pbx);
        if !pbx.rooms.is_empty() || idle.len() < 7 {
            return;
        }
        let from = usize::try_from(self.rng.between(0, idle.len() as u64)).unwrap_or(0);
        for one in idle.iter().cycle().skip(from).take(3) {
            pbx.act(one, PhoneAct::Dial(MEETING.to_owned()));
        }
    }

    fn somebody_calls_out(&mut self, pbx: &mut Pbx) {
        if pbx.bridges.len() >= MOST_BRIDGES {
            return;
        }
        let idle = idle(pbx);
        let (Some(one), Some((number, _))) = (self.rng.pick(&idle), self.rng.pick(&OUTSIDERS))
        else {
            return;
        };
        pbx.act(
            one,
            PhoneAct::Dial(format!("900{}", number.trim_start_matches('+'))),
        );
    }

    /// Now and then somebody has listened to them all.
    fn somebody_leaves_a_message(&mut self, pbx: &mut Pbx) {
        let extens: Vec<_> = pbx
            .phones
            .keys()
            .filter(|exten| *exten != "100")
            .cloned()
            .collect();
        let Some(exten) = self.chance.pick(&extens) else {
            return;
        };
        let Mailbox { fresh, heard } = pbx.mailboxes.get(exten).copied().unwrap_or_default();
        let now = match fresh {
            0..=2 => Mailbox {
                fresh: fresh + 1,
                heard,
            },
            _ => Mailbox {
                fresh: 0,
                heard: heard + fresh,
            },
        };
        pbx.fill(exten, now);
    }

    fn somebody_says_where_they_are(&mut self, pbx: &mut Pbx) {
        let hints = pbx.hints();
        let able: Vec<_> = hints
            .iter()
            .filter(|hint| hint.text.contains(',') && hint.exten != OPERATOR)
            .map(|hint| hint.exten.clone())
            .collect();
        if let (Some(exten), Some(saying)) = (self.chance.pick(&able), self.chance.pick(&SAYINGS)) {
            pbx.say(exten, *saying);
        }
    }

    /// Until the call is over.
    fn a_call_is_recorded(&mut self, pbx: &mut Pbx) {
        let talking: Vec<ChannelKey> = pbx
            .channels
            .iter()
            .filter(|(_, channel)| matches!(channel.doing, Doing::Bridged))
            .map(|(key, _)| *key)
            .collect();
        if let Some(key) = self.chance.pick(&talking) {
            pbx.record(*key);
        }
    }

    /// A colleague parks an outsider he talks with.
    fn somebody_is_parked(&mut self, pbx: &mut Pbx) {
        let talking: Vec<(ChannelKey, String)> = pbx
            .channels
            .iter()
            .filter(|(_, channel)| {
                channel.far == Far::Trunk && matches!(channel.doing, Doing::Bridged)
            })
            .filter_map(|(key, _)| {
                let peer = pbx
                    .channels
                    .get(&pbx.phone_behind(pbx.talks_with(*key)?)?)?;
                (!peer.is_phone(OPERATOR)).then(|| (*key, peer.device().to_owned()))
            })
            .collect();
        if let Some((key, parker)) = self.rng.pick(&talking) {
            pbx.park_away(*key, Parking::by(parker, "default"), None);
        }
    }
}

/// Whoever serves support goes to lunch, or is back.
fn a_member_takes_a_break(pbx: &mut Pbx) {
    let members = pbx.queues.get("support").map(|queue| &queue.members);
    let mut members = members.into_iter().flatten().enumerate();
    let Some((index, member)) = members.find(|(_, member)| !member.in_call) else {
        return;
    };
    let (paused, reason) = match member.paused {
        true => (false, ""),
        false => (true, "Lunch"),
    };
    pbx.pause_member("support", index, paused, reason);
}

/// Colleagues with a free phone. Not the operator, nor those who serve the queues.
fn idle(pbx: &Pbx) -> Vec<String> {
    let free = pbx.phones.iter().filter(|(exten, phone)| {
        phone.registered
            && exten.as_str() > "106"
            && !pbx.channels.values().any(|channel| channel.is_phone(exten))
    });
    free.map(|(exten, _)| exten.clone()).collect()
}
