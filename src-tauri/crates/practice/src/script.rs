//! A day at the office: callers ring, colleagues talk, the queue has customers, somebody is parked.

use crate::Millis;
use crate::channel::{ChannelKey, Doing, Far};
use crate::pbx::Pbx;
use crate::people::{ABSENT, OUTSIDERS, manner_of};
use crate::phone::PhoneAct;
use crate::rng::Rng;

/// How long answered calls are talked.
const TALKS: (Millis, Millis) = (40_000, 180_000);
/// The first caller comes soon after the operator has sat down.
const FIRST_CALL: Millis = 2_000;
/// So many outside callers at once are enough for one operator.
const MOST_CALLERS: usize = 3;

const RECEPTION: &str = "4930555000";
const SALES: &str = "4930555001";

/// The script, running from the first login.
#[derive(Debug)]
pub(crate) struct Day {
    rng: Rng,
    due: Option<Millis>,
    turn: u64,
}

impl Day {
    /// Gives everybody their manners.
    pub(crate) fn new(pbx: &mut Pbx) -> Self {
        pbx.talks_for = Some(TALKS);
        for (exten, phone) in &mut pbx.phones {
            phone.manner = manner_of(exten);
            if exten == ABSENT {
                phone.registered = false;
            }
        }
        pbx.settle();
        pbx.take_said();
        Self { rng: Rng::new(pbx.rng.next()), due: None, turn: 0 }
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

    /// The next thing happens.
    pub(crate) fn handle_timeout(&mut self, pbx: &mut Pbx) {
        self.turn += 1;
        match self.turn {
            1 => self.reception_rings(pbx),
            2 => self.colleagues_talk(pbx),
            3 => self.sales_rings(pbx),
            _ => match self.rng.between(0, 10) {
                0..=3 => self.reception_rings(pbx),
                4..=5 => self.sales_rings(pbx),
                6..=7 => self.colleagues_talk(pbx),
                8 => self.somebody_is_parked(pbx),
                _ => self.somebody_calls_out(pbx),
            },
        }
        let pause = if self.turn < 3 { self.rng.between(3_000, 6_000) } else { self.rng.between(6_000, 22_000) };
        self.due = Some(pbx.now + pause);
    }

    fn reception_rings(&mut self, pbx: &mut Pbx) {
        if callers(pbx) < MOST_CALLERS && pbx.channels.values().filter(|channel| channel.is_phone("101")).count() < 2 {
            self.rings(pbx, RECEPTION);
        }
    }

    fn sales_rings(&mut self, pbx: &mut Pbx) {
        if callers(pbx) < MOST_CALLERS {
            self.rings(pbx, SALES);
        }
    }

    /// Somebody who is not on the line already.
    fn rings(&mut self, pbx: &mut Pbx, did: &str) {
        let away = |number: &str| !pbx.channels.values().any(|channel| channel.caller.number == number);
        let free: Vec<_> = OUTSIDERS.iter().filter(|(number, _)| away(number)).collect();
        if let Some((number, name)) = self.rng.pick(&free) {
            pbx.outside_call(did, number, name);
        }
    }

    fn colleagues_talk(&mut self, pbx: &mut Pbx) {
        let idle = idle(pbx);
        let (Some(one), Some(other)) = (self.rng.pick(&idle).cloned(), self.rng.pick(&idle).cloned()) else { return };
        if one != other && internal(pbx) < 3 {
            pbx.act(&one, PhoneAct::Dial(other));
        }
    }

    fn somebody_calls_out(&mut self, pbx: &mut Pbx) {
        let idle = idle(pbx);
        let (Some(one), Some((number, _))) = (self.rng.pick(&idle), self.rng.pick(&OUTSIDERS)) else { return };
        pbx.act(one, PhoneAct::Dial(format!("900{}", number.trim_start_matches('+'))));
    }

    /// A colleague parks an outsider he talks with.
    fn somebody_is_parked(&mut self, pbx: &mut Pbx) {
        let talking: Vec<(ChannelKey, String)> = pbx
            .channels
            .iter()
            .filter(|(_, channel)| channel.far == Far::Trunk && matches!(channel.doing, Doing::Bridged))
            .filter_map(|(key, _)| {
                let peer = pbx.channels.get(&pbx.talks_with(*key)?)?;
                (!peer.is_phone("101")).then(|| (*key, peer.device().to_owned()))
            })
            .collect();
        if let Some((key, parker)) = self.rng.pick(&talking) {
            pbx.park_away(*key, "default", None, parker, None);
        }
    }
}

fn callers(pbx: &Pbx) -> usize {
    pbx.channels.values().filter(|channel| channel.far == Far::Trunk && !channel.exten.is_empty()).count()
}

fn internal(pbx: &Pbx) -> usize {
    pbx.bridges.values().filter(|bridge| bridge.members.len() == 2).count()
}

/// Colleagues with a free phone. Not the operator, nor those who serve the queues.
fn idle(pbx: &Pbx) -> Vec<String> {
    let free = pbx.phones.iter().filter(|(exten, phone)| {
        phone.registered && exten.as_str() > "106" && !pbx.channels.values().any(|channel| channel.is_phone(exten))
    });
    free.map(|(exten, _)| exten.clone()).collect()
}
