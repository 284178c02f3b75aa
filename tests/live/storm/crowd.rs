//! The people of a storm: phones, callers from outside, another program. They do what is wished as far as the world lets them.

use std::time::Duration;

use anyhow::{Result, ensure};
use lab::phone::PhoneState;
use lab::trunk::{Outside, TrunkCall};
use lab::{Pbx, Phone, Truth};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::time::{Instant, interval_at, sleep, timeout};

use super::hand;
use super::wish::{self, Gesture, PHONES, Ringing, Talking, Wish};

/// From one wish to the next.
const BEAT: Duration = Duration::from_millis(120);
/// How long anybody waits for a phone or the PBX to take a wish in.
const IMPATIENCE: Duration = Duration::from_millis(800);
const CALLERS: usize = 6;

/// Everybody.
pub(super) struct Crowd {
    rng: StdRng,
    phones: Vec<Member>,
    callers: Vec<TrunkCall>,
    account: Truth,
    /// The far end that answers what is dialled with a 9.
    _world: Outside,
    /// How many wishes there were.
    pub(super) wishes: u64,
}

struct Member {
    phone: Option<Phone>,
    /// What is keyed when the voice has asked for a number.
    then: Option<String>,
}

impl Crowd {
    pub(super) async fn gather(pbx: &Pbx, seed: u64) -> Result<Self> {
        let mut phones = Vec::new();
        for number in PHONES {
            let phone = Some(pbx.phone(number).await?);
            phones.push(Member { phone, then: None });
        }
        Ok(Self {
            rng: StdRng::seed_from_u64(seed),
            phones,
            callers: Vec::new(),
            account: Truth::on_port(pbx.ami_port()),
            _world: pbx.outside().await?,
            wishes: 0,
        })
    }

    /// Wishes come and go until then. What cannot be done is not done.
    pub(super) async fn live_until(&mut self, pbx: &Pbx, until: Instant) {
        let mut beat = interval_at(Instant::now(), BEAT);
        while Instant::now() < until {
            beat.tick().await;
            let wish = wish::next(&mut self.rng);
            self.wishes += 1;
            let done = timeout(IMPATIENCE, self.grant(pbx, &wish)).await;
            tracing::trace!(?wish, ?done, "wish");
        }
    }

    async fn grant(&mut self, pbx: &Pbx, wish: &Wish) -> Result<()> {
        match wish {
            Wish::Phone(index, gesture) => {
                self.phones[*index].act(pbx, PHONES[*index], gesture).await
            }
            Wish::Hand(wanted) => hand::ask(&self.account, wanted).await,
            Wish::OutsideCalls(did) => self.call_in(pbx, did).await,
            Wish::OutsideHangsUp(index) => {
                if !self.callers.is_empty() {
                    let caller = self.callers.swap_remove(index % self.callers.len());
                    goodbye(vec![caller]);
                }
                Ok(())
            }
        }
    }

    async fn call_in(&mut self, pbx: &Pbx, did: &str) -> Result<()> {
        self.callers.retain_mut(TrunkCall::is_up);
        if self.callers.len() < CALLERS {
            let number = format!("+4930{:07}", self.wishes);
            self.callers
                .push(pbx.trunk_call(did, &number, "Storm Ö").await?);
        }
        Ok(())
    }

    /// The calls of before a power cut live on in the phones only.
    pub(super) async fn give_up_old_calls(&mut self) {
        goodbye(std::mem::take(&mut self.callers));
        for phone in self
            .phones
            .iter()
            .filter_map(|member| member.phone.as_ref())
        {
            for _ in phone.calls() {
                // A phone that has no call left says so.
                drop(phone.hangup().await);
            }
        }
    }

    /// Everybody hangs up, and whoever waits somewhere is hung up.
    pub(super) async fn go_home(&mut self, pbx: &Pbx, patience: Duration) -> Result<()> {
        let deadline = Instant::now() + patience;
        self.give_up_old_calls().await;
        loop {
            let left = pbx.truth().channels().await?;
            if left.is_empty() {
                return Ok(());
            }
            ensure!(
                Instant::now() < deadline,
                "calls that do not end: {left:#?}"
            );
            for channel in &left {
                let hangup = [("Action", "Hangup"), ("Channel", channel.uniqueid.as_str())];
                pbx.truth().action(&hangup).await?;
            }
            sleep(Duration::from_millis(100)).await;
        }
    }
}

/// sipp is poked until it has said goodbye: not on this thread.
fn goodbye(callers: Vec<TrunkCall>) {
    drop(tokio::task::spawn_blocking(move || drop(callers)));
}

impl Member {
    async fn act(&mut self, pbx: &Pbx, number: &str, gesture: &Gesture) -> Result<()> {
        let Some(phone) = &self.phone else {
            self.phone = Some(pbx.phone(number).await?);
            return Ok(());
        };
        let calls = phone.calls();
        let has = |state| calls.iter().any(|call| call.state == state);
        if has(PhoneState::Ringing) {
            return ring(phone, gesture.ringing).await;
        }
        if has(PhoneState::Established) {
            return self.talk(&gesture.talking).await;
        }
        match &gesture.idle {
            Some(number) if calls.is_empty() => phone.dial(number).await,
            None if calls.is_empty() => Ok(()),
            Some(_) | None if gesture.gives_up => phone.hangup().await,
            Some(_) | None => Ok(()),
        }
    }

    async fn talk(&mut self, wish: &Talking) -> Result<()> {
        let Some(phone) = &self.phone else {
            return Ok(());
        };
        if let Some(keys) = self.then.take() {
            return phone.dtmf(&keys).await;
        }
        match wish {
            Talking::GoOn => Ok(()),
            Talking::HangUp => phone.hangup().await,
            Talking::Hold => phone.hold().await,
            Talking::Resume => phone.resume().await,
            Talking::Dial(number) => phone.dial(number).await,
            Talking::Refer(number) => phone.transfer(number).await,
            Talking::Keys(keys, then) => {
                self.then.clone_from(then);
                phone.dtmf(keys).await
            }
            Talking::SwitchOff => match self.phone.take() {
                Some(phone) => phone.switch_off().await,
                None => Ok(()),
            },
        }
    }
}

async fn ring(phone: &Phone, gesture: Ringing) -> Result<()> {
    match gesture {
        Ringing::Answer => phone.answer().await,
        Ringing::Reject => phone.reject().await,
        Ringing::Wait => Ok(()),
    }
}
