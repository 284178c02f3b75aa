//! Where the tests take place: a PBX, the receptionist at 101 in front of the window, and a caller on her phone.

use std::time::Duration;

use anyhow::{Result, ensure};
use lab::proxy::Mode;
use lab::{Pbx, Phone, Proxy, TrunkCall, Version};
use serde_json::Value;

use crate::page::Page;

/// The caller on the receptionist's phone, as its tile among her calls.
pub(crate) const MY_CALL: &str = "[data-region=mine] [data-kind=call][data-state=talking]";
/// Cara at 103, who answers by herself.
pub(crate) const CARA: &str = "[data-kind=extension][data-id*=':103@']";

/// The scene, live and with the caller talking. Its window closes before its PBX goes.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) page: Page,
    pub(crate) caller: Option<TrunkCall>,
    pub(crate) reception: Phone,
    _cara: Phone,
    pub(crate) proxy: Proxy,
    pub(crate) pbx: Pbx,
}

impl Office {
    /// Jane Doe, from outside, talks with the receptionist.
    pub(crate) async fn open(version: Version) -> Result<Self> {
        let pbx = Pbx::start(version).await?;
        let proxy = Proxy::start(pbx.ami_port()).await?;
        let (page, reception, cara) = tokio::try_join!(
            Page::on_board(proxy.port()),
            pbx.answering_phone("101"),
            pbx.answering_phone("103"),
        )?;
        let caller = pbx
            .trunk_call("4930555003", "+442079460123", "Jane Doe")
            .await?;
        pbx.truth().wait_talking("trunk", "101").await?;
        page.wait_for(MY_CALL).await?;
        page.wait_for(&format!("{CARA}[data-state=idle]")).await?;
        watch_operations(&page).await?;
        Ok(Self {
            page,
            caller: Some(caller),
            reception,
            _cara: cara,
            proxy,
            pbx,
        })
    }

    /// Jane really talks with Cara, the receptionist is free, and the window says so.
    pub(crate) async fn expect_transferred(&self) -> Result<()> {
        self.pbx.truth().wait_talking("trunk", "103").await?;
        self.reception.wait_idle().await?;
        self.pbx.truth().wait_gone("101").await?;
        self.page.wait_gone(MY_CALL).await?;
        self.page
            .wait_words("[data-kind=operation][data-state=done]", "Jane Doe → 103")
            .await?;
        Ok(())
    }

    /// The link answers late from now on, so that what is pending can be seen to be.
    pub(crate) fn slow_down(&self) {
        self.proxy.set(Mode::Delay(Duration::from_millis(150)));
    }

    /// Whatever the window showed of an operation, it was first pending and then done.
    pub(crate) async fn expect_pending_then_done(&self) -> Result<()> {
        let seen = self.page.ask("window.operationsSeen").await?;
        let states: Vec<_> = seen.as_array().into_iter().flatten().collect();
        let at = |wanted: &[&str]| {
            let is = |state: &&Value| wanted.contains(&state.as_str().unwrap_or_default());
            states.iter().position(is)
        };
        let (pending, done) = (at(&["checking", "asked", "accepted"]), at(&["done"]));
        ensure!(
            pending.is_some() && pending < done,
            "not first pending and then done: {states:?}"
        );
        Ok(())
    }

    /// Jane still talks with the receptionist, and no move was ever sent.
    pub(crate) async fn expect_nothing_moved(&self) -> Result<()> {
        self.expect_nothing_sent().await?;
        self.pbx
            .truth()
            .wait_talking("trunk", "101")
            .await
            .map(drop)
    }

    /// The window wrote no action that moves or ends a call.
    pub(crate) async fn expect_nothing_sent(&self) -> Result<()> {
        for action in ["Redirect", "BlindTransfer", "Atxfer", "Hangup", "Originate"] {
            ensure!(self.proxy.count(action) == 0, "{action} was sent");
        }
        let operations = self.page.count("[data-kind=operation]").await?;
        ensure!(operations == 0, "an operation is shown");
        Ok(())
    }
}

/// Notes every state an operation is ever shown in.
async fn watch_operations(page: &Page) -> Result<()> {
    let watch = "window.operationsSeen = [];\
        const note = () => document.querySelectorAll('[data-kind=operation]').forEach((each) => window.operationsSeen.push(each.dataset.state));\
        new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });";
    page.run(watch).await.map(drop)
}
