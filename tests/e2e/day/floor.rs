//! Everybody else: phones with somebody beside them, and callers from outside.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use lab::{Outside, Pbx, Phone, TrunkCall};
use tokio::time::{Instant, sleep};

use super::PATIENCE;
use super::turn::{Caller, Deed};
use crate::page::Page;

/// The phones that are on. Emil at 105 is on holiday.
const PHONES: [&str; 4] = ["101", "102", "103", "104"];
const POLL: std::time::Duration = std::time::Duration::from_millis(50);

/// The house, and the world around it.
pub(super) struct Floor {
    callers: BTreeMap<&'static str, TrunkCall>,
    phones: BTreeMap<&'static str, Phone>,
    _outside: Outside,
    pub(super) pbx: Pbx,
}

impl Floor {
    pub(super) async fn open(pbx: Pbx) -> Result<Self> {
        let [a, b, c, d] = PHONES;
        let (a, b, c, d) =
            tokio::try_join!(pbx.phone(a), pbx.phone(b), pbx.phone(c), pbx.phone(d))?;
        let phones = PHONES.into_iter().zip([a, b, c, d]).collect();
        Ok(Self {
            callers: BTreeMap::new(),
            phones,
            _outside: pbx.outside().await?,
            pbx,
        })
    }

    /// Every phone that is on is free, and the window knows it.
    pub(super) async fn ready(&self, page: &Page) -> Result<()> {
        for number in PHONES {
            let idle = format!("[data-kind=extension][data-id*=':{number}@'][data-state=idle]");
            page.wait_for(&idle).await?;
        }
        Ok(())
    }

    pub(super) fn phone(&self, number: &str) -> Result<&Phone> {
        self.phones
            .get(number)
            .with_context(|| format!("no phone {number}"))
    }

    pub(super) async fn does(&mut self, deed: &Deed) -> Result<()> {
        match deed {
            Deed::Call(Caller { name, number }, did) => {
                let call = self.pbx.trunk_call(did, number, name).await?;
                self.callers.insert(*number, call);
                Ok(())
            }
            Deed::GiveUp(caller) => {
                let call = self.callers.remove(caller.number);
                call.context("no such caller")?.hangup()
            }
            Deed::Dial(phone, number) => self.phone(phone)?.dial(number).await,
            Deed::Enter(phone, number) => {
                self.phone(phone)?.dial(number).await?;
                self.phone(phone)?.wait_established().await.map(drop)
            }
            Deed::Meet(one, other) => {
                self.phone(one)?.dial(other).await?;
                self.answer(other).await?;
                self.pbx.truth().wait_talking(one, other).await.map(drop)
            }
            Deed::Answer(phone) => self.answer(phone).await,
            Deed::Reject(phone) => {
                self.phone(phone)?.wait_ringing().await?;
                self.phone(phone)?.reject().await
            }
            Deed::Hold(phone) => self.phone(phone)?.hold().await,
            Deed::HangUp(phone) => self.phone(phone)?.hangup().await,
            Deed::Speak(who) => self.speak(who).await,
        }
    }

    async fn answer(&self, number: &str) -> Result<()> {
        let phone = self.phone(number)?;
        phone.wait_ringing().await?;
        phone.answer().await
    }

    /// By Asterisk's own clock: a message of nothing would be thrown away.
    async fn speak(&self, who: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let all = self
                .pbx
                .truth()
                .action(&[("Action", "CoreShowChannels")])
                .await?;
            let long = |each: &lab::message::Message| {
                each.get("Channel").contains(who) && each.get("Duration") >= "00:00:03"
            };
            if all.iter().any(long) {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "{who} says nothing");
            sleep(POLL).await;
        }
    }

    /// Everybody hangs up, whatever came of it.
    pub(super) async fn clear(&mut self) -> Result<()> {
        self.callers.clear();
        let deadline = Instant::now() + PATIENCE;
        while !self.pbx.truth().channels().await?.is_empty() {
            ensure!(Instant::now() < deadline, "somebody does not hang up");
            let all = [("Action", "Hangup"), ("Channel", "/.+/")];
            self.pbx.truth().action(&all).await?;
            sleep(POLL).await;
        }
        for phone in self.phones.values() {
            phone.wait_idle().await?;
        }
        Ok(())
    }
}
