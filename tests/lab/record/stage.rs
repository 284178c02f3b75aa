//! A fresh PBX, a tape that runs, and the moves which scenarios share.

use anyhow::{Context, Result, ensure};

use super::tape::Tape;
use crate::message::Message;
use crate::pbx::Pbx;
use crate::phone::Phone;
use crate::truth::Channel;
use crate::version::Version;

/// Where a scenario is played.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) pbx: Pbx,
    pub(super) tape: Tape,
}

impl Stage {
    pub(super) async fn set(version: Version) -> Result<Self> {
        let pbx = Pbx::start(version).await?;
        let tape = Tape::new(pbx.ami_port());
        Ok(Self { pbx, tape })
    }

    /// Switches on phones which wait to be told.
    pub(super) async fn phones<const N: usize>(&self, numbers: [&str; N]) -> Result<[Phone; N]> {
        let mut phones = Vec::new();
        for number in numbers {
            phones.push(self.pbx.phone(number).await?);
        }
        phones.try_into().ok().context("as many as asked for")
    }

    /// Connects as a desk does: login, wait until booted, every list.
    pub(super) async fn begin(&mut self) -> Result<()> {
        self.tape.connect().await?;
        let reply = self.tape.log_in_md5("cordboard", "on").await?;
        ensure!(reply.get("Response") == "Success", "{reply:?}");
        self.tape.booted().await?;
        self.tape.sync().await
    }

    /// `from` calls `to`, which rings.
    pub(super) async fn ring(&mut self, from: &Phone, to: &Phone) -> Result<()> {
        from.dial(to.number()).await?;
        to.wait_ringing().await?;
        self.pbx.truth().wait_ringing(to.number()).await.map(drop)
    }

    /// `from` calls `to`, and they talk.
    pub(super) async fn connect(&mut self, from: &Phone, to: &Phone) -> Result<()> {
        self.ring(from, to).await?;
        to.answer().await?;
        self.talking(from.number(), to.number()).await
    }

    /// Waits until two endpoints hear each other.
    pub(super) async fn talking(&self, one: &str, other: &str) -> Result<()> {
        self.pbx.truth().wait_talking(one, other).await.map(drop)
    }

    /// The one channel of an endpoint.
    pub(super) async fn channel(&self, endpoint: &str) -> Result<Channel> {
        self.pbx.truth().channel_of(endpoint).await
    }

    /// Sends an action on the tape and expects Asterisk to accept it.
    pub(super) async fn act(&mut self, headers: &[(&str, &str)]) -> Result<Message> {
        let reply = self.tape.request(headers).await?;
        ensure!(reply.get("Response") == "Success", "{headers:?}: {reply:?}");
        Ok(reply)
    }

    /// Sends an action on the tape and expects Asterisk to refuse it.
    pub(super) async fn refused(&mut self, headers: &[(&str, &str)]) -> Result<Message> {
        let reply = self.tape.request(headers).await?;
        ensure!(reply.get("Response") == "Error", "{headers:?}: {reply:?}");
        Ok(reply)
    }

    /// Ends every call from outside the tape, and waits for silence.
    pub(super) async fn clear(&mut self) -> Result<()> {
        for channel in self.pbx.truth().channels().await? {
            let hangup = [("Action", "Hangup"), ("Channel", channel.name.as_str())];
            self.pbx.truth().action(&hangup).await?;
        }
        self.over().await
    }

    /// Waits until every call is over.
    pub(super) async fn over(&mut self) -> Result<()> {
        self.pbx.truth().wait_silent().await?;
        self.tape.mark("ended").await
    }
}
