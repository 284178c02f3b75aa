//! A fresh PBX, a tape that runs, and the moves which scenarios share.

use anyhow::{Context, Result, ensure};

use super::tape::Tape;
use crate::message::Message;
use crate::pbx::Pbx;
use crate::people::Office;
use crate::phone::Phone;
use crate::trunk::TrunkCall;
use crate::truth::Channel;
use crate::version::Version;

/// Where a scenario is played.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) pbx: Pbx,
    pub(super) tape: Tape,
    office: Office,
    /// What desks heard that connected in the middle, each named after the moment.
    late: Vec<(String, Vec<u8>)>,
}

impl Stage {
    pub(super) async fn set(version: Version, office: Office) -> Result<Self> {
        let pbx = Pbx::start_office(version, office).await?;
        let tape = Tape::new(pbx.ami_port());
        Ok(Self {
            pbx,
            tape,
            office,
            late: Vec::new(),
        })
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
        let reply = self.tape.log_in_md5(self.account(), "on").await?;
        ensure!(reply.get("Response") == "Success", "{reply:?}");
        self.tape.booted().await?;
        self.tape.sync().await
    }

    /// Connects as a desk does, under another account.
    pub(super) async fn begin_as(&mut self, user: &str) -> Result<()> {
        self.tape.connect().await?;
        let reply = self.tape.log_in_md5(user, "on").await?;
        ensure!(reply.get("Response") == "Success", "{reply:?}");
        self.tape.rights().await?;
        self.tape.sync().await
    }

    /// The account of a desk: in the small office it is spared the test framework's events.
    fn account(&self) -> &'static str {
        match self.office {
            Office::Full => "cordboard",
            Office::Small => "desk",
        }
    }

    /// Names a moment.
    pub(super) async fn mark(&mut self, name: &str) -> Result<()> {
        self.tape.mark(name).await
    }

    /// Names a moment, and has another desk connect just before it, whose transcript is
    /// everything the lists say then. What comes after is on our tape, after the mark.
    pub(super) async fn late(&mut self, name: &str) -> Result<()> {
        self.tape.settle().await?;
        let mut tape = self.tape.beside();
        tape.connect().await?;
        let reply = tape.log_in_md5(self.account(), "on").await?;
        ensure!(reply.get("Response") == "Success", "{reply:?}");
        tape.booted().await?;
        tape.sync().await?;
        self.late.push((name.to_owned(), tape.cut()));
        self.tape.mark_too(name).await
    }

    /// Ends the recording: ours first, then each late desk's with `+<moment>`.
    pub(super) async fn transcripts(mut self) -> Result<Vec<(String, Vec<u8>)>> {
        let mut all = vec![(String::new(), self.tape.end().await?)];
        let named = |(moment, text)| (format!("+{moment}"), text);
        all.extend(self.late.into_iter().map(named));
        Ok(all)
    }

    /// Jane Doe calls one of the trunk's numbers from outside.
    pub(super) async fn jane(&self, did: &str) -> Result<TrunkCall> {
        let number = "+49301234567";
        self.pbx.trunk_call(did, number, "Jane Doe").await
    }

    /// Anna (101) called Marco (102) and they talk; Cara (103) is free.
    pub(super) async fn talkers(&mut self) -> Result<[Phone; 3]> {
        let [anna, marco, cara] = self.phones(["101", "102", "103"]).await?;
        self.begin().await?;
        self.connect(&anna, &marco).await?;
        self.mark("answered").await?;
        Ok([anna, marco, cara])
    }

    /// Sends the only channel of an endpoint to an extension.
    pub(super) async fn redirect(&mut self, endpoint: &str, exten: &str) -> Result<()> {
        let leg = self.channel(endpoint).await?.name;
        let redirect = [
            ("Action", "Redirect"),
            ("Channel", leg.as_str()),
            ("Context", "internal"),
            ("Exten", exten),
            ("Priority", "1"),
        ];
        self.act(&redirect).await.map(drop)
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
        self.mark("ended").await
    }
}
